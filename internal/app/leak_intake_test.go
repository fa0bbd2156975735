package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/judging"
)

// rivals are two applicants to an intake of one place: the first is to be admitted, the second rejected.
type rivals struct {
	house          *tests.TestApp
	server         http.Handler
	call           *intake.Intake
	one, two       *intake.Application
	winner, loser  *core.Record
	staff, manager access.Actor
	now            time.Time
}

// rival lets two people apply to one intake, which closes. The house's clock stands still from then on.
func rival(t *testing.T) rivals {
	t.Helper()
	r := rivals{now: housetest.Noon.Add(time.Hour)}
	r.house = housetest.At(t, func() time.Time { return r.now })
	r.call = housetest.OpenIntake(t, r.house, housetest.Noon, 1)
	r.one, r.winner = housetest.Submitted(t, r.house, r.call, housetest.Noon)
	r.two, r.loser = housetest.Submitted(t, r.house, r.call, housetest.Noon)
	housetest.Deciding(t, r.house, r.call, housetest.Noon)
	r.staff, r.manager = housetest.StaffActing(t, r.house), housetest.ManagerOf(t, r.house, r.call)
	r.server = housetest.Server(t, r.house)
	return r
}

// secrets are what must not be read, or guessed, before the release.
var secrets = []string{"screenings", "decisions", "offers", "assignments", "score_sheets", "score_sheet_revisions", "conflicts", "rounds", "application_snapshots", "journal"}

// questions are everything that a curious applicant can ask about an application of theirs.
func (r rivals) questions(id string) []string {
	records := "/api/collections/applications/records"
	all := []string{
		"/api/vuon/applications", "/api/vuon/applications/" + id, "/api/vuon/intakes", "/api/vuon/intakes/" + r.call.Id,
		"/api/vuon/today", "/api/vuon/inbox", "/api/vuon/assignments", records + "/" + id, records, records + "?sort=-updated,rev,-id",
		records + "?fields=*,expand", records + "?skipTotal=0&page=1", records + "?expand=intake,applicant",
		"/api/vuon/intakes/" + r.call.Id + "/board", "/api/vuon/intakes/" + r.call.Id + "/applications",
	}
	for _, name := range secrets {
		all = append(all, "/api/collections/"+name+"/records", records+"?expand="+name+"_via_application", records+"?sort="+name+"_via_application.id")
	}
	for _, filter := range []string{
		`decisions_via_application.outcome ?= "admitted"`, `decisions_via_application.id != ""`, `decisions_via_application:length > 0`,
		`screenings_via_application.status ?= "shortlisted"`, `screenings_via_application.proposal ?= "admit"`, `screenings_via_application.rev > 1`,
		`offers_via_application.id != ""`, `@collection.decisions.application ?= id && @collection.decisions.outcome ?= "admitted"`,
		`@collection.screenings.application ?= id && @collection.screenings.status ?= "shortlisted"`, `@collection.assignments.subject ?= id`,
		`@collection.score_sheets.total ?> 0`, `@collection.journal.subject ?= id && @collection.journal.verb ?= "decide"`,
		`rev > 3`, `updated > "2026-11-23"`, `intake.capacity = 1`, `intake.status = "deciding"`,
	} {
		all = append(all, records+"?filter="+url.QueryEscape(filter))
	}
	return all
}

// sees asks every question as one of the rivals and tells what was answered. What names the person or their own rows is
// written alike for both, so that two applicants may be compared.
func (r rivals) sees(t *testing.T, user *core.Record, a *intake.Application) []string {
	t.Helper()
	own := strings.NewReplacer(a.Id, "MINE", a.Code(), "CODE", user.Id, "ME", user.Email(), "MAIL")
	var answers []string
	for _, ask := range r.questions(a.Id) {
		w := housetest.Ask(t, r.server, user, "GET", ask, "")
		answers = append(answers, own.Replace(fmt.Sprintf("%s\n%d %s %s", ask, w.Code, w.Header().Get("ETag"), w.Body.String())))
	}
	return answers
}

