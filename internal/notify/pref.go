package notify

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/notice"
	"vuon/internal/record"
)

// Prefs are how people want to be told of a kind of notice. Whoever has said nothing is told as the class is told.
var Prefs = record.Of[Pref]("notice_prefs")

// Mode is how often mails of one kind go to one person.
type Mode string

// The modes.
const (
	Now    Mode = "now"    // each by itself
	Daily  Mode = "daily"  // in the mail of the day
	Weekly Mode = "weekly" // in the mail of the week
	Off    Mode = "off"    // in the inbox alone
)

// Modes are all of them, in the order in which people are asked.
func Modes() []Mode { return []Mode{Now, Daily, Weekly, Off} }

// usual is how a class is told to somebody who has said nothing.
func usual(class notice.Class) Mode {
	if class == notice.Digest {
		return Daily
	}
	return Now
}

// Pref is one person's wish for one kind.
type Pref struct{ core.BaseRecordProxy }

// User is whose wish it is.
func (p *Pref) User() string { return p.GetString("user") }

// Kind is the key of the rule.
func (p *Pref) Kind() string { return p.GetString("kind") }

// Mode is what they want.
func (p *Pref) Mode() Mode { return Mode(p.GetString("mode")) }

func (p *Pref) setOwner(user, kind string) {
	p.Set("user", user)
	p.Set("kind", kind)
}

func (p *Pref) setMode(mode Mode) { p.Set("mode", string(mode)) }
