package events_test

import (
	"fmt"
	"testing"

	"github.com/pocketbase/dbx"

	"vuon/internal/events"
	"vuon/internal/housetest"
)

// Many gates see one ticket in the same millisecond: one of them is green.
func TestRaceOneTicketAtManyGates(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	now := housetest.Noon
	d := housetest.AtTheDoor(t, house, 1, now)
	phones := make([]*events.Device, 12)
	looks := make([]events.Look, len(phones))
	for i := range phones {
		phones[i], _ = d.Phone(t, house, i%2, now)
		looks[i] = d.Shows(t, house, 0, fmt.Sprint("gate", i), now)
	}
	green := housetest.Race(len(phones), func(i int) error {
		answers, err := events.TakeLooks(house, phones[i], looks[i:i+1], 0, now)
		if err == nil && answers[0].Result != events.ScanOK {
			err = fmt.Errorf("%s", answers[0].Result)
		}
		return err
	})
	if green != 1 {
		t.Errorf("%d gates let somebody in", green)
	}
	housetest.Well(t, house)
}

// The control: a door that looks whether somebody is in, and then lets in, is no door.
func TestRaceADoorThatLooksFirstLetsSeveralIn(t *testing.T) {
	t.Parallel()
	now := housetest.Noon
	const gates = 12
	house, meet := housetest.App(t), housetest.Meeting(gates)
	d := housetest.AtTheDoor(t, house, 1, now)
	green := housetest.Race(gates, func(int) error {
		n, err := house.CountRecords("presences", dbx.HashExp{"ticket": d.Tickets[0].Id})
		meet()
		if err != nil || n > 0 {
			return fmt.Errorf("somebody is in: %w", err)
		}
		_, err = house.DB().NewQuery("INSERT INTO presences (id, event, ticket, list, day, entries, inside, first_at, first_gate, changed_at) VALUES (hex(randomblob(7)), {:e}, {:k}, {:l}, hex(randomblob(4)), 1, 1, '', '', '')").
			Bind(dbx.Params{"e": d.Event.Id, "k": d.Tickets[0].Id, "l": d.List.Id}).Execute()
		return err
	})
	if green < 2 {
		t.Errorf("%d gates let somebody in: what was taken away is not what holds them", green)
	}
}
