package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"

	"vuon/internal/events"
	"vuon/internal/vn"
)

// invites are the events of the house as they came about.
func (g *garden) invites() []happening {
	g.shows = map[string]*show{}
	var all []happening
	for _, p := range g.parties() {
		all = append(all, happening{p.drawn, func(at time.Time) error { return g.plansEvent(p, at) }})
		if !p.hidden {
			all = append(all, happening{p.drawn.AddDate(0, 0, 1), func(at time.Time) error {
				by, err := g.as(idOf("staff"), at)
				if err == nil {
					_, err = events.PublishEvent(g.tx, by, g.shows[p.key].event, 0, at)
				}
				return err
			}})
		}
	}
	for n := range 26 {
		all = append(all, g.takes("past", 0, 1+n%2, g.ago(34-n*5/6, 8+n%12, 7*n%60), ""))
	}
	for n := range 7 {
		all = append(all, g.takes("full", 0, []int{2, 2, 2, 2, 2, 1, 1}[n], g.ago(13-n, 10, 3*n), ""))
	}
	for n := range 9 {
		all = append(all, g.takes("online", 0, 1, g.ago(10-n, 20, 5*n), ""))
	}
	for n, then := range []string{"approve", "approve", "", "reject", ""} {
		all = append(all, g.takes("sale", 1, 1, g.ago(9-2*n+n/2, 9, 12*n), then))
	}
	for n, then := range []string{"", "", "cancel", "cart"} {
		all = append(all, g.takes("sale", 0, 1+n%3, g.now.Add(-time.Duration(n*3+1)*7*time.Minute), then))
	}
	return slices.Concat(all, g.bookkeeping(), g.atDoor(), g.afterwards())
}

// show is an event that was planted, with its kinds of tickets.
type show struct {
	event string
	kinds []string
}

// plansEvent writes an event down with its tickets.
func (g *garden) plansEvent(p party, at time.Time) error {
	by, err := g.as(idOf("staff"), at)
	if err != nil {
		return err
	}
	terms := events.EventTerms{
		TitleVI: &p.vi, TitleEN: &p.en, SummaryVI: &p.sumVI, SummaryEN: &p.sumEN, BodyVI: &p.bodyVI, BodyEN: &p.bodyEN, Mode: &p.mode, Venue: &p.venue, Address: &p.address,
		StreamURL: &p.stream, StartsAt: &p.starts, EndsAt: &p.ends, RefundUntilHours: &p.returns, PerEmailLimit: &p.limit, Agenda: p.lines(), Speakers: p.speakers(),
	}
	if p.series != "" {
		series, err := g.seriesOf(by, at)
		if err != nil {
			return err
		}
		terms.Series = &series
	}
	v, err := events.PlanEvent(g.tx, by, terms, at)
	if err != nil {
		return fmt.Errorf("plan %s: %w", p.vi, err)
	}
	s, hall, free := &show{event: v.Id}, "Chỗ ngồi", p.seats == 0
	g.shows[p.key] = s
	q, err := events.AddQuota(g.tx, by, v.Id, events.QuotaTerms{Name: &hall, Size: &p.seats, Unlimited: &free}, at)
	if err != nil {
		return err
	}
	for _, k := range p.kinds {
		seats := []string{q.Id}
		if k.own > 0 {
			own, err := events.AddQuota(g.tx, by, v.Id, events.QuotaTerms{Name: &k.vi, Size: &k.own}, at)
			if err != nil {
				return err
			}
			seats = append(seats, own.Id)
		}
		t := events.TypeTerms{NameVI: &k.vi, NameEN: &k.en, Price: &k.price, Quotas: &seats, NeedsApproval: &k.asks}
		if k.code != "" {
			byCode := events.ShownByCode
			t.Visibility, t.UnlockCode = &byCode, &k.code
		}
		if !k.opens.IsZero() {
			t.SalesFrom = &k.opens
		}
		if k.size {
			t.Questions = &[]events.Question{{Key: "co_ao", Type: events.AskChoice, LabelVI: "Cỡ áo", LabelEN: "Shirt size", Options: []string{"S", "M", "L", "XL"}, AtDoor: true}}
		}
		y, err := events.AddType(g.tx, by, v.Id, t, at)
		if err != nil {
			return fmt.Errorf("add %s to %s: %w", k.vi, p.vi, err)
		}
		s.kinds = append(s.kinds, y.Id)
	}
	return nil
}

// seriesOf is the one series of the house, made when it is first wanted.
func (g *garden) seriesOf(by actor, at time.Time) (string, error) {
	all, err := events.AllSeries.All(g.tx)
	if err != nil || len(all) > 0 {
		return append(all, &events.Series{})[0].Id, err
	}
	vi, en := "Gặp gỡ mỗi tháng", "Every month"
	s, err := events.PlanSeries(g.tx, by, events.SeriesTerms{TitleVI: &vi, TitleEN: &en}, at)
	if err != nil {
		return "", err
	}
	return s.Id, nil
}

// takes is how somebody takes tickets, and what becomes of their order: it is approved, turned down or cancelled, or stays a cart.
func (g *garden) takes(key string, kind, count int, when time.Time, then string) happening {
	return happening{when, func(at time.Time) error {
		s := g.shows[key]
		o, err := events.Reserve(context.Background(), g.tx, events.Basket{Event: s.event, Lines: []events.Line{{Type: s.kinds[kind], Count: count}}}, at)
		if err != nil || then == "cart" {
			return wrapped(err, "take tickets of "+key)
		}
		name := g.name()
		b := events.Buyer{Name: name, Email: strings.ReplaceAll(vn.Fold(name), " ", ".") + itoa(g.between(10, 99)) + "@demo.test", Phone: "09" + itoa(g.between(10_000_000, 99_999_999)), Provider: events.PayVietQR}
		if g.guest++; g.guest == 3 {
			b.Email = "member@demo.test"
		}
		tickets, err := events.Tickets.All(g.tx, dbx.HashExp{"order": o.Id})
		if err != nil {
			return err
		}
		var holders []events.Holder
		for i, k := range tickets {
			h := events.Holder{Ticket: k.Id, Name: name}
			if i > 0 {
				h.Name = g.name()
			}
			if key == "sale" && kind == 0 {
				h.Answers = map[string]any{"co_ao": pick(g, []string{"S", "M", "L", "XL"})}
			}
			holders = append(holders, h)
		}
		if o, err = events.Submit(g.tx, o.Id, b, holders, at.Add(3*time.Minute)); err != nil {
			return wrapped(err, "submit an order of "+key)
		}
		by, err := g.as(idOf("staff"), at)
		if err != nil {
			return err
		}
		switch then {
		case "approve":
			_, err = events.Approve(g.tx, by, o.Id, "", at.Add(time.Hour))
		case "reject":
			_, err = events.Reject(g.tx, by, o.Id, "Vé này dành cho đội đang ươm tạo.", at.Add(time.Hour))
		case "cancel":
			_, err = events.CancelOrder(g.tx, by, o.Id, "Người đặt gọi điện xin hủy.", at.Add(2*time.Minute))
		}
		return wrapped(err, then+" an order of "+key)
	}}
}

func wrapped(err error, what string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
