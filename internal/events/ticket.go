package events

import (
	"encoding/json"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// Tickets are the seats that somebody ordered: one row for each, from the first moment. They are never deleted.
var Tickets = record.Of[Ticket]("tickets")

// Ticket is one of them.
type Ticket struct{ core.BaseRecordProxy }

// The states of a ticket. Who has come in is no state: the scans say so.
const (
	TicketHeld      lifecycle.State = "held"
	TicketValid     lifecycle.State = "valid"
	TicketSuspended lifecycle.State = "suspended"
	TicketVoid      lifecycle.State = "void"
)

// TicketLife is every legal move of a ticket. What an order's own move does to its tickets is told in the order's entry of the
// journal; a ticket that moves alone has an entry of its own.
var TicketLife = lifecycle.Table{
	Collection: Tickets.Collection,
	Start:      TicketHeld,
	Ends:       []lifecycle.State{TicketVoid},
	Moves: []lifecycle.Move{
		lifecycle.Moved("ticket", "issue", TicketValid, TicketHeld),
		lifecycle.Moved("ticket", "void", TicketVoid, TicketHeld, TicketValid, TicketSuspended),
		lifecycle.Moved("ticket", "suspend", TicketSuspended, TicketValid),
		lifecycle.Moved("ticket", "restore", TicketValid, TicketSuspended),
	},
}

// Status is where the ticket stands.
func (k *Ticket) Status() lifecycle.State { return lifecycle.State(k.GetString("status")) }

// Code is what people call it.
func (k *Ticket) Code() string { return k.GetString("code") }

// OrderID is the order it belongs to.
func (k *Ticket) OrderID() string { return k.GetString("order") }

// EventID is what it lets in to.
func (k *Ticket) EventID() string { return k.GetString("event") }

// TypeID is its kind.
func (k *Ticket) TypeID() string { return k.GetString("type") }

// HolderName is who comes with it, or empty.
func (k *Ticket) HolderName() string { return k.GetString("holder_name") }

// HolderEmail is where they are reached, or empty.
func (k *Ticket) HolderEmail() string { return k.GetString("holder_email") }

// Price is what it cost, tax included.
func (k *Ticket) Price() Dong { return int64(k.GetInt("price_vnd")) }

// VAT is the tax in it.
func (k *Ticket) VAT() Dong { return int64(k.GetInt("vat_vnd")) }

// Generation counts what it was printed as: of an older one the door says that it no longer holds.
func (k *Ticket) Generation() int { return k.GetInt("generation") }

// VoidedAt is when it ended; zero is not.
func (k *Ticket) VoidedAt() time.Time { return k.GetDateTime("voided_at").Time() }

// Answers are what its holder said to the questions of its type: a text, a list of texts, or true.
func (k *Ticket) Answers() map[string]any {
	all := map[string]any{}
	if json.Unmarshal([]byte(k.GetString("answers")), &all) != nil || all == nil {
		return map[string]any{}
	}
	return all
}

// Live says whether it takes a seat.
func (k *Ticket) Live() bool { return k.Status() != TicketVoid }

// Holder is who comes with a ticket, and what they answered.
type Holder struct {
	Ticket  string         `json:"ticket"` // its id
	Name    string         `json:"name"`
	Email   string         `json:"email"`
	Answers map[string]any `json:"answers"`
}

func (k *Ticket) setHolder(h Holder) {
	k.Set("holder_name", h.Name)
	k.Set("holder_email", h.Email)
	if h.Answers != nil {
		k.Set("answers", h.Answers)
	}
	k.Set("search_key", shortened(vn.Fold(h.Name+" "+h.Email+" "+k.Code()), 500))
}

// again describes a ticket of the same kind for the same holder, held and not yet stored.
func (k *Ticket) again(app core.App, code string) (*Ticket, error) {
	anew, err := Tickets.New(app)
	if err != nil {
		return nil, err
	}
	for name, value := range map[string]any{
		"code": code, "order": k.OrderID(), "event": k.EventID(), "type": k.TypeID(), "price_vnd": k.Price(), "vat_vnd": k.VAT(), "generation": 1,
	} {
		anew.Set(name, value)
	}
	anew.setHolder(Holder{Name: k.HolderName(), Email: k.HolderEmail(), Answers: k.Answers()})
	return anew, nil
}

// renew makes what was printed of it worthless.
func (k *Ticket) renew() { k.Set("generation", k.Generation()+1) }

func (k *Ticket) setVoided(now time.Time) { k.Set("voided_at", now) }

// sameRoots says whether both are the same ticket at the same price.
func (k *Ticket) sameRoots(was *Ticket) bool {
	return k.Code() == was.Code() && k.OrderID() == was.OrderID() && k.EventID() == was.EventID() && k.TypeID() == was.TypeID() &&
		k.Price() == was.Price() && k.VAT() == was.VAT()
}
