package events_test

import (
	"strings"
	"testing"
	"time"

	"vuon/internal/events"
	"vuon/internal/housetest"
)

// At the door a ticket shows its code and asks nothing; when the event is over it asks what its holder thought. A browser may keep it
// until a day later, and no longer once it lets nobody in.
func TestATicketAtTheDoorAndAfterwards(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), time.Now()
	v := visiting(t, house)
	s := housetest.OnSale(t, house, 10, now, 0)
	o := s.Bought(t, house, 1, now)
	tickets, err := events.TicketsOf(house, o.Id)
	housetest.Refused(t, err, "")
	link, err := events.TicketLink(house, tickets[0])
	housetest.Refused(t, err, "")
	happens := func(starts, ends time.Time) {
		t.Helper()
		housetest.SQL(t, house, "UPDATE events SET starts_at = {:a}, ends_at = {:b} WHERE id = {:id}", map[string]any{
			"id": s.Event.Id, "a": starts.UTC().Format("2006-01-02 15:04:05.000Z"), "b": ends.UTC().Format("2006-01-02 15:04:05.000Z"),
		})
	}
	shows := func(when string, asks, kept bool) {
		t.Helper()
		page := v.sees(link, `class="qr"`)
		if strings.Contains(page, `name="score"`) != asks || strings.Contains(page, `data-last=""`) == kept {
			t.Errorf("%s: asked %v, kept %v", when, !asks, !kept)
		}
	}
	shows("before", false, true)
	happens(now.Add(-time.Hour), now.Add(time.Hour))
	shows("at the door", false, true)
	happens(now.Add(-3*time.Hour), now.Add(-time.Hour))
	shows("afterwards", true, true)
	happens(now.Add(-33*time.Hour), now.Add(-30*time.Hour))
	shows("two days later", true, false)
	for _, path := range []string{"/tickets/sw.js", "/en/tickets/sw.js"} {
		if got := v.get(path); !strings.HasPrefix(got.Header().Get("Content-Type"), "text/javascript") || !strings.Contains(got.Body.String(), "caches") {
			t.Errorf("%s: %q", path, got.Header().Get("Content-Type"))
		}
	}
}
