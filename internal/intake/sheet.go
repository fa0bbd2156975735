package intake

import (
	"context"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/intake/form"
	"vuon/internal/locale"
	"vuon/internal/web"
)

// writing is how a table is to be written.
type writing struct {
	lang      locale.Lang
	say       func(key string, values ...string) string
	house     string // the address of the house, for links
	sensitive bool   // with the answers that the law calls sensitive; managers only
}

// sheetHead are the columns before the answers. Their words are book.<key>.
var sheetHead = []string{
	"code", "title", "applicant", "status", "column", "submitted_at", "asked", "done", "mean", "spread", "owner", "rank", "proposal", "decision", "link",
}

// chunk is how many applications are read at once: a table of a hundred thousand fits into little memory.
const chunk = 500

// SheetOf writes what was handed in to an intake and fits what is looked for as a table, one column a question, to its staff.
// Sensitive answers stand in it for managers who ask for them, decisions for managers and after the release.
// Errors: access.sign_in, record.not_found, access.needs_manager.
func SheetOf(ctx context.Context, app core.App, by access.Actor, id string, f Sift, w writing) (head []string, rows iter.Seq2[[]any, error], err error) {
	i, r, err := boardFor(app, by, id)
	if err != nil {
		return nil, nil, err
	}
	manages := access.MayDecide(by, i.Path()...)
	if w.sensitive && manages != nil {
		return nil, nil, manages
	}
	v, err := FormVersions.Find(app, i.FormVersionID())
	if err != nil {
		return nil, nil, err
	}
	schema, err := v.Schema()
	if err != nil {
		return nil, nil, err
	}
	for _, key := range sheetHead {
		head = append(head, w.say("book."+key))
	}
	var questions form.Schema
	for _, q := range schema {
		if q.PIIClass == form.Sensitive && !w.sensitive {
			continue
		}
		questions = append(questions, q)
		head = append(head, q.Label().Text(w.lang))
	}
	decided := manages == nil || i.in(IntakeReleased, IntakeArchived)
	f.Order = "title"
	return head, func(yield func([]any, error) bool) {
		var from []string
		for {
			lines, err := cards(ctx, app, i.Id, r, f, from, chunk)
			if err != nil {
				yield(nil, err)
				return
			}
			lines, next := web.Cut(lines, chunk, func(l CardLine) string { return l.Card })
			given, err := handedAnswers(ctx, app, lines)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, l := range lines {
				if !yield(w.line(l, decided, questions, given[l.ID]), nil) {
					return
				}
			}
			if next == "" {
				return
			}
			last := lines[len(lines)-1]
			from = []string{last.Key, last.Card}
		}
	}, nil
}

// line is one application as a row.
func (w writing) line(l CardLine, decided bool, questions form.Schema, given Answers) []any {
	t := l.tally()
	var mean, spread, rank any
	if t.Done > 0 {
		mean, spread = float64(t.Mean.Points())/100, float64(t.Spread)/100
	}
	if l.Rank > 0 {
		rank = l.Rank
	}
	link := web.Address(w.house + "/app/applications/" + l.ID)
	row := []any{
		l.Code, l.Title, l.Applicant, w.say("status.applications." + l.Status), w.say("status.screenings." + l.Column), keptAt(l.SubmittedAt),
		t.Asked, t.Done, mean, spread, l.OwnerName, rank, "", "", link,
	}
	if l.Proposal != "" {
		row[12] = w.say("screening.proposal_" + l.Proposal)
	}
	if decided && l.Decision != "" {
		row[13] = w.say("status.decisions." + l.Decision)
	}
	for _, q := range questions {
		row = append(row, w.cell(q, given[q.Key], link))
	}
	return row
}

// cell is one answer: numbers as numbers, days as days, several choices and the rows of a table joined, files as a way to them.
func (w writing) cell(q form.Question, value any, link web.Address) any {
	switch v := value.(type) {
	case nil:
		return nil
	case bool:
		return w.say(map[bool]string{true: "answer.yes", false: "answer.no"}[v])
	case float64:
		if v == float64(int64(v)) {
			return int64(v)
		}
		return v
	case []any:
		if q.Type == form.File {
			return link
		}
		parts := make([]string, 0, len(v))
		for _, one := range v {
			parts = append(parts, w.part(q, one))
		}
		return strings.Join(parts, "; ")
	case string:
		if q.Type == form.Date {
			return web.Day(v)
		}
		return w.label(q.Options, v)
	}
	return fmt.Sprint(value)
}

// part is one choice of several, or one row of a table.
func (w writing) part(q form.Question, one any) string {
	cells, row := one.(map[string]any)
	if !row {
		return w.label(q.Options, fmt.Sprint(one))
	}
	var said []string
	for _, c := range q.Columns {
		switch v := cells[c.Key].(type) {
		case nil:
		case float64:
			said = append(said, strconv.FormatFloat(v, 'f', -1, 64))
		default:
			said = append(said, w.label(c.Options, fmt.Sprint(v)))
		}
	}
	return strings.Join(said, ", ")
}

func (w writing) label(options []form.Option, value string) string {
	for _, o := range options {
		if o.Value == value {
			return locale.Pair{VI: o.LabelVI, EN: o.LabelEN}.Text(w.lang)
		}
	}
	return value
}

// keptAt reads an instant as the database keeps it.
func keptAt(text string) time.Time {
	at, err := time.Parse(time.RFC3339, strings.Replace(text, " ", "T", 1))
	if err != nil {
		return time.Time{}
	}
	return at
}
