package demo

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"vuon/internal/fault"
	"vuon/internal/startups"
	"vuon/internal/vn"
)

// kept is what a few startups keep with the centre and show to few. The founder's own has something of everything: papers, a deal
// that all investors see, owners, a bank account, a recognition that staff have checked and one that soon ends, rounds of funding
// and a correction. One of the others shows its deal to one investor alone.
func (g *garden) kept() []happening {
	all := []happening{{g.ago(24, 9, 20), func(at time.Time) error { return g.recorded(g.plots[0], at, startups.Verified) }}}
	shown := 0
	for _, p := range g.plots[1:] {
		if p.until != -1 || p.n%4 != 1 || shown == 3 {
			continue
		}
		to := startups.Verified
		if shown == 1 {
			to = startups.Selected
		}
		shown++
		all = append(all, happening{g.ago(20-shown, 10, 5*shown), func(at time.Time) error { return g.raising(p, at, to) }})
	}
	all = append(all, happening{g.ago(23, 14, 10), func(at time.Time) error { return g.raised(at) }})
	return append(all, happening{g.ago(12, 15, 40), func(at time.Time) error { return g.checked(g.plots[0], at) }})
}

// paper keeps a paper of one page.
func (g *garden) paper(p *plot, by actor, class string, to startups.Readers, name string, at time.Time) (*startups.Document, error) {
	raw := leaflet(vn.Fold(p.name), vn.Fold(name), "Du lieu mau.")
	return startups.Receive(g.tx, by, p.id, startups.Handing{Class: class, Readers: string(to), Name: name + ".pdf", Size: int64(len(raw))}, bytes.NewReader(raw), at)
}

// raising writes what a startup seeks and shows it.
func (g *garden) raising(p *plot, at time.Time, to startups.Audience) error {
	by, err := g.as(p.founder, at)
	if err != nil {
		return err
	}
	deck, err := g.paper(p, by, "deck", startups.ForTeam, "Giới thiệu "+p.name, at)
	if err != nil {
		return fmt.Errorf("keep the deck of %s: %w", p.name, err)
	}
	yes, round, target, ticket := true, "seed", int64(3_000_000_000)+int64(p.n%5)*1_000_000_000, int64(250_000_000)
	summary := p.oneVI + "\nVốn dùng để mở rộng sản xuất, thuê thêm hai kỹ sư và đưa sản phẩm tới mười khách hàng đầu tiên. Ngoài tiền, đội cần người giúp kiểm định và bán hàng."
	if _, err := startups.EditDeal(g.tx, by, p.id, startups.DealFields{
		Raising: &yes, Round: &round, Target: &target, MinTicket: &ticket, Summary: &summary, Deck: &deck.Id,
	}, at); err != nil {
		return fmt.Errorf("write what %s seeks: %w", p.name, err)
	}
	var selected []string
	if to == startups.Selected {
		selected = []string{idOf("investor")}
	}
	_, err = startups.ShowDeal(g.tx, by, p.id, to, selected, at)
	return err
}

