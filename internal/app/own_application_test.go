package app_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/startups"
)

// own is an application of a startup, decided or not, and not released, beside one of somebody else. Two managers of the house look:
// insider advises the startup, and other does not.
type own struct {
	call            *intake.Intake
	a, b            *intake.Application
	insider, other  *core.Record
	card, decision  string
	server          http.Handler
	house           core.App
	now             time.Time
	founder, acting access.Actor
}

func ownApplication(t *testing.T, decided bool) own {
	t.Helper()
	w := own{now: housetest.Noon}
	w.house = housetest.At(t, func() time.Time { return w.now })
	s, u := housetest.Enrolled(t, w.house, housetest.Places(t, w.house, 3), "Vườn Nhà", w.now)
	w.founder = housetest.Actor(t, w.house, u, w.now)
	w.insider, w.other = housetest.Holder(t, w.house, access.Manager, access.House), housetest.Holder(t, w.house, access.Manager, access.House)
	_, err := startups.Join(w.house, w.founder, s.Id, startups.Newcomer{User: w.insider.Id, Role: startups.Advisor}, w.now)
	housetest.Refused(t, err, "")
	w.call = housetest.OpenIntake(t, w.house, w.now, 3)
	w.a, err = intake.Begin(w.house, w.founder, w.call.Id, s.Id, w.now)
	housetest.Refused(t, err, "")
	title := "Vườn Nhà mở rộng"
	_, err = intake.Save(w.house, w.founder, w.a.Id, intake.Words{Title: &title, Answers: housetest.Filled()}, 0, w.now)
	housetest.Refused(t, err, "")
	_, err = intake.Submit(w.house, w.founder, w.a.Id, 0, w.now)
	housetest.Refused(t, err, "")
	w.b, _ = housetest.Submitted(t, w.house, w.call, w.now)
	after := housetest.Deciding(t, w.house, w.call, w.now)
	if decided {
		w.decision = housetest.Decided(t, w.house, w.call, w.a, intake.Admitted, after).Id
	}
	cards, err := intake.Screenings.All(w.house, dbx.HashExp{"application": w.a.Id})
	housetest.Refused(t, err, "")
	w.card, w.server, w.now = cards[0].Id, housetest.Server(t, w.house), after
	w.acting = housetest.Actor(t, w.house, w.other, after)
	_, err = intake.Move(w.house, w.acting, w.card, intake.ScreeningShortlisted, after)
	housetest.Refused(t, err, "")
	return w
}

func TestNobodyReadsWhatIsDecidedAboutTheirOwnStartup(t *testing.T) {
	t.Parallel()
	w := ownApplication(t, true)
	call := "/api/vuon/intakes/" + w.call.Id
	for path, tells := range map[string]string{ // what the other manager reads there, and the insider does not
		call + "/board":                    w.card,
		call + "/board?":                   `"taken":1`,
		call + "/applications":             w.a.Id,
		call + "/applications?format=csv":  w.a.Code(),
		call:                               `"taken":1`,
		"/api/vuon/applications/" + w.a.Id: w.decision,
		"/api/vuon/journal":                w.card,
		"/api/vuon/journal?":               w.decision,
		"/api/vuon/journal?subject_kind=screenings&subject=" + w.card: w.card,
	} {
		if got := housetest.Ask(t, w.server, w.other, http.MethodGet, path, "").Body.String(); !strings.Contains(got, tells) {
			t.Errorf("%s does not tell other managers %s: %s", path, tells, got)
		}
		if got := housetest.Ask(t, w.server, w.insider, http.MethodGet, path, "").Body.String(); strings.Contains(got, tells) {
			t.Errorf("%s tells an insider %s: %s", path, tells, got)
		}
	}
	if got := housetest.Ask(t, w.server, w.insider, http.MethodGet, call+"/board", "").Body.String(); !strings.Contains(got, w.b.Id) {
		t.Errorf("the board hides others: %s", got)
	}
	judge := housetest.Holder(t, w.house, access.Judge, access.House).Id
	for path, c := range map[string]struct {
		body string
		code int
	}{
		"/api/vuon/applications/" + w.a.Id + "/conflict": {`{"judge":"` + judge + `","reason":"khó tính"}`, http.StatusNotFound},
		"/api/vuon/applications/" + w.a.Id + "/rule-out": {`{"reason":"thử"}`, http.StatusConflict},
		"/api/vuon/screenings/" + w.card + "/move":       {`{"to":"interview"}`, http.StatusConflict},
	} {
		if got := housetest.Ask(t, w.server, w.insider, http.MethodPost, path, c.body); got.Code != c.code {
			t.Errorf("%s: %d %s", path, got.Code, got.Body)
		}
	}
	got := housetest.Ask(t, w.server, w.insider, http.MethodPost, call+"/assign", `{"applications":["`+w.a.Id+`"],"judges":["`+judge+`"]}`)
	if !strings.Contains(got.Body.String(), `"code":"application.own"`) || !strings.Contains(got.Body.String(), `"assigned":0`) {
		t.Errorf("an insider chooses the judges: %d %s", got.Code, got.Body)
	}
}

func TestNobodyHearsWhatIsDecidedAboutTheirOwnStartup(t *testing.T) {
	t.Parallel()
	w := ownApplication(t, true)
	insider, other := listen(w.house, w.insider), listen(w.house, w.other)
	_, err := intake.Move(w.house, w.acting, w.card, intake.ScreeningInterview, w.now)
	housetest.Refused(t, err, "")
	if got := hears(other); !strings.Contains(got, `"collection":"screenings"`) {
		t.Errorf("other managers hear %q", got)
	}
	if got := hears(insider); got != "" {
		t.Errorf("an insider hears %q", got)
	}
}

// Whoever advises a startup that applies is told what to do about the others alone, and not whether they are through with it.
func TestADutyTellsNothingOfOnesOwn(t *testing.T) {
	t.Parallel()
	w := ownApplication(t, false)
	housetest.Decided(t, w.house, w.call, w.b, intake.Waitlisted, w.now)
	for who, want := range map[*core.Record]string{w.other: "applications_decide", w.insider: "intake_release"} {
		todo, err := intake.Duties(w.house, housetest.Actor(t, w.house, who, w.now), w.now)
		if err != nil || len(todo) == 0 || todo[len(todo)-1].Key != want {
			t.Errorf("to do: %+v (%v), want %s", todo, err, want)
		}
	}
}
