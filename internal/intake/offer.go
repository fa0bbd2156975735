package intake

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Offers are what admitted applicants accept or decline.
var Offers = record.Of[Offer]("offers")

// Offer is a place in a cohort, held for one application until an instant.
type Offer struct{ core.BaseRecordProxy }

// The states of an offer.
const (
	OfferSent     lifecycle.State = "sent"
	OfferAccepted lifecycle.State = "accepted"
	OfferDeclined lifecycle.State = "declined"
	OfferExpired  lifecycle.State = "expired"
	OfferRevoked  lifecycle.State = "revoked"
)

// OfferLife is every legal move of an offer.
var OfferLife = lifecycle.Table{
	Collection: Offers.Collection,
	Start:      OfferSent,
	Ends:       []lifecycle.State{OfferAccepted, OfferDeclined, OfferExpired, OfferRevoked},
	Moves: []lifecycle.Move{
		lifecycle.Moved("offer", "accept", OfferAccepted, OfferSent),
		lifecycle.Moved("offer", "decline", OfferDeclined, OfferSent),
		lifecycle.Moved("offer", "expire", OfferExpired, OfferSent),
		lifecycle.Moved("offer", "revoke", OfferRevoked, OfferSent),
	},
}

func newOffer(app core.App, a *Application, cohort string, number int, until time.Time) (*Offer, error) {
	o, err := Offers.New(app)
	if err != nil {
		return nil, err
	}
	o.Set("application", a.Id)
	o.Set("cohort", cohort)
	o.Set("number", number)
	o.Set("startup", a.StartupID())
	o.Set("expires_at", until)
	return o, nil
}

// Status is where the offer stands.
func (o *Offer) Status() lifecycle.State { return lifecycle.State(o.GetString("status")) }

// ApplicationID is the application it answers.
func (o *Offer) ApplicationID() string { return o.GetString("application") }

// Number counts the offers of an application: it gets a second one when it is admitted a second time.
func (o *Offer) Number() int { return o.GetInt("number") }

// CohortID is the cohort in which the place is.
func (o *Offer) CohortID() string { return o.GetString("cohort") }

// StartupID is the startup that joined; "" before, if it did not exist.
func (o *Offer) StartupID() string { return o.GetString("startup") }

// ExpiresAt is the first instant at which an answer is too late.
func (o *Offer) ExpiresAt() time.Time { return o.GetDateTime("expires_at").Time() }

// AnsweredAt is when it was accepted or declined; zero before.
func (o *Offer) AnsweredAt() time.Time { return o.GetDateTime("answered_at").Time() }

// StandsAt says whether it can be answered at now. Half-open: at expires_at it is too late.
func (o *Offer) StandsAt(now time.Time) bool {
	return o.Status() == OfferSent && now.Before(o.ExpiresAt())
}

func (o *Offer) answered(startup string, now time.Time) {
	o.Set("startup", startup)
	o.Set("answered_at", now)
}

func (o *Offer) extend(until time.Time) { o.Set("expires_at", until) }

func (o *Offer) sameRoots(b *Offer) bool {
	return o.ApplicationID() == b.ApplicationID() && o.CohortID() == b.CohortID() && o.Number() == b.Number()
}
