package events

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/events/pass"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// TakeLooks takes what a phone tells of the tickets it looked at, each for itself: one that cannot be taken stops none of the others.
// What was told before is answered as it was then. left is how many the phone has still to tell. Error: scan.many.
func TakeLooks(app core.App, d *Device, looks []Look, left int, now time.Time) ([]Answer, error) {
	if len(looks) > mostLooks {
		return nil, fault.Field("scans", "scan.many")
	}
	answers := make([]Answer, 0, len(looks))
	for _, l := range looks {
		a, err := takeLook(app, d, l, now)
		if f := fault.As(err); f != nil {
			a, err = Answer{Nonce: l.Nonce, Code: f.Code}, nil
		}
		if err != nil {
			return nil, fmt.Errorf("take the look %s: %w", l.Nonce, err)
		}
		answers = append(answers, a)
	}
	return answers, heardOf(app, d.Id, left, now)
}

// takeLook decides about one look, or notes what was decided, and says where the ticket stands. Errors: scan.malformed, scan.reused,
// scan.list.
func takeLook(app core.App, d *Device, l Look, now time.Time) (a Answer, err error) {
	if !nonceForm.MatchString(l.Nonce) || l.Kind != ScanEntry && l.Kind != ScanExit || l.At.IsZero() {
		return a, fault.Field("scans", "scan.malformed")
	}
	l.Token, l.Code = pass.Tidy(l.Token), strings.ToUpper(strings.TrimSpace(l.Code))
	err = app.RunInTransaction(func(tx core.App) error {
		told, err := Scans.First(tx, dbx.HashExp{"nonce": l.Nonce})
		if err == nil {
			a, err = repeated(tx, d, told, l)
			return err
		}
		if fault.Code(err) != "record.not_found" {
			return err
		}
		list, err := CheckinLists.First(tx, dbx.HashExp{"id": l.List, "event": d.EventID()})
		if fault.Code(err) == "record.not_found" {
			return fault.Field("list", "scan.list")
		}
		if err != nil {
			return err
		}
		a, err = decide(tx, d, list, l, now)
		return err
	})
	return a, err
}

// decide judges a look and stores it.
func decide(tx core.App, d *Device, list *CheckinList, l Look, now time.Time) (Answer, error) {
	at := now
	if l.Offline {
		at = pass.Clamp(l.At, d.SyncedAt(), now)
	}
	ticket, finding, err := identify(tx, d.EventID(), l, at)
	if err != nil {
		return Answer{}, err
	}
	if finding == "" {
		finding, err = admits(tx, list, ticket, l.Offline, at)
	}
	if err != nil {
		return Answer{}, err
	}
	id := ""
	if ticket != nil {
		id = ticket.Id
	}
	s, err := scanned(tx, d, list, id, l, at, now)
	if err != nil {
		return Answer{}, err
	}
	passes, err := passesOf(tx, id, list.Id, s.Day())
	if err != nil {
		return Answer{}, err
	}
	if finding == "" {
		finding = against(passes, s, list.MaxEntries())
	}
	switch {
	case d.Revoked():
		s.show(ScanQuarantined)
	case l.Offline && l.Shown != ScanQuarantined && slices.Contains(Results(), l.Shown):
		s.show(l.Shown)
	case l.Forced && (finding == "" || finding.Bends()):
		s.show(ScanOK)
	case finding == "":
		s.show(ScanOK)
	default:
		s.show(finding)
	}
	if s.Result() == finding {
		finding = ""
	}
	s.find(finding)
	if err := tx.Save(s); err != nil {
		return Answer{}, fmt.Errorf("keep a scan: %w", err)
	}
	if s.Counts() && ticket != nil {
		if err := refold(tx, list, append(passes, s), now); err != nil {
			return Answer{}, err
		}
	}
	return answerOf(tx, s, ticket)
}

// refold reckons anew where a ticket stands on a list, and marks what its scans contradict.
func refold(tx core.App, list *CheckinList, passes []*Scan, now time.Time) error {
	standing := pass.Fold(passed(passes), list.MaxEntries())
	for _, s := range passes {
		finding := s.Finding()
		switch {
		case standing.Conflict[s.Id]:
			finding = ScanAlready
		case finding == ScanAlready:
			finding = ""
		}
		if finding == s.Finding() {
			continue
		}
		s.find(finding)
		if err := tx.Save(s); err != nil {
			return fmt.Errorf("mark the scan %s: %w", s.Id, err)
		}
	}
	return keepPresence(tx, passes[0], standing, now)
}

// SettleScan notes what staff found out about somebody who was let in and should not have been. It changes no count. Staff over its
// event. Errors: access.sign_in, record.not_found, scan.no_conflict, scan.resolution.
func SettleScan(app core.App, by access.Actor, id, how, note string, now time.Time) (*Scan, error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	return record.Change(app, Scans, id, func(tx core.App, s *Scan) error {
		if err := mayKeepDoor(tx, by, s.EventID()); err != nil {
			return err
		}
		switch {
		case !s.Conflict():
			return fault.Conflict("scan.no_conflict")
		case !slices.Contains([]string{SettledSame, SettledLetIn, SettledAway, SettledMisused}, how):
			return fault.Field("resolution", "scan.resolution")
		}
		s.settle(by.ID, how, shortened(strings.TrimSpace(note), 500), now)
		if err := tx.Save(s); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Scans.Collection, s.Id, "settle", lifecycle.With(map[string]string{"resolution": how}))
	})
}

// repeated answers a look that was told before as it was answered then. Another look under the same name is refused.
func repeated(tx core.App, d *Device, told *Scan, l Look) (Answer, error) {
	ticket, _, err := identify(tx, d.EventID(), l, told.ScannedAt())
	if err != nil {
		return Answer{}, err
	}
	id := ""
	if ticket != nil {
		id = ticket.Id
	}
	if told.DeviceID() != d.Id || told.TicketID() != id || told.ListID() != l.List || told.Kind() != l.Kind {
		return Answer{}, fault.Conflict("scan.reused")
	}
	return answerOf(tx, told, ticket)
}

// dayOf is the local day for which a list counts a scan at an instant, or empty.
func dayOf(l *CheckinList, at time.Time) string {
	if !l.PerDay() {
		return ""
	}
	return locale.Day(at)
}

func passOf(s *Scan, id string) pass.Pass {
	return pass.Pass{ID: id, Exit: s.Kind() == ScanExit, At: s.ScannedAt(), Heard: s.ReceivedAt(), Device: s.DeviceID(), Seq: s.Seq(), Gate: s.GateID()}
}

func passed(some []*Scan) []pass.Pass {
	all := make([]pass.Pass, 0, len(some)+1)
	for _, s := range some {
		all = append(all, passOf(s, s.Id))
	}
	return all
}
