package events

import (
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// SaleState is whether a type can be had now. It is reckoned and stands nowhere.
type SaleState string

// The states of a sale; their words are sale.<code>.
const (
	SaleOpen SaleState = "open"
	SaleFull SaleState = "full" // no seat is left, for now: what is held may come back
	SaleSoon SaleState = "soon"
	SaleOver SaleState = "over"
)

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
		o := Offer{Type: y, Room: roomOf(y, quotas)}
		switch {
		case now.Before(y.SalesFrom()) && v.Status() == EventPublished:
			o.State = SaleSoon
		case !y.OnSale(v, now):
			o.State = SaleOver
		case o.Room == 0:
			o.State = SaleFull
		default:
			o.State = SaleOpen
		}
		offers = append(offers, o)
	}
	return offers, nil
}
