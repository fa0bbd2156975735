package events_test

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/housetest"
)

func TestABasketThatMakesNoSenseIsRefused(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 100, now, 0, 0, 0, 0)
	housetest.Change(t, house, s.Types[1], map[string]any{"min_per_order": 2, "max_per_order": 4})
	housetest.Change(t, house, s.Types[2], map[string]any{"visibility": "code", "unlock_code": "Ươm Mầm"})
	housetest.Change(t, house, s.Types[3], map[string]any{"visibility": "staff"})
	other := housetest.OnSale(t, house, 100, now, 0)
	for name, c := range map[string]struct {
		lines  []events.Line
		unlock string
		by     access.Actor
		want   string
	}{
		"nothing":        {nil, "", access.Actor{}, "order.empty"},
		"none":           {[]events.Line{{Type: s.Types[0].Id, Count: 0}}, "", access.Actor{}, "order.count"},
		"less than none": {[]events.Line{{Type: s.Types[0].Id, Count: -1}}, "", access.Actor{}, "order.count"},
		"overflow":       {[]events.Line{{Type: s.Types[0].Id, Count: math.MaxInt}}, "", access.Actor{}, "order.count"},
		"two overflow":   {[]events.Line{{Type: s.Types[0].Id, Count: 50}, {Type: s.Types[1].Id, Count: 1}}, "", access.Actor{}, "order.too_many"},
		"too few":        {[]events.Line{{Type: s.Types[1].Id, Count: 1}}, "", access.Actor{}, "order.count"},
		"too many":       {[]events.Line{{Type: s.Types[1].Id, Count: 5}}, "", access.Actor{}, "order.count"},
		"in two lines":   {[]events.Line{{Type: s.Types[1].Id, Count: 3}, {Type: s.Types[1].Id, Count: 2}}, "", access.Actor{}, "order.count"},
		"no such type":   {[]events.Line{{Type: "nosuchtype00000", Count: 1}}, "", access.Actor{}, "order.no_type"},
		"another event":  {[]events.Line{{Type: other.Types[0].Id, Count: 1}}, "", access.Actor{}, "order.no_type"},
		"locked":         {[]events.Line{{Type: s.Types[2].Id, Count: 1}}, "mầm", access.Actor{}, "order.no_type"},
		"unlocked":       {[]events.Line{{Type: s.Types[2].Id, Count: 1}}, " ươm mầm", access.Actor{}, ""},
		"for staff":      {[]events.Line{{Type: s.Types[3].Id, Count: 1}}, "", housetest.Acting(t, house, access.Mentor, access.House), "order.no_type"},
		"by staff":       {[]events.Line{{Type: s.Types[3].Id, Count: 1}}, "", housetest.StaffActing(t, house), ""},
	} {
		_, err := events.Reserve(context.Background(), house, events.Basket{Event: s.Event.Slug(), Lines: c.lines, Unlock: c.unlock, By: c.by}, now)
		if got := code(err); got != c.want {
			t.Errorf("%s: refused with %q, want %q (%v)", name, got, c.want, err)
		}
	}
	counts(t, house, s.Quota, 2, 0)
	housetest.Well(t, house)
}

func TestASaleHasItsTime(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 100, now, 0)
	from, to := now.Add(time.Hour), now.Add(2*time.Hour)
	housetest.Change(t, house, s.Types[0], map[string]any{"sales_from": from, "sales_to": to})
	try := func(at time.Time, want string) {
		t.Helper()
		_, err := events.Reserve(context.Background(), house, s.Wants(1), at)
		housetest.Refused(t, err, want)
	}
	try(from.Add(-time.Millisecond), "order.not_on_sale")
	try(from, "")
	try(to.Add(-time.Millisecond), "")
	try(to, "order.not_on_sale")
	housetest.Change(t, house, s.Types[0], map[string]any{"sales_from": "", "sales_to": ""})
	try(s.Event.EndsAt(), "order.not_on_sale")
	housetest.Change(t, house, s.Types[0], map[string]any{"withdrawn_at": now})
	try(now, "order.not_on_sale")
	_, err := events.Reserve(context.Background(), house, events.Basket{Event: "nothing-here", Lines: []events.Line{{Type: "x", Count: 1}}}, now)
	housetest.Refused(t, err, "record.not_found")
	housetest.Well(t, house)
}

