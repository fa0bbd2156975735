package startups

import (
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
)

// Raised lists the rounds of a startup as they stand, the latest first, and those that were corrected. Its people and who looks
// after it. Errors: access.sign_in, record.not_found.
func Raised(app core.App, by access.Actor, startup string) (standing, corrected []*Funding, err error) {
	if err := maySee(app, by, startup); err != nil {
		return nil, nil, err
	}
	all, err := Fundings.All(app, dbx.HashExp{"startup": startup})
	if err != nil {
		return nil, nil, err
	}
	slices.SortFunc(all, func(a, b *Funding) int { return strings.Compare(b.ClosedOn()+b.Id, a.ClosedOn()+a.Id) })
	for _, f := range all {
		again := slices.ContainsFunc(all, func(x *Funding) bool { return x.Corrects() == f.Id })
		if again || f.Void() {
			corrected = append(corrected, f)
		} else {
			standing = append(standing, f)
		}
	}
	return standing, corrected, nil
}

// WriteFunding writes down a round that a startup has closed. Its admins, and staff who look after it. Errors: access.sign_in,
// record.not_found, startup.needs_admin, funding.kind, funding.day, funding.amount, document.not_here, document.not_for_centre.
func WriteFunding(app core.App, by access.Actor, startup string, said FundingFields, now time.Time) (f *Funding, err error) {
	said.Void, said.Reason = false, ""
	err = app.RunInTransaction(func(tx core.App) error {
		if _, err := Startups.Find(tx, startup); err != nil {
			return err
		}
		if err := mayEdit(tx, by, startup); err != nil {
			return err
		}
		if f, err = keepFunding(tx, by, startup, "", said, now); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Fundings.Collection, f.Id, "write", lifecycle.With(map[string]string{"startup": startup}))
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

// CorrectFunding writes what is right of a round in the place of what was written, with a reason; void says that there was none.
// Who may edit the startup. Errors: as WriteFunding, and funding.no_reason, funding.corrected.
func CorrectFunding(app core.App, by access.Actor, id string, said FundingFields, now time.Time) (f *Funding, err error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	err = app.RunInTransaction(func(tx core.App) error {
		old, err := Fundings.Find(tx, id)
		if err != nil {
			return err
		}
		if err := mayEdit(tx, by, old.StartupID()); err != nil {
			return err
		}
		if said.Void {
			said = FundingFields{Kind: old.Kind(), ClosedOn: old.ClosedOn(), Reason: said.Reason, Void: true}
		}
		if f, err = keepFunding(tx, by, old.StartupID(), old.Id, said, now); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Fundings.Collection, f.Id, "correct", lifecycle.Because(said.Reason),
			lifecycle.With(map[string]any{"startup": old.StartupID(), "corrects": old.Id, "void": said.Void}))
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

// keepFunding stores a round, or what is right of one.
func keepFunding(tx core.App, by access.Actor, startup, corrects string, said FundingFields, now time.Time) (*Funding, error) {
	if day := endOf(said.ClosedOn); day.IsZero() || day.Add(-24*time.Hour).After(now) {
		return nil, fault.Field("closed_on", "funding.day")
	}
	f, err := closed(tx, startup, corrects, said, by.ID, now)
	if err != nil {
		return nil, err
	}
	return f, tx.Save(f)
}
