package intake

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
)

// formLaw keeps the questions of a version in their one form, refuses to publish those that cannot be answered, and any change
// of a version that was published. A draft may be half written: whoever writes it is told what is missing.
// Errors: form.schema, form.frozen, and those of Schema.Check.
func formLaw(e *core.RecordEvent, was *core.Record) error {
	v := FormVersions.From(e.Record)
	if was != nil && FormVersions.From(was).Status() != FormDraft {
		if !v.sameContent(FormVersions.From(was)) {
			return fault.Conflict("form.frozen")
		}
		return nil // what could be asked once can always be retired
	}
	schema, err := v.Schema()
	switch {
	case err != nil:
		return fault.Field("schema", "form.schema")
	case v.Status() != FormDraft:
		return schema.Check()
	}
	v.Ask(schema.Neat())
	return nil
}

// rulesLaw refuses to publish rules that the form cannot decide. Later on they are frozen with the terms.
func rulesLaw(app core.App, i *Intake, was *core.Record) error {
	rules, err := i.Rules()
	if err != nil {
		return fault.Field("rules", "rule.value")
	}
	if i.in(IntakeDraft) || len(rules) == 0 || was != nil && !Intakes.From(was).in(IntakeDraft) {
		return nil
	}
	v, err := FormVersions.Find(app, i.FormVersionID())
	if err != nil {
		return err
	}
	schema, err := v.Schema()
	if err != nil {
		return err
	}
	return rules.Check(schema)
}
