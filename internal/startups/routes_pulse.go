package startups

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/record"
	"vuon/internal/web"
)

// pulseRoutes are those over what a cohort is asked without being known by its answers.
func pulseRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/cohorts/{id}/pulses":  giving(listPulses),
		"POST /api/vuon/cohorts/{id}/pulses": taking(writing(MakePulse)),
		"PATCH /api/vuon/pulses/{id}":        taking(writing(ChangePulse)),
		"POST /api/vuon/pulses/{id}/open":    taking(moving(OpenPulse)),
		"POST /api/vuon/pulses/{id}/close":   taking(moving(ClosePulse)),
		"GET /api/vuon/pulses/{id}/results":  showPulse,
		"POST /api/vuon/pulses/{id}/answer":  taking(answerPulse),
		"GET /api/vuon/startups/{id}/pulses": giving(listOwnPulses),
	}
}

// PulseView is a pulse in an answer.
type PulseView struct {
	ID        string          `json:"id"`
	Number    int             `json:"number"`
	TitleVI   string          `json:"title_vi"`
	TitleEN   string          `json:"title_en"`
	ClosesOn  string          `json:"closes_on"`
	Status    string          `json:"status"`
	Questions []PulseQuestion `json:"questions"`
	Answered  int             `json:"answered"` // people; staff's list only
	People    int             `json:"people"`
	Mine      bool            `json:"mine"` // whoever asks may answer it now
	Rev       int             `json:"rev"`
}

func pulseView(p *Pulse) (PulseView, error) {
	asks, err := p.Questions()
	return PulseView{
		ID: p.Id, Number: p.Number(), TitleVI: p.TitleVI(), TitleEN: p.TitleEN(), ClosesOn: p.ClosesOn(), Status: string(p.Status()),
		Questions: append([]PulseQuestion{}, asks...), Rev: record.Rev(p),
	}, err
}

func listPulses(q asking) (web.List[PulseView], error) {
	if err := mayLead(q.app, q.by, q.id); err != nil {
		return web.List[PulseView]{}, err
	}
	some, err := pulsesIn(q.app, q.id)
	if err != nil {
		return web.List[PulseView]{}, err
	}
	return viewed(some, func(p *Pulse, v *PulseView) (err error) {
		v.Answered, v.People, err = turnout(q.app, p)
		return err
	})
}

func viewed(some []*Pulse, more func(*Pulse, *PulseView) error) (web.List[PulseView], error) {
	list := make([]PulseView, 0, len(some))
	for _, p := range some {
		v, err := pulseView(p)
		if err == nil {
			err = more(p, &v)
		}
		if err != nil {
			return web.List[PulseView]{}, err
		}
		list = append(list, v)
	}
	return web.ListOf(list, ""), nil
}

func showPulse(e *core.RequestEvent) error {
	by := e.Request.URL.Query().Get("by")
	return giving(func(q asking) (*PulseResults, error) { return ResultsOf(q.app, q.by, q.id, by) })(e)
}

func answerPulse(q asking, said struct {
	Answers map[string]any `json:"answers"`
},
) (any, error) {
	return map[string]bool{"answered": true}, AnswerPulse(q.app, q.by, q.id, said.Answers, q.now)
}

// listOwnPulses answers the people of a startup with what they are asked and have not answered.
func listOwnPulses(q asking) (web.List[PulseView], error) {
	if err := access.MaySignedIn(q.by); err != nil {
		return web.List[PulseView]{}, err
	}
	if err := maySee(q.app, q.by, q.id); err != nil {
		return web.List[PulseView]{}, err
	}
	some, err := pulsesAsking(q.app, q.id)
	if err != nil {
		return web.List[PulseView]{}, err
	}
	return viewed(some, func(p *Pulse, v *PulseView) error {
		asked, err := asksPerson(q.app, p, q.by.ID)
		if err != nil {
			return err
		}
		said, err := q.app.CountRecords(PulseVoters.Collection, dbx.HashExp{"pulse": p.Id, "user": q.by.ID})
		v.Mine = asked && said == 0 && !p.over(q.now)
		return err
	})
}
