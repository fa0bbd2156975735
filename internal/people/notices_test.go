package people_test

import (
	"testing"
	"time"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/people"
)

// The clock of a data request is heard on working days: one before it must have been acknowledged, five days and one before
// it must be answered.
func TestTheClockOfADataRequest(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	officer := housetest.Acting(t, house, access.Privacy, access.House)
	asked := housetest.Local(t, "2026-11-26 10:00") // a Thursday
	r, err := people.AskData(house, housetest.Actor(t, house, housetest.User(t, house), asked), "access", "Cho tôi bản sao", asked)
	housetest.Refused(t, err, "")
	hears := func(now, want string) {
		t.Helper()
		if got := housetest.Heard(t, house, "data_request_due", housetest.Local(t, now), r.Id, "R", officer.ID, "P"); got != want {
			t.Errorf("at %s: %q, want %q", now, got, want)
		}
	}
	hears("2026-11-27 07:59", "")
	hears("2026-11-27 08:00", "dsr:R:ack-1:P@11-27 08:00") // the answer to "is it there" is due on Monday the 30th
	hears("2026-11-28 23:00", "dsr:R:ack-1:P@11-28 23:00") // it is owed, at night and on a Saturday
	hears("2026-11-30 10:00", "")
	_, err = people.Verify(house, officer, r.Id, "", asked.Add(24*time.Hour))
	housetest.Refused(t, err, "")
	hears("2026-11-29 08:00", "")
	hears("2026-12-01 07:59", "")
	hears("2026-12-01 08:00", "dsr:R:due-5:P@12-01 08:00") // due on Sunday the sixth
	hears("2026-12-04 07:59", "dsr:R:due-5:P@12-04 07:59")
	hears("2026-12-04 08:00", "dsr:R:due-1:P@12-04 08:00") // the fifth is a Saturday
	hears("2026-12-06 10:00", "")
}
