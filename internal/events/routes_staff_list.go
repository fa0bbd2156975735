package events

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/web"
)

func itoa(n int) string { return strconv.Itoa(n) }

// askedFor is who asks for a list of an event that they run, and which part of it.
func askedFor(e *core.RequestEvent) (d office, a web.Ask, after []string, err error) {
	if d, err = officeOf(e); err != nil {
		return d, a, nil, err
	}
	if err := mayRun(d.by, d.id); err != nil {
		return d, a, nil, err
	}
	if _, err := Events.Find(d.app, d.id); err != nil {
		return d, a, nil, err
	}
	a = web.Asked(e)
	after, err = a.From(2)
	return d, a, after, err
}

// listSeries answers whoever works for the house with all series.
func listSeries(e *core.RequestEvent) error {
	d, err := officeOf(e)
	if err != nil {
		return err
	}
	if err := access.MayWorkAnywhere(d.by); err != nil {
		return err
	}
	all, err := allSeries(d.app)
	if err != nil {
		return err
	}
	rows := make([]any, len(all))
	for i, s := range all {
		rows[i] = viewSeries(s)
	}
	return e.JSON(http.StatusOK, web.ListOf(rows, ""))
}

// listEvents answers with the events that whoever asks runs: ?q= &status= &when=coming|past &series= &after= &limit= &format=.
func listEvents(e *core.RequestEvent) error {
	d, err := officeOf(e)
	if err != nil {
		return err
	}
	if err := access.MayWorkAnywhere(d.by); err != nil {
		return err
	}
	query := e.Request.URL.Query()
	w := wanted{Ask: web.Asked(e), Status: query.Get("status"), When: query.Get("when"), Series: query.Get("series")}
	if w.after, err = w.From(2); err != nil {
		return err
	}
	rows, err := eventsFor(e.Request.Context(), d.app, d.by, w, d.now)
	if err != nil {
		return err
	}
	if !w.CSV {
		rows, next := web.Cut(rows, w.Limit, func(r eventRow) string { return web.Cursor(r.Order, r.ID) })
		return e.JSON(http.StatusOK, web.ListOf(rows, next))
	}
	table := make([][]any, len(rows))
	for i, r := range rows {
		var room any
		if r.Room >= 0 {
			room = r.Room
		}
		table[i] = []any{r.TitleVI, r.TitleEN, cellAt(r.StartsAt), cellAt(r.EndsAt), r.Mode, r.Venue, r.Status, r.Sold, r.Held, room, r.Waiting, r.Attention}
	}
	return web.CSV(e, "events.csv",
		[]string{"title_vi", "title_en", "starts_at", "ends_at", "mode", "venue", "status", "sold", "held", "room", "to_approve", "needs_attention"}, table)
}

// listOrders answers whoever runs an event with its orders: ?q= &status= (or open) &provider= &after= &limit= &format=.
func listOrders(e *core.RequestEvent) error {
	d, a, after, err := askedFor(e)
	if err != nil {
		return err
	}
	query := e.Request.URL.Query()
	rows, err := ordersOf(e.Request.Context(), d.app, d.id, query.Get("status"), query.Get("provider"), a, after)
	if err != nil {
		return err
	}
	if !a.CSV {
		rows, next := web.Cut(rows, a.Limit, func(r orderRow) string { return web.Cursor(r.Order, r.ID) })
		return e.JSON(http.StatusOK, web.ListOf(rows, next))
	}
	table := make([][]any, len(rows))
	for i, r := range rows {
		table[i] = []any{r.Code, r.BuyerName, r.BuyerEmail, r.BuyerPhone, r.Seats, r.Total, r.Provider, r.Status, cellAt(r.At), cellAt(r.ConfirmedAt)}
	}
	return web.CSV(e, "orders.csv", []string{"code", "buyer", "email", "phone", "seats", "total_vnd", "paid_by", "status", "at", "confirmed_at"}, table)
}

// listAttendees answers whoever runs an event with who holds its tickets: ?q= &type= &came=yes|no &status= &after= &limit= &format=.
// A table has a column for each question besides.
func listAttendees(e *core.RequestEvent) error {
	d, a, after, err := askedFor(e)
	if err != nil {
		return err
	}
	query := e.Request.URL.Query()
	rows, err := attendeesOf(e.Request.Context(), d.app, d.id, crowd{Ask: a, after: after, Type: query.Get("type"), Came: query.Get("came"), Status: query.Get("status")})
	if err != nil {
		return err
	}
	if !a.CSV {
		rows, next := web.Cut(rows, a.Limit, func(r attendeeRow) string { return web.Cursor(r.Key, r.ID) })
		return e.JSON(http.StatusOK, web.ListOf(rows, next))
	}
	kinds, err := typesOf(d.app, d.id)
	if err != nil {
		return err
	}
	head := []string{"name", "email", "type", "ticket", "status", "price_vnd", "order", "buyer", "buyer_email", "buyer_phone", "came_at"}
	asks := questionsOf(kinds)
	for _, q := range asks {
		head = append(head, q.LabelVI)
	}
	table := make([][]any, len(rows))
	for i, r := range rows {
		table[i] = []any{r.HolderName, r.HolderEmail, r.TypeVI, r.Code, r.Status, r.Price, r.OrderCode, r.BuyerName, r.BuyerEmail, r.BuyerPhone, cellAt(r.CameAt)}
		given := map[string]any{}
		if r.Answers != "" {
			if err := json.Unmarshal([]byte(r.Answers), &given); err != nil {
				given = map[string]any{}
			}
		}
		for _, q := range asks {
			table[i] = append(table[i], worded(given[q.Key]))
		}
	}
	return web.CSV(e, "attendees.csv", head, table)
}

// listMessages answers whoever runs an event with what its people were told: ?q= &status= &after= &limit= &format=.
func listMessages(e *core.RequestEvent) error {
	d, a, after, err := askedFor(e)
	if err != nil {
		return err
	}
	rows, err := messagesOf(e.Request.Context(), d.app, d.id, e.Request.URL.Query().Get("status"), a, after)
	if err != nil {
		return err
	}
	if !a.CSV {
		rows, next := web.Cut(rows, a.Limit, func(r messageRow) string { return web.Cursor(r.Order, r.ID) })
		return e.JSON(http.StatusOK, web.ListOf(rows, next))
	}
	table := make([][]any, len(rows))
	for i, r := range rows {
		table[i] = []any{r.SubjectVI, r.BodyVI, r.SubjectEN, r.BodyEN, r.Status, cellAt(r.SentAt), r.Count}
	}
	return web.CSV(e, "messages.csv", []string{"subject_vi", "body_vi", "subject_en", "body_en", "status", "sent_at", "count"}, table)
}
