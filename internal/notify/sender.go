package notify

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/pocketbase/pocketbase/tools/mailer"
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

// slowest bounds how long a mail server may take to accept one mail. After it the mail counts as not sent, although the
// server may yet take it.
const slowest = 30 * time.Second

// SMTP sends through the server at address, smtp://user:password@host:port or smtps://…; a server that offers TLS on an
// smtp address is spoken to under TLS. from is "address" or "name <address>".
// An empty address is no sender and no error.
func SMTP(address, from string) (Sender, error) {
	if address == "" {
		return nil, nil //nolint:nilnil // a house without mail is a house
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("the address of the mail server cannot be read") // err would repeat the password
	}
	sender, err := mail.ParseAddress(from)
	if err != nil {
		return nil, fmt.Errorf("read the address that mails come from: %w", err)
	}
	secure := u.Scheme == "smtps"
	port := 587
	if secure {
		port = 465
	}
	if u.Port() != "" {
		if port, err = strconv.Atoi(u.Port()); err != nil {
			return nil, fmt.Errorf("read the port of the mail server: %w", err)
		}
	}
	password, _ := u.User.Password()
	client := &mailer.SMTPClient{Host: u.Hostname(), Port: port, TLS: secure, Username: u.User.Username(), Password: password}
	return &smtp{client, *sender}, nil
}

type smtp struct {
	client *mailer.SMTPClient
	from   mail.Address
}

func (s *smtp) Send(m Mail) (string, error) {
	message := &mailer.Message{
		From: s.from, To: []mail.Address{{Address: m.To}}, Subject: m.Subject, HTML: m.HTML, Text: m.Text,
		Headers: map[string]string{"Auto-Submitted": "auto-generated", "Content-Language": string(m.Lang)},
	}
	if at := lastCut(s.from.Address); at != "" && m.Name != "" {
		message.Headers["Message-ID"] = "<" + m.Name + "@" + at + ">"
	}
	taken := make(chan error, 1)
	go func() { taken <- s.client.Send(message) }()
	bounded, cancel := context.WithTimeout(context.Background(), slowest)
	defer cancel()
	select {
	case err := <-taken:
		return "", err
	case <-bounded.Done():
		return "", fmt.Errorf("the mail server did not answer in time: %w", ErrUnsure)
	}
}

// lastCut returns what follows the @ of an address.
func lastCut(address string) string {
	for i := len(address) - 1; i >= 0; i-- {
		if address[i] == '@' {
			return address[i+1:]
		}
	}
	return ""
}

// Mailbox keeps mails in memory instead of sending them, the newest few hundred. The demo and the tests read it.
type Mailbox struct {
	mu    sync.Mutex
	mails []Kept
	now   func() time.Time
}

// Kept is a mail that a Mailbox has taken.
type Kept struct {
	Mail
	At time.Time
}

// mailboxHolds is how many mails a Mailbox keeps.
const mailboxHolds = 500

// NewMailbox returns an empty one; now tells when a mail came in.
func NewMailbox(now func() time.Time) *Mailbox { return &Mailbox{now: now} }

// Send keeps the mail.
func (b *Mailbox) Send(m Mail) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mails = append(b.mails, Kept{m, b.now()})
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
