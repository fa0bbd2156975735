package events

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
	"vuon/internal/web"
)

// cellAt reads an instant of a row; nil where there is none, for the cell of a table.
func cellAt(spoken string) any {
	at, err := time.Parse(time.RFC3339, spoken)
	if err != nil {
		return nil
	}
	return at
}

// given is an instant as JSON has it, nil where there is none.
func given(at time.Time) any {
	if at.IsZero() {
		return nil
	}
	return at
}

func viewSeries(s *Series) any {
	return map[string]any{
		"id": s.Id, "slug": s.Slug(), "title_vi": s.Title().VI, "title_en": s.Title().EN, "summary_vi": s.Summary().VI, "summary_en": s.Summary().EN, "rev": record.Rev(s),
	}
}

// showEvent is an event as whoever runs it reads it, the address of its stream with it.
func showEvent(d office) (any, error) {
	v, err := run(d)
	if err != nil {
		return nil, err
	}
	issued, err := taken(d.app, v.Id)
	if err != nil {
		return nil, err
	}
	all, err := allSeries(d.app)
	if err != nil {
		return nil, err
	}
	series := make([]any, len(all))
	for i, s := range all {
		series[i] = viewSeries(s)
	}
	return map[string]any{
		"id": v.Id, "rev": record.Rev(v), "slug": v.Slug(), "all_series": series, "status": v.Status(), "title_vi": v.Title().VI, "title_en": v.Title().EN,
		"summary_vi": v.Summary().VI, "summary_en": v.Summary().EN, "body_vi": v.Body().VI, "body_en": v.Body().EN, "series": v.SeriesID(), "cluster": v.ClusterID(),
		"mode": v.Mode(), "venue": v.Venue(), "address": v.Address(), "map_url": v.MapURL(), "stream_url": v.StreamURL(), "starts_at": v.StartsAt(), "ends_at": v.EndsAt(),
		"doors_at": given(v.DoorsAt()), "agenda": v.Agenda(), "speakers": v.Speakers(), "contact": v.Contact(), "refund_until_hours": v.RefundUntilHours(),
		"vat_rate": v.VATRate(), "per_email_limit": v.PerEmailLimit(), "attendees_named": v.Named(), "published_at": given(v.PublishedAt()),
		"cancelled_at": given(v.CancelledAt()), "cancel_reason": v.CancelReason(), "past": v.Past(d.now), "begun": v.Begun(d.now), "issued": issued,
		"may_cancel": access.MayDecide(d.by, v.Path()...) == nil,
	}, nil
}

// run finds the event in the path for whoever runs it. Errors: access.sign_in, record.not_found.
func run(d office) (*Event, error) {
	if err := mayRun(d.by, d.id); err != nil {
		return nil, err
	}
	return Events.Find(d.app, d.id)
}

// entry is one line of the history of a row.
type entry struct {
	Says   string    `json:"says"` // in the words of whoever asks
	At     time.Time `json:"at"`
	Actor  string    `json:"actor_name"`
	Reason string    `json:"reason"`
}

// historyOf is what happened to a row, the latest first.
func historyOf(d office, collection, id string) ([]entry, error) {
	app := d.app
	all, err := lifecycle.Told(app, collection, id)
	if err != nil {
		return nil, err
	}
	site, err := web.Of(app)
	if err != nil {
		return nil, err
	}
	lang := locale.Asked(d.e.Request.Header.Get("Accept-Language"))
	names, lines := map[string]string{}, make([]entry, 0, len(all))
	for _, x := range slices.Backward(all) {
		name, known := names[x.Actor()]
		if !known && x.Actor() != "" && !strings.Contains(x.Actor(), ":") {
			if name, err = asked(app).Person(app, x.Actor()); err != nil && fault.Code(err) != "record.not_found" {
				return nil, fmt.Errorf("read who did what with %s %s: %w", collection, id, err)
			}
			names[x.Actor()] = name
		}
		lines = append(lines, entry{site.Text(lang, x.Notice()), x.At(), name, x.Reason()})
	}
	return lines, nil
}

