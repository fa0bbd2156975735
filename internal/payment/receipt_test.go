package payment_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/xuri/excelize/v2"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/housetest"
	"vuon/internal/payment"
)

func TestWordsOfAReceiptAreCorrectedByAnother(t *testing.T) {
	t.Parallel()
	house, s := paid(t)
	finance := housetest.Acting(t, house, access.Finance, access.House)
	all, err := payment.Receipts.All(house)
	housetest.Refused(t, err, "")
	correct := func(by access.Actor, id, why, want string) *payment.Receipt {
		t.Helper()
		r, err := payment.Correct(house, by, id, why, housetest.Noon)
		housetest.Refused(t, err, want)
		return r
	}
	correct(finance, all[0].Id, " ", "receipt.no_reason")
	correct(housetest.Acting(t, house, access.Staff, access.House), all[0].Id, "x", "access.needs_finance")
	correct(finance, all[0].Id, "sai tên", "receipt.same")
	s.buyer = "Công ty Hạt Giống"
	second := correct(finance, all[0].Id, "sai tên", "")
	correct(finance, all[0].Id, "sai tên", "receipt.corrected")
	s.buyer = "Công ty Hạt Giống Việt"
	correct(finance, second.Id, "thiếu chữ", "")
	if list := numbers(t, house); list != "2026-000001 receipt AAAA2222, 2026-000002 correction AAAA2222, 2026-000003 correction AAAA2222" {
		t.Errorf("receipts: %s", list)
	}
	if _, was, err := all[0].Told(); err != nil || was.To() != "" {
		t.Errorf("the first says %q now (%v)", was.To(), err)
	}
	if amount, is, err := second.Told(); err != nil || amount != 0 || is.To() != "Công ty Hạt Giống" || second.Corrects() != all[0].Id {
		t.Errorf("the second says %d, %q (%v)", amount, is.To(), err)
	}
	housetest.Well(t, house)
}

// What went back stands on its receipt alone, to the last đồng: what was named, or all, or the sum for lack of a name.
func TestACorrectionTellsWhatWentBack(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		named  []string
		amount int64
		want   string
	}{
		"one of two":                {[]string{"a"}, 200_000, "a -200000/-18182 = -200000/-18182"},
		"both by name":              {[]string{"a", "b"}, 500_000, "a -200000/-18182, b -300000/-27273 = -500000/-45455"},
		"all":                       {nil, 500_000, "a -200000/-18182, b -300000/-27273 = -500000/-45455"},
		"all and what came beyond":  {nil, 500_001, "a -200000/-18182, b -300000/-27273, beyond -1/0 = -500001/-45455"},
		"less than what it cost":    {[]string{"b"}, 299_999, "b -300000/-27273, kept 1/0 = -299999/-27273"},
		"a fee is kept":             {[]string{"a"}, 150_000, "a -200000/-18182, kept 50000/4546 = -150000/-13636"},
		"more than what it cost":    {[]string{"a"}, 250_000, "a -200000/-18182, beyond -50000/0 = -250000/-18182"},
		"a sum without a name":      {nil, 100_000, "part -100000/-9091 = -100000/-9091"},
		"what nobody knows by name": {[]string{"a", "x"}, 200_000, "part -200000/-18182 = -200000/-18182"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			house, s := sold(t, map[string]int64{"AAAA2222": 500_000})
			s.things = []payment.SoldLine{{ID: "a", Code: "A", NameVI: "Vé", Price: 200_000, VAT: 18_182}, {ID: "b", Code: "B", NameVI: "Vé quý", Price: 300_000, VAT: 27_273}}
			brought(t, house, "R1,500001,VUONAAAA2222")
			finance := housetest.Acting(t, house, access.Finance, access.House)
			back := wished(t, house, finance, c.amount, c.named...)
			s.buyer, s.things = "Người sửa tên", nil // what is had now is another matter
			_, err := payment.ApproveRefund(house, finance, back.Id, 0, housetest.Noon)
			housetest.Refused(t, err, "")
			_, err = payment.SentBack(house, finance, back.Id, "FT9", "", 0, housetest.Noon)
			housetest.Refused(t, err, "")
			all, err := payment.ReceiptsOf(house, "payableAAAA2222")
			housetest.Refused(t, err, "")
			if len(all) != 2 || all[1].Number() != "2026-000002" {
				t.Fatalf("there are %d receipts", len(all))
			}
			if _, of, err := all[0].Told(); err != nil || len(of.Lines) != 2 || of.Total != 500_000 || of.VAT != 45_455 {
				t.Errorf("the first says %+v (%v)", of, err)
			}
			amount, of, err := all[1].Told()
			housetest.Refused(t, err, "")
			var words []string
			var sum, tax int64
			for _, l := range of.Lines {
				sum, tax = sum+l.Price, tax+l.VAT
				words = append(words, fmt.Sprintf("%s%s %d/%d", l.ID, l.Kind, l.Price, l.VAT))
			}
			if got := fmt.Sprintf("%s = %d/%d", strings.Join(words, ", "), of.Total, of.VAT); got != c.want || amount != -c.amount || of.Buyer != "Người sửa tên" {
				t.Errorf("it tells %d of %q for %s, not %s", amount, got, of.Buyer, c.want)
			}
			if sum != amount || sum != of.Total || tax != of.VAT {
				t.Errorf("the lines are %d/%d together", sum, tax)
			}
			housetest.Well(t, house)
		})
	}
}

