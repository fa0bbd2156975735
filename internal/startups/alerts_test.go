package startups_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/locale"
	"vuon/internal/startups"
)

// watched is a startup in a cohort whose months are told one by one.
type watched struct {
	*testing.T
	house   *tests.TestApp
	cohort  string
	startup *startups.Startup
	founder *core.Record
	staff   access.Actor
}

func watching(t *testing.T) *watched {
	t.Helper()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 3)
	staff := housetest.StaffOf(t, house, cohort)
	began := time.Date(2027, time.January, 11, 9, 0, 0, 0, locale.Zone)
	s, founder := housetest.Active(t, house, cohort, "Đèn Lồng Số", began)
	return &watched{t, house, cohort, s, founder, staff}
}

// tells hands in the report on a month of 2027, in the order revenue, jobs, customers, funding, cash, each in millions; "?" is
// not reported, "-" not theirs, "x" refused.
func (w *watched) tells(month time.Month, figures string) {
	w.Helper()
	opened := time.Date(2027, month+1, 1, 8, 0, 0, 0, locale.Zone)
	housetest.Refused(w, startups.OpenReports(w.house, opened), "")
	q := housetest.Report(w, w.house, w.startup.Id, fmt.Sprintf("2027-%02d", month))
	by := housetest.Actor(w, w.house, w.founder, opened)
	q, err := startups.Fill(w.house, by, q.Id, answered(w, figures), nil, 0, opened)
	housetest.Refused(w, err, "")
	_, err = startups.Submit(w.house, by, q.Id, 0, opened)
	housetest.Refused(w, err, "")
}

func answered(t testing.TB, figures string) []startups.Answer {
	t.Helper()
	var all []startups.Answer
	for i, word := range strings.Fields(figures) {
		a := startups.Answer{KPI: []string{"revenue", "jobs", "customers", "funding", "cash"}[i], State: startups.Given}
		switch word {
		case "?":
			a.State = startups.NotReported
		case "-":
			a.State = startups.NotOurs
		case "x":
			a.State = startups.Declined
		default:
			var value float64
			if _, err := fmt.Sscan(word, &value); err != nil {
				t.Fatal(err)
			}
			a.Value = &value
		}
		all = append(all, a)
	}
	return all
}

// raised lets the house look on a day of a month of 2027, and lists what stands then.
func (w *watched) raised(month time.Month, d int) string {
	w.Helper()
	housetest.Refused(w, startups.RaiseAlerts(w.house, time.Date(2027, month, d, 7, 30, 0, 0, locale.Zone)), "")
	rows, err := startups.Alerts.All(w.house)
	housetest.Refused(w, err, "")
	var all []string
	for _, rule := range []string{"revenue_fell", "runway_short", "jobs_fell", "zero_after_value", "figures_contradict", "report_missing"} {
		for _, a := range rows {
			if a.Rule() == rule {
				all = append(all, fmt.Sprintf("%s %s %s %s", a.Rule(), a.Period()[5:], a.Severity(), a.Status()))
			}
		}
	}
	return strings.Join(all, ", ")
}

func (w *watched) want(got, want string) {
	w.Helper()
	if got != want {
		w.Errorf("there stands %q\n          want %q", got, want)
	}
}

func (w *watched) alert(rule string) *startups.Alert {
	w.Helper()
	for _, a := range alerts(w.T, w.house, w.startup.Id) {
		if a.Rule() == rule {
			return a
		}
	}
	w.Fatalf("there is no alert %s", rule)
	return nil
}

