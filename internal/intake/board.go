package intake

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/judging"
	"vuon/internal/judging/score"
	"vuon/internal/lifecycle"
	"vuon/internal/web"
)

// Board is the first cards of each column of an intake. What is loaded is bounded, however many there are.
type Board struct {
	Columns  []lifecycle.State          `json:"columns"`
	Rows     []BoardRow                 `json:"rows"`
	Totals   map[lifecycle.State]int    `json:"totals"` // cards in each column that are looked for
	Next     map[lifecycle.State]string `json:"next"`   // where the next page of a column begins, where there is one
	Capacity int                        `json:"capacity"`
	Taken    int                        `json:"taken"`
	People   map[string]string          `json:"people"` // names of the owners of cards
}

// Lane is a page of one column.
type Lane struct {
	Rows   []BoardRow        `json:"rows"`
	Next   string            `json:"next"`
	People map[string]string `json:"people"`
}

// BoardRow is one card with what it is about.
type BoardRow struct {
	CardView
	Application Handed  `json:"application"`
	Sheets      Tally   `json:"sheets"`
	Decision    Outcome `json:"decision"` // "" while it is not decided
}

// Handed is an application that was handed in, as staff see it in a list.
type Handed struct {
	ID     string          `json:"id"`
	Code   string          `json:"code"`
	Title  string          `json:"title"`
	Sector string          `json:"sector"`
	Status lifecycle.State `json:"status"`
}

// Tally is what the sheets over one application come to, in points.
type Tally struct {
	Done   int              `json:"done"`
	Asked  int              `json:"asked"`
	Mean   score.Mean       `json:"mean"`
	Spread score.Hundredths `json:"spread"`
}

func tallyOf(t judging.Tally) Tally { return Tally{t.Done, t.Asked, t.Mean(), t.Spread().Points()} }

// BoardOf shows the board of an intake to its staff: the first cards of each column that are looked for.
// Errors: access.sign_in, record.not_found.
func BoardOf(ctx context.Context, app core.App, by access.Actor, id string, f Sift, limit int) (*Board, error) {
	i, r, err := boardFor(app, by, id)
	if err != nil {
		return nil, err
	}
	b := &Board{Columns: Columns, Rows: []BoardRow{}, Next: map[lifecycle.State]string{}, Capacity: i.Capacity(), People: map[string]string{}}
	if b.Totals, err = laneTotals(ctx, app, i.Id, r, f); err != nil {
		return nil, err
	}
	if b.Taken, err = placesSeen(app, i.Id, r); err != nil {
		return nil, err
	}
	for _, column := range Columns {
		if b.Totals[column] == 0 || f.Column != "" && f.Column != column {
			continue
		}
		f := f
		f.Column = column
		page, err := lane(ctx, app, i.Id, r, f, nil, limit)
		if err != nil {
			return nil, err
		}
		b.Rows = append(b.Rows, page.Rows...)
		maps.Copy(b.People, page.People)
		if page.Next != "" {
			b.Next[column] = page.Next
		}
	}
	return b, nil
}

// LaneOf shows a page of one column of a board to the staff of the intake. Errors: access.sign_in, record.not_found,
// screening.column, list.after.
func LaneOf(ctx context.Context, app core.App, by access.Actor, id string, f Sift, ask web.Ask) (*Lane, error) {
	i, r, err := boardFor(app, by, id)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(Columns, f.Column) {
		return nil, fault.Field("column", "screening.column")
	}
	from, err := ask.From(2)
	if err != nil {
		return nil, err
	}
	return lane(ctx, app, i.Id, r, f, from, ask.Limit)
}

func lane(ctx context.Context, app core.App, intake string, r reader, f Sift, from []string, limit int) (*Lane, error) {
	lines, err := cards(ctx, app, intake, r, f, from, limit)
	if err != nil {
		return nil, err
	}
	return LaneFrom(lines, limit), nil
}

