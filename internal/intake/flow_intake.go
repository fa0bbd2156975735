package intake

import (
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// Announce makes a draft of an intake. Staff of its programme. Without a slug one is made of the title.
// Errors: access.needs_staff, intake.elsewhere, intake.span, intake.places, intake.offer_days.
func Announce(app core.App, by access.Actor, terms Terms, now time.Time) (*Intake, error) {
	i, err := Intakes.New(app)
	if err != nil {
		return nil, err
	}
	if terms.WaitlistAuto == nil {
		auto := true
		terms.WaitlistAuto = &auto
	}
	i.Write(terms)
	if i.Slug() == "" {
		slug := slugOf(i.TitleVI())
		i.Write(Terms{Slug: &slug})
	}
	if err := access.MayWork(by, i.Path()...); err != nil {
		return nil, err
	}
	if err := added(app, by, Intakes.Collection, i, now); err != nil {
		return nil, err
	}
	return i, nil
}

// Edit changes what an intake is while it is a draft, and its words later on. Staff over it.
// Errors: record.not_found, record.stale, intake.frozen, and those of Announce.
func Edit(app core.App, by access.Actor, id string, terms Terms, rev int, now time.Time) (*Intake, error) {
	return record.Change(app, Intakes, id, func(tx core.App, i *Intake) error {
		if err := access.MayWorkOn(by, i.Path()...); err != nil {
			return err
		}
		record.At(i, rev)
		i.Write(terms)
		if err := access.MayWork(by, i.Path()...); err != nil { // nobody gives an intake away to where they do not work
			return err
		}
		return edited(tx, by, Intakes.Collection, i, now)
	})
}

// Publish makes an intake known; it takes applications from opens_at on. Staff over it; its form must be published.
// Errors: record.not_found, intake.form, intake.too_late, lifecycle.not_now.
func Publish(app core.App, by access.Actor, id string, now time.Time) (*Intake, error) {
	return record.Change(app, Intakes, id, func(tx core.App, i *Intake) error {
		if err := access.MayWorkOn(by, i.Path()...); err != nil {
			return err
		}
		v, err := FormVersions.Find(tx, i.FormVersionID())
		switch {
		case err != nil:
			return err
		case v.Status() != FormPublished:
			return fault.Field("form_version", "intake.form")
		case !now.Before(i.announcedClose()):
			return fault.Field("closes_at", "intake.too_late")
		}
		return IntakeLife.Fire(tx, i, "publish", by, now)
	})
}

// Extend moves the deadline of an intake, or of one application, to a later instant. Staff over it, before the deadline
// that is moved is over. Errors: record.not_found, intake.no_reason, intake.not_later, intake.not_open,
// application.own.
func Extend(app core.App, by access.Actor, id, application string, later time.Time, reason string, now time.Time) (*Intake, error) {
	return record.Change(app, Intakes, id, func(tx core.App, i *Intake) error {
		if err := access.MayWorkOn(by, i.Path()...); err != nil {
			return err
		}
		if application != "" {
			a, err := Applications.Find(tx, application)
			if err != nil {
				return err
			}
			if a.IntakeID() != i.Id {
				return fault.NotFound("record.not_found")
			}
			if err := notOwn(tx, by, a); err != nil {
				return err
			}
		}
		closes, grace, err := promised(tx, i.Id, application)
		switch {
		case err != nil:
			return err
		case strings.TrimSpace(reason) == "":
			return fault.Field("reason", "intake.no_reason")
		case !i.in(IntakePublished, IntakeOpen), !now.Before(closes.Add(grace)):
			return fault.Conflict("intake.not_open")
		case !later.After(closes):
			return fault.Field("closes_at", "intake.not_later")
		}
		x, err := newExtension(tx, i.Id, application, later, tidy(reason), by.ID, now)
		if err != nil {
			return err
		}
		if err := tx.Save(x); err != nil {
			return fmt.Errorf("extend intake %s: %w", i.Id, err)
		}
		return lifecycle.Note(tx, by, now, Intakes.Collection, i.Id, "extend",
			lifecycle.Because(reason), lifecycle.With(map[string]any{"closes_at": later, "application": application}))
	})
}

// Cancel ends an intake before it closes; interviews to come are called off. Managers over it, with a reason.
// Errors: record.not_found, access.needs_manager, intake.no_reason, lifecycle.not_now.
func Cancel(app core.App, by access.Actor, id, reason string, now time.Time) (*Intake, error) {
	return record.Change(app, Intakes, id, func(tx core.App, i *Intake) error {
		if err := access.MayDecideOn(by, i.Path()...); err != nil {
			return err
		}
		if strings.TrimSpace(reason) == "" {
			return fault.Field("reason", "intake.no_reason")
		}
		all, err := interviewsIn(tx, i.Id, "")
		if err != nil {
			return err
		}
		if err := callOff(tx, by, all, now); err != nil {
			return err
		}
		return IntakeLife.Fire(tx, i, "cancel", by, now, lifecycle.Because(reason))
	})
}

// BeginDeciding opens a closed intake to decisions, once nobody's deadline is still to come. Managers over it.
// Errors: record.not_found, access.needs_manager, intake.still_open, lifecycle.not_now.
func BeginDeciding(app core.App, by access.Actor, id string, now time.Time) (*Intake, error) {
	return record.Change(app, Intakes, id, func(tx core.App, i *Intake) error {
		if err := access.MayDecideOn(by, i.Path()...); err != nil {
			return err
		}
		last, err := lastDeadline(tx, i.Id)
		switch {
		case err != nil:
			return err
		case now.Before(last):
			return fault.Conflict("intake.still_open")
		}
		return IntakeLife.Fire(tx, i, "begin_deciding", by, now)
	})
}

// Archive puts a released intake away. Managers over it. Errors: record.not_found, access.needs_manager, lifecycle.not_now.
func Archive(app core.App, by access.Actor, id string, now time.Time) (*Intake, error) {
	return record.Change(app, Intakes, id, func(tx core.App, i *Intake) error {
		if err := access.MayDecideOn(by, i.Path()...); err != nil {
			return err
		}
		return IntakeLife.Fire(tx, i, "archive", by, now)
	})
}

// slugOf makes an address of a title: "Đợt tuyển 2027" becomes "dot-tuyen-2027".
func slugOf(title string) string {
	words := strings.FieldsFunc(vn.Fold(title), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	slug := strings.Join(words, "-")
	return strings.Trim(slug[:min(len(slug), 80)], "-")
}
