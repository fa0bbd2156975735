package startups_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

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
	_, err := startups.EditPrivate(house, staff, other.Id, startups.PrivateFields{TaxCode: &code})
	housetest.Refused(t, err, "")
	open := planted(t, house, "Công Khai", "energy", startups.Card{})
	_, err = startups.EditPrivate(house, staff, open.Id, startups.PrivateFields{Phone: text("0274 1022")})
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
		{http.MethodPatch, "/api/vuon/startups/%", `{"name":"Đổi"}`}, {http.MethodPatch, "/api/vuon/startups/%/private", `{"phone":"1"}`},
		{http.MethodGet, "/api/vuon/startups/%", ""}, {http.MethodGet, "/api/vuon/startups/%/readings", ""}, {http.MethodPost, "/api/vuon/startups/%/rest", "{}"},
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
