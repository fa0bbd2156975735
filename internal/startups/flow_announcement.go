package startups

import (
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
)

// DraftAnnouncement writes an announcement that nobody hears yet. Staff over the cohort.
// Errors: access.sign_in, record.not_found, announcement.title, announcement.body.
func DraftAnnouncement(app core.App, by access.Actor, cohort string, f AnnouncementFields, now time.Time) (n *Announcement, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		if err := mayLead(tx, by, cohort); err != nil {
			return err
		}
		if n, err = drafted(tx, cohort, by.ID, f); err != nil {
			return err
		}
		if err := tx.Save(n); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Announcements.Collection, n.Id, "draft", lifecycle.With(map[string]string{"cohort": cohort}))
	})
	if err != nil {
		return nil, err
	}
	return n, nil
}

// onAnnouncement lets staff over its cohort work on an announcement.
func onAnnouncement(app core.App, by access.Actor, id string, rev int, do func(core.App, *Announcement) error) (*Announcement, error) {
	return onRow(app, by, Announcements, id, led[*Announcement](by), seen(rev, do))
}

// RewriteAnnouncement changes a draft. Staff over the cohort.
// Errors: as DraftAnnouncement, and announcement.sent, record.stale.
func RewriteAnnouncement(app core.App, by access.Actor, id string, f AnnouncementFields, now time.Time) (*Announcement, error) {
	return onAnnouncement(app, by, id, f.Rev, func(tx core.App, n *Announcement) error {
		n.write(f, by.ID)
		return edited(tx, by, Announcements.Collection, n, now)
	})
}

// SendAnnouncement tells the cohort, once: its people hear that there is something to read, and read it here. Staff over it.
// Errors: access.sign_in, record.not_found, announcement.nobody, lifecycle.not_now, record.stale.
func SendAnnouncement(app core.App, by access.Actor, id, _ string, rev int, now time.Time) (*Announcement, error) {
	return onAnnouncement(app, by, id, rev, func(tx core.App, n *Announcement) error {
		there, err := tx.CountRecords(Enrolments.Collection, dbx.HashExp{"cohort": n.CohortID(), "status": placed})
		switch {
		case err != nil:
			return err
		case there == 0:
			return fault.Conflict("announcement.nobody")
		}
		n.told(by.ID, now)
		return AnnouncementLife.Fire(tx, n, "send", by, now)
	})
}

// DropAnnouncement puts a draft away for good. Staff over the cohort.
// Errors: access.sign_in, record.not_found, lifecycle.not_now, record.stale.
func DropAnnouncement(app core.App, by access.Actor, id, _ string, rev int, now time.Time) (*Announcement, error) {
	return onAnnouncement(app, by, id, rev, func(tx core.App, n *Announcement) error {
		return AnnouncementLife.Fire(tx, n, "drop", by, now)
	})
}

// ReadAnnouncement writes down that a person has opened what was told to a cohort of theirs while they were in it. Opened again, nothing changes. It is
// no move of anything, and the journal does not tell of it. To everybody else it does not exist.
// Errors: access.sign_in, record.not_found.
func ReadAnnouncement(app core.App, by access.Actor, id string, now time.Time) error {
	if err := access.MaySignedIn(by); err != nil {
		return err
	}
	return app.RunInTransaction(func(tx core.App) error {
		n, err := Announcements.Find(tx, id)
		if err != nil {
			return err
		}
		hears, err := hearsOf(tx, n.Id, by.ID)
		switch {
		case err != nil:
			return err
		case !hears || n.Status() != AnnouncementSent:
			return fault.NotFound("record.not_found")
		}
		_, err = AnnouncementReads.First(tx, dbx.HashExp{"announcement": n.Id, "user": by.ID})
		if fault.Code(err) != "record.not_found" {
			return err
		}
		r, err := readBy(tx, n.Id, by.ID, now)
		if err != nil {
			return err
		}
		return tx.Save(r)
	})
}
