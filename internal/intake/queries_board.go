package intake

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/judging/score"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// CardLine is one application with its card and its decision, as a list reads them in one go.
type CardLine struct {
	ID          string `db:"id"`
	Code        string `db:"code"`
	Title       string `db:"title"`
	Sector      string `db:"sector"`
	Status      string `db:"status"`
	Applicant   string `db:"applicant"`
	SubmittedAt string `db:"submitted_at"`
	Card        string `db:"card"`
	Column      string `db:"column"`
	Rank        int    `db:"rank"`
	Proposal    string `db:"proposal"`
	Owner       string `db:"owner"`
	OwnerName   string `db:"owner_name"`
	Note        string `db:"note"`
	Rev         int    `db:"rev"`
	Decision    string `db:"decision"`
	Asked       int    `db:"asked"`
	Done        int    `db:"done"`
	Total       int64  `db:"total"`
	Spread      int64  `db:"spread"`
	Key         string `db:"key"` // what the list is ordered by
}

// Into is where a row of the query is read into, column by column.
func (l *CardLine) Into() []any {
	return []any{
		&l.ID, &l.Code, &l.Title, &l.Sector, &l.Status, &l.Applicant, &l.SubmittedAt, &l.Card, &l.Column, &l.Rank, &l.Proposal, &l.Owner, &l.OwnerName,
		&l.Note, &l.Rev, &l.Decision, &l.Asked, &l.Done, &l.Total, &l.Spread, &l.Key,
	}
}

// order is a way to read cards: by a column of board_cards and the id, along an index.
type order struct {
	by   string
	down bool
}

// orders are those of a board, and that of a list of applications.
var orders = map[string]order{"rank": {by: "by_rank"}, "mean": {by: "by_mean"}, "newest": {by: "handed_at", down: true}, "title": {by: "sort_key"}}

// cards reads a page of what was handed in to an intake, one row more than asked so that a next page shows. What the reader
// wrote themselves is not among it, nor what a startup of theirs handed in: they know no more of it than any other applicant.
func cards(ctx context.Context, app core.App, intake string, r reader, f Sift, from []string, limit int) ([]CardLine, error) {
	o, known := orders[f.Order]
	if !known {
		o = orders["rank"]
	}
	where, params := f.where(intake, r)
	sense, beyond := "", " > "
	if o.down {
		sense, beyond = " DESC", " < "
	}
	if from != nil {
		where += " AND (a." + o.by + ", a.id)" + beyond + "({:key}, {:from})"
		params["key"], params["from"] = from[0], from[1]
	}
	params["limit"] = limit + 1
	lines := []CardLine{}
	err := app.DB().NewQuery(`
		SELECT a.application AS id, p.code, a.title, a.sector, a.status, coalesce(u.full_name, '') AS applicant, a.handed_at AS submitted_at,
			a.id AS card, a.lane AS "column", s.rank, a.proposal, a.owner, coalesce(w.full_name, '') AS owner_name, s.note, s.rev, a.decision,
			a.asked, a.done, a.total, a.spread, a.` + o.by + ` AS key
		FROM board_cards a CROSS JOIN screenings s ON s.id = a.id CROSS JOIN applications p ON p.id = a.application
		LEFT JOIN users u ON u.id = a.applicant LEFT JOIN users w ON w.id = a.owner
		WHERE ` + where + ` ORDER BY a.` + o.by + sense + ", a.id" + sense + " LIMIT {:limit}").
		Bind(params).WithContext(ctx).All(&lines)
	if err != nil {
		return nil, fmt.Errorf("list what was handed in to %s: %w", intake, err)
	}
	return lines, nil
}

