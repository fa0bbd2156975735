package intake

import (
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// Told is what a released decision tells the applicant.
type Told struct {
	Outcome  Outcome   `json:"outcome"`
	Feedback string    `json:"feedback"`
	Rank     int       `json:"rank,omitempty"`
	At       time.Time `json:"released_at"`
	Amended  bool      `json:"amended,omitempty"`       // whether it was decided otherwise than was first told
	Until    string    `json:"waiting_until,omitempty"` // the last local day on which somebody waits, where there is one
}

// told adds what the release has told, or an amendment after it, and nothing before.
func told(app core.App, p *Paper, a *Application, i *Intake, now time.Time) error {
	d, err := decisionOn(app, p.ID)
	if err != nil || d == nil || d.ReleasedAt().IsZero() {
		return err
	}
	p.Decision = &Told{Outcome: d.Outcome(), Feedback: d.Feedback(), At: d.ReleasedAt()}
	m, err := lastAmendment(app, p.ID)
	if err != nil {
		return err
	}
	if m != nil {
		p.Decision.Outcome, p.Decision.At, p.Decision.Amended = m.Outcome(), m.SettledAt(), true
		if m.Feedback() != "" {
			p.Decision.Feedback = m.Feedback()
		}
	}
	if a.Status() == ApplicationWaitlisted {
		if p.Decision.Rank, err = rankIn(app, a); err != nil {
			return err
		}
		p.Decision.Until = i.WaitlistUntil()
	}
	o, err := offerTo(app, p.ID)
	if err != nil || o == nil {
		return err
	}
	p.Offer = &OfferView{ID: o.Id, Status: o.Status(), ExpiresAt: o.ExpiresAt(), Stands: o.StandsAt(now)}
	p.Offer.Cohort, err = cohortNamed(app, o.CohortID())
	return err
}
