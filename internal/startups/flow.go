package startups

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/record"
)

// keepers are the roles that look after startups.
var keepers = []access.Role{access.Staff, access.Manager}

// pathOf is every scope over a startup: those of all the cohorts it was ever enrolled in.
func pathOf(app core.App, startup string) ([]access.Scope, error) {
	cohorts, err := cohortsOf(app, startup)
	if err != nil {
		return nil, err
	}
	var path []access.Scope
	for _, cohort := range cohorts {
		more, err := asked(app).Path(app, cohort)
		if err != nil {
			return nil, err
		}
		for _, scope := range more {
			if !slices.Contains(path, scope) {
				path = append(path, scope)
			}
		}
	}
	return path, nil
}

// pathOver is every scope over a report: those of the cohort for which it is asked.
func pathOver(app core.App, q *Request) ([]access.Scope, error) {
	n, err := Enrolments.Find(app, q.EnrolmentID())
	if err != nil {
		return nil, err
	}
	return asked(app).Path(app, n.CohortID())
}

// seat is the actor's living place in a startup, or nil.
func seat(app core.App, by access.Actor, startup string) (*Member, error) {
	if !by.Signed() {
		return nil, nil //nolint:nilnil // no place is an answer
	}
	return record.OrNone(liveMember(app, startup, by.ID))
}

// maySee permits a startup's people and whoever looks after it. To everybody else it does not exist.
// Errors: access.sign_in, record.not_found.
func maySee(app core.App, by access.Actor, startup string) error {
	m, err := seat(app, by, startup)
	if err != nil || m != nil {
		return err
	}
	path, err := pathOf(app, startup)
	if err != nil {
		return err
	}
	return access.MaySee(by, keepers, path...)
}

// mayEdit permits a startup's admins and whoever looks after it. Errors: access.sign_in, record.not_found to whom it does not
// exist, startup.needs_admin to its other people.
func mayEdit(app core.App, by access.Actor, startup string) error {
	return adminOr(app, by, keepers, startup)
}

// adminOr permits a startup's admins and whoever holds one of the roles over it. Errors: as mayEdit.
func adminOr(app core.App, by access.Actor, roles []access.Role, startup string) error {
	m, err := seat(app, by, startup)
	if err != nil || m != nil && m.Admin() {
		return err
	}
	path, err := pathOf(app, startup)
	if err != nil {
		return err
	}
	err = access.MaySee(by, roles, path...)
	if err != nil && m != nil {
		return fault.Forbidden("startup.needs_admin")
	}
	return err
}

// maySeeReport permits a startup's people and whoever looks after the cohort for which the report is asked.
func maySeeReport(app core.App, by access.Actor, q *Request) error {
	m, err := seat(app, by, q.StartupID())
	if err != nil || m != nil || by.ID == access.Link(q.Id).ID {
		return err
	}
	path, err := pathOver(app, q)
	if err != nil {
		return err
	}
	return access.MaySee(by, keepers, path...)
}

// mayFill permits a startup's founders and members, and whoever holds the report's secret link, to write and submit it.
// Errors: access.sign_in, record.not_found, report.not_yours for those who may read it and no more.
func mayFill(app core.App, by access.Actor, q *Request) error {
	if by.ID == access.Link(q.Id).ID {
		return nil
	}
	m, err := seat(app, by, q.StartupID())
	switch {
	case err != nil:
		return err
	case m != nil && m.Reports():
		return nil
	}
	if err := maySeeReport(app, by, q); err != nil {
		return err
	}
	return fault.Forbidden("report.not_yours")
}

// mayJudge permits staff of the cohort to return, accept, correct and waive reports, but not those of a startup of their own.
// Errors: access.sign_in, record.not_found, access.needs_staff, report.own.
func mayJudge(app core.App, by access.Actor, q *Request) error {
	if err := maySeeReport(app, by, q); err != nil {
		return err
	}
	path, err := pathOver(app, q)
	if err != nil {
		return err
	}
	if err := access.MayWork(by, path...); err != nil {
		return err
	}
	m, err := seat(app, by, q.StartupID())
	if err == nil && m != nil {
		return fault.Conflict("report.own")
	}
	return err
}

// mayLookAfter permits staff over a startup. To everybody else what the house has noticed does not exist.
func mayLookAfter(app core.App, by access.Actor, startup string) error {
	path, err := pathOf(app, startup)
	if err != nil {
		return err
	}
	return access.MaySee(by, keepers, path...)
}

// onRow changes a row by somebody whom may permits. To whoever may refuses as unknown it does not exist.
// Errors: access.sign_in, record.not_found, and those of may.
func onRow[P core.RecordProxy](app core.App, by access.Actor, kind record.Kind[P], id string, may, do func(core.App, P) error) (P, error) {
	if err := access.MaySignedIn(by); err != nil {
		return *new(P), err
	}
	return record.Change(app, kind, id, func(tx core.App, p P) error {
		if err := may(tx, p); err != nil {
			return err
		}
		return do(tx, p)
	})
}

// seen lets a change be made by somebody who has seen the row as it stands. Error: record.stale.
func seen[P core.RecordProxy](rev int, do func(core.App, P) error) func(core.App, P) error {
	return func(tx core.App, p P) error {
		if err := record.Seen(p, rev); err != nil {
			return err
		}
		return do(tx, p)
	}
}
