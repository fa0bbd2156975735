package judging

import (
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
)

// Queue is what a judge was asked to judge and may still read, in an order that says nothing of who was first. However long
// it is, it takes a few queries.
func Queue(app core.App, by access.Actor, now time.Time) ([]Task, error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	all, err := assignedTo(app, by.ID)
	if err != nil || len(all) == 0 {
		return []Task{}, err
	}
	rounds, err := seatedIn(app, by, all)
	if err != nil {
		return nil, err
	}
	sheets, err := sheetsOf(app, by.ID)
	if err != nil {
		return nil, err
	}
	conflicts, err := conflictsOf(app, by.ID)
	if err != nil {
		return nil, err
	}
	titles, err := titlesFor(app, all, rounds)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b *Assignment) int { return strings.Compare(a.Alias()+a.Id, b.Alias()+b.Id) })
	tasks := []Task{}
	for _, a := range all {
		r := rounds[a.RoundID()]
		if r == nil {
			continue // a role that has ended shows nothing
		}
		task, err := taskOf(a, r, sheets[a.Id], titles[a.Subject()].Title, conflicts[a.SubjectType()+a.Subject()], now)
		if err != nil {
			return nil, err
		}
		tasks = append(tasks, task)
	}
	return tasks, nil
}

func taskOf(a *Assignment, r *Round, s *Sheet, title string, blocked bool, now time.Time) (Task, error) {
	rubric, err := r.Rubric()
	if err != nil {
		return Task{}, err
	}
	sheet := SheetView{SheetState: SheetState{Status: SheetEmpty}}
	if s != nil {
		if sheet, err = viewOf(s); err != nil {
			return Task{}, err
		}
	}
	if r.Blind() {
		title = a.Alias()
	}
	return Task{
		ID: a.Id, Status: a.Status(), DueAt: instant(a.DueAt()), Title: title, Sheet: sheet.SheetState,
		Progress: Progress{len(sheet.Scores), len(rubric)}, Open: takesSheet(r, a, s, now) && !blocked,
		Round: r.Id, RoundVI: r.TitleVI(), RoundEN: r.TitleEN(),
	}, nil
}

// seatedIn are the rounds of some assignments in which somebody still holds the role of a judge.
func seatedIn(app core.App, by access.Actor, all []*Assignment) (map[string]*Round, error) {
	var ids []string
	for _, a := range all {
		ids = append(ids, a.RoundID())
	}
	return heldRounds(app, by, ids)
}

func heldRounds(app core.App, by access.Actor, ids []string) (map[string]*Round, error) {
	rounds, err := roundsBy(app, ids)
	if err != nil {
		return nil, err
	}
	held, asked := map[string]*Round{}, map[string]bool{}
	for _, r := range rounds {
		owner := r.OwnerType() + r.Owner()
		may, known := asked[owner]
		if !known {
			over, err := needs(app).Over(app, r.OwnerType(), r.Owner())
			if err != nil {
				return nil, err
			}
			may = by.Holds(access.Judge, over...)
			asked[owner] = may
		}
		if may {
			held[r.Id] = r
		}
	}
	return held, nil
}

// titlesFor are the titles of what is not judged blind.
func titlesFor(app core.App, all []*Assignment, rounds map[string]*Round) (map[string]Title, error) {
	open := map[string][]string{}
	for _, a := range all {
		if r := rounds[a.RoundID()]; r != nil && !r.Blind() {
			open[a.SubjectType()] = append(open[a.SubjectType()], a.Subject())
		}
	}
	titles := map[string]Title{}
	for kind, subjects := range open {
		some, err := needs(app).Titles(app, kind, subjects)
		if err != nil {
			return nil, err
		}
		for id, title := range some {
			titles[id] = title
		}
	}
	return titles, nil
}

// Before is what a judge has before them for one assignment that is still theirs. The judge only.
// Errors: record.not_found.
func Before(app core.App, by access.Actor, id string, now time.Time) (*Desk, error) {
	a, err := Assignments.Find(app, id)
	if err != nil {
		return nil, err
	}
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
	return desk(app, a, r, now)
}

func desk(app core.App, a *Assignment, r *Round, now time.Time) (*Desk, error) {
	brief, err := needs(app).Subject(app, a.SubjectType(), a.Subject())
	if err != nil {
		return nil, err
	}
	brief = brief.For(placed(a, r))
	s, err := sheetOf(app, a.Id)
	if err != nil {
		return nil, err
	}
	sheet, err := sheetView(app, a)
	if err != nil {
		return nil, err
	}
	blocked, err := conflicted(app, a.JudgeID(), a.SubjectType(), a.Subject())
	if err != nil {
		return nil, err
	}
	task, err := taskOf(a, r, s, brief.Title, blocked, now)
	if err != nil {
		return nil, err
	}
	rubric, err := r.Rubric()
	if err != nil {
		return nil, err
	}
	d := &Desk{
		Assignment: task, Subject: SubjectView{brief.Title, brief.Answers}, Sheet: sheet, Others: []OtherSheet{},
		Round: RoundView{
			TitleVI: r.TitleVI(), TitleEN: r.TitleEN(), Status: r.Status(), ClosesAt: instant(r.ClosesAt()), Rubric: rubric,
			Blind: r.Blind(), AfterOwn: r.OthersVisible(), GraceUntil: graceOf(r),
		},
	}
	if s == nil || !handedIn(s) || blocked {
		return d, nil
	}
	d.Discuss = true
	if r.OthersVisible() {
		d.Others, err = others(app, a)
	}
	return d, err
}

func graceOf(r *Round) *time.Time {
	if r.Grace() == 0 {
		return nil
	}
	return instant(r.GraceUntil())
}

func handedIn(s *Sheet) bool { return in(s.Status(), SheetSubmitted, SheetSealed, SheetCounted) }

// others are the sheets of the other judges of the same subject in the same round, by name.
func others(app core.App, a *Assignment) ([]OtherSheet, error) {
	sheets, err := sheetsAbout(app, a.RoundID(), a.SubjectType(), a.Subject())
	if err != nil {
		return nil, err
	}
	var judges []string
	for _, s := range sheets {
		judges = append(judges, s.JudgeID())
	}
	names, err := called(app, judges)
	if err != nil {
		return nil, err
	}
	all := []OtherSheet{}
	for _, s := range sheets {
		if s.JudgeID() == a.JudgeID() {
			continue
		}
		j, err := s.Judgement()
		if err != nil {
			return nil, err
		}
		all = append(all, OtherSheet{names[s.JudgeID()], j.Scores, s.Total().Points(), j.Recommendation, j.Comment})
	}
	slices.SortFunc(all, func(x, y OtherSheet) int { return strings.Compare(x.Judge, y.Judge) })
	return all, nil
}
