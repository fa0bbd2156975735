package startups_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/startups"
)

// A founder asks about another startup by every door there is: the record API with its filters, sorts and expansions, our
// routes, files. Nothing that comes back depends on it.
func TestAFounderLearnsNothingOfAnotherStartup(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 3)
	mine, me := housetest.Active(t, house, cohort, "Của Tôi", housetest.Noon)
	other, them := housetest.Active(t, house, cohort, "Của Người", housetest.Noon)
	code, staff := "0100109106", housetest.Acting(t, house, access.Staff, access.House)
	_, err := startups.EditPrivate(house, staff, other.Id, startups.PrivateFields{TaxCode: &code}, housetest.Noon)
	housetest.Refused(t, err, "")
	open := planted(t, house, "Công Khai", "energy", startups.Card{})
	_, err = startups.EditPrivate(house, staff, open.Id, startups.PrivateFields{Phone: text("0274 1022")}, housetest.Noon)
	housetest.Refused(t, err, "")
	report := housetest.Report(t, house, other.Id, "baseline")
	server := housetest.Server(t, house)

	secrets := []string{"Của Người", other.Id, them.Id, report.Id, code, "0274 1022"}
	for _, path := range []string{
		"/api/collections/startups/records?perPage=500",
		"/api/collections/startups/records/" + other.Id,
		"/api/collections/startups/records?filter=" + url.QueryEscape(`name~"Người"`),
		"/api/collections/startups/records?fields=*,search_key,sort_key,visibility&sort=-headcount",
		"/api/collections/startups/records?expand=startup_members_via_startup,startup_private_via_startup,enrolments_via_startup,kpi_readings_via_startup",
		"/api/collections/startup_members/records?expand=startup,startup.startup_members_via_startup",
		"/api/collections/startup_private/records", "/api/collections/enrolments/records", "/api/collections/report_requests/records",
		"/api/collections/kpi_readings/records", "/api/collections/alerts/records", "/api/collections/report_requests/records/" + report.Id,
		"/api/vuon/startups/" + other.Id, "/api/vuon/startups/" + other.Id + "/readings", "/api/vuon/reports", "/api/vuon/reports?startup=" + other.Id,
		"/api/vuon/reports/" + report.Id, "/api/vuon/startups", "/api/vuon/enrolments", "/api/vuon/figures", "/api/vuon/figures/jobs/rows?period=baseline", "/api/vuon/alerts",
	} {
		got := housetest.Ask(t, server, me, http.MethodGet, path, "").Body.String()
		for _, secret := range secrets {
			if strings.Contains(got, secret) && !strings.Contains(path, secret) {
				t.Errorf("%s tells %q", path, secret)
			}
		}
	}

	// A question about what is hidden must not be answered by the number of rows that come back.
	for _, guess := range []string{
		`startup_private_via_startup.phone = "0274 1022"`, `startup_private_via_startup.phone ?~ "0274"`,
		`startup_members_via_startup.user != ""`, `kpi_readings_via_startup.value > 0`, `enrolments_via_startup.status = "invited"`,
	} {
		right := housetest.Ask(t, server, me, http.MethodGet, "/api/collections/startups/records?filter="+url.QueryEscape(guess), "").Body.String()
		wrong := housetest.Ask(t, server, me, http.MethodGet, "/api/collections/startups/records?filter="+url.QueryEscape("!("+guess+")"), "").Body.String()
		if strings.Contains(right, open.Id) != strings.Contains(wrong, open.Id) {
			t.Errorf("the record API answers whether %s", guess)
		}
	}
	for _, sort := range []string{"startup_private_via_startup.phone", "kpi_readings_via_startup.value"} {
		if got := housetest.Ask(t, server, me, http.MethodGet, "/api/collections/startups/records?sort="+sort, ""); got.Code == http.StatusOK && strings.Contains(got.Body.String(), open.Id) {
			t.Errorf("the record API sorts by %s", sort)
		}
	}

	// Nor may they write: not there and not yours are one answer.
	for _, ask := range []struct{ method, path, body string }{
		{http.MethodPatch, "/api/vuon/startups/%", `{"name":"Đổi"}`},
		{http.MethodPatch, "/api/vuon/startups/%/private", `{"phone":"1"}`},
		{http.MethodGet, "/api/vuon/startups/%", ""},
		{http.MethodGet, "/api/vuon/startups/%/readings", ""},
		{http.MethodPost, "/api/vuon/startups/%/rest", "{}"},
	} {
		theirs := housetest.Ask(t, server, me, ask.method, strings.ReplaceAll(ask.path, "%", other.Id), ask.body)
		nobodys := housetest.Ask(t, server, me, ask.method, strings.ReplaceAll(ask.path, "%", "nobodyknows0000"), ask.body)
		if theirs.Code != nobodys.Code || theirs.Body.String() != nobodys.Body.String() {
			t.Errorf("%s %s: %d %s, and for none %d %s", ask.method, ask.path, theirs.Code, theirs.Body, nobodys.Code, nobodys.Body)
		}
	}
	for _, verb := range []string{"submit", "link", "accept", "return", "waive", "revise"} {
		theirs := housetest.Ask(t, server, me, http.MethodPost, "/api/vuon/reports/"+report.Id+"/"+verb, "{}")
		nobodys := housetest.Ask(t, server, me, http.MethodPost, "/api/vuon/reports/nobodyknows0000/"+verb, "{}")
		if theirs.Code != nobodys.Code || theirs.Body.String() != nobodys.Body.String() {
			t.Errorf("%s: %d %s, and for none %d %s", verb, theirs.Code, theirs.Body, nobodys.Code, nobodys.Body)
		}
	}
	if got := housetest.Ask(t, server, me, http.MethodGet, "/api/vuon/startups/"+mine.Id, ""); got.Code != http.StatusOK {
		t.Errorf("a founder does not read their own startup: %d", got.Code)
	}
}

