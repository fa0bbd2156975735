package notify

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/notice"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// Outbox are the mails of the house: what is to go, what went, and what did not arrive.
var Outbox = record.Of[Letter]("outbox")

// The states of a letter.
const (
	LetterQueued     lifecycle.State = "queued"
	LetterSending    lifecycle.State = "sending"
	LetterSent       lifecycle.State = "sent"
	LetterFailed     lifecycle.State = "failed"
	LetterSuppressed lifecycle.State = "suppressed"
	LetterStale      lifecycle.State = "stale"
	LetterFolded     lifecycle.State = "folded"
	LetterLost       lifecycle.State = "lost"
	LetterBounced    lifecycle.State = "bounced"
	LetterComplained lifecycle.State = "complained"
)

// OutboxLife is fired by this room alone.
var OutboxLife = lifecycle.Table{
	Collection: Outbox.Collection,
	Start:      LetterQueued,
	Ends: []lifecycle.State{
		LetterFailed, LetterSuppressed, LetterStale, LetterFolded, LetterBounced, LetterComplained,
	},
	Moves: []lifecycle.Move{
		lifecycle.Moved("letter", "take", LetterSending, LetterQueued),
		lifecycle.Moved("letter", "done", LetterSent, LetterSending),
		lifecycle.Moved("letter", "retry", LetterQueued, LetterSending),
		lifecycle.Moved("letter", "fail", LetterFailed, LetterSending),
		lifecycle.Moved("letter", "suppress", LetterSuppressed, LetterQueued),
		lifecycle.Moved("letter", "stale", LetterStale, LetterQueued),
		lifecycle.Moved("letter", "fold", LetterFolded, LetterQueued),
		lifecycle.Moved("letter", "lose", LetterLost, LetterSending, LetterQueued),
		lifecycle.Moved("letter", "arrive", LetterSent, LetterLost),
		lifecycle.Moved("letter", "bounce", LetterBounced, LetterSent, LetterLost),
		lifecycle.Moved("letter", "complain", LetterComplained, LetterSent, LetterLost),
	},
}

// held is the kind of secret that lives in the memory of the process that sends the letter, and nowhere else.
const held = "held"

// Letter is one mail to one person.
type Letter struct{ core.BaseRecordProxy }

// Status is how far it has come.
func (l *Letter) Status() lifecycle.State { return lifecycle.State(l.GetString("status")) }

// Kind is the key of its words.
func (l *Letter) Kind() string { return l.GetString("kind") }

// Class says when it may go out.
func (l *Letter) Class() notice.Class { return notice.Class(l.GetString("class")) }

// User is who it goes to; "" when only an address is known.
func (l *Letter) User() string { return l.GetString("user") }

// Address is where it goes when nobody of the house is meant. A person of the house is looked up when it is sent.
func (l *Letter) Address() string { return l.GetString("address") }

// Lang is the language of a reader without an account.
func (l *Letter) Lang() locale.Lang { return locale.Lang(l.GetString("locale")) }

// Link is the page that it is about.
func (l *Letter) Link() string { return l.GetString("link") }

// Secret names the link that is made when it is sent.
func (l *Letter) Secret() notice.Secret {
	return notice.Secret{Kind: l.GetString("secret_kind"), ID: l.GetString("secret_id")}
}

// Held says whether its secret lives in the memory of a process: no other can send it.
func (l *Letter) Held() bool { return l.Secret().Kind == held }

// Attempts counts how often it was taken.
func (l *Letter) Attempts() int { return l.GetInt("attempts") }

// Written is when its row was made.
func (l *Letter) Written() time.Time { return l.GetDateTime("created").Time() }

// Next is when it is tried next; for one that is being sent, when it is given up.
func (l *Letter) Next() time.Time { return l.GetDateTime("next_at").Time() }

// Due is when it should have gone.
func (l *Letter) Due() time.Time { return l.GetDateTime("not_before").Time() }

// SentAt is when the mail server took it.
func (l *Letter) SentAt() time.Time { return l.GetDateTime("sent_at").Time() }

// Event is what it reminds of: it goes before that, or not at all.
func (l *Letter) Event() time.Time { return l.GetDateTime("event").Time() }

// Until is from when on it is of no use; zero is never.
func (l *Letter) Until() time.Time { return l.GetDateTime("useful_until").Time() }

// Gather says that it waits for the mail of the day or of the week; "" is for none.
func (l *Letter) Gather() Mode { return Mode(l.GetString("gather")) }

