package startups

import (
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Equities say who owns a startup: one table for a day on which it held. The record API shows them to nobody.
var Equities = record.Of[Equity]("startup_equity")

// Equity is who owned a startup on one day.
type Equity struct{ core.BaseRecordProxy }

// hundred is a hundred per cent in basis points.
const hundred = 10_000

// mostHolders is how many lines a table may have.
const mostHolders = 60

// holderKinds are what an owner may be; their words are equity.kind_<code>.
var holderKinds = []string{"founder", "employee", "investor", "organisation", "pool", "other"}

// Holder is one owner and their part.
type Holder struct {
	Name  string `json:"name"`
	Kind  string `json:"kind"`
	Basis int    `json:"bp"` // basis points: a hundredth of a per cent
}

// StartupID is whose table it is.
func (q *Equity) StartupID() string { return q.GetString("startup") }

// AsOf is the local day on which it held.
func (q *Equity) AsOf() string { return q.GetString("as_of") }

// By is who wrote it down.
func (q *Equity) By() string { return q.GetString("by") }

// At is when it was written down.
func (q *Equity) At() time.Time { return q.GetDateTime("at").Time() }

// Holders are the owners, as they were written.
func (q *Equity) Holders() ([]Holder, error) {
	var all []Holder
	err := q.UnmarshalJSONField("holders", &all)
	return all, err
}

func (q *Equity) write(holders []Holder, rev int, by string, now time.Time) {
	record.At(q, rev)
	all := make([]Holder, 0, len(holders))
	for _, h := range holders {
		all = append(all, Holder{strings.Join(strings.Fields(h.Name), " "), h.Kind, h.Basis})
	}
	q.Set("holders", all)
	q.Set("by", by)
	q.Set("at", now)
}

func (q *Equity) sameRoots(was *Equity) bool {
	return q.StartupID() == was.StartupID() && q.AsOf() == was.AsOf()
}

// owned describes a table that is not yet stored.
func owned(app core.App, startup, asOf string) (*Equity, error) {
	q, err := Equities.New(app)
	if err != nil {
		return nil, err
	}
	q.Set("startup", startup)
	q.Set("as_of", asOf)
	return q, nil
}