var moment = regexp.MustCompile(`"(created|updated)":"[^"]*"|"search_key":"[^ ]*`)

// timeless leaves out when a row was stored, and the code in its search key.
func timeless(answers []string) []string {
	bare := make([]string, len(answers))
	for i, a := range answers {
		bare[i] = moment.ReplaceAllString(a, "")
	}
	return bare
}

func same(t *testing.T, when string, before, after []string) {
	t.Helper()
	for i := range before {
		if before[i] != after[i] {
			t.Errorf("%s an applicant sees another answer. Before:\n%s\nafter:\n%s", when, before[i], after[i])
		}
	}
}

// Assigning, scoring, moving cards and deciding leave no trace in anything that an applicant can ask for. The release does.
func TestAnApplicantLearnsNothingBeforeTheRelease(t *testing.T) {
	t.Parallel()
	r := rival(t)
	before := [2][]string{r.sees(t, r.winner, r.one), r.sees(t, r.loser, r.two)}
	ears := [2]func() string{r.listens(r.winner), r.listens(r.loser)}
	unchanged := func(when string) {
		t.Helper()
		same(t, when, before[0], r.sees(t, r.winner, r.one))
		same(t, when, before[1], r.sees(t, r.loser, r.two))
	}

	asked, judge := housetest.Asked(t, r.house, r.call, r.one, r.now)
	unchanged("after a judge was asked")
	housetest.Judging(t, r.house, r.call, r.now)
	housetest.Judged(t, r.house, asked, judge, 500, r.now)
	unchanged("after a sheet was handed in")
	board, err := intake.BoardOf(t.Context(), r.house, r.staff, r.call.Id, intake.Sift{}, 30)
	housetest.Refused(t, err, "")
	rank, propose := 1, intake.ProposeAdmit
	for _, row := range board.Rows {
		if row.Application.ID == r.one.Id {
			_, err := intake.Move(r.house, r.staff, row.ID, intake.ScreeningShortlisted, r.now)
			housetest.Refused(t, err, "")
			_, err = intake.Jot(r.house, r.staff, row.ID, intake.Card{Rank: &rank, Proposal: &propose}, 0, r.now)
			housetest.Refused(t, err, "")
		}
	}
	unchanged("after a card was moved")
	x, err := judging.Report(r.house, r.staff, judge.Id, "application", r.one.Id, "quen biết", r.now)
	housetest.Refused(t, err, "")
	_, err = judging.Dismiss(r.house, r.manager, x.Id, "đã lâu", r.now)
	housetest.Refused(t, err, "")
	unchanged("after a conflict was weighed")
	housetest.Decided(t, r.house, r.call, r.one, intake.Admitted, r.now)
	housetest.Decided(t, r.house, r.call, r.two, intake.Rejected, r.now)
	unchanged("after the decision")
	if heard := ears[0]() + ears[1](); heard != "" {
		t.Errorf("an applicant has heard %q", heard)
	}

	// Who stands where cannot be told from the answers: but for when they came, both are given the same.
	same(t, "whoever asks,", timeless(r.sees(t, r.winner, r.one)), timeless(r.sees(t, r.loser, r.two)))

	housetest.Released(t, r.house, r.call, r.now)
	if p, err := intake.Read(r.house, housetest.Actor(t, r.house, r.winner, r.now), r.one.Id, r.now); err != nil || p.Offer == nil || p.Decision == nil {
		t.Errorf("after the release the winner is not told (%v)", err)
	}
	if p, err := intake.Read(r.house, housetest.Actor(t, r.house, r.loser, r.now), r.two.Id, r.now); err != nil || p.Offer != nil || p.Decision.Feedback == "" {
		t.Errorf("after the release the loser is not told (%v)", err)
	}
	if heard := ears[0](); !strings.Contains(heard, r.one.Id) {
		t.Errorf("the release is not heard: %q", heard)
	}
}

