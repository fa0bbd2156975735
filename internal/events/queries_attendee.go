package events

import (
	"context"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/web"
)

// cameAt is when somebody first came in with a ticket k, "" for not yet.
const cameAt = `coalesce((SELECT min(p.first_at) FROM presences p WHERE p.ticket = k.id AND p.entries > 0), '')`

// attendeeRow is a ticket in the list of who comes.
type attendeeRow struct {
	ID          string `db:"id"           json:"id"`
	Code        string `db:"code"         json:"code"`
	Status      string `db:"status"       json:"status"`
	HolderName  string `db:"holder_name"  json:"holder_name"`
	HolderEmail string `db:"holder_email" json:"holder_email"`
	Type        string `db:"type"         json:"type"`
	TypeVI      string `db:"type_vi"      json:"type_vi"`
	TypeEN      string `db:"type_en"      json:"type_en"`
	Price       Dong   `db:"price_vnd"    json:"price_vnd"`
	Order       string `db:"order_id"     json:"order"`
	OrderCode   string `db:"order_code"   json:"order_code"`
	BuyerName   string `db:"buyer_name"   json:"buyer_name"`
	BuyerEmail  string `db:"buyer_email"  json:"-"`
	BuyerPhone  string `db:"buyer_phone"  json:"-"`
	CameAt      string `db:"came_at"      json:"came_at"`
	Answers     string `db:"answers"      json:"-"`
	Key         string `db:"search_key"   json:"-"`
}

// crowd is which attendees somebody asks for.
type crowd struct {
	web.Ask
	after              []string
	Type, Came, Status string
}

// attendeesOf lists the tickets of an event by the names of who has them, one more than asked.
func attendeesOf(ctx context.Context, app core.App, event string, c crowd) ([]attendeeRow, error) {
	q := app.DB().Select("k.id", "k.code", "k.status", "k.holder_name", "k.holder_email", "k.type", "y.name_vi AS type_vi", "y.name_en AS type_en", "k.price_vnd",
		"o.id AS order_id", "o.code AS order_code", "o.buyer_name", "o.buyer_email", "o.buyer_phone", "coalesce(k.answers, '') AS answers", "k.search_key", cameAt+" AS came_at",
	).From("tickets k").InnerJoin("orders o", dbx.NewExp("o.id = k.[[order]]")).InnerJoin("ticket_types y", dbx.NewExp("y.id = k.type")).
		Where(dbx.HashExp{"k.event": event}).OrderBy("k.search_key", "k.id").Limit(int64(c.Limit) + 1).WithContext(ctx)
	if c.Status == "" {
		q.AndWhere(dbx.In("k.status", string(TicketValid), string(TicketSuspended)))
	} else {
		q.AndWhere(dbx.HashExp{"k.status": c.Status})
	}
	if c.Type != "" {
		q.AndWhere(dbx.HashExp{"k.type": c.Type})
	}
	switch c.Came {
	case "yes":
		q.AndWhere(dbx.NewExp(cameAt + " != ''"))
	case "no":
		q.AndWhere(dbx.NewExp(cameAt + " = ''"))
	}
	if c.Search != "" {
		q.AndWhere(dbx.NewExp("(instr(k.search_key, {:q}) > 0 OR instr(o.search_key, {:q}) > 0)", dbx.Params{"q": searched(c.Search)}))
	}
	if c.after != nil {
		q.AndWhere(dbx.NewExp("(k.search_key, k.id) > ({:key}, {:id})", dbx.Params{"key": c.after[0], "id": c.after[1]}))
	}
	var rows []attendeeRow
	if err := q.All(&rows); err != nil {
		return nil, fmt.Errorf("list who comes to event %s: %w", event, err)
	}
	for i := range rows {
		rows[i].CameAt = spokenAt(rows[i].CameAt)
	}
	return rows, nil
}

// ticketRow is a ticket on the page of its order.
type ticketRow struct {
	ID          string `db:"id"           json:"id"`
	Code        string `db:"code"         json:"code"`
	Status      string `db:"status"       json:"status"`
	HolderName  string `db:"holder_name"  json:"holder_name"`
	HolderEmail string `db:"holder_email" json:"holder_email"`
	TypeVI      string `db:"type_vi"      json:"type_vi"`
	TypeEN      string `db:"type_en"      json:"type_en"`
	Price       Dong   `db:"price_vnd"    json:"price_vnd"`
	Rev         int    `db:"rev"          json:"rev"`
	CameAt      string `db:"came_at"      json:"came_at"`
	Said        string `db:"answers"      json:"-"`
	Asks        string `db:"questions"    json:"-"`
	Answers     []told `db:"-"            json:"answers"`
}

