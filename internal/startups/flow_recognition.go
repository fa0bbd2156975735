package startups

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Recognised lists what others have certified of a startup, the latest first. Its people and who looks after it.
// Errors: access.sign_in, record.not_found.
func Recognised(app core.App, by access.Actor, startup string) ([]*Recognition, error) {
	if err := maySee(app, by, startup); err != nil {
		return nil, err
	}
	all, err := Recognitions.All(app, dbx.HashExp{"startup": startup})
	slices.SortFunc(all, func(a, b *Recognition) int { return strings.Compare(b.IssuedOn()+b.Id, a.IssuedOn()+a.Id) })
	return all, err
}

// Claim says that a startup holds a recognition. Its admins, and staff who look after it. Errors: access.sign_in,
// record.not_found, startup.needs_admin, recognition.twice, recognition.days, document.not_here, document.not_for_centre.
func Claim(app core.App, by access.Actor, startup string, f RecognitionFields, now time.Time) (r *Recognition, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		if _, err := Startups.Find(tx, startup); err != nil {
			return err
		}
		if err := mayEdit(tx, by, startup); err != nil {
			return err
		}
		if r, err = claimed(tx, startup, f); err != nil {
			return err
		}
		if err := tx.Save(r); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Recognitions.Collection, r.Id, "claim", lifecycle.With(map[string]string{"startup": startup, "type": r.Type()}))
	})
	if err != nil {
		return nil, err
	}
	return r, nil
}

// onRecognition changes a recognition by somebody who may see its startup and passes may. To everybody else it does not exist.
func onRecognition(app core.App, by access.Actor, id string, may func(core.App, access.Actor, string) error, change func(core.App, *Recognition) error) (*Recognition, error) {
	return onRow(app, by, Recognitions, id, func(tx core.App, r *Recognition) error {
		if err := maySee(tx, by, r.StartupID()); err != nil {
			return err
		}
		return may(tx, by, r.StartupID())
	}, change)
}

// AmendClaim changes what a startup says of a recognition that nobody has checked. Who may edit the startup.
// Errors: as Claim, and recognition.checked, record.stale.
func AmendClaim(app core.App, by access.Actor, id string, f RecognitionFields, now time.Time) (*Recognition, error) {
	return onRecognition(app, by, id, mayEdit, func(tx core.App, r *Recognition) error {
		r.write(f)
		return edited(tx, by, Recognitions.Collection, r, now)
	})
}

// Renew says anew what was checked or has run out, with new days or a new paper: it is a claim again until somebody checks it.
// Who may edit the startup. Errors: as Claim, and lifecycle.not_now, record.stale.
func Renew(app core.App, by access.Actor, id string, f RecognitionFields, now time.Time) (*Recognition, error) {
	return onRecognition(app, by, id, mayEdit, func(tx core.App, r *Recognition) error {
		r.write(f)
		r.undecided()
		return RecognitionLife.Fire(tx, r, "renew", by, now)
	})
}

// mayCheck permits staff over a startup to judge what it claims, but not of a startup of their own.
// Errors: access.sign_in, record.not_found, access.needs_staff, recognition.own.
func mayCheck(app core.App, by access.Actor, startup string) error {
	path, err := pathOf(app, startup)
	if err != nil {
		return err
	}
	if err := access.MayWork(by, path...); err != nil {
		return err
	}
	m, err := seat(app, by, startup)
	if err == nil && m != nil {
		return fault.Conflict("recognition.own")
	}
	return err
}

// VerifyClaim says that the centre has seen the paper and that it is as the startup says. Staff over it.
// Errors: access.sign_in, record.not_found, access.needs_staff, recognition.own, recognition.no_paper, recognition.over,
// lifecycle.not_now, record.stale.
func VerifyClaim(app core.App, by access.Actor, id, _ string, rev int, now time.Time) (*Recognition, error) {
	return onRecognition(app, by, id, mayCheck, func(tx core.App, r *Recognition) error {
		if err := record.Seen(r, rev); err != nil {
			return err
		}
		switch {
		case r.DocumentID() == "":
			return fault.Field("document", "recognition.no_paper")
		case r.over(now):
			return fault.Conflict("recognition.over")
		}
		r.decided(by.ID, "", now)
		return RecognitionLife.Fire(tx, r, "verify", by, now)
	})
}

// RevokeClaim says that a recognition does not hold, or no longer. Staff over it, with a reason that the startup reads.
// Errors: as VerifyClaim, and recognition.no_reason.
func RevokeClaim(app core.App, by access.Actor, id, reason string, rev int, now time.Time) (*Recognition, error) {
	if strings.TrimSpace(reason) == "" {
		return nil, fault.Field("reason", "recognition.no_reason")
	}
	return onRecognition(app, by, id, mayCheck, func(tx core.App, r *Recognition) error {
		if err := record.Seen(r, rev); err != nil {
			return err
		}
		r.decided(by.ID, reason, now)
		return RecognitionLife.Fire(tx, r, "revoke", by, now, lifecycle.Because(reason))
	})
}

// over says whether its last day has passed.
func (r *Recognition) over(now time.Time) bool {
	return r.ExpiresOn() != "" && !now.Before(endOf(r.ExpiresOn()))
}

// ExpireRecognitions notes which recognitions have passed their last day.
func ExpireRecognitions(app core.App, slot time.Time) error {
	list, err := runOut(app, slot)
	if err != nil {
		return err
	}
	var failed error
	for _, r := range list {
		if err := RecognitionLife.Fire(app, r, "expire", access.Job("expire_recognitions"), slot); err != nil {
			failed = errors.Join(failed, fmt.Errorf("expire recognition %s: %w", r.Id, err))
		}
	}
	return failed
}
