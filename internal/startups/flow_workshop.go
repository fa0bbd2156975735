package startups

import (
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// doorsOpen is how long before a workshop begins its marks may be written.
const doorsOpen = time.Hour

// mayLead permits staff over a cohort to work for it. To everybody else it does not exist.
// Errors: access.sign_in, record.not_found.
func mayLead(app core.App, by access.Actor, cohort string) error {
	if err := access.MaySignedIn(by); err != nil {
		return err
	}
	path, err := asked(app).Path(app, cohort)
	if err != nil {
		return err
	}
	return access.MaySee(by, keepers, path...)
}

// led permits staff over the cohort of a row. Errors: as mayLead.
func led[P interface{ CohortID() string }](by access.Actor) func(core.App, P) error {
	return func(app core.App, row P) error { return mayLead(app, by, row.CohortID()) }
}

// PlanWorkshop sets a workshop for a cohort; its people hear of it. Staff over the cohort.
// Errors: access.sign_in, record.not_found, workshop.past, and those of the guard.
func PlanWorkshop(app core.App, by access.Actor, cohort string, m WorkshopTerms, now time.Time) (w *Workshop, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		if err := mayLead(tx, by, cohort); err != nil {
			return err
		}
		if w, err = scheduled(tx, cohort, by.ID, m); err != nil {
			return err
		}
		if !now.Before(w.StartsAt()) {
			return fault.Field("starts_at", "workshop.past")
		}
		if err := tx.Save(w); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Workshops.Collection, w.Id, "plan", lifecycle.With(map[string]string{"cohort": cohort}))
	})
	if err != nil {
		return nil, err
	}
	return w, nil
}

// onWorkshop lets staff over its cohort work on a workshop.
func onWorkshop(app core.App, by access.Actor, id string, do func(core.App, *Workshop) error) (*Workshop, error) {
	return onRow(app, by, Workshops, id, led[*Workshop](by), do)
}

// ChangeWorkshop changes what was said of a workshop; where its hour or its place moves, calendars follow. Staff over its cohort.
// Errors: as PlanWorkshop, and workshop.over, workshop.taken, record.stale.
func ChangeWorkshop(app core.App, by access.Actor, id string, m WorkshopTerms, now time.Time) (*Workshop, error) {
	return onWorkshop(app, by, id, func(tx core.App, w *Workshop) error {
		was, err := Workshops.Find(tx, id)
		if err != nil {
			return err
		}
		w.write(m)
		if !w.StartsAt().Equal(was.StartsAt()) && !now.Before(w.StartsAt()) {
			return fault.Field("starts_at", "workshop.past")
		}
		w.setBy(by.ID)
		if !w.sameHour(was) {
			w.moved()
		}
		return edited(tx, by, Workshops.Collection, w, now)
	})
}

// CancelWorkshop calls a workshop off, with a reason that its people read. Staff over its cohort.
// Errors: access.sign_in, record.not_found, workshop.no_reason, lifecycle.not_now, record.stale.
func CancelWorkshop(app core.App, by access.Actor, id, reason string, rev int, now time.Time) (*Workshop, error) {
	return onWorkshop(app, by, id, func(tx core.App, w *Workshop) error {
		if strings.TrimSpace(reason) == "" {
			return fault.Field("reason", "workshop.no_reason")
		}
		if err := record.Seen(w, rev); err != nil {
			return err
		}
		w.off(strings.TrimSpace(reason))
		w.moved()
		return WorkshopLife.Fire(tx, w, "cancel", by, now, lifecycle.Because(reason))
	})
}

// HoldWorkshop closes the list of a workshop that took place: every startup of the cohort has its mark. Staff over its cohort.
// Errors: access.sign_in, record.not_found, workshop.not_yet, workshop.unmarked, lifecycle.not_now, record.stale.
func HoldWorkshop(app core.App, by access.Actor, id, _ string, rev int, now time.Time) (*Workshop, error) {
	return onWorkshop(app, by, id, func(tx core.App, w *Workshop) error {
		if err := record.Seen(w, rev); err != nil {
			return err
		}
		if now.Before(w.StartsAt()) {
			return fault.Conflict("workshop.not_yet")
		}
		left, err := unmarked(tx, w)
		switch {
		case err != nil:
			return err
		case left > 0:
			return fault.Conflict("workshop.unmarked")
		}
		return WorkshopLife.Fire(tx, w, "hold", by, now)
	})
}

