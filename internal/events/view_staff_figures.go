package events

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/payment"
	"vuon/internal/record"
)

// typeFigures are what is sold of a kind of ticket, and who came with it.
type typeFigures struct {
	ID      string `db:"id"      json:"id"`
	NameVI  string `db:"name_vi" json:"name_vi"`
	NameEN  string `db:"name_en" json:"name_en"`
	Sold    int    `db:"sold"    json:"sold"`    // tickets that are valid or suspended
	Held    int    `db:"held"    json:"held"`    // tickets that wait for somebody
	Revenue Dong   `db:"revenue" json:"revenue"` // what the sold ones cost
	Came    int    `db:"came"    json:"came"`    // tickets with which somebody came in
}

// showFigures are the figures of an event, with what whoever runs it has to do next.
func showFigures(d office) (any, error) {
	v, err := run(d)
	if err != nil {
		return nil, err
	}
	ctx := d.e.Request.Context()
	types, err := figuresOf(ctx, d.app, v.Id)
	if err != nil {
		return nil, err
	}
	waits, err := waitingIn(ctx, d.app, v.Id)
	if err != nil {
		return nil, err
	}
	kinds, err := typesOf(d.app, v.Id)
	if err != nil {
		return nil, err
	}
	quotas, err := quotasOf(d.app, v.Id)
	if err != nil {
		return nil, err
	}
	history, err := historyOf(d, Events.Collection, v.Id)
	if err != nil {
		return nil, err
	}
	paid, back, err := moneyIn(ctx, d.app, v.Id)
	if err != nil {
		return nil, err
	}
	whole, all := total(types), capacityOf(kinds, quotas)
	return map[string]any{
		"sold": whole.Sold, "held": whole.Held, "revenue": whole.Revenue, "came": whole.Came, "size": all.Size, "unlimited": all.Unlimited, "types": types,
		"waiting": waits.Waiting, "attention": waits.Attention, "orders_open": waits.Open, "paid": paid - back, "refunded": back,
		"begun": v.Begun(d.now), "missing": v.missing(kinds, d.now), "history": history,
	}, nil
}

// sum is a payment or a refund of an order, as whoever runs its event reads it.
type sum struct {
	ID       string          `json:"id"`
	Provider string          `json:"provider"` // "" for what goes back
	Amount   Dong            `json:"amount_vnd"`
	Received Dong            `json:"received_vnd"`
	Status   lifecycle.State `json:"status"`
	At       time.Time       `json:"at"`
}

// moneyOf is what came for an order and what goes back of it, in that order.
func moneyOf(app core.App, order string) ([]sum, error) {
	paid, err := payment.PaymentsOf(app, order)
	if err != nil {
		return nil, err
	}
	back, err := payment.RefundsOf(app, order)
	all := make([]sum, 0, len(paid)+len(back))
	for _, p := range paid {
		all = append(all, sum{p.Id, string(p.Provider()), p.Amount(), p.Received(), p.Status(), p.PaidAt()})
	}
	for _, r := range back {
		all = append(all, sum{r.Id, "", r.Amount(), 0, r.Status(), r.AskedAt()})
	}
	return all, err
}

// total adds the figures of all types up.
func total(types []typeFigures) (all typeFigures) {
	for _, t := range types {
		all.Sold, all.Held, all.Revenue, all.Came = all.Sold+t.Sold, all.Held+t.Held, all.Revenue+t.Revenue, all.Came+t.Came
	}
	return all
}