// listens opens the live connection of a user, with our topic and with PocketBase's own of everything that could tell.
func (r rivals) listens(user *core.Record) func() string {
	c := listen(r.house, user)
	topics := []string{"applications/*"}
	for _, name := range secrets {
		topics = append(topics, name+"/*")
	}
	c.Subscribe(topics...)
	return func() string { return hears(c) }
}

// What is refused is refused to both in the same words, and takes the same way.
func TestARefusalTellsNothingEither(t *testing.T) {
	t.Parallel()
	r := rival(t)
	housetest.Decided(t, r.house, r.call, r.one, intake.Admitted, r.now)
	for _, try := range [][2]string{
		{"POST", "submit"}, {"POST", "answer"}, {"POST", "promote"}, {"POST", "restore"}, {"POST", "decide"}, {"PATCH", ""},
	} {
		path := func(a *intake.Application) string {
			return strings.TrimSuffix("/api/vuon/applications/"+a.Id+"/"+try[1], "/")
		}
		body := `{"title":"khác","outcome":"admitted","rationale":"tôi muốn"}`
		one := housetest.Ask(t, r.server, r.winner, try[0], path(r.one), body)
		two := housetest.Ask(t, r.server, r.loser, try[0], path(r.two), body)
		if one.Code != two.Code || one.Body.String() != two.Body.String() || one.Code == http.StatusOK {
			t.Errorf("%s: %d %s for the decided one, %d %s for the other", try[1], one.Code, one.Body, two.Code, two.Body)
		}
	}
}

// One applicant learns nothing of another, by whatever id they guess.
func TestAnApplicationIsItsApplicantsAlone(t *testing.T) {
	t.Parallel()
	r := rival(t)
	missing := housetest.Ask(t, r.server, r.loser, "GET", "/api/vuon/applications/missing00000000", "")
	for _, try := range []string{"GET ", "PATCH ", "POST /submit", "POST /withdraw", "POST /answer"} {
		method, verb, _ := strings.Cut(try, " ")
		w := housetest.Ask(t, r.server, r.loser, method, "/api/vuon/applications/"+r.one.Id+verb, "{}")
		if w.Code != http.StatusNotFound || method == "GET" && w.Body.String() != missing.Body.String() {
			t.Errorf("%s of somebody else's: %d %s", try, w.Code, w.Body)
		}
	}
	for _, path := range []string{
		"/api/collections/applications/records/" + r.one.Id, "/api/collections/applications/records?filter=" + url.QueryEscape(`id="`+r.one.Id+`"`),
		"/api/collections/applications/records?filter=" + url.QueryEscape(`applicant != "`+r.loser.Id+`"`),
	} {
		if w := housetest.Ask(t, r.server, r.loser, "GET", path, ""); strings.Contains(w.Body.String(), r.one.Code()) {
			t.Errorf("%s shows somebody else's", path)
		}
	}
}

// Judges read what was handed in for them, and nothing that says who it is from.
func TestAJudgeIsNotToldWhoApplied(t *testing.T) {
	t.Parallel()
	r := rival(t)
	asked, judge := housetest.Asked(t, r.house, r.call, r.one, r.now)
	housetest.Judging(t, r.house, r.call, r.now)
	for _, path := range []string{"/api/vuon/assignments", "/api/vuon/assignments/" + asked.Id} {
		w := housetest.Ask(t, r.server, judge, "GET", path, "")
		for name, secret := range map[string]string{
			"the applicant's id": r.winner.Id, "their name": "Nguyễn Thử Nghiệm", "their address": r.winner.Email(), "the application's id": r.one.Id, "its code": r.one.Code(),
		} {
			if strings.Contains(w.Body.String(), secret) {
				t.Errorf("%s tells %s", path, name)
			}
		}
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	for _, path := range []string{"/api/vuon/applications/" + r.one.Id, "/api/vuon/intakes/" + r.call.Id + "/board"} {
		if w := housetest.Ask(t, r.server, judge, "GET", path, ""); w.Code != http.StatusNotFound {
			t.Errorf("a judge reads %s: %d", path, w.Code)
		}
	}
}
