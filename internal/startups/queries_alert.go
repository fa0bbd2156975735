package startups

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
	"vuon/internal/vn"
)

// standingRow is an alert as it stands, of any state.
type standingRow struct {
	ID         string `db:"id"`
	Startup    string `db:"startup"`
	Rule       string `db:"rule"`
	Period     string `db:"period_key"`
	Severity   string `db:"severity"`
	Status     string `db:"status"`
	MutedUntil string `db:"muted_until"`
	ByItself   bool   `db:"by_itself"` // nobody has said what came of it
	Raw        string `db:"explain"`   // of those that wait
	because    Explanation
}

const standingColumns = `SELECT a.id, a.startup, a.rule, a.period_key, a.severity, a.status, a.muted_until, a.resolution = '' AS by_itself,
			iif(a.status IN ('open', 'acked'), a.explain, '') AS explain `

// standingAlerts are the alerts of the rules that the house looks by that wait, that rested until a day before today, and that the
// house resolved itself of periods since first.
func standingAlerts(app core.App, first, today string) ([]standingRow, error) {
	return standingBy(app.DB().NewQuery(`SELECT * FROM (` +
		standingColumns + `FROM alerts a WHERE a.status IN ('open', 'acked') UNION ALL ` +
		standingColumns + `FROM alerts a WHERE +a.status = 'muted' AND a.muted_until != '' AND a.muted_until < {:today} UNION ALL ` +
		standingColumns + `FROM alerts a WHERE +a.status = 'resolved' AND a.resolution = '' AND a.severity IN ('amber', 'red') AND a.period_key >= {:first}
		) WHERE rule IN (SELECT value FROM json_each({:rules})) ORDER BY id`).
		Bind(dbx.Params{"rules": record.InJSON(alertRules()), "first": first, "today": today}))
}

// alertsAbout are the alerts about some roots, whatever became of them.
func alertsAbout(app core.App, roots []root) ([]standingRow, error) {
	about := make([][3]string, len(roots))
	for i, r := range roots {
		about[i] = [3]string{r.startup, r.rule, r.period}
	}
	raw, err := json.Marshal(about)
	if err != nil {
		return nil, fmt.Errorf("name what alerts are about: %w", err)
	}
	return standingBy(app.DB().NewQuery(standingColumns + `FROM json_each({:about}) r CROSS JOIN alerts a
		ON a.startup = r.value ->> 0 AND a.rule = r.value ->> 1 AND a.period_key = r.value ->> 2 ORDER BY a.id`).Bind(dbx.Params{"about": string(raw)}))
}

func standingBy(q *dbx.Query) (rows []standingRow, err error) {
	if err := q.All(&rows); err != nil {
		return nil, fmt.Errorf("read the alerts that stand: %w", err)
	}
	for i := range rows {
		if rows[i].Raw == "" {
			continue
		}
		if err := json.Unmarshal([]byte(rows[i].Raw), &rows[i].because); err != nil {
			return nil, fmt.Errorf("read why alert %s rose: %w", rows[i].ID, err)
		}
	}
	return rows, nil
}

// placedNow are the startups that are in a cohort now, and in which: the latest.
func placedNow(app core.App) (map[string]string, error) {
	var rows []struct {
		Startup string `db:"startup"`
		Cohort  string `db:"cohort"`
	}
	err := app.DB().NewQuery(`SELECT startup, cohort FROM enrolments WHERE status IN ('invited', 'active', 'on_leave') ORDER BY joined_on, id`).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look who is in a cohort: %w", err)
	}
	in := make(map[string]string, len(rows))
	for _, r := range rows {
		in[r.Startup] = r.Cohort
	}
	return in, nil
}

