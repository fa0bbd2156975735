package startups

import (
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/chore"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// AskAlumni asks every startup that graduated one to five calendar years before slot's how it is, unless it is known to have ended
// or is in a cohort again. Running it twice asks nobody twice. A startup for which it fails does not hold up the others.
func AskAlumni(app core.App, slot time.Time) error {
	run := chore.Of(app, "ask_alumni")
	list, err := alumniToAsk(app, slot)
	if err != nil {
		return err
	}
	var failed error
	for _, startup := range list {
		if err := run.Mine(); err != nil {
			return errors.Join(failed, err)
		}
		err := app.RunInTransaction(func(tx core.App) error {
			a, err := askedAfter(tx, startup, slot)
			if err != nil {
				return err
			}
			if err := tx.Save(a); err != nil {
				return err
			}
			return lifecycle.Note(tx, access.Job("ask_alumni"), slot, AlumniReports.Collection, a.Id, "ask", lifecycle.With(map[string]string{"startup": startup}))
		})
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("ask startup %s how it is: %w", startup, err))
		}
	}
	return failed
}

// LapseAlumni notes who has not answered in time.
func LapseAlumni(app core.App, slot time.Time) error {
	list, err := alumniOver(app, slot)
	if err != nil {
		return err
	}
	var failed error
	for _, a := range list {
		if err := AlumniLife.Fire(app, a, "lapse", access.Job("lapse_alumni"), slot); err != nil {
			failed = errors.Join(failed, fmt.Errorf("close what was asked in %s: %w", a.Id, err))
		}
	}
	return failed
}

// MakeAlumniLink gives what is asked of a startup in a year a new secret link and returns its token, once: only its hash is kept,
// and an older link is dead. It holds as long as one may answer. The startup's founders and members, staff over it, and the house
// when it mails the link. Errors: access.sign_in, record.not_found, report.not_yours, alumni.closed.
func MakeAlumniLink(app core.App, by access.Actor, id string, now time.Time) (token string, err error) {
	if !by.House() {
		if err := access.MaySignedIn(by); err != nil {
			return "", err
		}
	}
	_, err = record.Change(app, AlumniReports, id, func(tx core.App, a *AlumniReport) error {
		if !by.House() {
			if err := maySee(tx, by, a.StartupID()); err != nil {
				return err
			}
			if m, err := seat(tx, by, a.StartupID()); err != nil {
				return err
			} else if m != nil && !m.Reports() {
				return fault.Forbidden("report.not_yours")
			}
		}
		if a.Status() != AlumniOpen || !now.Before(endOf(a.DueOn())) {
			return fault.Conflict("alumni.closed")
		}
		if token, err = newToken(tx); err != nil {
			return err
		}
		if err := keepAlumniLink(tx, a.Id, hashed(token), endOf(a.DueOn())); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, AlumniReports.Collection, a.Id, "link")
	})
	if err != nil {
		return "", err
	}
	return token, nil
}

// AlumniLinkFor makes the secret link for the mail that carries it, and returns where it leads. Errors: as MakeAlumniLink.
func AlumniLinkFor(app core.App, id string, now time.Time) (path string, err error) {
	token, err := MakeAlumniLink(app, access.Job("mail_link"), id, now)
	if err != nil {
		return "", err
	}
	return AlumniLinkPath(token), nil
}

// AlumniLinkPath is where a token leads.
func AlumniLinkPath(token string) string { return "/app/alumni-links/" + token }

// OpenedAlumni is what a token opens. Errors: record.not_found for no token of ours, alumni.link_used, alumni.link_over.
func OpenedAlumni(app core.App, token string, now time.Time) (*AlumniReport, error) {
	a, err := AlumniReports.First(app, dbx.HashExp{"token_hash": hashed(token)})
	switch {
	case err != nil:
		return nil, err
	case !a.AnsweredAt().IsZero():
		return nil, fault.Gone("alumni.link_used")
	case a.Status() != AlumniOpen || !a.LinkHolds(now):
		return nil, fault.Gone("alumni.link_over")
	}
	return a, nil
}

// AnswerAlumni hands the five answers in by a secret link, which is used up. Errors: as OpenedAlumni, and alumni.fate,
// reading.negative, reading.too_large.
func AnswerAlumni(app core.App, token string, said AlumniAnswers, now time.Time) (*AlumniReport, error) {
	a, err := OpenedAlumni(app, token, now)
	if err != nil {
		return nil, err
	}
	if err := said.sound(); err != nil {
		return nil, err
	}
	return record.Change(app, AlumniReports, a.Id, func(tx core.App, a *AlumniReport) error {
		if _, err := OpenedAlumni(tx, token, now); err != nil {
			return err // somebody else was faster, or has made a newer link
		}
		by := access.Link(a.Id)
		a.answer(said, by.ID, now)
		return AlumniLife.Fire(tx, a, "answer", by, now)
	})
}