// LaneFrom makes a page of a column of the rows that were read for it.
func LaneFrom(lines []CardLine, limit int) *Lane {
	lines, next := web.Cut(lines, limit, func(l CardLine) string { return web.Cursor(l.Key, l.Card) })
	page := &Lane{Rows: make([]BoardRow, 0, len(lines)), Next: next, People: map[string]string{}}
	for _, l := range lines {
		page.Rows = append(page.Rows, l.boardRow())
		if l.Owner != "" {
			page.People[l.Owner] = l.OwnerName
		}
	}
	return page
}

func boardFor(app core.App, by access.Actor, id string) (*Intake, reader, error) {
	i, err := intakeFor(app, by, id)
	if err != nil {
		return nil, reader{}, err
	}
	r, err := readerOf(app, by)
	return i, r, err
}

// ListRow is one application in the list of an intake.
type ListRow struct {
	Handed
	Applicant   string          `json:"applicant"`
	SubmittedAt string          `json:"submitted_at"`
	Card        string          `json:"card"`
	Rev         int             `json:"rev"` // of the card
	Column      lifecycle.State `json:"column"`
	Sheets      Tally           `json:"sheets"`
	Decision    Outcome         `json:"decision"`
}

// HandedIn lists what was handed in to an intake, by title, to its staff. Errors: access.sign_in, record.not_found, list.after.
func HandedIn(ctx context.Context, app core.App, by access.Actor, id string, f Sift, ask web.Ask) (rows []ListRow, next string, err error) {
	i, r, err := boardFor(app, by, id)
	if err != nil {
		return nil, "", err
	}
	from, err := ask.From(2)
	if err != nil {
		return nil, "", err
	}
	if f.Order == "" {
		f.Order = "title"
	}
	lines, err := cards(ctx, app, i.Id, r, f, from, ask.Limit)
	if err != nil {
		return nil, "", err
	}
	page := ListFrom(lines, ask.Limit)
	return page.Rows, page.Next, nil
}

// ListFrom makes a page of the list of the rows that were read for it.
func ListFrom(lines []CardLine, limit int) web.List[ListRow] {
	lines, next := web.Cut(lines, limit, func(l CardLine) string { return web.Cursor(l.Key, l.Card) })
	rows := make([]ListRow, 0, len(lines))
	for _, l := range lines {
		rows = append(rows, ListRow{
			Handed: l.handed(), Applicant: l.Applicant, SubmittedAt: strings.Replace(l.SubmittedAt, " ", "T", 1),
			Card: l.Card, Rev: l.Rev, Column: lifecycle.State(l.Column), Sheets: l.tally(), Decision: Outcome(l.Decision),
		})
	}
	return web.ListOf(rows, next)
}

// intakeFor finds an intake for its staff, by id or slug. To everybody else it does not exist.
func intakeFor(app core.App, by access.Actor, id string) (*Intake, error) {
	i, err := intakeCalled(app, id)
	if err != nil {
		if !by.Signed() {
			return nil, fault.Unsigned("access.sign_in")
		}
		return nil, err
	}
	if err := access.MaySee(by, []access.Role{access.Staff, access.Manager}, i.Path()...); err != nil {
		return nil, err
	}
	return i, nil
}

// Worked answers with the id of an intake, called by it or by its slug, to its staff. Errors: access.sign_in, record.not_found.
func Worked(app core.App, by access.Actor, called string) (string, error) {
	i, err := intakeFor(app, by, called)
	if err != nil {
		return "", err
	}
	return i.Id, nil
}

func notThere(err error) error {
	if err != nil {
		return err
	}
	return fault.NotFound("record.not_found")
}

func (l CardLine) handed() Handed {
	return Handed{l.ID, l.Code, l.Title, l.Sector, lifecycle.State(l.Status)}
}

func (l CardLine) boardRow() BoardRow {
	card := CardView{l.Card, lifecycle.State(l.Column), l.Rank, Proposal(l.Proposal), l.Owner, l.Note, l.Rev}
	return BoardRow{card, l.handed(), l.tally(), Outcome(l.Decision)}
}

func cardView(s *Screening) CardView {
	return CardView{s.Id, s.Status(), s.Rank(), s.Proposal(), s.Owner(), s.Note(), s.Rev()}
}