// The life of an alert that rests on a figure: it rises once, says on what it rests, ends by itself when the figure is corrected,
// and waits again when the correction is corrected.
func TestAnAlertRestsOnFiguresAndGoesWithThem(t *testing.T) {
	t.Parallel()
	w := watching(t)
	w.tells(time.January, "100 4 9 0 900")
	w.want(w.raised(time.February, 2), "")
	w.tells(time.February, "50 4 9 0 900")
	w.want(w.raised(time.March, 2), "revenue_fell 02 amber open")
	w.want(w.raised(time.March, 3), "revenue_fell 02 amber open")
	a := w.alert("revenue_fell")
	x, err := a.Explain()
	housetest.Refused(t, err, "")
	report := housetest.Report(t, w.house, w.startup.Id, "2027-02")
	if fmt.Sprint(x.Facts) != "[{revenue 2027-01 100} {revenue 2027-02 50}]" || x.Fell != 50 || x.Times != 1 || x.Since != "2027-03-02" || fmt.Sprint(x.Requests, x.Periods) != fmt.Sprintf("[%s] [2027-02]", report.Id) || a.Owner() != w.staff.ID {
		t.Errorf("it says %+v, owned by %s", x, a.Owner())
	}
	at := time.Date(2027, time.March, 4, 9, 0, 0, 0, locale.Zone)
	revise := func(value float64) {
		t.Helper()
		_, err := startups.Revise(w.house, w.staff, report.Id, []startups.Answer{{KPI: "revenue", State: startups.Given, Value: &value}}, nil, "theo sổ", at)
		housetest.Refused(t, err, "")
	}
	_, err = startups.Accept(w.house, w.staff, report.Id, at)
	housetest.Refused(t, err, "")
	revise(40)
	w.want(w.raised(time.March, 5), "revenue_fell 02 amber open")
	if x, _ = w.alert("revenue_fell").Explain(); x.Facts[1].Value != 40 || x.Since != "2027-03-02" {
		t.Errorf("after a correction it says %+v", x)
	}
	revise(51)
	w.want(w.raised(time.March, 6), "revenue_fell 02 amber resolved")
	if a = w.alert("revenue_fell"); a.Resolution() != "" || a.ClosedAt().IsZero() {
		t.Errorf("by itself it ended with %q at %s", a.Resolution(), a.ClosedAt())
	}
	revise(50)
	w.want(w.raised(time.March, 7), "revenue_fell 02 amber open")
	if a = w.alert("revenue_fell"); !a.ClosedAt().IsZero() {
		t.Error("an alert that waits again is closed")
	}
	w.tells(time.March, "50 4 9 0 900")
	w.want(w.raised(time.April, 2), "revenue_fell 02 amber open") // the later month is no answer to the question
	housetest.Well(t, w.house)
}

func TestWhatWasNotToldRaisesNothing(t *testing.T) {
	t.Parallel()
	w := watching(t)
	w.tells(time.January, "100 8 9 0 900")
	w.tells(time.February, "? - x ? ?")
	w.want(w.raised(time.March, 2), "")
	w.tells(time.March, "10 8 9 0 900") // a month between them was not told
	w.want(w.raised(time.April, 2), "")
	w.tells(time.April, "0 6 0 5 300")
	w.want(w.raised(time.May, 2), "revenue_fell 04 amber open, runway_short 04 red open, jobs_fell 04 amber open, zero_after_value 04 amber open, figures_contradict 04 amber open")
	x, err := w.alert("zero_after_value").Explain()
	if housetest.Refused(t, err, ""); fmt.Sprint(x.Facts) != "[{revenue 2027-03 10} {revenue 2027-04 0} {customers 2027-03 9} {customers 2027-04 0}]" {
		t.Errorf("the zeros: %v", x.Facts)
	}
	// The cash of a later month answers the question about an earlier one; the fall of April stays one.
	w.tells(time.May, "0 6 0 0 900")
	w.want(w.raised(time.June, 2), "revenue_fell 04 amber open, runway_short 04 red resolved, jobs_fell 04 amber open, zero_after_value 04 amber open, figures_contradict 04 amber open")
	// Half a year later it is still looked at as of its own month, whatever came after.
	w.want(w.raised(time.November, 15), "revenue_fell 04 amber open, runway_short 04 red resolved, jobs_fell 04 amber open, zero_after_value 04 amber open, figures_contradict 04 amber open")
}

// A report that was sent back tells nothing until it is handed in again, and a draft never did.
func TestAReportThatWasSentBackTellsNothing(t *testing.T) {
	t.Parallel()
	w := watching(t)
	w.tells(time.January, "100 4 9 0 900")
	w.tells(time.February, "50 4 9 0 900")
	w.want(w.raised(time.March, 2), "revenue_fell 02 amber open")
	q := housetest.Report(t, w.house, w.startup.Id, "2027-02")
	at := time.Date(2027, time.March, 2, 9, 0, 0, 0, locale.Zone)
	_, err := startups.Return(w.house, w.staff, q.Id, "bạn xem lại doanh thu", at)
	housetest.Refused(t, err, "")
	w.want(w.raised(time.March, 3), "revenue_fell 02 amber resolved")
	_, err = startups.Submit(w.house, housetest.Actor(t, w.house, w.founder, at), q.Id, 0, at)
	housetest.Refused(t, err, "")
	w.want(w.raised(time.March, 4), "revenue_fell 02 amber open")
}

