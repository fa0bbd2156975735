package intake

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/web"
)

// outcomeRoutes are the verbs of decisions, offers, waiting lists, amendments and appeals.
func outcomeRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/intakes/{id}/outcomes":     showOutcomes,
		"POST /api/vuon/intakes/{id}/decide":      on(decideMany),
		"POST /api/vuon/intakes/{id}/waitlist":    on(reorder),
		"POST /api/vuon/intakes/{id}/enlarge":     on(enlarge),
		"POST /api/vuon/offers/{id}/postpone":     on(postpone),
		"POST /api/vuon/applications/{id}/amend":  on(amend),
		"POST /api/vuon/applications/{id}/appeal": on(fileAppeal),
		"POST /api/vuon/amendments/{id}/confirm":  on(confirmAmendment),
		"POST /api/vuon/amendments/{id}/refuse":   on(refuseAmendment),
		"POST /api/vuon/amendments/{id}/withdraw": on(withdrawAmendment),
		"GET /api/vuon/appeals":                   listAppeals,
		"GET /api/vuon/appeals/{id}":              showAppeal,
		"POST /api/vuon/appeals/{id}/admit":       on(admitAppeal),
		"POST /api/vuon/appeals/{id}/dismiss":     on(dismissAppeal),
		"POST /api/vuon/appeals/{id}/hear":        on(hear),
		"POST /api/vuon/appeals/{id}/find":        on(find),
		"POST /api/vuon/appeals/{id}/settle":      on(settleAppeal),
		"GET /api/vuon/feedback-texts":            listTexts,
		"POST /api/vuon/feedback-texts":           on(addText),
		"PATCH /api/vuon/feedback-texts/{id}":     on(editText),
	}
}

func showOutcomes(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	o, err := OutcomesOf(e.App, by, e.Request.PathValue("id"), now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, o)
}

func decideMany(q asking, all struct {
	Verdicts []BulkVerdict `json:"verdicts"`
},
) (any, error) {
	done, refused, err := DecideMany(q.app, q.by, q.id, all.Verdicts, q.now)
	return map[string]any{"decided": done, "refused": refused}, err
}

func reorder(q asking, w struct {
	Order  []string `json:"order"`
	Reason string   `json:"reason"`
},
) (any, error) {
	done, err := Reorder(q.app, q.by, q.id, w.Order, w.Reason, q.now)
	return map[string]any{"done": done}, err
}

func enlarge(q asking, w struct {
	Capacity int    `json:"capacity"`
	Reason   string `json:"reason"`
},
) (any, error) {
	return stateOf(Enlarge(q.app, q.by, q.id, w.Capacity, w.Reason, q.now))
}

func postpone(q asking, w struct {
	Day    string `json:"day"`
	Reason string `json:"reason"`
},
) (any, error) {
	return stateOf(Postpone(q.app, q.by, q.id, w.Day, w.Reason, q.now))
}

func amend(q asking, c Change) (any, error) {
	m, err := Amend(q.app, q.by, q.id, c, q.now)
	return stateOf(m, err)
}

func confirmAmendment(q asking, _ said) (any, error) {
	return stateOf(ConfirmAmendment(q.app, q.by, q.id, q.now))
}

func refuseAmendment(q asking, s said) (any, error) {
	return stateOf(RefuseAmendment(q.app, q.by, q.id, s.Reason, q.now))
}

func withdrawAmendment(q asking, _ said) (any, error) {
	return stateOf(WithdrawAmendment(q.app, q.by, q.id, q.now))
}

func listAppeals(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	some, next, err := AppealsFor(e.App, by, listAsked(e))
	return rows(e, some, next, err)
}

func showAppeal(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	v, err := AppealAbout(e.App, by, e.Request.PathValue("id"), now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, v)
}

// pleaded is what is said about an appeal.
type pleaded struct {
	Words  string   `json:"words"`
	Answer string   `json:"answer"`
	Panel  []string `json:"panel"`
}

func fileAppeal(q asking, w pleaded) (any, error) {
	return stateOf(Plead(q.app, q.by, q.id, w.Words, q.now))
}

func admitAppeal(q asking, _ pleaded) (any, error) {
	return stateOf(AdmitAppeal(q.app, q.by, q.id, q.now))
}

func dismissAppeal(q asking, w pleaded) (any, error) {
	return stateOf(DismissAppeal(q.app, q.by, q.id, w.Answer, q.now))
}

func hear(q asking, w pleaded) (any, error) {
	return stateOf(Hear(q.app, q.by, q.id, w.Panel, q.now))
}

func find(q asking, f Finding) (any, error) { return stateOf(Find(q.app, q.by, q.id, f, q.now)) }

func settleAppeal(q asking, _ pleaded) (any, error) {
	return stateOf(Settle(q.app, q.by, q.id, q.now))
}

// textView is words that staff say again and again.
type textView struct {
	ID      string  `json:"id"`
	Title   string  `json:"title"`
	Outcome Outcome `json:"outcome"`
	Body    string  `json:"body"`
	Retired bool    `json:"retired"`
	Rev     int     `json:"rev"`
}

func textLine(f *FeedbackText) textView {
	return textView{f.Id, f.Title(), f.Outcome(), f.Body(), f.Retired(), f.Rev()}
}

func listTexts(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MayWorkAnywhere(by); err != nil {
		return err
	}
	all, err := feedbackTexts(e.App)
	lines := make([]textView, 0, len(all))
	for _, f := range all {
		lines = append(lines, textLine(f))
	}
	return rows(e, web.ListOf(lines, "").Rows, "", err)
}

func addText(q asking, t TextTerms) (any, error) {
	f, err := AddText(q.app, q.by, t, q.now)
	if err != nil {
		return nil, err
	}
	return textLine(f), nil
}

// reworded is a text with the revision it was changed from.
type reworded struct {
	TextTerms
	Rev int `json:"rev"`
}

func editText(q asking, t reworded) (any, error) {
	f, err := EditText(q.app, q.by, q.id, t.TextTerms, t.Rev, q.now)
	if err != nil {
		return nil, err
	}
	return textLine(f), nil
}
