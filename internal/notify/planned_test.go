package notify_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/housetest"
	"vuon/internal/locale"
	"vuon/internal/notice"
	"vuon/internal/notify"
)

func instant(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, locale.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// listed is what would be told at now, a line for each.
func listed(t testing.TB, house core.App, now time.Time) string {
	t.Helper()
	all, err := notify.Planned(house, now)
	housetest.Refused(t, err, "")
	var lines []string
	for _, p := range all {
		lines = append(lines, fmt.Sprintf("%s %s %s %s (%s)", p.Key, p.Class, p.Channel, p.At.Format("01-02T15:04Z07:00"), p.Why))
	}
	return strings.Join(lines, "\n")
}

func TestWhatIsPlannedTellsWhenAndWhy(t *testing.T) {
	t.Parallel()
	// The first of January 2027 is a Friday; the post office of the tests rests on it.
	at := func(text string) time.Time {
		if text == "" {
			return time.Time{}
		}
		return instant(t, text)
	}
	for _, c := range []struct{ says, now, class, at, event, until, want string }{
		{"at once", "2026-11-23 12:00", "R", "", "", "", "k R mail 11-23T12:00+07:00 (w)"},
		{"what is owed goes at night", "2026-11-23 23:00", "T", "2026-11-23 22:00", "", "", "k T mail 11-23T23:00+07:00 (w)"},
		{"not yet", "2026-11-23 12:00", "R", "2026-11-23 12:01", "", "", ""},
		{"held up, and still of use", "2026-11-24 12:00", "R", "2026-11-23 09:00", "", "", "k R mail 11-24T12:00+07:00 (w)"},
		{"in the morning after a Sunday", "2026-11-23 07:30", "R", "2026-11-22 09:00", "", "", "k R mail 11-23T07:30+07:00 (w; moved: Sunday)"},
		{"the night", "2026-11-23 21:00", "R", "2026-11-23 21:00", "", "", "k R mail 11-24T07:30+07:00 (w; moved: night)"},
		{"a Sunday", "2026-11-22 12:00", "R", "2026-11-22 09:00", "", "", "k R mail 11-23T07:30+07:00 (w; moved: Sunday)"},
		{"a night before a holiday", "2026-12-31 22:00", "R", "2026-12-31 22:00", "", "", "k R mail 01-02T07:30+07:00 (w; moved: night, holiday)"},
		{"before its event", "2026-11-23 20:59", "R", "2026-11-24 01:00", "2026-11-24 07:00", "", "k R mail 11-23T20:59+07:00 (w; moved before its event)"},
		{"superseded before the morning", "2026-11-23 22:00", "R", "2026-11-23 21:30", "", "2026-11-24 07:00", ""},
		{"over", "2026-11-23 12:00", "R", "2026-11-20 09:00", "2026-11-23 12:00", "", ""},
	} {
		t.Run(c.says, func(t *testing.T) {
			t.Parallel()
			due := notice.Due{Dedup: "k", Address: "an@example.org", Mail: true, At: at(c.at), Event: at(c.event), Until: at(c.until), Why: "w"}
			house := post(t, &kept{}, saying("report_due", notice.Class(c.class), due))
			if got := listed(t, house, instant(t, c.now)); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// To look is not to tell: the file of the database stays as it was, and what was told is not planned again.
func TestPlanningChangesNothing(t *testing.T) {
	t.Parallel()
	user := ""
	house := post(t, &kept{}, notice.Rule{Key: "report_due", Class: notice.Digest, Due: func(core.App, time.Time) ([]notice.Due, error) {
		return []notice.Due{{Dedup: "k", User: user, Mail: true, Why: "w"}}, nil
	}})
	user = housetest.User(t, house).Id
	sums := func() string {
		var all []string
		for _, name := range []string{"data.db", "data.db-wal"} {
			raw, err := os.ReadFile(filepath.Join(house.DataDir(), name))
			if err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			all = append(all, fmt.Sprintf("%x", sha256.Sum256(raw)))
		}
		return strings.Join(all, " ")
	}
	before := sums()
	got := listed(t, house, housetest.Noon)
	if want := "k D inbox 11-23T12:00+07:00 (w)\nk D mail 11-24T08:30+07:00 (w; in the day's mail)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if sums() != before {
		t.Error("the database has changed")
	}
	deliver(t, house, housetest.Noon)
	if sums() == before {
		t.Error("telling left no trace: this test shows nothing")
	}
	if got := listed(t, house, housetest.Noon); got != "" {
		t.Errorf("what was told is planned again: %s", got)
	}
}
