// Package notice is the shape of what the house tells people: a rule says who is to hear what, and why; a duty says what
// somebody can do today. Rooms return both and send nothing: only room notify writes to an inbox or an outbox.
package notice

import (
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// Class says when a notice may go out.
type Class string

// The classes.
const (
	Transactional Class = "T" // at once, at any hour; nobody can switch it off
	Reminder      Class = "R" // never at night, on a Sunday or on a holiday; may be switched off
	Digest        Class = "D" // like a reminder, and gathered into one mail a day unless somebody asks otherwise
)

// Ahead is how far ahead of the clock a rule of class R or D tells what is due. Nothing is closed for longer, so that what
// would have to wait beyond its event can go out before it instead.
const Ahead = 14 * 24 * time.Hour

// Rule computes one kind of notice. Due must bear being asked again for the same instant: it returns the whole due set, and
// the dedup key lets each of them out once. A rule of class T reads journal rows (lifecycle.Since), the others read state,
// up to Ahead of now.
type Rule struct {
	Key   string // dictionary key of the words: notice.<Key>.title, notice.<Key>.body
	Class Class
	Due   func(tx core.App, now time.Time) ([]Due, error)
}

// Due is one notice for one person.
//
// Its words are notice.<Key>.title and notice.<Key>.body, in the inbox and in the mail; the title is the mail's subject and
// tells no outcome. In Args a pair title_vi and title_en fills {title} in the reader's language; a value that is a day
// (2026-12-10) or an instant (RFC 3339) is written as that language writes dates. No slot is named code or token.
type Due struct {
	Dedup   string            // unique for ever: "receipt:<application>:<submission>"
	User    string            // id of the recipient; "" when only an address is known
	Address string            // mail address of somebody without an account
	Locale  string            // language of a recipient without an account
	Args    map[string]string // slots of the words, see below; no personal data: mails carry them
	Link    string            // path in the workspace or on the site
	Secret  Secret            // a link that must not be stored: made when the mail is sent
	Mail    bool              // also by mail, not in the inbox alone
	At      time.Time         // when it is to be heard; zero: as soon as it is known
	Event   time.Time         // what it reminds of: it is heard before that, or never; zero: of nothing that has an hour
	Until   time.Time         // from then on it is of no use to anybody, and is stale; zero: the Event
	When    When              // a time for the reader's calendar, which the mail carries; zero: none
	Why     string            // for whoever asks why it is due: "3 days before 2026-12-10"
}

// When is a time that belongs into a calendar.
type When struct {
	UID      string    `json:"uid"` // the same for ever: "report.<id>"
	Starts   time.Time `json:"starts"`
	Ends     time.Time `json:"ends"`     // equal to Starts for a deadline
	Sequence int       `json:"sequence"` // one more with every change
	Over     bool      `json:"over"`     // it does not take place any more
}

// Secret names a link whose token is made at the moment of sending, so that the database never holds it.
type Secret struct {
	Kind string // "invitation", "report"
	ID   string // the row it opens
}

// Duty is one thing that a person can do today. Homes list them by Due.
type Duty struct {
	Key  string            `json:"key"`  // dictionary key: duty.<Key>
	Args map[string]string `json:"args"` // slots of the words
	Link string            `json:"link"` // path in the workspace
	Due  time.Time         `json:"due"`  // zero: whenever
	Late bool              `json:"late"`
}
