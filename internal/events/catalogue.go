package events

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
)

// SaleState is whether a type can be had now. It is reckoned and stands nowhere.
type SaleState string

// The states of a sale; their words are ticket_type.sale_<code>.
const (
	SaleDraft     SaleState = "draft" // the event is not shown yet
	SaleSoon      SaleState = "soon"
	SaleOpen      SaleState = "open"
	SaleFull      SaleState = "full" // no seat is left, for now: what is held may come back
	SaleOver      SaleState = "over"
	SaleWithdrawn SaleState = "withdrawn"
)

// Sale says how a type of an event stands at now, with so much room left; −1 is as many as people come.
func (y *Type) Sale(v *Event, room int, now time.Time) SaleState {
	return y.saleIn(v.Status(), v.EndsAt(), room, now)
}

// saleIn is Sale, of an event of which this is known. Whoever tells how tickets stand asks here: a list, a page, a desk.
func (y *Type) saleIn(event lifecycle.State, ends time.Time, room int, now time.Time) SaleState {
	switch {
	case y.Withdrawn():
		return SaleWithdrawn
	case event == EventDraft:
		return SaleDraft
	case event == EventCancelled, event == EventClosed, !now.Before(ends), !y.SalesTo().IsZero() && !now.Before(y.SalesTo()):
		return SaleOver
	case now.Before(y.SalesFrom()):
		return SaleSoon
	case room == 0:
		return SaleFull
	}
	return SaleOpen
}

// Offer is a type of ticket with what is left of it.
type Offer struct {
	*Type
	Room  int // seats that are left; −1 is as many as people come
	State SaleState
}

// Catalogue lists what an event has, in its order: of every visibility, without what was withdrawn. It is a look, and promises
// nothing: whether there is a seat says Reserve.
func Catalogue(app core.App, event string, now time.Time) ([]Offer, error) {
	v, err := Events.Find(app, event)
	if err != nil {
		return nil, err
	}
	kinds, err := typesOf(app, event)
	if err != nil {
		return nil, err
	}
	quotas, err := quotasOf(app, event)
	if err != nil {
		return nil, err
	}
	offers := make([]Offer, 0, len(kinds))
	for _, y := range kinds {
		if y.Withdrawn() {
			continue
		}
		room := roomOf(y, quotas)
		offers = append(offers, Offer{y, room, y.Sale(v, room, now)})
	}
	return offers, nil
}
