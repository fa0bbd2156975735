package startups

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Fundings are the rounds in which startups have raised money. A row never changes and never goes: whoever finds a mistake
// writes another that corrects it, and both can be read.
var Fundings = record.Of[Funding]("funding_rounds")

// Funding is one round, as it was written down once.
type Funding struct{ core.BaseRecordProxy }

// fundingKinds are where money may come from; their words are funding.kind_<code>.
var fundingKinds = []string{"own", "grant", "loan", "pre_seed", "seed", "bridge", "series_a", "series_b", "later", "other"}

// StartupID is who raised it.
func (f *Funding) StartupID() string { return f.GetString("startup") }

// Kind is one of fundingKinds.
func (f *Funding) Kind() string { return f.GetString("kind") }

// State is Given where the amount is told, and Declined where it is not: what is not told is not zero.
func (f *Funding) State() ReadingState { return ReadingState(f.GetString("state")) }

// Amount is how much in đồng, where it is told.
func (f *Funding) Amount() int64 { return int64(f.GetInt("amount_vnd")) }

// ClosedOn is the local day on which it was agreed.
func (f *Funding) ClosedOn() string { return f.GetString("closed_on") }

// Investors says who gave it.
func (f *Funding) Investors() string { return f.GetString("investors") }

// Disclosed says whether the startup lets others be told of it.
func (f *Funding) Disclosed() bool { return f.GetBool("disclosed") }

// DocumentID is the paper that shows it, or empty.
func (f *Funding) DocumentID() string { return f.GetString("document") }

// Corrects is the row that this one stands in the place of, or empty.
func (f *Funding) Corrects() string { return f.GetString("corrects") }

// Void says that there was no such round: the row it corrects was a mistake altogether.
func (f *Funding) Void() bool { return f.GetBool("void") }

// Reason is why it was corrected.
func (f *Funding) Reason() string { return f.GetString("reason") }

// By is who wrote it.
func (f *Funding) By() string { return f.GetString("by") }

// At is when it was written.
func (f *Funding) At() time.Time { return f.GetDateTime("at").Time() }

// FundingFields is what is said of a round.
type FundingFields struct {
	Kind      string `json:"kind"`
	Amount    *int64 `json:"amount_vnd"` // nil: the startup does not tell it
	ClosedOn  string `json:"closed_on"`
	Investors string `json:"investors"`
	Disclosed bool   `json:"disclosed"`
	Document  string `json:"document"`
	Reason    string `json:"reason"` // of a correction
	Void      bool   `json:"void"`   // of a correction: there was no such round
}

// closed describes a round that is not yet stored.
func closed(app core.App, startup, corrects string, said FundingFields, by string, now time.Time) (*Funding, error) {
	f, err := Fundings.New(app)
	if err != nil {
		return nil, err
	}
	f.Set("startup", startup)
	f.Set("kind", said.Kind)
	f.Set("state", string(Declined))
	if said.Amount != nil {
		f.Set("state", string(Given))
		f.Set("amount_vnd", *said.Amount)
	}
	f.Set("closed_on", said.ClosedOn)
	f.Set("investors", said.Investors)
	f.Set("disclosed", said.Disclosed)
	f.Set("document", said.Document)
	f.Set("corrects", corrects)
	f.Set("void", said.Void)
	f.Set("reason", said.Reason)
	f.Set("by", by)
	f.Set("at", now)
	return f, nil
}
