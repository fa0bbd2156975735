package events

import (
	"crypto/subtle"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Types are the kinds of tickets that an event has.
var Types = record.Of[Type]("ticket_types")

// Type is a kind of ticket, with its price.
type Type struct{ core.BaseRecordProxy }

// Dong is money, in whole đồng. There is nothing smaller.
type Dong = int64

// Visibility is to whom a type is shown.
type Visibility string

// To whom types are shown; their words are ticket_visibility.<code>.
const (
	ShownToAll   Visibility = "public"
	ShownByCode  Visibility = "code"  // to whoever knows the code
	ShownToStaff Visibility = "staff" // to nobody: staff give them out
)

// Question is asked of who takes a ticket.
type Question struct {
	Key      string   `json:"key"`
	Type     string   `json:"type"` // text, long, choice, multiple or consent
	LabelVI  string   `json:"label_vi"`
	LabelEN  string   `json:"label_en"`
	Options  []string `json:"options"`
	Required bool     `json:"required"`
	AtDoor   bool     `json:"at_door"` // the door sees the answer
}

// The kinds of questions.
const (
	AskText     = "text"
	AskLong     = "long"
	AskChoice   = "choice"
	AskMultiple = "multiple"
	AskConsent  = "consent"
)

// EventID is whose tickets they are.
func (y *Type) EventID() string { return y.GetString("event") }

// NameVI is what it is called.
func (y *Type) NameVI() string { return y.GetString("name_vi") }

// NameEN is the same in English, or empty.
func (y *Type) NameEN() string { return y.GetString("name_en") }

// NoteVI is what else is to be known of it.
func (y *Type) NoteVI() string { return y.GetString("note_vi") }

// NoteEN is the same in English, or empty.
func (y *Type) NoteEN() string { return y.GetString("note_en") }

// Price is what one costs, tax included; 0 is free.
func (y *Type) Price() Dong { return int64(y.GetInt("price_vnd")) }

// Quotas are those that each ticket takes a seat of, in the order of their ids.
func (y *Type) Quotas() []string {
	ids := y.GetStringSlice("quotas")
	slices.Sort(ids)
	return ids
}

// Least is how many an order has at least, if it has any.
func (y *Type) Least() int { return max(1, y.GetInt("min_per_order")) }

// Most is how many an order has at most; 0 is what an order may hold at all.
func (y *Type) Most() int {
	if most := y.GetInt("max_per_order"); most > 0 {
		return min(most, mostSeats)
	}
	return mostSeats
}

// MaxPerOrder is what staff wrote as the most, 0 where they did not.
func (y *Type) MaxPerOrder() int { return y.GetInt("max_per_order") }

// SalesFrom is from when it can be had; zero is from when the event is shown.
func (y *Type) SalesFrom() time.Time { return y.GetDateTime("sales_from").Time() }

// SalesTo is until when it can be had; zero is until the event ends.
func (y *Type) SalesTo() time.Time { return y.GetDateTime("sales_to").Time() }

// Visibility is to whom it is shown.
func (y *Type) Visibility() Visibility { return Visibility(y.GetString("visibility")) }

// UnlockCode is what shows it, where a code does. Staff alone read it.
func (y *Type) UnlockCode() string { return y.GetString("unlock_code") }

// NeedsApproval says whether staff look at each order of it first.
func (y *Type) NeedsApproval() bool { return y.GetBool("needs_approval") }

// Questions are what is asked of who takes one.
func (y *Type) Questions() []Question { return listed[Question](y.GetString("questions")) }

// Days are the local days, YYYY-MM-DD, on which it lets in; none is every day.
func (y *Type) Days() []string { return listed[string](y.GetString("days")) }

// Position is its place in the list, from the top.
func (y *Type) Position() int { return y.GetInt("position") }

// WithdrawnAt is when it was taken off the list; zero is not.
func (y *Type) WithdrawnAt() time.Time { return y.GetDateTime("withdrawn_at").Time() }

// Withdrawn says whether it is no longer to be had.
func (y *Type) Withdrawn() bool { return !y.WithdrawnAt().IsZero() }

// Unlocks says whether a code is its own, in the time that every code takes. Capitals and blanks do not count.
func (y *Type) Unlocks(code string) bool {
	mine := strings.ToUpper(strings.TrimSpace(y.UnlockCode()))
	return mine != "" && subtle.ConstantTimeCompare([]byte(mine), []byte(strings.ToUpper(strings.TrimSpace(code)))) == 1
}

// TypeTerms are what staff say of a type; what is nil stays as it is.
type TypeTerms struct {
	NameVI        *string     `json:"name_vi"`
	NameEN        *string     `json:"name_en"`
	NoteVI        *string     `json:"note_vi"`
	NoteEN        *string     `json:"note_en"`
	Price         *Dong       `json:"price_vnd"`
	Quotas        *[]string   `json:"quotas"`
	Least         *int        `json:"min_per_order"`
	Most          *int        `json:"max_per_order"`
	SalesFrom     *time.Time  `json:"sales_from"`
	SalesTo       *time.Time  `json:"sales_to"`
	Visibility    *Visibility `json:"visibility"`
	UnlockCode    *string     `json:"unlock_code"`
	NeedsApproval *bool       `json:"needs_approval"`
	Questions     *[]Question `json:"questions"`
	Days          *[]string   `json:"days"`
	Position      *int        `json:"position"`
	Rev           int         `json:"rev"`
}

func (y *Type) write(t TypeTerms) {
	record.At(y, t.Rev)
	tidyLines(t.NameVI, t.NameEN, t.UnlockCode)
	record.Sent(y, "name_vi", t.NameVI)
	record.Sent(y, "name_en", t.NameEN)
	record.Sent(y, "note_vi", t.NoteVI)
	record.Sent(y, "note_en", t.NoteEN)
	record.Sent(y, "price_vnd", t.Price)
	record.Sent(y, "quotas", t.Quotas)
	record.Sent(y, "min_per_order", t.Least)
	record.Sent(y, "max_per_order", t.Most)
	record.Sent(y, "sales_from", t.SalesFrom)
	record.Sent(y, "sales_to", t.SalesTo)
	if t.Visibility != nil {
		y.Set("visibility", string(*t.Visibility))
	}
	record.Sent(y, "unlock_code", t.UnlockCode)
	record.Sent(y, "needs_approval", t.NeedsApproval)
	record.Sent(y, "questions", t.Questions)
	record.Sent(y, "days", t.Days)
	record.Sent(y, "position", t.Position)
}

// setWithdrawn takes it off the list at now, or puts it back at the zero instant.
func (y *Type) setWithdrawn(now time.Time) { y.Set("withdrawn_at", now) }

// sameSeats says whether both draw on the same quotas.
func (y *Type) sameSeats(was *Type) bool { return slices.Equal(y.Quotas(), was.Quotas()) }

// offered describes a type that is not yet stored.
func offered(app core.App, event string, t TypeTerms) (*Type, error) {
	y, err := Types.New(app)
	if err != nil {
		return nil, err
	}
	y.Set("event", event)
	y.Set("visibility", string(ShownToAll))
	y.Set("questions", json.RawMessage("[]"))
	y.Set("days", json.RawMessage("[]"))
	y.write(t)
	return y, nil
}
