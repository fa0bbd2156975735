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

// purse are the roles that read who owns a startup and where its money goes, beside its admins. Staff do not.
var purse = []access.Role{access.Finance, access.Manager}

// mayHold permits a startup's admins, and finance and managers over it, to read who owns it and where its money goes. Its other
// people are told that this takes an admin; to everybody else there is nothing. Errors: access.sign_in, record.not_found,
// startup.needs_admin.
func mayHold(app core.App, by access.Actor, startup string) error {
	return adminOr(app, by, purse, startup)
}

// Ownership lists who owned a startup on which days, the latest first. Its admins, finance and managers over it.
// Errors: access.sign_in, record.not_found, startup.needs_admin.
func Ownership(app core.App, by access.Actor, startup string) ([]*Equity, error) {
	if err := mayHold(app, by, startup); err != nil {
		return nil, err
	}
	all, err := Equities.All(app, dbx.HashExp{"startup": startup})
	slices.SortFunc(all, func(a, b *Equity) int { return strings.Compare(b.AsOf(), a.AsOf()) })
	return all, err
}

// WriteEquity says who owned a startup on a day, over what was said of that day before if rev names it. Its admins only. The
// journal tells how many owners there are, and none of them. Errors: access.sign_in, record.not_found, startup.needs_admin,
// record.stale, equity.day, equity.empty, equity.holder, equity.too_much, equity.twice.
func WriteEquity(app core.App, by access.Actor, startup, asOf string, holders []Holder, rev int, now time.Time) (q *Equity, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		if _, err := Startups.Find(tx, startup); err != nil {
			return err
		}
		if err := mayAdmin(tx, by, startup); err != nil {
			return err
		}
		if day := endOf(asOf); day.IsZero() || day.Add(-24*time.Hour).After(now) {
			return fault.Field("as_of", "equity.day")
		}
		q, err = Equities.First(tx, dbx.HashExp{"startup": startup, "as_of": asOf})
		switch {
		case fault.Code(err) == "record.not_found":
			q, err = owned(tx, startup, asOf)
		case err == nil && rev == 0:
			return fault.Field("as_of", "equity.twice")
		}
		if err != nil {
			return err
		}
		q.write(holders, rev, by.ID, now)
		if err := tx.Save(q); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Equities.Collection, q.Id, "write",
			lifecycle.With(map[string]any{"startup": startup, "as_of": asOf, "holders": len(holders)}))
	})
	if err != nil {
		return nil, err
	}
	return q, nil
}
