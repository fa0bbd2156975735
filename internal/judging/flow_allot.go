package judging

import (
	"fmt"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/judging/allot"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Propose works out who of the panel judges what and stores it as a proposal, which nobody but staff sees. What is there
// stays, judges at work and earlier proposals alike; again throws earlier proposals away first. A nearness that the house
// can derive is written down as a conflict. What cannot be had is told. Staff of the owner; what is their own is left out.
// Errors: record.not_found, round.not_assigning, panel.empty.
func Propose(app core.App, by access.Actor, round string, again bool, now time.Time) (added int, short []allot.Shortage, err error) {
	_, err = record.Change(app, Rounds, round, func(tx core.App, r *Round) error {
		if err := mayRun(tx, by, r); err != nil {
			return err
		}
		if !r.assigns() {
			return fault.Conflict("round.not_assigning")
		}
		if again {
			if _, err := forget(tx, by, r, all); err != nil {
				return err
			}
		}
		m, err := matter(tx, by, r, now)
		if err != nil {
			return err
		}
		if len(m.problem.Judges) == 0 {
			return fault.Conflict("panel.empty")
		}
		if err := m.derive(tx, by, now); err != nil {
			return err
		}
		gone, err := forget(tx, by, r, m.illegal)
		if err != nil {
			return err
		}
		m.unpin(gone)
		plan, err := allot.Propose(m.problem)
		if err != nil {
			return fmt.Errorf("allot round %s: %w", r.Id, err)
		}
		added, short = len(plan.Pairs), plan.Shortages
		return propose(tx, by, r, m.kind, plan, now)
	})
	if err != nil {
		return 0, nil, err
	}
	return added, short, nil
}

func propose(tx core.App, by access.Actor, r *Round, kind string, plan allot.Plan, now time.Time) error {
	for _, pair := range plan.Pairs {
		a, err := newAssignment(tx, r.Id, kind, pair.Subject, pair.Judge, r.ClosesAt())
		if err != nil {
			return err
		}
		if err := tx.Save(a); err != nil {
			return fmt.Errorf("propose %s for %s: %w", pair.Judge, pair.Subject, err)
		}
	}
	told := lifecycle.With(map[string]any{"proposed": len(plan.Pairs)})
	if r.Status() == RoundConfigured {
		if err := RoundLife.Fire(tx, r, "begin", by, now); err != nil {
			return err
		}
	}
	if r.Status() == RoundAssigning {
		return RoundLife.Fire(tx, r, "propose", by, now, told)
	}
	return lifecycle.Note(tx, by, now, Rounds.Collection, r.Id, "propose", told)
}

// forget deletes proposals that were offered to nobody yet. What is somebody's own they leave alone.
func forget(tx core.App, by access.Actor, r *Round, which func(*Assignment) bool) (gone []*Assignment, err error) {
	some, err := proposals(tx, by, r)
	if err != nil {
		return nil, err
	}
	for _, a := range some {
		if !which(a) {
			continue
		}
		if err := tx.Delete(a); err != nil {
			return nil, fmt.Errorf("forget the proposal %s: %w", a.Id, err)
		}
		gone = append(gone, a)
	}
	return gone, nil
}

func all(*Assignment) bool { return true }

// Forget throws the proposals of a round away. Staff of the owner. Errors: record.not_found, proposal.none.
func Forget(app core.App, by access.Actor, round string, now time.Time) (n int, err error) {
	_, err = record.Change(app, Rounds, round, func(tx core.App, r *Round) error {
		gone, err := forget(tx, by, r, all)
		if err != nil {
			return err
		}
		if n = len(gone); n == 0 {
			return fault.Conflict("proposal.none")
		}
		return lifecycle.Note(tx, by, now, Rounds.Collection, r.Id, "forget", lifecycle.With(map[string]any{"forgotten": n}))
	})
	if err != nil {
		return 0, err
	}
	return n, nil
}

// OfferAll accepts the proposal of a round: every judge is asked for what is proposed for them. A pair between which a
// conflict was raised since is dropped. Staff of the owner; of two who accept at once, one does.
// Errors: record.not_found, round.not_assigning, proposal.none.
func OfferAll(app core.App, by access.Actor, round string, now time.Time) (offered int, err error) {
	_, err = record.Change(app, Rounds, round, func(tx core.App, r *Round) error {
		some, err := proposals(tx, by, r)
		switch {
		case err != nil:
			return err
		case !r.assigns():
			return fault.Conflict("round.not_assigning")
		case len(some) == 0:
			return fault.Conflict("proposal.none")
		}
		for _, a := range some {
			blocked, err := conflicted(tx, a.JudgeID(), a.SubjectType(), a.Subject())
			switch {
			case err != nil:
				return err
			case blocked:
				if err := tx.Delete(a); err != nil {
					return fmt.Errorf("drop the proposal %s: %w", a.Id, err)
				}
				continue
			}
			if closes := r.ClosesAt(); !closes.IsZero() {
				a.dueBy(closes)
			}
			if err := AssignmentLife.Fire(tx, a, "offer", by, now); err != nil {
				return err
			}
			offered++
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return offered, nil
}

// proposals are what is proposed in a round, as far as it concerns somebody: nobody chooses who judges them.
func proposals(tx core.App, by access.Actor, r *Round) ([]*Assignment, error) {
	if err := mayRun(tx, by, r); err != nil {
		return nil, err
	}
	hidden, err := needs(tx).Hidden(tx, by, r.OwnerType(), r.Owner())
	if err != nil {
		return nil, err
	}
	some, err := proposedIn(tx, r.Id)
	return slices.DeleteFunc(some, func(a *Assignment) bool { return hidden[a.Subject()] }), err
}