// Digest is the letter that it was folded into.
func (l *Letter) Digest() string { return l.GetString("digest") }

// Batch is the key under which it was handed over, alone or with others.
func (l *Letter) Batch() string { return l.GetString("batch") }

// Provider is how the carrier names it.
func (l *Letter) Provider() string { return l.GetString("provider_id") }

// DeliveredAt is when the reader's own mail server took it, as far as the carrier tells.
func (l *Letter) DeliveredAt() time.Time { return l.GetDateTime("delivered_at").Time() }

// When is the time that the mail carries for the reader's calendar; its UID is "" for none.
func (l *Letter) When() (w notice.When, err error) {
	if err = l.UnmarshalJSONField("calendar", &w); err != nil {
		return w, fmt.Errorf("letter %s: %w", l.Id, err)
	}
	return w, nil
}

// Trouble is what was in the way at the last attempt: a code that has words.
func (l *Letter) Trouble() string { return l.GetString("trouble") }

// Said is what the carrier said at the last attempt.
func (l *Letter) Said() string { return l.GetString("error") }

// Why is for what its rule wrote it.
func (l *Letter) Why() string { return l.GetString("why") }

// Again is the letter that staff sent again with it.
func (l *Letter) Again() string { return l.GetString("again") }

// Args are the slots of the words.
func (l *Letter) Args() (map[string]string, error) {
	args := map[string]string{}
	return args, l.UnmarshalJSONField("args", &args)
}

// newHeld is the row of a letter whose content stays in memory. It is of no use to anybody after until.
func newHeld(app core.App, kind string, to Reader, until time.Time) (*Letter, error) {
	l, err := Outbox.New(app)
	if err != nil {
		return nil, err
	}
	l.Set("dedup_key", held+":"+core.GenerateDefaultRandomId())
	l.Set("kind", kind)
	l.Set("class", string(notice.Transactional))
	l.Set("user", to.ID)
	l.Set("address", to.Address)
	l.Set("locale", string(to.Lang))
	l.Set("secret_kind", held)
	l.Set("not_before", until)
	l.Set("next_at", until)
	return l, nil
}

// newAgain is the row of a letter like another one, due now.
func newAgain(tx core.App, old *Letter, dedup string, now time.Time) (*Letter, error) {
	l, err := Outbox.New(tx)
	if err != nil {
		return nil, err
	}
	for _, column := range []string{
		"kind", "class", "user", "address", "locale", "args", "link", "secret_kind", "secret_id", "event", "useful_until", "calendar", "why",
	} {
		l.Set(column, old.Get(column))
	}
	l.Set("dedup_key", dedup)
	l.Set("again", old.Id)
	l.Set("not_before", now)
	l.Set("next_at", now)
	return l, nil
}

// setTaken notes under which key it is handed over, and until when whoever took it must have marked it.
func (l *Letter) setTaken(key string, until time.Time) {
	l.Set("attempts", l.Attempts()+1)
	l.Set("batch", key)
	l.Set("next_at", until)
}

func (l *Letter) setSent(provider string, now time.Time) {
	l.Set("sent_at", now)
	l.Set("provider_id", provider)
	l.setTrouble("", "")
}

// setNext puts it off.
func (l *Letter) setNext(at time.Time) { l.Set("next_at", at) }

// setWaiting puts it off without counting the attempt: the carrier has not looked at it.
func (l *Letter) setWaiting(until time.Time) {
	l.Set("attempts", l.Attempts()-1)
	l.setNext(until)
}

// setDigest notes the letter that it becomes part of.
func (l *Letter) setDigest(id string) { l.Set("digest", id) }

// setKey says under which key it is asked for again; "" lets the next attempt be one of its own.
func (l *Letter) setKey(key string) { l.Set("batch", key) }

// setArrived notes that the carrier did take it, and when the reader's mail server did; zero is not that we know.
func (l *Letter) setArrived(delivered, now time.Time) {
	if l.SentAt().IsZero() {
		l.Set("sent_at", now)
	}
	if !delivered.IsZero() {
		l.Set("delivered_at", delivered)
	}
}

// setTrouble notes what was in its way: a code that has words, and what was said.
func (l *Letter) setTrouble(code, said string) {
	l.Set("trouble", code)
	l.Set("error", shortened(said))
}

func shortened(said string) string {
	said = vn.WithoutUnseen(said)
	if runes := []rune(said); len(runes) > longestTrouble {
		return string(runes[:longestTrouble])
	}
	return said
}

// longestTrouble bounds what a mail server may tell us of its day.
const longestTrouble = 300
