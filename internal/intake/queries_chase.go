package intake

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/locale"
	"vuon/internal/record"
)

// waiting is what an intake waits for at {:now}, but for what is the reader's own: a question for each kind. Of a draft it
// knows who writes it and its code, and nothing that stands in it.
const waiting = `
	SELECT * FROM (SELECT 'draft' AS kind, a.id, a.id AS application, a.code, '' AS title_vi, '' AS title_en, '' AS title_key,
			a.applicant AS who, 1 AS n, ` + ownDeadline + ` AS due
		FROM intakes i JOIN applications a ON a.intake = i.id AND a.status = 'draft'
		WHERE i.id = {:intake} AND i.status IN ('published', 'open', 'closed') AND ` + strange + `) WHERE due > {:now}
	UNION ALL
	SELECT 'answer', a.id, a.id, a.code, coalesce(c.title, ''), coalesce(c.title, ''), coalesce(c.title_key, ''), a.applicant, 1, a.answer_by
		FROM intakes i JOIN applications a ON a.intake = i.id AND a.status = 'needs_info' LEFT JOIN board_cards c ON c.application = a.id
		WHERE i.id = {:intake} AND i.status IN ('published', 'open', 'closed', 'deciding') AND a.answer_by > {:now} AND ` + strange + `
	UNION ALL
	SELECT 'sheets', r.id || ':' || s.judge, '', '', r.title_vi, r.title_en, '', s.judge, count(*), r.closes_at
		FROM rounds r JOIN assignments s ON s.round = r.id AND s.status IN ('offered', 'accepted', 'in_progress')
		JOIN applications a ON a.id = s.subject
		WHERE r.owner_type = 'intake' AND r.owner = {:intake} AND r.status IN ('open', 'grace') AND ` + strange + ` GROUP BY r.id, s.judge
	UNION ALL
	SELECT 'offer', a.id, a.id, a.code, coalesce(c.title, ''), coalesce(c.title, ''), coalesce(c.title_key, ''), a.applicant, 1, o.expires_at
		FROM applications a JOIN offers o ON o.application = a.id AND o.status = 'sent' LEFT JOIN board_cards c ON c.application = a.id
		WHERE a.intake = {:intake} AND a.status = 'admitted' AND o.expires_at > {:now} AND ` + strange + `
	UNION ALL
	SELECT 'interview', v.id, a.id, a.code, coalesce(c.title, ''), coalesce(c.title, ''), coalesce(c.title_key, ''), a.applicant, 1, v.starts_at
		FROM interviews v JOIN applications a ON a.id = v.application LEFT JOIN board_cards c ON c.application = a.id
		WHERE v.intake = {:intake} AND v.status = 'set' AND v.starts_at > {:now} AND ` + strange + `
	UNION ALL
	SELECT 'undecided', a.application, a.application, p.code, a.title, a.title, a.title_key, a.owner, 1, i.decision_due
		FROM intakes i JOIN board_cards a ON a.intake = i.id AND a.decision = '' AND a.status IN ('submitted', 'in_review')
		JOIN applications p ON p.id = a.application
		WHERE i.id = {:intake} AND i.status IN ('closed', 'deciding') AND ` + strangeCard

// what comes first is due first; what has no day comes last.
const chaseKey = `CASE w.due WHEN '' THEN '9999' ELSE w.due END`

// waitLine is one thing that an intake waits for, and for whom.
type waitLine struct {
	Kind        string `db:"kind"`
	ID          string `db:"id"`
	Application string `db:"application"`
	Code        string `db:"code"`
	TitleVI     string `db:"title_vi"`
	TitleEN     string `db:"title_en"`
	Who         string `db:"who"` // "" of what has no owner: it waits for the managers
	Name        string `db:"name"`
	N           int    `db:"n"`
	Due         string `db:"due"` // an instant, a day, or ""
	Key         string `db:"key"`
}

// waits reads a page of what an intake waits for, one row more than asked so that a next page shows.
func waits(ctx context.Context, app core.App, intake string, r reader, f Hunt, from []string, limit int, now time.Time) ([]waitLine, error) {
	where, params := "1", r.params(dbx.Params{"intake": intake, "now": record.Stamp(now), "limit": limit + 1})
	if f.Kind != "" {
		where += " AND w.kind = {:kind}"
		params["kind"] = f.Kind
	}
	if f.Search != "" {
		where += " AND (instr(coalesce(u.search_key, ''), {:q}) > 0 OR instr(lower(w.code), {:q}) > 0 OR instr(w.title_key, {:q}) > 0)"
		params["q"] = f.Search
	}
	if f.IDs != nil {
		where += " AND w.id IN (SELECT value FROM json_each({:ids}))"
		params["ids"] = record.InJSON(f.IDs)
	}
	if from != nil {
		where += " AND (" + chaseKey + ", w.id) > ({:key}, {:from})"
		params["key"], params["from"] = from[0], from[1]
	}
	lines := []waitLine{}
	err := app.DB().NewQuery(`SELECT w.kind, w.id, w.application, w.code, w.title_vi, w.title_en, w.who, w.n, w.due,
			coalesce(u.full_name, '') AS name, ` + chaseKey + ` AS key
		FROM (` + waiting + `) w LEFT JOIN users u ON u.id = w.who WHERE ` + where + ` ORDER BY key, w.id LIMIT {:limit}`).
		Bind(params).WithContext(ctx).All(&lines)
	if err != nil {
		return nil, fmt.Errorf("list what intake %s waits for: %w", intake, err)
	}
	return lines, nil
}

