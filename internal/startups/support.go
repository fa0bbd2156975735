package startups

import (
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Supports are what the centre gives to a startup: seed money and perks.
var Supports = record.Of[Support]("supports")

// Support is one of them, from who proposed it to the receipt.
type Support struct{ core.BaseRecordProxy }

// The states of a support.
const (
	SupportProposed  lifecycle.State = "proposed"
	SupportConfirmed lifecycle.State = "confirmed"
	SupportHanded    lifecycle.State = "handed"
	SupportReceived  lifecycle.State = "received"
	SupportRefused   lifecycle.State = "refused"
)

// SupportLife is every legal move of a support. What did not arrive is confirmed and not handed over.
var SupportLife = lifecycle.Table{
	Collection: Supports.Collection,
	Start:      SupportProposed,
	Ends:       []lifecycle.State{SupportReceived, SupportRefused},
	Moves: []lifecycle.Move{
		lifecycle.Moved("support", "confirm", SupportConfirmed, SupportProposed),
		lifecycle.Moved("support", "refuse", SupportRefused, SupportProposed, SupportConfirmed),
		lifecycle.Moved("support", "hand", SupportHanded, SupportConfirmed),
		lifecycle.Moved("support", "receive", SupportReceived, SupportHanded),
		lifecycle.Moved("support", "miss", SupportConfirmed, SupportHanded),
	},
}

// The kinds of support.
const (
	SupportMoney = "money"
	SupportPerk  = "perk"
)

// Status is where the support stands.
func (s *Support) Status() lifecycle.State { return lifecycle.State(s.GetString("status")) }

// StartupID is whose it is.
func (s *Support) StartupID() string { return s.GetString("startup") }

// CohortID is the cohort out of whose means it comes.
func (s *Support) CohortID() string { return s.GetString("cohort") }

// Kind is money or a perk.
func (s *Support) Kind() string { return s.GetString("kind") }

// Title is what it is for.
func (s *Support) Title() string { return s.GetString("title") }

// Note is what else is to be known of it.
func (s *Support) Note() string { return s.GetString("note") }

// Amount is how much money, in đồng; 0 of a perk.
func (s *Support) Amount() int64 { return int64(s.GetInt("amount_vnd")) }

// ProposedBy is who proposed what it says now.
func (s *Support) ProposedBy() string { return s.GetString("proposed_by") }

// ConfirmedBy is who confirmed it.
func (s *Support) ConfirmedBy() string { return s.GetString("confirmed_by") }

// HandedBy is who of the centre handed it over.
func (s *Support) HandedBy() string { return s.GetString("handed_by") }

// HandedAt is when; zero is not yet.
func (s *Support) HandedAt() time.Time { return s.GetDateTime("handed_at").Time() }

// ReceivedBy is which admin of the startup gave the receipt.
func (s *Support) ReceivedBy() string { return s.GetString("received_by") }

// ReceivedAt is when; zero is not yet.
func (s *Support) ReceivedAt() time.Time { return s.GetDateTime("received_at").Time() }

// Reason is why it was refused, or did not arrive.
func (s *Support) Reason() string { return s.GetString("reason") }

// SupportFields are what staff say of a support; what is nil stays as it is. The startup and the kind never change.
type SupportFields struct {
	Startup string  `json:"startup"`
	Kind    string  `json:"kind"`
	Title   *string `json:"title"`
	Note    *string `json:"note"`
	Amount  *int64  `json:"amount_vnd"`
	Rev     int     `json:"rev"`
}

func (s *Support) write(f SupportFields, by string, now time.Time) {
	record.At(s, f.Rev)
	if f.Title != nil {
		*f.Title = strings.Join(strings.Fields(*f.Title), " ")
	}
	record.Sent(s, "title", f.Title)
	record.Sent(s, "note", f.Note)
	record.Sent(s, "amount_vnd", f.Amount)
	s.Set("proposed_by", by) // whoever changed it answers for it, and does not confirm it
	s.Set("proposed_at", now)
}

func (s *Support) confirmed(by string, now time.Time) {
	s.Set("confirmed_by", by)
	s.Set("confirmed_at", now)
}

func (s *Support) handed(by string, now time.Time) {
	s.Set("handed_by", by)
	s.Set("handed_at", now)
	s.Set("reason", "")
}

func (s *Support) received(by string, now time.Time) {
	s.Set("received_by", by)
	s.Set("received_at", now)
}

func (s *Support) missing(reason string) {
	s.Set("handed_by", "")
	s.Set("handed_at", "")
	s.Set("reason", reason)
}

func (s *Support) refused(reason string) { s.Set("reason", reason) }

func (s *Support) sameRoots(was *Support) bool {
	return s.StartupID() == was.StartupID() && s.CohortID() == was.CohortID() && s.Kind() == was.Kind()
}

// sameTerms says whether both give the same, by the same person's word.
func (s *Support) sameTerms(was *Support) bool {
	return s.Title() == was.Title() && s.Amount() == was.Amount() && s.ProposedBy() == was.ProposedBy()
}

// sameReceipts says whether nothing changed that only a verb may set.
func (s *Support) sameReceipts(was *Support) bool {
	return s.ConfirmedBy() == was.ConfirmedBy() && s.HandedBy() == was.HandedBy() && s.HandedAt().Equal(was.HandedAt()) &&
		s.ReceivedBy() == was.ReceivedBy() && s.ReceivedAt().Equal(was.ReceivedAt()) && s.Reason() == was.Reason()
}

// offered describes a support that is not yet stored.
func offered(app core.App, cohort, by string, f SupportFields, now time.Time) (*Support, error) {
	s, err := Supports.New(app)
	if err != nil {
		return nil, err
	}
	s.Set("cohort", cohort)
	s.Set("startup", f.Startup)
	s.Set("kind", f.Kind)
	s.write(f, by, now)
	return s, nil
}
