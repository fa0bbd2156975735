package events

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Scans are every time that a ticket was looked at. None is ever changed or deleted.
var Scans = record.Of[Scan]("scans")

// Scan is one of them.
type Scan struct{ core.BaseRecordProxy }

// Result is what came of a look at a ticket.
type Result string

// The results; their words are scan_result.<code>.
const (
	ScanOK          Result = "ok"
	ScanAlready     Result = "already"     // somebody is in with it
	ScanNotInside   Result = "not_inside"  // nobody is in with it who could go out
	ScanUnpaid      Result = "unpaid"      // it is held, not sold
	ScanVoid        Result = "void"        // it was cancelled
	ScanSuspended   Result = "suspended"   // it is looked into
	ScanRevoked     Result = "revoked"     // it was issued anew since, or its key was given up
	ScanExpired     Result = "expired"     // its time is over
	ScanForged      Result = "forged"      // nobody of the house signed it
	ScanOtherEvent  Result = "other_event" // it is another event's
	ScanUnknown     Result = "unknown"     // it is no ticket
	ScanUnlisted    Result = "unlisted"    // signed, and not among those the phone knew of
	ScanWrongType   Result = "wrong_type"  // not for this door
	ScanWrongDay    Result = "wrong_day"   // not for today
	ScanClosed      Result = "closed"      // the list lets nobody in now
	ScanQuarantined Result = "quarantined" // told by a phone that had been sent away
)

// Results lists them.
func Results() []Result {
	return []Result{
		ScanOK, ScanAlready, ScanNotInside, ScanUnpaid, ScanVoid, ScanSuspended, ScanRevoked, ScanExpired, ScanForged, ScanOtherEvent,
		ScanUnknown, ScanUnlisted, ScanWrongType, ScanWrongDay, ScanClosed, ScanQuarantined,
	}
}

// Bends says whether a door may let somebody in all the same: nobody talks a ticket that is void or forged into being one.
func (r Result) Bends() bool {
	switch r {
	case ScanAlready, ScanUnpaid, ScanWrongType, ScanWrongDay, ScanClosed, ScanUnlisted:
		return true
	default:
		return false
	}
}

// The kinds of scans.
const (
	ScanEntry = "entry"
	ScanExit  = "exit"
)

// The ways in which staff settle a conflict; their words are scan_resolution.<code>.
const (
	SettledSame    = "same_person"
	SettledLetIn   = "let_in"
	SettledAway    = "turned_away"
	SettledMisused = "misuse"
)

// EventID is at whose door it was.
func (s *Scan) EventID() string { return s.GetString("event") }

// Nonce is what the phone calls it.
func (s *Scan) Nonce() string { return s.GetString("nonce") }

// TicketID is the ticket that was seen, or empty.
func (s *Scan) TicketID() string { return s.GetString("ticket") }

// ListID is what the door let in to.
func (s *Scan) ListID() string { return s.GetString("list") }

// GateID is at which gate, or empty.
func (s *Scan) GateID() string { return s.GetString("gate") }

// DeviceID is which phone.
func (s *Scan) DeviceID() string { return s.GetString("device") }

// Day is the local day for which it counts, or empty.
func (s *Scan) Day() string { return s.GetString("day") }

// Kind is entry or exit.
func (s *Scan) Kind() string { return s.GetString("kind") }

// ScannedAt is when, as far as the phone is believed.
func (s *Scan) ScannedAt() time.Time { return s.GetDateTime("scanned_at").Time() }

// ReceivedAt is when the house heard of it.
func (s *Scan) ReceivedAt() time.Time { return s.GetDateTime("received_at").Time() }

// Seq is which of its phone's it was.
func (s *Scan) Seq() int { return s.GetInt("seq") }

// Result is what the person at the door was shown.
func (s *Scan) Result() Result { return Result(s.GetString("result")) }

// Finding is what the house would have said; empty is the same as was shown.
func (s *Scan) Finding() Result { return Result(s.GetString("finding")) }

// Offline says whether the phone decided by itself.
func (s *Scan) Offline() bool { return s.GetBool("offline") }

// Forced says whether somebody let them in all the same.
func (s *Scan) Forced() bool { return s.GetBool("forced") }

// Conflict says whether somebody was let in who should not have been.
func (s *Scan) Conflict() bool { return s.GetBool("conflict") }

// Resolution is how staff settled it, or empty.
func (s *Scan) Resolution() string { return s.GetString("resolution") }

// Counts says whether it makes somebody come in or go out: a door let them through, and with a ticket that holds or by somebody's word.
func (s *Scan) Counts() bool {
	return s.Result() == ScanOK && (s.Finding() == "" || s.Finding() == ScanAlready || s.Forced())
}

// find writes what the house thinks of it, now that it knows more.
func (s *Scan) find(finding Result) {
	s.Set("finding", string(finding))
	s.Set("conflict", finding != "" && s.Result() == ScanOK || s.Result() == ScanQuarantined)
}

func (s *Scan) settle(by, how, note string, now time.Time) {
	s.Set("resolution", how)
	s.Set("note", note)
	s.Set("resolved_by", by)
	s.Set("resolved_at", now)
}

// scanned describes a scan that is not yet stored.
func scanned(app core.App, d *Device, l *CheckinList, ticket string, r Look, at, now time.Time) (*Scan, error) {
	s, err := Scans.New(app)
	if err != nil {
		return nil, err
	}
	s.Set("nonce", r.Nonce)
	s.Set("event", d.EventID())
	s.Set("list", l.Id)
	s.Set("gate", d.GateID())
	s.Set("device", d.Id)
	s.Set("ticket", ticket)
	s.Set("day", dayOf(l, at))
	s.Set("kind", r.Kind)
	s.Set("said_at", r.At)
	s.Set("scanned_at", at)
	s.Set("received_at", now)
	s.Set("seq", r.Seq)
	s.Set("offline", r.Offline)
	s.Set("forced", r.Forced)
	return s, nil
}

// show writes what the person at the door was shown.
func (s *Scan) show(result Result) { s.Set("result", string(result)) }
