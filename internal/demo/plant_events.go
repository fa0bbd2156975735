package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/dbx"

	"vuon/internal/events"
	"vuon/internal/locale"
	"vuon/internal/vn"
)

// party is an invented event.
type party struct {
	key             string
	vi, en          string
	sumVI, sumEN    string
	bodyVI, bodyEN  string
	mode            events.Mode
	venue, address  string
	stream          string
	starts, ends    time.Time
	drawn           time.Time // when it was written down; it was shown a day later, or never
	hidden          bool      // a draft
	series          string
	returns, limit  int
	seats           int // 0: as many as people come
	kinds           []kindOfTicket
	agenda, speaker []string // "HH:MM words|in English", "name|position"
}

// kindOfTicket is an invented kind of ticket.
type kindOfTicket struct {
	vi, en string
	price  events.Dong
	asks   bool // staff look at each order first
	size   bool // asks for the size of a shirt
}

// parties are the events of the house: one that was, one that is sold, one that is full, one online, and a draft.
func (g *garden) parties() []party {
	return []party{
		{
			key: "past", vi: "Đêm gọi vốn mùa thu", en: "Autumn pitch night", sumVI: "Tám đội khóa 3 trình bày trước nhà đầu tư và cố vấn.", sumEN: "Eight teams of cohort 3 pitch to investors and mentors.",
			bodyVI: "Mỗi đội có bảy phút nói và năm phút trả lời. Sau phần trình bày là giờ gặp gỡ tự do.", bodyEN: "Each team speaks for seven minutes and answers for five. Free talk follows.",
			mode: events.Onsite, venue: "Hội trường A", address: "Trung tâm, tầng 2", starts: g.ago(9, 18, 0), ends: g.ago(9, 21, 0), drawn: g.ago(38, 9, 0), returns: 24, limit: 4, seats: 60,
			kinds: []kindOfTicket{{vi: "Vé tham dự", en: "Admission"}}, agenda: []string{"18:00 Đón khách|Doors", "18:30 Trình bày|Pitches", "20:15 Gặp gỡ|Free talk"},
		},
		{
			key: "sale", vi: "Ngày hội khởi nghiệp", en: "Startup fair", sumVI: "Một ngày gian hàng, trình diễn sản phẩm và ghép đôi với doanh nghiệp.", sumEN: "A day of stalls, product shows and meetings with firms.",
			bodyVI: "Hơn ba mươi đội mang sản phẩm thật đến. Buổi chiều là phiên ghép đôi mười lăm phút với doanh nghiệp đang tìm giải pháp.\n\nVé gồm bữa trưa và tài liệu.",
			bodyEN: "More than thirty teams bring real products. In the afternoon firms that look for solutions meet them for fifteen minutes each.\n\nLunch and papers are included.",
			mode:   events.Hybrid, venue: "Nhà triển lãm", address: "Khu sáng tạo, cổng số 2", stream: "https://stream.example.org/ngay-hoi", starts: g.ago(-24, 8, 0), ends: g.ago(-24, 17, 0), drawn: g.ago(20, 10, 0), returns: 48, seats: 120,
			kinds:   []kindOfTicket{{vi: "Vé thường", en: "Regular", price: 250_000, size: true}, {vi: "Vé doanh nghiệp khởi nghiệp", en: "Startup", price: 0, asks: true}},
			agenda:  []string{"08:00 Đón khách|Doors", "09:00 Khai mạc|Opening", "10:00 Trình diễn sản phẩm|Product shows", "13:30 Ghép đôi doanh nghiệp|Meetings with firms"},
			speaker: []string{"Hồ Anh Tuấn|Giám đốc chương trình", "Trần Quốc Bảo|Nhà đầu tư"},
		},
		{
			key: "full", vi: "Tham quan xưởng chế tạo", en: "A tour of the workshop", sumVI: "Hai giờ thử máy cắt laser và máy in 3D cùng thầy xưởng.", sumEN: "Two hours with laser cutters and 3D printers.",
			mode: events.Onsite, venue: "Xưởng chế tạo", address: "Trung tâm, tầng trệt", starts: g.ago(-10, 9, 0), ends: g.ago(-10, 11, 0), drawn: g.ago(15, 14, 0), returns: 12, limit: 2, seats: 12,
			kinds: []kindOfTicket{{vi: "Vé tham quan", en: "Tour"}}, series: "visit",
		},
		{
			key: "online", vi: "Hỏi đáp thuế và hóa đơn cho startup", en: "Taxes and invoices: questions and answers", sumVI: "Chuyên viên thuế trả lời trực tuyến, gửi câu hỏi trước khi đến.", sumEN: "A tax officer answers online; send questions ahead.",
			mode: events.Online, stream: "https://stream.example.org/thue", starts: g.ago(-5, 19, 30), ends: g.ago(-5, 21, 0), drawn: g.ago(12, 11, 0), returns: 0,
			kinds: []kindOfTicket{{vi: "Vé trực tuyến", en: "Online"}}, series: "visit",
		},
		{
			key: "draft", vi: "Hội thảo sở hữu trí tuệ", en: "Intellectual property workshop", sumVI: "Bản nháp: chờ diễn giả xác nhận.", mode: events.Onsite, venue: "Phòng học 2",
			starts: g.ago(-45, 14, 0), ends: g.ago(-45, 17, 0), drawn: g.ago(3, 16, 0), hidden: true, returns: 24, seats: 40, kinds: []kindOfTicket{{vi: "Vé tham dự", en: "Admission"}},
		},
	}
}

