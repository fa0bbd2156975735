package startups

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

const (
	secretBytes = 32                  // of a link's token
	linkHolds   = 30 * 24 * time.Hour // how long a link opens its report
)

// MakeLink gives a report a new secret link and returns its token, once: only its hash is kept, and an older link is dead.
// The startup's founders and members, staff of the cohort, and the house when it mails the link.
// Errors: access.sign_in, record.not_found, report.not_yours, report.closed.
func MakeLink(app core.App, by access.Actor, id string, now time.Time) (token string, err error) {
	_, err = record.Change(app, Requests, id, func(tx core.App, q *Request) error {
		if err := mayLink(tx, by, q); err != nil {
			return err
		}
		if !q.Fillable() {
			return fault.Conflict("report.closed")
		}
		if token, err = newToken(tx); err != nil {
			return err
		}
		if err := endLink(tx, by, q, linkReplaced, now); err != nil {
			return err
		}
		if err := keepLink(tx, q.Id, hashed(token), now.Add(linkHolds)); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Requests.Collection, q.Id, "link")
	})
	if err != nil {
		return "", err
	}
	return token, nil
}

// newToken draws the secret of a link.
func newToken(app core.App) (string, error) {
	raw := make([]byte, secretBytes)
	if _, err := io.ReadFull(asked(app).Random, raw); err != nil {
		return "", fmt.Errorf("make a link: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(raw), nil
}

// RevokeLink takes the secret link of a report back: whoever comes with it is told so. Who may make one, whatever became of
// the report. Errors: access.sign_in, record.not_found, report.not_yours, report.no_link.
func RevokeLink(app core.App, by access.Actor, id string, now time.Time) (*Request, error) {
	return record.Change(app, Requests, id, func(tx core.App, q *Request) error {
		if err := mayLink(tx, by, q); err != nil {
			return err
		}
		if !q.LinkHolds(now) {
			return fault.Conflict("report.no_link")
		}
		if err := endLink(tx, by, q, linkRevoked, now); err != nil {
			return err
		}
		if err := keepLink(tx, q.Id, "", time.Time{}); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Requests.Collection, q.Id, "revoke_link")
	})
}

// mayLink permits the house, staff of the cohort, and the startup's founders and members.
func mayLink(tx core.App, by access.Actor, q *Request) error {
	if by.House() {
		return nil
	}
	if err := maySeeReport(tx, by, q); err != nil {
		return err
	}
	m, err := seat(tx, by, q.StartupID())
	if err == nil && m != nil && !m.Reports() {
		return fault.Forbidden("report.not_yours")
	}
	return err
}

// endLink remembers why the present link of a report opens nothing any more.
func endLink(tx core.App, by access.Actor, q *Request, because string, now time.Time) error {
	if q.linkHash() == "" {
		return nil
	}
	l, err := spent(tx, q, because, by.ID, now)
	if err != nil {
		return err
	}
	return tx.Save(l)
}

// LinkFor makes the secret link to a report for the mail that carries it, and returns where it leads. Errors: as MakeLink.
func LinkFor(app core.App, id string, now time.Time) (path string, err error) {
	token, err := MakeLink(app, access.Job("mail_link"), id, now)
	if err != nil {
		return "", err
	}
	return LinkPath(token), nil
}

// LinkPath is where a token leads.
func LinkPath(token string) string { return "/app/report-links/" + token }

// Opened is the report that a token opens, and its holder as an actor. One token opens one report of one startup, until it is
// handed in or a month has gone. Errors: record.not_found for no token of ours, and why one of ours opens nothing any more:
// report.link_replaced, report.link_revoked, report.link_used, report.link_accepted, report.link_waived, report.link_over.
func Opened(app core.App, token string, now time.Time) (*Request, access.Actor, error) {
	q, err := Requests.First(app, dbx.HashExp{"token_hash": hashed(token)})
	if fault.Code(err) == "record.not_found" {
		l, err := SpentLinks.First(app, dbx.HashExp{"token_hash": hashed(token)})
		if err != nil {
			return nil, access.Actor{}, err
		}
		return nil, access.Actor{}, fault.Gone("report.link_" + l.Because())
	}
	if err != nil {
		return nil, access.Actor{}, err
	}
	code := "report.link_over"
	switch {
	case q.Fillable() && q.LinkHolds(now):
		return q, access.Link(q.Id), nil
	case q.Status() == RequestAccepted:
		code = "report.link_accepted"
	case q.Status() == RequestWaived:
		code = "report.link_waived"
	case q.Status() == RequestSubmitted, q.linkUsed():
		code = "report.link_used"
	}
	return nil, access.Actor{}, fault.Gone(code)
}

// notAnothers turns away, with a code, whoever is signed in and belongs to other startups alone: a mail was passed on, and figures
// would be told of the wrong startup. It keeps no secret, since the link opens for visitors.
func notAnothers(app core.App, by access.Actor, startup, code string) error {
	if !by.Signed() || maySee(app, by, startup) == nil {
		return nil
	}
	theirs, err := Of(app, by.ID)
	if err == nil && len(theirs) > 0 {
		return fault.Forbidden(code)
	}
	return err
}

func hashed(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
