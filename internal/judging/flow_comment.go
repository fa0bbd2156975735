package judging

import (
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"golang.org/x/text/unicode/norm"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// Remark is one comment, as the panel and staff read it. One that was taken back keeps its place without its words.
type Remark struct {
	ID        string     `json:"id"`
	Author    string     `json:"author"` // their name
	Mine      bool       `json:"mine"`
	Body      string     `json:"body"`
	At        time.Time  `json:"at"`
	Withdrawn *time.Time `json:"withdrawn_at"`
}

// Talk is what was said about a subject in a round. A judge of it reads it once their own sheet is in; staff, unless it is
// their own, or they judge it too and have not handed in. To everybody else there is nothing.
// Errors: record.not_found, comment.after_own.
func Talk(app core.App, by access.Actor, round, subject string) ([]Remark, error) {
	r, err := Rounds.Find(app, round)
	if err != nil {
		return nil, err
	}
	if err := mayTalk(app, by, r, subject); err != nil {
		return nil, err
	}
	all, err := said(app, r.Id, kinds[r.OwnerType()], subject)
	if err != nil {
		return nil, err
	}
	var people []string
	for _, c := range all {
		people = append(people, c.Author())
	}
	names, err := called(app, people)
	remarks := []Remark{}
	for _, c := range all {
		x := Remark{ID: c.Id, Author: names[c.Author()], Mine: by.Is(c.Author()), Body: c.Body(), At: c.At(), Withdrawn: instant(c.WithdrawnAt())}
		if x.Withdrawn != nil {
			x.Body = ""
		}
		remarks = append(remarks, x)
	}
	return remarks, err
}

// Say adds to it. In a blind round nobody may be named: words by which the subject could be told are refused. Who may read
// it may say something. Errors: as Talk, and comment.empty, comment.names.
func Say(app core.App, by access.Actor, round, subject, body string, now time.Time) (*Comment, error) {
	var c *Comment
	err := app.RunInTransaction(func(tx core.App) error {
		r, err := Rounds.Find(tx, round)
		if err != nil {
			return err
		}
		if err := mayTalk(tx, by, r, subject); err != nil {
			return err
		}
		body = norm.NFC.String(strings.TrimSpace(body))
		if err := nameless(tx, r, subject, body); err != nil {
			return err
		}
		if c, err = newComment(tx, r.Id, kinds[r.OwnerType()], subject, by.ID, body, now); err != nil {
			return err
		}
		if err := tx.Save(c); err != nil {
			return fmt.Errorf("say something about %s: %w", subject, err)
		}
		return lifecycle.Note(tx, by, now, Comments.Collection, c.Id, "say")
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

// Unsay takes back what one has said oneself: its place stays, its words are shown to nobody. Errors: record.not_found,
// comment.frozen.
func Unsay(app core.App, by access.Actor, id string, now time.Time) (*Comment, error) {
	return record.Change(app, Comments, id, func(tx core.App, c *Comment) error {
		if err := access.MayKeep(by, c.Author()); err != nil {
			return err
		}
		if !c.WithdrawnAt().IsZero() {
			return fault.Conflict("comment.frozen")
		}
		c.withdraw(now)
		if err := tx.Save(c); err != nil {
			return fmt.Errorf("take back comment %s: %w", c.Id, err)
		}
		return lifecycle.Note(tx, by, now, Comments.Collection, c.Id, "unsay")
	})
}

// mayTalk permits the judges of a subject whose own sheet is in, and the staff of the round.
func mayTalk(app core.App, by access.Actor, r *Round, subject string) error {
	if err := access.MaySignedIn(by); err != nil {
		return err
	}
	kind := kinds[r.OwnerType()]
	a, err := seatOf(app, r.Id, kind, subject, by.ID)
	if err != nil {
		return err
	}
	if a != nil && a.Live() && mine(app, by, a) == nil {
		s, err := sheetOf(app, a.Id)
		switch {
		case err != nil:
			return err
		case s == nil || !handedIn(s):
			return fault.Forbidden("comment.after_own")
		}
		blocked, err := conflicted(app, by.ID, kind, subject)
		if err == nil && blocked {
			return fault.NotFound("record.not_found")
		}
		return err
	}
	if err := mayTouch(app, by, r, subject); err != nil {
		return err
	}
	_, err = needs(app).Subject(app, kind, subject) // that of another owner is none of this round's
	if err != nil {
		return err
	}
	ids, err := entrants(app, r)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if id == subject {
			return nil
		}
	}
	return fault.NotFound("record.not_found")
}

// nameless refuses words by which a subject that is judged blind could be told. Error: comment.names.
func nameless(app core.App, r *Round, subject, body string) error {
	if !r.Blind() {
		return nil
	}
	words, err := needs(app).Identity(app, kinds[r.OwnerType()], subject)
	if err != nil {
		return err
	}
	text := " " + vn.Fold(body) + " "
	for _, w := range words {
		if folded := vn.Fold(w); len(folded) > 2 && strings.Contains(text, folded) {
			return fault.Field("body", "comment.names")
		}
	}
	return nil
}
