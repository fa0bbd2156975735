package notify

import (
	"errors"
	"sync"
	"time"
)

// Sender hands one mail to whoever carries it. It returns no error only when the mail was taken, with the carrier's own name
// for it if there is one. What other errors mean, the errors below say; any other is a plain no, to be tried again.
type Sender interface {
	Send(m Mail) (id string, err error)
}

// Bulk is a Sender that takes many mails in one call, and remembers what it was given: a second call under the same key
// brings nobody a second mail.
type Bulk interface {
	Sender
	SendAll(key string, mails []Mail) []Outcome
	Most() int                // how many mails one call takes
	Remembers() time.Duration // for how long it knows a key
}

// Outcome is what became of one mail of a call.
type Outcome struct {
	ID  string // the carrier's name for it
	Err error
	Key string // under which it was handed over, where that was not the call's: under it it is asked for again
}

// What a carrier may answer.
var (
	ErrRefused = errors.New("the carrier refuses the mail")                    // for good
	ErrUnsure  = errors.New("the carrier did not say whether it took it")      // it may have
	ErrSeen    = errors.New("the carrier has had another mail under this key") // so it took that one
)

// Busy is a carrier that takes nothing before an instant. What it was given it has not looked at.
type Busy struct {
	Until time.Time
	Quota bool // the day's allowance is used up, rather than the second's
}

func (b *Busy) Error() string {
	return "the carrier takes nothing until " + b.Until.UTC().Format(time.RFC3339)
}

// Mailbox keeps mails in memory instead of sending them, the newest few hundred. The demo and the tests read it.
type Mailbox struct {
	mu    sync.Mutex
	mails []Kept
	taken int // of all times
	now   func() time.Time
}

// Kept is a mail that a Mailbox has taken.
type Kept struct {
	Mail
	At     time.Time
	Number int // counts from 1; a mailbox gives none twice
}

// mailboxHolds is how many mails a Mailbox keeps.
const mailboxHolds = 500

// NewMailbox returns an empty one; now tells when a mail came in.
func NewMailbox(now func() time.Time) *Mailbox { return &Mailbox{now: now} }

// Send keeps the mail.
func (b *Mailbox) Send(m Mail) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.taken++
	b.mails = append(b.mails, Kept{m, b.now(), b.taken})
	if over := len(b.mails) - mailboxHolds; over > 0 {
		b.mails = append([]Kept{}, b.mails[over:]...)
	}
	return "", nil
}

// Mails returns what was kept, the newest first.
func (b *Mailbox) Mails() []Kept {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := make([]Kept, len(b.mails))
	for i, m := range b.mails {
		all[len(all)-1-i] = m
	}
	return all
}