// invites are the events of the house as they came about.
func (g *garden) invites() []happening {
	g.shows = map[string]*show{}
	var all []happening
	for _, p := range g.parties() {
		all = append(all, happening{p.drawn, func(at time.Time) error { return g.plansEvent(p, at) }})
		if !p.hidden {
			all = append(all, happening{p.drawn.AddDate(0, 0, 1), func(at time.Time) error {
				by, err := g.as(idOf("staff"), at)
				if err == nil {
					_, err = events.PublishEvent(g.tx, by, g.shows[p.key].event, 0, at)
				}
				return err
			}})
		}
	}
	for n := range 26 {
		all = append(all, g.takes("past", 0, 1+n%2, g.ago(34-n*5/6, 8+n%12, 7*n%60), ""))
	}
	for n := range 7 {
		all = append(all, g.takes("full", 0, []int{2, 2, 2, 2, 2, 1, 1}[n], g.ago(13-n, 10, 3*n), ""))
	}
	for n := range 9 {
		all = append(all, g.takes("online", 0, 1, g.ago(10-n, 20, 5*n), ""))
	}
	for n, then := range []string{"approve", "approve", "", "reject", ""} {
		all = append(all, g.takes("sale", 1, 1, g.ago(9-2*n+n/2, 9, 12*n), then))
	}
	for n, then := range []string{"", "", "cancel", "cart"} {
		all = append(all, g.takes("sale", 0, 1+n%3, g.now.Add(-time.Duration(n*3+1)*7*time.Minute), then))
	}
	return append(all, g.afterwards()...)
}

// show is an event that was planted, with its kinds of tickets.
type show struct {
	event string
	kinds []string
}

// plansEvent writes an event down with its tickets.
func (g *garden) plansEvent(p party, at time.Time) error {
	by, err := g.as(idOf("staff"), at)
	if err != nil {
		return err
	}
	terms := events.EventTerms{
		TitleVI: &p.vi, TitleEN: &p.en, SummaryVI: &p.sumVI, SummaryEN: &p.sumEN, BodyVI: &p.bodyVI, BodyEN: &p.bodyEN, Mode: &p.mode, Venue: &p.venue, Address: &p.address,
		StreamURL: &p.stream, StartsAt: &p.starts, EndsAt: &p.ends, RefundUntilHours: &p.returns, PerEmailLimit: &p.limit, Agenda: p.lines(), Speakers: p.speakers(),
	}
	if p.series != "" {
		series, err := g.seriesOf(by, at)
		if err != nil {
			return err
		}
		terms.Series = &series
	}
	v, err := events.PlanEvent(g.tx, by, terms, at)
	if err != nil {
		return fmt.Errorf("plan %s: %w", p.vi, err)
	}
	s, hall, free := &show{event: v.Id}, "Chỗ ngồi", p.seats == 0
	g.shows[p.key] = s
	q, err := events.AddQuota(g.tx, by, v.Id, events.QuotaTerms{Name: &hall, Size: &p.seats, Unlimited: &free}, at)
	if err != nil {
		return err
	}
	for _, k := range p.kinds {
		t := events.TypeTerms{NameVI: &k.vi, NameEN: &k.en, Price: &k.price, Quotas: &[]string{q.Id}, NeedsApproval: &k.asks}
		if k.size {
			t.Questions = &[]events.Question{{Key: "co_ao", Type: events.AskChoice, LabelVI: "Cỡ áo", LabelEN: "Shirt size", Options: []string{"S", "M", "L", "XL"}, AtDoor: true}}
		}
		y, err := events.AddType(g.tx, by, v.Id, t, at)
		if err != nil {
			return fmt.Errorf("add %s to %s: %w", k.vi, p.vi, err)
		}
		s.kinds = append(s.kinds, y.Id)
	}
	return nil
}