// told is an answer with its question.
type told struct {
	Key     string `json:"key"`
	LabelVI string `json:"label_vi"`
	LabelEN string `json:"label_en"`
	Said    string `json:"said"`
}

// repliesOf pairs what somebody answered with the questions of their ticket.
func repliesOf(questions, answers string) []told {
	given, all := map[string]any{}, []told{}
	if json.Unmarshal([]byte(answers), &given) != nil {
		return all
	}
	for _, q := range listed[Question](questions) {
		if text := worded(given[q.Key]); text != "" {
			all = append(all, told{q.Key, q.LabelVI, q.LabelEN, text})
		}
	}
	return all
}

// worded is an answer as a line of text; a consent is a mark.
func worded(answer any) string {
	switch v := answer.(type) {
	case string:
		return v
	case bool:
		if v {
			return "✓"
		}
	case []any:
		parts := make([]string, 0, len(v))
		for _, one := range v {
			if text := worded(one); text != "" {
				parts = append(parts, text)
			}
		}
		return strings.Join(parts, "; ")
	case nil:
	default:
		return fmt.Sprint(v)
	}
	return ""
}

// questionsOf are the questions of all types of an event, each once.
func questionsOf(kinds []*Type) (all []Question) {
	for _, y := range kinds {
		for _, q := range y.Questions() {
			if !slices.ContainsFunc(all, func(have Question) bool { return have.Key == q.Key }) {
				all = append(all, q)
			}
		}
	}
	return all
}

// showOrder is one order of an event as whoever runs it reads it, with all that happened to it.
func showOrder(d office) (any, error) {
	v, err := run(d)
	if err != nil {
		return nil, err
	}
	o, err := Orders.Find(d.app, d.e.Request.PathValue("order"))
	switch {
	case err != nil:
		return nil, err
	case o.EventID() != v.Id:
		return nil, fault.NotFound("record.not_found")
	}
	tickets, err := ticketsOn(d.app, o.Id)
	if err != nil {
		return nil, err
	}
	money, err := moneyOf(d.app, o.Id)
	if err != nil {
		return nil, err
	}
	history, err := historyOf(d, Orders.Collection, o.Id)
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"id": o.Id, "rev": record.Rev(o), "code": o.Code(), "status": o.Status(), "event": map[string]any{"id": v.Id, "title_vi": v.Title().VI, "title_en": v.Title().EN},
		"buyer_name": o.BuyerName(), "buyer_email": o.BuyerEmail(), "buyer_phone": o.BuyerPhone(), "total_vnd": o.Total(), "vat_vnd": o.VAT(), "provider": o.Provider(),
		"seats": o.Seats(), "created_at": o.created(), "submitted_at": given(o.SubmittedAt()), "confirmed_at": given(o.ConfirmedAt()), "pay_by": given(o.PayBy()),
		"approve_note": o.ApproveNote(), "tickets": tickets, "payments": money, "history": history, "may": o.may(d.by, v),
	}, nil
}

// may is what somebody who runs the event can do with an order now.
func (o *Order) may(by access.Actor, v *Event) map[string]bool {
	live := !v.over()
	return map[string]bool{
		"approve": o.Status() == OrderAwaitingApproval && live, "postpone": o.AwaitsMoney() && live,
		"cancel": slices.Contains(cancellable, o.Status()), "resend": !o.SubmittedAt().IsZero() && o.BuyerEmail() != "", "rename": live,
		"overbook": o.Status() == OrderNeedsAttention && live && access.MayDecide(by, v.Path()...) == nil,
	}
}

// cancellable are the states in which staff call an order off.
var cancellable = []lifecycle.State{OrderAwaitingPayment, OrderProcessing, OrderConfirmed, OrderNeedsAttention}
