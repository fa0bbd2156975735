package startups

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// PulseVoters are who has answered, without when and what.
var PulseVoters = record.Of[PulseVoter]("pulse_voters")

// PulseVoter is one person who has answered.
type PulseVoter struct{ core.BaseRecordProxy }

// PulseID is what they have answered.
func (v *PulseVoter) PulseID() string { return v.GetString("pulse") }

// UserID is who it was.
func (v *PulseVoter) UserID() string { return v.GetString("user") }

// votedBy describes a voter who is not yet stored.
func votedBy(app core.App, pulse, user string) (*PulseVoter, error) {
	v, err := PulseVoters.New(app)
	if err != nil {
		return nil, err
	}
	v.Set("pulse", pulse)
	v.Set("user", user)
	return v, nil
}
