package people

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/notice"
)

// Duties are what the actor can do today in this room: answer an invitation; answer what people ask about their data.
func Duties(app core.App, by access.Actor, now time.Time) ([]notice.Duty, error) {
	if !by.Signed() {
		return nil, nil
	}
	u, err := Users.Find(app, by.ID)
	if err != nil {
		return nil, err
	}
	sent, err := invitationsTo(app, u.Email())
	if err != nil {
		return nil, err
	}
	var all []notice.Duty
	for _, i := range sent {
		if i.OpenAt(now) {
			all = append(all, notice.Duty{Key: "invitation", Link: linkAccount, Due: i.Expires()})
		}
	}
	if !by.Holds(access.Privacy) {
		return all, nil
	}
	open, err := openDataRequests(app)
	for _, r := range open {
		at := r.NextDue()
		all = append(all, notice.Duty{Key: "data_request_" + string(r.Status()), Link: linkRequests, Due: at, Late: !now.Before(at)})
	}
	return all, err
}