// ReopenWorkshop opens the list of a workshop again, to set a mark right. Staff over its cohort, with a reason.
// Errors: access.sign_in, record.not_found, workshop.no_reason, lifecycle.not_now, record.stale.
func ReopenWorkshop(app core.App, by access.Actor, id, reason string, rev int, now time.Time) (*Workshop, error) {
	return onWorkshop(app, by, id, func(tx core.App, w *Workshop) error {
		if strings.TrimSpace(reason) == "" {
			return fault.Field("reason", "workshop.no_reason")
		}
		if err := record.Seen(w, rev); err != nil {
			return err
		}
		return WorkshopLife.Fire(tx, w, "reopen", by, now, lifecycle.Because(reason))
	})
}

// AnswerWorkshop says for a startup how many people come; 0 is nobody. Its founders and members, before it begins.
// Errors: access.sign_in, record.not_found, attendance.not_yours, workshop.began, workshop.over, workshop.full, attendance.many.
func AnswerWorkshop(app core.App, by access.Actor, id, startup string, coming int, now time.Time) (*Attendance, error) {
	return onAttendance(app, by, id, startup, func(tx core.App, w *Workshop, a *Attendance) error {
		m, err := seat(tx, by, startup)
		switch {
		case err != nil:
			return err
		case m == nil || !m.Reports():
			if err := maySee(tx, by, startup); err != nil {
				return err
			}
			return fault.Forbidden("attendance.not_yours")
		case !now.Before(w.StartsAt()):
			return fault.Conflict("workshop.began")
		}
		a.answer(coming, by.ID)
		if err := tx.Save(a); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Attendances.Collection, a.Id, "answer", lifecycle.With(a.facts()))
	})
}

// Marking is how staff saw a startup at a workshop.
type Marking struct {
	Startup string `json:"startup"`
	Mark    string `json:"mark"` // present, late, excused or absent
	Came    int    `json:"came"` // people
}

// MarkAttendance writes down whether a startup came, and with how many. Staff over the cohort, but not of a startup of their own,
// from an hour before it begins until its list is closed. What was marked can be marked otherwise.
// Errors: access.sign_in, record.not_found, attendance.own, attendance.mark, attendance.count, workshop.not_yet, workshop.over.
func MarkAttendance(app core.App, by access.Actor, id string, said Marking, now time.Time) (*Attendance, error) {
	return onAttendance(app, by, id, said.Startup, func(tx core.App, w *Workshop, a *Attendance) error {
		if err := mayLead(tx, by, w.CohortID()); err != nil {
			return err
		}
		m, err := seat(tx, by, said.Startup)
		switch {
		case err != nil:
			return err
		case m != nil:
			return fault.Conflict("attendance.own")
		case now.Before(w.StartsAt().Add(-doorsOpen)):
			return fault.Conflict("workshop.not_yet")
		case !known(marks, said.Mark):
			return fault.Field("mark", "attendance.mark")
		}
		came := said.Came
		if came == 0 && (said.Mark == MarkPresent || said.Mark == MarkLate) {
			came = max(1, a.Coming()) // one tap at the door: as many as they said
		}
		a.marked(said.Mark, came, by.ID, now)
		if err := tx.Save(a); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Attendances.Collection, a.Id, "mark", lifecycle.With(a.facts()))
	})
}

// onAttendance works on a startup's part in a workshop, which is made where there is none.
func onAttendance(app core.App, by access.Actor, id, startup string, do func(core.App, *Workshop, *Attendance) error) (a *Attendance, err error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	err = app.RunInTransaction(func(tx core.App) error {
		w, err := Workshops.Find(tx, id)
		if err != nil {
			return err
		}
		a, err = Attendances.First(tx, dbx.HashExp{"workshop": w.Id, "startup": startup})
		if fault.Code(err) == "record.not_found" {
			a, err = invitedTo(tx, w.Id, startup)
		}
		if err != nil {
			return err
		}
		return do(tx, w, a)
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}
