package payment

import (
	"encoding/json"
	"fmt"
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

// SoldLine is one thing.
type SoldLine struct {
	Code   string `json:"code"`
	NameVI string `json:"name_vi"`
	NameEN string `json:"name_en"`
	Price  Dong   `json:"price_vnd"`
	VAT    Dong   `json:"vat_vnd"`
}

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
	Count  int    `json:"count"`
	Sum    Dong   `json:"sum_vnd"`
}

// Name is what it is called.
func (s SoldSum) Name() locale.Pair { return locale.Pair{VI: s.NameVI, EN: s.NameEN} }

// Sums counts the things by their kind and price.
func (s Sold) Sums() (sums []SoldSum) {
	at := map[SoldLine]int{}
	for _, l := range s.Lines {
		kind := SoldLine{NameVI: l.NameVI, NameEN: l.NameEN, Price: l.Price}
		i, known := at[kind]
		if !known {
			i, at[kind] = len(sums), len(sums)
			sums = append(sums, SoldSum{NameVI: l.NameVI, NameEN: l.NameEN})
		}
		sums[i].Count++
		sums[i].Sum += l.Price
	}
	return sums
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
