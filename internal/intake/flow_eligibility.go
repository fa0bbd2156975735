package intake

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/intake/form"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// Eligible is what became of one rule of the intake for one application. Waived says that staff have made an exception.
type Eligible struct {
	form.Weighed
	Waived *Waived `json:"waived"`
}

// Waived is an exception from a rule, as its applicant reads it.
type Waived struct {
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
}

// Blocks says whether the rule keeps the application from being handed in.
func (e Eligible) Blocks() bool { return e.Blocking && e.State == form.Fails && e.Waived == nil }

// Eligibility weighs the rules of an intake for the answers to an application.
func Eligibility(app core.App, i *Intake, application string, schema Schema, given Answers) ([]Eligible, error) {
	rules, err := i.Rules()
	if err != nil || len(rules) == 0 {
		return []Eligible{}, err
	}
	made, err := waiversOf(app, application)
	if err != nil {
		return nil, err
	}
	all := make([]Eligible, 0, len(rules))
	for _, w := range rules.Weigh(schema, given, i.lastDay()) {
		e := Eligible{Weighed: w}
		if at := slices.IndexFunc(made, func(x *Waiver) bool { return x.Rule() == w.Rule }); at >= 0 {
			e.Waived = &Waived{made[at].Reason(), made[at].At()}
		}
		all = append(all, e)
	}
	return all, nil
}

// eligibilityOf weighs the rules for the working copy of an application.
func eligibilityOf(app core.App, a *Application) ([]Eligible, error) {
	i, err := Intakes.Find(app, a.IntakeID())
	if err != nil {
		return nil, err
	}
	schema, err := asked(app, a)
	if err != nil {
		return nil, err
	}
	given, err := a.Answers()
	if err != nil {
		return nil, err
	}
	return Eligibility(app, i, a.Id, schema, given)
}

// lastDay is the last local day of the intake as it was announced, YYYY-MM-DD: the deadline itself is already too late.
func (i *Intake) lastDay() string { return locale.Day(i.announcedClose().Add(-time.Millisecond)) }

// eligible refuses an application that fails a rule which blocks, unless an exception was made. Error: application.ineligible
// at each question, with the reasons.
func eligible(tx core.App, a *Application, schema Schema, given Answers) error {
	i, err := Intakes.Find(tx, a.IntakeID())
	if err != nil {
		return err
	}
	all, err := Eligibility(tx, i, a.Id, schema, given)
	if err != nil {
		return err
	}
	var wrong []error
	var why []Eligible
	for _, e := range all {
		if e.Blocks() {
			wrong, why = append(wrong, fault.Field("answers."+e.Question, "application.ineligible")), append(why, e)
		}
	}
	refused := fault.As(fault.Fields(wrong...))
	if refused == nil {
		return nil
	}
	refused.Shown = map[string]any{"eligibility": why}
	return refused
}

// Waive makes an exception from one rule of an intake for one application, named by its receipt code or its id, with a reason
// that its applicant reads. Staff over the intake, but not of their own application. A draft stays unread: whoever wrote it
// gives its code. Errors: record.not_found, waiver.rule, waiver.no_reason, waiver.no_application, waiver.exists,
// application.own, lifecycle.not_now.
func Waive(app core.App, by access.Actor, id, application, rule, reason string, now time.Time) (*Waiver, error) {
	var w *Waiver
	_, err := record.Change(app, Intakes, id, func(tx core.App, i *Intake) error {
		if err := access.MayWorkOn(by, i.Path()...); err != nil {
			return err
		}
		rules, err := i.Rules()
		switch {
		case err != nil:
			return err
		case !slices.ContainsFunc(rules, func(r form.Rule) bool { return r.Key == rule }):
			return fault.Field("rule", "waiver.rule")
		case strings.TrimSpace(reason) == "":
			return fault.Field("reason", "waiver.no_reason")
		}
		a, err := applicationCalled(tx, i.Id, strings.ToUpper(strings.TrimSpace(application)), strings.TrimSpace(application))
		switch {
		case err != nil:
			return err
		case a == nil:
			return fault.Field("application", "waiver.no_application")
		case !a.in(ApplicationDraft, ApplicationSubmitted, ApplicationNeedsInfo, ApplicationInReview, ApplicationIneligible):
			return fault.Conflict("lifecycle.not_now")
		}
		if err := notOwn(tx, by, a); err != nil {
			return err
		}
		made, err := waiversOf(tx, a.Id)
		switch {
		case err != nil:
			return err
		case slices.ContainsFunc(made, func(x *Waiver) bool { return x.Rule() == rule }):
			return fault.Conflict("waiver.exists")
		}
		if w, err = newWaiver(tx, a.Id, rule, tidy(reason), by.ID, now); err != nil {
			return err
		}
		if err := tx.Save(w); err != nil {
			return fmt.Errorf("make an exception from %s for %s: %w", rule, a.Id, err)
		}
		return lifecycle.Note(tx, by, now, Applications.Collection, a.Id, "waive",
			lifecycle.Because(tidy(reason)), lifecycle.With(map[string]any{"rule": rule}))
	})
	if err != nil {
		return nil, err
	}
	return w, nil
}
