package startups

import (
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Deals are what startups seek from investors. The record API shows them to nobody; an investor reads one through its route
// alone, and only while the startup wants it.
var Deals = record.Of[Deal]("startup_deal")

// Deal is what one startup seeks, and to whom it is shown.
type Deal struct{ core.BaseRecordProxy }

// Audience is who may read a deal beside the startup's people and the centre.
type Audience string

// The audiences.
const (
	Nobody   Audience = "none"
	Selected Audience = "selected"           // the investors whom the startup has named
	Verified Audience = "verified_investors" // everybody who is an investor by the centre's word
)

// mostSelected is how many investors a startup may name.
const mostSelected = 100

// StartupID is whose deal it is.
func (d *Deal) StartupID() string { return d.GetString("startup") }

// Raising says whether the startup seeks money now.
func (d *Deal) Raising() bool { return d.GetBool("raising") }

// Round is the kind of round that it seeks, or empty; the schema holds the kinds, their words are deal.round_<code>.
func (d *Deal) Round() string { return d.GetString("round") }

// Target is how much is sought in đồng; 0 is not said.
func (d *Deal) Target() int64 { return int64(d.GetInt("target_vnd")) }

// MinTicket is the least that one investor may give in đồng; 0 is not said.
func (d *Deal) MinTicket() int64 { return int64(d.GetInt("min_ticket_vnd")) }

// Summary says in a page why.
func (d *Deal) Summary() string { return d.GetString("summary") }

// DeckID is the paper that investors may open, or empty.
func (d *Deal) DeckID() string { return d.GetString("deck") }

// Audience is who may read it.
func (d *Deal) Audience() Audience { return Audience(d.GetString("audience")) }

// SelectedIDs are the investors whom the startup has named.
func (d *Deal) SelectedIDs() []string { return d.GetStringSlice("selected") }

// OptedInAt is since when it is shown; zero is not.
func (d *Deal) OptedInAt() time.Time { return d.GetDateTime("opted_in_at").Time() }

// OptedInBy is who of the startup said so.
func (d *Deal) OptedInBy() string { return d.GetString("opted_in_by") }

// Shown says whether the startup wants investors to read it.
func (d *Deal) Shown() bool { return d.Audience() == Selected || d.Audience() == Verified }

// shownTo says whether the startup wants this very investor to read it.
func (d *Deal) shownTo(investor string) bool {
	return d.Audience() == Verified || d.Audience() == Selected && slices.Contains(d.SelectedIDs(), investor)
}

// DealFields is what admins of a startup may write of its deal.
type DealFields struct {
	Raising   *bool   `json:"raising"`
	Round     *string `json:"round"`
	Target    *int64  `json:"target_vnd"`
	MinTicket *int64  `json:"min_ticket_vnd"`
	Summary   *string `json:"summary"`
	Deck      *string `json:"deck"`
	Rev       int     `json:"rev"`
}

func (d *Deal) write(f DealFields) {
	record.At(d, f.Rev)
	record.Sent(d, "raising", f.Raising)
	record.Sent(d, "round", f.Round)
	record.Sent(d, "target_vnd", f.Target)
	record.Sent(d, "min_ticket_vnd", f.MinTicket)
	record.Sent(d, "summary", f.Summary)
	record.Sent(d, "deck", f.Deck)
}

// show and hide say who may read it. The investors who were named stay named: a startup that comes back need not choose anew.
func (d *Deal) show(to Audience, selected []string, by string, now time.Time) {
	d.Set("audience", string(to))
	d.Set("selected", selected)
	d.Set("opted_in_at", now)
	d.Set("opted_in_by", by)
}

func (d *Deal) hide() {
	d.Set("audience", string(Nobody))
	d.Set("opted_in_at", "")
	d.Set("opted_in_by", "")
}

func (d *Deal) sameOwner(was *Deal) bool { return d.StartupID() == was.StartupID() }

// unsaid describes a deal that nobody has written yet.
func unsaid(app core.App, startup string) (*Deal, error) {
	d, err := Deals.New(app)
	if err != nil {
		return nil, err
	}
	d.Set("startup", startup)
	d.Set("audience", string(Nobody))
	return d, nil
}
