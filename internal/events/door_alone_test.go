package events_test

import (
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/housetest"
	"vuon/internal/locale"
)

// A phone whose clock is a day off, either way, is believed no further than between its last visit and this one: it comes before
// nobody who was there first, and lets nobody in tomorrow.
func TestAPhoneWithAWrongClock(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	now := housetest.Noon
	d := housetest.AtTheDoor(t, house, 2, now)
	a, _ := d.Phone(t, house, 0, now)
	b, _ := d.Phone(t, house, 1, now)
	at := now.Add(time.Hour)
	tell(t, house, a, at.Add(time.Minute), d.Shows(t, house, 0, "first", now))
	tell(t, house, a, at.Add(time.Minute), d.Shows(t, house, 1, "second", now))
	tell(t, house, b, at) // it has nothing to tell, and is set right from here on
	tell(t, house, b, at.Add(time.Hour), offline(d.Shows(t, house, 0, "behind", now), now.AddDate(0, 0, -1)))
	tell(t, house, b, at.Add(2*time.Hour), offline(d.Shows(t, house, 1, "ahead", now), now.AddDate(0, 0, 1)))
	if s := scanOf(t, house, "behind"); !s.ScannedAt().Equal(at) {
		t.Errorf("a clock a day behind is believed: %s", s.ScannedAt())
	}
	if s := scanOf(t, house, "ahead"); !s.ScannedAt().Equal(at.Add(2*time.Hour)) || !s.Conflict() {
		t.Errorf("a clock a day ahead is believed: %s", s.ScannedAt())
	}
	housetest.Well(t, house)
}

// A ticket that was given back while a phone was alone: whoever came before that came rightly, and whoever came after it is a
// contradiction that nobody counts.
func TestATicketThatEndsWhileAPhoneIsAlone(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	now := housetest.Noon
	d := housetest.AtTheDoor(t, house, 2, now)
	a, _ := d.Phone(t, house, 0, now)
	early, late := d.Shows(t, house, 0, "early", now), d.Shows(t, house, 1, "late", now)
	for _, k := range d.Tickets {
		_, err := events.VoidTicket(house, d.Staff, k.Id, "trả vé", now.Add(time.Hour))
		housetest.Refused(t, err, "")
	}
	for _, got := range tell(t, house, a, now.Add(2*time.Hour), offline(early, now.Add(time.Minute)), offline(late, now.Add(90*time.Minute))) {
		if got.Result != events.ScanOK {
			t.Errorf("what was shown is kept: %+v", got)
		}
	}
	if s := scanOf(t, house, "early"); s.Conflict() || !s.Counts() {
		t.Errorf("who came while the ticket held: %q", s.Finding())
	}
	if s := scanOf(t, house, "late"); !s.Conflict() || s.Finding() != events.ScanVoid || s.Counts() {
		t.Errorf("who came afterwards: %q", s.Finding())
	}
	if n, err := house.CountRecords("presences", dbx.NewExp("entries > 0")); err != nil || n != 1 {
		t.Errorf("%d came, %v", n, err)
	}
	again := late
	again.Nonce, again.Forced = housetest.Nonce("again"), true
	if got := tell(t, house, a, now.Add(3*time.Hour), again)[0]; got.Result != events.ScanVoid {
		t.Errorf("a door that asks is talked into a void ticket: %+v", got)
	}
	housetest.Well(t, house)
}

// Who has not paid, who waits for a word of staff, who comes on another day or to another door: each is told why, and a door may let
// them in all the same.
func TestWhoDoesNotComeInYet(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	now := housetest.Noon
	d := housetest.AtTheDoor(t, house, 1, now)
	a, _ := d.Phone(t, house, 0, now)
	boss := housetest.Acting(t, house, access.Manager, access.House)
	ordered := func(terms events.TypeTerms, price events.Dong) string {
		y, _ := housetest.TypeOf(t, house, boss, d.Event.Id, 5, price, now)
		_, err := events.EditType(house, boss, y.Id, terms, now)
		housetest.Refused(t, err, "")
		o, err := events.Reserve(t.Context(), house, events.Basket{Event: d.Event.Id, Lines: []events.Line{{Type: y.Id, Count: 1}}, Locale: locale.Vietnamese}, now)
		housetest.Refused(t, err, "")
		_, err = events.Submit(house, o.Id, housetest.Buying("lan@example.org"), nil, now)
		housetest.Refused(t, err, "")
		tickets, err := events.TicketsOf(house, o.Id)
		housetest.Refused(t, err, "")
		return tickets[0].Code()
	}
	yes := true
	unpaid := ordered(events.TypeTerms{}, 100_000)
	asked := ordered(events.TypeTerms{NeedsApproval: &yes}, 0)
	other := ordered(events.TypeTerms{}, 0)
	days := []string{locale.Day(now)}
	today := ordered(events.TypeTerms{Days: &days}, 0)
	_, err := events.ChangeList(house, d.Staff, d.List.Id, events.ListTerms{Types: &[]string{d.Type.Id}}, now)
	housetest.Refused(t, err, "")
	name := "Ai cũng được"
	wide, err := events.MakeList(house, d.Staff, d.Event.Id, events.ListTerms{Name: &name}, now)
	housetest.Refused(t, err, "")
	for n, c := range []struct {
		code, list string
		at         time.Time
		want       events.Result
	}{
		{unpaid, wide.Id, now, events.ScanUnpaid},
		{asked, wide.Id, now, events.ScanUnpaid},
		{other, d.List.Id, now, events.ScanWrongType},
		{today, wide.Id, now.AddDate(0, 0, 1), events.ScanWrongDay},
	} {
		l := events.Look{Nonce: housetest.Nonce("no" + string(rune('a'+n))), Code: c.code, List: c.list, Kind: events.ScanEntry, At: c.at}
		if got := tell(t, house, a, c.at, l)[0]; got.Result != c.want || got.Conflict {
			t.Errorf("case %d: %+v, want %s", n, got, c.want)
		}
		l.Nonce, l.Forced = housetest.Nonce("go"+string(rune('a'+n))), true
		if got := tell(t, house, a, c.at, l)[0]; got.Result != events.ScanOK || got.Finding != c.want || !got.Conflict {
			t.Errorf("case %d, let in all the same: %+v", n, got)
		}
	}
	housetest.Well(t, house)
}