// alertRow is an alert in the staff's list.
type alertRow struct {
	ID           string      `db:"id"            json:"id"`
	Startup      string      `db:"startup"       json:"startup"`
	Name         string      `db:"name"          json:"name"`
	Slug         string      `db:"slug"          json:"slug"`
	Rule         string      `db:"rule"          json:"rule"`
	Period       string      `db:"period_key"    json:"period_key"`
	Severity     string      `db:"severity"      json:"severity"`
	Raw          string      `db:"explain"       json:"-"`
	Explain      Explanation `db:"-"             json:"explain"`
	Owner        string      `db:"owner"         json:"owner"`
	OwnerName    string      `db:"owner_name"    json:"owner_name"`
	AckedAt      string      `db:"acked_at"      json:"acked_at"`
	ClosedAt     string      `db:"closed_at"     json:"closed_at"`
	MutedUntil   string      `db:"muted_until"   json:"muted_until"`
	Resolution   string      `db:"resolution"    json:"resolution"`
	Shared       bool        `db:"shared"        json:"shared"`
	Verdict      string      `db:"verdict"       json:"verdict"`
	VerdictLater string      `db:"verdict_later" json:"verdict_later"`
	Asked        bool        `db:"asked"         json:"asked"` // its second thought is due
	Status       string      `db:"status"        json:"status"`
	Rev          int         `db:"rev"           json:"rev"`
}

// heeded narrows a list of alerts.
type heeded struct {
	id                    string   // of one alone
	cohorts               []string // nil is all
	rule, severity, owner string   // owner none is nobody
	status                string   // "" is those that wait, asked those whose second thought is due, all is all
	now                   time.Time
}

// secondThoughtDue says of an alert that staff closed a month ago, and not much longer, and that nobody has said since whether
// it was right.
const secondThoughtDue = `(a.status = 'resolved' AND a.resolution != '' AND a.verdict_later = ''
	AND a.closed_at != '' AND a.closed_at <= {:asked} AND a.closed_at > {:given_up})`

// givenUp is how long after an alert was closed nobody is asked about it any more.
const givenUp = 120 * day

// alertsOver lists alerts, the red before the amber and the latest period first.
func alertsOver(ctx context.Context, app core.App, w heeded, p page) ([]alertRow, error) {
	due := dbx.Params{"asked": record.Stamp(w.now.Add(-secondThought)), "given_up": record.Stamp(w.now.Add(-givenUp))}
	q := app.DB().Select(
		"a.id", "a.startup", "s.name", "s.slug", "a.rule", "a.period_key", "a.severity", "a.explain", "a.owner",
		"coalesce(u.full_name, '') AS owner_name", "a.acked_at", "a.closed_at", "a.muted_until", "a.resolution", "a.shared",
		"a.verdict", "a.verdict_later", secondThoughtDue+" AS asked", "a.status", "a.rev",
	).From("alerts a").
		InnerJoin("startups s", dbx.NewExp("s.id = a.startup")).
		LeftJoin("users u", dbx.NewExp("u.id = a.owner")).
		OrderBy("a.severity DESC", "a.period_key DESC", "a.id").Limit(int64(p.Limit) + 1).WithContext(ctx).AndBind(due)
	if w.cohorts != nil {
		q.AndWhere(dbx.NewExp("a.startup IN (SELECT n.startup FROM enrolments n WHERE n.cohort IN (SELECT value FROM json_each({:cohorts})))",
			dbx.Params{"cohorts": record.InJSON(w.cohorts)}))
	}
	switch w.status {
	case "all":
	case "":
		q.AndWhere(dbx.In("a.status", string(AlertOpen), string(AlertAcked)))
	case "asked":
		q.AndWhere(dbx.NewExp(secondThoughtDue))
	default:
		q.AndWhere(dbx.HashExp{"a.status": w.status})
	}
	owner := w.owner
	if owner == "none" {
		q.AndWhere(dbx.HashExp{"a.owner": ""})
		owner = ""
	}
	for column, value := range map[string]string{"a.id": w.id, "a.rule": w.rule, "a.severity": w.severity, "a.owner": owner} {
		if value != "" {
			q.AndWhere(dbx.HashExp{column: value})
		}
	}
	if p.Search != "" {
		q.AndWhere(dbx.Like("s.search_key", vn.Fold(p.Search)))
	}
	if p.after != nil { // red sorts after amber, so that the severity runs the other way than the id
		q.AndWhere(dbx.NewExp("(a.severity < {:sev} OR a.severity = {:sev} AND (a.period_key < {:period} OR a.period_key = {:period} AND a.id > {:id}))",
			dbx.Params{"sev": p.after[0], "period": p.after[1], "id": p.after[2]}))
	}
	var rows []alertRow
	if err := q.All(&rows); err != nil {
		return nil, fmt.Errorf("list alerts: %w", err)
	}
	for i := range rows {
		if err := json.Unmarshal([]byte(rows[i].Raw), &rows[i].Explain); err != nil {
			return nil, fmt.Errorf("read why alert %s rose: %w", rows[i].ID, err)
		}
		rows[i].AckedAt, rows[i].ClosedAt = spoken(rows[i].AckedAt), spoken(rows[i].ClosedAt)
	}
	return rows, nil
}

