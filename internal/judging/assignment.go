package judging

import (
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Assignments ask one judge to judge one subject in one round. An index holds that nobody is asked twice.
var Assignments = record.Of[Assignment]("assignments")

// Assignment is one such request.
type Assignment struct{ core.BaseRecordProxy }

// The states of an assignment.
const (
	AssignmentProposed   lifecycle.State = "proposed"
	AssignmentOffered    lifecycle.State = "offered"
	AssignmentAccepted   lifecycle.State = "accepted"
	AssignmentDeclined   lifecycle.State = "declined"
	AssignmentExpired    lifecycle.State = "expired"
	AssignmentInProgress lifecycle.State = "in_progress"
	AssignmentCompleted  lifecycle.State = "completed"
	AssignmentRecused    lifecycle.State = "recused"
	AssignmentRevoked    lifecycle.State = "revoked"
	AssignmentConflict   lifecycle.State = "conflict_found"
)

// AssignmentLife is every legal move of an assignment.
var AssignmentLife = lifecycle.Table{
	Collection: Assignments.Collection,
	Start:      AssignmentProposed,
	Ends:       []lifecycle.State{AssignmentDeclined, AssignmentExpired, AssignmentRecused, AssignmentRevoked, AssignmentConflict},
	Moves: []lifecycle.Move{
		lifecycle.Moved("assignment", "offer", AssignmentOffered, AssignmentProposed),
		lifecycle.Moved("assignment", "accept", AssignmentAccepted, AssignmentOffered),
		lifecycle.Moved("assignment", "decline", AssignmentDeclined, AssignmentOffered, AssignmentAccepted),
		lifecycle.Moved("assignment", "begin", AssignmentInProgress, AssignmentOffered, AssignmentAccepted),
		lifecycle.Moved("assignment", "complete", AssignmentCompleted, AssignmentInProgress),
		lifecycle.Moved("assignment", "expire", AssignmentExpired, AssignmentOffered),
		lifecycle.Moved("assignment", "recuse", AssignmentRecused, AssignmentOffered, AssignmentAccepted, AssignmentInProgress, AssignmentCompleted),
		lifecycle.Moved("assignment", "revoke", AssignmentRevoked, AssignmentProposed, AssignmentOffered, AssignmentAccepted, AssignmentInProgress),
		lifecycle.Moved("assignment", "void", AssignmentConflict, AssignmentOffered, AssignmentAccepted, AssignmentInProgress, AssignmentCompleted),
	},
}

// live are the states in which a judge is at work, or was and is done.
var live = []lifecycle.State{AssignmentOffered, AssignmentAccepted, AssignmentInProgress, AssignmentCompleted}

// held are the states that count against the number that a judge took: also what is proposed.
var held = append([]lifecycle.State{AssignmentProposed}, live...)

// aliasLetters leave out what people misread.
const aliasLetters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

func newAssignment(app core.App, round, subjectType, subject, judge string, due time.Time) (*Assignment, error) {
	a, err := Assignments.New(app)
	if err != nil {
		return nil, err
	}
	a.Set("round", round)
	a.Set("subject_type", subjectType)
	a.Set("subject", subject)
	a.Set("judge", judge)
	a.Set("alias", security.RandomStringWithAlphabet(4, aliasLetters))
	if !due.IsZero() {
		a.Set("due_at", due)
	}
	return a, nil
}

// Status is where the assignment stands.
func (a *Assignment) Status() lifecycle.State { return lifecycle.State(a.GetString("status")) }

// RoundID is the round in which the judge judges.
func (a *Assignment) RoundID() string { return a.GetString("round") }

// SubjectType is what kind of thing is judged: application or entry.
func (a *Assignment) SubjectType() string { return a.GetString("subject_type") }

// Subject is the id of what is judged. Judges do not learn it.
func (a *Assignment) Subject() string { return a.GetString("subject") }

// JudgeID is the user who judges.
func (a *Assignment) JudgeID() string { return a.GetString("judge") }

// Alias is what a blind round calls the subject, another for every judge.
func (a *Assignment) Alias() string { return a.GetString("alias") }

// DueAt is when the sheet should be there; zero when nobody said.
func (a *Assignment) DueAt() time.Time { return a.GetDateTime("due_at").Time() }

// Because is why the judge declined or recused themselves; "" otherwise.
func (a *Assignment) Because() string { return a.GetString("declined_because") }

// Live says whether the judge is at work on it, or was and is done.
func (a *Assignment) Live() bool { return slices.Contains(live, a.Status()) }

// Outstanding says whether a sheet is still to come.
func (a *Assignment) Outstanding() bool { return a.Live() && a.Status() != AssignmentCompleted }

// Beyond is why the judge was asked for more than they took upon themselves; "" when they were not.
func (a *Assignment) Beyond() string { return a.GetString("beyond") }

// ReopenedUntil is the instant until which the judge may revise their sheet although the round is closed; zero otherwise.
func (a *Assignment) ReopenedUntil() time.Time { return a.GetDateTime("reopened_until").Time() }

func (a *Assignment) goBeyond(reason string) { a.Set("beyond", strings.TrimSpace(reason)) }

func (a *Assignment) dueBy(at time.Time) { a.Set("due_at", at) }

func (a *Assignment) reopen(until time.Time) { a.Set("reopened_until", until) }

func (a *Assignment) because(reason string) { a.Set("declined_because", strings.TrimSpace(reason)) }

func (a *Assignment) sameRoots(b *Assignment) bool {
	for _, field := range []string{"round", "subject_type", "subject", "judge", "alias"} {
		if a.GetString(field) != b.GetString(field) {
			return false
		}
	}
	return true
}
