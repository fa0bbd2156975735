package judging

import (
	"context"
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"golang.org/x/text/unicode/norm"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/judging/score"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Edit is what a judge changes on a sheet; what is nil stays as it is.
type Edit struct {
	Scores         score.Scores
	Recommendation *Recommendation
	Comment, Note  *string
}

func (e Edit) of(j Judgement) Judgement {
	for key, n := range e.Scores {
		j.Scores[key] = n
	}
	if e.Recommendation != nil {
		j.Recommendation = *e.Recommendation
	}
	if e.Comment != nil {
		j.Comment = norm.NFC.String(*e.Comment)
	}
	if e.Note != nil {
		j.Note = norm.NFC.String(*e.Note)
	}
	return j
}

// Save keeps what the judge has written so far; a sheet that is submitted already is revised, and every version of it is
// kept. The judge only, while the round is open at now. rev is the revision of the sheet that the judge saw; 0 for none.
// Errors: record.not_found, record.stale, round.not_open, assignment.conflict, lifecycle.not_now, sheet.score,
// sheet.recommendation, sheet.missing.
func Save(app core.App, by access.Actor, assignment string, edit Edit, rev int, now time.Time) (*Sheet, error) {
	var s *Sheet
	_, err := record.Change(app, Assignments, assignment, func(tx core.App, a *Assignment) error {
		r, err := open(tx, by, a, now)
		if err != nil {
			return err
		}
		if s, err = began(tx, by, a, r, now); err != nil {
			return err
		}
		record.At(s, rev)
		j, err := s.Judgement()
		if err != nil {
			return err
		}
		j = edit.of(j)
		if err := sound(r, j, s.Status() == SheetSubmitted); err != nil {
			return err
		}
		s.write(j)
		if s.Status() == SheetDraft {
			return tx.Save(s)
		}
		reason := ""
		if r.Status() == RoundClosed {
			reason = "reopened"
		}
		return revise(tx, by, s, j, reason, now)
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// Submit hands the sheet in, with the judge's word that they have no conflict of interest. The judge only, while the round
// is open at now. Errors: as Save, and sheet.declare.
func Submit(app core.App, by access.Actor, assignment string, noConflict bool, rev int, now time.Time) (*Sheet, error) {
	var s *Sheet
	_, err := record.Change(app, Assignments, assignment, func(tx core.App, a *Assignment) error {
		r, err := open(tx, by, a, now)
		if err != nil {
			return err
		}
		if !noConflict {
			return fault.Field("no_conflict", "sheet.declare")
		}
		if s, err = began(tx, by, a, r, now); err != nil {
			return err
		}
		record.At(s, rev)
		j, err := s.Judgement()
		if err != nil {
			return err
		}
		if err := sound(r, j, true); err != nil {
			return err
		}
		s.handIn(now)
		if err := SheetLife.Fire(tx, s, "submit", by, now); err != nil {
			return err
		}
		if err := keep(tx, by, s, 1, j, "", now); err != nil {
			return err
		}
		if err := lifecycle.Note(tx, by, now, Assignments.Collection, a.Id, "declared_no_conflict"); err != nil {
			return err
		}
		return AssignmentLife.Fire(tx, a, "complete", by, now)
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// open lets the judge of a live assignment write at now, and nobody else.
func open(tx core.App, by access.Actor, a *Assignment, now time.Time) (*Round, error) {
	if err := mine(tx, by, a); err != nil {
		return nil, err
	}
	r, err := Rounds.Find(tx, a.RoundID())
	if err != nil {
		return nil, err
	}
	blocked, err := conflicted(tx, a.JudgeID(), a.SubjectType(), a.Subject())
	switch {
	case err != nil:
		return nil, err
	case blocked:
		return nil, fault.Conflict("assignment.conflict")
	case !a.Live():
		return nil, fault.Conflict("lifecycle.not_now")
	}
	takes, err := takes(tx, r, a, now)
	if err == nil && !takes {
		return nil, fault.Conflict("round.not_open")
	}
	return r, err
}

// takes says whether the sheet of an assignment may be written at now: the round is open, or waits for what is in draft, or
// staff have reopened this one.
func takes(app core.App, r *Round, a *Assignment, now time.Time) (bool, error) {
	s, err := sheetOf(app, a.Id)
	return takesSheet(r, a, s, now), err
}

func takesSheet(r *Round, a *Assignment, s *Sheet, now time.Time) bool {
	if s != nil && s.Status() == SheetSubmitted && r.Status() == RoundClosed && now.Before(a.ReopenedUntil()) {
		return true
	}
	return r.TakesAt(now, s != nil && s.Status() == SheetDraft)
}

// began returns the sheet of an assignment; the first time, both begin.
func began(tx core.App, by access.Actor, a *Assignment, r *Round, now time.Time) (*Sheet, error) {
	s, err := sheetOf(tx, a.Id)
	if err != nil || s != nil {
		return s, err
	}
	if s, err = newSheet(tx, a, r.RubricVersion()); err != nil {
		return nil, err
	}
	if err := tx.Save(s); err != nil {
		return nil, fmt.Errorf("begin the sheet of assignment %s: %w", a.Id, err)
	}
	if err := SheetLife.Fire(tx, s, "begin", by, now); err != nil {
		return nil, err
	}
	return s, AssignmentLife.Fire(tx, a, "begin", by, now)
}

// sound refuses points that the rubric does not know and, when the sheet is to count, what is still missing.
func sound(r *Round, j Judgement, whole bool) error {
	rubric, err := r.Rubric()
	if err != nil {
		return err
	}
	var wrong []error
	for _, key := range rubric.Unfit(j.Scores) {
		wrong = append(wrong, fault.Field("scores."+key, "sheet.score"))
	}
	switch j.Recommendation {
	case Yes, Maybe, No:
	case Undecided:
		if whole {
			wrong = append(wrong, fault.Field("recommendation", "sheet.recommendation"))
		}
	default:
		wrong = append(wrong, fault.Field("recommendation", "sheet.recommendation"))
	}
	if whole {
		for _, key := range rubric.Missing(j.Scores) {
			wrong = append(wrong, fault.Field("scores."+key, "sheet.missing"))
		}
	}
	return fault.Fields(wrong...)
}

// revising is the key under which a save says that it revises a submitted sheet. Only this package can make one.
type revising struct{}

func revise(tx core.App, by access.Actor, s *Sheet, j Judgement, reason string, now time.Time) error {
	if s.Status() != SheetSubmitted {
		return fault.Conflict("lifecycle.not_now")
	}
	number, err := versions(tx, s.Id)
	if err != nil {
		return err
	}
	ctx := context.WithValue(context.Background(), revising{}, true)
	if err := tx.SaveWithContext(ctx, s); err != nil {
		return fmt.Errorf("revise sheet %s: %w", s.Id, err)
	}
	if err := keep(tx, by, s, number+1, j, reason, now); err != nil {
		return err
	}
	return lifecycle.Note(tx, by, now, Sheets.Collection, s.Id, "revise", lifecycle.With(map[string]any{"number": number + 1}))
}

func keep(tx core.App, by access.Actor, s *Sheet, number int, j Judgement, reason string, now time.Time) error {
	v, err := newRevision(tx, s, number, j, by.ID, reason, now)
	if err != nil {
		return err
	}
	if err := tx.Save(v); err != nil {
		return fmt.Errorf("keep version %d of sheet %s: %w", number, s.Id, err)
	}
	return nil
}
