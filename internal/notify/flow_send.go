package notify

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/notice"
)

const (
	sendable = 1000             // letters looked at in one delivery
	lease    = 30 * time.Minute // how long a letter may be on its way before it is looked for
	turn     = 5 * time.Minute  // how long one delivery sends: what is owed meanwhile waits no longer, and no lease runs out
	useful   = 48 * time.Hour   // of days on which it might go: a reminder without an end that could not is not worth sending
)

// pauses lie between the attempts to send one letter. After the last it has failed.
var pauses = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour}

// memory is how much of what a carrier remembers is left to be sure of when all attempts have been made.
const memory = 12 * time.Hour

// send brings the letters away that may go at now, what is owed before what reminds. It ends early when the carrier is
// busy, and when its turn is over. A carrier takes its time: each call is judged by the clock of its own moment, lest the
// last reminders of an evening go out at night.
func (p *Post) send(app core.App, h hours, now time.Time) error {
	letters, err := waiting(app, now, h.open(now), sendable)
	if err != nil {
		return err
	}
	var failed error
	began := p.needs.Now()
	for _, group := range p.grouped(letters) {
		gone := max(0, p.needs.Now().Sub(began)) // the clock may have been set meanwhile
		if gone >= turn {
			return failed
		}
		err := p.forward(app, h, group, now.Add(gone))
		if busy := (*Busy)(nil); errors.As(err, &busy) {
			return failed
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("letter %s: %w", group[0].Id, err))
		}
	}
	return failed
}

// grouped puts letters together that go in one call: those that were handed over together before, and then as many as the
// carrier takes at once. What carries a secret or a calendar goes alone.
func (p *Post) grouped(letters []*Letter) [][]*Letter {
	most := 1
	if bulk, ok := p.needs.Sender.(Bulk); ok {
		most = bulk.Most()
	}
	var groups [][]*Letter
	again, fresh := map[string]int{}, -1
	for _, l := range letters {
		switch i, known := again[l.Batch()]; {
		case l.Status() == LetterQueued && l.Batch() != "" && known:
			groups[i] = append(groups[i], l)
		case l.Status() == LetterQueued && l.Batch() != "":
			again[l.Batch()] = len(groups)
			groups = append(groups, []*Letter{l})
		case !l.alone() && fresh >= 0 && len(groups[fresh]) < most:
			groups[fresh] = append(groups[fresh], l)
		default:
			if !l.alone() {
				fresh = len(groups)
			}
			groups = append(groups, []*Letter{l})
		}
	}
	return groups
}

// alone says whether it cannot share a call with others.
func (l *Letter) alone() bool {
	when, err := l.When()
	return l.Status() != LetterQueued || l.Secret().Kind != "" || when.UID != "" || err != nil
}

// forward brings some letters a step further: away together, or each of them aside.
func (p *Post) forward(app core.App, h hours, group []*Letter, now time.Time) error {
	var going []*Letter
	var readers []Reader
	var failed error
	for _, l := range group {
		to, goes, err := p.ripe(app, h, l, now)
		if failed = errors.Join(failed, err); goes && err == nil {
			going, readers = append(going, l), append(readers, to)
		}
	}
	if len(going) == 0 {
		return failed
	}
	again := going[0].Batch() != ""
	taken, err := take(app, going, now)
	if err != nil || !taken {
		return errors.Join(failed, err)
	}
	outcomes := p.dispatch(app, going, readers, now)
	doubt := again && !slices.ContainsFunc(outcomes, func(o Outcome) bool { return o.Err == nil })
	if err := p.mark(app, h, going, outcomes, doubt, now); err != nil {
		return errors.Join(failed, err)
	}
	for _, o := range outcomes {
		if busy := (*Busy)(nil); errors.As(o.Err, &busy) {
			return busy
		}
	}
	return failed
}

// ripe says whether a letter goes at now, and to whom. One that does not is laid aside, or waits.
func (p *Post) ripe(app core.App, h hours, l *Letter, now time.Time) (to Reader, goes bool, err error) {
	until := l.Until()
	if until.IsZero() && l.Class() != notice.Transactional {
		until = h.worth(l.Due())
	}
	switch {
	case l.Status() == LetterSending:
		return to, false, p.lost(app, l, now)
	case l.Batch() != "" && !until.IsZero() && !now.Before(until): // it was handed over, and may have gone in time
		return to, false, lose(app, l, now)
	case l.Held(), !until.IsZero() && !now.Before(until):
		l.setTrouble("late", l.Said())
		return to, false, unlessTaken(OutboxLife.Fire(app, l, "stale", deliverer, now))
	case l.Class() != notice.Transactional && !h.open(now):
		return to, false, nil // nobody is reminded at night
	}
	if to, err = p.readerOf(app, l); err != nil {
		return to, false, err
	}
	shut := to.Gone || to.Address == ""
	l.setTrouble("gone", "")
	if !shut && l.Batch() == "" { // what was handed over once goes with the same content or not at all
		shut, err = suppressed(app, to.Address)
		l.setTrouble("stopped", "")
	}
	if err != nil || shut {
		return to, false, errors.Join(err, unlessTaken(OutboxLife.Fire(app, l, "suppress", deliverer, now)))
	}
	l.setTrouble("", "")
	return to, true, nil
}

