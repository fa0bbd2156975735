package startups

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// mayTend permits a startup's founders and members, and whoever looks after it, to plan what it sets out to reach.
// Errors: access.sign_in, record.not_found, milestone.not_yours for its advisors.
func mayTend(app core.App, by access.Actor, startup string) error {
	m, err := seat(app, by, startup)
	if err != nil || m != nil && m.Reports() {
		return err
	}
	err = mayLookAfter(app, by, startup)
	if err != nil && m != nil {
		return fault.Forbidden("milestone.not_yours")
	}
	return err
}

// mayVerify permits staff over a startup to look at what it says it has reached, but not of a startup of their own.
// Errors: access.sign_in, record.not_found, access.needs_staff to its people, milestone.own.
func mayVerify(app core.App, by access.Actor, startup string) error {
	if err := maySee(app, by, startup); err != nil {
		return err
	}
	path, err := pathOf(app, startup)
	if err != nil {
		return err
	}
	if err := access.MayWork(by, path...); err != nil {
		return err
	}
	m, err := seat(app, by, startup)
	if err == nil && m != nil {
		return fault.Conflict("milestone.own")
	}
	return err
}

// PlanMilestone adds something to reach, due today or later; the one whom the centre writes to looks after it unless somebody is
// named. Founders and members of the startup, and staff over it. Errors: access.sign_in, record.not_found, milestone.not_yours,
// milestone.title, milestone.day, milestone.past, milestone.weight, milestone.owner.
func PlanMilestone(app core.App, by access.Actor, startup string, f MilestoneFields, now time.Time) (m *Milestone, err error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	err = app.RunInTransaction(func(tx core.App) error {
		if _, err := Startups.Find(tx, startup); err != nil {
			return err
		}
		if err := mayTend(tx, by, startup); err != nil {
			return err
		}
		if f.Owner == nil || *f.Owner == "" {
			first, err := primaryOf(tx, startup)
			if err != nil {
				return err
			}
			f.Owner = &first
		}
		if m, err = planned(tx, startup, f); err != nil {
			return err
		}
		if m.DueOn() < locale.Day(now) && !endOf(m.DueOn()).IsZero() {
			return fault.Field("due_on", "milestone.past")
		}
		if err := tx.Save(m); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Milestones.Collection, m.Id, "plan", lifecycle.With(map[string]string{"startup": startup, "due_on": m.DueOn()}))
	})
	if err != nil {
		return nil, err
	}
	return m, nil
}

// onMilestone changes a milestone by somebody who may see its startup and passes may. To everybody else it does not exist.
func onMilestone(app core.App, by access.Actor, id string, may func(core.App, access.Actor, string) error, change func(core.App, *Milestone) error) (*Milestone, error) {
	return onRow(app, by, Milestones, id, func(tx core.App, m *Milestone) error { return may(tx, by, m.StartupID()) }, change)
}

// EditMilestone changes what is to be reached. Its day and its weight move by the startup's own people only until it has begun;
// afterwards staff move them. Errors: as PlanMilestone, and milestone.settled, milestone.day_stays, record.stale.
func EditMilestone(app core.App, by access.Actor, id string, f MilestoneFields, now time.Time) (*Milestone, error) {
	return onMilestone(app, by, id, mayTend, func(tx core.App, m *Milestone) error {
		due, weight := m.DueOn(), m.Weight()
		m.write(f)
		moved := m.DueOn() != due || m.Weight() != weight
		switch {
		case m.DueOn() != due && m.DueOn() < locale.Day(now) && !endOf(m.DueOn()).IsZero():
			return fault.Field("due_on", "milestone.past")
		case moved && m.Status() != MilestonePlanned && mayLookAfter(tx, by, m.StartupID()) != nil:
			return fault.Field("due_on", "milestone.day_stays")
		}
		return edited(tx, by, Milestones.Collection, m, now)
	})
}

