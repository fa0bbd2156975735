package events

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// answerOf is what a phone is told of a scan: what came of it, whose the ticket is, and who came in with it first.
func answerOf(tx core.App, s *Scan, k *Ticket) (Answer, error) {
	a := Answer{Nonce: s.Nonce(), Result: s.Result(), Finding: s.Finding(), Conflict: s.Conflict()}
	if k == nil {
		return a, nil
	}
	p, err := Presences.First(tx, dbx.HashExp{"ticket": k.Id, "list": s.ListID(), "day": s.Day()})
	switch {
	case err == nil:
		a.Entries, a.FirstAt, a.Gate = p.Entries(), p.FirstAt(), p.FirstGate()
	case fault.Code(err) != "record.not_found":
		return Answer{}, err
	}
	a.Ticket, err = seenBy(tx, k, s.Result() == ScanRevoked)
	return a, err
}

// seenBy is what a door is told of a ticket. Whoever shows an older one is not told whose it is now.
func seenBy(app core.App, k *Ticket, older bool) (*TicketSeen, error) {
	y, err := Types.Find(app, k.TypeID())
	if err != nil {
		return nil, err
	}
	seen := &TicketSeen{ID: k.Id, TypeVI: y.NameVI(), TypeEN: y.NameEN(), Answers: []SeenReply{}}
	if older {
		return seen, nil
	}
	o, err := Orders.Find(app, k.OrderID())
	if err != nil {
		return nil, err
	}
	seen.Code, seen.Name = k.Code(), k.HolderName()
	if seen.Name == "" {
		seen.Name = o.BuyerName()
	}
	said := k.Answers()
	for _, q := range y.Questions() {
		if text := spoken(said[q.Key]); q.AtDoor && text != "" {
			seen.Answers = append(seen.Answers, SeenReply{q.LabelVI, q.LabelEN, text})
		}
	}
	return seen, nil
}

// deviceView is a phone as staff see it.
type deviceView struct {
	ID         string    `json:"id"`
	Name       string    `json:"name"`
	Gate       string    `json:"gate"`
	Status     string    `json:"status"` // waiting, lapsed, here, silent, revoked or wiped
	EnrolUntil time.Time `json:"enrol_until"`
	SeenAt     time.Time `json:"seen_at"`
	Waiting    int       `json:"waiting"`
	Rev        int       `json:"rev"`
}

// silentAfter is how long a phone says nothing before staff wonder: it asks every half minute while it has a network.
const silentAfter = 3 * time.Minute

// standing is how it is with a phone at now.
func (d *Device) standing(now time.Time) string {
	switch {
	case d.Revoked():
		return "revoked"
	case !d.WipedAt().IsZero():
		return "wiped"
	case d.EnrolledAt().IsZero() && now.Before(d.EnrolUntil()):
		return "waiting"
	case d.EnrolledAt().IsZero():
		return "lapsed"
	case now.Sub(d.SeenAt()) > silentAfter:
		return "silent"
	}
	return "here"
}

// doorPanel is the door of an event as staff see it.
type doorPanel struct {
	Now     time.Time    `json:"now"`
	Event   doorEvent    `json:"event"`
	Lists   []doorList   `json:"lists"`
	Gates   []named      `json:"gates"`
	Counts  []gateCount  `json:"counts"` // by gate and list
	Types   []doorType   `json:"types"`
	Devices []deviceView `json:"devices"`
	Open    int          `json:"open_conflicts"`
	Decides bool         `json:"decides"` // whoever asks may give up the keys
}

// DoorOf is everything that staff see of the door of an event, apart from the scans. Staff over it.
// Errors: access.sign_in, record.not_found.
func DoorOf(ctx context.Context, app core.App, by access.Actor, event string, now time.Time) (*doorPanel, error) {
	if err := mayKeepDoor(app, by, event); err != nil {
		return nil, err
	}
	v, err := Events.Find(app, event)
	if err != nil {
		return nil, err
	}
	p := &doorPanel{
		Now:     now,
		Event:   doorEvent{v.Id, v.Title().VI, v.Title().EN, v.StartsAt(), v.EndsAt(), string(v.Status()), v.EndsAt().Add(doorLasts)},
		Devices: []deviceView{}, Decides: access.MayDecide(by, v.Path()...) == nil,
	}
	if p.Lists, err = doorLists(ctx, app, event, now); err != nil {
		return nil, err
	}
	if p.Gates, err = doorGates(app, event); err != nil {
		return nil, err
	}
	if p.Counts, err = gateCountsOf(ctx, app, event, locale.Day(now)); err != nil {
		return nil, err
	}
	p.Counts = append([]gateCount{}, p.Counts...)
	if p.Types, err = doorTypes(app, event); err != nil {
		return nil, err
	}
	if p.Open, err = openConflicts(ctx, app, event); err != nil {
		return nil, err
	}
	all, err := Devices.All(app, dbx.HashExp{"event": event})
	if err != nil {
		return nil, fmt.Errorf("list the phones of event %s: %w", event, err)
	}
	for _, d := range all {
		p.Devices = append(p.Devices, deviceView{d.Id, d.Name(), d.GateID(), d.standing(now), d.EnrolUntil(), d.SeenAt(), d.Waiting(), record.Rev(d)})
	}
	slices.SortFunc(p.Devices, func(a, b deviceView) int { return strings.Compare(a.Name+a.ID, b.Name+b.ID) })
	return p, nil
}
