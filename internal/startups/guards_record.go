package startups

import (
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/vn"
)

// deal keeps a deal to its startup, and shows nothing that says nothing or that nobody agreed to show. Errors: startup.rooted,
// deal.amounts, deal.audience, deal.not_raising, deal.no_summary, document.not_here.
func deal(e *core.RecordEvent, was *core.Record) error {
	d := Deals.From(e.Record)
	switch {
	case was != nil && !d.sameOwner(Deals.From(was)):
		return fault.Conflict("startup.rooted")
	case d.Target() < 0, d.MinTicket() < 0, d.Target() != 0 && d.MinTicket() > d.Target():
		return fault.Field("min_ticket_vnd", "deal.amounts")
	case d.Shown() == d.OptedInAt().IsZero(), d.Shown() == (d.OptedInBy() == ""):
		return fault.Field("audience", "deal.audience")
	case d.Shown() && !d.Raising():
		return fault.Field("raising", "deal.not_raising")
	case d.Shown() && d.Summary() == "":
		return fault.Field("summary", "deal.no_summary")
	}
	return paperOf(e.App, "deck", d.DeckID(), d.StartupID(), "")
}

// paperOf refuses a paper that is not the startup's, was taken out, or cannot be read by those who must. "" is no paper.
// Errors: document.not_here, document.not_for_centre.
func paperOf(app core.App, field, id, startup string, to Readers) error {
	if id == "" {
		return nil
	}
	d, err := Documents.Find(app, id)
	switch {
	case fault.Code(err) == "record.not_found", err == nil && (d.StartupID() != startup || d.Removed()):
		return fault.Field(field, "document.not_here")
	case err == nil && to == ForCentre && d.Readers() != ForCentre:
		return fault.Field(field, "document.not_for_centre")
	}
	return err
}

// document keeps a paper what it was, and there for as long as something rests on it: what investors may open is not taken away
// under their eyes, and what staff verified can be looked at again. Errors: document.rooted, document.full, document.in_use.
func document(e *core.RecordEvent, was *core.Record) error {
	d := Documents.From(e.Record)
	if was == nil {
		there, err := liveDocuments(e.App, d.StartupID())
		together := d.Size()
		for _, x := range there {
			together += x.Size()
		}
		if err == nil && (len(there) >= mostDocuments || together > mostKept) {
			return fault.Field("file", "document.full")
		}
		return err
	}
	old := Documents.From(was)
	if old.Removed() || !d.sameRoots(old) {
		return fault.Conflict("document.rooted")
	}
	if !d.Removed() && d.Readers() == old.Readers() {
		return nil
	}
	shown, rests, err := restOn(e.App, d.Id)
	if err == nil && (rests || shown && d.Removed()) {
		return fault.Conflict("document.in_use")
	}
	return err
}

// equity holds a table to a whole: nobody owns nothing, and all together no more than everything. Errors: startup.rooted,
// equity.empty, equity.holder, equity.too_much, equity.twice.
func equity(e *core.RecordEvent, was *core.Record) error {
	q := Equities.From(e.Record)
	if was != nil && !q.sameRoots(Equities.From(was)) {
		return fault.Conflict("startup.rooted")
	}
	holders, err := q.Holders()
	if err != nil {
		return err
	}
	if len(holders) == 0 || len(holders) > mostHolders {
		return fault.Field("holders", "equity.empty")
	}
	sum, seen := 0, map[string]bool{}
	for _, h := range holders {
		name := vn.Fold(h.Name)
		switch {
		case h.Name == "", len([]rune(h.Name)) > 200, !known(holderKinds, h.Kind), h.Basis <= 0, h.Basis > hundred:
			return fault.Field("holders", "equity.holder")
		case seen[name+"/"+h.Kind]:
			return fault.Field("holders", "equity.twice")
		}
		seen[name+"/"+h.Kind] = true
		sum += h.Basis
	}
	if sum > hundred {
		return fault.Field("holders", "equity.too_much")
	}
	return nil
}

// account keeps an account to its startup and its purpose, and refuses one without a sealed number. Error: account.rooted.
func account(e *core.RecordEvent, was *core.Record) error {
	b := BankAccounts.From(e.Record)
	if was != nil && (!b.sameRoots(BankAccounts.From(was)) || BankAccounts.From(was).Removed()) || b.Removed() != (b.sealed() == "") {
		return fault.Conflict("account.rooted")
	}
	return nil
}

// recognition keeps what was checked as it was checked, and its days in order. Errors: recognition.rooted, recognition.checked,
// recognition.days, recognition.twice, recognition.title, recognition.type, document.not_here, document.not_for_centre.
func recognition(e *core.RecordEvent, was *core.Record) error {
	r := Recognitions.From(e.Record)
	switch {
	case r.Title() == "":
		return fault.Field("title", "recognition.title")
	case !known(recognitionTypes, r.Type()):
		return fault.Field("type", "recognition.type")
	case r.IssuedOn() != "" && endOf(r.IssuedOn()).IsZero(), r.ExpiresOn() != "" && endOf(r.ExpiresOn()).IsZero(),
		r.ExpiresOn() != "" && r.IssuedOn() > r.ExpiresOn():
		return fault.Field("expires_on", "recognition.days")
	}
	if was != nil {
		old := Recognitions.From(was)
		still := r.Status() == old.Status()
		switch {
		case r.StartupID() != old.StartupID(), still && !r.sameDecision(old):
			return fault.Conflict("recognition.rooted")
		case r.Status() != RecognitionClaimed && !r.sameClaim(old):
			return fault.Conflict("recognition.checked")
		case !still && r.Status() != RecognitionClaimed: // a paper that was good enough to claim is good enough to revoke
			return nil
		}
	}
	twice, err := sameNumber(e.App, r)
	switch {
	case err != nil:
		return err
	case twice:
		return fault.Field("number", "recognition.twice")
	}
	return paperOf(e.App, "document", r.DocumentID(), r.StartupID(), ForCentre)
}

// funding holds a round to what it says: an amount where one is told and none where it is not, and a correction to one row that
// stands, with a reason. Errors: funding.final, funding.kind, funding.day, funding.amount, funding.no_reason, funding.corrected,
// document.not_here, document.not_for_centre.
func funding(e *core.RecordEvent, was *core.Record) error {
	f := Fundings.From(e.Record)
	switch {
	case was != nil:
		return fault.Conflict("funding.final")
	case !known(fundingKinds, f.Kind()):
		return fault.Field("kind", "funding.kind")
	case endOf(f.ClosedOn()).IsZero():
		return fault.Field("closed_on", "funding.day")
	case f.State() == Given && (f.Amount() <= 0 || f.Amount() > greatest), f.State() != Given && f.Amount() != 0:
		return fault.Field("amount_vnd", "funding.amount")
	case f.Corrects() == "" && f.Void():
		return fault.Conflict("funding.final")
	case f.Corrects() != "" && strings.TrimSpace(f.Reason()) == "":
		return fault.Field("reason", "funding.no_reason")
	}
	if f.Corrects() != "" {
		old, err := Fundings.Find(e.App, f.Corrects())
		if err != nil {
			return err
		}
		again, err := e.App.CountRecords(Fundings.Collection, dbx.HashExp{"corrects": old.Id})
		switch {
		case err != nil:
			return err
		case again > 0, old.Void(), old.StartupID() != f.StartupID():
			return fault.Conflict("funding.corrected")
		}
	}
	return paperOf(e.App, "document", f.DocumentID(), f.StartupID(), ForCentre)
}
