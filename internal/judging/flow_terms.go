package judging

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// Add plans one round more of an owner, after those it has. What is not said is as in the first round of an intake. Staff of
// the owner. Errors: record.not_found, round.title, round.rubric, round.ties, round.rule, round.judges, round.grace_long, round.closes.
func Add(app core.App, by access.Actor, ownerType, owner string, t Terms, now time.Time) (*Round, error) {
	var r *Round
	err := app.RunInTransaction(func(tx core.App) error {
		over, err := needs(tx).Over(tx, ownerType, owner)
		if err != nil {
			return err
		}
		if err := access.MayWorkOn(by, over...); err != nil {
			return err
		}
		before, err := RoundsOf(tx, ownerType, owner)
		if err != nil {
			return err
		}
		if r, err = NewRound(tx, ownerType, owner, len(before)+1, "", "", Screening()); err != nil {
			return err
		}
		r.write(tidied(t))
		if err := inOrder(r); err != nil {
			return err
		}
		if err := tx.Save(r); err != nil {
			return fmt.Errorf("add a round to %s: %w", owner, err)
		}
		return lifecycle.Note(tx, by, now, Rounds.Collection, r.Id, "add")
	})
	if err != nil {
		return nil, err
	}
	return r, nil
}

// Rewrite changes what staff wrote of a round. What judges are judging by is frozen once it has opened, and so is its end:
// that is moved by opening it again. Staff of the owner; rev is the revision that they saw.
// Errors: record.not_found, record.stale, round.frozen, and those of Add.
func Rewrite(app core.App, by access.Actor, id string, t Terms, rev int, now time.Time) (*Round, error) {
	return record.Change(app, Rounds, id, func(tx core.App, r *Round) error {
		if err := mayRun(tx, by, r); err != nil {
			return err
		}
		if r.frozen() && (t.ClosesAt != nil || t.OpensAt != nil) {
			return fault.Conflict("round.frozen")
		}
		record.At(r, rev)
		r.write(tidied(t))
		if err := inOrder(r); err != nil {
			return err
		}
		if err := tx.Save(r); err != nil {
			return fmt.Errorf("change round %s: %w", r.Id, err)
		}
		return lifecycle.Note(tx, by, now, Rounds.Collection, r.Id, "edit")
	})
}

// Begin starts to put a panel together. Staff of the owner. Errors: record.not_found, lifecycle.not_now.
func Begin(app core.App, by access.Actor, id string, now time.Time) (*Round, error) {
	return record.Change(app, Rounds, id, func(tx core.App, r *Round) error {
		if err := mayRun(tx, by, r); err != nil {
			return err
		}
		return RoundLife.Fire(tx, r, "begin", by, now)
	})
}

// Wait ends a round but for what is in draft: nothing is begun or revised any more, and drafts may be handed in until the
// grace that the round declared is over. Staff of the owner. Errors: record.not_found, round.no_grace, lifecycle.not_now.
func Wait(app core.App, by access.Actor, id string, now time.Time) (*Round, error) {
	return record.Change(app, Rounds, id, func(tx core.App, r *Round) error {
		if err := mayRun(tx, by, r); err != nil {
			return err
		}
		if r.Grace() == 0 {
			return fault.Conflict("round.no_grace")
		}
		return wait(tx, by, r, now)
	})
}

func wait(tx core.App, by access.Actor, r *Round, now time.Time) error {
	from := now
	if closes := r.ClosesAt(); !closes.IsZero() && closes.Before(now) {
		from = closes // a job that comes late gives nobody more time
	}
	r.waits(from.Add(r.Grace()))
	return RoundLife.Fire(tx, r, "grace", by, now)
}

// tidied writes titles as they are to be read.
func tidied(t Terms) Terms {
	for _, title := range []*string{t.TitleVI, t.TitleEN} {
		if title != nil {
			*title = vn.OneLine(*title)
		}
	}
	return t
}

// inOrder refuses a round that closes before it opens.
func inOrder(r *Round) error {
	if opens, closes := r.OpensAt(), r.ClosesAt(); !opens.IsZero() && !closes.IsZero() && !opens.Before(closes) {
		return fault.Field("closes_at", "round.closes")
	}
	return nil
}