// where writes what is looked for as conditions on a row a of board_cards.
func (f Sift) where(intake string, r reader) (string, dbx.Params) {
	all, params := []string{"a.intake = {:intake}"}, r.params(dbx.Params{"intake": intake})
	add := func(condition, name string, value any) { all, params[name] = append(all, condition), value }
	exact := func(column, value string) {
		switch value {
		case "":
		case nobody:
			all = append(all, "a."+column+" = ''")
		default:
			add("a."+column+" = {:"+column+"}", column, value)
		}
	}
	exact("lane", string(f.Column))
	exact("status", string(f.Status))
	exact("owner", f.Owner)
	exact("proposal", f.Proposal)
	exact("decision", f.Decision)
	exact("sector", f.Sector)
	if f.Search != "" {
		add("(instr(a.title_key, {:q}) > 0 OR instr(a.name_key, {:q}) > 0)", "q", f.Search)
	}
	if f.Round != "" { // whoever is asked to judge it there, and what advanced to it before anybody is asked
		add(`(EXISTS (SELECT 1 FROM assignments t WHERE t.round = {:round} AND t.subject_type = 'application' AND t.subject = a.application)
			OR EXISTS (SELECT 1 FROM rounds t JOIN rounds p ON p.owner_type = t.owner_type AND p.owner = t.owner AND p.number = t.number - 1
			JOIN round_results went ON went.round = p.id AND went.subject_type = 'application' AND went.subject = a.application AND went.outcome = 'advanced'
			WHERE t.id = {:round}))`, "round", f.Round)
	}
	if f.Least != nil {
		add("a.by_mean <= {:least}", "least", -int64(*f.Least))
	}
	if f.Most != nil {
		add("a.done > 0 AND a.by_mean >= {:most}", "most", -int64(*f.Most))
	}
	if f.Lacking {
		all = append(all, "(a.asked = 0 OR a.done < a.asked)")
	}
	if f.Apart {
		add("a.spread >= {:apart}", "apart", int64(apartFrom))
	}
	for i, key := range slices.Sorted(maps.Keys(f.Answers)) {
		name := fmt.Sprintf("pick%d", i)
		add(`EXISTS (SELECT 1 FROM application_snapshots n, json_each(n.answers, {:path`+name+`}) v
			WHERE n.application = a.application AND n.number = a.submit_no AND v.value = {:`+name+`})`, name, f.Answers[key])
		params["path"+name] = `$."` + key + `"`
	}
	return strings.Join(append(all, strangeCard), " AND "), params
}

// laneTotals counts the cards in each column. A whole board is counted along an index, and the reader's own are taken off it.
func laneTotals(ctx context.Context, app core.App, intake string, r reader, f Sift) (map[lifecycle.State]int, error) {
	totals := map[lifecycle.State]int{}
	count := func(sign int, sql string, params dbx.Params) error {
		var rows []struct {
			Lane lifecycle.State `db:"lane"`
			N    int             `db:"n"`
		}
		if err := app.DB().NewQuery("SELECT a.lane, count(*) AS n FROM board_cards a WHERE " + sql + " GROUP BY a.lane").
			Bind(params).WithContext(ctx).All(&rows); err != nil {
			return fmt.Errorf("count the cards of %s: %w", intake, err)
		}
		for _, row := range rows {
			totals[row.Lane] += sign * row.N
		}
		return nil
	}
	if f.sifts() {
		where, params := f.where(intake, r)
		return totals, count(1, where, params)
	}
	if err := count(1, "a.intake = {:intake}", dbx.Params{"intake": intake}); err != nil {
		return nil, err
	}
	return totals, count(-1, `a.id IN (SELECT a.id FROM board_cards a WHERE a.intake = {:intake} AND a.applicant = {:reader}
		UNION SELECT a.id FROM board_cards a WHERE a.intake = {:intake} AND a.startup != '' AND a.startup IN (SELECT value FROM json_each({:startups}))
		UNION SELECT a.id FROM board_cards a WHERE a.intake = {:intake} AND a.application IN (SELECT value FROM json_each({:papers})))`,
		r.params(dbx.Params{"intake": intake}))
}

// placesSeen counts as placesTaken does, but for what the reader must not know: whether they are to be admitted themselves.
func placesSeen(app core.App, intake string, r reader) (n int, err error) {
	err = app.DB().NewQuery(`
		SELECT count(*) FROM board_cards a WHERE a.intake = {:intake} AND a.decision != ''
			AND (a.status IN ('admitted', 'enrolled') OR a.status = 'in_review' AND a.decision = 'admitted' AND ` + strangeCard + `)`).
		Bind(r.params(dbx.Params{"intake": intake})).Row(&n)
	if err != nil {
		return 0, fmt.Errorf("count the places that are seen taken in %s: %w", intake, err)
	}
	return n, nil
}

// handedAnswers are the answers of some applications as they were last handed in, by application.
func handedAnswers(ctx context.Context, app core.App, lines []CardLine) (map[string]Answers, error) {
	ids := make([]string, len(lines))
	for i, l := range lines {
		ids[i] = l.ID
	}
	var rows []struct {
		Application string `db:"application"`
		Answers     string `db:"answers"`
	}
	err := app.DB().NewQuery(`SELECT n.application, n.answers FROM json_each({:ids}) j JOIN board_cards c ON c.application = j.value
		JOIN application_snapshots n ON n.application = c.application AND n.number = c.submit_no`).
		Bind(dbx.Params{"ids": record.InJSON(ids)}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("read what was answered: %w", err)
	}
	all := make(map[string]Answers, len(rows))
	for _, r := range rows {
		given := Answers{}
		if err := json.Unmarshal([]byte(r.Answers), &given); err != nil {
			return nil, fmt.Errorf("read the answers of application %s: %w", r.Application, err)
		}
		all[r.Application] = given
	}
	return all, nil
}

// tally is what the sheets over the application of a line come to.
func (l CardLine) tally() Tally {
	return Tally{l.Done, l.Asked, score.Mean{Sum: score.Total(l.Total), N: l.Done}, score.Total(l.Spread).Points()}
}
