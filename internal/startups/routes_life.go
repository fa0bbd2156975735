package startups

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/web"
)

// lifeRoutes are those over a startup's time in cohorts.
func lifeRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/startups/{id}/life":         giving(showLife),
		"GET /api/vuon/cohorts/{id}/graduation":    giving(showGraduation),
		"PATCH /api/vuon/cohorts/{id}/graduation":  taking(writeGraduation),
		"POST /api/vuon/enrolments/{id}/pause":     moveEnrolment(Pause),
		"POST /api/vuon/enrolments/{id}/resume":    moveEnrolment(Resume),
		"POST /api/vuon/enrolments/{id}/graduate":  moveEnrolment(Graduate),
		"POST /api/vuon/enrolments/{id}/withdraw":  moveEnrolment(Withdraw),
		"POST /api/vuon/enrolments/{id}/terminate": moveEnrolment(Terminate),
	}
}

func moveEnrolment(do func(core.App, access.Actor, string, string, time.Time) (*Enrolment, error)) func(*core.RequestEvent) error {
	type why struct {
		Reason string `json:"reason"`
	}
	return taking(func(q asking, said why) (any, error) {
		n, err := do(q.app, q.by, q.id, said.Reason, q.now)
		if err != nil {
			return nil, err
		}
		answer := done(n)
		answer["status"] = n.Status()
		return answer, nil
	})
}

func showLife(q asking) (any, error) {
	list, err := Life(q.app, q.by, q.id, q.now)
	if err != nil {
		return nil, err
	}
	return web.ListOf(list, ""), nil
}

// graduationAsked is the body and the answer of what a cohort asks.
type graduationAsked struct {
	Rules   []GraduationRule `json:"rules"`
	Rev     int              `json:"rev"`
	MayEdit bool             `json:"may_edit"`
}

func showGraduation(q asking) (answer graduationAsked, err error) {
	if answer.Rules, answer.Rev, err = AskedToGraduate(q.app, q.by, q.id); err != nil {
		return answer, err
	}
	path, err := asked(q.app).Path(q.app, q.id)
	answer.MayEdit = err == nil && access.MayDecide(q.by, path...) == nil
	return answer, err
}

func writeGraduation(q asking, said graduationAsked) (any, error) {
	g, err := AskToGraduate(q.app, q.by, q.id, said.Rules, said.Rev, q.now)
	if err != nil {
		return nil, err
	}
	return done(g), nil
}