func TestAnAlertIsMutedUntilADayAndAskedWhetherItWasRight(t *testing.T) {
	t.Parallel()
	w := watching(t)
	w.tells(time.January, "100 4 9 0 900")
	w.tells(time.February, "50 3 9 0 900")
	w.want(w.raised(time.March, 2), "revenue_fell 02 amber open, jobs_fell 02 amber open")
	at := time.Date(2027, time.March, 2, 9, 0, 0, 0, locale.Zone)
	fell, jobs := w.alert("revenue_fell").Id, w.alert("jobs_fell").Id
	for code, word := range map[string]startups.AlertWord{
		"alert.no_resolution": {Resolution: " "}, "alert.until": {Resolution: "mùa vụ", Until: "2027-03-01"}, "alert.verdict": {Resolution: "mùa vụ", Verdict: "maybe"},
	} {
		_, err := startups.Mute(w.house, w.staff, fell, word, at)
		housetest.Refused(t, err, code)
	}
	_, err := startups.Mute(w.house, w.staff, fell, startups.AlertWord{Resolution: "mùa vụ", Until: "soon"}, at)
	housetest.Refused(t, err, "alert.until")
	_, err = startups.Mute(w.house, w.staff, fell, startups.AlertWord{Resolution: "mùa vụ", Until: "2027-03-10"}, at)
	housetest.Refused(t, err, "")
	_, err = startups.Resolve(w.house, w.staff, jobs, startups.AlertWord{Resolution: "nhập nhầm", Verdict: startups.VerdictNo}, at)
	housetest.Refused(t, err, "")
	w.want(w.raised(time.March, 10), "revenue_fell 02 amber muted, jobs_fell 02 amber resolved")
	w.want(w.raised(time.March, 11), "revenue_fell 02 amber open, jobs_fell 02 amber resolved")

	judge := func(id string, v startups.Verdict, now time.Time, code string) {
		t.Helper()
		_, err := startups.Judge(w.house, w.staff, id, startups.AlertWord{Verdict: v}, now)
		housetest.Refused(t, err, code)
	}
	judge(fell, startups.VerdictYes, at, "lifecycle.not_now")
	judge(jobs, "", at, "alert.verdict")
	judge(jobs, startups.VerdictUnsure, at.AddDate(0, 0, 30).Add(-time.Second), "")
	if a := w.alert("jobs_fell"); a.Verdict() != startups.VerdictUnsure || a.VerdictLater() != "" {
		t.Errorf("before a month has gone it says %q, later %q", a.Verdict(), a.VerdictLater())
	}
	judge(jobs, startups.VerdictYes, at.AddDate(0, 0, 30), "")
	if a := w.alert("jobs_fell"); a.Verdict() != startups.VerdictUnsure || a.VerdictLater() != startups.VerdictYes {
		t.Errorf("a month later it says %q, later %q", a.Verdict(), a.VerdictLater())
	}
	_, err = startups.Mute(w.house, w.staff, fell, startups.AlertWord{Resolution: "mùa vụ"}, at.AddDate(0, 1, 0))
	housetest.Refused(t, err, "")
	if got := w.raised(time.December, 1); !strings.HasPrefix(got, "revenue_fell 02 amber muted, jobs_fell 02 amber resolved") {
		t.Errorf("muted for good, at the end of the year there stands %q", got)
	}
}

