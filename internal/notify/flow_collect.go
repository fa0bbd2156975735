package notify

import (
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/notice"
)

// planned is a notice that is due, and what becomes of it.
type planned struct {
	notice.Due
	rule   notice.Rule
	goes   time.Time // when people hear of it
	gather Mode      // Daily or Weekly: its mail waits for that of the day or the week
	mail   time.Time // when its mail goes
	stale  bool      // it goes too late to be of use, and so does not go
}

// plan says when a notice goes that is due at or after now.
func (h hours) plan(rule notice.Rule, due notice.Due, now time.Time) planned {
	at := due.At
	if at.IsZero() {
		at = now
	}
	p := planned{Due: due, rule: rule, goes: h.goes(rule.Class, at, due.Event)}
	if p.goes.Before(now) {
		p.goes = now
		if rule.Class != notice.Transactional {
			p.goes = h.next(now)
		}
	}
	p.stale = !p.end().IsZero() && !p.goes.Before(p.end())
	p.mail = p.goes
	return p
}

// ready says whether people hear of it at now, or would have if there were still any use in it.
func (p planned) ready(now time.Time) bool {
	return !p.goes.After(now) || p.stale && !p.At.After(now)
}

// wanted bends the plan to what its reader wants. What would come too late in the mail of the day goes by itself.
func (p planned) wanted(mode Mode, h hours) planned {
	switch mode {
	case Off:
		p.Mail = false
	case Daily, Weekly:
		if at := h.gathered(mode, p.goes); p.end().IsZero() || at.Before(p.end()) {
			p.gather, p.mail = mode, at
		}
	case Now:
	}
	return p
}

// end is from when on it is of no use to anybody; zero: never.
func (p planned) end() time.Time {
	if p.Until.IsZero() {
		return p.Event
	}
	return p.Until
}

// collect stores what rule has to say and nobody has been told. Nothing is written when there is nothing new; what is new
// goes into the inbox and the outbox in one transaction, or into neither.
func (p *Post) collect(app core.App, rule notice.Rule, h hours, now time.Time) error {
	ready, err := plans(app, rule, h, now, planned.ready)
	if err != nil || len(ready) == 0 {
		return err
	}
	var told []string
	err = app.RunInTransaction(func(tx core.App) error {
		if ready, err = untold(tx, ready); err != nil { // another process may have been faster
			return err
		}
		if ready, err = wanted(tx, ready, h); err != nil {
			return err
		}
		told, err = store(tx, ready, now)
		return err
	})
	if err != nil {
		return err
	}
	return p.ring(app, told)
}

// plans are those of what a rule has to say that somebody asks for and nobody has been told.
func plans(app core.App, rule notice.Rule, h hours, now time.Time, asked func(planned, time.Time) bool) ([]planned, error) {
	due, err := rule.Due(app, now)
	if err != nil {
		return nil, err
	}
	some := make([]planned, 0, len(due))
	for _, d := range due {
		if plan := h.plan(rule, d, now); asked(plan, now) {
			some = append(some, plan)
		}
	}
	return untold(app, some)
}

// wanted bends plans to what their readers have asked for.
func wanted(tx core.App, plans []planned, h hours) ([]planned, error) {
	if len(plans) == 0 || plans[0].rule.Class == notice.Transactional {
		return plans, nil
	}
	modes, err := modesFor(tx, plans[0].rule.Key)
	if err != nil {
		return nil, err
	}
	for i, plan := range plans {
		mode, said := modes[plan.User]
		if !said {
			mode = usual(plan.rule.Class)
		}
		if plan.User != "" {
			plans[i] = plan.wanted(mode, h)
		}
	}
	return plans, nil
}

// store writes lines and letters, and names the lines. A letter that is stale is written down and laid aside.
func store(tx core.App, plans []planned, now time.Time) (lines []string, err error) {
	var old []string
	for start := 0; start < len(plans); start += sheaf {
		some := plans[start:min(start+sheaf, len(plans))]
		told, err := insertLines(tx, some, now)
		if err != nil {
			return nil, fmt.Errorf("tell people: %w", err)
		}
		stale, err := insertLetters(tx, some)
		if err != nil {
			return nil, fmt.Errorf("write letters: %w", err)
		}
		lines, old = append(lines, told...), append(old, stale...)
	}
	for _, id := range old {
		l, err := Outbox.Find(tx, id)
		if err == nil {
			err = OutboxLife.Fire(tx, l, "stale", deliverer, now)
		}
		if err != nil {
			return nil, err
		}
	}
	return lines, nil
}

// sheaf is how many notices go into the database in one statement.
const sheaf = 500

// ring lets the bells of people ring who are looking on.
func (p *Post) ring(app core.App, lines []string) error {
	if p.needs.Changed == nil || app.SubscriptionsBroker().TotalClients() == 0 {
		return nil
	}
	var failed error
	for start := 0; start < len(lines); start += sheaf {
		items, err := linesBy(app, lines[start:min(start+sheaf, len(lines))])
		failed = errors.Join(failed, err)
		for _, item := range items {
			p.needs.Changed(app, item.ProxyRecord())
		}
	}
	return failed
}
