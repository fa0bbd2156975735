package events

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/record"
)

// shelves is into how many parts the tickets of an event are laid for phones: a phone fetches anew only those that have changed.
const shelves = 32

// underWay is how long what another phone tells may take to be stored: it bears the instant at which it came.
const underWay = time.Minute

// shelfOf is the part in which a ticket lies.
func shelfOf(ticket string) int {
	sum := sha256.Sum256([]byte(ticket))
	return int(sum[0]) % shelves
}

// doorList is a list as a door needs it.
type doorList struct {
	ID         string    `json:"id"`
	Name       string    `json:"name"`
	Types      []string  `json:"types"`
	MaxEntries int       `json:"max_entries"`
	PerDay     bool      `json:"per_day"`
	OpensAt    time.Time `json:"opens_at"`
	ClosesAt   time.Time `json:"closes_at"`
	Rev        int       `json:"rev"`
	Came       int       `json:"came"`
	Inside     int       `json:"inside"`
	Expects    int       `json:"expects"`
}

// doorLists are the lists of an event with how many came, in the order of their names.
func doorLists(ctx context.Context, app core.App, event string, now time.Time) ([]doorList, error) {
	all, err := CheckinLists.All(app, dbx.HashExp{"event": event})
	if err != nil {
		return nil, err
	}
	counts, err := countsOf(ctx, app, event, locale.Day(now))
	if err != nil {
		return nil, err
	}
	lists := make([]doorList, 0, len(all))
	for _, l := range all {
		n := counts[l.Id]
		lists = append(lists, doorList{
			l.Id, l.Name(), append([]string{}, l.Types()...), l.MaxEntries(), l.PerDay(), l.OpensAt(), l.ClosesAt(), record.Rev(l),
			n.Came, n.Inside, n.Expects,
		})
	}
	slices.SortFunc(lists, func(a, b doorList) int { return strings.Compare(a.Name+a.ID, b.Name+b.ID) })
	return lists, nil
}

// named is a gate, or a type of tickets.
type named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Rev  int    `json:"rev"`
}

func doorGates(app core.App, event string) ([]named, error) {
	all, err := Gates.All(app, dbx.HashExp{"event": event})
	if err != nil {
		return nil, err
	}
	gates := make([]named, 0, len(all))
	for _, g := range all {
		gates = append(gates, named{g.Id, g.Name(), record.Rev(g)})
	}
	slices.SortFunc(gates, func(a, b named) int { return strings.Compare(a.Name, b.Name) })
	return gates, nil
}

// doorType is a type of tickets as a door needs it.
type doorType struct {
	ID     string   `json:"id"`
	NameVI string   `json:"name_vi"`
	NameEN string   `json:"name_en"`
	Days   []string `json:"days"`
}

func doorTypes(app core.App, event string) ([]doorType, error) {
	all, err := Types.All(app, dbx.HashExp{"event": event})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b *Type) int { return a.Position() - b.Position() })
	kinds := make([]doorType, 0, len(all))
	for _, y := range all {
		kinds = append(kinds, doorType{y.Id, y.NameVI(), y.NameEN(), append([]string{}, y.Days()...)})
	}
	return kinds, nil
}

// doorState is what a phone asks for again and again: everything that is small, and which parts of the tickets have changed.
type doorState struct {
	Now     time.Time     `json:"now"`
	Event   doorEvent     `json:"event"`
	Device  doorDevice    `json:"device"`
	Lists   []doorList    `json:"lists"`
	Gates   []named       `json:"gates"`
	Types   []doorType    `json:"types"`
	Keys    []doorKey     `json:"keys"`
	Shelves []string      `json:"shelves"` // a name for what lies on each
	Moved   []standingRow `json:"moved"`   // where tickets stand that moved since it last asked
}

type doorEvent struct {
	ID       string    `json:"id"`
	TitleVI  string    `json:"title_vi"`
	TitleEN  string    `json:"title_en"`
	StartsAt time.Time `json:"starts_at"`
	EndsAt   time.Time `json:"ends_at"`
	Status   string    `json:"status"`
	WipeAt   time.Time `json:"wipe_at"` // from then on a phone forgets everything
}

type doorDevice struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Gate string `json:"gate"` // its id
}

type doorKey struct {
	KID      string    `json:"kid"`
	Public   string    `json:"public"`
	NotAfter time.Time `json:"not_after"`
	Retired  bool      `json:"retired"`
}

// StateFor is what a phone may know of its event, apart from the tickets. Errors: device.revoked, device.over.
func StateFor(ctx context.Context, app core.App, d *Device, since, now time.Time) (*doorState, error) {
	v, err := Events.Find(app, d.EventID())
	if err != nil {
		return nil, err
	}
	if err := d.Serves(v, now); err != nil {
		return nil, err
	}
	s := &doorState{
		Now: now, Device: doorDevice{d.Id, d.Name(), d.GateID()},
		Event: doorEvent{v.Id, v.Title().VI, v.Title().EN, v.StartsAt(), v.EndsAt(), string(v.Status()), v.EndsAt().Add(doorLasts)},
	}
	keys, err := Keys.All(app, dbx.HashExp{"event": v.Id})
	if err != nil {
		return nil, err
	}
	s.Keys = []doorKey{}
	for _, k := range keys {
		s.Keys = append(s.Keys, doorKey{k.KID(), k.Public(), k.NotAfter(), k.Retired()})
	}
	if s.Lists, err = doorLists(ctx, app, v.Id, now); err != nil {
		return nil, err
	}
	if s.Gates, err = doorGates(app, v.Id); err != nil {
		return nil, err
	}
	if s.Types, err = doorTypes(app, v.Id); err != nil {
		return nil, err
	}
	if s.Moved, err = standingsSince(ctx, app, v.Id, since.Add(-underWay)); err != nil {
		return nil, err
	}
	s.Moved = append([]standingRow{}, s.Moved...)
	tickets, err := listedTickets(ctx, app, v.Id)
	if err != nil {
		return nil, err
	}
	s.Shelves = labels(tickets, keys)
	return s, nil
}

// labels names what lies on each shelf: the same name is the same tickets.
func labels(tickets []listedTicket, keys []*Key) []string {
	live := ""
	for _, k := range keys {
		if !k.Retired() {
			live += k.KID()
		}
	}
	laid := make([]hash.Hash, shelves)
	for i := range laid {
		laid[i] = sha256.New()
		fmt.Fprintln(laid[i], live)
	}
	for _, k := range tickets {
		fmt.Fprintf(laid[shelfOf(k.ID)], "%s %q %s %s %d %q %q\n", k.ID, k.Code, k.Type, k.Status, k.Generation, k.Name, k.Replies)
	}
	sums := make([]string, shelves)
	for i, h := range laid {
		sums[i] = hex.EncodeToString(h.Sum(nil)[:8])
	}
	return sums
}
