package housetest

import (
	"bytes"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/startups"
)

// Paper lets somebody hand in a paper of a startup: a PDF of one line.
func Paper(t testing.TB, app core.App, who *core.Record, startup, class string, to startups.Readers, line string, now time.Time) *startups.Document {
	t.Helper()
	raw := Page(line)
	d, err := startups.Receive(app, Actor(t, app, who, now), startup,
		startups.Handing{Class: class, Readers: string(to), Name: line + ".pdf", Size: int64(len(raw))}, bytes.NewReader(raw), now)
	if err != nil {
		t.Fatalf("hand in %s: %v", line, err)
	}
	return d
}

// Records is what a startup keeps with the centre.
type Records struct {
	Deck, Proof, Own *startups.Document // for the team, for the centre, for its admins
	Deal             *startups.Deal
	Equity           *startups.Equity
	Account          *startups.BankAccount
	Recognition      *startups.Recognition
	Funding          *startups.Funding
}

// The words and numbers of Records that only a few may ever read.
const (
	AccountNumber   = "00710000998877"
	AccountHolder   = "CONG TY BI MAT"
	EquityHolder    = "Trần Sáng Lập"
	DealSummary     = "Cần vốn mở xưởng thứ hai"
	FundingInvestor = "Quỹ Ươm Mầm Kín"
	OwnPaper        = "bien ban hop kin"
)

// Recorded keeps something of everything for a startup, by its founder. Nothing is shown to investors yet.
func Recorded(t testing.TB, app core.App, founder *core.Record, startup string, now time.Time) Records {
	t.Helper()
	by, r := Actor(t, app, founder, now), Records{}
	r.Deck = Paper(t, app, founder, startup, "deck", startups.ForTeam, "ban gioi thieu", now)
	r.Proof = Paper(t, app, founder, startup, "certificate", startups.ForCentre, "chung nhan", now)
	r.Own = Paper(t, app, founder, startup, "contract", startups.ForAdmins, OwnPaper, now)
	var err error
	yes, round, summary, target := true, "seed", DealSummary, int64(5_000_000_000)
	r.Deal, err = startups.EditDeal(app, by, startup, startups.DealFields{
		Raising: &yes, Round: &round, Summary: &summary, Target: &target, Deck: &r.Deck.Id,
	}, now)
	Refused(t, err, "")
	r.Equity, err = startups.WriteEquity(app, by, startup, "2026-01-01", []startups.Holder{{Name: EquityHolder, Kind: "founder", Basis: 7000}}, 0, now)
	Refused(t, err, "")
	r.Account, err = startups.AddAccount(app, by, startup, "seed",
		startups.AccountFields{Bank: "Ngân hàng Thử", Holder: AccountHolder, Number: AccountNumber}, now)
	Refused(t, err, "")
	kind, title, number, last := "patent", "Lò nung tiết kiệm", "VN-2026-77", "2027-01-31"
	r.Recognition, err = startups.Claim(app, by, startup, startups.RecognitionFields{
		Type: &kind, Title: &title, Number: &number, ExpiresOn: &last, Document: &r.Proof.Id,
	}, now)
	Refused(t, err, "")
	amount := int64(1_250_000_000)
	r.Funding, err = startups.WriteFunding(app, by, startup, startups.FundingFields{
		Kind: "seed", Amount: &amount, ClosedOn: "2026-06-30", Investors: FundingInvestor,
	}, now)
	Refused(t, err, "")
	return r
}
