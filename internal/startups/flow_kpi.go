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

// DefineKPI adds a figure that startups may be asked for. Staff and managers of the whole house.
// Errors: access.sign_in, access.needs_staff, kpi.key_taken, kpi.label, and those of the guard.
func DefineKPI(app core.App, by access.Actor, f KPIFields, now time.Time) (k *KPI, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		if err := access.MayWork(by); err != nil {
			return err
		}
		if k, err = KPIs.New(tx); err != nil {
			return err
		}
		k.write(f)
		last, err := lastPlace(tx)
		if err != nil {
			return err
		}
		k.place(last + 1)
		if err := keepKPI(tx, k); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, KPIs.Collection, k.Id, "define", lifecycle.With(map[string]string{"key": k.Key()}))
	})
	if err != nil {
		return nil, err
	}
	return k, nil
}

// AmendKPI changes what is said of a figure. Once somebody was asked for it, its key and what it means stay: names, who may see
// sums of it and what others call it may change. Who may define one. Errors: as DefineKPI, and record.not_found, record.stale.
func AmendKPI(app core.App, by access.Actor, id string, f KPIFields, now time.Time) (*KPI, error) {
	if err := access.MayWork(by); err != nil {
		return nil, err
	}
	return record.Change(app, KPIs, id, func(tx core.App, k *KPI) error {
		record.At(k, f.Rev)
		k.write(f)
		changed := record.Changed(k)
		if err := keepKPI(tx, k); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, KPIs.Collection, k.Id, "amend", lifecycle.With(map[string]any{"key": k.Key(), "changed": changed}))
	})
}

// ReviseKPI follows a figure that is in use by one with another meaning under the same key: the old one keeps its answers under
// a name of its own, and is asked for no more. Templates in use that asked for it are followed by copies that ask for the new
// one. Who may define one. Errors: as AmendKPI, and kpi.retired.
func ReviseKPI(app core.App, by access.Actor, id string, f KPIFields, now time.Time) (next *KPI, err error) {
	if err := access.MayWork(by); err != nil {
		return nil, err
	}
	_, err = record.Change(app, KPIs, id, func(tx core.App, was *KPI) error {
		if was.Retired() {
			return fault.Conflict("kpi.retired")
		}
		if next, err = KPIs.New(tx); err != nil {
			return err
		}
		next.write(f)
		next.follow(was, was.Key())
		record.At(was, f.Rev)
		was.retire()
		if err := tx.SaveWithContext(marked(versioning{}), was); err != nil {
			return err
		}
		if err := keepKPI(tx, next); err != nil {
			return err
		}
		if err := lifecycle.Note(tx, by, now, KPIs.Collection, next.Id, "follow", lifecycle.With(map[string]string{"key": next.Key(), "replaces": was.Id})); err != nil {
			return err
		}
		return askForNext(tx, by, was, next, now)
	})
	if err != nil {
		return nil, err
	}
	return next, nil
}

// keepKPI stores a figure whose key nobody else has.
func keepKPI(tx core.App, k *KPI) error {
	twins, err := KPIs.All(tx, dbx.HashExp{"key": k.Key()}, dbx.Not(dbx.HashExp{"id": k.Id}))
	switch {
	case err != nil:
		return err
	case len(twins) > 0:
		return fault.Field("key", "kpi.key_taken")
	case k.Key() == "":
		return fault.Field("key", "kpi.key")
	case k.Label().VI == "":
		return fault.Field("label_vi", "kpi.label")
	}
	return tx.Save(k)
}

// askForNext lets templates in use ask for the new version of a figure: those that nobody was asked with are changed, the others
// followed by a copy.
func askForNext(tx core.App, by access.Actor, was, next *KPI, now time.Time) error {
	all, err := Templates.All(tx)
	if err != nil {
		return err
	}
	uses, err := templateUses(tx)
	if err != nil {
		return err
	}
	for _, t := range all {
		i := slices.Index(t.KPIs(), was.Id)
		if i < 0 || !t.Active() && uses[t.Id] > 0 {
			continue
		}
		f, err := t.fields()
		if err != nil {
			return err
		}
		f.KPIs = slices.Clone(f.KPIs)
		f.KPIs[i] = next.Id
		if uses[t.Id] == 0 {
			t.write(f)
			if err := amended(tx, by, t, now); err != nil {
				return err
			}
			continue
		}
		copied, err := draftTemplate(tx, by, f, now)
		if err != nil {
			return err
		}
		if err := putToUse(tx, by, copied, now); err != nil {
			return err
		}
	}
	return nil
}
