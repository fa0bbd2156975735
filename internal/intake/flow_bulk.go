package intake

import (
	"net/url"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/judging"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Bulk is one act on many cards of a board: those that are named, or those that a filter finds, a batch at a time.
type Bulk struct {
	Act      string          `json:"act"`       // move, owner, proposal, ask, assign
	Cards    []string        `json:"cards"`     // ids of screenings
	Filter   *string         `json:"filter"`    // a query as SiftOf reads it, instead of cards
	After    string          `json:"after"`     // where the batch before ended
	Batch    string          `json:"batch"`     // what the batch before answered, so that all are undone as one
	To       lifecycle.State `json:"to"`        // of move
	Owner    *string         `json:"owner"`     // of owner; me is whoever asks
	Proposal *Proposal       `json:"proposal"`  // of proposal
	Question string          `json:"question"`  // of ask
	AnswerBy time.Time       `json:"answer_by"` // of ask
	Judges   []string        `json:"judges"`    // of assign
}

// Bulked is what became of a batch.
type Bulked struct {
	Batch   string    `json:"batch"`
	Done    int       `json:"done"`
	Refused []NotDone `json:"refused"`
	Next    string    `json:"next"` // where the next batch begins; "" at the end
	Undo    bool      `json:"undo"` // whether the act can be undone
}

// NotDone is a card on which an act was refused, and why.
type NotDone struct {
	Card  string `json:"card"`
	Title string `json:"title"`
	Code  string `json:"code"`
}

// batch is how many cards are changed in one transaction: others wait for the database no longer than a moment.
const batch = 100

var bulkActs = []string{"move", "owner", "proposal", "ask", "assign"}

// Many does one thing to a batch of cards, in one transaction. What is refused of one card is listed and leaves the others
// done. Staff over the intake. Errors: record.not_found, bulk.act, bulk.many, bulk.nothing.
func Many(app core.App, by access.Actor, id string, b Bulk, now time.Time) (done *Bulked, err error) {
	i, r, err := boardFor(app, by, id)
	if err != nil {
		return nil, err
	}
	switch {
	case !slices.Contains(bulkActs, b.Act):
		return nil, fault.Field("act", "bulk.act")
	case len(b.Cards) > batch:
		return nil, fault.Field("cards", "bulk.many")
	case len(b.Cards) == 0 && b.Filter == nil:
		return nil, fault.Field("cards", "bulk.nothing")
	}
	if b.Owner != nil && *b.Owner == "me" {
		b.Owner = &by.ID
	}
	err = app.RunInTransaction(func(tx core.App) error {
		done = &Bulked{Refused: []NotDone{}}
		targets, next, err := b.targets(tx, by, i, r)
		if err != nil {
			return err
		}
		done.Next = next
		var changed []changedCard
		for _, t := range targets {
			was, err := b.one(tx, by, i, t, now)
			if f := fault.As(err); f != nil {
				done.Refused = append(done.Refused, NotDone{t.Card, t.Title, f.Code})
				continue
			}
			if err != nil {
				return err
			}
			done.Done++
			if was != nil {
				changed = append(changed, *was)
			}
		}
		return b.remember(tx, by, i, changed, done, now)
	})
	return done, err
}

// targets are the cards of this batch. One that is not there, or not for these eyes, is refused as not there.
func (b Bulk) targets(tx core.App, by access.Actor, i *Intake, r reader) (some []target, next string, err error) {
	if b.Filter == nil {
		return namedCards(tx, i.Id, r, b.Cards)
	}
	query, err := url.ParseQuery(*b.Filter)
	if err != nil {
		return nil, "", fault.Field("filter", "list.after")
	}
	return siftedCards(tx, i.Id, r, SiftOf(query, by), b.After, batch)
}

// one does the act to one card, wholly or not at all, and says what it changed; nil for what cannot be undone or was so.
func (b Bulk) one(tx core.App, by access.Actor, i *Intake, t target, now time.Time) (was *changedCard, err error) {
	if t.Application == "" {
		return nil, fault.NotFound("record.not_found")
	}
	err = wholly(tx, func() error {
		s, err := Screenings.Find(tx, t.Card)
		if err != nil {
			return err
		}
		was = &changedCard{Card: s.Id}
		switch b.Act {
		case "move":
			was.Column = s.Status()
			s, err = Move(tx, by, s.Id, b.To, now)
		case "owner":
			owner := s.Owner()
			was.Owner = &owner
			s, err = Jot(tx, by, s.Id, Card{Owner: b.Owner}, 0, now)
		case "proposal":
			proposal := s.Proposal()
			was.Proposal = &proposal
			s, err = Jot(tx, by, s.Id, Card{Proposal: b.Proposal}, 0, now)
		case "ask":
			_, err = Ask(tx, by, t.Application, b.Question, b.AnswerBy, now)
			was = nil
		case "assign":
			was.Seats, err = b.seat(tx, by, i, t, now)
		}
		if err == nil && was != nil {
			was.Rev = s.Rev()
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if was != nil && was.Rev == t.Rev && b.Act != "assign" {
		return nil, nil //nolint:nilnil // it was so before: nothing was changed, and nothing will be undone
	}
	return was, nil
}

// seat asks judges to judge one application. The first refusal is that of the card.
func (b Bulk) seat(tx core.App, by access.Actor, i *Intake, t target, now time.Time) ([]seated, error) {
	before, err := seatsOf(tx, t.Application, b.Judges)
	if err != nil {
		return nil, err
	}
	asked, refused, err := Assign(tx, by, i.Id, []string{t.Application}, b.Judges, now)
	switch {
	case err != nil:
		return nil, err
	case asked == 0 && len(refused) > 0:
		return nil, fault.Conflict(refused[0].Code)
	}
	after, err := seatsOf(tx, t.Application, b.Judges)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(after, func(s seated) bool {
		return slices.ContainsFunc(before, func(o seated) bool { return o.Assignment == s.Assignment })
	}), nil
}

// remember keeps what was changed under the act that the batch belongs to. Error: record.not_found for another's act.
func (b Bulk) remember(tx core.App, by access.Actor, i *Intake, changed []changedCard, done *Bulked, now time.Time) error {
	done.Batch = b.Batch
	if b.Batch == "" && len(changed) == 0 {
		return nil
	}
	if b.Batch == "" {
		act, err := newBulkAct(tx, i.Id, by.ID, b.Act, now)
		if err != nil {
			return err
		}
		act.remember(changed)
		done.Undo = true
		if err := tx.Save(act); err != nil {
			return err
		}
		done.Batch = act.Id
		return nil
	}
	act, err := BulkActs.Find(tx, b.Batch)
	if err != nil {
		return err
	}
	if act.ByID() != by.ID || act.IntakeID() != i.Id || act.Act() != b.Act || !act.UndoneAt().IsZero() {
		return fault.NotFound("record.not_found")
	}
	all, err := act.changes()
	if err != nil {
		return err
	}
	act.remember(append(all, changed...))
	done.Undo = true
	return tx.Save(act)
}

// undoFor is how long an act on many cards can be undone.
const undoFor = 24 * time.Hour

// Undo takes back what one act changed, card by card, the latest first: exactly that, and not on a card that has moved since. A
// long one takes several batches: as long as Next is not "", there is more. Whoever did it, within a day, once. Errors: record.not_found, bulk.undone, bulk.late.
func Undo(app core.App, by access.Actor, id string, now time.Time) (done *Bulked, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		done = &Bulked{Batch: id, Refused: []NotDone{}}
		act, err := BulkActs.Find(tx, id)
		if err != nil {
			return err
		}
		if err := access.MayKeep(by, act.ByID()); err != nil {
			return err
		}
		if _, _, err := boardFor(tx, by, act.IntakeID()); err != nil {
			return err
		}
		switch {
		case !act.UndoneAt().IsZero():
			return fault.Conflict("bulk.undone")
		case now.Sub(act.At()) > undoFor:
			return fault.Gone("bulk.late")
		}
		all, err := act.changes()
		if err != nil {
			return err
		}
		rest := all[:max(0, len(all)-batch)]
		for _, was := range slices.Backward(all[len(rest):]) {
			err := wholly(tx, func() error { return was.undo(tx, by, now) })
			if f := fault.As(err); f != nil {
				done.Refused = append(done.Refused, NotDone{was.Card, titleOn(tx, was.Card), f.Code})
				continue
			}
			if err != nil {
				return err
			}
			done.Done++
		}
		act.remember(rest)
		if len(rest) > 0 {
			done.Next = "more"
		} else {
			act.undone(now)
		}
		return tx.Save(act)
	})
	return done, err
}

func (c changedCard) undo(tx core.App, by access.Actor, now time.Time) error {
	s, err := Screenings.Find(tx, c.Card)
	switch {
	case err != nil:
		return err
	case c.Seats == nil && s.Rev() != c.Rev:
		return fault.Conflict("bulk.moved_since")
	case c.Column != "":
		_, err = Move(tx, by, s.Id, c.Column, now)
	case c.Owner != nil || c.Proposal != nil:
		_, err = Jot(tx, by, s.Id, Card{Owner: c.Owner, Proposal: c.Proposal}, s.Rev(), now)
	}
	for _, seat := range c.Seats {
		if err := mayScreen(tx, by, s); err != nil {
			return err
		}
		a, err := judging.Assignments.Find(tx, seat.Assignment)
		if err != nil {
			return err
		}
		if record.Rev(a) != seat.Rev {
			return fault.Conflict("bulk.moved_since")
		}
		if err := judging.AssignmentLife.Fire(tx, a, "revoke", by, now); err != nil {
			return err
		}
	}
	return err
}
