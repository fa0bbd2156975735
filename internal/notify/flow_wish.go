package notify

import (
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/notice"
)

// Wish says how the actor wants mails of one kind from now on. Whoever wants none is spared those that still wait. To wish
// what one has wished already is no error and leaves no trace.
// Errors: access.sign_in, wish.kind, wish.always, wish.mode.
func Wish(app core.App, by access.Actor, kind string, mode Mode, now time.Time) error {
	if err := access.MaySignedIn(by); err != nil {
		return err
	}
	return app.RunInTransaction(func(tx core.App) error { return wish(tx, by, by.ID, kind, mode, now) })
}

// wish notes what a user wants; by is themselves, or a link that was mailed to them.
func wish(tx core.App, by access.Actor, user, kind string, mode Mode, now time.Time) error {
	p, err := of(tx)
	if err != nil {
		return err
	}
	rule, err := p.choosable(kind)
	if err != nil {
		return err
	}
	if !slices.Contains(Modes(), mode) {
		return fault.Field("mode", "wish.mode")
	}
	pref, err := prefOf(tx, user, kind)
	if err != nil {
		return err
	}
	if pref.wished(rule.Class) == mode {
		return nil
	}
	pref.setMode(mode)
	if err := tx.Save(pref); err != nil {
		return err
	}
	if err := lifecycle.Note(tx, by, now, Prefs.Collection, pref.Id, "wish", lifecycle.With(map[string]string{"kind": kind, "mode": string(mode)})); err != nil {
		return err
	}
	if mode != Off {
		return nil
	}
	letters, err := waitingFor(tx, user, kind)
	for _, l := range letters {
		if err := OutboxLife.Fire(tx, l, "suppress", deliverer, now); err != nil {
			return err
		}
	}
	return err
}

// prefOf finds what a user has said about one kind; one who has said nothing gets a new row, not yet stored.
func prefOf(app core.App, user, kind string) (*Pref, error) {
	pref, err := Prefs.First(app, dbx.HashExp{"user": user, "kind": kind})
	if fault.Code(err) != "record.not_found" {
		return pref, err
	}
	pref, err = Prefs.New(app)
	if err != nil {
		return nil, err
	}
	pref.setOwner(user, kind)
	return pref, nil
}

// wished is what it says, or what people of a class get who have said nothing.
func (p *Pref) wished(class notice.Class) Mode {
	if p.Mode() == "" {
		return usual(class)
	}
	return p.Mode()
}

// choosable finds the rule of a kind about which people have a choice.
// Errors: wish.kind, wish.always.
func (p *Post) choosable(kind string) (notice.Rule, error) {
	rules := p.needs.Rules()
	at := slices.IndexFunc(rules, func(r notice.Rule) bool { return r.Key == kind })
	switch {
	case at < 0:
		return notice.Rule{}, fault.Field("kind", "wish.kind")
	case rules[at].Class == notice.Transactional:
		return notice.Rule{}, fault.Field("kind", "wish.always")
	}
	return rules[at], nil
}
