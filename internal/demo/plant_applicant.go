package demo

import (
	"time"

	"vuon/internal/intake"
)

// The programmes of which the demo has one call each.
const (
	forum      = "programme000003"
	vocational = "programme000004"
)

// moreProgrammes brings a forum that calls for talks, and courses at a vocational school.
func (g *garden) moreProgrammes(since time.Time) {
	for _, p := range []struct{ id, code, vi, en, kind, sumVI, sumEN string }{
		{forum, "DD", "Diễn đàn đổi mới sáng tạo", "Innovation forum", "proposal", "Hai ngày mỗi mùa xuân: người làm kể cho người làm.", "Two days each spring: makers tell makers."},
		{vocational, "TN", "Xưởng mở trường nghề", "Open workshops at vocational schools", "vocational", "Tám tuần làm sản phẩm thật cùng thầy xưởng và doanh nghiệp.", "Eight weeks of real products with workshop teachers and firms."},
	} {
		g.add("programmes", since, row{
			"id": p.id, "code": p.code, "title_vi": p.vi, "title_en": p.en, "kind": p.kind, "status": "active", "summary_vi": p.sumVI, "summary_en": p.sumEN,
		})
		g.say(since, idOf("manager"), managing, "programmes", p.id, "programme", "activate", "draft", "active", "")
	}
	made := g.on(-3, 10, 9, 0)
	g.add("cohorts", made, row{
		"id": "cohort000000031", "programme": vocational, "code": "TN-K1", "title_vi": "Xưởng mở mùa xuân", "title_en": "Spring workshops",
		"starts_on": day(g.on(3, 6, 0, 0)), "ends_on": day(g.on(5, 20, 0, 0)), "capacity": 20, "status": "recruiting",
	})
	g.cohortLife("cohort000000031", "recruiting", made, time.Time{}, time.Time{})
}

// talks is a call for proposals: whoever is chosen joins no cohort.
func (g *garden) talks() *call {
	t := terms(forum, "", "dien-dan-mua-xuan", "Mời đề xuất cho Diễn đàn mùa xuân", "Call for proposals, spring forum",
		"Bạn có một bài học đáng kể, một nghiên cứu dùng được ngoài xưởng, hay một bài toán cần người giải? Gửi đề xuất; bài được chọn có hai mươi phút trên sân khấu.",
		"A lesson worth telling, research that works on a shop floor, or a problem that wants solving? Send a proposal; those chosen get twenty minutes on stage.", g.ago(-40, 0, 0), 12)
	kind := string(intake.Proposals)
	t.Kind = &kind
	made := g.ago(16, 9, 0)
	c := g.announce(made, g.ago(12, 8, 0), g.ago(-24, 17, 0), true, t)
	form := happening{made.Add(-time.Hour), func(at time.Time) error {
		by, err := g.as(c.staff, at)
		if err != nil {
			return err
		}
		v, err := intake.NewForms(g.tx, by, "proposal", "Mẫu đề xuất", "Proposal form", intake.Schema{
			{
				Key: "format", Type: "choice", LabelVI: "Bạn gửi gì?", LabelEN: "What do you send?", Required: true, ReviewerVisible: true,
				Options: []intake.Option{{Value: "talk", LabelVI: "Bài nói", LabelEN: "A talk"}, {Value: "paper", LabelVI: "Bài viết", LabelEN: "A paper"}, {Value: "challenge", LabelVI: "Bài toán", LabelEN: "A challenge"}},
			},
			{Key: "abstract", Type: "long", LabelVI: "Tóm tắt", LabelEN: "Abstract", HelpVI: "Người nghe mang về được gì?", HelpEN: "What do listeners take home?", Required: true, Max: 1500, ReviewerVisible: true},
			{Key: "speaker", Type: "long", LabelVI: "Người trình bày", LabelEN: "Who presents", Required: true, Max: 800},
		}, at)
		if err == nil {
			v, err = intake.MoveForm(g.tx, by, v.Id, "publish", at)
		}
		if err == nil {
			c.terms.FormVersion = &v.Id
		}
		return err
	}}
	c.all = append([]happening{form}, c.all...)
	for n, title := range []string{"Soi men gốm bằng điện thoại cũ", "Vì sao tổ máy ngừng lúc ba giờ sáng"} {
		c.then(g.ago(6-2*n, 10, 20), func(at time.Time) error {
			by, err := g.as(id("applicant", n+1), at)
			if err != nil {
				return err
			}
			a, err := intake.Begin(g.tx, by, c.id, "", at)
			if err != nil {
				return err
			}
			_, err = intake.Save(g.tx, by, a.Id, intake.Words{Title: &title, Answers: intake.Answers{
				"format": "talk", "abstract": "Ba tháng thử ở xưởng, những gì hỏng trước, và bảng số liệu ai cũng xem lại được.", "speaker": "Hai người trực tiếp làm.",
			}}, 0, at)
			if err == nil && n == 0 {
				_, err = intake.Submit(g.tx, by, a.Id, 0, at.Add(time.Hour))
			}
			return err
		})
	}
	return c
}

// workshops is a call of a vocational school.
func (g *garden) workshops() *call {
	return g.announce(g.ago(9, 9, 0), g.ago(5, 8, 0), g.ago(-33, 17, 0), true, terms(vocational, "cohort000000031", "xuong-mo-mua-xuan",
		"Xưởng mở mùa xuân", "Spring workshops",
		"Dành cho học viên trường nghề: ba đến năm người một nhóm, một sản phẩm thật, một doanh nghiệp đặt bài.",
		"For students of vocational schools: three to five to a team, one real product, one firm that asks for it.", g.ago(-48, 0, 0), 20))
}

// together lets the founder's application have a second writer, and a time to be heard.
func (c *call) together() {
	g := c.g
	c.then(g.ago(22, 12, 0), func(at time.Time) error {
		by, err := g.as(idOf("founder"), at)
		if err != nil {
			return err
		}
		m, err := intake.Invite(g.tx, by, c.applications[0], intake.Invited{Email: "member@demo.test", FullName: "Trần Thị Mai", Role: "member", Locale: "vi"}, at)
		if err != nil {
			return err
		}
		along, err := g.as(idOf("member"), at)
		if err == nil {
			_, err = intake.Join(g.tx, along, m.Id, true, at)
		}
		return err
	})
	c.then(g.ago(2, 15, 30), func(at time.Time) error {
		by, err := g.as(c.staff, at)
		if err != nil {
			return err
		}
		minutes, place, note, panel := 20, "Phòng họp 2, tầng 3", "Bạn mang theo bản mẫu nếu tiện.", []string{id("judge", 2), id("judge", 3)}
		_, err = intake.Meet(g.tx, by, c.id, []intake.Slot{
			{Application: c.applications[0], StartsAt: g.weekday(-3, 9, 0)}, {Application: c.applications[2], StartsAt: g.weekday(-3, 9, 30)},
		}, intake.Meeting{Minutes: &minutes, Place: &place, Note: &note, Panel: &panel}, at)
		return err
	})
}