// Two quotas, of which the second is full: the first stays as it was.
func TestSeatsAreTakenOfEveryQuotaOrOfNone(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, small := housetest.OnSale(t, house, 100, now, 0), housetest.OnSale(t, house, 100, now, 0)
	_, err := house.DB().NewQuery("UPDATE quotas SET event = {:event} WHERE id = {:id}").Bind(map[string]any{"event": s.Event.Id, "id": small.Quota.Id}).Execute()
	housetest.Refused(t, err, "")
	housetest.Change(t, house, s.Types[0], map[string]any{"quotas": []string{small.Quota.Id, s.Quota.Id}})
	second := s.Quota // in the order in which they are taken: the first has its seats by then
	if small.Quota.Id > second.Id {
		second = small.Quota
	}
	housetest.Change(t, house, second, map[string]any{"size": 3})
	s.Cart(t, house, 2, now)
	_, err = events.Reserve(context.Background(), house, s.Wants(2), now)
	housetest.Refused(t, err, "order.sold_out")
	counts(t, house, s.Quota, 2, 0)
	counts(t, house, small.Quota, 2, 0)
	housetest.Change(t, house, second, map[string]any{"unlimited": true, "size": 0})
	s.Cart(t, house, 1, now)
	housetest.Well(t, house)
}

func TestTheSameKeyIsTheSameOrder(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 100, now, 0, 0)
	b := s.Wants(2)
	b.Key = "0190f1c2-7d4e-7000-8000-000000000001"
	first, err := events.Reserve(context.Background(), house, b, now)
	housetest.Refused(t, err, "")
	all := events.ReserveAll(house, []events.Basket{b, b}, now)
	for _, r := range all {
		if housetest.Refused(t, r.Err, ""); r.Order.Id != first.Id {
			t.Errorf("%s and %s", r.Order.Id, first.Id)
		}
	}
	b.By = housetest.StaffActing(t, house)
	_, err = events.Reserve(context.Background(), house, b, now)
	housetest.Refused(t, err, "request.key_reused")
	b.By, b.Lines = access.Actor{}, []events.Line{{Type: s.Types[0].Id, Count: 1}}
	_, err = events.Reserve(context.Background(), house, b, now)
	housetest.Refused(t, err, "request.key_reused")
	b.Lines = []events.Line{{Type: s.Types[1].Id, Count: 2}} // another kind, as many
	_, err = events.Reserve(context.Background(), house, b, now)
	housetest.Refused(t, err, "request.key_reused")
	b.Key = "short"
	_, err = events.Reserve(context.Background(), house, b, now)
	housetest.Refused(t, err, "order.key")
	counts(t, house, s.Quota, 2, 0)
	housetest.Well(t, house)
}

// Where nothing can be written nobody is told that they have seats.
func TestNobodyIsServedWithoutADatabase(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 9, now, 0)
	housetest.Refused(t, house.ResetBootstrapState(), "")
	for _, r := range events.ReserveAll(house, []events.Basket{s.Wants(1), s.Wants(2)}, now) {
		if r.Err == nil {
			t.Errorf("order %s is nowhere", r.Order.Id)
		}
	}
	if _, err := events.Reserve(context.Background(), house, s.Wants(1), now); err == nil || !strings.Contains(err.Error(), "transaction") {
		t.Errorf("the reason is not told: %v", err)
	}
}

func TestAQuotaShrinksOnlyWhereSomebodySaysSo(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 10, now, 0)
	row, err := house.FindRecordById("quotas", s.Quota.Id) // read before the sale
	housetest.Refused(t, err, "")
	s.Cart(t, house, 6, now)
	row.Set("size", 5)
	housetest.Refused(t, house.Save(row), "quota.taken")
	row.Set("size", 6)
	row.Set("held", 0)
	housetest.Refused(t, house.Save(row), "")
	counts(t, house, s.Quota, 6, 0) // whoever saves a row does not count seats
	housetest.Change(t, house, s.Quota, map[string]any{"size": 4, "overbook": true})
	_, err = events.Reserve(context.Background(), house, s.Wants(1), now)
	housetest.Refused(t, err, "order.sold_out")
	housetest.Change(t, house, s.Types[0], map[string]any{"name_vi": "Vé khác"})
	y, err := house.FindRecordById("ticket_types", s.Types[0].Id)
	housetest.Refused(t, err, "")
	y.Set("quotas", []string{})
	housetest.Refused(t, house.Save(y), "ticket_type.quota")
	housetest.Well(t, house)
}
