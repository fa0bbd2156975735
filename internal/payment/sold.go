package payment

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"time"

	"vuon/internal/locale"
)

// Sold is what a receipt says of what was paid for, for ever: who bought what, at what price, with what tax.
type Sold struct {
	Code    string     `json:"code"`
	TitleVI string     `json:"title_vi"`
	TitleEN string     `json:"title_en"`
	Starts  time.Time  `json:"starts_at"`
	Buyer   string     `json:"buyer"`
	Invoice *Payer     `json:"invoice"` // to whom it is made out instead of the buyer
	Lines   []SoldLine `json:"lines"`   // one for each thing
	Total   Dong       `json:"total_vnd"`
	VAT     Dong       `json:"vat_vnd"`
}

// Payer is an organisation, or whoever else wants it written on paper.
type Payer struct {
	Name    string `json:"name"`
	TaxCode string `json:"tax_code"`
	Address string `json:"address"`
	Email   string `json:"email"`
}

// SoldLine is one thing, or on a receipt of money that went back also a sum that belongs to none. What went back is less than nothing.
type SoldLine struct {
	ID     string `json:"id,omitempty"` // as a refund names it
	Code   string `json:"code"`
	NameVI string `json:"name_vi"`
	NameEN string `json:"name_en"`
	Kind   string `json:"kind,omitempty"` // of a sum without a name
	Price  Dong   `json:"price_vnd"`
	VAT    Dong   `json:"vat_vnd"`
}

// The sums that belong to no thing; their words are receipt_line.<kind>.
const (
	linePart   = "part"   // some of the price of everything went back
	lineKept   = "kept"   // so much of the price of what is named did not
	lineBeyond = "beyond" // more went back than what is named cost
)

// Event is what it was for.
func (s Sold) Event() locale.Pair { return locale.Pair{VI: s.TitleVI, EN: s.TitleEN} }

// To is to whom the receipt is made out.
func (s Sold) To() string {
	if s.Invoice != nil && s.Invoice.Name != "" {
		return s.Invoice.Name
	}
	return s.Buyer
}

// SoldSum is how many things of one kind were sold at one price.
type SoldSum struct {
	NameVI string `json:"name_vi"`
	NameEN string `json:"name_en"`
	Kind   string `json:"kind"`
	Count  int    `json:"count"`
	Sum    Dong   `json:"sum_vnd"`
}

// Name is what it is called.
func (s SoldSum) Name() locale.Pair { return locale.Pair{VI: s.NameVI, EN: s.NameEN} }

// Sums counts the things by their kind and price.
func (s Sold) Sums() (sums []SoldSum) {
	at := map[SoldLine]int{}
	for _, l := range s.Lines {
		kind := SoldLine{NameVI: l.NameVI, NameEN: l.NameEN, Kind: l.Kind, Price: l.Price}
		i, known := at[kind]
		if !known {
			i, at[kind] = len(sums), len(sums)
			sums = append(sums, SoldSum{NameVI: l.NameVI, NameEN: l.NameEN, Kind: l.Kind})
		}
		sums[i].Count++
		sums[i].Sum += l.Price
	}
	return sums
}

// sameSums is what is said now of who bought what, with the things and the sums of before.
func (s Sold) sameSums(was Sold) Sold {
	s.Lines, s.Total, s.VAT = was.Lines, was.Total, was.VAT
	return s
}

// back is the part of it that an amount gives back: the things that are named, or all where none is and the amount reaches; where it
// does not, the amount alone. The lines add up to the amount, to the last đồng.
func (s Sold) back(named []string, amount Dong) Sold {
	lines := s.Lines
	if len(named) > 0 {
		lines = slices.DeleteFunc(slices.Clone(lines), func(l SoldLine) bool { return !slices.Contains(named, l.ID) })
	}
	var price, vat Dong
	for _, l := range lines {
		price, vat = price+l.Price, vat+l.VAT
	}
	gone := make([]SoldLine, 0, len(lines)+1)
	switch {
	case len(lines) == 0, len(named) == 0 && amount < price, len(named) > len(lines):
		vat = share(s.VAT, amount, s.Total)
		gone = append(gone, SoldLine{Kind: linePart, Price: -amount, VAT: -vat})
	default:
		for _, l := range lines {
			l.Price, l.VAT = -l.Price, -l.VAT
			gone = append(gone, l)
		}
		switch rest := amount - price; {
		case rest < 0:
			kept := share(vat, -rest, price)
			vat -= kept
			gone = append(gone, SoldLine{Kind: lineKept, Price: -rest, VAT: kept})
		case rest > 0:
			gone = append(gone, SoldLine{Kind: lineBeyond, Price: -rest})
		}
	}
	s.Lines, s.Total, s.VAT = gone, -amount, -vat
	return s
}

// share is the part of a tax that falls on a part of the price, to the nearest đồng, and never more than all of it.
func share(tax, part, whole Dong) Dong {
	if whole < 1 {
		return 0
	}
	n := new(big.Int).Mul(big.NewInt(2*tax), big.NewInt(min(part, whole)))
	return n.Add(n, big.NewInt(whole)).Div(n, big.NewInt(2*whole)).Int64()
}

// snapshot is what a receipt keeps.
type snapshot struct {
	Amount Dong `json:"amount_vnd"` // less than nothing went back; nothing: words alone were corrected
	Of     Sold `json:"of"`
}

func readSnapshot(raw string) (s snapshot, err error) {
	if err = json.Unmarshal([]byte(raw), &s); err != nil {
		err = fmt.Errorf("read what a receipt says: %w", err)
	}
	return s, err
}

// Told is how much came, or went back, and of what.
func (r *Receipt) Told() (Dong, Sold, error) {
	s, err := readSnapshot(string(r.Snapshot()))
	return s.Amount, s.Of, err
}
