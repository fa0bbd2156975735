package intake

import (
	"encoding/base64"
	"fmt"
	"io"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

const (
	linksAnHour  = 3             // mails with a link that somebody may ask for, for one application
	pathOfResume = "/app/resume" // where a link leads; the token stands behind #, so that no log sees it
)

// makeLink makes a link to an application and returns its token, once: only its hash is kept.
func makeLink(tx core.App, application string, until time.Time) (string, error) {
	raw := make([]byte, tokenBytes)
	if _, err := io.ReadFull(needs(tx).Random, raw); err != nil {
		return "", fmt.Errorf("make a link: %w", err)
	}
	token := base64.RawURLEncoding.EncodeToString(raw)
	l, err := newLink(tx, application, token, until)
	if err != nil {
		return "", err
	}
	if err := tx.Save(l); err != nil {
		return "", fmt.Errorf("keep a link to %s: %w", application, err)
	}
	return token, nil
}

// LinkFor makes the link to an application for the mail to its applicant that carries it, and returns where it leads. It is
// called at the moment of sending. Error: record.not_found.
func LinkFor(app core.App, id string, now time.Time) (path string, err error) {
	_, err = record.Change(app, Applications, id, func(tx core.App, a *Application) error {
		token, err := makeLink(tx, a.Id, now.Add(linkHolds))
		path = pathOfResume + "#" + token
		return err
	})
	return path, err
}

// AskLink has a link to an application mailed to its applicant. The applicant only, three times an hour.
// Errors: record.not_found, link.wait.
func AskLink(app core.App, by access.Actor, id string, now time.Time) error {
	_, err := record.Change(app, Applications, id, func(tx core.App, a *Application) error {
		if err := access.MayKeep(by, a.ApplicantID()); err != nil {
			return err
		}
		return askLink(tx, by, a, now)
	})
	return err
}

func askLink(tx core.App, by access.Actor, a *Application, now time.Time) error {
	asked, err := linksAsked(tx, a.Id, now.Add(-time.Hour))
	switch {
	case err != nil:
		return err
	case asked >= linksAnHour:
		return fault.TooMany("link.wait")
	}
	return lifecycle.Note(tx, by, now, Applications.Collection, a.Id, "ask_link")
}

// AskLinkAgain has a new link mailed in place of one that is over, to the applicant and to nobody else. Anybody who has the
// old one, three times an hour. Errors: link.over for no link of ours, link.wait.
func AskLinkAgain(app core.App, token string, now time.Time) error {
	return app.RunInTransaction(func(tx core.App) error {
		l, err := record.OrNone(linkOf(tx, token))
		switch {
		case err != nil:
			return err
		case l == nil:
			return fault.Gone("link.over")
		}
		a, err := Applications.Find(tx, l.ApplicationID())
		if err != nil {
			return err
		}
		return askLink(tx, access.Link(l.Id), a, now)
	})
}

// Ahead is where a link leads, before anybody has used it.
type Ahead struct {
	Application string          `json:"application"`
	Intake      CallLine        `json:"intake"`
	Status      lifecycle.State `json:"status"`
}

// Look tells where a link leads and changes nothing. Error: link.over, whatever the link's trouble is.
func Look(app core.App, token string, now time.Time) (*Ahead, error) {
	l, err := openLink(app, token, now)
	if err != nil {
		return nil, err
	}
	a, err := Applications.Find(app, l.ApplicationID())
	if err != nil {
		return nil, err
	}
	i, err := Intakes.Find(app, a.IntakeID())
	if err != nil {
		return nil, err
	}
	line, err := callLine(app, i)
	return &Ahead{a.Id, line, a.Status()}, err
}

// Use uses a link up and returns the applicant whose it was. Of any number who try at once one succeeds.
// Error: link.over, whatever the link's trouble is.
func Use(app core.App, token string, now time.Time) (applicant string, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		l, err := openLink(tx, token, now)
		if err != nil {
			return err
		}
		a, err := Applications.Find(tx, l.ApplicationID())
		if err != nil {
			return err
		}
		applicant = a.ApplicantID()
		l.used(now)
		if err := tx.Save(l); err != nil {
			return fmt.Errorf("use a link to %s: %w", a.Id, err)
		}
		return lifecycle.Note(tx, access.Link(l.Id), now, Applications.Collection, a.Id, "open_link")
	})
	if err != nil {
		return "", err
	}
	return applicant, nil
}

// openLink finds the link that a token opens at now.
func openLink(app core.App, token string, now time.Time) (*Link, error) {
	l, err := record.OrNone(linkOf(app, token))
	switch {
	case err != nil:
		return nil, err
	case l == nil || !l.OpensAt(now):
		return nil, fault.Gone("link.over")
	}
	return l, nil
}

// SweepStarts forgets what nobody has made an application of, and links that are over for long.
func SweepStarts(app core.App, now time.Time) error { return sweepStarts(app, now) }
