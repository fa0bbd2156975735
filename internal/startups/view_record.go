package startups

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// DealView is a deal as its own people and the centre read it.
type DealView struct {
	Raising   bool       `json:"raising"`
	Round     string     `json:"round"`
	Target    int64      `json:"target_vnd"`     // 0 is not said
	MinTicket int64      `json:"min_ticket_vnd"` // 0 is not said
	Summary   string     `json:"summary"`
	Deck      *PaperView `json:"deck"`
	Audience  Audience   `json:"audience"`
	Selected  []Somebody `json:"selected"`
	OptedInAt *time.Time `json:"opted_in_at"`
	Rev       int        `json:"rev"` // 0: nobody has written it yet
	MayAdmin  bool       `json:"may_admin"`
}

// Somebody is a person by name.
type Somebody struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// PaperView is a paper in an answer.
type PaperView struct {
	ID      string    `json:"id"`
	Class   string    `json:"class"`
	Readers Readers   `json:"readers"`
	Name    string    `json:"name"`
	Kind    string    `json:"kind"`
	Size    int64     `json:"size"`
	At      time.Time `json:"at"`
	By      string    `json:"by"` // a name
	Rev     int       `json:"rev"`
	MayEdit bool      `json:"may_edit"`
}

// OfferView is a deal as an investor reads it: the public side of the card, and what the startup seeks.
type OfferView struct {
	ID        string     `json:"id"` // of the startup
	Slug      string     `json:"slug"`
	Name      string     `json:"name"`
	LineVI    string     `json:"one_liner_vi"`
	LineEN    string     `json:"one_liner_en"`
	Sector    string     `json:"sector"`
	Stage     string     `json:"stage"`
	Area      string     `json:"area"`
	Website   string     `json:"website"`
	Listed    bool       `json:"listed"` // has a page that everybody reads
	Round     string     `json:"round"`
	Target    int64      `json:"target_vnd"`
	MinTicket int64      `json:"min_ticket_vnd"`
	Summary   string     `json:"summary"`
	Deck      *DeckView  `json:"deck"`
	Since     *time.Time `json:"since"`
}

// DeckView is what an investor learns of a paper before opening it.
type DeckView struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
	Size int64  `json:"size"`
}

// AccountView is an account as it is listed: what of it can be shown.
type AccountView struct {
	ID       string    `json:"id"`
	Startup  string    `json:"startup"`
	Purpose  string    `json:"purpose"`
	Bank     string    `json:"bank"`
	Holder   string    `json:"holder"`
	Masked   string    `json:"masked"`   // the last digits; "" when it cannot be opened
	Readable bool      `json:"readable"` // false: it was sealed with a key that is not here
	At       time.Time `json:"at"`
	Rev      int       `json:"rev"`
}

// EquityView is a table of owners in an answer.
type EquityView struct {
	AsOf    string    `json:"as_of"`
	Holders []Holder  `json:"holders"`
	Rest    int       `json:"rest"` // basis points of which nobody is said to be the owner
	At      time.Time `json:"at"`
	Rev     int       `json:"rev"`
}

// RecognitionView is a recognition in an answer.
type RecognitionView struct {
	ID        string `json:"id"`
	Startup   string `json:"startup"`
	Type      string `json:"type"`
	Title     string `json:"title"`
	Number    string `json:"number"`
	Issuer    string `json:"issuer"`
	IssuedOn  string `json:"issued_on"`
	ExpiresOn string `json:"expires_on"`
	Document  string `json:"document"`
	Note      string `json:"note"`
	Reason    string `json:"reason"`
	Status    string `json:"status"`
	Rev       int    `json:"rev"`
}

// FundingView is a round of funding in an answer.
type FundingView struct {
	ID        string    `json:"id"`
	Kind      string    `json:"kind"`
	Amount    *int64    `json:"amount_vnd"` // null: the startup does not tell it
	ClosedOn  string    `json:"closed_on"`
	Investors string    `json:"investors"`
	Disclosed bool      `json:"disclosed"`
	Document  string    `json:"document"`
	Corrects  string    `json:"corrects"`
	Void      bool      `json:"void"`
	Reason    string    `json:"reason"`
	At        time.Time `json:"at"`
}

