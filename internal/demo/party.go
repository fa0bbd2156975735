package demo

import (
	"strings"
	"time"

	"vuon/internal/events"
	"vuon/internal/locale"
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
	asks   bool   // staff look at each order first
	size   bool   // asks for the size of a shirt
	own    int    // seats of its own within those of the event; 0: none
	code   string // by which it is shown; "" to everybody
	opens  time.Time
}

// parties are the events of the house: one that was, one that is sold, one that is full, one online, one that was called off, two of
// later months, and a draft.
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
			kinds: []kindOfTicket{
				{vi: "Vé thường", en: "Regular", price: 250_000, size: true},
				{vi: "Vé doanh nghiệp khởi nghiệp", en: "Startup", asks: true},
				{vi: "Bàn trưng bày", en: "Stall", price: 1_500_000, own: 2},
				{vi: "Vé khách mời", en: "Guest", code: "BANHAM"},
			},
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
			key: "off", vi: "Đi thực địa vườn cây Lái Thiêu", en: "A visit to the orchards of Lái Thiêu", sumVI: "Nửa ngày xem vườn, nghe nhà vườn kể chuyện đầu ra.", sumEN: "Half a day among fruit trees and those who grow them.",
			mode: events.Onsite, venue: "Vườn cây Lái Thiêu", address: "Xe đón ở cổng trung tâm", starts: g.ago(-13, 7, 0), ends: g.ago(-13, 11, 30), drawn: g.ago(16, 9, 30), returns: 24, seats: 30,
			kinds: []kindOfTicket{{vi: "Vé đi cùng", en: "Seat"}},
		},
		{
			key: "launch", vi: "Ngày ra mắt khóa 5", en: "Cohort 5 demo day", sumVI: "Mười hai đội khóa 5 ra mắt sản phẩm trước khách hàng đầu tiên.", sumEN: "Twelve teams of cohort 5 show their products to first customers.",
			bodyVI: "Mỗi đội có một góc trưng bày và năm phút trên sân khấu. Vé mở trước ngày hội hai tháng.", bodyEN: "Each team has a corner and five minutes on stage. Tickets open two months ahead.",
			mode: events.Onsite, venue: "Hội trường A", address: "Trung tâm, tầng 2", starts: g.ago(-82, 13, 30), ends: g.ago(-82, 17, 30), drawn: g.ago(5, 9, 0), returns: 24, limit: 4, seats: 150,
			kinds: []kindOfTicket{{vi: "Vé tham dự", en: "Admission", opens: g.ago(-22, 9, 0)}}, agenda: []string{"13:30 Đón khách|Doors", "14:00 Ra mắt|On stage", "16:30 Trò chuyện ở góc trưng bày|At the corners"},
		},
		{
			key: "green", vi: "Hội nghị khởi nghiệp xanh", en: "Green startup conference", sumVI: "Hai ngày về vật liệu, năng lượng và nông nghiệp sạch.", sumEN: "Two days on materials, energy and clean farming.",
			bodyVI: "Ngày đầu là hội thảo, ngày sau đi xem ba nhà máy đã thay vật liệu. Vé hai ngày gồm xe đưa đón.", bodyEN: "Talks on the first day, three factories on the second. The coach is included.",
			mode: events.Onsite, venue: "Nhà triển lãm", address: "Khu sáng tạo, cổng số 2", starts: g.ago(-165, 8, 0), ends: g.ago(-166, 17, 0), drawn: g.ago(8, 15, 0), returns: 168, seats: 200,
			kinds:  []kindOfTicket{{vi: "Vé hai ngày", en: "Two days", price: 600_000}, {vi: "Vé sinh viên", en: "Student", price: 150_000}},
			agenda: []string{"08:00 Đón khách|Doors", "08:30 Vật liệu thay nhựa|Instead of plastics", "14:00 Điện mặt trời áp mái|Sun on roofs"},
		},
		{
			key: "draft", vi: "Hội thảo sở hữu trí tuệ", en: "Intellectual property workshop", sumVI: "Bản nháp: chờ diễn giả xác nhận.", mode: events.Onsite, venue: "Phòng học 2",
			starts: g.ago(-45, 14, 0), ends: g.ago(-45, 17, 0), drawn: g.ago(3, 16, 0), hidden: true, returns: 24, seats: 40, kinds: []kindOfTicket{{vi: "Vé tham dự", en: "Admission"}},
		},
	}
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