// seriesOf is the one series of the house, made when it is first wanted.
func (g *garden) seriesOf(by actor, at time.Time) (string, error) {
	all, err := events.AllSeries.All(g.tx)
	if err != nil || len(all) > 0 {
		return append(all, &events.Series{})[0].Id, err
	}
	vi, en := "Gặp gỡ mỗi tháng", "Every month"
	s, err := events.PlanSeries(g.tx, by, events.SeriesTerms{TitleVI: &vi, TitleEN: &en}, at)
	if err != nil {
		return "", err
	}
	return s.Id, nil
}

func (p party) lines() *[]events.Item {
	items := []events.Item{}
	for _, line := range p.agenda {
		clock, words, _ := strings.Cut(line, " ")
		vi, en, _ := strings.Cut(words, "|")
		at, err := time.ParseInLocation("2006-01-02 15:04", locale.Day(p.starts)+" "+clock, zone)
		if err == nil {
			items = append(items, events.Item{At: at, TitleVI: vi, TitleEN: en})
		}
	}
	return &items
}

func (p party) speakers() *[]events.Speaker {
	all := []events.Speaker{}
	for _, line := range p.speaker {
		name, title, _ := strings.Cut(line, "|")
		all = append(all, events.Speaker{Name: name, Title: title})
	}
	return &all
}

// takes is how somebody takes tickets, and what becomes of their order: it is approved, turned down or cancelled, or stays a cart.
func (g *garden) takes(key string, kind, count int, when time.Time, then string) happening {
	return happening{when, func(at time.Time) error {
		s := g.shows[key]
		o, err := events.Reserve(context.Background(), g.tx, events.Basket{Event: s.event, Lines: []events.Line{{Type: s.kinds[kind], Count: count}}}, at)
		if err != nil || then == "cart" {
			return wrapped(err, "take tickets of "+key)
		}
		name := g.name()
		b := events.Buyer{Name: name, Email: strings.ReplaceAll(vn.Fold(name), " ", ".") + itoa(g.between(10, 99)) + "@demo.test", Phone: "09" + itoa(g.between(10_000_000, 99_999_999)), Provider: events.PayVietQR}
		if g.guest++; g.guest == 3 {
			b.Email = "member@demo.test"
		}
		tickets, err := events.Tickets.All(g.tx, dbx.HashExp{"order": o.Id})
		if err != nil {
			return err
		}
		var holders []events.Holder
		for i, k := range tickets {
			h := events.Holder{Ticket: k.Id, Name: name}
			if i > 0 {
				h.Name = g.name()
			}
			if key == "sale" && kind == 0 {
				h.Answers = map[string]any{"co_ao": pick(g, []string{"S", "M", "L", "XL"})}
			}
			holders = append(holders, h)
		}
		if o, err = events.Submit(g.tx, o.Id, b, holders, at.Add(3*time.Minute)); err != nil {
			return wrapped(err, "submit an order of "+key)
		}
		by, err := g.as(idOf("staff"), at)
		if err != nil {
			return err
		}
		switch then {
		case "approve":
			_, err = events.Approve(g.tx, by, o.Id, "", at.Add(time.Hour))
		case "reject":
			_, err = events.Reject(g.tx, by, o.Id, "Vé này dành cho đội đang ươm tạo.", at.Add(time.Hour))
		case "cancel":
			_, err = events.CancelOrder(g.tx, by, o.Id, "Người đặt gọi điện xin hủy.", at.Add(2*time.Minute))
		}
		return wrapped(err, then+" an order of "+key)
	}}
}

func wrapped(err error, what string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
