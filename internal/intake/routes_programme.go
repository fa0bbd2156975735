package intake

import (
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/web"
)

// ProgrammeLine is one programme in a list.
type ProgrammeLine struct {
	standing
	Code      string `json:"code"`
	TitleVI   string `json:"title_vi"`
	TitleEN   string `json:"title_en"`
	SummaryVI string `json:"summary_vi"`
	SummaryEN string `json:"summary_en"`
	Kind      string `json:"kind"`
}

// CohortLine is one cohort in a list.
type CohortLine struct {
	standing
	Programme string `json:"programme"`
	Code      string `json:"code"`
	TitleVI   string `json:"title_vi"`
	TitleEN   string `json:"title_en"`
	StartsOn  string `json:"starts_on"`
	EndsOn    string `json:"ends_on"`
	Capacity  int    `json:"capacity"`
}

func programmeLine(p *Programme) ProgrammeLine {
	return ProgrammeLine{
		standing{p.Id, p.Status(), p.Rev()}, p.Code(), p.TitleVI(), p.TitleEN(), p.SummaryVI(), p.SummaryEN(), p.Kind(),
	}
}

func cohortLine(c *Cohort) CohortLine {
	return CohortLine{
		standing{c.Id, c.Status(), c.Rev()}, c.ProgrammeID(), c.Code(), c.TitleVI(), c.TitleEN(), c.StartsOn(), c.EndsOn(), c.Capacity(),
	}
}

// listWhole answers those who work for the centre with every row of a short list.
func listWhole[P, L any](e *core.RequestEvent, all func(core.App) ([]P, error), line func(P) L) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := mayPlan(by); err != nil {
		return err
	}
	found, err := all(e.App)
	some := []L{}
	for _, row := range found {
		some = append(some, line(row))
	}
	return rows(e, some, "", err)
}

// mayPlan permits whoever works for the centre, over whatever it be, to read what there is to choose from.
func mayPlan(by access.Actor) error {
	if by.HoldsAnywhere(access.Staff, access.Manager) {
		return nil
	}
	return access.MayWork(by)
}

func listProgrammes(e *core.RequestEvent) error { return listWhole(e, programmes, programmeLine) }

func listCohorts(e *core.RequestEvent) error { return listWhole(e, cohorts, cohortLine) }

// made serves the making of a row from what the body says.
func made[B any](e *core.RequestEvent, make func(core.App, access.Actor, B, time.Time) (any, error)) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	var body B
	if err := web.Body(e, &body); err != nil {
		return err
	}
	done, err := make(e.App, by, body, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, done)
}

func addProgramme(e *core.RequestEvent) error {
	return made(e, func(app core.App, by access.Actor, t ProgrammeText, now time.Time) (any, error) {
		return stateOf(AddProgramme(app, by, t, now))
	})
}

func addCohort(e *core.RequestEvent) error {
	return made(e, func(app core.App, by access.Actor, t CohortTerms, now time.Time) (any, error) {
		return stateOf(AddCohort(app, by, t, now))
	})
}

type editedProgramme struct {
	ProgrammeText
	Rev int `json:"rev"`
}

func editProgramme(q asking, t editedProgramme) (any, error) {
	return stateOf(EditProgramme(q.app, q.by, q.id, t.ProgrammeText, t.Rev, q.now))
}

type editedCohort struct {
	CohortTerms
	Rev int `json:"rev"`
}

func editCohort(q asking, t editedCohort) (any, error) {
	return stateOf(EditCohort(q.app, q.by, q.id, t.CohortTerms, t.Rev, q.now))
}

// moved serves one move of a table by its name in the path.
func moved[P interface {
	core.RecordProxy
	Status() lifecycle.State
}](verb string, move func(core.App, access.Actor, string, string, time.Time) (P, error)) func(*core.RequestEvent) error {
	return on(func(q asking, _ said) (any, error) { return stateOf(move(q.app, q.by, q.id, verb, q.now)) })
}