// showTypes are the types and the quotas of an event, with what is taken of each.
func showTypes(d office) (any, error) {
	v, err := run(d)
	if err != nil {
		return nil, err
	}
	kinds, err := typesOf(d.app, v.Id)
	if err != nil {
		return nil, err
	}
	quotas, err := quotasOf(d.app, v.Id)
	if err != nil {
		return nil, err
	}
	figures, err := figuresOf(d.e.Request.Context(), d.app, v.Id)
	if err != nil {
		return nil, err
	}
	counts := map[string]typeFigures{}
	for _, f := range figures {
		counts[f.ID] = f
	}
	types, seats := make([]any, len(kinds)), make([]any, len(quotas))
	for i, y := range kinds {
		room := roomOf(y, quotas)
		types[i] = map[string]any{
			"id": y.Id, "rev": record.Rev(y), "name_vi": y.NameVI(), "name_en": y.NameEN(), "note_vi": y.NoteVI(), "note_en": y.NoteEN(), "price_vnd": y.Price(),
			"quotas": y.Quotas(), "min_per_order": y.Least(), "max_per_order": y.MaxPerOrder(), "sales_from": given(y.SalesFrom()), "sales_to": given(y.SalesTo()),
			"visibility": y.Visibility(), "unlock_code": y.UnlockCode(), "needs_approval": y.NeedsApproval(), "questions": y.Questions(), "days": y.Days(),
			"position": y.Position(), "withdrawn_at": given(y.WithdrawnAt()), "sold": counts[y.Id].Sold, "held": counts[y.Id].Held, "room": room, "sale": y.Sale(v, room, d.now),
		}
	}
	for i, q := range quotas {
		seats[i] = map[string]any{
			"id": q.Id, "rev": record.Rev(q), "name": q.Name(), "size": q.Size(), "unlimited": q.Unlimited(), "overbook": q.Overbook(), "held": q.Held(), "sold": q.Sold(),
		}
	}
	return map[string]any{"types": types, "quotas": seats}, nil
}

// roomOf is how many tickets of a type could be taken now; −1 is as many as people come.
func roomOf(y *Type, quotas []*Quota) int {
	room := -1
	for _, q := range quotas {
		for _, id := range y.Quotas() {
			if left := q.Room(); id == q.Id && left >= 0 && (room < 0 || left < room) {
				room = left
			}
		}
	}
	return room
}

// previewMessage is a message as its readers will see it, and to how many it would go now.
func previewMessage(d office) (any, error) {
	if err := signed(d.by); err != nil {
		return nil, err
	}
	m, err := Messages.Find(d.app, d.id)
	if err != nil {
		return nil, err
	}
	if err := mayRun(d.by, m.EventID()); err != nil {
		return nil, err
	}
	count := m.Count()
	if m.Status() == MessageDraft {
		if count, err = reach(d.app, m); err != nil {
			return nil, err
		}
	}
	v, err := Events.Find(d.app, m.EventID())
	if err != nil {
		return nil, err
	}
	orVI := func(text, vi string) string {
		if text == "" {
			return vi
		}
		return text
	}
	return map[string]any{
		"id": m.Id, "count": count, "status": lifecycle.State(m.Status()), "subject_vi": v.Title().VI + ": " + m.SubjectVI(), "body_vi": m.BodyVI(),
		"subject_en": orVI(v.Title().EN, v.Title().VI) + ": " + orVI(m.SubjectEN(), m.SubjectVI()), "body_en": orVI(m.BodyEN(), m.BodyVI()),
	}, nil
}

// showFeedback is what an event was: who came, and what they thought of it once enough have said so.
func showFeedback(d office) (any, error) {
	v, err := run(d)
	if err != nil {
		return nil, err
	}
	ctx := d.e.Request.Context()
	types, err := figuresOf(ctx, d.app, v.Id)
	if err != nil {
		return nil, err
	}
	marks, err := spread(ctx, d.app, v.Id)
	if err != nil {
		return nil, err
	}
	answers, points := 0, 0
	for i, n := range marks {
		answers, points = answers+n, points+n*(i+1)
	}
	whole := total(types)
	shown := map[string]any{
		"begun": v.Begun(d.now), "sold": whole.Sold, "came": whole.Came, "revenue": whole.Revenue, "answers": answers, "shown": answers >= fewest, "fewest": fewest,
	}
	if answers < fewest {
		return shown, nil
	}
	words, err := wordsOn(ctx, d.app, v.Id)
	shown["mean"], shown["spread"], shown["words"] = float64(points)/float64(answers), marks, words
	return shown, err
}
