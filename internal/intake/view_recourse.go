package intake

import (
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
)

// Recourse is what an applicant can say against what was decided, and what they have said.
type Recourse struct {
	Until *time.Time `json:"until"` // the first instant at which an appeal is too late; null where there is nothing to appeal against
	May   bool       `json:"may"`   // whether one can be filed at the instant of the request
	Filed []Filed    `json:"filed"`
}

// Filed is an appeal as its applicant sees it. What a panel thinks reaches them when it is confirmed.
type Filed struct {
	ID      string          `json:"id"`
	Kind    string          `json:"kind"`
	Status  lifecycle.State `json:"status"`
	Words   string          `json:"words"`
	FiledAt time.Time       `json:"filed_at"`
	DueOn   string          `json:"due_on"`
	Answer  string          `json:"answer,omitempty"`
	At      *time.Time      `json:"answered_at"`
}

// recourse is nil for who has nothing to appeal against and has not appealed.
func recourse(app core.App, a *Application, i *Intake, now time.Time) (*Recourse, error) {
	filed, err := appealsOf(app, a.Id)
	if err != nil {
		return nil, err
	}
	v := &Recourse{Filed: []Filed{}}
	for _, p := range filed {
		f := Filed{ID: p.Id, Kind: p.Kind(), Status: p.Status(), Words: p.Words(), FiledAt: p.FiledAt(), DueOn: p.DueOn()}
		if p.Answered() {
			f.Answer, f.At = p.Found().Answer, instant(p.SettledAt())
		}
		v.Filed = append(v.Filed, f)
	}
	about, err := appealable(app, a)
	if err != nil {
		return nil, err
	}
	if about.id != "" && i.AppealDays() > 0 {
		until := i.appealUntil(about.since)
		v.Until = &until
		v.May = now.Before(until) && !slices.ContainsFunc(filed, func(p *Appeal) bool { return p.About() == about.id })
	}
	if v.Until == nil && len(v.Filed) == 0 {
		return nil, nil //nolint:nilnil // nothing was decided, and that is no error
	}
	return v, nil
}
