package intake

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Waitlists hold who waits for a place, one row for an intake that has anybody waiting. The order is the list itself, so
// that ranks run from 1 to n without holes or doubles: a rank is a place in it, and moves up when somebody before it goes.
var Waitlists = record.Of[Waitlist]("waitlists")

// Waitlist is the order in which the waiting are offered places that become free.
type Waitlist struct{ core.BaseRecordProxy }

func newWaitlist(app core.App, intake string) (*Waitlist, error) {
	w, err := Waitlists.New(app)
	if err != nil {
		return nil, err
	}
	w.Set("intake", intake)
	w.put(nil)
	return w, nil
}

// IntakeID is the intake whose places they wait for.
func (w *Waitlist) IntakeID() string { return w.GetString("intake") }

// Places are the applications that wait, the next one first.
func (w *Waitlist) Places() ([]string, error) {
	var all []string
	if err := json.Unmarshal([]byte(w.GetString("places")), &all); err != nil {
		return nil, fmt.Errorf("read the waiting list of intake %s: %w", w.IntakeID(), err)
	}
	return all, nil
}

func (w *Waitlist) put(all []string) { w.Set("places", append([]string{}, all...)) }

// sameOrder says whether those of a list who are in another one too stand in the same order there.
func sameOrder(a, b []string) bool {
	return slices.Equal(among(a, b), among(b, a))
}

// among keeps those of a list who are in another one.
func among(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(id string) bool { return !slices.Contains(b, id) })
}
