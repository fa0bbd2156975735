package events

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/notice"
)

// Duties are what whoever runs events can do today: look at orders that wait for them, and close what is over.
func Duties(app core.App, by access.Actor, now time.Time) ([]notice.Duty, error) {
	if !by.Signed() || !by.HoldsAnywhere(runners...) {
		return nil, nil
	}
	all, err := eventsAtWork(app, by, now)
	var todo []notice.Duty
	for _, w := range all {
		page := "/app/events/" + w.Event
		args := func(n int) map[string]string {
			return map[string]string{"n": itoa(n), "title_vi": w.TitleVI, "title_en": w.TitleEN}
		}
		if w.Attention > 0 {
			todo = append(todo, notice.Duty{Key: "orders_attend", Args: args(w.Attention), Link: page + "?tab=orders&status=needs_attention", Late: true})
		}
		if w.Waiting > 0 {
			todo = append(todo, notice.Duty{Key: "orders_approve", Args: args(w.Waiting), Link: page + "?tab=orders&status=awaiting_approval", Due: w.Starts.Time()})
		}
		if w.Over {
			todo = append(todo, notice.Duty{Key: "event_close", Args: args(1), Link: page})
		}
	}
	return todo, err
}
