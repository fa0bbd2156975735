package intake

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/judging"
)

// Assignable is a judge who may be asked.
type Assignable struct {
	Person
	Asked int `json:"asked"` // sheets they still owe to this intake
}

func listJudges(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	i, err := intakeFor(e.App, by, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	ids, err := access.Holders(e.App, access.Judge, now, i.Path()...)
	if err != nil {
		return err
	}
	called, err := names(e.App, ids)
	if err != nil {
		return err
	}
	owed, err := judging.Owed(e.App, ownerType, i.Id)
	some := []Assignable{}
	for _, id := range ids {
		some = append(some, Assignable{Person{id, called[id]}, owed[id]})
	}
	return rows(e, some, "", err)
}

type refusedPair struct {
	Application string `json:"application"`
	Judge       string `json:"judge"`
	Code        string `json:"code"`
}

func assign(q asking, w Wanted) (any, error) {
	asked, refused, err := AssignIn(q.app, q.by, q.id, w, q.now)
	if err != nil {
		return nil, err
	}
	no := []refusedPair{}
	for _, r := range refused {
		no = append(no, refusedPair{r.Subject, r.Judge, r.Code})
	}
	return map[string]any{"assigned": asked, "refused": no}, nil
}

func listRounds(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	all, err := RoundsFor(e.App, by, e.Request.PathValue("id"))
	return rows(e, all, "", err)
}

func addRound(q asking, t judging.Terms) (any, error) {
	return stateOf(AddRound(q.app, q.by, q.id, t, q.now))
}

func openRound(q asking, s said) (any, error) {
	return stateOf(OpenRound(q.app, q.by, q.id, s.ClosesAt, q.now))
}

func closeRound(q asking, _ said) (any, error) { return stateOf(CloseRound(q.app, q.by, q.id, q.now)) }

func reopenRound(q asking, s said) (any, error) {
	done, err := ReopenRound(q.app, q.by, q.id, s.Reason, s.ClosesAt, q.now)
	if err != nil {
		return nil, err
	}
	return map[string]any{"reopened": done}, nil
}
