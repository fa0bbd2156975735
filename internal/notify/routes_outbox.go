package notify

import (
	"net/http"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/web"
)

// entry is one letter of the mail log. What it said is not part of it.
type entry struct {
	ID          string     `json:"id"`
	Kind        string     `json:"kind"`
	Class       string     `json:"class"`
	Status      string     `json:"status"`
	User        string     `json:"user"`
	Name        string     `json:"name"`
	Address     string     `json:"address"`
	Attempts    int        `json:"attempts"`
	At          time.Time  `json:"at"`
	NextAt      *time.Time `json:"next_at"`      // null when nothing is to happen any more
	SentAt      *time.Time `json:"sent_at"`      // null when it did not go
	DeliveredAt *time.Time `json:"delivered_at"` // null when nobody has told
	Why         string     `json:"why"`          // for what it was written
	Trouble     string     `json:"trouble"`      // code of what was in the way, with words under letter.trouble_
	Error       string     `json:"error"`        // what the carrier said
	Again       string     `json:"again"`        // the letter that it repeats
	Digest      string     `json:"digest"`       // the letter that it is part of
	Zalo        string     `json:"zalo"`         // what it says as text to paste, without a secret; "" for a code
	MayAgain    bool       `json:"may_again"`    // staff may send it again, as far as can be seen without looking for the reader
}

// showOutbox answers staff with the mail log: ?q= &status= &after= &limit= &format=csv.
func showOutbox(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MayWork(by); err != nil {
		return err
	}
	post, err := of(e.App)
	if err != nil {
		return err
	}
	ask := web.Asked(e)
	list, err := letters(e.App, ask, e.Request.URL.Query().Get("status"))
	if err != nil {
		return err
	}
	list, next := web.Cut(list, ask.Limit, func(l *Letter) string { return l.Id })
	said, err := post.speech(e.App)
	if err != nil {
		return err
	}
	rows := make([]entry, len(list))
	for i, l := range list {
		if rows[i], err = post.entryOf(e.App, said, l, now); err != nil {
			return err
		}
	}
	if !ask.CSV {
		return e.JSON(http.StatusOK, web.ListOf(rows, next))
	}
	table := make([][]string, len(rows))
	for i, r := range rows {
		table[i] = []string{
			r.ID, r.Kind, r.Class, r.Status, r.Name, r.Address, r.At.Format(time.RFC3339), instantOf(r.SentAt), instantOf(r.DeliveredAt),
			strconv.Itoa(r.Attempts), r.Trouble, r.Error, r.Why,
		}
	}
	return web.CSV(e, "mail.csv", []string{
		"id", "kind", "class", "status", "name", "address", "written_at", "sent_at", "delivered_at", "attempts", "trouble", "said", "why",
	}, table)
}

func (p *Post) entryOf(app core.App, said speech, l *Letter, now time.Time) (entry, error) {
	to, err := p.readerOf(app, l)
	if err != nil {
		return entry{}, err
	}
	zalo, err := p.pastedLetter(app, said, l, to.Lang)
	if err != nil {
		return entry{}, err
	}
	row := entry{
		ID: l.Id, Kind: l.Kind(), Class: string(l.Class()), Status: string(l.Status()), User: l.User(), Name: to.Name, Address: to.Address,
		Attempts: l.Attempts(), At: l.Written(), SentAt: maybe(l.SentAt()), DeliveredAt: maybe(l.DeliveredAt()), Why: l.Why(),
		Trouble: l.Trouble(), Error: l.Said(), Again: l.Again(), Digest: l.Digest(), Zalo: zalo, MayAgain: l.repeatable(now) == nil,
	}
	if l.Status() == LetterQueued {
		row.NextAt = maybe(l.Next())
	}
	return row, nil
}

func instantOf(at *time.Time) string {
	if at == nil {
		return ""
	}
	return at.Format(time.RFC3339)
}

func sendAgain(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	l, err := Again(e.App, by, e.Request.PathValue("id"), now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]string{"id": l.Id, "status": string(l.Status())})
}

// showWaiting tells staff what waits in the outbox.
func showWaiting(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MayWork(by); err != nil {
		return err
	}
	waits, err := BacklogAt(e.App, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, waits)
}

// shut is one address to which no mail goes.
type shut struct {
	ID      string    `json:"id"`
	Address string    `json:"address"`
	Reason  string    `json:"reason"`
	Detail  string    `json:"detail"`
	At      time.Time `json:"at"`
}

// showClosed answers staff with the addresses to which no mail goes: ?q= &after= &limit=.
func showClosed(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MayWork(by); err != nil {
		return err
	}
	ask := web.Asked(e)
	list, err := closed(e.App, ask)
	if err != nil {
		return err
	}
	list, next := web.Cut(list, ask.Limit, func(s *Suppression) string { return s.Id })
	rows := make([]shut, len(list))
	for i, s := range list {
		rows[i] = shut{s.Id, s.Address(), s.Reason(), s.Detail(), s.At()}
	}
	return e.JSON(http.StatusOK, web.ListOf(rows, next))
}

func liftOne(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	s, err := Lift(e.App, by, e.Request.PathValue("id"), now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"id": s.Id, "lifted_at": s.LiftedAt()})
}
