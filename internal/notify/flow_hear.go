package notify

import (
	"errors"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// Hear notes what a carrier tells of a letter, and lets the letter follow. Told again, it changes nothing. What comes before
// our own mark waits for it: the carrier may be faster than we are, or we may have died before the mark. An address from
// which mail comes back gets no more of it, at once. Of letters that are not ours nothing is kept.
func Hear(app core.App, told Told, now time.Time) error {
	if told.Kind == "" {
		return nil
	}
	return app.RunInTransaction(func(tx core.App) error {
		l, err := letterOf(tx, told)
		if err != nil || l == nil {
			return err
		}
		if known, err := heardBefore(tx, told.ID); err != nil || known {
			return err
		}
		suppression := ""
		if told.Kind != EventDelivered {
			if told.Address == "" {
				if told.Address, err = addressOf(tx, l); err != nil {
					return err
				}
			}
			if suppression, err = suppress(tx, told, l.Id, now); err != nil {
				return err
			}
		}
		event, err := newMailEvent(tx, told, l.Id, suppression, now)
		if err != nil {
			return err
		}
		return errors.Join(tx.Save(event), follow(tx, l, now))
	})
}

// addressOf is where a letter went, as far as the house knows by now.
func addressOf(tx core.App, l *Letter) (string, error) {
	if l.Address() != "" {
		return l.Address(), nil
	}
	p, err := of(tx)
	if err != nil {
		return "", err
	}
	to, err := p.readerOf(tx, l)
	return to.Address, err
}

// follow lets a letter follow what was heard of it. While it is ours to send, it waits.
func follow(tx core.App, l *Letter, now time.Time) error {
	if s := l.Status(); s == LetterQueued || s == LetterSending {
		return nil
	}
	events, err := unapplied(tx, l.Id)
	if err != nil {
		return err
	}
	for _, e := range events {
		if err := l.followed(tx, e.Kind(), now); err != nil {
			return err
		}
		e.setApplied(now)
		if err := tx.Save(e); err != nil {
			return err
		}
	}
	return nil
}

// followed moves a letter as one event has it. An event that comes late, after what it came before, changes nothing.
func (l *Letter) followed(tx core.App, kind string, now time.Time) error {
	open := l.Status() == LetterSent || l.Status() == LetterLost
	verb := map[string]string{EventBounced: "bounce", EventComplained: "complain"}[kind]
	switch {
	case open && verb != "":
		l.setArrived(time.Time{}, now)
		return OutboxLife.Fire(tx, l, verb, deliverer, now)
	case l.Status() == LetterLost:
		l.setArrived(now, now)
		return OutboxLife.Fire(tx, l, "arrive", deliverer, now)
	case open && l.DeliveredAt().IsZero():
		l.setArrived(now, now)
		return tx.Save(l)
	}
	return nil
}
