package app_test

import (
	"encoding/base64"
	"encoding/json"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/housetest"
	"vuon/internal/payment"
)

// atBill is a scene at an order that waits for money, and at what the bank says: a line that pays too much for another order, and
// one of nobody.
func atBill(body string, pick func(testing.TB, core.App, map[string]string) string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		sale := housetest.OnSale(t, house, 10, housetest.Noon, 200_000)
		waits, paid := sale.Bought(t, house, 1, housetest.Noon), sale.Bought(t, house, 1, housetest.Noon)
		_, err := payment.ImportStatement(house, access.Job("a scene"), "s.csv", []byte("Ngày,Nội dung,Ghi có,Số tham chiếu\n"+
			"23/11/2026,VUON"+paid.Code()+",300000,R1\n23/11/2026,khac,50000,R2\n"), false, housetest.Noon)
		housetest.Refused(t, err, "")
		lines, err := payment.Lines.All(house)
		housetest.Refused(t, err, "")
		path := map[string]string{"code": waits.Code()}
		for _, l := range lines {
			path[l.Ref()] = l.Id
		}
		if pick != nil {
			path["id"] = pick(t, house, path)
		}
		return scene{path: path, over: access.House, body: body, judge: housetest.Holder(t, house, access.Finance, access.House)}
	}
}

func overLine(_ testing.TB, _ core.App, path map[string]string) string { return path["R1"] }
func anyLine(_ testing.TB, _ core.App, path map[string]string) string  { return path["R2"] }

// ignoredLine is the line of nobody, once somebody has ignored it.
func ignoredLine(t testing.TB, house core.App, path map[string]string) string {
	_, err := payment.Ignore(house, housetest.Acting(t, house, access.Finance, access.House), path["R2"], "lãi", 0, housetest.Noon)
	housetest.Refused(t, err, "")
	return path["R2"]
}

// aRefund is what somebody asked to go back of a line of nobody.
func aRefund(t testing.TB, house core.App, path map[string]string) string {
	by := housetest.Acting(t, house, access.Finance, access.House)
	_, err := payment.SendBack(house, by, path["R2"], "chuyển nhầm", 0, housetest.Noon)
	housetest.Refused(t, err, "")
	all, err := payment.Refunds.All(house)
	housetest.Refused(t, err, "")
	return all[0].Id
}

// aReceipt is that of the order that was paid.
func aReceipt(t testing.TB, house core.App, _ map[string]string) string {
	all, err := payment.Receipts.All(house)
	housetest.Refused(t, err, "")
	return all[0].Id
}

// aMistake is a receipt whose order has come to say something else since.
func aMistake(t testing.TB, house core.App, path map[string]string) string {
	id := aReceipt(t, house, path)
	r, err := payment.Receipts.Find(house, id)
	housetest.Refused(t, err, "")
	_, err = events.Bill(house, housetest.StaffActing(t, house), r.Payable(), events.Invoice{Name: "Công ty Hạt Giống", Address: "Thủ Dầu Một"}, housetest.Noon)
	housetest.Refused(t, err, "")
	return id
}

// anApprovedRefund is one that somebody has let go.
func anApprovedRefund(t testing.TB, house core.App, path map[string]string) string {
	id := aRefund(t, house, path)
	_, err := payment.ApproveRefund(house, housetest.Acting(t, house, access.Manager, access.House), id, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	return id
}

// withCode sends the code of the order that waits.
func withCode(set func(body string) func(testing.TB, core.App) scene) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := set("")(t, house)
		raw, err := json.Marshal(map[string]string{"code": s.path["code"], "reason": "x"})
		housetest.Refused(t, err, "")
		s.body = string(raw)
		return s
	}
}

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"PATCH /api/vuon/centre/account": func(testing.TB, core.App) scene {
		return scene{over: access.House, body: `{"bin":"970436","account":"0071000123456","holder":"VUON"}`}
	},
	"GET /api/vuon/bank-lines":                 atBill("", nil),
	"POST /api/vuon/bank-lines/{id}/assign":    withCode(func(b string) func(testing.TB, core.App) scene { return atBill(b, anyLine) }),
	"POST /api/vuon/bank-lines/{id}/split":     withCode(func(b string) func(testing.TB, core.App) scene { return atBill(b, overLine) }),
	"POST /api/vuon/bank-lines/{id}/ignore":    atBill(`{"reason":"lãi"}`, anyLine),
	"POST /api/vuon/bank-lines/{id}/reopen":    atBill(`{"reason":"nhầm"}`, ignoredLine),
	"POST /api/vuon/bank-lines/{id}/keep":      atBill(`{"reason":"tặng"}`, overLine),
	"POST /api/vuon/bank-lines/{id}/send-back": atBill(`{"reason":"thừa"}`, overLine),
	"POST /api/vuon/statements": atBill(`{"name":"a.csv","file":"`+
		base64.StdEncoding.EncodeToString([]byte("Ngày,Nội dung,Ghi có\n23/11/2026,x,1\n"))+`"}`, nil),
	"GET /api/vuon/receipts":               atBill("", nil),
	"GET /api/vuon/receipts/{id}":          atBill("", aReceipt),
	"POST /api/vuon/receipts/{id}/correct": atBill(`{"reason":"ghi sai tên"}`, aMistake),
	"GET /api/vuon/bills/{code}":           atBill("", nil),
	"POST /api/vuon/bills/{code}/cash":     atBill(`{"reason":"quầy"}`, nil),
	"POST /api/vuon/bills/{code}/await":    atBill("{}", nil),
	"GET /api/vuon/refunds":                atBill("", aRefund),
	"POST /api/vuon/refunds": func(t testing.TB, house core.App) scene {
		s := atBill("", nil)(t, house)
		l, err := payment.Lines.Find(house, s.path["R1"])
		housetest.Refused(t, err, "")
		p, err := payment.Payments.Find(house, l.PaymentID())
		housetest.Refused(t, err, "")
		i := struct {
			Code string `json:"code"`
		}{}
		housetest.Refused(t, json.Unmarshal(p.Params(), &i), "")
		s.body = `{"code":"` + i.Code + `","amount":1000,"reason":"x"}`
		return s
	},
	"POST /api/vuon/refunds/{id}/approve": atBill("{}", aRefund),
	"POST /api/vuon/refunds/{id}/cancel":  atBill(`{"reason":"đổi ý"}`, aRefund),
	"POST /api/vuon/refunds/{id}/sent":    atBill(`{"bank_ref":"FT1"}`, anApprovedRefund),
})