// waitCounts counts what an intake waits for by kind.
func waitCounts(ctx context.Context, app core.App, intake string, r reader, now time.Time) (map[string]int, error) {
	var rows []struct {
		Kind string `db:"kind"`
		N    int    `db:"n"`
	}
	err := app.DB().NewQuery("SELECT w.kind, count(*) AS n FROM (" + waiting + ") w GROUP BY w.kind").
		Bind(r.params(dbx.Params{"intake": intake, "now": record.Stamp(now)})).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("count what intake %s waits for: %w", intake, err)
	}
	counts := map[string]int{}
	for _, row := range rows {
		counts[row.Kind] = row.N
	}
	return counts, nil
}

// prodded is what was reminded of by hand on one local day: things by kind and id, and who heard of undecided ones.
type prodded struct {
	things   map[string]bool
	deciders map[string]bool
}

// proddedOn reads what people were reminded of by hand about an intake on the local day of now, judges included.
func proddedOn(ctx context.Context, app core.App, intake string, now time.Time) (prodded, error) {
	p := prodded{map[string]bool{}, map[string]bool{}}
	y, m, d := now.In(locale.Zone).Date()
	var rows []struct {
		Kind  string `db:"kind"`
		Thing string `db:"thing"`
		Users string `db:"users"`
	}
	err := app.DB().NewQuery(`
		SELECT j.detail->>'kind' AS kind, j.detail->>'thing' AS thing, j.detail->>'users' AS users FROM journal j
			WHERE j.notice = 'intakes.nudge' AND j.at >= {:since} AND j.subject = {:intake}
		UNION ALL SELECT 'sheets', j.subject || ':' || (j.detail->>'judge'), '[]' FROM journal j JOIN rounds r ON r.id = j.subject
			WHERE j.notice = 'rounds.nudge' AND j.at >= {:since} AND r.owner_type = 'intake' AND r.owner = {:intake}`).
		Bind(dbx.Params{"intake": intake, "since": record.Stamp(time.Date(y, m, d, 0, 0, 0, 0, locale.Zone))}).WithContext(ctx).All(&rows)
	if err != nil {
		return p, fmt.Errorf("read who was reminded in intake %s: %w", intake, err)
	}
	for _, row := range rows {
		p.things[row.Kind+":"+row.Thing] = true
		var users []string
		if row.Kind == ChaseUndecided && json.Unmarshal([]byte(row.Users), &users) == nil {
			for _, who := range users {
				p.deciders[who] = true
			}
		}
	}
	return p, nil
}

// reminded is a thing that staff reminded somebody of by hand.
type reminded struct {
	matter
	Thing string         `db:"thing"`
	User  string         `db:"reminded"`
	Ends  types.DateTime `db:"ends"`
}

// stillWaiting holds until when each kind of thing is waited for, and NULL for what is not any more.
var stillWaiting = map[string]string{
	ChaseDraft:     `CASE a.status WHEN 'draft' THEN ` + ownDeadline + ` END`,
	ChaseAnswer:    `CASE a.status WHEN 'needs_info' THEN a.answer_by END`,
	ChaseOffer:     `(SELECT o.expires_at FROM offers o WHERE o.application = a.id AND o.status = 'sent')`,
	ChaseInterview: `(SELECT v.starts_at FROM interviews v WHERE v.id = j.detail->>'thing' AND v.status = 'set')`,
	ChaseUndecided: `CASE WHEN a.status IN ('submitted', 'in_review') AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.application = a.id) THEN '' END`,
}

// remindedSince lists of what kind staff reminded whom since an instant, as long as it is still waited for.
func remindedSince(app core.App, kind string, since time.Time) ([]reminded, error) {
	var all []reminded
	err := app.DB().NewQuery(`SELECT * FROM (SELECT ` + paperColumns + `, j.seq, j.at, j.detail->>'thing' AS thing, u.value AS reminded, ` + stillWaiting[kind] + ` AS ends
		FROM journal j JOIN applications a ON a.id = j.detail->>'application' JOIN intakes i ON i.id = a.intake JOIN json_each(j.detail, '$.users') u
		WHERE j.notice = 'intakes.nudge' AND j.at >= {:since} AND j.detail->>'kind' = {:kind}) WHERE ends IS NOT NULL ORDER BY seq, reminded`).
		Bind(dbx.Params{"kind": kind, "since": record.Stamp(since)}).All(&all)
	if err != nil {
		return nil, fmt.Errorf("look for who was reminded of %s: %w", kind, err)
	}
	return all, nil
}