func TestAnAlertIsEntrustedAndShared(t *testing.T) {
	t.Parallel()
	w := watching(t)
	w.tells(time.January, "100 4 9 0 900")
	w.tells(time.February, "50 4 9 0 900")
	w.raised(time.March, 2)
	a, at := w.alert("revenue_fell"), time.Date(2027, time.March, 2, 9, 0, 0, 0, locale.Zone)
	manager := housetest.Acting(t, w.house, access.Manager, access.Scope{Type: access.Cohort, ID: w.cohort})
	stranger := housetest.StaffOf(t, w.house, housetest.Places(t, w.house, 1))
	founder := housetest.Actor(t, w.house, w.founder, at)
	who, err := startups.Keepers(w.house, w.staff, a.Id, at)
	if housetest.Refused(t, err, ""); len(who) != 2 {
		t.Errorf("%d people may look after it", len(who))
	}
	for name, c := range map[string]struct {
		by    access.Actor
		owner string
		code  string
	}{
		"a colleague": {w.staff, manager.ID, ""}, "staff of another cohort": {w.staff, stranger.ID, "alert.not_keeper"},
		"the founder": {w.staff, founder.ID, "alert.not_keeper"}, "nobody": {w.staff, "", "alert.not_keeper"},
		"by a stranger": {stranger, manager.ID, "record.not_found"}, "by the founder": {founder, founder.ID, "record.not_found"},
	} {
		if _, err := startups.Entrust(w.house, c.by, a.Id, startups.AlertWord{Owner: c.owner}, at); codeOf(err) != c.code {
			t.Errorf("entrusted to %s: %v, want %q", name, err, c.code)
		}
	}
	if got := w.alert("revenue_fell").Owner(); got != manager.ID {
		t.Errorf("%s looks after it, not %s", got, manager.ID)
	}
	advisor := housetest.User(t, w.house)
	_, err = startups.Join(w.house, founder, w.startup.Id, startups.Newcomer{User: advisor.Id, Role: startups.Advisor}, at)
	housetest.Refused(t, err, "")
	reads := func(by access.Actor) string {
		rows, err := startups.AlertsOf(w.house, by, w.startup.Id)
		return fmt.Sprint(len(rows), codeOf(err))
	}
	sees := func(want string) {
		t.Helper()
		got := strings.Join([]string{reads(w.staff), reads(founder), reads(housetest.Actor(t, w.house, advisor, at)), reads(stranger), reads(access.Actor{})}, ", ")
		if got != want {
			t.Errorf("staff, a founder, an advisor, a stranger and a visitor see %s\nwant %s", got, want)
		}
	}
	sees("1, 0, 0record.not_found, 0record.not_found, 0access.sign_in")
	for _, shared := range []bool{true, false} {
		_, err = startups.Share(w.house, founder, a.Id, startups.AlertWord{Shared: shared}, at)
		housetest.Refused(t, err, "record.not_found")
		_, err = startups.Share(w.house, w.staff, a.Id, startups.AlertWord{Shared: shared}, at)
		housetest.Refused(t, err, "")
		if heard := startups.Audiences()["alerts"](w.house, w.alert("revenue_fell").ProxyRecord()).Includes(founder); heard != shared {
			t.Errorf("shared %v, and the founder hears of it: %v", shared, heard)
		}
		if shared {
			sees("1, 1, 0record.not_found, 0record.not_found, 0access.sign_in")
		}
	}
	sees("1, 0, 0record.not_found, 0record.not_found, 0access.sign_in")
}

// A round of funding that is on record and cash that did not rise contradict each other, until the round is corrected away.
func TestARoundOnRecordIsHeldAgainstTheCash(t *testing.T) {
	t.Parallel()
	w := watching(t)
	w.tells(time.January, "100 4 9 0 900")
	w.tells(time.February, "100 4 9 0 880")
	w.want(w.raised(time.March, 2), "")
	at, amount := time.Date(2027, time.March, 3, 9, 0, 0, 0, locale.Zone), int64(500)
	f, err := startups.WriteFunding(w.house, w.staff, w.startup.Id, startups.FundingFields{Kind: "seed", Amount: &amount, ClosedOn: "2027-02-10"}, at)
	housetest.Refused(t, err, "")
	w.want(w.raised(time.March, 4), "figures_contradict 02 amber open")
	x, err := w.alert("figures_contradict").Explain()
	housetest.Refused(t, err, "")
	if fmt.Sprint(x.Facts) != "[{cash 2027-01 900} {rounds 2027-02 500} {cash 2027-02 880}]" {
		t.Errorf("it rests on %v", x.Facts)
	}
	_, err = startups.CorrectFunding(w.house, w.staff, f.Id, startups.FundingFields{Reason: "Nhập nhầm đội", Void: true}, at)
	housetest.Refused(t, err, "")
	w.want(w.raised(time.March, 5), "figures_contradict 02 amber resolved")
}
