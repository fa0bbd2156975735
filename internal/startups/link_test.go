package startups_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/record"
	"vuon/internal/startups"
)

const allAnswers = `{"readings":[{"kpi":"revenue","state":"value","value":5},{"kpi":"jobs","state":"value","value":0},` +
	`{"kpi":"customers","state":"na"},{"kpi":"funding","state":"not_reported"},{"kpi":"cash","state":"refused"}]}`

// A founder without an account at hand fills in one report through the link of a mail, once.
func TestAReportIsHandedInThroughItsLinkOnce(t *testing.T) {
	t.Parallel()
	now := housetest.Noon
	house := housetest.At(t, func() time.Time { return now })
	s, _ := housetest.Enrolled(t, house, housetest.Places(t, house, 1), "Một Đội", now)
	q := housetest.Report(t, house, s.Id, "baseline")
	server := housetest.Server(t, house)
	link, err := startups.LinkFor(house, q.Id, now)
	housetest.Refused(t, err, "")
	token := strings.TrimPrefix(link, "/app/report-links/")
	if len(token) != 43 {
		t.Errorf("the token is %d letters long", len(token))
	}
	ask := func(method, tail, body string) (int, string) {
		got := housetest.Ask(t, server, nil, method, "/api/vuon/report-links/"+token+tail, body)
		return got.Code, got.Body.String()
	}

	// The token itself is kept nowhere.
	var kept int
	if err := house.DB().NewQuery("SELECT (SELECT count(*) FROM report_requests WHERE token_hash LIKE {:t}) + (SELECT count(*) FROM journal WHERE detail LIKE {:t})").
		Bind(map[string]any{"t": "%" + token + "%"}).Row(&kept); err != nil || kept != 0 {
		t.Errorf("the token is kept %d times (%v)", kept, err)
	}

	if code, body := ask(http.MethodGet, "", ""); code != http.StatusOK || !strings.Contains(body, "Một Đội") || strings.Contains(body, "token") {
		t.Errorf("the link answers %d %s", code, body)
	}
	if code, body := ask(http.MethodPost, "/submit", "{}"); code != http.StatusBadRequest || !strings.Contains(body, "report.incomplete") {
		t.Errorf("an empty report is taken: %d %s", code, body)
	}
	if code, body := ask(http.MethodPatch, "", allAnswers); code != http.StatusOK {
		t.Errorf("answers are refused: %d %s", code, body)
	}
	if code, body := ask(http.MethodPost, "/submit", "{}"); code != http.StatusOK {
		t.Errorf("a whole report is refused: %d %s", code, body)
	}
	for _, again := range []struct{ method, tail, body string }{{http.MethodGet, "", ""}, {http.MethodPatch, "", allAnswers}, {http.MethodPost, "/submit", "{}"}} {
		if code, body := ask(again.method, again.tail, again.body); code != http.StatusGone || !strings.Contains(body, "report.link_used") {
			t.Errorf("used again the link answers %d %s", code, body)
		}
	}
	q, err = startups.Requests.Find(house, q.Id)
	housetest.Refused(t, err, "")
	if q.SubmittedBy() != "link:"+q.Id {
		t.Errorf("handed in by %s", q.SubmittedBy())
	}

	// Sent back, the report waits for a new link; the old one stays used.
	staff := housetest.Acting(t, house, access.Staff, access.House)
	_, err = startups.MakeLink(house, staff, q.Id, now)
	housetest.Refused(t, err, "report.closed")
	_, err = startups.Return(house, staff, q.Id, "thiếu", now)
	housetest.Refused(t, err, "")
	if code, _ := ask(http.MethodGet, "", ""); code != http.StatusGone {
		t.Errorf("the used link opens again: %d", code)
	}
	housetest.Well(t, house)
}

