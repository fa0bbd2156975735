package intake

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// GiveTicket lets a file that is about to be sent arrive after the deadline, and its application be handed in with it. Whoever
// may write the application, in the last fifteen minutes before its deadline; it holds for fifteen after. Asked for the same
// file again it is the same ticket. Errors: record.not_found, intake.not_open, application.frozen, file.none,
// ticket.too_early, ticket.used.
func GiveTicket(app core.App, by access.Actor, id string, on Sending, now time.Time) (*Ticket, error) {
	var t *Ticket
	_, err := record.Change(app, Applications, id, func(tx core.App, a *Application) error {
		if err := mayHold(tx, by, a); err != nil {
			return err
		}
		q, err := fileQuestion(tx, a, on.Question)
		if err != nil {
			return err
		}
		on.Question = q.Key
		if t, err = ticketOf(tx, a.Id); err != nil {
			return err
		}
		if t != nil {
			if !t.admits(on) {
				return fault.Conflict("ticket.used")
			}
			return nil
		}
		until, err := deadline(tx, a.IntakeID(), a.Id)
		switch {
		case err != nil:
			return err
		case !a.in(ApplicationDraft, ApplicationSubmitted):
			return fault.Conflict("application.frozen") // an answer has a day of its own
		case now.Before(until.Add(-onTheWay)):
			return fault.Conflict("ticket.too_early")
		}
		if err := mustTake(tx, a, now); err != nil {
			return err
		}
		if t, err = newTicket(tx, a.Id, on, by.ID, now, until); err != nil {
			return err
		}
		if err := tx.Save(t); err != nil {
			return fmt.Errorf("give a ticket to %s: %w", a.Id, err)
		}
		return lifecycle.Note(tx, by, now, Tickets.Collection, t.Id, "give", lifecycle.With(map[string]any{"application": a.Id, "until": t.Until()}))
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

// mayAttach permits to send a file: as mayWrite, and after the deadline for the one file of the ticket.
func mayAttach(tx core.App, by access.Actor, a *Application, on Sending, now time.Time) error {
	late := mayWrite(tx, by, a, now)
	if fault.Code(late) != "intake.not_open" {
		return late
	}
	t, err := ticketAt(tx, a, now)
	if err != nil || t != nil && t.admits(on) {
		return err
	}
	return late
}

// mustHandIn refuses what comes after its deadline, unless a ticket holds. Error: intake.not_open.
func mustHandIn(tx core.App, a *Application, now time.Time) error {
	late := mustTake(tx, a, now)
	if fault.Code(late) != "intake.not_open" {
		return late
	}
	t, err := ticketAt(tx, a, now)
	if err != nil || t != nil {
		return err
	}
	return late
}

// ticketAt is the ticket of an application if it holds at now, in an intake that is not called off; else nil.
func ticketAt(tx core.App, a *Application, now time.Time) (*Ticket, error) {
	t, err := ticketOf(tx, a.Id)
	if err != nil || !t.holds(now) {
		return nil, err
	}
	i, err := Intakes.Find(tx, a.IntakeID())
	if err != nil || !i.in(IntakePublished, IntakeOpen, IntakeClosed) {
		return nil, err
	}
	return t, nil
}