// Who paid late has other tickets than those that were lost, and the receipt tells of these alone; so does that of one that goes back.
func TestAReceiptTellsOfTicketsThatAreHad(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	o := housetest.OnSale(t, house, 5, housetest.Noon, 220_000).Bought(t, house, 2, housetest.Noon)
	housetest.Refused(t, events.Expire(house, o.ReleaseAt()), "")
	brought(t, house, "R1,440000,VUON"+o.Code())
	tickets, err := events.TicketsOf(house, o.Id)
	housetest.Refused(t, err, "")
	live := slices.DeleteFunc(tickets, func(k *events.Ticket) bool { return !k.Live() })
	finance := housetest.Acting(t, house, access.Finance, access.House)
	back, err := payment.RequestRefund(house, finance, payment.Wish{Code: o.Code(), Amount: 220_000, Reason: "bận", Tickets: []string{live[0].Id}}, housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = payment.ApproveRefund(house, housetest.Acting(t, house, access.Manager, access.House), back.Id, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = payment.SentBack(house, finance, back.Id, "FT9", "", 0, housetest.Noon)
	housetest.Refused(t, err, "")
	all, err := payment.ReceiptsOf(house, o.Id)
	housetest.Refused(t, err, "")
	var words []string
	for _, r := range all {
		amount, of, err := r.Told()
		housetest.Refused(t, err, "")
		for _, s := range of.Sums() {
			words = append(words, fmt.Sprintf("%d: %d × %d, VAT %d", amount, s.Count, s.Sum, of.VAT))
		}
		if of.Lines[0].Code != live[0].Code() {
			t.Errorf("it tells of %s first, not of %s", of.Lines[0].Code, live[0].Code())
		}
	}
	if got := strings.Join(words, "; "); got != "440000: 2 × 440000, VAT 40000; -220000: 1 × -220000, VAT -20000" {
		t.Errorf("the receipts tell %s", got)
	}
	housetest.Well(t, house)
}

// bought are receipts of orders for an event: one of somebody with marks on their name, others to fill pages.
func bought(t *testing.T, n int) (core.App, http.Handler, *core.Record) {
	t.Helper()
	house := housetest.App(t)
	sale := housetest.OnSale(t, house, 100, housetest.Noon, 200_000)
	keeper := housetest.Holder(t, house, access.Finance, access.House)
	for range n {
		o := sale.Bought(t, house, 1, housetest.Noon)
		_, err := payment.TakeCash(house, housetest.Acting(t, house, access.Finance, access.House), o.Code(), "quầy", housetest.Noon)
		housetest.Refused(t, err, "")
	}
	return house, housetest.Server(t, house), keeper
}

func TestReceiptsAreFoundPagedAndHandedOn(t *testing.T) {
	t.Parallel()
	house, server, keeper := bought(t, 3)
	o, err := events.Submit(house, housetest.OnSale(t, house, 5, housetest.Noon, 90_000).Cart(t, house, 1, housetest.Noon).Id,
		events.Buyer{Name: "=Đỗ Thị Ngân", Email: "ngan@example.org", Provider: events.PayVietQR}, nil, housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = payment.TakeCash(house, housetest.Acting(t, house, access.Finance, access.House), o.Code(), "quầy", housetest.Noon)
	housetest.Refused(t, err, "")
	type answer struct {
		Rows []struct {
			Number string `json:"number"`
			To     string `json:"to"`
		} `json:"rows"`
		Next string `json:"next"`
	}
	get := func(query string) (a answer, numbers string) {
		t.Helper()
		w := housetest.Ask(t, server, keeper, http.MethodGet, "/api/vuon/receipts"+query, "")
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil || w.Code != http.StatusOK {
			t.Fatalf("%s answers %d: %s", query, w.Code, w.Body)
		}
		for _, r := range a.Rows {
			numbers += r.Number[len(r.Number)-1:]
		}
		return a, numbers
	}
	for query, want := range map[string]string{"": "4321", "?q=do+thi+ngan": "4", "?q=" + o.Code(): "4", "?q=000002": "2", "?kind=correction": "", "?q=nobody": ""} {
		if _, got := get(query); got != want {
			t.Errorf("%s finds %q, not %q", query, got, want)
		}
	}
	first, got := get("?limit=3")
	if _, rest := get("?limit=3&after=" + first.Next); got != "432" || rest != "1" {
		t.Errorf("pages %s and %s", got, rest)
	}
	w := housetest.Ask(t, server, keeper, http.MethodGet, "/api/vuon/receipts?format=csv", "")
	if text := w.Body.String(); strings.Count(text, "\n") != 5 || !strings.Contains(text, "'=Đỗ Thị Ngân") {
		t.Errorf("the table is\n%s", text)
	}
	w = housetest.Ask(t, server, keeper, http.MethodGet, "/api/vuon/receipts?format=xlsx", "")
	book, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
	housetest.Refused(t, err, "")
	rows, err := book.GetRows(book.GetSheetName(0))
	housetest.Refused(t, err, "")
	if len(rows) != 5 || rows[1][0] != first.Rows[0].Number {
		t.Errorf("the book holds %v", rows)
	}
}