func TestALinkEndsAndIsReplaced(t *testing.T) {
	t.Parallel()
	now := housetest.Noon
	house := housetest.At(t, func() time.Time { return now })
	cohort := housetest.Places(t, house, 2)
	s, _ := housetest.Enrolled(t, house, cohort, "Một Đội", now)
	other, _ := housetest.Enrolled(t, house, cohort, "Đội Khác", now)
	first, err := startups.MakeLink(house, access.Job("test"), housetest.Report(t, house, s.Id, "baseline").Id, now)
	housetest.Refused(t, err, "")

	q, by, err := startups.Opened(house, first, now.Add(30*24*time.Hour-time.Second))
	housetest.Refused(t, err, "")
	_, _, err = startups.Opened(house, first, now.Add(30*24*time.Hour))
	housetest.Refused(t, err, "report.link_over")
	_, _, err = startups.Opened(house, "", now)
	housetest.Refused(t, err, "record.not_found")

	// It opens its own report and no other.
	_, err = startups.Fill(house, by, housetest.Report(t, house, other.Id, "baseline").Id, nil, nil, 0, now)
	housetest.Refused(t, err, "access.sign_in")
	_, err = startups.Read(house, by, s.Id)
	housetest.Refused(t, err, "access.sign_in")

	second, err := startups.MakeLink(house, access.Job("test"), q.Id, now)
	housetest.Refused(t, err, "")
	_, _, err = startups.Opened(house, first, now)
	housetest.Refused(t, err, "report.link_replaced")
	_, _, err = startups.Opened(house, second, now)
	housetest.Refused(t, err, "")
	housetest.Well(t, house)
}

// Whatever became of a report or of its link, whoever comes with the link is told so, and nothing else of the report.
func TestALinkThatOpensNothingSaysWhy(t *testing.T) {
	t.Parallel()
	now := day(2027, time.January, 11)
	house := housetest.At(t, func() time.Time { return now })
	cohort := housetest.Places(t, house, 3)
	staff := housetest.StaffOf(t, house, cohort)
	s, founder := housetest.Enrolled(t, house, cohort, "Một Đội", now)
	_, stranger := housetest.Enrolled(t, house, cohort, "Đội Khác", now)
	server := housetest.Server(t, house)
	link := func(q *startups.Request) string {
		t.Helper()
		token, err := startups.MakeLink(house, staff, q.Id, now)
		housetest.Refused(t, err, "")
		return token
	}
	says := func(who *core.Record, token string, status int, code string) {
		t.Helper()
		for _, ask := range [][3]string{{http.MethodGet}, {http.MethodPatch, "", allAnswers}, {http.MethodPost, "/submit", "{}"}} {
			got := housetest.Ask(t, server, who, ask[0], "/api/vuon/report-links/"+token+ask[1], ask[2])
			if body := got.Body.String(); got.Code != status || !strings.Contains(body, `"`+code+`"`) || strings.Contains(body, "Một Đội") {
				t.Errorf("%s: %d %s, want %d %s", ask[0], got.Code, body, status, code)
			}
		}
	}

	// It is nobody else's. Whoever belongs to another startup is told, and may come as a visitor; the startup's own are let in.
	baseline := housetest.Report(t, house, s.Id, "baseline")
	token := link(baseline)
	says(stranger, token, http.StatusForbidden, "report.link_others")
	for _, who := range []*core.Record{nil, founder} {
		if got := housetest.Ask(t, server, who, http.MethodGet, "/api/vuon/report-links/"+token, ""); got.Code != http.StatusOK {
			t.Errorf("%d %s", got.Code, got.Body)
		}
	}
	says(nil, strings.Repeat("A", 43), http.StatusNotFound, "record.not_found")

	// Replaced, taken back, used, accepted.
	newer := link(baseline)
	says(nil, token, http.StatusGone, "report.link_replaced")
	_, err := startups.RevokeLink(house, housetest.Actor(t, house, stranger, now), baseline.Id, now)
	housetest.Refused(t, err, "record.not_found")
	_, err = startups.RevokeLink(house, housetest.Actor(t, house, founder, now), baseline.Id, now)
	housetest.Refused(t, err, "")
	_, err = startups.RevokeLink(house, staff, baseline.Id, now)
	housetest.Refused(t, err, "report.no_link")
	says(nil, newer, http.StatusGone, "report.link_revoked")
	last := link(baseline)
	housetest.Reported(t, house, founder, s.Id, "baseline", 5, now)
	says(nil, last, http.StatusGone, "report.link_used")
	_, err = startups.Accept(house, staff, baseline.Id, now)
	housetest.Refused(t, err, "")
	says(nil, last, http.StatusGone, "report.link_accepted")

	// Over, waived.
	now = time.Date(2027, time.February, 1, 8, 0, 0, 0, now.Location())
	housetest.Refused(t, startups.OpenReports(house, now), "")
	month := housetest.Report(t, house, s.Id, "2027-01")
	token = link(month)
	now = now.AddDate(0, 0, 30)
	says(nil, token, http.StatusGone, "report.link_over")
	_, err = startups.Waive(house, staff, month.Id, "nghỉ Tết", now)
	housetest.Refused(t, err, "")
	says(nil, token, http.StatusGone, "report.link_waived")
	housetest.Well(t, house)
}

