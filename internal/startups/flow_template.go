package startups

import (
	"strconv"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// DraftTemplate writes a template that nobody is asked with yet. Staff and managers of the whole house.
// Errors: access.sign_in, access.needs_staff, and those of the guard.
func DraftTemplate(app core.App, by access.Actor, f TemplateFields, now time.Time) (t *Template, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		if err := access.MayWork(by); err != nil {
			return err
		}
		t, err = draftTemplate(tx, by, f, now)
		return err
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

// AmendTemplate changes a template that nobody was asked with. Who may draft one.
// Errors: as DraftTemplate, and record.not_found, record.stale, report.template_used.
func AmendTemplate(app core.App, by access.Actor, id string, f TemplateFields, now time.Time) (*Template, error) {
	if err := access.MayWork(by); err != nil {
		return nil, err
	}
	return record.Change(app, Templates, id, func(tx core.App, t *Template) error {
		record.At(t, f.Rev)
		t.write(f)
		return amended(tx, by, t, now)
	})
}

// CopyTemplate makes another template with the same questions, which can be changed. Who may draft one.
func CopyTemplate(app core.App, by access.Actor, id string, now time.Time) (t *Template, err error) {
	if err := access.MayWork(by); err != nil {
		return nil, err
	}
	_, err = record.Change(app, Templates, id, func(tx core.App, of *Template) error {
		f, err := of.fields()
		if err != nil {
			return err
		}
		if f.KPIs, err = living(tx, of); err != nil {
			return err
		}
		t, err = draftTemplate(tx, by, f, now)
		return err
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

// UseTemplate lets the next reports of its kind be asked for by a template; the one before it rests. Reports that were asked for
// stay as they are. Who may draft one. Error: report.template_retired for one that asks for what is asked for no more.
func UseTemplate(app core.App, by access.Actor, id string, now time.Time) (*Template, error) {
	if err := access.MayWork(by); err != nil {
		return nil, err
	}
	return record.Change(app, Templates, id, func(tx core.App, t *Template) error { return putToUse(tx, by, t, now) })
}

// living are the questions of a template that are still asked for.
func living(app core.App, t *Template) ([]string, error) {
	asks, err := questions(app, t)
	if err != nil {
		return nil, err
	}
	ids := []string{}
	for _, k := range asks {
		if !k.Retired() {
			ids = append(ids, k.Id)
		}
	}
	return ids, nil
}

func draftTemplate(tx core.App, by access.Actor, f TemplateFields, now time.Time) (*Template, error) {
	t, err := Templates.New(tx)
	if err != nil {
		return nil, err
	}
	t.write(f)
	n, err := tx.CountRecords(Templates.Collection)
	if err != nil {
		return nil, err
	}
	t.name(f.Kind + "-" + strconv.FormatInt(n+1, 10))
	if err := keepTemplate(tx, t); err != nil {
		return nil, err
	}
	return t, lifecycle.Note(tx, by, now, Templates.Collection, t.Id, "draft")
}

func amended(tx core.App, by access.Actor, t *Template, now time.Time) error {
	if err := keepTemplate(tx, t); err != nil {
		return err
	}
	return lifecycle.Note(tx, by, now, Templates.Collection, t.Id, "amend")
}

func keepTemplate(tx core.App, t *Template) error {
	if t.Title().VI == "" {
		return fault.Field("title_vi", "kpi.label")
	}
	return tx.Save(t)
}

func putToUse(tx core.App, by access.Actor, t *Template, now time.Time) error {
	ids, err := living(tx, t)
	switch {
	case err != nil:
		return err
	case len(ids) != len(t.KPIs()):
		return fault.Conflict("report.template_retired")
	}
	before, err := Templates.All(tx, dbx.HashExp{"period": t.kind(), "active": true}, dbx.Not(dbx.HashExp{"id": t.Id}))
	if err != nil {
		return err
	}
	for _, other := range before {
		other.use(false)
		if err := tx.Save(other); err != nil {
			return err
		}
		if err := lifecycle.Note(tx, by, now, Templates.Collection, other.Id, "rest"); err != nil {
			return err
		}
	}
	t.use(true)
	if err := tx.Save(t); err != nil {
		return err
	}
	return lifecycle.Note(tx, by, now, Templates.Collection, t.Id, "use")
}
