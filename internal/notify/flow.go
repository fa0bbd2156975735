package notify

import (
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/notice"
)

const (
	batch  = 200              // letters looked at in one delivery
	lease  = 30 * time.Minute // how long a letter may be on its way before it is given up
	useful = 48 * time.Hour   // a reminder that could not go by then is not worth sending
)

// pauses lie between the attempts to send one letter. After the last it has failed.
var pauses = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour}

// deliverer is who moves letters.
var deliverer = access.Job("deliver")

// Deliver asks every rule what is due at now, puts what nobody has been told into inbox and outbox, and sends what may go.
// A rule or a letter in trouble does not hold up the others. It must not be called from within a transaction.
func Deliver(app core.App, now time.Time) error {
	p, err := of(app)
	if err != nil {
		return err
	}
	var failed error
	for _, rule := range p.needs.Rules() {
		err := app.RunInTransaction(func(tx core.App) error { return collect(tx, rule, now) })
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("collect notices %s: %w", rule.Key, err))
		}
	}
	letters, err := waiting(app, now, batch)
	if err != nil {
		return errors.Join(failed, err)
	}
	for _, l := range letters {
		if err := p.forward(app, l, now); err != nil {
			failed = errors.Join(failed, fmt.Errorf("letter %s: %w", l.Id, err))
		}
	}
	return failed
}

// collect stores what rule has to say and nobody has been told. One transaction: a notice is in the inbox and in the
// outbox, or in neither.
func collect(tx core.App, rule notice.Rule, now time.Time) error {
	due, err := rule.Due(tx, now)
	if err != nil || len(due) == 0 {
		return err
	}
	told, err := known(tx, due)
	if err != nil {
		return err
	}
	for _, d := range due {
		if told[d.Dedup] {
			continue
		}
		told[d.Dedup] = true
		if d.User != "" {
			item, err := newInboxItem(tx, rule, d, now)
			if err == nil {
				err = tx.Save(item)
			}
			if err != nil {
				return fmt.Errorf("tell %s: %w", d.Dedup, err)
			}
		}
		if !d.Mail || rule.Class == notice.Digest { // a digest is no mail of its own
			continue
		}
		letter, err := newLetter(tx, rule, d, hour(rule.Class, now))
		if err == nil {
			err = tx.Save(letter)
		}
		if err != nil {
			return fmt.Errorf("write %s: %w", d.Dedup, err)
		}
	}
	return nil
}

// forward brings one letter a step further: away, or aside.
func (p *Post) forward(app core.App, l *Letter, now time.Time) error {
	switch {
	case l.Status() == LetterSending: // whoever took it is gone, and nobody knows whether the mail went
		l.setTrouble("lost on its way; it may have arrived", time.Time{})
		return unlessTaken(OutboxLife.Fire(app, l, "fail", deliverer, now))
	case l.Held(), l.Class() != notice.Transactional && now.Sub(l.Due()) > useful:
		return unlessTaken(OutboxLife.Fire(app, l, "stale", deliverer, now))
	case hour(l.Class(), now).After(now):
		return nil // nobody is reminded at night
	}
	to, err := p.readerOf(app, l)
	if err != nil {
		return err
	}
	if to.Gone || to.Address == "" {
		return unlessTaken(OutboxLife.Fire(app, l, "suppress", deliverer, now))
	}
	if taken, err := take(app, l, now); err != nil || !taken {
		return err
	}
	trouble := p.dispatch(app, l, to, now)
	return mark(app, l, trouble, retryable(trouble), now)
}

// take makes a queued letter the caller's own. Of any number of callers one gets true.
func take(app core.App, l *Letter, now time.Time) (bool, error) {
	l.setTaken(now.Add(lease))
	err := OutboxLife.Fire(app, l, "take", deliverer, now)
	if code := fault.Code(err); code == "lifecycle.not_now" || code == "record.stale" {
		return false, nil
	}
	return err == nil, err
}

// unlessTaken forgives that somebody else has moved the letter meanwhile.
func unlessTaken(err error) error {
	if code := fault.Code(err); code == "lifecycle.not_now" || code == "record.stale" {
		return nil
	}
	return err
}

// dispatch makes the mail and sends it, outside of any transaction.
func (p *Post) dispatch(app core.App, l *Letter, to Reader, now time.Time) error {
	args, err := l.Args()
	if err != nil {
		return err
	}
	if p.needs.Sender == nil {
		return errNoServer
	}
	link, err := p.linkOf(app, l.Link(), l.Secret(), now)
	if err != nil {
		return err
	}
	mail, err := p.compose(app, to, content{kind: l.Kind(), secret: l.Secret().Kind, args: args, link: link})
	if err != nil {
		return err
	}
	mail.Name = l.Id
	return p.needs.Sender.Send(mail)
}

// mark writes down what became of a letter that was taken.
func mark(app core.App, l *Letter, trouble error, again bool, now time.Time) error {
	verb := "done"
	switch {
	case trouble == nil:
		l.setSent(now)
	case again && l.Attempts() <= len(pauses):
		verb = "retry"
		l.setTrouble(trouble.Error(), hour(l.Class(), now.Add(pauses[l.Attempts()-1])))
	default:
		verb = "fail"
		l.setTrouble(trouble.Error(), time.Time{})
	}
	return OutboxLife.Fire(app, l, verb, deliverer, now)
}

var errNoServer = errors.New("no mail server is set (VUON_SMTP_URL)")

// retryable says whether it may go better later. What a room refuses, a link that has run out say, it will refuse again.
func retryable(trouble error) bool {
	return fault.As(trouble) == nil && !errors.Is(trouble, errNoServer)
}

func (p *Post) readerOf(app core.App, l *Letter) (Reader, error) {
	if l.User() == "" {
		return Reader{Address: l.Address(), Lang: l.Lang()}, nil
	}
	return p.needs.Reader(app, l.User())
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
