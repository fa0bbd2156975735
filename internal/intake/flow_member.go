package intake

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// holds says whether an application is the actor's own: they applied, or accepted to write with whoever did.
func holds(app core.App, by access.Actor, a *Application) (bool, error) {
	if !by.Signed() || by.Is(a.ApplicantID()) {
		return by.Is(a.ApplicantID()), nil
	}
	writers, err := writersOf(app, a.Id)
	return slices.Contains(writers, by.ID), err
}

// mayHold permits the applicant and whoever writes with them. To everybody else the application does not exist.
func mayHold(app core.App, by access.Actor, a *Application) error {
	own, err := holds(app, by, a)
	if err != nil || own {
		return err
	}
	return access.MayKeep(by, a.ApplicantID())
}

// mustBeOpen refuses to change who writes an application once it can no longer be written.
// Errors: comember.frozen, intake.not_open.
func mustBeOpen(tx core.App, a *Application, now time.Time) error {
	switch {
	case a.Status() == ApplicationNeedsInfo && now.Before(a.AnswerBy()):
		return nil
	case !a.in(ApplicationDraft, ApplicationSubmitted):
		return fault.Conflict("comember.frozen")
	}
	return mustTake(tx, a, now)
}

// Invite asks somebody by mail to write an application together. The applicant only, as long as it can be written.
// Errors: record.not_found, comember.frozen, intake.not_open, comember.email, comember.name, comember.role, comember.yourself,
// comember.twice, comember.too_many.
func Invite(app core.App, by access.Actor, id string, who Invited, now time.Time) (*Member, error) {
	var m *Member
	_, err := record.Change(app, Applications, id, func(tx core.App, a *Application) error {
		if err := access.MayKeep(by, a.ApplicantID()); err != nil {
			return err
		}
		if err := mustBeOpen(tx, a, now); err != nil {
			return err
		}
		who.Email, who.FullName = mailAddress(who.Email), strings.Join(strings.Fields(tidy(who.FullName)), " ")
		own, err := needs(tx).Email(tx, by.ID)
		switch {
		case err != nil:
			return err
		case who.Email == "":
			return fault.Field("email", "comember.email")
		case who.Email == own:
			return fault.Field("email", "comember.yourself")
		case !isName(who.FullName):
			return fault.Field("full_name", "comember.name")
		case !slices.Contains(memberRoles, who.Role):
			return fault.Field("role", "comember.role")
		}
		if m, err = newMember(tx, a.Id, who, by.ID); err != nil {
			return err
		}
		if err := tx.Save(m); err != nil {
			return fmt.Errorf("ask somebody to write %s: %w", a.Id, err)
		}
		return lifecycle.Note(tx, by, now, Members.Collection, m.Id, "invite")
	})
	if err != nil {
		return nil, err
	}
	return m, nil
}

// Join takes a place that one was asked to take, and agrees that one's name stands in the application. Whoever is signed in
// with the address that was asked, as long as the application can be written.
// Errors: access.sign_in, record.not_found, comember.consent, comember.frozen, intake.not_open, lifecycle.not_now.
func Join(app core.App, by access.Actor, id string, consent bool, now time.Time) (*Member, error) {
	return whoWasAsked(app, by, id, func(tx core.App, m *Member, a *Application) error {
		if !consent {
			return fault.Field("consent", "comember.consent")
		}
		if err := mustBeOpen(tx, a, now); err != nil {
			return err
		}
		m.agreed(by.ID, now)
		return MemberLife.Fire(tx, m, "accept", by, now)
	})
}

// Excuse says no to a place that one was asked to take. Whoever is signed in with the address that was asked.
// Errors: access.sign_in, record.not_found, lifecycle.not_now.
func Excuse(app core.App, by access.Actor, id string, now time.Time) (*Member, error) {
	return whoWasAsked(app, by, id, func(tx core.App, m *Member, _ *Application) error {
		return MemberLife.Fire(tx, m, "decline", by, now)
	})
}

// whoWasAsked lets the person who was asked answer. To everybody else the question does not exist.
func whoWasAsked(app core.App, by access.Actor, id string, do func(core.App, *Member, *Application) error) (*Member, error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	return record.Change(app, Members, id, func(tx core.App, m *Member) error {
		own, err := needs(tx).Email(tx, by.ID)
		if err != nil {
			return err
		}
		if own == "" || own != m.Email() {
			return fault.NotFound("record.not_found")
		}
		a, err := Applications.Find(tx, m.ApplicationID())
		if err != nil {
			return err
		}
		return do(tx, m, a)
	})
}

// Leave takes a person out of an application: the applicant takes somebody out, or they leave themselves, as long as it can
// be written: what the committee reads has the names it was handed in with.
// Errors: access.sign_in, record.not_found, comember.frozen, intake.not_open, lifecycle.not_now.
func Leave(app core.App, by access.Actor, id string, now time.Time) (*Member, error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	return record.Change(app, Members, id, func(tx core.App, m *Member) error {
		a, err := Applications.Find(tx, m.ApplicationID())
		if err != nil {
			return err
		}
		if !by.Is(a.ApplicantID()) && !by.Is(m.UserID()) {
			return fault.NotFound("record.not_found")
		}
		if err := mustBeOpen(tx, a, now); err != nil {
			return err
		}
		return MemberLife.Fire(tx, m, "remove", by, now)
	})
}

// memberLaw keeps a place its person's, lets no more people into an application than it may have, and leaves those in it whom
// the committee has read of. Errors: comember.rooted, comember.too_many, comember.twice, comember.frozen.
func memberLaw(e *core.RecordEvent, was *core.Record) error {
	m := Members.From(e.Record)
	if was != nil && !m.sameRoots(Members.From(was)) {
		return fault.Conflict("comember.rooted")
	}
	a, err := Applications.Find(e.App, m.ApplicationID())
	if err != nil {
		return err
	}
	if m.Status() != MemberDeclined && !a.in(ApplicationDraft, ApplicationSubmitted, ApplicationNeedsInfo) {
		return fault.Conflict("comember.frozen")
	}
	if was != nil {
		return nil
	}
	there, err := liveMembers(e.App, a.Id)
	switch {
	case err != nil:
		return err
	case slices.ContainsFunc(there, func(other *Member) bool { return other.Email() == m.Email() }):
		return fault.Field("email", "comember.twice")
	case len(there) >= mostMembers:
		return fault.Conflict("comember.too_many", "n", fmt.Sprint(mostMembers))
	}
	return nil
}
