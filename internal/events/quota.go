package events

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Quotas count the seats of events.
var Quotas = record.Of[Quota]("quotas")

// Quota is a number of seats, and how many of them are held and sold.
type Quota struct{ core.BaseRecordProxy }

// EventID is whose seats they are.
func (q *Quota) EventID() string { return q.GetString("event") }

// Name is what staff call it.
func (q *Quota) Name() string { return q.GetString("name") }

// Size is how many seats there are; it says nothing where they are unlimited.
func (q *Quota) Size() int { return q.GetInt("size") }

// Unlimited says whether there are as many seats as people come.
func (q *Quota) Unlimited() bool { return q.GetBool("unlimited") }

// Held is how many seats are in carts, or wait for approval or for money.
func (q *Quota) Held() int { return q.GetInt("held") }

// Sold is how many seats have a ticket that is valid or suspended.
func (q *Quota) Sold() int { return q.GetInt("sold") }

// Overbook says whether somebody let it stand above its size. Nobody buys above it for that.
func (q *Quota) Overbook() bool { return q.GetBool("overbook") }

// Room is how many seats are left; −1 is as many as people come.
func (q *Quota) Room() int {
	if q.Unlimited() {
		return -1
	}
	return max(0, q.Size()-q.Held()-q.Sold())
}

// QuotaTerms are what staff say of a quota; what is nil stays as it is.
type QuotaTerms struct {
	Name      *string `json:"name"`
	Size      *int    `json:"size"`
	Unlimited *bool   `json:"unlimited"`
	Overbook  *bool   `json:"overbook"`
	Rev       int     `json:"rev"`
}

func (q *Quota) write(t QuotaTerms) {
	record.At(q, t.Rev)
	tidyLines(t.Name)
	record.Sent(q, "name", t.Name)
	record.Sent(q, "size", t.Size)
	record.Sent(q, "unlimited", t.Unlimited)
	record.Sent(q, "overbook", t.Overbook)
}

// keepCounts takes the counts of the stored row: only the committer and its verbs change them, and they do so without a save.
func (q *Quota) keepCounts(was *Quota) {
	q.Set("held", was.Held())
	q.Set("sold", was.Sold())
}

// counted describes a quota that is not yet stored.
func counted(app core.App, event string, t QuotaTerms) (*Quota, error) {
	q, err := Quotas.New(app)
	if err != nil {
		return nil, err
	}
	q.Set("event", event)
	q.write(t)
	return q, nil
}
