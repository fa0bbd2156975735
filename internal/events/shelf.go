package events

import (
	"time"

	"vuon/internal/access"
	"vuon/internal/fault"
)

// shelf is an event with what is to be had of it, as it stands in one transaction.
type shelf struct {
	event *Event
	kinds map[string]*Type
}

// pick is so many tickets of one type, at its price.
type pick struct {
	kind       *Type
	count      int
	price, vat Dong // of each
}

// pick finds what an ask wants on the shelf. Errors: record.not_found, order.not_on_sale, order.no_type, order.count.
func (s *shelf) pick(a *ask) ([]pick, error) {
	v := s.event
	switch v.Status() {
	case EventPublished:
	case EventDraft:
		return nil, fault.NotFound("record.not_found")
	default:
		return nil, fault.Conflict("order.not_on_sale")
	}
	picked := make([]pick, 0, len(a.Lines))
	for _, l := range a.Lines {
		y := s.kinds[l.Type]
		switch {
		case y == nil || !y.shownTo(a):
			return nil, fault.Field("lines", "order.no_type")
		case !y.OnSale(v, a.now) && y.Visibility() != ShownToStaff || v.Past(a.now):
			return nil, fault.Conflict("order.not_on_sale")
		case l.Count < y.Least() || l.Count > y.Most():
			return nil, fault.Field("lines", "order.count")
		}
		picked = append(picked, pick{y, l.Count, y.Price(), taxIn(y.Price(), v.VATRate())})
	}
	return picked, nil
}

// shownTo says whether a type is for who asks.
func (y *Type) shownTo(a *ask) bool {
	switch y.Visibility() {
	case ShownToAll:
		return true
	case ShownByCode:
		return y.Unlocks(a.Unlock)
	case ShownToStaff:
		return access.MayWork(a.By, PathOf(y.EventID())...) == nil
	}
	return false
}

// OnSale says whether a type of an event can be had at now, if there are seats.
func (y *Type) OnSale(v *Event, now time.Time) bool {
	return y.Sale(v, -1, now) == SaleOpen
}

// taxIn is the tax that a price includes at a rate in percent, rounded to the nearest đồng.
func taxIn(price Dong, rate int64) Dong {
	if rate <= 0 {
		return 0
	}
	return (2*price*rate + 100 + rate) / (2 * (100 + rate))
}
