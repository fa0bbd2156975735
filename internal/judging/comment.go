package judging

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Comments are what the panel and staff say to one another about a subject. Triggers refuse to change or delete them; their
// author may take one back, once.
var Comments = record.Of[Comment]("panel_comments")

// Comment is one of them.
type Comment struct{ core.BaseRecordProxy }

func newComment(app core.App, round, subjectType, subject, author, body string, now time.Time) (*Comment, error) {
	c, err := Comments.New(app)
	if err != nil {
		return nil, err
	}
	c.Set("round", round)
	c.Set("subject_type", subjectType)
	c.Set("subject", subject)
	c.Set("author", author)
	c.Set("body", body)
	c.Set("at", now)
	return c, nil
}

// RoundID is the round in which it was said.
func (c *Comment) RoundID() string { return c.GetString("round") }

// SubjectType is what kind of thing it is about.
func (c *Comment) SubjectType() string { return c.GetString("subject_type") }

// Subject is the id of it. Judges do not learn it.
func (c *Comment) Subject() string { return c.GetString("subject") }

// Author is who said it.
func (c *Comment) Author() string { return c.GetString("author") }

// Body is what was said; nobody is shown it once it is taken back.
func (c *Comment) Body() string { return c.GetString("body") }

// At is when it was said.
func (c *Comment) At() time.Time { return c.GetDateTime("at").Time() }

// WithdrawnAt is when it was taken back; zero otherwise.
func (c *Comment) WithdrawnAt() time.Time { return c.GetDateTime("withdrawn_at").Time() }

func (c *Comment) withdraw(now time.Time) { c.Set("withdrawn_at", now) }

func (c *Comment) sameWords(b *Comment) bool {
	return c.RoundID() == b.RoundID() && c.SubjectType() == b.SubjectType() && c.Subject() == b.Subject() &&
		c.Author() == b.Author() && c.Body() == b.Body() && c.At().Equal(b.At())
}
