package intake

import (
	"context"
	"iter"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/locale"
	"vuon/internal/web"
)

// What an intake waits for, by kind.
const (
	ChaseDraft     = "draft"     // begun and not handed in, before the deadline
	ChaseAnswer    = "answer"    // a question of staff without an answer
	ChaseSheets    = "sheets"    // sheets that a judge still owes to a round
	ChaseOffer     = "offer"     // an offer that nobody has answered
	ChaseInterview = "interview" // a time for an interview that is not confirmed
	ChaseUndecided = "undecided" // an application without a decision, once the intake is closed
)

var chaseKinds = []string{ChaseDraft, ChaseAnswer, ChaseSheets, ChaseOffer, ChaseInterview, ChaseUndecided}

// Hunt is what is looked for in what an intake waits for.
type Hunt struct {
	Kind   string   // "" is every kind
	Search string   // folded: a name, a code, the title of what was handed in
	IDs    []string // nil is every row
}

// ChaseRow is one thing that an intake waits for. Of a draft it tells who writes it and its code, never its words.
type ChaseRow struct {
	ID          string `json:"id"` // of the application, the interview, or round:judge
	Kind        string `json:"kind"`
	Application string `json:"application"`
	Code        string `json:"code"`
	TitleVI     string `json:"title_vi"` // of the application as it was handed in, or of the round
	TitleEN     string `json:"title_en"`
	Who         string `json:"who"`    // the name; "" when it waits for the managers
	N           int    `json:"n"`      // sheets that are owed; 1 of everything else
	Due         string `json:"due"`    // an instant, a day, or ""
	Nudged      bool   `json:"nudged"` // today
}

// Chase is a page of what an intake waits for, with how many there are of each kind.
type Chase struct {
	web.List[ChaseRow]
	Counts map[string]int `json:"counts"`
}

// ChaseOf lists what an intake waits for to its staff, what is due first first. Errors: access.sign_in, record.not_found,
// list.after.
func ChaseOf(ctx context.Context, app core.App, by access.Actor, id string, f Hunt, ask web.Ask, now time.Time) (*Chase, error) {
	i, r, err := boardFor(app, by, id)
	if err != nil {
		return nil, err
	}
	from, err := ask.From(2)
	if err != nil {
		return nil, err
	}
	lines, err := waits(ctx, app, i.Id, r, f, from, ask.Limit, now)
	if err != nil {
		return nil, err
	}
	lines, next := web.Cut(lines, ask.Limit, func(l waitLine) string { return web.Cursor(l.Key, l.ID) })
	today, err := proddedOn(ctx, app, i.Id, now)
	if err != nil {
		return nil, err
	}
	rows := make([]ChaseRow, 0, len(lines))
	for _, l := range lines {
		rows = append(rows, ChaseRow{
			l.ID, l.Kind, l.Application, l.Code, l.TitleVI, l.TitleEN, l.Name, l.N, strings.Replace(l.Due, " ", "T", 1), today.things[l.Kind+":"+l.ID],
		})
	}
	counts, err := waitCounts(ctx, app, i.Id, r, now)
	return &Chase{web.ListOf(rows, next), counts}, err
}

// chaseHead are the columns of the list as a table. Their words are book.<key>.
var chaseHead = []string{"kind", "who", "code", "title", "count", "due", "nudged", "link"}

// chaseSheet writes a list as a table.
func chaseSheet(rows []ChaseRow, w writing) (head []string, lines iter.Seq2[[]any, error]) {
	for _, key := range chaseHead {
		head = append(head, w.say("book."+key))
	}
	return head, func(yield func([]any, error) bool) {
		for _, r := range rows {
			var due any = web.Day(r.Due)
			if len(r.Due) > len("2026-12-01") {
				due = keptAt(r.Due)
			} else if r.Due == "" {
				due = nil
			}
			who, at := r.Who, w.house+paperAt(r.Application)
			if who == "" {
				who = w.say("chase.managers")
			}
			if r.Kind == ChaseSheets {
				round, _, _ := strings.Cut(r.ID, ":")
				at = w.house + "/app/rounds/" + round
			}
			said := w.say(map[bool]string{true: "answer.yes", false: "answer.no"}[r.Nudged])
			if !yield([]any{w.say("chase.kind_" + r.Kind), who, r.Code, locale.Pair{VI: r.TitleVI, EN: r.TitleEN}.Text(w.lang), r.N, due, said, web.Address(at)}, nil) {
				return
			}
		}
	}
}
