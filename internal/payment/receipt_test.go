package payment_test

import (
	"bytes"
	"encoding/json"
	"net/http"
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
