package judging

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/judging/score"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Needs are the facts that this room asks of whoever owns rounds. The roof fills them in.
type Needs struct {
	// Subject is what may be read of a subject. A missing one is the fault "record.not_found".
	Subject func(app core.App, subjectType, subject string) (Brief, error)

	// Related is a code of why a judge stands too near to a subject, such as "applicant" or "member", or "".
	Related func(app core.App, judge, subjectType, subject string) (string, error)

	// Over is where an owner of rounds stands, for the roles that reach over it.
	Over func(app core.App, ownerType, owner string) ([]access.Scope, error)

	// Relations are all such codes between some judges and some subjects, in a few queries however many they are.
	Relations func(app core.App, subjectType string, subjects, judges []string) ([]Relation, error)

	// Entered lists what an owner has to be judged, by id: handed in, and not taken back.
	Entered func(app core.App, ownerType, owner string) ([]string, error)

	// Titles tell staff what subjects are called, by id.
	Titles func(app core.App, subjectType string, subjects []string) (map[string]Title, error)

	// Hidden are the subjects of an owner that somebody must learn nothing of, for they are their own.
	Hidden func(app core.App, by access.Actor, ownerType, owner string) (map[string]bool, error)

	// Ready refuses to open a round of an owner while what is judged may still change.
	Ready func(app core.App, ownerType, owner string) error

	// Identity are the words by which somebody could tell whose a subject is: its title, and names.
	Identity func(app core.App, subjectType, subject string) ([]string, error)
}

// Relation is a code of why one judge stands too near to one subject.
type Relation struct{ Judge, Subject, Basis string }

// Title is what a subject is called, and its code.
type Title struct {
	Code  string `json:"code"`
	Title string `json:"title"`
}

const needsKey = "judging.needs"

// needs are those of the house. Bind has set them.
func needs(app core.App) Needs {
	n, _ := app.Store().Get(needsKey).(Needs)
	return n
}

// Tables are the lives of the room's rows.
func Tables() []lifecycle.Table {
	return []lifecycle.Table{RoundLife, CommitmentLife, AssignmentLife, SheetLife, ConflictLife}
}

// Bind puts the room's laws in place.
func Bind(app core.App, given Needs) {
	app.Store().Set(needsKey, given)
	for _, table := range Tables() {
		table.Guard(app)
	}
	record.Guard{ID: "judging.terms", Collection: Rounds.Collection, Law: terms}.Bind(app)
	record.Guard{ID: "judging.conflict", Collection: Assignments.Collection, Law: apart}.Bind(app)
	record.Guard{ID: "judging.judgement", Collection: Sheets.Collection, Law: judgement}.Bind(app)
	record.Guard{ID: "judging.accusation", Collection: Conflicts.Collection, Law: accusation}.Bind(app)
	record.Guard{ID: "judging.capacity", Collection: Assignments.Collection, Law: within}.Bind(app)
	record.Guard{ID: "judging.commitment", Collection: Commitments.Collection, Law: commitment}.Bind(app)
	record.Guard{ID: "judging.comment", Collection: Comments.Collection, Law: comment}.Bind(app)
	record.Revised(app, Rounds.Collection, Assignments.Collection, Sheets.Collection, Conflicts.Collection, Commitments.Collection)
}

// terms refuses a rubric that cannot be scored by, and any change of the terms once they are frozen.
// Errors: round.rubric, round.ties, round.rule, round.judges, round.grace_long, round.rooted, round.frozen.
func terms(e *core.RecordEvent, was *core.Record) error {
	r := Rounds.From(e.Record)
	rubric, err := r.Rubric()
	if err != nil || rubric.Check() != nil {
		return fault.Field("rubric", "round.rubric")
	}
	if chain, err := r.Ties(); err != nil {
		return fault.Field("ties", "round.ties")
	} else if _, err := score.Rank(rubric, nil, chain); err != nil {
		return fault.Field("ties", "round.ties")
	}
	if err := sane(r); err != nil {
		return err
	}
	if was == nil {
		return nil
	}
	old := Rounds.From(was)
	switch {
	case !r.sameRoots(old):
		return fault.Conflict("round.rooted")
	case old.frozen() && !r.sameTerms(old):
		return fault.Conflict("round.frozen")
	}
	return nil
}

// apart refuses to ask a judge with a conflict, to judge what has not come so far, and to give an assignment to somebody
// else. Errors: assignment.conflict, assignment.not_entered, assignment.rooted.
func apart(e *core.RecordEvent, was *core.Record) error {
	a := Assignments.From(e.Record)
	if was != nil {
		if !a.sameRoots(Assignments.From(was)) {
			return fault.Conflict("assignment.rooted")
		}
		return nil
	}
	blocked, err := conflicted(e.App, a.JudgeID(), a.SubjectType(), a.Subject())
	switch {
	case err != nil:
		return err
	case blocked:
		return fault.Conflict("assignment.conflict")
	}
	return come(e.App, a)
}

// judgement reckons the total, and refuses points outside the rubric, a change of what was handed in otherwise than by a
// revision, and a change of judge. Errors: sheet.rooted, sheet.frozen, and those of Save.
func judgement(e *core.RecordEvent, was *core.Record) error {
	s := Sheets.From(e.Record)
	r, err := Rounds.Find(e.App, s.RoundID())
	if err != nil {
		return err
	}
	j, err := s.Judgement()
	if err != nil {
		return fault.Field("scores", "sheet.score")
	}
	if was != nil {
		old := Sheets.From(was)
		revised, _ := e.Context.Value(revising{}).(bool)
		handedIn := old.Status() == SheetDraft && s.Status() == SheetSubmitted
		written := old.Status() == SheetEmpty || old.Status() == SheetDraft && s.SubmittedAt().IsZero()
		mended := revised && old.Status() == SheetSubmitted && s.Status() == SheetSubmitted
		switch {
		case !s.sameRoots(old):
			return fault.Conflict("sheet.rooted")
		case !s.sameJudgement(old) && !handedIn && !written && !mended:
			return fault.Conflict("sheet.frozen")
		}
	}
	if err := sound(r, j, s.Status() == SheetSubmitted); err != nil {
		return err
	}
	rubric, err := r.Rubric()
	if err != nil {
		return err
	}
	s.reckoned(rubric.Total(j.Scores))
	return nil
}

// accusation refuses to turn a conflict against somebody else. Error: conflict.rooted.
func accusation(e *core.RecordEvent, was *core.Record) error {
	if was != nil && !Conflicts.From(e.Record).sameRoots(Conflicts.From(was)) {
		return fault.Conflict("conflict.rooted")
	}
	return nil
}
