package notify_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/housetest"
	"vuon/internal/notice"
	"vuon/internal/notify"
)

// reminding is a rule of one class that tells one person so many things.
func reminding(class notice.Class, user *string, n int, prefix string) notice.Rule {
	return notice.Rule{Key: "report_due", Class: class, Due: func(core.App, time.Time) ([]notice.Due, error) {
		due := make([]notice.Due, n)
		for i := range due {
			due[i] = notice.Due{Dedup: fmt.Sprint(prefix, i), User: *user, Link: "/app/reports/" + fmt.Sprint(i), Mail: true}
		}
		return due, nil
	}}
}

func statuses(t testing.TB, house core.App) map[string]int {
	t.Helper()
	n := map[string]int{}
	for _, l := range letters(t, house) {
		n[string(l.Status())]++
	}
	return n
}

func TestSixRemindersADayBecomeOneMail(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]int{1: 1, 5: 5, 6: 1, 40: 1} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			box, user := &kept{}, ""
			house := post(t, box, reminding(notice.Reminder, &user, n, "r"))
			user = housetest.User(t, house).Id
			deliver(t, house, housetest.Noon)
			deliver(t, house, housetest.Noon.Add(time.Minute))
			if len(box.mails) != want {
				t.Fatalf("%d reminders made %d mails, want %d", n, len(box.mails), want)
			}
			if n > 5 {
				m := box.mails[0]
				if m.Kind != "digest" || strings.Count(m.Text, "/app/reports/") != n || strings.Count(m.HTML, `<a href="https://vuon.example/app/reports/`) != n {
					t.Errorf("the mail of the day tells of %d of %d things:\n%s", strings.Count(m.Text, "/app/reports/"), n, m.Text)
				}
			}
			housetest.Well(t, house)
		})
	}
}

// The sixth of a day makes a mail of the day; what comes after it waits for tomorrow, unless its event does not wait.
func TestAfterSixRemindersTheOthersWait(t *testing.T) {
	t.Parallel()
	box, user, at := &kept{}, "", housetest.Noon
	rule := notice.Rule{Key: "report_due", Class: notice.Reminder, Due: func(core.App, time.Time) (due []notice.Due, _ error) {
		for i := range int(at.Sub(housetest.Noon)/time.Minute) + 1 {
			d := notice.Due{Dedup: fmt.Sprint("r", i), User: user, Link: "/app", Mail: true}
			if i == 8 {
				d.Event = housetest.Noon.Add(4 * time.Hour)
			}
			due = append(due, d)
		}
		return due, nil
	}}
	house := post(t, box, rule)
	user = housetest.User(t, house).Id
	for range 10 {
		deliver(t, house, at)
		at = at.Add(time.Minute)
	}
	kinds := []string{}
	for _, m := range box.mails {
		kinds = append(kinds, m.Kind)
	}
	if want := []string{"report_due", "report_due", "report_due", "report_due", "report_due", "report_due", "report_due"}; !slices.Equal(kinds, want) {
		t.Fatalf("mailed %v, want %v", kinds, want)
	}
	deliver(t, house, housetest.Noon.Add(24*time.Hour))
	if got := statuses(t, house); got["queued"] != 0 || len(box.mails) != 11 {
		t.Errorf("a day later %v and %d mails", got, len(box.mails))
	}
	housetest.Well(t, house)
}

func TestDigestsAndWishesAreGathered(t *testing.T) {
	t.Parallel()
	box, user := &kept{}, ""
	house := post(t, box, reminding(notice.Digest, &user, 2, "d"), reminding(notice.Transactional, &user, 1, "t"))
	user = housetest.User(t, house).Id
	deliver(t, house, housetest.Noon)
	if len(box.mails) != 1 || box.mails[0].Kind != "report_due" {
		t.Fatalf("at noon: %d mails", len(box.mails))
	}
	deliver(t, house, housetest.Noon.Add(24*time.Hour))
	if len(box.mails) != 2 || box.mails[1].Kind != "digest" || statuses(t, house)["folded"] != 2 {
		t.Fatalf("a day later %d mails, %v", len(box.mails), statuses(t, house))
	}
	housetest.Well(t, house)
}

func TestWhoWantsNoMailFindsItInTheInbox(t *testing.T) {
	t.Parallel()
	box, user := &kept{}, ""
	owed := reminding(notice.Transactional, &user, 1, "t")
	owed.Key = "report_returned"
	house := post(t, box, reminding(notice.Reminder, &user, 3, "r"), owed)
	user = housetest.User(t, house).Id
	want(t, house, user, "report_due", notify.Off)
	deliver(t, house, housetest.Noon)
	items, err := notify.InboxItems.All(house)
	if err != nil || len(items) != 4 || len(box.mails) != 1 {
		t.Errorf("%d lines, %d mails (%v)", len(items), len(box.mails), err)
	}
	housetest.Well(t, house)
}

// want stores how somebody wants to be told of a kind.
func want(t testing.TB, house core.App, user, kind string, mode notify.Mode) {
	t.Helper()
	p, err := notify.Prefs.New(house)
	if err != nil {
		t.Fatal(err)
	}
	row := p.ProxyRecord()
	row.Load(map[string]any{"user": user, "kind": kind, "mode": string(mode)})
	if err := house.Save(row); err != nil {
		t.Fatal(err)
	}
}

// What comes after six of a day waits for the next open one. On the last day before Tết that is nine days, and it goes then.
func TestWhatIsPutOffOverTetStillGoes(t *testing.T) {
	t.Parallel()
	box, user, n := &kept{}, "", 6
	house := post(t, box, notice.Rule{Key: "report_due", Class: notice.Reminder, Due: func(app core.App, now time.Time) ([]notice.Due, error) {
		return reminding(notice.Reminder, &user, n, "r").Due(app, now)
	}})
	user = housetest.User(t, house).Id
	eve := housetest.Local(t, "2027-02-04 09:00") // a Thursday; the house rests from Friday to Wednesday
	deliver(t, house, eve)
	n = 7
	deliver(t, house, eve.Add(time.Hour))
	if got := statuses(t, house); got["queued"] != 1 || len(box.mails) != 1 {
		t.Fatalf("on the eve %v, %d mails", got, len(box.mails))
	}
	for at := eve.Add(24 * time.Hour); at.Before(eve.AddDate(0, 0, 14)); at = at.Add(time.Hour) {
		deliver(t, house, at)
	}
	if got := statuses(t, house); got["stale"] != 0 || len(box.mails) != 2 {
		t.Errorf("after Tết %v, %d mails", got, len(box.mails))
	}
	housetest.Well(t, house)
}
