package events

import (
	"regexp"
	"time"
)

// mostLooks is how many looks one request tells of.
const mostLooks = 100

// nonceForm is what a phone calls a look: it makes the name up, and never twice the same.
var nonceForm = regexp.MustCompile(`^[A-Za-z0-9-]{16,40}$`)

// Look is one look at a ticket, as a phone tells it.
type Look struct {
	Nonce   string    `json:"nonce"`
	Token   string    `json:"token"` // what stood in the QR code
	Code    string    `json:"code"`  // or the code of the ticket, typed or found by a name
	List    string    `json:"list"`
	Kind    string    `json:"kind"` // entry or exit
	At      time.Time `json:"at"`   // by the clock of the phone, set right after the house's
	Seq     int       `json:"seq"`
	Offline bool      `json:"offline"` // the phone has decided already
	Shown   Result    `json:"shown"`   // what it has shown, where it decided
	Forced  bool      `json:"forced"`  // somebody lets them through all the same
}

// Answer is what the house says to a look.
type Answer struct {
	Nonce    string      `json:"nonce"`
	Result   Result      `json:"result"`
	Finding  Result      `json:"finding"` // what the house would have shown, where that is another
	Conflict bool        `json:"conflict"`
	Code     string      `json:"code,omitempty"` // why it was not taken at all; everything else is empty then
	Ticket   *TicketSeen `json:"ticket"`         // nil where there is none
	Entries  int         `json:"entries"`
	FirstAt  time.Time   `json:"first_at"`
	Gate     string      `json:"first_gate"`
}

// TicketSeen is what a door is told of a ticket that was shown to it.
type TicketSeen struct {
	ID      string      `json:"id"`
	Code    string      `json:"code"`
	Name    string      `json:"name"`
	TypeVI  string      `json:"type_vi"`
	TypeEN  string      `json:"type_en"`
	Answers []SeenReply `json:"answers"` // what its holder said to the questions that the door sees
}

// SeenReply is one of them.
type SeenReply struct {
	LabelVI string `json:"label_vi"`
	LabelEN string `json:"label_en"`
	Says    string `json:"says"`
}
