package startups

import (
	"context"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
	"vuon/internal/vn"
)

// supportRow is a support in a list.
type supportRow struct {
	ID         string `db:"id"          json:"id"`
	Startup    string `db:"startup"     json:"startup"`
	Name       string `db:"name"        json:"name"` // of the startup
	Kind       string `db:"kind"        json:"kind"`
	Title      string `db:"title"       json:"title"`
	Note       string `db:"note"        json:"note"`
	Amount     int64  `db:"amount_vnd"  json:"amount_vnd"`
	Status     string `db:"status"      json:"status"`
	Reason     string `db:"reason"      json:"reason"`
	ProposedBy string `db:"proposed_by" json:"proposed_by"`
	ProposedAt string `db:"proposed_at" json:"proposed_at"`
	HandedAt   string `db:"handed_at"   json:"handed_at"`
	ReceivedAt string `db:"received_at" json:"received_at"`
	Rev        int    `db:"rev"         json:"rev"`
	Order      string `db:"place_in"    json:"-"`
}

// supportsIn lists what the startups of a cohort are given, the latest proposed first.
func supportsIn(ctx context.Context, app core.App, cohort, status, kind string, p page) ([]supportRow, error) {
	where := dbx.HashExp{"p.cohort": cohort}
	if status != "" {
		where["p.status"] = status
	}
	if kind != "" {
		where["p.kind"] = kind
	}
	return supportPage(ctx, app, where, p)
}

// supportsOf lists what a startup is given: what was confirmed, handed over and received.
func supportsOf(ctx context.Context, app core.App, startup string, p page) ([]supportRow, error) {
	return supportPage(ctx, app, dbx.HashExp{"p.startup": startup, "p.status": []any{string(SupportConfirmed), string(SupportHanded), string(SupportReceived)}}, p)
}

func supportPage(ctx context.Context, app core.App, where dbx.HashExp, p page) ([]supportRow, error) {
	q := app.DB().Select("p.id", "p.startup", "s.name", "p.kind", "p.title", "p.note", "p.amount_vnd", "p.status", "p.reason", "p.proposed_by", "p.proposed_at",
		"p.handed_at", "p.received_at", "p.rev", "p.proposed_at AS place_in").
		From("supports p").InnerJoin("startups s", dbx.NewExp("s.id = p.startup")).Where(where).
		OrderBy("p.proposed_at DESC", "p.id DESC").Limit(int64(p.Limit) + 1).WithContext(ctx)
	if p.Search != "" {
		q.AndWhere(dbx.Like("s.search_key", vn.Fold(p.Search)))
	}
	if p.after != nil {
		q.AndWhere(dbx.NewExp("(p.proposed_at, p.id) < ({:at}, {:id})", dbx.Params{"at": p.after[0], "id": p.after[1]}))
	}
	var rows []supportRow
	if err := q.All(&rows); err != nil {
		return nil, fmt.Errorf("list supports: %w", err)
	}
	for i := range rows {
		r := &rows[i]
		r.ProposedAt, r.HandedAt, r.ReceivedAt = spoken(r.ProposedAt), spoken(r.HandedAt), spoken(r.ReceivedAt)
	}
	return rows, nil
}

// GivenSums is how much money of a cohort stands where, in đồng. What was refused is in none of it.
type GivenSums struct {
	Proposed  int64 `db:"proposed"  json:"proposed"`
	Confirmed int64 `db:"confirmed" json:"confirmed"`
	Handed    int64 `db:"handed"    json:"handed"`
	Received  int64 `db:"received"  json:"received"`
	Perks     int   `db:"perks"     json:"perks"`    // handed over or received
	Startups  int   `db:"startups"  json:"startups"` // that were handed something
}

// givenIn sums up what a cohort gives.
func givenIn(ctx context.Context, app core.App, cohort string) (g GivenSums, err error) {
	err = app.DB().NewQuery(`SELECT
		coalesce(sum(iif(status = 'proposed', amount_vnd, 0)), 0) AS proposed,
		coalesce(sum(iif(status = 'confirmed', amount_vnd, 0)), 0) AS confirmed,
		coalesce(sum(iif(status = 'handed', amount_vnd, 0)), 0) AS handed,
		coalesce(sum(iif(status = 'received', amount_vnd, 0)), 0) AS received,
		coalesce(sum(kind = 'perk' AND status IN ('handed', 'received')), 0) AS perks,
		count(DISTINCT iif(status IN ('handed', 'received'), startup, NULL)) AS startups
		FROM supports WHERE cohort = {:cohort}`).Bind(dbx.Params{"cohort": cohort}).WithContext(ctx).One(&g)
	if err != nil {
		return g, fmt.Errorf("sum up what cohort %s gives: %w", cohort, err)
	}
	return g, nil
}

// awaitingReceipt is a support that was handed over with an admin of its startup.
type awaitingReceipt struct {
	ID       string `db:"id"`
	Startup  string `db:"startup"`
	Name     string `db:"name"`
	HandedAt string `db:"handed_at"`
	User     string `db:"user"`
}

// handedSince are what was handed over since an instant and has no receipt, a row for each admin; of one person only, or of all.
func handedSince(app core.App, since time.Time, user string) ([]awaitingReceipt, error) {
	only, params := "", dbx.Params{"since": record.Stamp(since)}
	if user != "" {
		only, params["user"] = " AND m.user = {:user}", user
	}
	var rows []awaitingReceipt
	err := app.DB().NewQuery(`SELECT p.id, p.startup, s.name, p.handed_at, m.user FROM supports p JOIN startups s ON s.id = p.startup
		JOIN startup_members m ON m.startup = p.startup AND m.left_on = '' AND m.is_admin = 1
		WHERE p.status = 'handed' AND p.handed_at >= {:since}` + only + ` ORDER BY p.handed_at, p.id, m.user`).Bind(params).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for what has no receipt: %w", err)
	}
	return rows, nil
}

// proposedIn is how much money waits to be confirmed in some cohorts, nil being all, by somebody else than one person, and in which
// cohort first.
func proposedIn(app core.App, cohorts []string, but string) (n int, first string, err error) {
	where := dbx.And(dbx.HashExp{"status": string(SupportProposed), "kind": SupportMoney}, dbx.Not(dbx.HashExp{"proposed_by": but}))
	if cohorts != nil {
		where = dbx.And(where, dbx.HashExp{"cohort": anys(cohorts)})
	}
	err = app.DB().Select("count(*)", "coalesce(min(cohort), '')").From("supports").Where(where).Row(&n, &first)
	if err != nil {
		return 0, "", fmt.Errorf("count what waits to be confirmed: %w", err)
	}
	return n, first, nil
}
