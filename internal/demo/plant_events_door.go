package demo

import (
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"

	"vuon/internal/events"
)

// atDoor is the evening of the event that was: two gates with a phone each.
func (g *garden) atDoor() []happening {
	return []happening{
		{g.ago(9, 17, 20), g.opensDoor},
		{g.ago(9, 19, 30), g.letsIn},
	}
}

// door is what stands at the door of the event that was.
type door struct {
	list   string
	phones []*events.Device
}

// opensDoor makes a list and two gates, and lets two phones in.
func (g *garden) opensDoor(at time.Time) error {
	by, err := g.as(idOf("staff"), at)
	if err != nil {
		return err
	}
	event, name := g.shows["past"].event, "Vào cửa"
	l, err := events.MakeList(g.tx, by, event, events.ListTerms{Name: &name}, at)
	if err != nil {
		return wrapped(err, "make a list at the door")
	}
	g.door = door{list: l.Id}
	for n, where := range []string{"Cổng A", "Cổng B"} {
		gate, err := events.MakeGate(g.tx, by, event, where, at)
		if err != nil {
			return err
		}
		phone := []string{"Máy của Linh", "Máy của Tuấn"}[n]
		_, code, err := events.AddDevice(g.tx, by, event, events.DeviceTerms{Name: &phone, Gate: &gate.Id}, at)
		if err != nil {
			return wrapped(err, "prepare a phone")
		}
		d, _, err := events.EnrolDevice(g.tx, code, at.Add(2*time.Minute))
		if err != nil {
			return wrapped(err, "let a phone in")
		}
		g.door.phones = append(g.door.phones, d)
	}
	return nil
}

// letsIn is who came: most of them, one shows the same ticket at both gates, and one is let in twice by phones that were offline.
func (g *garden) letsIn(at time.Time) error {
	tickets, err := events.Tickets.All(g.tx, dbx.HashExp{"event": g.shows["past"].event, "status": string(events.TicketValid)})
	if err != nil {
		return err
	}
	looks := make([][]events.Look, len(g.door.phones))
	look := func(phone, n int, k *events.Ticket, came time.Time) *events.Look {
		all := &looks[phone]
		*all = append(*all, events.Look{
			Nonce: fmt.Sprintf("demo-door-%d-%06d", phone, n), Code: k.Code(), List: g.door.list, Kind: events.ScanEntry, At: came, Seq: len(*all) + 1,
			Offline: true, Shown: events.ScanOK,
		})
		return &(*all)[len(*all)-1]
	}
	for n, k := range tickets {
		if n%7 == 5 { // did not come
			continue
		}
		came := at.Add(-100 * time.Minute).Add(time.Duration(n*n%83) * time.Minute)
		look(n%2, n, k, came)
		switch n {
		case 4:
			look(1, 1000+n, k, came.Add(3*time.Minute)).Shown = events.ScanAlready
		case 6:
			look(1, 1000+n, k, came.Add(time.Minute))
		}
	}
	for n, d := range g.door.phones {
		if d == nil {
			return errors.New("a phone was not let in")
		}
		if _, err := events.TakeLooks(g.tx, d, looks[n], 0, at); err != nil {
			return wrapped(err, "tell of the door")
		}
	}
	return nil
}