// The picture of a startup that is no longer shown is refused to whoever still has its address, and not to its own people.
func TestAPictureGoesWithItsCard(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, founder := housetest.Active(t, house, housetest.Places(t, house, 1), "Có Hình", housetest.Noon)
	picture, err := filesystem.NewFileFromBytes([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"), "logo.png")
	housetest.Refused(t, err, "")
	s, err = startups.Startups.Find(house, s.Id)
	housetest.Refused(t, err, "")
	s.ProxyRecord().Load(map[string]any{"logo": picture})
	housetest.Save(t, house, s)
	server, stranger := housetest.Server(t, house), housetest.User(t, house)
	path := "/api/files/startups/" + s.Id + "/" + s.Logo()
	token, err := founder.NewFileToken()
	housetest.Refused(t, err, "")
	other, err := stranger.NewFileToken()
	housetest.Refused(t, err, "")
	for name, c := range map[string]struct {
		path string
		want int
	}{
		"a visitor": {path, http.StatusNotFound}, "its founder": {path + "?token=" + token, http.StatusOK},
		"a stranger": {path + "?token=" + other, http.StatusNotFound}, "a made-up token": {path + "?token=x", http.StatusNotFound},
	} {
		if got := housetest.Ask(t, server, nil, http.MethodGet, c.path, ""); got.Code != c.want {
			t.Errorf("%s is answered %d, want %d", name, got.Code, c.want)
		}
	}
	housetest.Show(t, house, s)
	if got := housetest.Ask(t, server, nil, http.MethodGet, path, ""); got.Code != http.StatusOK {
		t.Errorf("the picture of a card that everybody may read is answered %d", got.Code)
	}
}

// A change of a startup is told to its people and to whoever looks after it, and what the house notices to the latter alone.
func TestWhoHearsOfAStartup(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 2)
	s, founder := housetest.Enrolled(t, house, cohort, "Một Đội", housetest.Noon)
	_, rival := housetest.Enrolled(t, house, cohort, "Đội Khác", housetest.Noon)
	housetest.Refused(t, startups.RaiseAlerts(house, housetest.Noon.AddDate(0, 0, 20)), "")
	a, err := startups.Alerts.First(house, dbx.HashExp{"startup": s.Id})
	housetest.Refused(t, err, "")
	q := housetest.Report(t, house, s.Id, "baseline")
	staff := housetest.StaffOf(t, house, cohort)
	all := startups.Audiences()
	for _, c := range []struct {
		of                  string
		row                 *core.Record
		own, other, keepers bool
	}{
		{"startups", s.ProxyRecord(), true, false, true}, {"report_requests", q.ProxyRecord(), true, false, true}, {"alerts", a.ProxyRecord(), false, false, true},
	} {
		hears := all[c.of](house, c.row)
		got := [3]bool{
			hears.Includes(housetest.Actor(t, house, founder, housetest.Noon)), hears.Includes(housetest.Actor(t, house, rival, housetest.Noon)), hears.Includes(staff),
		}
		if got != [3]bool{c.own, c.other, c.keepers} {
			t.Errorf("of %s hear: its founder, a rival, staff: %v", c.of, got)
		}
	}
}
