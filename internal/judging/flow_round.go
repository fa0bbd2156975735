package judging

import (
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/judging/score"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Open lets judges write, by a rubric that is frozen from here on, until closes (zero: as planned, or until somebody closes
// it). Staff of the owner, once what is judged cannot change any more and the round before has advanced.
// Errors: record.not_found, round.closes, round.before, lifecycle.not_now, and those of the owner.
func Open(app core.App, by access.Actor, id string, closes, now time.Time) (*Round, error) {
	return record.Change(app, Rounds, id, func(tx core.App, r *Round) error {
		if err := mayRun(tx, by, r); err != nil {
			return err
		}
		if err := mayOpen(tx, r); err != nil {
			return err
		}
		if closes.IsZero() {
			closes = r.ClosesAt()
		}
		if !closes.IsZero() && !now.Before(closes) {
			return fault.Field("closes_at", "round.closes")
		}
		r.freeze(closes, now)
		return RoundLife.Fire(tx, r, "open", by, now)
	})
}

// Close takes no more sheets and seals the submitted ones. Staff of the owner. Errors: record.not_found, lifecycle.not_now.
func Close(app core.App, by access.Actor, id string, now time.Time) (*Round, error) {
	return record.Change(app, Rounds, id, func(tx core.App, r *Round) error {
		if err := mayRun(tx, by, r); err != nil {
			return err
		}
		if err := RoundLife.Fire(tx, r, "close", by, now); err != nil {
			return err
		}
		return eachSheet(tx, r.Id, SheetSubmitted, func(s *Sheet) error {
			return SheetLife.Fire(tx, s, "seal", by, now)
		})
	})
}

// Compute counts the sealed sheets, leaves out those whose judge has a conflict, and writes the ranking down. Staff of the
// owner. Errors: record.not_found, lifecycle.not_now.
func Compute(app core.App, by access.Actor, id string, now time.Time) (*Round, error) {
	return record.Change(app, Rounds, id, func(tx core.App, r *Round) error {
		if err := mayRun(tx, by, r); err != nil {
			return err
		}
		if err := eachSheet(tx, r.Id, SheetSubmitted, func(s *Sheet) error { // reopened one by one
			return SheetLife.Fire(tx, s, "seal", by, now)
		}); err != nil {
			return err
		}
		if err := eachSheet(tx, r.Id, SheetSealed, func(s *Sheet) error {
			a, err := Assignments.Find(tx, s.AssignmentID())
			if err != nil {
				return err
			}
			blocked, err := conflicted(tx, s.JudgeID(), a.SubjectType(), a.Subject())
			switch {
			case err != nil:
				return err
			case blocked:
				return excludeSheet(tx, s, by, "conflict", now)
			}
			return SheetLife.Fire(tx, s, "count", by, now)
		}); err != nil {
			return err
		}
		places, err := Ranking(tx, r)
		if err != nil {
			return err
		}
		return RoundLife.Fire(tx, r, "compute", by, now, lifecycle.With(map[string]any{"places": places}))
	})
}

// Reopen takes a closed round back. It needs two people of the owner's staff: the first call writes the wish down and
// changes nothing (done is false), a second by somebody else within a day opens the round until closes.
// Errors: record.not_found, round.no_reason, round.closes, round.second_person, lifecycle.not_now.
func Reopen(app core.App, by access.Actor, id, reason string, closes, now time.Time) (done bool, err error) {
	_, err = record.Change(app, Rounds, id, func(tx core.App, r *Round) error {
		if err := mayRun(tx, by, r); err != nil {
			return err
		}
		_, movable := RoundLife.Find("reopen", r.Status())
		switch {
		case !movable:
			return fault.Conflict("lifecycle.not_now")
		case strings.TrimSpace(reason) == "":
			return fault.Field("reason", "round.no_reason")
		case !closes.IsZero() && !now.Before(closes):
			return fault.Field("closes_at", "round.closes")
		}
		first, err := wished(tx, r, now)
		switch {
		case err != nil:
			return err
		case first == by.ID:
			return fault.Forbidden("round.second_person")
		case first == "":
			return lifecycle.Note(tx, by, now, Rounds.Collection, r.Id, "wish_reopen", lifecycle.Because(reason))
		}
		done = true
		r.extend(closes)
		if err := RoundLife.Fire(tx, r, "reopen", by, now, lifecycle.Because(reason)); err != nil {
			return err
		}
		return eachSheet(tx, r.Id, SheetSealed, func(s *Sheet) error {
			return SheetLife.Fire(tx, s, "reopen", by, now, lifecycle.Because(reason))
		})
	})
	return done && err == nil, err
}

// wishFor is how long the first of the two calls waits for the second.
const wishFor = 24 * time.Hour

// wished names who has asked to reopen the round since it was last moved, or "".
func wished(app core.App, r *Round, now time.Time) (string, error) {
	told, err := lifecycle.Told(app, Rounds.Collection, r.Id)
	if err != nil {
		return "", err
	}
	for _, e := range slices.Backward(told) {
		switch {
		case e.To() != "" || !now.Before(e.At().Add(wishFor)):
			return "", nil
		case e.Verb() == "wish_reopen":
			return e.Actor(), nil
		}
	}
	return "", nil
}

// Ranking orders the subjects of a round by the sheets that count or may yet count.
func Ranking(app core.App, r *Round) ([]score.Place, error) {
	rubric, err := r.Rubric()
	if err != nil {
		return nil, err
	}
	chain, err := r.Ties()
	if err != nil {
		return nil, err
	}
	tallies, err := Tallies(app, r.OwnerType(), r.Owner())
	if err != nil {
		return nil, err
	}
	var entries []score.Entry
	for subject, t := range tallies {
		entries = append(entries, score.Entry{ID: subject, Code: subject, Sheets: t.In(r.Id)})
	}
	return score.Rank(rubric, entries, chain)
}

// mayOpen refuses while what is judged may change, and before the round before has said who comes. Errors: round.before, and
// those of the owner.
func mayOpen(app core.App, r *Round) error {
	if err := needs(app).Ready(app, r.OwnerType(), r.Owner()); err != nil || r.Number() < 2 {
		return err
	}
	all, err := RoundsOf(app, r.OwnerType(), r.Owner())
	if err != nil {
		return err
	}
	for _, b := range all {
		if b.Number() == r.Number()-1 && b.Status() == RoundAdvanced {
			return nil
		}
	}
	return fault.Conflict("round.before")
}

// mayRun permits the staff of the round's owner.
func mayRun(app core.App, by access.Actor, r *Round) error {
	over, err := needs(app).Over(app, r.OwnerType(), r.Owner())
	if err != nil {
		return err
	}
	return access.MayWorkOn(by, over...)
}

func eachSheet(tx core.App, round string, status lifecycle.State, do func(*Sheet) error) error {
	sheets, err := sheetsIn(tx, round, status)
	if err != nil {
		return err
	}
	for _, s := range sheets {
		if err := do(s); err != nil {
			return err
		}
	}
	return nil
}

func excludeSheet(tx core.App, s *Sheet, by access.Actor, reason string, now time.Time) error {
	if s.Status() == SheetExcluded {
		return nil
	}
	s.exclude(reason)
	return SheetLife.Fire(tx, s, "exclude", by, now, lifecycle.Because(reason))
}
