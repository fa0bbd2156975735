package intake

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
)

// interviewLaw refuses an interview that cannot be, and one that takes the time of somebody who is heard or hears at that time
// already: of an application, or of one of the panel. What is over stays what it was.
// Errors: interview.over, interview.rooted, interview.minutes, interview.place, interview.link, interview.panel,
// interview.busy_application, interview.busy_panel.
func interviewLaw(e *core.RecordEvent, was *core.Record) error {
	v := Interviews.From(e.Record)
	if was != nil {
		old := Interviews.From(was)
		switch {
		case !v.sameRoots(old):
			return fault.Conflict("interview.rooted")
		case old.over():
			return fault.Conflict("interview.over")
		}
	}
	v.ends()
	switch {
	case v.Minutes() < leastMinutes || v.Minutes() > mostMinutes:
		return fault.Field("minutes", "interview.minutes")
	case v.Place() == "" && v.Link() == "":
		return fault.Field("place", "interview.place")
	case !v.linkFits():
		return fault.Field("link", "interview.link")
	case len(v.Panel()) == 0 || len(v.Panel()) > mostPanel:
		return fault.Field("panel", "interview.panel")
	case !v.Stands():
		return nil
	}
	there, err := interviewsAt(e.App, v)
	if err != nil {
		return err
	}
	for _, other := range there {
		if other.ApplicationID() == v.ApplicationID() {
			return fault.Field("starts_at", "interview.busy_application")
		}
		if slices.ContainsFunc(other.Panel(), func(who string) bool { return slices.Contains(v.Panel(), who) }) {
			return fault.Field("starts_at", "interview.busy_panel")
		}
	}
	return nil
}
