package notice_test

import (
	"strings"
	"testing"
	"time"

	"vuon/internal/locale"
	"vuon/internal/notice"
)

const day = 24 * time.Hour

func at(t testing.TB, text string) time.Time {
	t.Helper()
	instant, err := time.ParseInLocation("2006-01-02 15:04", text, locale.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return instant
}

func TestStepsAroundADeadline(t *testing.T) {
	t.Parallel()
	midnight := at(t, "2026-12-11 00:00") // the end of the tenth
	for _, c := range []struct{ now, want string }{
		{"2026-11-01 08:00", ""},
		{"2026-11-19 09:00", "-7d@12-03 09:00"},
		{"2026-12-02 08:00", "-7d@12-03 09:00 -3d@12-07 09:00 -1d@12-09 09:00 -6h@12-10 18:00 +2d@12-12 09:00"},
		{"2026-12-07 08:59", "-7d@12-03 09:00 -3d@12-07 09:00 -1d@12-09 09:00 -6h@12-10 18:00 +2d@12-12 09:00"},
		{"2026-12-07 09:00", "-3d@12-07 09:00 -1d@12-09 09:00 -6h@12-10 18:00 +2d@12-12 09:00"}, // the one takes over from the other
		{"2026-12-11 00:00", "+2d@12-12 09:00"},
		{"2026-12-18 12:00", "+2d@12-12 09:00"},
		{"2026-12-19 09:00", ""},
	} {
		var got []string
		for _, s := range notice.Steps(midnight, at(t, c.now), -7*day, -3*day, -1*day, -6*time.Hour, 2*day) {
			got = append(got, s.Name+"@"+s.At.In(locale.Zone).Format("01-02 15:04"))
			if before := strings.HasPrefix(s.Name, "-"); before != s.Event.Equal(midnight) || before == s.Event.IsZero() {
				t.Errorf("%s is heard before %v", s.Name, s.Event)
			}
		}
		if said := strings.Join(got, " "); said != c.want {
			t.Errorf("at %s: %s, want %s", c.now, said, c.want)
		}
	}
}

func TestAStepIsPartOfItsKey(t *testing.T) {
	t.Parallel()
	event := at(t, "2026-12-10 17:00")
	d := notice.Steps(event, at(t, "2026-12-09 12:00"), -1*day)[0].On(notice.Due{Dedup: "rep-due:1"})
	if d.Dedup != "rep-due:1:-1d" || !d.At.Equal(at(t, "2026-12-09 09:00")) || !d.Until.Equal(event) || d.Why != "-1d of 2026-12-10T17:00:00+07:00" {
		t.Errorf("%+v", d)
	}
}
