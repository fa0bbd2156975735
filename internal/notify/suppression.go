package notify

import (
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Suppressions are the addresses that no mail goes to any more: mail came back from there, or was called spam. Only what
// somebody waits for at this moment, a code say, is still tried. A row stays when it is lifted.
var Suppressions = record.Of[Suppression]("suppressions")

// Suppression is one address.
type Suppression struct{ core.BaseRecordProxy }

// Address is the address, in small letters.
func (s *Suppression) Address() string { return s.GetString("address") }

// Reason is bounced, complained or asked.
func (s *Suppression) Reason() string { return s.GetString("reason") }

// Detail is what the reader's mail server said.
func (s *Suppression) Detail() string { return s.GetString("detail") }

// Letter is the letter with which it began.
func (s *Suppression) Letter() string { return s.GetString("letter") }

// At is since when.
func (s *Suppression) At() time.Time { return s.GetDateTime("at").Time() }

// LiftedAt is when it ended; zero while it holds.
func (s *Suppression) LiftedAt() time.Time { return s.GetDateTime("lifted_at").Time() }

// Lift lets an address be written to again. Managers only.
// Errors: access.needs_manager, record.not_found.
func Lift(app core.App, by access.Actor, id string, now time.Time) (*Suppression, error) {
	if err := access.MayGovern(by); err != nil {
		return nil, err
	}
	return record.Change(app, Suppressions, id, func(tx core.App, s *Suppression) error {
		if !s.LiftedAt().IsZero() {
			return nil
		}
		s.Set("lifted_at", now)
		s.Set("lifted_by", by.ID)
		if err := tx.Save(s); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, "suppression", s.Id, "lift")
	})
}

// suppress lets no more mail go to an address, and names the row that says so. One that holds already is left as it is.
func suppress(tx core.App, told Told, letter string, now time.Time) (id string, err error) {
	address := strings.ToLower(told.Address)
	known, err := Suppressions.All(tx, dbx.HashExp{"address": address})
	if err != nil {
		return "", err
	}
	if len(known) > 0 && known[0].LiftedAt().IsZero() {
		return known[0].Id, nil
	}
	s, err := Suppressions.New(tx)
	if len(known) > 0 {
		s = known[0]
	}
	if err != nil {
		return "", err
	}
	s.Set("address", address)
	s.Set("reason", told.Kind)
	s.Set("detail", shortened(told.Detail))
	s.Set("letter", letter)
	s.Set("at", now)
	s.Set("lifted_at", "")
	s.Set("lifted_by", "")
	return s.Id, tx.Save(s)
}
