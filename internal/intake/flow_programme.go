package intake

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// AddProgramme makes a draft of a programme. Managers of the house. Error: access.needs_manager.
func AddProgramme(app core.App, by access.Actor, t ProgrammeText, now time.Time) (*Programme, error) {
	if err := access.MayGovern(by); err != nil {
		return nil, err
	}
	p, err := Programmes.New(app)
	if err != nil {
		return nil, err
	}
	p.Write(t)
	return p, added(app, by, Programmes.Collection, p, now)
}

// EditProgramme changes what people read of a programme. Managers over it. Errors: record.not_found, access.needs_manager, record.stale.
func EditProgramme(app core.App, by access.Actor, id string, t ProgrammeText, rev int, now time.Time) (*Programme, error) {
	return record.Change(app, Programmes, id, func(tx core.App, p *Programme) error {
		if err := access.MayDecideOn(by, p.Path()...); err != nil {
			return err
		}
		record.At(p, rev)
		p.Write(t)
		return edited(tx, by, Programmes.Collection, p, now)
	})
}

// MoveProgramme activates, closes or archives a programme. Managers over it.
// Errors: record.not_found, access.needs_manager, lifecycle.not_now.
func MoveProgramme(app core.App, by access.Actor, id, verb string, now time.Time) (*Programme, error) {
	return record.Change(app, Programmes, id, func(tx core.App, p *Programme) error {
		if err := access.MayDecideOn(by, p.Path()...); err != nil {
			return err
		}
		return ProgrammeLife.Fire(tx, p, verb, by, now)
	})
}

// AddCohort plans a cohort of a programme. Managers over the programme.
// Errors: access.needs_manager, cohort.places, cohort.span.
func AddCohort(app core.App, by access.Actor, t CohortTerms, now time.Time) (*Cohort, error) {
	c, err := Cohorts.New(app)
	if err != nil {
		return nil, err
	}
	c.Write(t)
	if err := access.MayDecide(by, access.Scope{Type: access.Programme, ID: c.ProgrammeID()}); err != nil {
		return nil, err
	}
	return c, added(app, by, Cohorts.Collection, c, now)
}

// EditCohort changes what a cohort is; its programme stays. Managers over it.
// Errors: record.not_found, access.needs_manager, record.stale, cohort.places, cohort.span, cohort.enrolled.
func EditCohort(app core.App, by access.Actor, id string, t CohortTerms, rev int, now time.Time) (*Cohort, error) {
	return record.Change(app, Cohorts, id, func(tx core.App, c *Cohort) error {
		if err := access.MayDecideOn(by, c.Path()...); err != nil {
			return err
		}
		record.At(c, rev)
		t.Programme = nil
		c.Write(t)
		return edited(tx, by, Cohorts.Collection, c, now)
	})
}

// MoveCohort recruits, starts, graduates or closes a cohort. Managers over it.
// Errors: record.not_found, access.needs_manager, lifecycle.not_now.
func MoveCohort(app core.App, by access.Actor, id, verb string, now time.Time) (*Cohort, error) {
	return record.Change(app, Cohorts, id, func(tx core.App, c *Cohort) error {
		if err := access.MayDecideOn(by, c.Path()...); err != nil {
			return err
		}
		return CohortLife.Fire(tx, c, verb, by, now)
	})
}

// edited stores a row that was changed and notes who changed it: how many places a cohort has is nobody's secret.
func edited(tx core.App, by access.Actor, collection string, row core.RecordProxy, now time.Time) error {
	if err := tx.Save(row.ProxyRecord()); err != nil {
		return fmt.Errorf("edit a row of %s: %w", collection, err)
	}
	return lifecycle.Note(tx, by, now, collection, row.ProxyRecord().Id, "edit")
}

// added stores a new row and notes who made it.
func added(app core.App, by access.Actor, collection string, row core.RecordProxy, now time.Time) error {
	return app.RunInTransaction(func(tx core.App) error {
		if err := tx.Save(row.ProxyRecord()); err != nil {
			return fmt.Errorf("add a row to %s: %w", collection, err)
		}
		return lifecycle.Note(tx, by, now, collection, row.ProxyRecord().Id, "add")
	})
}
