package events

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/events/pass"
	"vuon/internal/fault"
)

// doorTicket is a ticket as a phone keeps it: nobody reads a name in it who was not shown the ticket.
type doorTicket struct {
	ID         string      `json:"id"`
	Generation int         `json:"g"`
	Status     string      `json:"s"`
	Type       string      `json:"t"`
	Code       string      `json:"k"` // by which its code finds it
	Lines      []pass.Line `json:"l"` // one for each key that may have signed it
}

// lockedPart is what is locked in a line: the name and what its holder said to the questions that the door sees.
type lockedPart struct {
	Name    string      `json:"n"`
	Code    string      `json:"c"`
	Replies []SeenReply `json:"a"`
}

// ShelvesFor are the tickets that lie on some shelves, for a phone. Errors: device.revoked, device.over.
func ShelvesFor(ctx context.Context, app core.App, d *Device, wanted []int, now time.Time) (map[int][]doorTicket, error) {
	v, err := Events.Find(app, d.EventID())
	if err != nil {
		return nil, err
	}
	if err := d.Serves(v, now); err != nil {
		return nil, err
	}
	if _, _, err := keyOf(app, v, now); err != nil { // an event whose tickets nobody has opened yet
		return nil, err
	}
	signers, err := signersOf(app, v.Id)
	if err != nil {
		return nil, err
	}
	asks, err := doorQuestions(app, v.Id)
	if err != nil {
		return nil, err
	}
	tickets, err := listedTickets(ctx, app, v.Id)
	if err != nil {
		return nil, err
	}
	laid := map[int][]doorTicket{}
	for _, n := range wanted {
		if n < 0 || n >= shelves {
			return nil, fault.Field("shelves", "device.shelf")
		}
		laid[n] = []doorTicket{}
	}
	for _, k := range tickets {
		n := shelfOf(k.ID)
		if _, ok := laid[n]; !ok {
			continue
		}
		t := doorTicket{k.ID, k.Generation, k.Status, k.Type, pass.FindCode(v.Id, k.Code), []pass.Line{}}
		if k.Status == string(TicketValid) || k.Status == string(TicketSuspended) {
			if t.Lines, err = lockedLines(app, signers, k, asks[k.Type]); err != nil {
				return nil, err
			}
		}
		laid[n] = append(laid[n], t)
	}
	return laid, nil
}

// lockedLines lock what a door reads of a ticket once it is shown, for each token that it may be shown by.
func lockedLines(app core.App, signers []signer, k listedTicket, asks []Question) ([]pass.Line, error) {
	plain, err := json.Marshal(lockedPart{k.Name, k.Code, replies(asks, k.Replies)})
	if err != nil {
		return nil, err
	}
	lines := make([]pass.Line, 0, len(signers))
	for _, s := range signers {
		token, err := pass.Sign(s.private, s.key.KID(), k.ID, k.Generation, s.key.NotAfter())
		if err != nil {
			return nil, err
		}
		line, err := pass.Lock(asked(app).Random, token, plain)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// replies are what somebody said to the questions that a door sees, in their order.
func replies(asks []Question, raw string) []SeenReply {
	said := map[string]any{}
	if json.Unmarshal([]byte(raw), &said) != nil {
		return []SeenReply{}
	}
	seen := []SeenReply{}
	for _, q := range asks {
		if text := spoken(said[q.Key]); text != "" {
			seen = append(seen, SeenReply{q.LabelVI, q.LabelEN, text})
		}
	}
	return seen
}

// spoken is an answer as one line.
func spoken(answer any) string {
	switch a := answer.(type) {
	case string:
		return a
	case bool:
		if a {
			return "✓"
		}
	case []any:
		parts := make([]string, 0, len(a))
		for _, one := range a {
			parts = append(parts, fmt.Sprint(one))
		}
		return strings.Join(parts, ", ")
	}
	return ""
}

// doorQuestions are the questions of each type of an event whose answers the door sees.
func doorQuestions(app core.App, event string) (map[string][]Question, error) {
	all, err := Types.All(app, dbx.HashExp{"event": event})
	if err != nil {
		return nil, err
	}
	asks := map[string][]Question{}
	for _, y := range all {
		asks[y.Id] = slices.DeleteFunc(y.Questions(), func(q Question) bool { return !q.AtDoor })
	}
	return asks, nil
}
