package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Links are the secret links by which applicants come back to what they write. The database keeps a hash alone.
var Links = record.Of[Link]("application_links")

// Link opens one application, once, until it expires.
type Link struct{ core.BaseRecordProxy }

const (
	tokenBytes = 32                  // of chance in a token
	linkHolds  = 7 * 24 * time.Hour  // how long a mailed link opens something
	handHolds  = 10 * time.Minute    // how long the one does that leads from the code into the form
	linkKept   = 30 * 24 * time.Hour // how long one that is over is known, so that whoever has it can have another
)

func newLink(app core.App, application, token string, until time.Time) (*Link, error) {
	l, err := Links.New(app)
	if err != nil {
		return nil, err
	}
	l.Set("application", application)
	l.Set("token_hash", hashed(token))
	l.Set("expires_at", until)
	return l, nil
}

// ApplicationID is the application that it opens.
func (l *Link) ApplicationID() string { return l.GetString("application") }

// OpensAt says whether it opens anything at now. Half-open, as every deadline of the house.
func (l *Link) OpensAt(now time.Time) bool {
	return l.GetDateTime("used_at").IsZero() && now.Before(l.GetDateTime("expires_at").Time())
}

func (l *Link) used(now time.Time) { l.Set("used_at", now) }

// hashed is what the database keeps of a token of thirty-two random bytes.
func hashed(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