// BeginMilestone says that work on it has begun. Founders and members of the startup, and staff over it.
// Errors: access.sign_in, record.not_found, milestone.not_yours, lifecycle.not_now.
func BeginMilestone(app core.App, by access.Actor, id string, now time.Time) (*Milestone, error) {
	return onMilestone(app, by, id, mayTend, func(tx core.App, m *Milestone) error { return MilestoneLife.Fire(tx, m, "begin", by, now) })
}

// SubmitMilestone hands in what shows that it was reached. Founders and members of the startup, and staff over it.
// Errors: as BeginMilestone, and milestone.no_evidence, milestone.address, document.not_here, document.not_for_centre, record.stale.
func SubmitMilestone(app core.App, by access.Actor, id string, e Evidence, now time.Time) (*Milestone, error) {
	return onMilestone(app, by, id, mayTend, func(tx core.App, m *Milestone) error {
		m.setSubmitted(e, by.ID, now)
		return MilestoneLife.Fire(tx, m, "submit", by, now)
	})
}

// ReturnMilestone sends it back with a reason that the startup reads. Staff over it who are not of it.
// Errors: access.sign_in, record.not_found, access.needs_staff, milestone.own, milestone.no_reason, record.stale, lifecycle.not_now.
func ReturnMilestone(app core.App, by access.Actor, id, reason string, rev int, now time.Time) (*Milestone, error) {
	return judgeMilestone(app, by, id, "return", reason, rev, now)
}

// VerifyMilestone says that the centre has seen what shows it. Staff over it who are not of it. Errors: as ReturnMilestone, which
// alone needs a reason.
func VerifyMilestone(app core.App, by access.Actor, id, reason string, rev int, now time.Time) (*Milestone, error) {
	return judgeMilestone(app, by, id, "verify", reason, rev, now)
}

// DropMilestone says that it will not be reached and is no longer looked for. Staff as above, with a reason that the startup reads.
func DropMilestone(app core.App, by access.Actor, id, reason string, rev int, now time.Time) (*Milestone, error) {
	return judgeMilestone(app, by, id, "drop", reason, rev, now)
}

func judgeMilestone(app core.App, by access.Actor, id, verb, reason string, rev int, now time.Time) (*Milestone, error) {
	return onMilestone(app, by, id, mayVerify, func(tx core.App, m *Milestone) error {
		reason := strings.TrimSpace(reason)
		if reason == "" && verb != "verify" {
			return fault.Field("reason", "milestone.no_reason")
		}
		if err := record.Seen(m, rev); err != nil {
			return err
		}
		m.setDecided(by.ID, reason, now)
		return MilestoneLife.Fire(tx, m, verb, by, now, lifecycle.Because(reason))
	})
}

// ReopenMilestone gives a missed one another day, today or later. Staff as above. Errors: as ReturnMilestone, and
// milestone.day, milestone.past.
func ReopenMilestone(app core.App, by access.Actor, id, day, reason string, now time.Time) (*Milestone, error) {
	return onMilestone(app, by, id, mayVerify, func(tx core.App, m *Milestone) error {
		switch {
		case endOf(day).IsZero():
			return fault.Field("due_on", "milestone.day")
		case day < locale.Day(now):
			return fault.Field("due_on", "milestone.past")
		}
		m.setDue(day)
		return MilestoneLife.Fire(tx, m, "reopen", by, now, lifecycle.Because(reason))
	})
}

// MissMilestones notes which milestones are a month overdue, of startups that are in a cohort and not on leave.
func MissMilestones(app core.App, slot time.Time) error {
	list, err := longOverdue(app, slot)
	if err != nil {
		return err
	}
	var failed error
	for _, m := range list {
		if err := MilestoneLife.Fire(app, m, "miss", access.Job("miss_milestones"), slot); err != nil {
			failed = errors.Join(failed, fmt.Errorf("miss milestone %s: %w", m.Id, err))
		}
	}
	return failed
}
