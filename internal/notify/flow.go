package notify

import (
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/notice"
	"vuon/internal/vn"
)

// deliverer is who moves letters.
var deliverer = access.Job("deliver")

// Deliver queues what is due at now and sends what may go. A rule or a letter in trouble does not hold up the others. It
// must not be called from within a transaction.
func Deliver(app core.App, now time.Time) error {
	p, h, err := at(app)
	if err != nil {
		return err
	}
	return errors.Join(p.queue(app, h, now), p.send(app, h, now))
}

// Queue asks every rule what is due at now, puts what nobody has been told into inbox and outbox, and folds what would be
// too many mails to one person in a day. It sends nothing.
func Queue(app core.App, now time.Time) error {
	p, h, err := at(app)
	if err != nil {
		return err
	}
	return p.queue(app, h, now)
}

func at(app core.App) (*Post, hours, error) {
	p, err := of(app)
	if err != nil {
		return nil, hours{}, err
	}
	h, err := p.hours(app)
	return p, h, err
}

func (p *Post) queue(app core.App, h hours, now time.Time) error {
	failed := p.collectAll(app, h, now)
	if h.open(now) {
		failed = errors.Join(failed, foldAll(app, h, now))
	}
	return failed
}

// collectAll asks the rules. While nobody may be reminded, those that remind are not asked: nothing of theirs could go.
func (p *Post) collectAll(app core.App, h hours, now time.Time) (failed error) {
	for _, rule := range p.needs.Rules() {
		if rule.Class != notice.Transactional && !h.open(now) {
			continue
		}
		if err := p.collect(app, rule, h, now); err != nil {
			failed = errors.Join(failed, fmt.Errorf("collect notices %s: %w", rule.Key, err))
		}
	}
	return failed
}

// hours are those of the house: it rests on the holidays of its calendar.
func (p *Post) hours(app core.App) (hours, error) {
	calendar := vn.Calendar{}
	if p.needs.Calendar != nil {
		var err error
		if calendar, err = p.needs.Calendar(app); err != nil {
			return hours{}, err
		}
	}
	return hours{rests: func(day time.Time) bool {
		_, rests := calendar.Holiday(vn.DayOf(day))
		return rests
	}}, nil
}

// Read marks one line of the actor's inbox as read; a line that was read stays as it is.
// Errors: access.sign_in; record.not_found, also for somebody else's line.
func Read(app core.App, by access.Actor, id string, now time.Time) (*InboxItem, error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	item, err := InboxItems.Find(app, id)
	if err != nil {
		return nil, err
	}
	if err := access.MayKeep(by, item.User()); err != nil {
		return nil, err
	}
	if !item.ReadAt().IsZero() {
		return item, nil
	}
	item.SetRead(now)
	return item, app.Save(item)
}

// ReadAll marks everything in the actor's inbox as read and says how many lines that were.
// Errors: access.sign_in.
func ReadAll(app core.App, by access.Actor, now time.Time) (n int, err error) {
	if err := access.MaySignedIn(by); err != nil {
		return 0, err
	}
	err = app.RunInTransaction(func(tx core.App) error {
		items, err := unread(tx, by.ID)
		for _, item := range items {
			item.SetRead(now)
			err = errors.Join(err, tx.Save(item)) // row by row: other windows of theirs are told
		}
		n = len(items)
		return err
	})
	return n, err
}
