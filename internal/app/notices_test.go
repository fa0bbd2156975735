package app_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/app"
	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/notice"
	"vuon/internal/people"
	"vuon/internal/startups"
)

// eventful is a house in which every room has something to say, in the days after Noon.
func eventful(t *testing.T) core.App {
	t.Helper()
	house, now := housetest.App(t), housetest.Noon
	for _, role := range []access.Role{access.Staff, access.Manager, access.Privacy, access.Official} {
		housetest.Holder(t, house, role, access.House)
	}
	cohort := housetest.Places(t, house, 5)
	housetest.StaffOf(t, house, cohort)
	s, founder := housetest.Active(t, house, cohort, "Một Đội", now)
	housetest.Enrolled(t, house, cohort, "Đội Hai", now)
	_, err := startups.Join(house, housetest.Actor(t, house, founder, now), s.Id, startups.Newcomer{User: housetest.User(t, house).Id, Role: startups.Insider, Admin: true}, now)
	housetest.Refused(t, err, "")
	kept := housetest.Recorded(t, house, founder, s.Id, now) // the other admin hears of the account
	_, err = startups.VerifyClaim(house, housetest.StaffOf(t, house, cohort), kept.Recognition.Id, "", 0, now)
	housetest.Refused(t, err, "")
	kind, title := "iso", "ISO 9001"
	iso, err := startups.Claim(house, housetest.Actor(t, house, founder, now), s.Id, startups.RecognitionFields{Type: &kind, Title: &title}, now)
	housetest.Refused(t, err, "")
	_, err = startups.RevokeClaim(house, housetest.StaffOf(t, house, cohort), iso.Id, "không có giấy", 0, now)
	housetest.Refused(t, err, "")

	keeper := housetest.StaffOf(t, house, cohort)
	housetest.Workshop(t, house, keeper, cohort, now.AddDate(0, 0, 9), 0, now)
	off := housetest.Workshop(t, house, keeper, cohort, now.AddDate(0, 0, 12), 0, now)
	_, err = startups.CancelWorkshop(house, keeper, off.Id, "trùng lịch", 0, now)
	housetest.Refused(t, err, "")
	news := housetest.Announcement(t, house, keeper, cohort, now)
	_, err = startups.SendAnnouncement(house, keeper, news.Id, "", 0, now)
	housetest.Refused(t, err, "")
	for _, name := range []string{"Ba", "Bốn"} {
		housetest.Enrolled(t, house, cohort, "Đội "+name, now)
	}
	housetest.Pulse(t, house, keeper, cohort, now)
	over := access.Scope{Type: access.Cohort, ID: cohort}
	one, two := housetest.Acting(t, house, access.Manager, over), housetest.Acting(t, house, access.Manager, over)
	seed := housetest.Support(t, house, one, cohort, s.Id, 5_000_000, now)
	_, err = startups.ConfirmSupport(house, two, seed.Id, "", 0, now)
	housetest.Refused(t, err, "")
	_, err = startups.HandSupport(house, two, seed.Id, "", 0, now)
	housetest.Refused(t, err, "")

	call := housetest.OpenIntake(t, house, now, 2)
	housetest.Draft(t, house, call, now.Add(-time.Hour))
	a, _ := housetest.Submitted(t, house, call, now)
	b, u := housetest.Submitted(t, house, call, now)
	staff := housetest.StaffActing(t, house)
	_, err = intake.Ask(house, staff, b.Id, "Ai bán hàng?", now.Add(72*time.Hour), now)
	housetest.Refused(t, err, "")
	_, err = intake.Extend(house, staff, call.Id, "", now.Add(4*24*time.Hour), "thêm thời gian", now)
	housetest.Refused(t, err, "")
	_, err = people.AskData(house, housetest.Actor(t, house, u, now), "access", "Cho tôi bản sao", now)
	housetest.Refused(t, err, "")
	_, err = people.Invite(house, housetest.Acting(t, house, access.Manager, access.House), people.Offer{
		Email: "moi@example.org", FullName: "Nguyễn Thị Mới", Role: access.Judge, Scope: access.House, Locale: "vi",
	}, now)
	housetest.Refused(t, err, "")
	housetest.Offered(t, house, now)
	judged := housetest.OpenIntake(t, house, now, 1)
	c, _ := housetest.Submitted(t, house, judged, now)
	closed := housetest.Closed(t, house, judged, now)
	housetest.Asked(t, house, judged, c, closed)
	_, err = intake.OpenRound(house, staff, judged.Id, closed.Add(72*time.Hour), closed)
	housetest.Refused(t, err, "")
	housetest.Refused(t, startups.OpenReports(house, housetest.Local(t, "2026-12-01 08:00")), "")
	housetest.Refused(t, startups.RaiseAlerts(house, housetest.Local(t, "2026-12-10 07:30")), "")
	housetest.OnSale(t, house, 10, now, 0).Bought(t, house, 2, now)
	_ = a
	return house
}

