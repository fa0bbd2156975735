package judging

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/judging/score"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Sheets are what judges write, one for an assignment.
var Sheets = record.Of[Sheet]("score_sheets")

// Sheet is one judge's points for one subject. Its total is reckoned by a guard, for every writer.
type Sheet struct{ core.BaseRecordProxy }

// The states of a sheet.
const (
	SheetEmpty     lifecycle.State = "empty"
	SheetDraft     lifecycle.State = "draft"
	SheetSubmitted lifecycle.State = "submitted"
	SheetSealed    lifecycle.State = "sealed"
	SheetCounted   lifecycle.State = "counted"
	SheetExcluded  lifecycle.State = "excluded"
)

// SheetLife is every legal move of a sheet. A revision of a submitted one is no move.
var SheetLife = lifecycle.Table{
	Collection: Sheets.Collection,
	Start:      SheetEmpty,
	Ends:       []lifecycle.State{SheetExcluded},
	Moves: []lifecycle.Move{
		lifecycle.Moved("sheet", "begin", SheetDraft, SheetEmpty),
		lifecycle.Moved("sheet", "submit", SheetSubmitted, SheetDraft),
		lifecycle.Moved("sheet", "seal", SheetSealed, SheetSubmitted),
		lifecycle.Moved("sheet", "count", SheetCounted, SheetSealed),
		lifecycle.Moved("sheet", "reopen", SheetSubmitted, SheetSealed),
		lifecycle.Moved("sheet", "exclude", SheetExcluded, SheetEmpty, SheetDraft, SheetSubmitted, SheetSealed, SheetCounted),
	},
}

// Recommendation is what a judge advises beside the points.
type Recommendation string

// The recommendations.
const (
	Undecided Recommendation = ""
	Yes       Recommendation = "yes"
	Maybe     Recommendation = "maybe"
	No        Recommendation = "no"
)

// Judgement is what a judge writes on a sheet.
type Judgement struct {
	Scores         score.Scores   `json:"scores"`
	Recommendation Recommendation `json:"recommendation"`
	Comment        string         `json:"comment"` // staff may pass it on to whoever is judged
	Note           string         `json:"note"`    // for staff alone
}

func newSheet(app core.App, a *Assignment, rubricVersion int) (*Sheet, error) {
	s, err := Sheets.New(app)
	if err != nil {
		return nil, err
	}
	s.Set("assignment", a.Id)
	s.Set("round", a.RoundID())
	s.Set("judge", a.JudgeID())
	s.Set("rubric_version", rubricVersion)
	s.Set("scores", score.Scores{})
	return s, nil
}

// Status is where the sheet stands.
func (s *Sheet) Status() lifecycle.State { return lifecycle.State(s.GetString("status")) }

// AssignmentID is the request that the sheet answers.
func (s *Sheet) AssignmentID() string { return s.GetString("assignment") }

// RoundID is the round that it belongs to.
func (s *Sheet) RoundID() string { return s.GetString("round") }

// JudgeID is who writes it.
func (s *Sheet) JudgeID() string { return s.GetString("judge") }

// Total is the sum of weight times score, as the guard has reckoned it.
func (s *Sheet) Total() score.Total { return score.Total(s.GetInt("total")) }

// RubricVersion is the version of the rubric by which it was scored.
func (s *Sheet) RubricVersion() int { return s.GetInt("rubric_version") }

// SubmittedAt is when it was first submitted; zero before.
func (s *Sheet) SubmittedAt() time.Time { return s.GetDateTime("submitted_at").Time() }

// ExcludedBecause is why it does not count; "" while it may.
func (s *Sheet) ExcludedBecause() string { return s.GetString("excluded_because") }

// Rev is the revision of the row.
func (s *Sheet) Rev() int { return record.Rev(s) }

// Judgement is what the judge has written so far.
func (s *Sheet) Judgement() (Judgement, error) {
	j := Judgement{Recommendation: Recommendation(s.GetString("recommendation")), Comment: s.GetString("comment"), Note: s.GetString("note")}
	stored := map[string]int64{} // hundredths, so that the database adds up whole numbers too
	if err := json.Unmarshal([]byte(s.GetString("scores")), &stored); err != nil {
		return j, fmt.Errorf("read the scores of sheet %s: %w", s.Id, err)
	}
	j.Scores = points(stored)
	return j, nil
}

func (s *Sheet) write(j Judgement) {
	s.Set("scores", stored(j.Scores))
	s.Set("recommendation", string(j.Recommendation))
	s.Set("comment", j.Comment)
	s.Set("note", j.Note)
}

func (s *Sheet) handIn(now time.Time) { s.Set("submitted_at", now) }

func (s *Sheet) reckoned(total score.Total) { s.Set("total", int64(total)) }

func (s *Sheet) exclude(reason string) { s.Set("excluded_because", reason) }

func (s *Sheet) sameRoots(b *Sheet) bool {
	return s.AssignmentID() == b.AssignmentID() && s.RoundID() == b.RoundID() && s.JudgeID() == b.JudgeID() && s.RubricVersion() == b.RubricVersion()
}

func (s *Sheet) sameJudgement(b *Sheet) bool {
	for _, field := range []string{"scores", "recommendation", "comment", "note", "submitted_at"} {
		if s.GetString(field) != b.GetString(field) {
			return false
		}
	}
	return true
}

func stored(s score.Scores) map[string]int64 {
	plain := map[string]int64{}
	for key, n := range s {
		plain[key] = int64(n)
	}
	return plain
}

func points(plain map[string]int64) score.Scores {
	s := score.Scores{}
	for key, n := range plain {
		s[key] = score.Hundredths(n)
	}
	return s
}
