package startups_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/startups"
)

// asked asks every startup that is to be asked in the January of a year.
func asked(t *testing.T, house core.App, year int) {
	t.Helper()
	housetest.Refused(t, startups.AskAlumni(house, day(year, time.January, 15)), "")
}

// askedOf is what a startup is asked in a year, or nil.
func askedOf(t *testing.T, house core.App, startup string, year int) *startups.AlumniReport {
	t.Helper()
	all, err := startups.AlumniReports.All(house, dbx.HashExp{"startup": startup, "year": year})
	housetest.Refused(t, err, "")
	if len(all) == 0 {
		return nil
	}
	return all[0]
}

// Five years long a startup that graduated is asked once a year; who has ended or is in a cohort again is not.
func TestAlumniAreAskedOnceAYearForFiveYears(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 4)
	at := day(2027, time.February, 1)
	one, _ := graduated(t, house, cohort, "Một Đội", at)
	closed, _ := graduated(t, house, cohort, "Đội Đóng", at)
	again, founder := graduated(t, house, cohort, "Đội Học Tiếp", at)
	staying, _ := housetest.Active(t, house, cohort, "Đội Ở Lại", housetest.Noon)
	_, err := startups.Move(house, housetest.Acting(t, house, access.Manager, access.House), closed.Id, "close", at)
	housetest.Refused(t, err, "")
	_, err = startups.Enrol(house, housetest.Actor(t, house, founder, at), startups.Admission{Title: "x", Applicant: founder.Id, Startup: again.Id, Cohort: housetest.Places(t, house, 1)}, at)
	housetest.Refused(t, err, "")
	for year := 2027; year <= 2034; year++ {
		asked(t, house, year)
		asked(t, house, year) // a job may run twice
		if is, want := askedOf(t, house, one.Id, year) != nil, year >= 2028 && year <= 2032; is != want {
			t.Errorf("asked in %d: %v", year, is)
		}
		housetest.Refused(t, startups.LapseAlumni(house, day(year, time.March, 1)), "")
	}
	for _, s := range []*startups.Startup{closed, again, staying} {
		if askedOf(t, house, s.Id, 2028) != nil {
			t.Errorf("%s is asked", s.Name())
		}
	}
	if a := askedOf(t, house, one.Id, 2028); a.Status() != startups.AlumniSilent || a.DueOn() != "2028-02-26" || a.Fate() != "" {
		t.Errorf("who never answered: %s, %s, %q", a.Status(), a.DueOn(), a.Fate())
	}
	housetest.Well(t, house)
}

// Somebody without an account answers by the link of a mail, once; the link of another startup, of last year, or one that has
// ended opens nothing.
func TestAlumniAnswerByTheirLinkOnce(t *testing.T) {
	t.Parallel()
	now := day(2028, time.January, 15)
	house := housetest.At(t, func() time.Time { return now })
	cohort := housetest.Places(t, house, 4)
	one, founder := graduated(t, house, cohort, "Một Đội", day(2027, time.February, 1))
	other, stranger := graduated(t, house, cohort, "Đội Khác", day(2027, time.February, 1))
	asked(t, house, 2028)
	a, server := askedOf(t, house, one.Id, 2028), housetest.Server(t, house)
	link := func(id string) string {
		path, err := startups.AlumniLinkFor(house, id, now)
		housetest.Refused(t, err, "")
		return strings.TrimPrefix(path, "/app/alumni-links/")
	}
	older := link(a.Id)
	token, rival := link(a.Id), link(askedOf(t, house, other.Id, 2028).Id)
	ask := func(method, token, tail, body string) (int, string) {
		got := housetest.Ask(t, server, nil, method, "/api/vuon/alumni-links/"+token+tail, body)
		return got.Code, got.Body.String()
	}
	var kept int
	if err := house.DB().NewQuery("SELECT (SELECT count(*) FROM alumni_reports WHERE token_hash LIKE {:t}) + (SELECT count(*) FROM journal WHERE detail LIKE {:t})").
		Bind(map[string]any{"t": "%" + token + "%"}).Row(&kept); err != nil || kept != 0 {
		t.Errorf("the token is kept %d times (%v)", kept, err)
	}
	if code, _ := ask(http.MethodGet, older, "", ""); code != http.StatusNotFound {
		t.Errorf("a link that was replaced answers %d", code)
	}
	if code, body := ask(http.MethodGet, rival, "", ""); code != http.StatusOK || strings.Contains(body, "Một Đội") {
		t.Errorf("another's link answers %d %s", code, body)
	}
	if code, body := ask(http.MethodGet, token, "", ""); code != http.StatusOK || !strings.Contains(body, "Một Đội") || strings.Contains(body, "token") {
		t.Errorf("the link answers %d %s", code, body)
	}
	for _, u := range []*core.Record{founder, stranger} {
		for path, method := range map[string]string{"": http.MethodGet, "/answer": http.MethodPost} {
			got := housetest.Ask(t, server, u, method, "/api/vuon/alumni-links/"+token+path, `{}`)
			if others := got.Code == http.StatusForbidden && strings.Contains(got.Body.String(), "alumni.link_others"); others != (u == stranger) {
				t.Errorf("signed in, %s %s answers %d %s", method, path, got.Code, got.Body)
			}
		}
	}
	for body, want := range map[string]string{
		`{}`:                          "alumni.fate",
		`{"fate":"rich"}`:             "alumni.fate",
		`{"fate":"active","jobs":-1}`: "reading.negative",
		`{"fate":"active","raised_vnd":9007199254740993}`: "reading.too_large",
		`{"fate":"active","revenue_vnd":12.5}`:            "",
	} {
		if code, said := ask(http.MethodPost, token, "/answer", body); code != http.StatusBadRequest || !strings.Contains(said, want) {
			t.Errorf("%s answers %d %s, want %s", body, code, said, want)
		}
	}
	if code, said := ask(http.MethodPost, token, "/answer", `{"fate":"active","jobs":0,"raised_vnd":2500000000,"wish":" khách hàng "}`); code != http.StatusOK {
		t.Fatalf("answers are refused: %d %s", code, said)
	}
	a = askedOf(t, house, one.Id, 2028)
	if a.Jobs() == nil || *a.Jobs() != 0 || a.Revenue() != nil || a.Raised() == nil || *a.Raised() != 2_500_000_000 || a.Wish() != "khách hàng" || a.AnsweredBy() != "link:"+a.Id {
		t.Errorf("kept: %v %v %v %q by %s", a.Jobs(), a.Revenue(), a.Raised(), a.Wish(), a.AnsweredBy())
	}
	if code, said := ask(http.MethodPost, token, "/answer", `{"fate":"closed"}`); code != http.StatusGone || !strings.Contains(said, "alumni.link_used") {
		t.Errorf("used again the link answers %d %s", code, said)
	}
	_, err := startups.MakeAlumniLink(house, housetest.Actor(t, house, founder, now), a.Id, now)
	housetest.Refused(t, err, "alumni.closed")
	now = housetest.Local(t, "2028-02-27 00:00")
	if code, said := ask(http.MethodGet, rival, "", ""); code != http.StatusGone || !strings.Contains(said, "alumni.link_over") {
		t.Errorf("a day too late the link answers %d %s", code, said)
	}
	a.ProxyRecord().Load(map[string]any{"fate": "closed"})
	housetest.Refused(t, house.Save(a), "alumni.rooted")
	housetest.Well(t, house)
}

