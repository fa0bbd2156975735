package judging

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
)

// Pledge is what a judge was asked to take, and took, in one round.
type Pledge struct {
	ID       string          `json:"id"`
	Round    string          `json:"round"`
	TitleVI  string          `json:"title_vi"`
	TitleEN  string          `json:"title_en"`
	Status   lifecycle.State `json:"status"`
	Asked    int             `json:"asked"`
	Capacity int             `json:"capacity"`
	Load     int             `json:"load"` // sheets that they were asked for, and have not declined
	Done     int             `json:"done"`
	OpensAt  *time.Time      `json:"opens_at"`
	ClosesAt *time.Time      `json:"closes_at"`
	Open     bool            `json:"open"` // whether they may answer, or change the number
}

// Committed lists the panels onto which somebody was asked, while they hold the role of a judge there and the round is not
// over. Error: access.sign_in.
func Committed(app core.App, by access.Actor) ([]Pledge, error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	some, err := commitmentsBy(app, by.ID)
	if err != nil || len(some) == 0 {
		return []Pledge{}, err
	}
	all, err := assignedTo(app, by.ID)
	if err != nil {
		return nil, err
	}
	load, done := map[string]int{}, map[string]int{}
	for _, a := range all {
		load[a.RoundID()]++
		if a.Status() == AssignmentCompleted {
			done[a.RoundID()]++
		}
	}
	var ids []string
	for _, c := range some {
		ids = append(ids, c.RoundID())
	}
	rounds, err := heldRounds(app, by, ids)
	if err != nil {
		return nil, err
	}
	pledges := []Pledge{}
	for _, c := range some {
		r := rounds[c.RoundID()]
		if r == nil || in(r.Status(), RoundClosed, RoundComputed, RoundAdvanced) {
			continue
		}
		pledges = append(pledges, Pledge{
			c.Id, r.Id, r.TitleVI(), r.TitleEN(), c.Status(), c.Asked(), c.Capacity(), load[r.Id], done[r.Id],
			instant(r.OpensAt()), instant(r.ClosesAt()), r.assigns(),
		})
	}
	return pledges, nil
}