// ticketsOn lists the tickets of an order, in the order in which they were taken.
func ticketsOn(app core.App, order string) ([]ticketRow, error) {
	rows := []ticketRow{}
	err := app.DB().Select("k.id", "k.code", "k.status", "k.holder_name", "k.holder_email", "y.name_vi AS type_vi", "y.name_en AS type_en", "k.price_vnd", "k.rev",
		cameAt+" AS came_at", "coalesce(k.answers, '') AS answers", "coalesce(y.questions, '') AS questions",
	).From("tickets k").InnerJoin("ticket_types y", dbx.NewExp("y.id = k.type")).
		Where(dbx.HashExp{"k.order": order}).OrderBy("y.position", "k.rowid").All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list the tickets of order %s: %w", order, err)
	}
	for i := range rows {
		rows[i].CameAt = spokenAt(rows[i].CameAt)
		rows[i].Answers = repliesOf(rows[i].Asks, rows[i].Said)
	}
	return rows, nil
}

// figuresOf are the figures of an event by its kinds of tickets; their sums are those of the event.
func figuresOf(ctx context.Context, app core.App, event string) ([]typeFigures, error) {
	rows := []typeFigures{}
	err := app.DB().NewQuery(`SELECT y.id, y.name_vi, y.name_en,
			count(*) FILTER (WHERE k.status IN ('valid', 'suspended')) AS sold, count(*) FILTER (WHERE k.status = 'held') AS held,
			coalesce(sum(k.price_vnd) FILTER (WHERE k.status IN ('valid', 'suspended')), 0) AS revenue,
			count(*) FILTER (WHERE k.status IN ('valid', 'suspended') AND ` + cameAt + ` != '') AS came
		FROM ticket_types y LEFT JOIN tickets k ON k.type = y.id
		WHERE y.event = {:event} GROUP BY y.id ORDER BY y.position, y.id`).
		Bind(dbx.Params{"event": event}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("read the figures of event %s: %w", event, err)
	}
	return rows, nil
}

// orderFigures are what waits among the orders of an event.
type orderFigures struct {
	Waiting   int `db:"waiting"   json:"waiting"`     // for approval
	Attention int `db:"attention" json:"attention"`   // money without seats
	Open      int `db:"open"      json:"orders_open"` // what would be called off with the event
}

func waitingIn(ctx context.Context, app core.App, event string) (f orderFigures, err error) {
	err = app.DB().NewQuery(`SELECT count(*) FILTER (WHERE status = 'awaiting_approval') AS waiting, count(*) FILTER (WHERE status = 'needs_attention') AS attention,
			count(*) FILTER (WHERE status IN ('awaiting_approval', 'awaiting_payment', 'processing', 'cancelling', 'confirmed', 'needs_attention')) AS open
		FROM orders WHERE event = {:event} AND submitted_at != ''`).Bind(dbx.Params{"event": event}).WithContext(ctx).One(&f)
	if err != nil {
		err = fmt.Errorf("count the orders of event %s: %w", event, err)
	}
	return f, err
}

// spread is how often each mark was given to an event, from the worst to the best.
func spread(ctx context.Context, app core.App, event string) (marks [best]int, err error) {
	var rows []struct {
		Score int `db:"score"`
		N     int `db:"n"`
	}
	err = app.DB().NewQuery("SELECT score, count(*) AS n FROM event_feedback WHERE event = {:event} GROUP BY score").
		Bind(dbx.Params{"event": event}).WithContext(ctx).All(&rows)
	for _, r := range rows {
		if r.Score >= worst && r.Score <= best {
			marks[r.Score-1] = r.N
		}
	}
	return marks, err
}

// mostWords is how many of the words that were said of an event are shown.
const mostWords = 200

// wordsOn are what was said of an event, in an order that tells nothing of who said it.
func wordsOn(ctx context.Context, app core.App, event string) (words []string, err error) {
	words = []string{}
	err = app.DB().NewQuery("SELECT words FROM event_feedback WHERE event = {:event} AND words != '' ORDER BY id LIMIT {:most}").
		Bind(dbx.Params{"event": event, "most": mostWords}).WithContext(ctx).Column(&words)
	return words, err
}

// hasSpoken says whether the holder of a ticket has said what they think.
func hasSpoken(app core.App, ticket string) (bool, error) {
	n, err := app.CountRecords(Feedbacks.Collection, dbx.HashExp{"ticket": ticket})
	return n > 0, err
}