// A correction keeps what stood there, and the page tells both.
func TestTheSheetTellsEveryCorrection(t *testing.T) {
	t.Parallel()
	now := housetest.Noon
	house := housetest.At(t, func() time.Time { return now })
	cohort := housetest.Places(t, house, 1)
	staff := housetest.StaffOf(t, house, cohort)
	s, founder := housetest.Enrolled(t, house, cohort, "Một Đội", now)
	q := housetest.Reported(t, house, founder, s.Id, "baseline", 5, now)
	_, err := startups.Accept(house, staff, q.Id, now)
	housetest.Refused(t, err, "")
	six, seven := 6.0, 7.0
	for _, a := range []startups.Answer{
		{KPI: "revenue", State: startups.Given, Value: &six}, {KPI: "revenue", State: startups.Given, Value: &seven, Grade: "verified"}, {KPI: "cash", State: startups.Declined},
	} {
		_, err = startups.Revise(house, staff, q.Id, []startups.Answer{a}, nil, "theo sổ", now)
		housetest.Refused(t, err, "")
	}
	sheet, err := startups.Sheet(house, housetest.Actor(t, house, founder, now), q.Id)
	housetest.Refused(t, err, "")
	if len(sheet.Corrections) != 3 {
		t.Fatalf("%d corrections", len(sheet.Corrections))
	}
	revenue := func(n int) (was, now int64) {
		c := sheet.Corrections[3-n]
		if c.Number != n || len(c.Changes) != 1 || c.Reason != "theo sổ" || c.By == "" {
			t.Fatalf("correction %d is %+v", n, c)
		}
		return *c.Changes[0].Was.Value, *c.Changes[0].Now.Value
	}
	if was, now := revenue(1); was != 5 || now != 6 {
		t.Errorf("from %d to %d", was, now)
	}
	if was, now := revenue(2); was != 6 || now != 7 {
		t.Errorf("from %d to %d", was, now)
	}
	if last := sheet.Corrections[0]; last.Number != 3 || len(last.Changes) != 1 || last.Changes[0].Was.Value == nil || last.Changes[0].Now.State != startups.Declined {
		t.Errorf("the last is %+v", last)
	}
}

// The mail with the link may go out while somebody has the report open: what they write is taken all the same.
func TestAMailedLinkDoesNotTurnAwayWhoIsWriting(t *testing.T) {
	t.Parallel()
	now := housetest.Noon
	house := housetest.At(t, func() time.Time { return now })
	s, founder := housetest.Enrolled(t, house, housetest.Places(t, house, 1), "Một Đội", now)
	open := housetest.Report(t, house, s.Id, "baseline")
	_, err := startups.LinkFor(house, open.Id, now)
	housetest.Refused(t, err, "")
	body := strings.TrimSuffix(allAnswers, "}") + `,"rev":` + strconv.Itoa(record.Rev(open)) + "}"
	got := housetest.Ask(t, housetest.Server(t, house), founder, http.MethodPatch, "/api/vuon/reports/"+open.Id, body)
	if got.Code != http.StatusOK {
		t.Errorf("%d %s", got.Code, got.Body)
	}
}