// moments are noon and nine o'clock of two months' days: every step of every rule is due at one of them.
func moments() (all []time.Time) {
	for day := range 60 {
		all = append(all, housetest.Noon.AddDate(0, 0, day), housetest.Noon.AddDate(0, 0, day).Add(-4*time.Hour))
	}
	return all
}

// calendarKey is what a dedup key may be made of: a kind, ids, and days, weeks, months, hours and steps of the calendar.
var calendarKey = regexp.MustCompile(`^[a-z_-]+(:[A-Za-z0-9_.+-]+(T[0-9:]+Z?)?)+$`)

// Every key is unique for ever: no two rules begin theirs alike, none says one twice at once, and whoever asks a minute later
// is given the same.
func TestEveryNoticeHasAKeyOfItsOwn(t *testing.T) {
	t.Parallel()
	house := eventful(t)
	owner, heard := map[string]string{}, map[string]bool{}
	for _, now := range moments() {
		for _, rule := range app.Notices() {
			due, err := rule.Due(house, now)
			housetest.Refused(t, err, "")
			again, err := rule.Due(house, now.Add(time.Minute))
			housetest.Refused(t, err, "")
			seen := map[string]bool{}
			for _, d := range due {
				heard[rule.Key] = true
				switch {
				case seen[d.Dedup]:
					t.Errorf("%s says %s twice", rule.Key, d.Dedup)
				case owner[d.Dedup] != "" && owner[d.Dedup] != rule.Key:
					t.Errorf("%s and %s both say %s", rule.Key, owner[d.Dedup], d.Dedup)
				case !calendarKey.MatchString(d.Dedup):
					t.Errorf("%s: the key %s is made of more than ids and the calendar", rule.Key, d.Dedup)
				case d.Why == "" || len(d.Dedup) > 200 || d.User == "" && d.Address == "":
					t.Errorf("%s: %+v", rule.Key, d)
				case !d.At.IsZero() && d.At.After(now) && slices.IndexFunc(again, func(o notice.Due) bool { return o.Dedup == d.Dedup && o.At.Equal(d.At) }) < 0:
					t.Errorf("%s: a minute later %s is not said, or for another time", rule.Key, d.Dedup)
				}
				seen[d.Dedup], owner[d.Dedup] = true, rule.Key
			}
		}
	}
	var quiet []string
	for _, rule := range app.Notices() {
		if !heard[rule.Key] {
			quiet = append(quiet, rule.Key)
		}
	}
	want := []string{ // their own tests let them speak
		"application_waived", "application_invited", "application_link", "interview_set", "interview_off", "interview_declined", "interview_soon", "application_news", "data_request_answered", "identity_linked", "offer_answered", "operator_signed_in", "ops_job", "ops_journal", "ops_letters", "ops_outbox",
		"report_returned", "report_missed", "role_granted", "decision_late", "alert_raised", "alert_asked", "hook_disabled", "panel_invited", "sheets_nudged",
		"milestone_due", "milestone_late", "milestone_returned", "milestone_verified", "milestone_dropped", "alumni_asked",
		"enrolment_paused", "enrolment_resumed", "enrolment_graduated", "enrolment_withdrawn", "enrolment_terminated", "enrolment_left",
		"waitlist_moved", "decision_amended", "offer_changed", "appeal_moved", "appeal_filed", "appeal_hearing", "appeal_due",
		"event_message", "order_stuck", "bank_waiting", "refunds_approve", "refunds_send", "refund_asked", "refund_paid",
		"order_asked", "order_received", "order_expired", "order_rejected", "order_cancelled", "order_attention", "order_resent", "order_unpaid",
		"event_cancelled", "event_moved",
		"chase_answer", "chase_draft", "chase_interview", "chase_offer", "chase_undecided",
	}
	for _, key := range quiet {
		if !slices.Contains(want, key) {
			t.Errorf("in two eventful months nobody hears %s", key)
		}
	}
}

