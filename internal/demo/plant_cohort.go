package demo

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"

	"vuon/internal/startups"
)

// together is what the running cohort does together: a workshop that was held, with who came, one to come, and what it was told.
// What is older than people remember was told to nobody, and costs no mail.
func (g *garden) together() []happening {
	return []happening{
		{g.ago(28, 10, 0), func(at time.Time) error { return g.learns(at) }},
		{g.ago(24, 8, 50), func(at time.Time) error { return g.came(at) }},
		{g.ago(26, 11, 0), func(at time.Time) error {
			return g.announces(at, "Giờ mở cửa xưởng chế tạo", "Opening hours of the workshop", "Từ tuần này xưởng mở từ 8 giờ đến 20 giờ, thứ hai đến thứ bảy. Bạn báo trước một ngày nếu cần máy cắt laser.", "From this week on the workshop is open from 8 to 20, Monday to Saturday. Ask a day ahead for the laser cutter.", true)
		}},
		{g.ago(2, 15, 10), func(at time.Time) error {
			return g.announces(at, "Ngày gọi vốn: nộp bản trình bày", "Demo day: hand in your deck", "Bạn tải bản trình bày lên mục Giấy tờ của startup trước cuối tuần sau. Mỗi đội có bảy phút nói và năm phút trả lời.", "Upload your deck under Papers of your startup by the end of next week. Each team has seven minutes to speak and five to answer.", true)
		}},
		{g.ago(1, 9, 40), func(at time.Time) error {
			return g.announces(at, "Lịch nghỉ Tết", "Tết holidays", "Bản nháp: chờ lịch chính thức.", "", false)
		}},
		{g.ago(40, 10, 10), func(at time.Time) error { return g.asksClass(at) }},
		{g.ago(22, 8, 30), func(at time.Time) error { return g.asksAgain(at) }},
		{g.ago(27, 16, 0), func(at time.Time) error { return g.gives(at) }},
	}
}

// class are the startups of the running cohort.
func (g *garden) class() (some []*plot) {
	for _, p := range g.plots {
		if p.cohort == 3 && p.until == -1 {
			some = append(some, p)
		}
	}
	return some
}

// learns plans the workshops of the running cohort.
func (g *garden) learns(at time.Time) error {
	by, err := g.as(idOf("staff"), at)
	if err != nil {
		return err
	}
	for i, w := range []struct {
		vi, en, place, link string
		at                  time.Time
		minutes, seats      int
	}{
		{"Đọc báo cáo tài chính", "Reading a financial statement", "Phòng học 2, tầng 3", "", g.ago(24, 9, 0), 150, 0},
		{"Định giá và vòng vốn đầu", "Valuation and the first round", "Hội trường A", "https://meet.example.org/khoa-3", g.ago(-6, 14, 0), 180, 40},
	} {
		held, err := startups.PlanWorkshop(g.tx, by, cohort(3), startups.WorkshopTerms{
			TitleVI: &w.vi, TitleEN: &w.en, Place: &w.place, Link: &w.link, StartsAt: &w.at, Minutes: &w.minutes, Capacity: &w.seats,
		}, at)
		if err != nil {
			return fmt.Errorf("plan %s: %w", w.vi, err)
		}
		for n, p := range g.class() {
			if n%3 == 2 || i == 1 && p.n == 1 {
				continue // has not said; the founder's own waits for whoever plays it
			}
			who, err := g.as(p.founder, at)
			if err != nil {
				return err
			}
			if _, err := startups.AnswerWorkshop(g.tx, who, held.Id, p.id, n%4, at.Add(time.Hour)); err != nil {
				return err
			}
		}
		if i == 0 {
			g.lesson = held.Id
		}
	}
	return nil
}

// came marks who came to the workshop that was held, and closes its list.
func (g *garden) came(at time.Time) error {
	by, err := g.as(idOf("staff"), at)
	if err != nil {
		return err
	}
	how := []string{startups.MarkPresent, startups.MarkPresent, startups.MarkLate, startups.MarkPresent, startups.MarkAbsent, startups.MarkPresent, startups.MarkExcused}
	there, err := startups.Enrolments.All(g.tx, dbx.HashExp{"cohort": cohort(3), "status": []any{string(startups.EnrolmentInvited), string(startups.EnrolmentActive)}})
	if err != nil {
		return err
	}
	for n, e := range there {
		if _, err := startups.MarkAttendance(g.tx, by, g.lesson, startups.Marking{Startup: e.StartupID(), Mark: how[n%len(how)]}, at.Add(20*time.Minute)); err != nil {
			return fmt.Errorf("mark %s: %w", e.StartupID(), err)
		}
	}
	_, err = startups.HoldWorkshop(g.tx, by, g.lesson, "", 0, at.Add(3*time.Hour))
	return err
}

// announces writes an announcement, and sends it.
func (g *garden) announces(at time.Time, vi, en, bodyVI, bodyEN string, send bool) error {
	by, err := g.as(idOf("staff"), at)
	if err != nil {
		return err
	}
	n, err := startups.DraftAnnouncement(g.tx, by, cohort(3), startups.AnnouncementFields{TitleVI: &vi, TitleEN: &en, BodyVI: &bodyVI, BodyEN: &bodyEN}, at)
	if err != nil || !send {
		return err
	}
	if _, err := startups.SendAnnouncement(g.tx, by, n.Id, "", 0, at.Add(5*time.Minute)); err != nil {
		return err
	}
	for i, p := range g.class() {
		if i%2 == 1 || p.n == 1 {
			continue
		}
		who, err := g.as(p.founder, at)
		if err != nil {
			return err
		}
		if err := startups.ReadAnnouncement(g.tx, who, n.Id, at.Add(time.Duration(15+7*i)*time.Minute)); err != nil {
			return err
		}
	}
	return nil
}

