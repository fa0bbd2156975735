package judging

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/judging/score"
	"vuon/internal/lifecycle"
)

// Brief is what a judge may read of a subject: what was handed in, never by whom.
type Brief struct {
	Title   string
	Answers []Answer
	Over    []access.Scope // where the subject stands, for the roles that reach over it; judges do not learn it
}

// Answer is one question and what was answered.
type Answer struct {
	Key     string `json:"key"`
	LabelVI string `json:"label_vi"`
	LabelEN string `json:"label_en"`
	Value   any    `json:"value"`
	TextVI  string `json:"text_vi,omitempty"` // the words of a choice
	TextEN  string `json:"text_en,omitempty"`

	Files []Attachment `json:"files,omitempty"`
	Safe  bool         `json:"-"` // whether it may be read where nobody is to know who wrote it
}

// Task is one line of a judge's queue.
type Task struct {
	ID       string          `json:"id"`
	Status   lifecycle.State `json:"status"`
	DueAt    *time.Time      `json:"due_at"`
	Title    string          `json:"title"`
	Progress Progress        `json:"progress"`
	Sheet    SheetState      `json:"sheet"`
	Open     bool            `json:"open"` // whether the sheet can be written now
	Round    string          `json:"round"`
	RoundVI  string          `json:"round_vi"`
	RoundEN  string          `json:"round_en"`
}

// Progress is how many criteria have points.
type Progress struct {
	N  int `json:"n"`
	Of int `json:"of"`
}

// SheetState is where a sheet stands; Rev is 0 before its first line is written.
type SheetState struct {
	Status lifecycle.State `json:"status"`
	Rev    int             `json:"rev"`
}

// RoundView is what a judge knows of the round.
type RoundView struct {
	TitleVI    string          `json:"title_vi"`
	TitleEN    string          `json:"title_en"`
	Status     lifecycle.State `json:"status"`
	ClosesAt   *time.Time      `json:"closes_at"`
	GraceUntil *time.Time      `json:"grace_until"` // until when a sheet in draft may still be handed in; null without grace
	Blind      bool            `json:"blind"`
	AfterOwn   bool            `json:"after_own"` // whether the sheets of the others are shown once one's own is in
	Rubric     score.Rubric    `json:"rubric"`
}

// OtherSheet is the sheet of another judge of the same subject. What they wrote for staff alone is not in it.
type OtherSheet struct {
	Judge          string           `json:"judge"` // their name
	Scores         score.Scores     `json:"scores"`
	Total          score.Hundredths `json:"total"`
	Recommendation Recommendation   `json:"recommendation"`
	Comment        string           `json:"comment"`
}

// SubjectView is what a judge knows of the subject.
type SubjectView struct {
	Title   string   `json:"title"`
	Answers []Answer `json:"answers"`
}

// SheetView is the judge's own sheet.
type SheetView struct {
	SheetState
	Judgement
	Total       score.Hundredths `json:"total"` // in points
	SubmittedAt *time.Time       `json:"submitted_at"`
}

// Desk is everything a judge has before them for one assignment.
type Desk struct {
	Assignment Task        `json:"assignment"`
	Round      RoundView   `json:"round"`
	Subject    SubjectView `json:"subject"`
	Sheet      SheetView   `json:"sheet"`

	Others  []OtherSheet `json:"others"`  // none before one's own sheet is in, nor where the round keeps them apart
	Discuss bool         `json:"discuss"` // whether the judge may talk with the panel
}

func sheetView(app core.App, a *Assignment) (SheetView, error) {
	s, err := sheetOf(app, a.Id)
	if err != nil {
		return SheetView{}, err
	}
	if s == nil {
		return SheetView{SheetState: SheetState{Status: SheetEmpty}, Judgement: Judgement{Scores: score.Scores{}}}, nil
	}
	return viewOf(s)
}

func viewOf(s *Sheet) (SheetView, error) {
	j, err := s.Judgement()
	return SheetView{
		SheetState: SheetState{s.Status(), s.Rev()}, Judgement: j, Total: s.Total().Points(), SubmittedAt: instant(s.SubmittedAt()),
	}, err
}

// instant is a point in time for an answer: null where there is none.
func instant(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}
