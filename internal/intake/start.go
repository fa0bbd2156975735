package intake

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Starts are what people have said of themselves who want to apply and have not shown yet that their address is theirs. A job
// sweeps them away a day later.
var Starts = record.Of[Start]("application_starts")

// Start is one of them. Its ticket is the id of the code that was mailed; the address stands with the code alone.
type Start struct{ core.BaseRecordProxy }

const startHolds = 24 * time.Hour

func newStart(app core.App, intake, ticket, name, title string, now time.Time) (*Start, error) {
	s, err := Starts.New(app)
	if err != nil {
		return nil, err
	}
	s.Set("intake", intake)
	s.Set("ticket", ticket)
	s.Set("full_name", name)
	s.Set("title", title)
	s.Set("expires_at", now.Add(startHolds))
	return s, nil
}

// IntakeID is the intake that they want to apply to.
func (s *Start) IntakeID() string { return s.GetString("intake") }

// FullName is how they are called; it may be empty.
func (s *Start) FullName() string { return s.GetString("full_name") }

// Title is what they want to do; it may be empty.
func (s *Start) Title() string { return s.GetString("title") }

// HoldsAt says whether it can still become an application at now.
func (s *Start) HoldsAt(now time.Time) bool {
	return now.Before(s.GetDateTime("expires_at").Time())
}
