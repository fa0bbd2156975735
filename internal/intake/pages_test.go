package intake_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"vuon/internal/housetest"
	"vuon/internal/intake"
)

// page asks for a public page as a browser does.
func page(t *testing.T, server http.Handler, path string) (int, string) {
	t.Helper()
	w := housetest.Ask(t, server, nil, http.MethodGet, path, "", "Accept", "text/html")
	return w.Code, w.Body.String()
}

func TestPublicPagesKnowOnlyWhatIsAnnounced(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), time.Now()
	draft := housetest.DraftIntake(t, house, now, 1, 1)
	open := housetest.OpenIntake(t, house, now, 3)
	over := housetest.OpenIntake(t, house, now.Add(-2*time.Hour), 1)
	later := housetest.OpenIntake(t, house, now.Add(2*time.Hour), 1)
	server := housetest.Server(t, house)

	_, list := page(t, server, "/intakes")
	for _, i := range []*intake.Intake{open, over, later} {
		if !strings.Contains(list, `href="/intakes/`+i.Slug()+`"`) {
			t.Errorf("the list does not name %s", i.Slug())
		}
	}
	if strings.Contains(list, draft.Slug()) {
		t.Error("the list names a draft")
	}
	opened, coming, past := strings.Index(list, open.Slug()), strings.Index(list, later.Slug()), strings.Index(list, over.Slug())
	if opened > coming || coming > past {
		t.Errorf("open, coming and past stand in another order: %d %d %d", opened, coming, past)
	}
	for path, want := range map[string]int{
		"/intakes/" + open.Slug():     http.StatusOK,
		"/en/intakes/" + open.Slug():  http.StatusOK,
		"/intakes/" + draft.Slug():    http.StatusNotFound,
		"/intakes/" + open.Id:         http.StatusNotFound, // an intake has one address
		"/intakes/of-nobody":          http.StatusNotFound,
		"/en/intakes/" + draft.Slug(): http.StatusNotFound,
	} {
		if got, _ := page(t, server, path); got != want {
			t.Errorf("%s answers %d, want %d", path, got, want)
		}
	}
	_, sitemap := page(t, server, "/sitemap.xml")
	if !strings.Contains(sitemap, "/en/intakes/"+open.Slug()+"<") || strings.Contains(sitemap, draft.Slug()) {
		t.Error("the sitemap misses an open intake, or names a draft")
	}
	housetest.Well(t, house)
}

func TestACallSaysWhatItTakes(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), time.Now()
	i := housetest.OpenIntake(t, house, now, 3)
	housetest.Submitted(t, house, i, now)
	over := housetest.OpenIntake(t, house, now.Add(-2*time.Hour), 1)
	server := housetest.Server(t, house)

	_, vi := page(t, server, "/intakes/"+i.Slug())
	for _, want := range []string{
		"Đợt tuyển mùa thu", "Đội của bạn là ai?", "Vấn đề có thật và đáng giải quyết", "30%", "14 ngày", `href="/app/intakes/` + i.Id + `/apply"`,
	} {
		if !strings.Contains(vi, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	_, en := page(t, server, "/en/intakes/"+i.Slug())
	if !strings.Contains(en, "Autumn intake") || strings.Contains(en, "Đội của bạn là ai?") {
		t.Error("the English page is not in English")
	}
	if _, past := page(t, server, "/intakes/"+over.Slug()); strings.Contains(past, "/apply") {
		t.Error("one may apply to what is over")
	}
	data := regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`).FindStringSubmatch(vi)
	if data == nil {
		t.Fatal("search engines are told nothing")
	}
	var told struct {
		Type     string `json:"@type"`
		Deadline string `json:"applicationDeadline"`
		Places   int    `json:"maximumEnrollment"`
	}
	if err := json.Unmarshal([]byte(data[1]), &told); err != nil || told.Type != "EducationalOccupationalProgram" || told.Places != 3 || told.Deadline == "" {
		t.Errorf("search engines are told %+v (%v)", told, err)
	}
}

// The home page asks as much of the database in ten years as in the first.
func TestPastIntakesCostTheHomePageNothing(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	housetest.OpenIntake(t, house, now, 3)
	asked := func() (n int) {
		db, ok := house.ConcurrentDB().(*dbx.DB)
		if !ok {
			t.Fatal("nobody counts the queries")
		}
		db.QueryLogFunc = func(context.Context, time.Duration, string, *sql.Rows, error) { n++ }
		defer func() { db.QueryLogFunc = nil }()
		calls, err := intake.OpenCalls(t.Context(), house, now)
		if err != nil || len(calls) != 1 {
			t.Fatalf("%d intakes are open (%v)", len(calls), err)
		}
		return n
	}
	first := asked()
	for range 3 {
		housetest.OpenIntake(t, house, now.Add(-3*time.Hour), 1)
	}
	housetest.Refused(t, intake.CloseIntakes(house, now), "")
	if n := asked(); first == 0 || n != first {
		t.Errorf("%d queries with one intake, %d with three past ones beside it", first, n)
	}
}
