package events

import (
	"errors"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/events/pass"
	"vuon/internal/fault"
	"vuon/internal/locale"
)

// against says what scans that count have against another. A phone that asks is answered by what is known now; what a phone decided
// by itself stands among the others in its time.
func against(passes []*Scan, s *Scan, most int) Result {
	before := passes
	if s.Offline() {
		before = slices.DeleteFunc(slices.Clone(passes), func(p *Scan) bool { return p.ScannedAt().After(s.ScannedAt()) })
	}
	switch standing := pass.Fold(passed(before), most); {
	case s.Kind() == ScanExit && !standing.Inside:
		return ScanNotInside
	case s.Kind() == ScanEntry && (standing.Inside || most > 0 && standing.Entries >= most):
		return ScanAlready
	}
	return ""
}

// identify finds the ticket that was shown. The result is why there is none, or why it lets nobody in.
func identify(tx core.App, event string, l Look, at time.Time) (*Ticket, Result, error) {
	if l.Token == "" {
		k, err := Tickets.First(tx, dbx.HashExp{"event": event, "code": l.Code})
		if fault.Code(err) == "record.not_found" {
			return nil, ScanUnknown, nil
		}
		return k, "", err
	}
	keys, retired, err := knownKeys(tx, event)
	if err != nil {
		return nil, "", err
	}
	claim, wrong := pass.Verify(keys, l.Token, at)
	switch err := wrong; {
	case errors.Is(err, pass.ErrUnknown):
		return nil, ScanOtherEvent, nil
	case errors.Is(err, pass.ErrForged):
		return nil, ScanForged, nil
	case errors.Is(err, pass.ErrMalformed):
		return nil, ScanUnknown, nil
	case err != nil && !errors.Is(err, pass.ErrExpired):
		return nil, "", err
	}
	k, err := Tickets.First(tx, dbx.HashExp{"id": claim.Ticket, "event": event})
	switch {
	case fault.Code(err) == "record.not_found":
		return nil, ScanUnknown, nil
	case err != nil:
		return nil, "", err
	case retired[claim.KID] || claim.Generation != k.Generation():
		return k, ScanRevoked, nil
	case errors.Is(wrong, pass.ErrExpired):
		return k, ScanExpired, nil
	}
	return k, "", nil
}

// admits says why a ticket does not open this door at an instant, apart from who is in already. What was called off or closed since
// a phone decided by itself, it could not know and need not have.
func admits(tx core.App, list *CheckinList, k *Ticket, offline bool, at time.Time) (Result, error) {
	v, err := Events.Find(tx, k.EventID())
	if err != nil {
		return "", err
	}
	y, err := Types.Find(tx, k.TypeID())
	if err != nil {
		return "", err
	}
	days := y.Days()
	switch {
	case k.Status() == TicketVoid && (!offline || !at.Before(k.VoidedAt())):
		return ScanVoid, nil
	case k.Status() == TicketSuspended:
		return ScanSuspended, nil
	case k.Status() == TicketHeld:
		return ScanUnpaid, nil
	case !list.Takes(k.TypeID()):
		return ScanWrongType, nil
	case !list.OpenAt(at), v.Status() == EventDraft, v.Status() == EventClosed && !offline,
		v.Status() == EventCancelled && (!offline || !at.Before(v.CancelledAt())):
		return ScanClosed, nil
	case len(days) > 0 && !slices.Contains(days, locale.Day(at)):
		return ScanWrongDay, nil
	}
	return "", nil
}
