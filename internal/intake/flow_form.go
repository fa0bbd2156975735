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
)

// NewForms makes a form with a first draft of its questions. Without a code one is made of the title. Staff of the house.
// Errors: access.needs_staff, form.no_title.
func NewForms(app core.App, by access.Actor, code, titleVI, titleEN string, schema Schema, now time.Time) (*FormVersion, error) {
	var v *FormVersion
	err := app.RunInTransaction(func(tx core.App) error {
		if err := access.MayWork(by, access.House); err != nil {
			return err
		}
		if strings.TrimSpace(titleVI) == "" {
			return fault.Field("title_vi", "form.no_title")
		}
		if code == "" {
			var err error
			if code, err = freeCode(tx, slugOf(titleVI)); err != nil {
				return err
			}
		}
		f, err := NewForm(tx, code, titleVI, titleEN)
		if err != nil {
			return err
		}
		if err := tx.Save(f); err != nil {
			return fmt.Errorf("store form %s: %w", code, err)
		}
		if v, err = NewVersion(tx, f.Id, 1, schema); err != nil {
			return err
		}
		return added(tx, by, FormVersions.Collection, v, now)
	})
	if err != nil {
		return nil, err
	}
	return v, nil
}

// EditForm changes the questions of a draft; of a published version it makes the next draft instead, since what was
// published stays. Staff of the house. Errors: access.needs_staff, record.stale.
func EditForm(app core.App, by access.Actor, id string, schema Schema, rev int, now time.Time) (*FormVersion, error) {
	if err := access.MayWork(by); err != nil {
		return nil, err
	}
	var kept *FormVersion
	_, err := record.Change(app, FormVersions, id, func(tx core.App, v *FormVersion) error {
		kept = v
		if v.Status() == FormDraft {
			record.At(v, rev)
			v.Ask(schema)
			return tx.Save(v)
		}
		last, err := lastVersion(tx, v.FormID())
		if err != nil {
			return err
		}
		if kept, err = NewVersion(tx, v.FormID(), last+1, schema); err != nil {
			return err
		}
		return added(tx, by, FormVersions.Collection, kept, now)
	})
	if err != nil {
		return nil, err
	}
	return kept, nil
}

// MoveForm publishes or retires a version of a form. Staff of the house. Errors: access.needs_staff, lifecycle.not_now, and
// those of Schema.Check.
func MoveForm(app core.App, by access.Actor, id, verb string, now time.Time) (*FormVersion, error) {
	if err := access.MayWork(by); err != nil {
		return nil, err
	}
	return record.Change(app, FormVersions, id, func(tx core.App, v *FormVersion) error {
		return FormLife.Fire(tx, v, verb, by, now)
	})
}

// NextForm makes the next draft of a form: a copy of one version, of this form or another, or of its last one when from is "".
// With a draft already there that draft is the answer, unless a copy is asked for. Staff of the house.
// Errors: access.needs_staff, record.not_found, form.draft_exists, form.archived.
func NextForm(app core.App, by access.Actor, id, from string, now time.Time) (*FormVersion, error) {
	if err := access.MayWork(by); err != nil {
		return nil, err
	}
	var next *FormVersion
	_, err := record.Change(app, Forms, id, func(tx core.App, f *Form) error {
		if f.Archived() {
			return fault.Conflict("form.archived")
		}
		last, err := newestVersion(tx, f.Id)
		if err != nil {
			return err
		}
		if last != nil && last.Status() == FormDraft {
			if next = last; from != "" {
				return fault.Conflict("form.draft_exists")
			}
			return nil
		}
		schema, number := Schema{}, 1
		if last != nil {
			number = last.Number() + 1
		}
		if from != "" {
			if last, err = FormVersions.Find(tx, from); err != nil {
				return err
			}
		}
		if last != nil {
			if schema, err = last.Schema(); err != nil {
				return err
			}
		}
		if next, err = NewVersion(tx, f.Id, number, schema); err != nil {
			return err
		}
		return added(tx, by, FormVersions.Collection, next, now)
	})
	if err != nil {
		return nil, err
	}
	return next, nil
}

// NameForm changes what a form is called. Staff of the house. Errors: access.needs_staff, record.not_found, record.stale,
// form.no_title.
func NameForm(app core.App, by access.Actor, id, titleVI, titleEN string, rev int, now time.Time) (*Form, error) {
	return onForm(app, by, id, func(tx core.App, f *Form) error {
		if strings.TrimSpace(titleVI) == "" {
			return fault.Field("title_vi", "form.no_title")
		}
		record.At(f, rev)
		f.name(titleVI, titleEN)
		return edited(tx, by, Forms.Collection, f, now)
	})
}

// ArchiveForm puts a form away: it is offered to no new intake, and the intakes that use it go on as they are. Staff of the
// house. Errors: access.needs_staff, record.not_found.
func ArchiveForm(app core.App, by access.Actor, id string, now time.Time) (*Form, error) {
	return onForm(app, by, id, func(tx core.App, f *Form) error {
		if f.Archived() {
			return nil
		}
		return shelve(tx, by, f, now, "archive", now)
	})
}

// ReviveForm takes an archived form out again. Staff of the house. Errors: access.needs_staff, record.not_found.
func ReviveForm(app core.App, by access.Actor, id string, now time.Time) (*Form, error) {
	return onForm(app, by, id, func(tx core.App, f *Form) error {
		if !f.Archived() {
			return nil
		}
		return shelve(tx, by, f, time.Time{}, "revive", now)
	})
}

func shelve(tx core.App, by access.Actor, f *Form, at time.Time, verb string, now time.Time) error {
	f.archivedOn(at)
	if err := tx.Save(f); err != nil {
		return fmt.Errorf("%s form %s: %w", verb, f.Id, err)
	}
	return lifecycle.Note(tx, by, now, Forms.Collection, f.Id, verb)
}

func onForm(app core.App, by access.Actor, id string, do func(core.App, *Form) error) (*Form, error) {
	if err := access.MayWork(by); err != nil {
		return nil, err
	}
	return record.Change(app, Forms, id, do)
}
