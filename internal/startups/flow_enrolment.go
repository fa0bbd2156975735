package startups

import (
	"cmp"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Admission is who joins which cohort.
type Admission struct {
	Title       string // of the application; names a startup that is new
	Applicant   string // the person who accepted; becomes founder, admin and primary of a new startup
	Cohort      string
	Application string
	Startup     string // an existing startup of the applicant's; "" makes a new one
	Sector      string // one of Sectors, for a new startup
	Headcount   int
	Together    []Newcomer // who wrote the application with the applicant; becomes part of the startup unless they are
}

// Enrol takes a startup into a cohort, and makes it first where there is none: card, private card, founder, enrolment
// `invited`, baseline report open. It must run in the transaction of what led here; that verb has asked for permission.
// Errors: cohort.full, enrolment.twice, enrolment.too_soon, record.not_found for a startup that is not the applicant's, startup.name_missing,
// startup.unknown_sector, report.no_template.
func Enrol(tx core.App, by access.Actor, a Admission, now time.Time) (startup string, err error) {
	err = tx.RunInTransaction(func(tx core.App) error {
		startup = a.Startup
		if startup == "" {
			if startup, err = found(tx, by, a, now); err != nil {
				return err
			}
		} else if m, err := liveMember(tx, startup, a.Applicant); err != nil {
			return err
		} else if !m.Admin() {
			return fault.Forbidden("startup.needs_admin")
		}
		if err := takeIn(tx, by, startup, a.Together, now); err != nil {
			return err
		}
		return join(tx, by, startup, a, now)
	})
	if err != nil {
		return "", err
	}
	return startup, nil
}

// takeIn makes people part of a startup who are not yet. Only somebody new is told of in the journal.
func takeIn(tx core.App, by access.Actor, startup string, some []Newcomer, now time.Time) error {
	for _, who := range some {
		there, err := Belongs(tx, who.User, startup)
		switch {
		case err != nil:
			return err
		case there:
			continue
		}
		m, err := joining(tx, startup, who, now)
		if err != nil {
			return err
		}
		if err := tx.Save(m); err != nil {
			return err
		}
		if err := lifecycle.Note(tx, by, now, Members.Collection, m.Id, "join", lifecycle.With(map[string]string{"startup": startup})); err != nil {
			return err
		}
	}
	return nil
}

// found makes a startup with its private card and its founder.
func found(tx core.App, by access.Actor, a Admission, now time.Time) (string, error) {
	name := strings.Join(strings.Fields(a.Title), " ")
	switch {
	case name == "":
		return "", fault.Field("startup_name", "startup.name_missing")
	case !known(Sectors, a.Sector):
		return "", fault.Field("sector", "startup.unknown_sector")
	}
	slug, err := freeSlug(tx, name)
	if err != nil {
		return "", err
	}
	s, err := begun(tx, name, slug, a.Sector, max(a.Headcount, 0))
	if err != nil {
		return "", err
	}
	if err := tx.Save(s); err != nil {
		return "", err
	}
	p, err := keptPrivate(tx, s.Id)
	if err != nil {
		return "", err
	}
	m, err := founding(tx, s.Id, a.Applicant, now)
	if err != nil {
		return "", err
	}
	for _, row := range []core.Model{p, m} {
		if err := tx.Save(row); err != nil {
			return "", err
		}
	}
	return s.Id, lifecycle.Note(tx, by, now, Startups.Collection, s.Id, "found", lifecycle.With(map[string]string{"application": a.Application}))
}

// join stores the enrolment and asks for the baseline report.
func join(tx core.App, by access.Actor, startup string, a Admission, now time.Time) error {
	twice, err := tx.CountRecords(Enrolments.Collection, dbx.HashExp{"startup": startup, "cohort": a.Cohort})
	switch {
	case err != nil:
		return err
	case twice > 0:
		return fault.Conflict("enrolment.twice")
	}
	n, err := invited(tx, startup, a.Cohort, a.Application)
	if err != nil {
		return err
	}
	if err := tx.Save(n); err != nil {
		return err
	}
	if err := lifecycle.Note(tx, by, now, Enrolments.Collection, n.Id, "invite"); err != nil {
		return err
	}
	t, err := inUse(tx, periodBaseline)
	if err != nil {
		return err
	}
	period, err := baselinePeriod(tx, startup, t, now)
	if err != nil {
		return err
	}
	return ask(tx, by, n, t, period, now)
}

// baselinePeriod is "baseline", or the present month for a startup that has had its first baseline in another cohort. Within one
// month there is one of them: a third cohort waits for the next. Error: enrolment.too_soon.
func baselinePeriod(tx core.App, startup string, t *Template, now time.Time) (string, error) {
	kin, err := Templates.All(tx, dbx.HashExp{"period": t.kind()}) // a template may have followed another meanwhile
	if err != nil {
		return "", err
	}
	ids := make([]any, 0, len(kin))
	for _, of := range kin {
		ids = append(ids, of.Id)
	}
	for _, period := range []string{periodBaseline, monthKey(now)} {
		had, err := tx.CountRecords(Requests.Collection, dbx.HashExp{"startup": startup, "template": ids, "period_key": period})
		if err != nil || had == 0 {
			return period, err
		}
	}
	return "", fault.Conflict("enrolment.too_soon")
}

// ask stores a request and opens it.
func ask(tx core.App, by access.Actor, n *Enrolment, t *Template, period string, now time.Time) error {
	q, err := schedule(tx, n, t, period, now)
	if err != nil {
		return err
	}
	return RequestLife.Fire(tx, q, "open", by, now)
}

// schedule stores a request that opens at an instant.
func schedule(tx core.App, n *Enrolment, t *Template, period string, opens time.Time) (*Request, error) {
	q, err := askedFor(tx, n, t, period, opens)
	if err != nil {
		return nil, err
	}
	return q, tx.Save(q)
}

// Pause gives a startup leave from its cohort; no report is asked for meanwhile. Staff of the cohort only.
func Pause(app core.App, by access.Actor, id, reason string, now time.Time) (*Enrolment, error) {
	return work(app, by, id, "pause", reason, now)
}

// Resume brings a startup back from leave. Staff of the cohort only.
func Resume(app core.App, by access.Actor, id, reason string, now time.Time) (*Enrolment, error) {
	return work(app, by, id, "resume", reason, now)
}

// Terminate ends an enrolment for a reason that its people read. Managers of the cohort who are not of the startup.
// Errors: as end, and enrolment.no_reason.
func Terminate(app core.App, by access.Actor, id, reason string, now time.Time) (*Enrolment, error) {
	if strings.TrimSpace(reason) == "" {
		return nil, fault.Field("reason", "enrolment.no_reason")
	}
	return end(app, by, id, "terminate", reason, now, func(core.App, *Enrolment) error { return nil })
}

// Withdraw takes a startup out of its cohort. Its founders only.
// Errors: access.sign_in, record.not_found, enrolment.not_founder, lifecycle.not_now.
func Withdraw(app core.App, by access.Actor, id, reason string, now time.Time) (*Enrolment, error) {
	return record.Change(app, Enrolments, id, func(tx core.App, n *Enrolment) error {
		if err := maySee(tx, by, n.StartupID()); err != nil {
			return err
		}
		m, err := seat(tx, by, n.StartupID())
		switch {
		case err != nil:
			return err
		case m == nil || m.Role() != Founder:
			return fault.Forbidden("enrolment.not_founder")
		}
		n.setLeft(now, reason)
		return EnrolmentLife.Fire(tx, n, "withdraw", by, now, lifecycle.Because(reason))
	})
}

// work moves an enrolment by its cohort's staff. Errors: access.sign_in, record.not_found, lifecycle.not_now.
func work(app core.App, by access.Actor, id, verb, reason string, now time.Time) (*Enrolment, error) {
	return record.Change(app, Enrolments, id, func(tx core.App, n *Enrolment) error {
		path, err := over(tx, by, n)
		if err != nil {
			return err
		}
		if err := access.MayWork(by, path...); err != nil {
			return err
		}
		return EnrolmentLife.Fire(tx, n, verb, by, now, lifecycle.Because(reason))
	})
}

// end closes an enrolment by its cohort's managers, once before has added what else is to be kept. Errors: access.sign_in,
// record.not_found, access.needs_manager, enrolment.own, lifecycle.not_now.
func end(app core.App, by access.Actor, id, verb, reason string, now time.Time, before func(core.App, *Enrolment) error) (*Enrolment, error) {
	return record.Change(app, Enrolments, id, func(tx core.App, n *Enrolment) error {
		if err := mayEnd(tx, by, n); err != nil {
			return err
		}
		if _, ok := EnrolmentLife.Find(verb, n.Status()); ok {
			if err := before(tx, n); err != nil {
				return err
			}
		}
		n.setLeft(now, reason)
		return EnrolmentLife.Fire(tx, n, verb, by, now, lifecycle.Because(cmp.Or(reason, n.Waiver())))
	})
}

// mayEnd permits managers of the cohort to end an enrolment, but not one of a startup of their own.
// Errors: access.sign_in, record.not_found, access.needs_manager, enrolment.own.
func mayEnd(app core.App, by access.Actor, n *Enrolment) error {
	path, err := over(app, by, n)
	if err != nil {
		return err
	}
	if err := access.MayDecide(by, path...); err != nil {
		return err
	}
	m, err := seat(app, by, n.StartupID())
	if err == nil && m != nil {
		return fault.Conflict("enrolment.own")
	}
	return err
}

// over is the path over an enrolment, for those who may know of it.
func over(tx core.App, by access.Actor, n *Enrolment) ([]access.Scope, error) {
	if err := maySee(tx, by, n.StartupID()); err != nil {
		return nil, err
	}
	return asked(tx).Path(tx, n.CohortID())
}
