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
	TitleVI  string          `json:"title_vi"`
	TitleEN  string          `json:"title_en"`
	Status   lifecycle.State `json:"status"`
	ClosesAt *time.Time      `json:"closes_at"`
	Rubric   score.Rubric    `json:"rubric"`
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
}

// Queue is what a judge was asked to judge and may still read, in an order that says nothing of who was first.
func Queue(app core.App, by access.Actor, now time.Time) ([]Task, error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	all, err := assignedTo(app, by.ID)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b *Assignment) int { return strings.Compare(a.Alias()+a.Id, b.Alias()+b.Id) })
	tasks := []Task{}
	for _, a := range all {
		d, err := desk(app, by, a, now)
		switch {
		case fault.Code(err) == "record.not_found":
			continue // a role that has ended shows nothing
		case err != nil:
			return nil, err
		}
		tasks = append(tasks, d.Assignment)
	}
	return tasks, nil
}

// Before is what a judge has before them for one assignment that is still theirs. The judge only.
// Errors: record.not_found.
func Before(app core.App, by access.Actor, id string, now time.Time) (*Desk, error) {
	a, err := Assignments.Find(app, id)
	if err != nil {
		return nil, err
	}
	return desk(app, by, a, now)
}

func desk(app core.App, by access.Actor, a *Assignment, now time.Time) (*Desk, error) {
	if err := mine(app, by, a); err != nil {
		return nil, err
	}
	if !a.Live() {
		return nil, fault.NotFound("record.not_found")
	}
	r, err := Rounds.Find(app, a.RoundID())
	if err != nil {
		return nil, err
	}
	rubric, err := r.Rubric()
	if err != nil {
		return nil, err
	}
	brief, err := needs(app).Subject(app, a.SubjectType(), a.Subject())
	if err != nil {
		return nil, err
	}
	brief = brief.For(placed(a, r))
	sheet, err := sheetView(app, a)
	if err != nil {
		return nil, err
	}
	blocked, err := conflicted(app, a.JudgeID(), a.SubjectType(), a.Subject())
	if err != nil {
		return nil, err
	}
	return &Desk{
		Assignment: Task{
			ID: a.Id, Status: a.Status(), DueAt: instant(a.DueAt()), Title: brief.Title, Sheet: sheet.SheetState,
			Progress: Progress{len(sheet.Scores), len(rubric)}, Open: r.TakesAt(now) && !blocked,
		},
		Round:   RoundView{r.TitleVI(), r.TitleEN(), r.Status(), instant(r.ClosesAt()), rubric},
		Subject: SubjectView{brief.Title, brief.Answers},
		Sheet:   sheet,
	}, nil
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
