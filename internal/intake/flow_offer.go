package intake

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Accept takes an offer: the application is enrolled, and whoever applied becomes a startup in the cohort, in the same
// transaction, together with those who wrote the application with them. What was called for are proposals: then the yes is
// all there is. The applicant only, while the offer stands at now. name is what a new startup is called; "" takes the
// application's title. Errors: record.not_found, offer.over, cohort.full, lifecycle.not_now.
func Accept(app core.App, by access.Actor, id, name string, now time.Time) (*Offer, error) {
	return answerOffer(app, by, id, now, func(tx core.App, o *Offer, a *Application) error {
		i, err := Intakes.Find(tx, a.IntakeID())
		if err != nil {
			return err
		}
		if !i.Kind().Enrols() {
			o.answered("", now)
			if err := OfferLife.Fire(tx, o, "accept", by, now); err != nil {
				return err
			}
			return ApplicationLife.Fire(tx, a, "enrol", by, now)
		}
		joining, err := enrolment(tx, by, o, a, name, now)
		if err != nil {
			return err
		}
		startup, err := needs(tx).Enrol(tx, joining)
		if err != nil {
			return err
		}
		o.answered(startup, now)
		if err := OfferLife.Fire(tx, o, "accept", by, now); err != nil {
			return err
		}
		a.became(startup)
		if err := becameKnown(tx, by, a); err != nil {
			return err
		}
		return ApplicationLife.Fire(tx, a, "enrol", by, now)
	})
}

// Decline gives the offered place back, to whoever is next on the waiting list. The applicant only, while the offer stands at now.
// Errors: record.not_found, offer.over, lifecycle.not_now.
func Decline(app core.App, by access.Actor, id string, now time.Time) (*Offer, error) {
	return answerOffer(app, by, id, now, func(tx core.App, o *Offer, a *Application) error {
		o.answered(o.StartupID(), now)
		if err := OfferLife.Fire(tx, o, "decline", by, now); err != nil {
			return err
		}
		return freed(tx, a, now, ApplicationLife.Fire(tx, a, "decline", by, now))
	})
}

// Revoke takes an offer back that nobody has answered, and gives its place to whoever is next on the waiting list. Managers
// over the intake, with a reason that the applicant reads.
// Errors: record.not_found, access.needs_manager, application.own, offer.no_reason, lifecycle.not_now.
func Revoke(app core.App, by access.Actor, id, reason string, now time.Time) (*Offer, error) {
	return onOffer(app, by, id, func(tx core.App, o *Offer, a *Application, i *Intake) error {
		if err := access.MayDecideOn(by, i.Path()...); err != nil {
			return err
		}
		if strings.TrimSpace(reason) == "" {
			return fault.Field("reason", "offer.no_reason")
		}
		if err := OfferLife.Fire(tx, o, "revoke", by, now, lifecycle.Because(reason)); err != nil {
			return err
		}
		return freed(tx, a, now, ApplicationLife.Fire(tx, a, "expire", by, now, lifecycle.Because(reason)))
	})
}

// Postpone gives an applicant until the end of a later local day to answer an offer that still stands. Staff over the
// intake, with a reason that the applicant reads.
// Errors: record.not_found, application.own, offer.no_reason, offer.not_later, offer.over.
func Postpone(app core.App, by access.Actor, id, day, reason string, now time.Time) (*Offer, error) {
	return onOffer(app, by, id, func(tx core.App, o *Offer, _ *Application, _ *Intake) error {
		until := endOfDay(day)
		switch {
		case !o.StandsAt(now):
			return fault.Conflict("offer.over")
		case strings.TrimSpace(reason) == "":
			return fault.Field("reason", "offer.no_reason")
		case !until.After(o.ExpiresAt()), until.Sub(now) > longestOffer:
			return fault.Field("day", "offer.not_later")
		}
		o.extend(until)
		if err := tx.SaveWithContext(context.WithValue(context.Background(), postponing{}, true), o); err != nil {
			return fmt.Errorf("postpone offer %s: %w", o.Id, err)
		}
		return lifecycle.Note(tx, by, now, Offers.Collection, o.Id, "postpone", lifecycle.Because(reason),
			lifecycle.With(map[string]any{"expires_at": until}))
	})
}

// longestOffer is how far ahead an offer may end: nobody keeps a place for ever.
const longestOffer = 366 * day

// onOffer runs a verb of the staff on one offer. To whoever is not staff over its intake it does not exist; nobody is staff
// over their own.
func onOffer(app core.App, by access.Actor, id string, do func(core.App, *Offer, *Application, *Intake) error) (*Offer, error) {
	return record.Change(app, Offers, id, func(tx core.App, o *Offer) error {
		a, err := Applications.Find(tx, o.ApplicationID())
		if err != nil {
			return err
		}
		i, err := Intakes.Find(tx, a.IntakeID())
		if err != nil {
			return err
		}
		if err := access.MayWorkOn(by, i.Path()...); err != nil {
			return err
		}
		if err := notOwn(tx, by, a); err != nil {
			return err
		}
		return do(tx, o, a, i)
	})
}

// answerOffer lets the applicant answer while the offer stands. To everybody else it does not exist.
func answerOffer(app core.App, by access.Actor, id string, now time.Time, do func(core.App, *Offer, *Application) error) (*Offer, error) {
	return record.Change(app, Offers, id, func(tx core.App, o *Offer) error {
		a, err := Applications.Find(tx, o.ApplicationID())
		if err != nil {
			return err
		}
		if err := access.MayKeep(by, a.ApplicantID()); err != nil {
			return err
		}
		if o.Status() == OfferSent && !o.StandsAt(now) {
			return fault.Conflict("offer.over")
		}
		if _, open := OfferLife.Find("accept", o.Status()); !open {
			return fault.Conflict("lifecycle.not_now")
		}
		return do(tx, o, a)
	})
}

// enrolment gathers what the other room needs to make a startup of an application.
func enrolment(tx core.App, by access.Actor, o *Offer, a *Application, name string, now time.Time) (Enrolment, error) {
	e := Enrolment{
		Application: a.Id, Cohort: o.CohortID(), Applicant: a.ApplicantID(), Startup: a.StartupID(), Title: tidy(name), By: by, Now: now,
	}
	if e.Title == "" {
		e.Title = a.Title()
	}
	together, err := liveMembers(tx, a.Id)
	if err != nil {
		return e, err
	}
	for _, m := range together {
		if m.Status() == MemberAccepted {
			e.Members = append(e.Members, Joining{m.UserID(), m.Role()})
		}
	}
	last, err := latestSnapshot(tx, a.Id)
	if err != nil || last == nil {
		return e, err
	}
	schema, err := asked(tx, a)
	if err != nil {
		return e, err
	}
	given, err := last.Answers()
	if err != nil {
		return e, err
	}
	e.Sector, _ = schema.Mapped("sector", given).(string)
	if n, ok := schema.Mapped("headcount", given).(float64); ok {
		e.Headcount = int(n)
	}
	return e, nil
}
