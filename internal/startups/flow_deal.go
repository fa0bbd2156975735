package startups

import (
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// mayAdmin permits a startup's admins, and nobody who only looks after it: what it tells investors, who owns it and where its
// money goes are its own to say. Errors: access.sign_in, record.not_found to whom the startup does not exist,
// startup.needs_admin to its other people and to the centre.
func mayAdmin(app core.App, by access.Actor, startup string) error {
	m, err := seat(app, by, startup)
	if err != nil || m != nil && m.Admin() {
		return err
	}
	if err := maySee(app, by, startup); err != nil {
		return err
	}
	return fault.Forbidden("startup.needs_admin")
}

// dealOf is a startup's deal, stored or not yet.
func dealOf(app core.App, startup string) (*Deal, error) {
	d, err := Deals.First(app, dbx.HashExp{"startup": startup})
	if fault.Code(err) == "record.not_found" {
		return unsaid(app, startup)
	}
	return d, err
}

// onDeal changes a startup's deal in one transaction, and makes it where there is none.
func onDeal(app core.App, by access.Actor, startup string, change func(core.App, *Deal) error) (d *Deal, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		if _, err := Startups.Find(tx, startup); err != nil {
			return err
		}
		if err := mayAdmin(tx, by, startup); err != nil {
			return err
		}
		if d, err = dealOf(tx, startup); err != nil {
			return err
		}
		return change(tx, d)
	})
	if err != nil {
		return nil, err
	}
	return d, nil
}

// EditDeal writes what a startup seeks. Its admins only. Errors: access.sign_in, record.not_found, startup.needs_admin,
// record.stale, deal.amounts, deal.no_summary while it is shown, document.not_here.
func EditDeal(app core.App, by access.Actor, startup string, f DealFields, now time.Time) (*Deal, error) {
	return onDeal(app, by, startup, func(tx core.App, d *Deal) error {
		d.write(f)
		if d.Shown() && !d.Raising() { // who seeks nothing shows nothing
			d.hide()
		}
		fields := record.Changed(d)
		if err := tx.Save(d); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Deals.Collection, d.Id, "edit", lifecycle.With(map[string]any{"startup": startup, "fields": fields}))
	})
}

// ShowDeal lets investors read a startup's deal: all who are verified, or those whom it names. It is agreed to anew each time,
// by one of its admins. Errors: as EditDeal, and deal.audience, deal.nobody_selected, deal.not_investor, deal.not_raising.
func ShowDeal(app core.App, by access.Actor, startup string, to Audience, selected []string, now time.Time) (*Deal, error) {
	return onDeal(app, by, startup, func(tx core.App, d *Deal) error {
		switch {
		case to != Selected && to != Verified:
			return fault.Field("audience", "deal.audience")
		case to == Selected && len(selected) == 0:
			return fault.Field("selected", "deal.nobody_selected")
		case len(selected) > mostSelected:
			return fault.Field("selected", "deal.audience")
		}
		investors, err := access.Standing(tx, access.Investor, now)
		if err != nil {
			return err
		}
		known := investors.Everybody()
		for _, one := range selected {
			if !slices.Contains(known, one) {
				return fault.Field("selected", "deal.not_investor")
			}
		}
		d.show(to, selected, by.ID, now)
		if err := tx.Save(d); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Deals.Collection, d.Id, "show",
			lifecycle.With(map[string]any{"startup": startup, "audience": to, "selected": selected}))
	})
}

// HideDeal takes a startup's deal away from investors, at once: the next thing that any of them asks for is not there. Its admins
// only. Errors: access.sign_in, record.not_found, startup.needs_admin.
func HideDeal(app core.App, by access.Actor, startup string, now time.Time) (*Deal, error) {
	return onDeal(app, by, startup, func(tx core.App, d *Deal) error {
		if !d.Shown() {
			return nil
		}
		d.hide()
		if err := tx.Save(d); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Deals.Collection, d.Id, "hide", lifecycle.With(map[string]string{"startup": startup}))
	})
}

// Investable finds the deal of a startup for an investor who may read it now. To everybody else it does not exist, and neither
// does one that its startup has withdrawn, or whose startup is not at work. Errors: access.sign_in, record.not_found.
func Investable(app core.App, by access.Actor, startup string) (*Startup, *Deal, error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, nil, err
	}
	if access.MayInvest(by) != nil {
		return nil, nil, fault.NotFound("record.not_found")
	}
	d, err := Deals.First(app, dbx.HashExp{"startup": startup})
	if err != nil {
		return nil, nil, err
	}
	s, err := Startups.Find(app, startup)
	if err != nil {
		return nil, nil, err
	}
	if s.Status() != StartupActive || !d.Raising() || !d.shownTo(by.ID) {
		return nil, nil, fault.NotFound("record.not_found")
	}
	return s, d, nil
}

// OpenDeck finds the paper that an investor may open. The journal says who opened it and when. Errors: as Investable.
func OpenDeck(app core.App, by access.Actor, startup string, now time.Time) (deck *Document, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		_, d, err := Investable(tx, by, startup)
		if err != nil {
			return err
		}
		if d.DeckID() == "" {
			return fault.NotFound("record.not_found")
		}
		if deck, err = Documents.Find(tx, d.DeckID()); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Deals.Collection, d.Id, "open_deck", lifecycle.With(map[string]string{"startup": startup}))
	})
	if err != nil {
		return nil, err
	}
	return deck, nil
}