// asksClass asks the running cohort half-way, closes that, and writes the second asking. Everybody but the founder who is played has
// answered.
func (g *garden) asksClass(at time.Time) error {
	by, err := g.as(idOf("staff"), at)
	if err != nil {
		return err
	}
	title, english, last := "Giữa chặng", "Half-way", day(g.ago(30, 0, 0))
	asks := []startups.PulseQuestion{
		{Key: "worth", Type: "scale", LabelVI: "Chương trình có đáng thời gian của bạn không?", LabelEN: "Is the programme worth your time?"},
		{Key: "best", Type: "choice", LabelVI: "Điều gì giúp bạn nhất?", LabelEN: "What helps you most?", Options: []startups.PulseOption{
			{Value: "mentors", LabelVI: "Cố vấn", LabelEN: "Mentors"},
			{Value: "space", LabelVI: "Chỗ làm việc và xưởng", LabelEN: "A place to work"},
			{Value: "peers", LabelVI: "Các đội khác", LabelEN: "Other teams"},
		}},
		{Key: "words", Type: "text", LabelVI: "Bạn muốn chúng tôi đổi điều gì?", LabelEN: "What should we change?"},
	}
	p, err := startups.MakePulse(g.tx, by, cohort(3), startups.PulseFields{TitleVI: &title, TitleEN: &english, ClosesOn: &last, Questions: &asks}, at)
	if err != nil {
		return err
	}
	if _, err := startups.OpenPulse(g.tx, by, p.Id, "", 0, at); err != nil {
		return err
	}
	if err := g.replies(p.Id, 1, at); err != nil {
		return err
	}
	if _, err := startups.ClosePulse(g.tx, by, p.Id, "", 0, at.AddDate(0, 0, 10)); err != nil {
		return err
	}
	title, english, last = "Cuối chặng", "At the end", day(g.ago(-40, 0, 0))
	p, err = startups.MakePulse(g.tx, by, cohort(3), startups.PulseFields{TitleVI: &title, TitleEN: &english, ClosesOn: &last, Questions: &asks}, at)
	if err != nil {
		return err
	}
	g.pulse = p.Id
	return nil
}

// asksAgain opens the second asking, and a third of the cohort has answered it.
func (g *garden) asksAgain(at time.Time) error {
	by, err := g.as(idOf("staff"), at)
	if err != nil {
		return err
	}
	if _, err := startups.OpenPulse(g.tx, by, g.pulse, "", 0, at); err != nil {
		return err
	}
	return g.replies(g.pulse, 3, at)
}

// replies are one in so many of the running cohort answering what it is asked.
func (g *garden) replies(pulse string, every int, at time.Time) error {
	words := []string{"Thêm buổi với khách hàng thật.", "Xưởng mở muộn hơn.", "Ít báo cáo hơn.", "Cố vấn về xuất khẩu.", "Giữ như bây giờ.", "Gặp nhà đầu tư sớm hơn."}
	for n, team := range g.class() {
		if team.n == 1 || n%every != 0 {
			continue
		}
		said := map[string]any{"worth": float64([]int{8, 9, 6, 7, 10, 9, 5}[n%7]), "best": []string{"mentors", "peers", "space"}[n%3]}
		if n%3 == 0 {
			said["words"] = words[n/3%len(words)]
		}
		who, err := g.as(team.founder, at)
		if err != nil {
			return err
		}
		if err := startups.AnswerPulse(g.tx, who, pulse, said, at.Add(time.Hour)); err != nil {
			return fmt.Errorf("answer for %s: %w", team.name, err)
		}
	}
	return nil
}

// gives hands seed money and a perk to a few of the running cohort: some have their receipt, the founder's own waits for one, and
// one waits to be confirmed.
func (g *garden) gives(at time.Time) error {
	staff, err := g.as(idOf("staff"), at)
	if err != nil {
		return err
	}
	manager, err := g.as(idOf("manager"), at)
	if err != nil {
		return err
	}
	money, perk := "Vốn mồi đợt 1: mẫu thử và kiểm định", "40 giờ máy cắt laser"
	for n, p := range g.class() {
		if n > 6 && p.n != 1 {
			continue
		}
		f := startups.SupportFields{Startup: p.id, Kind: startups.SupportMoney, Title: &money}
		amount := int64(50_000_000 + 5_000_000*(n%3))
		f.Amount = &amount
		if n%3 == 2 {
			f = startups.SupportFields{Startup: p.id, Kind: startups.SupportPerk, Title: &perk}
		}
		s, err := startups.ProposeSupport(g.tx, staff, cohort(3), f, at)
		if err != nil {
			return fmt.Errorf("give to %s: %w", p.name, err)
		}
		if n == 6 {
			continue // waits for a manager
		}
		if _, err := startups.ConfirmSupport(g.tx, manager, s.Id, "", 0, at.Add(3*time.Hour)); err != nil {
			return err
		}
		if n == 4 {
			continue // waits to be handed over
		}
		if _, err := startups.HandSupport(g.tx, staff, s.Id, "", 0, at.Add(26*time.Hour)); err != nil {
			return err
		}
		if p.n == 1 {
			continue // the founder's own waits for whoever plays it
		}
		who, err := g.as(p.founder, at)
		if err != nil {
			return err
		}
		if _, err := startups.ReceiveSupport(g.tx, who, s.Id, "", 0, at.Add(50*time.Hour)); err != nil {
			return err
		}
	}
	return nil
}