// recorded keeps something of everything.
func (g *garden) recorded(p *plot, at time.Time, to startups.Audience) error {
	if err := g.raising(p, at, to); err != nil {
		return err
	}
	by, err := g.as(p.founder, at)
	if err != nil {
		return err
	}
	proof, err := g.paper(p, by, "certificate", startups.ForCentre, "Giấy chứng nhận nhãn hiệu", at)
	if err != nil {
		return err
	}
	if _, err := g.paper(p, by, "contract", startups.ForAdmins, "Hợp đồng góp vốn", at); err != nil {
		return err
	}
	founder := p.founderName
	if founder == "" {
		founder = "Nguyễn Thị Mai" // who plays the founder
	}
	if _, err := startups.WriteEquity(g.tx, by, p.id, day(g.on(-6, 1, 0, 0)), []startups.Holder{
		{Name: founder, Kind: "founder", Basis: 5500}, {Name: "Quỹ Hạt Giống Mẫu", Kind: "investor", Basis: 1250}, {Name: "Cổ phần để dành", Kind: "pool", Basis: 1000},
	}, 0, at); err != nil {
		return err
	}
	_, err = startups.AddAccount(g.tx, by, p.id, "seed", startups.AccountFields{Bank: "Ngân hàng Mẫu", Holder: "CONG TY " + strings.ToUpper(vn.Fold(p.name)), Number: "9900000016001"}, at)
	if err != nil && fault.Code(err) != "account.no_key" { // a garden that is planted without a key has no accounts
		return err
	}
	for _, r := range []struct{ kind, title, number, issuer, ends string }{
		{"trademark", "Nhãn hiệu " + p.name, "4-0099-000" + itoa(p.n), "Cục Sở hữu trí tuệ", day(g.on(60, 12, 0, 0))},
		{"iso", "ISO 9001:2015", "VN-QMS-0" + itoa(p.n), "Tổ chức chứng nhận mẫu", day(g.now.AddDate(0, 0, 45))},
	} {
		since := day(g.on(-30, 12, 0, 0))
		if _, err := startups.Claim(g.tx, by, p.id, startups.RecognitionFields{
			Type: &r.kind, Title: &r.title, Number: &r.number, Issuer: &r.issuer, IssuedOn: &since, ExpiresOn: &r.ends, Document: &proof.Id,
		}, at); err != nil {
			return err
		}
	}
	for _, f := range []struct {
		kind, who string
		amount    int64
		month     int
	}{{"grant", "Chương trình hỗ trợ khởi nghiệp", 300_000_000, -20}, {"seed", "Quỹ Hạt Giống Mẫu", 1_250_000_000, -9}} {
		wrong := f.amount
		if f.kind == "seed" {
			wrong = 1_520_000_000
		}
		kept, err := startups.WriteFunding(g.tx, by, p.id, startups.FundingFields{Kind: f.kind, Amount: &wrong, ClosedOn: day(g.on(f.month, 15, 0, 0)), Investors: f.who, Disclosed: f.kind == "grant"}, at)
		if err != nil {
			return err
		}
		if wrong == f.amount {
			continue
		}
		if _, err := startups.CorrectFunding(g.tx, by, kept.Id, startups.FundingFields{
			Kind: f.kind, Amount: &f.amount, ClosedOn: kept.ClosedOn(), Investors: f.who, Reason: "Gõ nhầm thứ tự chữ số.",
		}, at.Add(time.Hour)); err != nil {
			return err
		}
	}
	return nil
}

// raised are rounds of a few others: enough startups that officials read their sum, one that was not told, and one on paper.
func (g *garden) raised(at time.Time) error {
	kinds := []string{"grant", "pre_seed", "seed", "own", "loan"}
	for n, p := range g.plots[1:] {
		if p.until != -1 || n%4 != 0 {
			continue
		}
		by, err := g.as(p.founder, at)
		if err != nil {
			return err
		}
		amount := int64(120+n*35) * 1_000_000
		f := startups.FundingFields{Kind: kinds[n/4%len(kinds)], Amount: &amount, ClosedOn: day(g.on(-3-n%9, 12, 0, 0)), Investors: "Nhà đầu tư mẫu " + itoa(n+1)}
		if n == 8 {
			f.Amount = nil
		}
		if n%12 == 0 {
			proof, err := g.paper(p, by, "contract", startups.ForCentre, "Thỏa thuận góp vốn", at)
			if err != nil {
				return err
			}
			f.Document = proof.Id
		}
		if _, err := startups.WriteFunding(g.tx, by, p.id, f, at); err != nil {
			return fmt.Errorf("write what %s raised: %w", p.name, err)
		}
	}
	return nil
}

// checked is how staff find a recognition as its startup says.
func (g *garden) checked(p *plot, at time.Time) error {
	by, err := g.as(idOf("staff"), at)
	if err != nil {
		return err
	}
	all, err := startups.Recognised(g.tx, by, p.id)
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.Type() == "trademark" {
			_, err = startups.VerifyClaim(g.tx, by, r.Id, "", 0, at)
		}
	}
	return err
}
