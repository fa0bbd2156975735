package startups

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
)

// workshop refuses one that cannot be, and keeps what is over as it was. Errors: workshop.rooted, workshop.over, workshop.title,
// workshop.minutes, workshop.place, workshop.link, workshop.capacity, workshop.taken.
func workshop(e *core.RecordEvent, was *core.Record) error {
	w := Workshops.From(e.Record)
	if was != nil {
		old := Workshops.From(was)
		switch {
		case w.CohortID() != old.CohortID():
			return fault.Conflict("workshop.rooted")
		case old.Status() == WorkshopCancelled, old.Status() == WorkshopHeld && !w.sameTerms(old):
			return fault.Conflict("workshop.over")
		}
	}
	w.settle()
	switch {
	case w.TitleVI() == "":
		return fault.Field("title_vi", "workshop.title")
	case w.Minutes() < leastMinutes || w.Minutes() > mostMinutes:
		return fault.Field("minutes", "workshop.minutes")
	case w.Place() == "" && w.Link() == "":
		return fault.Field("place", "workshop.place")
	case !w.linkFits():
		return fault.Field("link", "workshop.link")
	case w.Capacity() < 0 || w.Capacity() > mostSeats:
		return fault.Field("capacity", "workshop.capacity")
	case was == nil || w.Capacity() == 0:
		return nil
	}
	taken, err := comingTo(e.App, w.Id, "")
	if err == nil && taken > w.Capacity() && w.Capacity() != Workshops.From(was).Capacity() {
		return fault.Field("capacity", "workshop.taken")
	}
	return err
}

// attendance keeps a startup's part in a workshop of its cohort, and gives away no seat twice. Errors: attendance.rooted,
// attendance.many, attendance.count, attendance.stranger, workshop.over, workshop.full.
func attendance(e *core.RecordEvent, was *core.Record) error {
	a := Attendances.From(e.Record)
	if was != nil && !a.sameRoots(Attendances.From(was)) {
		return fault.Conflict("attendance.rooted")
	}
	came := a.Mark() == MarkPresent || a.Mark() == MarkLate
	switch {
	case a.Coming() < 0 || a.Coming() > mostPeople:
		return fault.Field("coming", "attendance.many")
	case came != (a.Came() > 0) || a.Came() > mostPeople:
		return fault.Field("came", "attendance.count")
	}
	w, err := Workshops.Find(e.App, a.WorkshopID())
	switch {
	case err != nil:
		return err
	case w.Status() != WorkshopSet:
		return fault.Conflict("workshop.over")
	}
	if was == nil {
		there, err := e.App.CountRecords(Enrolments.Collection, dbx.HashExp{"startup": a.StartupID(), "cohort": w.CohortID(), "status": placed})
		switch {
		case err != nil:
			return err
		case there == 0:
			return fault.Field("startup", "attendance.stranger")
		}
	}
	if w.Capacity() == 0 || a.Coming() == 0 || was != nil && a.Coming() <= Attendances.From(was).Coming() {
		return nil
	}
	others, err := comingTo(e.App, w.Id, a.StartupID())
	if err == nil && others+a.Coming() > w.Capacity() {
		return fault.Field("coming", "workshop.full")
	}
	return err
}

// announcement keeps what was told as it was told. Errors: announcement.rooted, announcement.sent, announcement.title,
// announcement.body.
func announcement(e *core.RecordEvent, was *core.Record) error {
	n := Announcements.From(e.Record)
	if was != nil {
		old := Announcements.From(was)
		switch {
		case n.CohortID() != old.CohortID():
			return fault.Conflict("announcement.rooted")
		case old.Status() != AnnouncementDraft:
			return fault.Conflict("announcement.sent")
		}
	}
	switch {
	case n.TitleVI() == "":
		return fault.Field("title_vi", "announcement.title")
	case n.BodyVI() == "":
		return fault.Field("body_vi", "announcement.body")
	case (n.Status() == AnnouncementSent) != !n.SentAt().IsZero():
		return fault.Conflict("announcement.sent")
	}
	n.settle()
	return nil
}
