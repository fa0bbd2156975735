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
		if !by.House() {
			if err := maySeeReport(tx, by, q); err != nil {
				return err
			}
			if m, err := seat(tx, by, q.StartupID()); err != nil {
				return err
			} else if m != nil && !m.Reports() {
				return fault.Forbidden("report.not_yours")
			}
		}
		if !q.Fillable() {
			return fault.Conflict("report.closed")
		}
		raw := make([]byte, secretBytes)
		if _, err := io.ReadFull(asked(tx).Random, raw); err != nil {
			return fmt.Errorf("make a link: %w", err)
		}
		token = base64.RawURLEncoding.EncodeToString(raw)
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

// Opened is the report that a token opens, and its holder as an actor.
// Errors: record.not_found for no token of ours, report.link_used, report.link_over.
func Opened(app core.App, token string, now time.Time) (*Request, access.Actor, error) {
	q, err := Requests.First(app, dbx.HashExp{"token_hash": hashed(token)})
	switch {
	case err != nil:
		return nil, access.Actor{}, err
	case q.LinkHolds(now) && q.Fillable():
		return q, access.Link(q.Id), nil
	case q.SubmittedAt().IsZero():
		return nil, access.Actor{}, fault.Gone("report.link_over")
	}
	return nil, access.Actor{}, fault.Gone("report.link_used")
}

func hashed(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
