package intake

import (
	"context"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/judging"
	"vuon/internal/judging/score"
	"vuon/internal/lifecycle"
	"vuon/internal/web"
)

// Board is the cards of an intake.
type Board struct {
	Columns  []lifecycle.State `json:"columns"`
	Rows     []BoardRow        `json:"rows"`
	Capacity int               `json:"capacity"`
	Taken    int               `json:"taken"`
	People   map[string]string `json:"people"` // names of the owners of cards
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

// BoardOf shows the board of an intake to its staff. Errors: access.sign_in, record.not_found.
func BoardOf(ctx context.Context, app core.App, by access.Actor, id string) (*Board, error) {
	i, err := intakeFor(app, by, id)
	if err != nil {
		return nil, err
	}
	r, err := readerOf(app, by)
	if err != nil {
		return nil, err
	}
	lines, err := handedIn(ctx, app, i.Id, r, listAsk{Ask: web.Ask{Limit: everything}})
	if err != nil {
		return nil, err
	}
	tallies, err := judging.Tallies(app, ownerType, i.Id)
	if err != nil {
		return nil, err
	}
	taken, err := placesSeen(app, i.Id, r)
	if err != nil {
		return nil, err
	}
	b := &Board{Columns: Columns, Rows: []BoardRow{}, Capacity: i.Capacity(), Taken: taken}
	var owners []string
	for _, l := range lines {
		owners = append(owners, l.Owner)
		b.Rows = append(b.Rows, l.boardRow(tallyOf(tallies[l.ID])))
	}
	b.People, err = names(app, owners)
	return b, err
}

// ListRow is one application in the list of an intake.
type ListRow struct {
	Handed
	Applicant   string          `json:"applicant"`
	SubmittedAt string          `json:"submitted_at"`
	Column      lifecycle.State `json:"column"`
	Sheets      Tally           `json:"sheets"`
	Decision    Outcome         `json:"decision"`
}

// HandedIn lists what was handed in to an intake, by title, to its staff. Errors: access.sign_in, record.not_found.
func HandedIn(ctx context.Context, app core.App, by access.Actor, id string, ask listAsk) (rows []ListRow, next string, err error) {
	i, err := intakeFor(app, by, id)
	if err != nil {
		return nil, "", err
	}
	r, err := readerOf(app, by)
	if err != nil {
		return nil, "", err
	}
	lines, err := handedIn(ctx, app, i.Id, r, ask)
	if err != nil {
		return nil, "", err
	}
	lines, next = web.Cut(lines, ask.Limit, func(l handedLine) string { return l.ID })
	tallies, err := judging.Tallies(app, ownerType, i.Id)
	if err != nil {
		return nil, "", err
	}
	rows = []ListRow{}
	for _, l := range lines {
		rows = append(rows, ListRow{
			Handed: l.handed(), Applicant: l.Applicant, SubmittedAt: strings.Replace(l.SubmittedAt, " ", "T", 1),
			Column: lifecycle.State(l.Column), Sheets: tallyOf(tallies[l.ID]), Decision: Outcome(l.Decision),
		})
	}
	return rows, next, nil
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

func notThere(err error) error {
	if err != nil {
		return err
	}
	return fault.NotFound("record.not_found")
}

func (l handedLine) handed() Handed {
	return Handed{l.ID, l.Code, l.Title, l.Sector, lifecycle.State(l.Status)}
}

func (l handedLine) boardRow(t Tally) BoardRow {
	card := CardView{l.Card, lifecycle.State(l.Column), l.Rank, Proposal(l.Proposal), l.Owner, l.Note, l.Rev}
	return BoardRow{card, l.handed(), t, Outcome(l.Decision)}
}

func cardView(s *Screening) CardView {
	return CardView{s.Id, s.Status(), s.Rank(), s.Proposal(), s.Owner(), s.Note(), s.Rev()}
}
