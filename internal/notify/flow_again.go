package notify

import (
	"slices"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/notice"
)

// Again writes a new letter like an old one, which goes when one of its class may. The old one stays as it is. Staff only.
// Errors: access.needs_staff, record.not_found; letter.not_over while it is on its way or was never to go; letter.held for a code,
// which nobody has kept; letter.too_late when it is of no use any more; letter.nobody, letter.stopped when nothing may go there;
// letter.declined when its reader has turned the kind off; letter.again_waits while another copy has not gone.
func Again(app core.App, by access.Actor, id string, now time.Time) (*Letter, error) {
	if err := access.MayWork(by); err != nil {
		return nil, err
	}
	p, err := of(app)
	if err != nil {
		return nil, err
	}
	var copied *Letter
	err = app.RunInTransaction(func(tx core.App) error {
		l, err := Outbox.Find(tx, id)
		if err != nil {
			return err
		}
		if err := p.mayGoAgain(tx, l, now); err != nil {
			return err
		}
		before, err := copiesOf(tx, l.Id)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(before, func(c *Letter) bool { return c.Status() == LetterQueued || c.Status() == LetterSending }) {
			return fault.Conflict("letter.again_waits")
		}
		if copied, err = newAgain(tx, l, "again:"+l.Id+":"+strconv.Itoa(len(before)+1), now); err != nil {
			return err
		}
		if err := tx.Save(copied); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, "letter", l.Id, "again", lifecycle.With(map[string]string{"letter": copied.Id}))
	})
	return copied, err
}

// repeatable refuses what cannot be sent again whoever its reader is.
func (l *Letter) repeatable(now time.Time) error {
	switch until := l.Until(); {
	case l.Held():
		return fault.Conflict("letter.held")
	case !slices.Contains([]lifecycle.State{LetterSent, LetterFailed, LetterLost, LetterBounced, LetterComplained}, l.Status()):
		return fault.Conflict("letter.not_over") // it has not gone, or was never to go
	case !until.IsZero() && !now.Before(until):
		return fault.Conflict("letter.too_late")
	}
	return nil
}

func (p *Post) mayGoAgain(tx core.App, l *Letter, now time.Time) error {
	if err := l.repeatable(now); err != nil {
		return err
	}
	to, err := p.readerOf(tx, l)
	if err != nil {
		return err
	}
	if to.Gone || to.Address == "" {
		return fault.Conflict("letter.nobody")
	}
	shut, err := suppressed(tx, to.Address)
	if err == nil && shut {
		return fault.Conflict("letter.stopped")
	}
	if err != nil || l.User() == "" || l.Class() == notice.Transactional {
		return err
	}
	pref, err := prefOf(tx, l.User(), l.Kind())
	if err == nil && pref.Mode() == Off {
		return fault.Conflict("letter.declined") // a click of staff takes nobody's word back
	}
	return err
}
