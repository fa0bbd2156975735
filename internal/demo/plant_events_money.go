package demo

import (
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/dbx"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/locale"
	"vuon/internal/payment"
	"vuon/internal/record"
	"vuon/internal/site"
)

// bookkeeping is how orders are paid, and what becomes of the money.
func (g *garden) bookkeeping() []happening {
	all := []happening{{g.ago(40, 8, 0), func(at time.Time) error {
		by, err := g.as(idOf("manager"), at)
		if err != nil {
			return err
		}
		c, err := site.TheCentre(g.tx)
		if err != nil {
			return err
		}
		_, err = site.NameAccount(g.tx, by, site.Account{Bank: "970436", Number: "0071000123456", Holder: "TRUNG TAM SANG KIEN CONG DONG", Alone: 2_000_000}, record.Rev(c), at)
		return wrapped(err, "name the account")
	}}}
	bought := g.purchases()
	heard := map[time.Time][]*purchase{} // by when the bank's statement is brought
	for _, p := range bought {
		all = append(all, g.made(p))
		if len(p.pays) > 0 {
			evening := p.at.Add(time.Hour).Truncate(time.Hour)
			if g.now.Sub(p.at) < 3*time.Hour {
				evening = g.now.Add(-20 * time.Minute)
			}
			heard[evening] = append(heard[evening], p)
		}
	}
	for at, some := range heard {
		all = append(all, happening{at, func(at time.Time) error { return g.hears(some, at) }})
	}
	find := func(name string) *purchase {
		for _, p := range bought {
			if p.name == name {
				return p
			}
		}
		return &purchase{}
	}
	late, back, wants, cash := find("Tôn Nữ Diệu Linh"), find("Trương Quỳnh Như"), find("Mai Xuân Lộc"), find("Đinh Công Thành")
	return append(
		all,
		happening{late.at.Add(27 * time.Hour), func(at time.Time) error { return events.Expire(g.tx, at) }},
		happening{g.ago(7, 10, 30), func(at time.Time) error { // two days after the time was over, and others have the stalls
			late.pays = []events.Dong{1_500_000}
			return g.hears([]*purchase{late}, at)
		}},
		happening{back.at.Add(22 * time.Hour), func(at time.Time) error { return g.cancels(back, at) }},
		happening{back.at.Add(26 * time.Hour), func(at time.Time) error { return g.sendsBack(back, at) }},
		happening{wants.at.Add(50 * time.Hour), func(at time.Time) error { return g.cancels(wants, at) }},
		happening{cash.at.Add(3 * time.Hour), func(at time.Time) error { return g.takesCash(cash, at) }},
		happening{g.ago(2, 9, 15), func(at time.Time) error {
			by, err := g.as(idOf("manager"), at)
			if err == nil {
				_, err = events.CancelEvent(g.tx, by, g.shows["off"].event, "Vườn đang phun thuốc theo lịch của hợp tác xã, xe không vào được.", 0, at)
			}
			return wrapped(err, "call an event off")
		}},
	)
}

// hears brings a statement of the bank: what some sent, and once a line that names nothing.
func (g *garden) hears(some []*purchase, at time.Time) error {
	by, err := g.as(idOf("finance"), at)
	if err != nil {
		return err
	}
	var file strings.Builder
	file.WriteString("NGÂN HÀNG TMCP NGOẠI THƯƠNG VIỆT NAM (VIETCOMBANK),,,\nSố tài khoản,0071000123456,,\nNgày giao dịch,Số CT,Số tiền ghi có,Nội dung chi tiết\n")
	for _, p := range some {
		memo, err := p.memo(g)
		if err != nil {
			return err
		}
		for n, sum := range p.pays {
			fmt.Fprintf(&file, "%s,%s,%d,%s\n", locale.ShortDate(at), fmt.Sprintf("%d - %d", at.Unix()%100_000, 10*int(p.at.Unix()%1000)+n), sum, memo)
		}
		if p.name == "Mai Xuân Lộc" {
			fmt.Fprintf(&file, "%s,%d - 9,750000,HO KINH DOANH HOA BINH chuyen tien gian hang\n", locale.ShortDate(at), at.Unix()%100_000)
		}
	}
	_, err = payment.ImportStatement(g.tx, by, "sao-ke-"+day(at)+".csv", []byte(file.String()), false, at)
	return wrapped(err, "bring a statement")
}

// cancels is how a buyer calls their own order off.
func (g *garden) cancels(p *purchase, at time.Time) error {
	_, err := events.CallOff(g.tx, access.Link(p.order), p.order, at)
	return wrapped(err, p.name+" cancels")
}

// sendsBack lets the money of a cancelled order go back.
func (g *garden) sendsBack(p *purchase, at time.Time) error {
	by, err := g.as(idOf("finance"), at)
	if err != nil {
		return err
	}
	r, err := payment.Refunds.First(g.tx, dbx.HashExp{"payable": p.order})
	if err != nil {
		return err
	}
	if r, err = payment.ApproveRefund(g.tx, by, r.Id, record.Rev(r), at); err != nil {
		return wrapped(err, "approve a refund")
	}
	_, err = payment.SentBack(g.tx, by, r.Id, "FT"+at.Format("060102")+"77", "", record.Rev(r), at.Add(20*time.Minute))
	return wrapped(err, "send money back")
}

// takesCash is how an order is paid at the desk.
func (g *garden) takesCash(p *purchase, at time.Time) error {
	by, err := g.as(idOf("finance"), at)
	if err != nil {
		return err
	}
	o, err := events.Orders.Find(g.tx, p.order)
	if err != nil {
		return err
	}
	_, err = payment.TakeCash(g.tx, by, o.Code(), "Đưa tại quầy, có ký nhận.", at)
	return wrapped(err, "take cash")
}
