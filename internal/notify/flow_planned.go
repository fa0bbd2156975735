package notify

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/notice"
)

// The ways on which a notice reaches somebody.
const (
	ByInbox = "inbox"
	ByMail  = "mail"
)

// Plan is a notice that is due, on one of the ways on which it reaches its reader.
type Plan struct {
	Key       string       `json:"key"` // unique for ever
	Class     notice.Class `json:"class"`
	Recipient string       `json:"recipient"` // id of a user; the address of somebody without an account
	Channel   string       `json:"channel"`
	At        time.Time    `json:"at"`  // when it goes, by the clock of Ho Chi Minh City
	Why       string       `json:"why"` // why it is due, and why it goes when it goes
	Rule      string       `json:"-"`
}

// Planned tells what is due at now and nobody has been told: what Deliver would tell at once, and what has to wait for an
// open minute or for the mail of the day. What is too late to be of use is left out. It writes nothing. The soonest comes
// first.
func Planned(app core.App, now time.Time) ([]Plan, error) {
	p, h, err := at(app)
	if err != nil {
		return nil, err
	}
	all := []Plan{}
	for _, rule := range p.needs.Rules() {
		some, err := plans(app, rule, h, now, planned.due)
		if err == nil {
			some, err = wanted(app, some, h)
		}
		if err != nil {
			return nil, fmt.Errorf("plan notices %s: %w", rule.Key, err)
		}
		for _, plan := range some {
			all = append(all, plan.ways(h, now)...)
		}
	}
	slices.SortStableFunc(all, func(a, b Plan) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Channel, b.Channel))
	})
	return all, nil
}

// due says whether it is due at now, may it have to wait or not, and still of use.
func (p planned) due(now time.Time) bool {
	return !p.stale && (!p.At.After(now) || !p.goes.After(now))
}

// ways are the entries of a plan: one for the inbox, one for the mail.
func (p planned) ways(h hours, now time.Time) (all []Plan) {
	wish := p.At
	if wish.Before(now) && h.open(wish) || wish.IsZero() {
		wish = now // nobody told it in time: what holds it up is this night
	}
	moved := ""
	if p.rule.Class != notice.Transactional {
		moved = h.moved(wish, p.goes)
	}
	one := Plan{Key: p.Dedup, Class: p.rule.Class, Recipient: cmp.Or(p.User, p.Address), Rule: p.rule.Key}
	if p.User != "" {
		one.Channel, one.At, one.Why = ByInbox, p.goes.In(locale.Zone), said(p.Why, moved)
		all = append(all, one)
	}
	if p.Mail {
		one.Channel, one.At, one.Why = ByMail, p.mail.In(locale.Zone), said(p.Why, moved, gatheredAs[p.gather])
		all = append(all, one)
	}
	return all
}

var gatheredAs = map[Mode]string{Daily: "in the day's mail", Weekly: "in the week's mail"}

// moved says why a notice that wants to be heard at one instant goes at another, "" where it does not.
func (h hours) moved(wish, goes time.Time) string {
	if goes.Before(wish) {
		return "moved before its event"
	}
	if !goes.After(wish) || h.open(wish) {
		return ""
	}
	day, gone := dayOf(wish)
	var hurdles []string
	if gone >= evening || gone < morning && !h.shut(day) {
		hurdles = append(hurdles, "night")
	}
	if gone >= evening {
		day = day.AddDate(0, 0, 1)
	}
	for ; day.Before(goes); day = day.AddDate(0, 0, 1) {
		hurdle := "holiday"
		if day.Weekday() == time.Sunday {
			hurdle = "Sunday"
		}
		if h.shut(day) && !slices.Contains(hurdles, hurdle) {
			hurdles = append(hurdles, hurdle)
		}
	}
	return "moved: " + strings.Join(hurdles, ", ")
}

func said(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), "; ")
}