// The rules are asked every minute: none of them asks the database more when there is more to tell.
func TestARuleAsksOnceHoweverManyItTells(t *testing.T) {
	t.Parallel()
	counts := func(startupsInIt int) map[string]int {
		house := housetest.App(t)
		for _, role := range []access.Role{access.Staff, access.Manager, access.Privacy, access.Official} {
			housetest.Holder(t, house, role, access.House)
		}
		cohort := housetest.Places(t, house, startupsInIt)
		call := housetest.OpenIntake(t, house, housetest.Noon, startupsInIt)
		for range startupsInIt {
			housetest.Enrolled(t, house, cohort, "Đội", housetest.Noon)
			housetest.Draft(t, house, call, housetest.Noon.Add(-time.Hour))
			housetest.Submitted(t, house, call, housetest.Noon)
		}
		housetest.Refused(t, startups.RaiseAlerts(house, housetest.Local(t, "2026-12-10 07:30")), "")
		db, ok := house.ConcurrentDB().(*dbx.DB)
		if !ok {
			t.Fatal("nobody hears the queries")
		}
		asked := map[string]int{}
		for _, rule := range app.Notices() {
			db.QueryLogFunc = func(context.Context, time.Duration, string, *sql.Rows, error) { asked[rule.Key]++ }
			_, err := rule.Due(house, housetest.Noon.Add(-5*time.Minute))
			housetest.Refused(t, err, "")
			_, err = rule.Due(house, housetest.Local(t, "2026-12-18 12:00"))
			housetest.Refused(t, err, "")
		}
		db.QueryLogFunc = nil
		return asked
	}
	few, many := counts(2), counts(6)
	for _, rule := range app.Notices() {
		if many[rule.Key] > few[rule.Key] {
			t.Errorf("%s asks %d times about six startups, %d about two", rule.Key, many[rule.Key], few[rule.Key])
		}
	}
	if len(few) < 20 {
		t.Errorf("only %d rules ask at all", len(few))
	}
}

func TestAWorklistIsToldOnTheMorningOfAWorkingDay(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 1)
	staff := housetest.StaffOf(t, house, cohort)
	housetest.StaffOf(t, house, housetest.Places(t, house, 1)) // has nothing to do
	housetest.Active(t, house, cohort, "Một Đội", housetest.Noon)
	for now, want := range map[string]string{
		"2026-11-24 07:29": "",
		"2026-11-24 07:30": "work:S:2026-11-24@11-24 07:30",
		"2026-11-24 10:00": "",
		"2026-11-28 07:30": "", // a Saturday
		"2027-01-01 07:30": "", // a holiday
	} {
		if got := housetest.Heard(t, house, "worklist", housetest.Local(t, now), staff.ID, "S"); got != want {
			t.Errorf("at %s: %q, want %q", now, got, want)
		}
	}
}

func TestOfficialsHearOfTheMonth(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	official := housetest.Acting(t, house, access.Official, access.House)
	for now, want := range map[string]string{
		"2026-12-01 06:59": "",
		"2026-12-01 07:00": "av:O:2026-12@12-01 07:30",
		"2027-01-01 09:00": "av:O:2027-01@01-02 07:30", // a holiday
		"2026-12-08 07:00": "",
	} {
		if got := housetest.Heard(t, house, "figures_month", housetest.Local(t, now), official.ID, "O"); got != want {
			t.Errorf("at %s: %q, want %q", now, got, want)
		}
	}
}

func TestManagersHearOnceWhatIsBroken(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	manager := housetest.Acting(t, house, access.Manager, access.House)
	now := housetest.Noon
	exec := func(statement string) {
		t.Helper()
		if _, err := house.NonconcurrentDB().NewQuery(statement).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	letter := `INSERT INTO outbox (id, dedup_key, kind, class, status, next_at) VALUES `
	hears := func(rule, want string) {
		t.Helper()
		if got := housetest.Heard(t, house, rule, now, manager.ID, "M"); got != want {
			t.Errorf("%s: %q, want %q", rule, got, want)
		}
	}
	for _, rule := range []string{"ops_outbox", "ops_letters", "ops_job", "ops_journal"} {
		hears(rule, "")
	}
	exec(letter + `('a', 'a', 'x', 'T', 'queued', '2026-11-23 04:00:00.001Z')`)
	hears("ops_outbox", "")
	exec(letter + `('b', 'b', 'x', 'R', 'queued', '2026-11-23 01:00:00.000Z')`)
	hears("ops_outbox", "") // a reminder may have its reasons
	exec(`UPDATE outbox SET next_at = '2026-11-23 04:00:00.000Z' WHERE id = 'a'`)
	hears("ops_outbox", "ops:outbox:2026-11-23:M@11-23 12:00")
	for _, id := range []string{"f", "g", "h", "i"} {
		exec(letter + `('` + id + `', '` + id + `', 'x', 'T', 'failed', '2026-11-23 02:00:00.000Z')`)
	}
	hears("ops_letters", "")
	exec(letter + `('j', 'j', 'x', 'T', 'failed', '2026-11-22 17:00:00.000Z')`)
	hears("ops_letters", "ops:letters:2026-11-23:M@11-23 12:00")
	exec(`INSERT INTO job_runs (id, job, slot, outcome, attempts, ended_at, fence) VALUES ('a', 'open_reports', '2026-11-23 01:00:00.000Z', 'failed', 2, '2026-11-23 01:00:01.000Z', 1)`)
	hears("ops_job", "")
	exec(`UPDATE job_runs SET attempts = 3`)
	hears("ops_job", "ops:job.open_reports:2026-11-23:M@11-23 12:00")
	if err := os.WriteFile(filepath.Join(house.DataDir(), "journal.anchors"), []byte("2026-11-23T04:00:00Z 1 "+strings.Repeat("0", 64)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	hears("ops_journal", "ops:journal:1:M@11-23 12:00")
}
