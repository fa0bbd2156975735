package events

import (
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// handIn takes who orders, who comes and how it is paid. What was handed in already stays as it is: a second click changes nothing.
func handIn(e *core.RequestEvent, o *Order, s said, now time.Time) error {
	if o.Status() != OrderCart {
		return nil
	}
	tickets, err := TicketsOf(e.App, o.Id)
	if err != nil {
		return err
	}
	buyer := Buyer{Name: s.Name, Email: s.Email, Phone: s.Phone, Provider: s.Provider}
	if s.Wants {
		bill := s.Bill
		buyer.Invoice = &bill
	}
	holders := make([]Holder, 0, len(tickets))
	for i, k := range tickets {
		y, err := Types.Find(e.App, k.TypeID())
		if err != nil {
			return err
		}
		h := Holder{Ticket: k.Id, Name: s.Names[k.Id], Answers: map[string]any{}}
		if i == 0 && s.Mine {
			h.Name, h.Email = s.Name, s.Email
		}
		for _, q := range y.Questions() {
			if a := answered(q, s.Answers["q."+k.Id+"."+q.Key]); a != nil {
				h.Answers[q.Key] = a
			}
		}
		holders = append(holders, h)
	}
	_, err = Submit(e.App, o.Id, buyer, holders, now)
	return err
}

// answered is what a form says to a question, as it is stored: a text, a list, or true; nil where nothing was said.
func answered(q Question, values []string) any {
	var some []string
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" {
			some = append(some, v)
		}
	}
	switch {
	case len(some) == 0:
		return nil
	case q.Type == AskConsent:
		return true
	case q.Type == AskMultiple:
		return some
	}
	return some[0]
}
