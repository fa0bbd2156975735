package intake

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
)

// interviewRoutes are the verbs around interviews: of staff, who set them, and of those who apply.
func interviewRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/intakes/{id}/interviews":       listInterviews,
		"POST /api/vuon/intakes/{id}/interviews":      on(setInterviews),
		"POST /api/vuon/intakes/{id}/interviews/plan": on(planInterviews),
		"PATCH /api/vuon/interviews/{id}":             on(changeInterview),
		"POST /api/vuon/interviews/{id}/cancel":       on(cancelInterview),
		"POST /api/vuon/interviews/{id}/hold":         on(holdInterview),
		"POST /api/vuon/interviews/{id}/confirm":      on(confirmInterview),
		"POST /api/vuon/interviews/{id}/decline":      on(declineInterview),
	}
}

func listInterviews(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	lines, err := InterviewsIn(e.App, by, e.Request.PathValue("id"), e.Request.URL.Query().Get("application"), now)
	return rows(e, lines, "", err)
}

// setting is what staff send to set interviews.
type setting struct {
	Meeting
	Slots []Slot `json:"slots"`
}

func setInterviews(q asking, s setting) (any, error) {
	set, err := Meet(q.app, q.by, q.id, s.Slots, s.Meeting, q.now)
	if err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(set))
	for _, v := range set {
		ids = append(ids, v.Id)
	}
	return map[string]any{"set": ids}, nil
}

// planInterviews lays a series out and stores nothing: whoever asks looks at it first.
func planInterviews(q asking, s Series) (any, error) {
	i, err := Intakes.Find(q.app, q.id)
	if err != nil {
		return nil, err
	}
	if err := access.MayWorkOn(q.by, i.Path()...); err != nil {
		return nil, err
	}
	slots, err := s.Lay()
	if err != nil {
		return nil, err
	}
	return map[string]any{"slots": slots}, nil
}

func changeInterview(q asking, w struct {
	Meeting
	Rev int `json:"rev"`
},
) (any, error) {
	return stateOf(Rearrange(q.app, q.by, q.id, w.Meeting, w.Rev, q.now))
}

func cancelInterview(q asking, s said) (any, error) {
	return stateOf(CallOff(q.app, q.by, q.id, s.Reason, q.now))
}

func holdInterview(q asking, _ said) (any, error) { return stateOf(Hold(q.app, q.by, q.id, q.now)) }

func confirmInterview(q asking, s said) (any, error) {
	return stateOf(ConfirmInterview(q.app, q.by, q.id, s.Rev, q.now))
}

func declineInterview(q asking, w struct {
	Words string `json:"words"`
	Rev   int    `json:"rev"`
},
) (any, error) {
	return stateOf(DeclineInterview(q.app, q.by, q.id, w.Words, w.Rev, q.now))
}