func (d *Document) view(app core.App) (PaperView, error) {
	name, err := asked(app).Person(app, d.UploadedBy())
	return PaperView{d.Id, d.Class(), d.Readers(), d.Name(), d.Kind(), d.Size(), d.At(), name, record.Rev(d), false}, err
}

func (r *Recognition) view() RecognitionView {
	return RecognitionView{
		r.Id, r.StartupID(), r.Type(), r.Title(), r.Number(), r.Issuer(), r.IssuedOn(), r.ExpiresOn(), r.DocumentID(), r.Note(), r.Reason(),
		string(r.Status()), record.Rev(r),
	}
}

func (f *Funding) view() FundingView {
	v := FundingView{
		ID: f.Id, Kind: f.Kind(), ClosedOn: f.ClosedOn(), Investors: f.Investors(), Disclosed: f.Disclosed(), Document: f.DocumentID(),
		Corrects: f.Corrects(), Void: f.Void(), Reason: f.Reason(), At: f.At(),
	}
	if f.State() == Given {
		amount := f.Amount()
		v.Amount = &amount
	}
	return v
}

func (q *Equity) view() (EquityView, error) {
	holders, err := q.Holders()
	rest := hundred
	for _, h := range holders {
		rest -= h.Basis
	}
	return EquityView{q.AsOf(), holders, rest, q.At(), record.Rev(q)}, err
}

func (b *BankAccount) view(app core.App) AccountView {
	v := AccountView{ID: b.Id, Startup: b.StartupID(), Purpose: b.Purpose(), At: b.At(), Rev: record.Rev(b)}
	if f, err := b.open(asked(app).Seals); err == nil {
		v.Bank, v.Holder, v.Masked, v.Readable = f.Bank, f.Holder, masked(f.Number), true
	}
	return v
}

// dealView is a startup's deal with the names of whom it is shown to.
func dealView(app core.App, d *Deal, mayAdmin bool) (v DealView, err error) {
	v = DealView{
		Raising: d.Raising(), Round: d.Round(), Target: d.Target(), MinTicket: d.MinTicket(), Summary: d.Summary(), Audience: d.Audience(),
		Selected: []Somebody{}, Rev: record.Rev(d), MayAdmin: mayAdmin,
	}
	if at := d.OptedInAt(); !at.IsZero() {
		v.OptedInAt = &at
	}
	for _, id := range d.SelectedIDs() {
		name, err := asked(app).Person(app, id)
		if err != nil {
			return v, err
		}
		v.Selected = append(v.Selected, Somebody{id, name})
	}
	if d.DeckID() == "" {
		return v, nil
	}
	deck, err := Documents.Find(app, d.DeckID())
	if err != nil {
		return v, err
	}
	paper, err := deck.view(app)
	v.Deck = &paper
	return v, err
}

// offerView is a deal as an investor reads it.
func offerView(app core.App, s *Startup, d *Deal) (OfferView, error) {
	v := OfferView{
		ID: s.Id, Slug: s.Slug(), Name: s.Name(), LineVI: s.OneLiner().VI, LineEN: s.OneLiner().EN, Sector: s.Sector(), Stage: s.Stage(),
		Area: s.Area(), Website: s.Website(), Listed: s.Listed(), Round: d.Round(), Target: d.Target(), MinTicket: d.MinTicket(),
		Summary: d.Summary(),
	}
	if at := d.OptedInAt(); !at.IsZero() {
		v.Since = &at
	}
	if d.DeckID() == "" {
		return v, nil
	}
	deck, err := Documents.Find(app, d.DeckID())
	if err != nil {
		return v, err
	}
	v.Deck = &DeckView{deck.Name(), deck.Kind(), deck.Size()}
	return v, nil
}