// told writes the facts for a table: "revenue 2026-10 100, revenue 2026-11 40".
func (x Explanation) told() string {
	said := make([]string, len(x.Facts))
	for i, f := range x.Facts {
		said[i] = fmt.Sprintf("%s %s %d", f.KPI, f.Period, f.Value)
	}
	if len(x.Milestones) > 0 {
		said = append(said, titlesOf(x.Milestones))
	}
	return strings.Join(said, ", ")
}

// askedAgain is an alert of which somebody is asked once more whether it was right.
type askedAgain struct {
	ID     string `db:"id"`
	Owner  string `db:"owner"`
	Name   string `db:"name"`
	Closed string `db:"closed_at"`
}

// secondThoughts are the alerts whose second thought is due, of those that have an owner.
func secondThoughts(app core.App, now time.Time) ([]askedAgain, error) {
	var rows []askedAgain
	err := app.DB().NewQuery(`SELECT a.id, a.owner, s.name, a.closed_at FROM alerts a JOIN startups s ON s.id = a.startup
		WHERE ` + secondThoughtDue + ` AND a.owner != '' ORDER BY a.closed_at, a.id`).
		Bind(dbx.Params{"asked": record.Stamp(now.Add(-secondThought)), "given_up": record.Stamp(now.Add(-givenUp))}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for alerts of a month ago: %w", err)
	}
	return rows, nil
}

// Precision is how often a rule was right, as staff said last of each alert that is closed.
type Precision struct {
	Rule   string `db:"rule"   json:"rule"`
	Yes    int    `db:"yes"    json:"yes"`
	No     int    `db:"no"     json:"no"`
	Unsure int    `db:"unsure" json:"unsure"` // counted neither way
	Silent int    `db:"silent" json:"silent"` // of which nobody has said anything
	N      int    `db:"n"      json:"n"`      // yes and no: what the share rests on
	Share  *int   `db:"-"      json:"share"`  // whole percent, rounded half up; nil without any
	Few    bool   `db:"-"      json:"few"`    // it rests on fewer than five
}

// fewVerdicts is how many verdicts a share must rest on to be taken at its word.
const fewVerdicts = 5

// precisionOver is the precision of every rule of which an alert was closed.
func precisionOver(ctx context.Context, app core.App, cohorts []string) ([]Precision, error) {
	params, narrowed := dbx.Params{}, ""
	if cohorts != nil {
		narrowed = ` AND EXISTS (SELECT 1 FROM enrolments n WHERE n.startup = a.startup` + among(cohorts, params) + `)`
	}
	var rows []Precision
	err := app.DB().NewQuery(`SELECT rule, sum(v = 'yes') AS yes, sum(v = 'no') AS no, sum(v = 'unsure') AS unsure, sum(v = '') AS silent,
			sum(v IN ('yes', 'no')) AS n
		FROM (SELECT a.rule, iif(a.verdict_later != '', a.verdict_later, a.verdict) AS v FROM alerts a
			WHERE a.status IN ('resolved', 'muted')` + narrowed + `) GROUP BY rule ORDER BY rule`).Bind(params).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("reckon how often alerts were right: %w", err)
	}
	for i := range rows {
		r := &rows[i]
		r.Few = r.N < fewVerdicts
		if r.N > 0 {
			share := (200*r.Yes + r.N) / (2 * r.N)
			r.Share = &share
		}
	}
	return rows, nil
}
