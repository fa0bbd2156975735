package judging

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/judging/score"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Change is what staff make of one subject against the rule, and why.
type Change struct {
	Subject  string `json:"subject"`
	Advances bool   `json:"advances"`
	Reason   string `json:"reason"`
}

// verdicts are what the rule of a round says of everything it judges. seal is a digest of them: who confirms says what they
// saw.
func verdicts(app core.App, r *Round) (all []score.Verdict, seal string, err error) {
	rule, err := r.Rule()
	if err != nil || rule == nil {
		return nil, "", err
	}
	rubric, err := r.Rubric()
	if err != nil {
		return nil, "", err
	}
	chain, err := r.Ties()
	if err != nil {
		return nil, "", err
	}
	subjects, err := entrants(app, r)
	if err != nil {
		return nil, "", err
	}
	tallies, err := Tallies(app, r.OwnerType(), r.Owner())
	if err != nil {
		return nil, "", err
	}
	var entries []score.Entry
	for _, id := range subjects {
		entries = append(entries, score.Entry{ID: id, Code: id, Sheets: tallies[id].In(r.Id)})
	}
	if all, err = score.Advance(rubric, entries, chain, *rule); err != nil {
		return nil, "", fmt.Errorf("apply the rule of round %s: %w", r.Id, err)
	}
	plain, err := json.Marshal(all)
	sum := sha256.Sum256(plain)
	return all, hex.EncodeToString(sum[:8]), err
}

// Advance confirms who goes on from a computed round: what the rule says, but for what staff change, each with a reason. It
// is written down once, and the next round judges what it names. seal is that of the proposal that was seen. Staff of the
// owner, of whom nothing is judged in the round.
// Errors: record.not_found, round.own, round.no_rule, round.changed, round.no_reason, lifecycle.not_now.
func Advance(app core.App, by access.Actor, round string, changes []Change, seal string, now time.Time) (*Round, error) {
	return record.Change(app, Rounds, round, func(tx core.App, r *Round) error {
		if err := mayAdvance(tx, by, r); err != nil {
			return err
		}
		if _, now := RoundLife.Find("advance", r.Status()); !now {
			return fault.Conflict("lifecycle.not_now")
		}
		all, is, err := verdicts(tx, r)
		switch {
		case err != nil:
			return err
		case is == "":
			return fault.Conflict("round.no_rule")
		case seal != is:
			return fault.Conflict("round.changed")
		}
		changed := map[string]Change{}
		for _, c := range changes {
			if strings.TrimSpace(c.Reason) == "" {
				return fault.Field("reason", "round.no_reason")
			}
			changed[c.Subject] = c
		}
		on := 0
		for _, v := range all {
			advances, err := settle(tx, by, r, v, changed, now)
			if err != nil {
				return err
			}
			if advances {
				on++
			}
			delete(changed, v.ID)
		}
		if len(changed) > 0 {
			return fault.NotFound("record.not_found")
		}
		return RoundLife.Fire(tx, r, "advance", by, now, lifecycle.With(map[string]any{"advanced": on, "of": len(all)}))
	})
}

func settle(tx core.App, by access.Actor, r *Round, v score.Verdict, changed map[string]Change, now time.Time) (bool, error) {
	advances, reason := v.Advances, ""
	if c, is := changed[v.ID]; is && c.Advances != v.Advances {
		advances, reason = c.Advances, strings.TrimSpace(c.Reason)
	}
	x, err := newResult(tx, r.Id, kinds[r.OwnerType()], v, advances, reason, now)
	if err != nil {
		return false, err
	}
	if err := tx.Save(x); err != nil {
		return false, fmt.Errorf("write down what becomes of %s: %w", v.ID, err)
	}
	if reason == "" {
		return advances, nil
	}
	return advances, lifecycle.Note(tx, by, now, Results.Collection, x.Id, "override", lifecycle.Because(reason))
}

// mayAdvance permits the staff of the owner, but nobody of whom something is judged in the round.
func mayAdvance(app core.App, by access.Actor, r *Round) error {
	if err := mayRun(app, by, r); err != nil {
		return err
	}
	hidden, err := needs(app).Hidden(app, by, r.OwnerType(), r.Owner())
	if err != nil || len(hidden) == 0 {
		return err
	}
	subjects, err := entrants(app, r)
	if err != nil {
		return err
	}
	for _, id := range subjects {
		if hidden[id] {
			return fault.Forbidden("round.own")
		}
	}
	return nil
}

// ReopenSheets lets the judges of one subject revise what they handed in, until an instant, although the round is closed. It
// is closed, and not yet computed. Staff of the owner, and not of what is their own.
// Errors: record.not_found, round.no_reason, round.closes, round.no_sheets, lifecycle.not_now.
func ReopenSheets(app core.App, by access.Actor, round, subject, reason string, until, now time.Time) (n int, err error) {
	_, err = record.Change(app, Rounds, round, func(tx core.App, r *Round) error {
		if err := mayTouch(tx, by, r, subject); err != nil {
			return err
		}
		switch {
		case r.Status() != RoundClosed:
			return fault.Conflict("lifecycle.not_now")
		case strings.TrimSpace(reason) == "":
			return fault.Field("reason", "round.no_reason")
		case !now.Before(until):
			return fault.Field("until", "round.closes")
		}
		all, err := about(tx, kinds[r.OwnerType()], subject)
		if err != nil {
			return err
		}
		for _, a := range all {
			if a.RoundID() != r.Id || a.Status() != AssignmentCompleted {
				continue
			}
			s, err := sheetOf(tx, a.Id)
			if err != nil || s == nil || s.Status() != SheetSealed {
				if err != nil {
					return err
				}
				continue
			}
			a.reopen(until)
			if err := tx.Save(a); err != nil {
				return fmt.Errorf("reopen the sheet of %s: %w", a.JudgeID(), err)
			}
			if err := SheetLife.Fire(tx, s, "reopen", by, now, lifecycle.Because(reason)); err != nil {
				return err
			}
			n++
		}
		if n == 0 {
			return fault.Conflict("round.no_sheets")
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return n, nil
}

// mayTouch permits the staff of a round to act on one of its subjects that is not their own. To everybody else it does not
// exist.
func mayTouch(app core.App, by access.Actor, r *Round, subject string) error {
	if err := mayRun(app, by, r); err != nil {
		return err
	}
	hidden, err := needs(app).Hidden(app, by, r.OwnerType(), r.Owner())
	if err == nil && hidden[subject] {
		return fault.NotFound("record.not_found")
	}
	return err
}
