package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/vn"
)

// purchase is how somebody takes tickets, and how they pay for them.
type purchase struct {
	show  string
	kind  int
	count int
	name  string // of the buyer
	part  string // of the address of one who has an account; "" has none
	at    time.Time
	by    string        // how it is paid; "" by transfer
	pays  []events.Dong // what their bank sends, one transfer each, within the hour; none: nothing
	bill  *events.Invoice
	order string // its id, once it was made
}

// purchases are the orders that move money: paid exactly, too little, too much, twice and too late, called off, and still awaited.
func (g *garden) purchases() []*purchase {
	firm := &events.Invoice{Name: "Công ty TNHH Nông sản Bến Cát", TaxCode: "0301442379", Address: "Phường Bến Cát, Thành phố Hồ Chí Minh"}
	return []*purchase{
		{show: "sale", count: 2, name: "Lâm Gia Hân", at: g.ago(12, 9, 20), pays: []events.Dong{500_000}},
		{show: "sale", count: 4, name: "Võ Thanh Bình", at: g.ago(11, 14, 5), pays: []events.Dong{1_000_000}, bill: firm},
		{show: "sale", kind: 2, count: 1, name: "Tôn Nữ Diệu Linh", at: g.ago(10, 10, 10)},
		{show: "sale", count: 1, name: "Huỳnh Mỹ Duyên", at: g.ago(9, 11, 40), pays: []events.Dong{250_000, 250_000}},
		{show: "sale", kind: 2, count: 2, name: "Phan Văn Đức", at: g.ago(8, 8, 30), pays: []events.Dong{3_000_000}},
		{show: "sale", count: 1, name: "Trương Quỳnh Như", at: g.ago(7, 13, 15), pays: []events.Dong{250_000}},
		{show: "sale", count: 2, name: "Mai Xuân Lộc", at: g.ago(5, 9, 50), pays: []events.Dong{500_000}},
		{show: "sale", count: 1, name: "Ngô Bảo Châu Anh", at: g.ago(4, 15, 25), pays: []events.Dong{300_000}},
		{show: "sale", count: 2, name: "Đinh Công Thành", at: g.ago(3, 10, 5), by: events.PayCash},
		{show: "green", kind: 1, count: 2, name: "Lý Thu Trang", at: g.ago(2, 12, 30), pays: []events.Dong{300_000}},
		{show: "sale", count: 2, name: "Dương Nhật Minh", at: g.now.Add(-100 * time.Minute), pays: []events.Dong{400_000}},
		{show: "off", count: 2, name: "Hồ Thị Kim Chi", at: g.ago(9, 19, 0)},
		{show: "past", count: 1, name: "Nguyễn Thị Mai", part: "founder", at: g.ago(24, 8, 45)},
		{show: "sale", count: 2, name: "Nguyễn Thị Mai", part: "founder", at: g.ago(6, 20, 15), pays: []events.Dong{500_000}},
		{show: "online", count: 1, name: "Nguyễn Thị Mai", part: "founder", at: g.ago(3, 21, 0)},
		{show: "green", count: 1, name: "Nguyễn Thị Mai", part: "founder", at: g.now.Add(-50 * time.Minute)},
	}
}

// made lets a purchase happen.
func (g *garden) made(p *purchase) happening {
	return happening{p.at, func(at time.Time) error {
		s, by := g.shows[p.show], access.Actor{}
		b := events.Buyer{Name: p.name, Email: slug(p.name) + "@demo.test", Phone: "0901 234 567", Provider: p.by, Invoice: p.bill}
		if p.part != "" {
			var err error
			if by, err = g.as(idOf(p.part), at); err != nil {
				return err
			}
			b.Email = p.part + "@demo.test"
		}
		if b.Provider == "" {
			b.Provider = events.PayVietQR
		}
		o, err := events.Reserve(context.Background(), g.tx, events.Basket{Event: s.event, Lines: []events.Line{{Type: s.kinds[p.kind], Count: p.count}}, By: by}, at)
		if err != nil {
			return wrapped(err, p.name+" takes tickets")
		}
		p.order = o.Id
		tickets, err := events.Tickets.All(g.tx, dbx.HashExp{"order": o.Id})
		if err != nil {
			return err
		}
		var holders []events.Holder
		for i, k := range tickets {
			h := events.Holder{Ticket: k.Id, Name: p.name}
			if i > 0 {
				h.Name = fmt.Sprintf("%s (khách %d)", p.name, i)
			}
			if p.show == "sale" && p.kind == 0 {
				h.Answers = map[string]any{"co_ao": "M"}
			}
			holders = append(holders, h)
		}
		_, err = events.Submit(g.tx, o.Id, b, holders, at.Add(4*time.Minute))
		return wrapped(err, p.name+" hands an order in")
	}}
}

// memo is what the bank writes beside a transfer for it.
func (p *purchase) memo(g *garden) (string, error) {
	o, err := events.Orders.Find(g.tx, p.order)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("MBVCB.%s. VUON%s chuyen tien ve", vn.Fold(p.name), o.Code()), nil
}