// lost looks after a letter whose sender is gone: nobody knows whether the mail went. A carrier that remembers what it was
// given is asked once more, under the same key. Otherwise the letter is left to staff: it may have arrived.
func (p *Post) lost(app core.App, l *Letter, now time.Time) error {
	bulk, ok := p.needs.Sender.(Bulk)
	taken := l.Next().Add(-lease)
	if ok && l.Secret().Kind == "" && now.Sub(taken) < bulk.Remembers()-memory {
		l.setNext(now)
		return unlessTaken(OutboxLife.Fire(app, l, "retry", deliverer, now))
	}
	return lose(app, l, now)
}

// lose gives a letter up of which nobody knows whether it went, unless the carrier has told of it meanwhile.
func lose(app core.App, l *Letter, now time.Time) error {
	l.setTrouble("lost", "")
	return unlessTaken(app.RunInTransaction(func(tx core.App) error {
		if err := OutboxLife.Fire(tx, l, "lose", deliverer, now); err != nil {
			return err
		}
		return follow(tx, l, now)
	}))
}

// take makes queued letters the caller's own, all or none of them. Of any number of callers one gets true.
func take(app core.App, group []*Letter, now time.Time) (bool, error) {
	key := group[0].Batch()
	if key == "" {
		key = core.GenerateDefaultRandomId()
	}
	err := app.RunInTransaction(func(tx core.App) error {
		for _, l := range group {
			l.setTaken(key, now.Add(lease))
			if err := OutboxLife.Fire(tx, l, "take", deliverer, now); err != nil {
				return err
			}
		}
		return nil
	})
	return err == nil, unlessTaken(err)
}

// unlessTaken forgives that somebody else has moved the letter meanwhile.
func unlessTaken(err error) error {
	if code := fault.Code(err); code == "lifecycle.not_now" || code == "record.stale" {
		return nil
	}
	return err
}

// mark writes down what became of letters that were taken, in one transaction.
func (p *Post) mark(app core.App, h hours, group []*Letter, outcomes []Outcome, doubt bool, now time.Time) error {
	return app.RunInTransaction(func(tx core.App) error {
		for i, l := range group {
			if err := OutboxLife.Fire(tx, l, p.verdict(l, outcomes[i], doubt, h, now), deliverer, now); err != nil {
				return err
			}
			if err := follow(tx, l, now); err != nil { // the carrier may have told of it before this mark
				return err
			}
		}
		return nil
	})
}

// verdict notes on a letter what became of it, and names the move. doubt is that an earlier call under the same key may have
// been taken and that this one does not settle it: the key is kept, and a plain no is no proof.
func (p *Post) verdict(l *Letter, o Outcome, doubt bool, h hours, now time.Time) string {
	if o.Err == nil {
		l.setSent(o.ID, now)
		return "done"
	}
	_, remembers := p.needs.Sender.(Bulk)
	unsure := doubt || errors.Is(o.Err, ErrUnsure)
	l.setTrouble(troubleOf(o.Err), o.Err.Error())
	switch {
	case !unsure:
		l.setKey("") // the carrier has refused this one, and remembers the key
	case o.Key != "":
		l.setKey(o.Key)
	}
	switch busy := (*Busy)(nil); {
	case l.Held(): // whoever waits for a code asks for another one
		return "fail"
	case errors.As(o.Err, &busy):
		l.setWaiting(h.goes(l.Class(), busy.Until, l.Event()))
		return "retry"
	case errors.Is(o.Err, ErrSeen), unsure && (!remembers || l.Secret().Kind != "" || final(o.Err) || l.Attempts() > len(pauses)):
		return "lose"
	case final(o.Err), l.Attempts() > len(pauses):
		return "fail"
	}
	l.setNext(h.goes(l.Class(), now.Add(pauses[l.Attempts()-1]), l.Event()))
	return "retry"
}

// troubleOf is the code of what was in the way. Each has words under letter.trouble_.
func troubleOf(err error) string {
	busy := (*Busy)(nil)
	for _, t := range []struct {
		is   bool
		code string
	}{
		{errors.Is(err, errNoServer), "no_server"},
		{errors.As(err, &busy) && busy.Quota, "quota"},
		{errors.As(err, &busy), "busy"},
		{errors.Is(err, ErrRefused), "refused"},
		{errors.Is(err, ErrUnsure), "unsure"},
		{errors.Is(err, ErrSeen), "lost"},
		{fault.As(err) != nil, "over"},
		{unreached(err), "unreached"},
	} {
		if t.is {
			return t.code
		}
	}
	return "other"
}

// final says whether it will not go better later: what a room refuses, a link that has run out say, it will refuse again.
func final(trouble error) bool {
	return fault.As(trouble) != nil || slices.ContainsFunc([]error{errNoServer, ErrRefused}, func(e error) bool { return errors.Is(trouble, e) })
}

var errNoServer = errors.New("no mail server is set (VUON_SMTP_URL)")