// Its admins hear on the day, and two and four weeks later; the primary person's mail carries the link.
func TestWhoHearsThatAlumniAreAsked(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, founder := graduated(t, house, housetest.Places(t, house, 1), "Một Đội", day(2027, time.February, 1))
	helper := housetest.User(t, house)
	_, err := startups.Join(house, housetest.Actor(t, house, founder, housetest.Noon), s.Id, startups.Newcomer{User: helper.Id, Role: startups.Insider}, housetest.Noon)
	housetest.Refused(t, err, "")
	asked(t, house, 2028)
	a := askedOf(t, house, s.Id, 2028)
	for now, want := range map[string]string{
		"2028-01-15 09:00": "alum:S:2028:+1d:F@01-15 09:00", // a Saturday
		"2028-01-29 09:00": "alum:S:2028:+15d:F@",           // Tet
		"2028-02-12 09:00": "alum:S:2028:+29d:F@02-12 09:00",
		"2028-02-27 09:00": "",
	} {
		if got := housetest.Heard(t, house, "alumni_asked", housetest.Local(t, now), s.Id, "S", founder.Id, "F"); want == "" && got != "" || !strings.HasPrefix(got, want) {
			t.Errorf("at %s: %q, want %q", now, got, want)
		}
	}
	if due := told(t, house, "alumni_asked", housetest.Local(t, "2028-01-15 09:00")); len(due) == 0 || due[0].Secret.Kind != "alumni" || due[0].Secret.ID != a.Id {
		t.Errorf("told: %+v", due)
	}
	housetest.Well(t, house)
}

// Survival counts what alumni say of themselves: silence stays unknown, an old "at work" does too, an old "closed" does not.
func TestAlumniSayWhetherTheyAreAlive(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 6)
	answers := map[string]string{"Đội A": "active", "Đội B": "closed", "Đội C": "acquired", "Đội D": "dormant", "Đội E": "", "Đội F": "active"}
	at := day(2027, time.February, 1)
	for name := range answers {
		graduated(t, house, cohort, name, at)
	}
	asked(t, house, 2028)
	now := day(2028, time.February, 1)
	for name, fate := range answers {
		s, err := startups.Startups.First(house, dbx.HashExp{"name": name})
		housetest.Refused(t, err, "")
		if fate == "" {
			continue
		}
		token, err := startups.MakeAlumniLink(house, access.Job("test"), askedOf(t, house, s.Id, 2028).Id, now)
		housetest.Refused(t, err, "")
		_, err = startups.AnswerAlumni(house, token, startups.AlumniAnswers{Fate: fate}, now)
		housetest.Refused(t, err, "")
	}
	seen := func(role access.Role, now time.Time) [3]int {
		p, err := startups.Whole(house, housetest.Acting(t, house, role, access.House), "2028-01", "", now)
		housetest.Refused(t, err, "")
		r := p.Survival[0]
		return [3]int{r.Alive, r.Ended, r.Unknown}
	}
	count := func(now time.Time) [3]int { return seen(access.Manager, now) }
	if got := count(now.AddDate(0, 1, 0)); got != [3]int{3, 2, 1} {
		t.Errorf("alive, ended, unknown: %v", got)
	}
	if got := count(now.AddDate(1, 0, 1)); got != [3]int{1, 1, 4} {
		t.Errorf("a year later: %v", got)
	}
	if got := seen(access.Official, now.AddDate(0, 1, 0)); got != [3]int{3, 0, 3} { // what only their people said of an end
		t.Errorf("an official reads %v", got)
	}
	s, err := startups.Startups.First(house, dbx.HashExp{"name": "Đội B"})
	housetest.Refused(t, err, "")
	_, err = startups.Move(house, housetest.Acting(t, house, access.Manager, access.House), s.Id, "close", now)
	housetest.Refused(t, err, "")
	if got := seen(access.Official, now.AddDate(0, 1, 0)); got != [3]int{3, 1, 2} { // once a manager has written it down
		t.Errorf("an official reads %v of a closed one", got)
	}
	housetest.Well(t, house)
}
