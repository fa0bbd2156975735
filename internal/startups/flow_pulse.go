package startups

import (
	"errors"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
)

// MakePulse writes a pulse that nobody is asked yet. Staff over the cohort; a cohort has two.
// Errors: access.sign_in, record.not_found, pulse.two, and those of the guard.
func MakePulse(app core.App, by access.Actor, cohort string, f PulseFields, now time.Time) (p *Pulse, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		if err := mayLead(tx, by, cohort); err != nil {
			return err
		}
		there, err := tx.CountRecords(Pulses.Collection, dbx.HashExp{"cohort": cohort})
		if err != nil {
			return err
		}
		if p, err = madeFor(tx, cohort, by.ID, int(there)+1, f); err != nil {
			return err
		}
		if err := tx.Save(p); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Pulses.Collection, p.Id, "make", lifecycle.With(map[string]string{"cohort": cohort}))
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// onPulse lets staff over its cohort work on a pulse.
func onPulse(app core.App, by access.Actor, id string, rev int, do func(core.App, *Pulse) error) (*Pulse, error) {
	return onRow(app, by, Pulses, id, led[*Pulse](by), seen(rev, do))
}

// ChangePulse changes a pulse; once people are asked, its last day alone. Staff over the cohort.
// Errors: access.sign_in, record.not_found, record.stale, and those of the guard.
func ChangePulse(app core.App, by access.Actor, id string, f PulseFields, now time.Time) (*Pulse, error) {
	return onPulse(app, by, id, f.Rev, func(tx core.App, p *Pulse) error {
		p.write(f, by.ID)
		return edited(tx, by, Pulses.Collection, p, now)
	})
}

// OpenPulse asks the people of the cohort. Staff over it; five at least, or nobody would ever see a result.
// Errors: access.sign_in, record.not_found, record.stale, pulse.past, pulse.few, lifecycle.not_now.
func OpenPulse(app core.App, by access.Actor, id, _ string, rev int, now time.Time) (*Pulse, error) {
	return onPulse(app, by, id, rev, func(tx core.App, p *Pulse) error {
		if p.over(now) {
			return fault.Field("closes_on", "pulse.past")
		}
		_, people, err := turnout(tx, p)
		switch {
		case err != nil:
			return err
		case people < fewest:
			return fault.Conflict("pulse.few")
		}
		p.opened(now)
		return PulseLife.Fire(tx, p, "open", by, now)
	})
}

// ClosePulse ends a pulse before its last day; then its results can be read. Staff over the cohort.
// Errors: access.sign_in, record.not_found, record.stale, lifecycle.not_now.
func ClosePulse(app core.App, by access.Actor, id, _ string, rev int, now time.Time) (*Pulse, error) {
	return onPulse(app, by, id, rev, func(tx core.App, p *Pulse) error { return PulseLife.Fire(tx, p, "close", by, now) })
}

// ClosePulses ends what has passed its last day.
func ClosePulses(app core.App, slot time.Time) error {
	list, err := pulsesOver(app, slot)
	if err != nil {
		return err
	}
	var failed error
	for _, p := range list {
		failed = errors.Join(failed, PulseLife.Fire(app, p, "close", access.Job("close_pulses"), slot))
	}
	return failed
}

// AnswerPulse keeps what a person says, and, apart from it, that they have said something: neither leads to the other. The journal
// does not tell of it, for it would tell when. Founders and members of startups in the cohort, once. To all others it does not exist.
// Errors: access.sign_in, record.not_found, pulse.over, pulse.answered, pulse.unknown_question, pulse.answer, pulse.empty.
func AnswerPulse(app core.App, by access.Actor, id string, said map[string]any, now time.Time) error {
	if err := access.MaySignedIn(by); err != nil {
		return err
	}
	return app.RunInTransaction(func(tx core.App) error {
		p, err := Pulses.Find(tx, id)
		if err != nil {
			return err
		}
		asked, err := asksPerson(tx, p, by.ID)
		switch {
		case err != nil:
			return err
		case !asked || p.Status() == PulseDraft:
			return fault.NotFound("record.not_found")
		case p.Status() != PulseOpen || p.over(now):
			return fault.Conflict("pulse.over")
		}
		n, err := tx.CountRecords(PulseVoters.Collection, dbx.HashExp{"pulse": p.Id, "user": by.ID})
		switch {
		case err != nil:
			return err
		case n > 0:
			return fault.Conflict("pulse.answered")
		}
		asks, err := p.Questions()
		if err != nil {
			return err
		}
		kept, err := tidied(asks, said)
		if err != nil {
			return err
		}
		v, err := votedBy(tx, p.Id, by.ID)
		if err != nil {
			return err
		}
		if err := tx.Save(v); err != nil {
			return err
		}
		return keepAnswer(tx, p.Id, kept)
	})
}
