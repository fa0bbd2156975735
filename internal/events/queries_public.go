package events

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// Shown is all that everybody may read of an event in a list, with what is to be had of it.
type Shown struct {
	ID        string         `db:"id"`
	Slug      string         `db:"slug"`
	TitleVI   string         `db:"title_vi"`
	TitleEN   string         `db:"title_en"`
	SummaryVI string         `db:"summary_vi"`
	SummaryEN string         `db:"summary_en"`
	SeriesVI  string         `db:"series_vi"`
	SeriesEN  string         `db:"series_en"`
	ModeCode  string         `db:"mode"`
	Venue     string         `db:"venue"`
	Status    string         `db:"status"`
	Starts    types.DateTime `db:"starts_at"`
	Ends      types.DateTime `db:"ends_at"`
	Updated   types.DateTime `db:"updated"`

	// What Sale says of the kinds of tickets that everybody may have.
	OnSale int  // that can be had by their time
	Later  int  // that can be had later
	Room   int  // of those on sale, those with a seat left
	Cheap  Dong // the least price of a kind on sale
	Dear   Dong // and the greatest
}

const shownColumns = `e.id, e.slug, e.title_vi, e.title_en, e.summary_vi, e.summary_en, coalesce(s.title_vi, '') AS series_vi,
	coalesce(s.title_en, '') AS series_en, e.mode, e.venue, e.status, e.starts_at, e.ends_at, e.updated`

const (
	shownFrom  = ` FROM events e LEFT JOIN event_series s ON s.id = e.series `
	isShown    = `(e.status IN ('published', 'closed') OR e.status = 'cancelled' AND e.published_at != '')`
	eventsFit  = ` AND NOT EXISTS (SELECT 1 FROM json_each({:words}) w WHERE instr(e.search_key, w.value) = 0)`
	eventsPage = 20
)

// listAsk is which part of the list somebody asks for.
type listAsk struct {
	text     string
	past     bool
	from, to time.Time // a month; zero is any time
	after    []string  // the start and the id with which the page before ended
}

// shownEvents lists what everybody may know of: what is to come by its start, or what is over, the latest first. One row more than
// a page tells that there is another.
func shownEvents(ctx context.Context, app core.App, ask listAsk, now time.Time) ([]Shown, error) {
	params := dbx.Params{"now": record.Stamp(now), "words": record.InJSON(strings.Fields(vn.Fold(ask.text))), "limit": eventsPage + 1}
	where, order := " AND e.ends_at > {:now} AND e.status != 'closed'", " ORDER BY e.starts_at, e.id"
	switch {
	case !ask.from.IsZero():
		where = " AND e.starts_at >= {:from} AND e.starts_at < {:to}"
		params["from"], params["to"], params["limit"] = record.Stamp(ask.from), record.Stamp(ask.to), 200
	case ask.past:
		where, order = " AND (e.ends_at <= {:now} OR e.status = 'closed')", " ORDER BY e.starts_at DESC, e.id DESC"
	}
	if len(ask.after) == 2 {
		params["at"], params["id"] = ask.after[0], ask.after[1]
		if ask.past {
			where += " AND (e.starts_at, e.id) < ({:at}, {:id})"
		} else {
			where += " AND (e.starts_at, e.id) > ({:at}, {:id})"
		}
	}
	var rows []Shown
	err := app.DB().NewQuery("SELECT " + shownColumns + shownFrom + "WHERE " + isShown + where + eventsFit + order + " LIMIT {:limit}").
		WithContext(ctx).Bind(params).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list events: %w", err)
	}
	return rows, onOffer(ctx, app, rows, now)
}

// onOffer says of each event what everybody may have of it.
func onOffer(ctx context.Context, app core.App, rows []Shown, now time.Time) error {
	ids := make([]string, len(rows))
	for i, s := range rows {
		ids[i] = s.ID
	}
	kinds, quotas, err := stockOf(ctx, app, ids)
	for i := range rows {
		s := &rows[i]
		for _, y := range kinds[s.ID] {
			s.count(y, y.saleIn(lifecycle.State(s.Status), s.Ends.Time(), roomOf(y, quotas[s.ID]), now))
		}
	}
	return err
}

// addressed are the events that everybody may know of, the latest first: their addresses and when they last changed.
func addressed(ctx context.Context, app core.App) ([]Shown, error) {
	var rows []Shown
	err := app.DB().NewQuery("SELECT e.slug, e.updated FROM events e WHERE " + isShown + " ORDER BY e.starts_at DESC, e.id LIMIT 5000").WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list the addresses of events: %w", err)
	}
	return rows, nil
}

// startsBetween are when the shown events between two instants start.
func startsBetween(ctx context.Context, app core.App, from, to time.Time) ([]types.DateTime, error) {
	var rows []types.DateTime
	err := app.DB().NewQuery("SELECT e.starts_at FROM events e WHERE " + isShown + " AND e.starts_at >= {:from} AND e.starts_at < {:to} ORDER BY e.starts_at").
		WithContext(ctx).Bind(dbx.Params{"from": record.Stamp(from), "to": record.Stamp(to)}).Column(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for the days of events: %w", err)
	}
	return rows, nil
}

// shownEvent is an event by its address, as long as everybody may know of it. Error: page.missing.
func shownEvent(app core.App, slug string) (*Event, error) {
	v, err := Events.First(app, dbx.And(dbx.HashExp{"slug": slug},
		dbx.NewExp("(status IN ('published', 'closed') OR status = 'cancelled' AND published_at != '')")))
	if fault.Code(err) == "record.not_found" {
		return nil, fault.NotFound("page.missing")
	}
	return v, err
}
