package demo

import (
	"time"

	"vuon/internal/intake"
)

// everything is a form with every kind of question: what a young farm is asked before it is taken in.
var everything = intake.Schema{
	{Key: "team", Type: "text", LabelVI: "Đội của bạn là ai?", LabelEN: "Who is your team?", HelpVI: "Tên đội và vài chữ về từng người.", HelpEN: "The team's name and a few words on each person.", Required: true, Min: 10, Max: 300, ReviewerVisible: true},
	{Key: "problem", Type: "long", LabelVI: "Bạn giải quyết vấn đề gì cho nông dân?", LabelEN: "Which problem of farmers do you solve?", HelpVI: "Kể một hộ cụ thể thì càng rõ.", HelpEN: "One real farm makes it clear.", Required: true, Min: 40, Max: 2000, ReviewerVisible: true, BlindSafe: true},
	{Key: "sector", Type: "choice", LabelVI: "Lĩnh vực", LabelEN: "Sector", Required: true, ReviewerVisible: true, BlindSafe: true, MapsTo: "sector", Options: []intake.Option{
		{Value: "agriculture", LabelVI: "Nông nghiệp", LabelEN: "Agriculture"},
		{Value: "logistics", LabelVI: "Logistics", LabelEN: "Logistics"},
		{Value: "circular", LabelVI: "Kinh tế tuần hoàn", LabelEN: "Circular economy"},
		{Value: "software", LabelVI: "Phần mềm", LabelEN: "Software"},
	}},
	{Key: "founded", Type: "date", LabelVI: "Đội bắt đầu từ ngày nào?", LabelEN: "When did you begin?", Required: true, ReviewerVisible: true},
	{Key: "headcount", Type: "number", LabelVI: "Hiện có bao nhiêu người làm cùng bạn?", LabelEN: "How many people work with you?", HelpVI: "Chưa có ai thì ghi 0.", HelpEN: "Nobody yet? Write 0.", Required: true, Max: 500, ReviewerVisible: true, BlindSafe: true, MapsTo: "headcount"},
	{Key: "raised", Type: "money", LabelVI: "Đã gọi được bao nhiêu vốn?", LabelEN: "How much have you raised?", ReviewerVisible: true},
	{Key: "needs", Type: "multiple", LabelVI: "Bạn cần trung tâm giúp gì nhất?", LabelEN: "What do you need most?", Required: true, Min: 1, Max: 3, ReviewerVisible: true, BlindSafe: true, Options: []intake.Option{
		{Value: "mentor", LabelVI: "Cố vấn", LabelEN: "A mentor"},
		{Value: "capital", LabelVI: "Vốn", LabelEN: "Capital"},
		{Value: "lab", LabelVI: "Phòng thí nghiệm", LabelEN: "A laboratory"},
		{Value: "market", LabelVI: "Khách hàng đầu tiên", LabelEN: "First customers"},
	}},
	{Key: "lab_use", Type: "choice", LabelVI: "Phòng thí nghiệm để làm gì?", LabelEN: "What is the laboratory for?", Required: true, ReviewerVisible: true, ShowIf: &intake.Condition{Key: "needs", Has: "lab"}, Options: []intake.Option{
		{Value: "soil", LabelVI: "Phân tích đất, nước", LabelEN: "Soil and water"}, {Value: "other", LabelVI: "Việc khác", LabelEN: "Something else"},
	}},
	{Key: "lab_other", Type: "text", LabelVI: "Việc khác là việc gì?", LabelEN: "What else?", Required: true, Max: 200, ReviewerVisible: true, ShowIf: &intake.Condition{Key: "lab_use", Is: "other"}},
	{Key: "people", Type: "table", LabelVI: "Người sáng lập", LabelEN: "Founders", HelpVI: "Mỗi người một hàng.", HelpEN: "One row for each.", Required: true, Min: 1, MaxRows: 6, ReviewerVisible: true, PIIClass: "basic", Columns: []intake.Column{
		{Key: "name", LabelVI: "Họ tên", LabelEN: "Name", Type: "text", Required: true},
		{Key: "role", LabelVI: "Phụ trách", LabelEN: "Role", Type: "choice", Options: []intake.Option{{Value: "lead", LabelVI: "Điều hành", LabelEN: "Leads"}, {Value: "tech", LabelVI: "Kỹ thuật", LabelEN: "Technology"}, {Value: "sales", LabelVI: "Bán hàng", LabelEN: "Sales"}}},
		{Key: "share", LabelVI: "Phần góp (%)", LabelEN: "Share (%)", Type: "number"},
	}},
	{Key: "deck", Type: "file", LabelVI: "Bản trình bày", LabelEN: "Deck", HelpVI: "Không bắt buộc. Mười trang là đủ.", HelpEN: "Optional. Ten pages will do.", ReviewerVisible: true, Accept: []string{"pdf", "image"}, MaxFiles: 2, MaxMB: 10},
	{Key: "health", Type: "long", LabelVI: "Bạn cần trung tâm lưu ý gì về sức khỏe, đi lại?", LabelEN: "Anything about health or access that we should know?", HelpVI: "Chỉ người chuẩn bị phòng ốc đọc.", HelpEN: "Only those who prepare the rooms read it.", Max: 500, PIIClass: "sensitive"},
	{Key: "terms", Type: "consent", LabelVI: "Tôi đồng ý để trung tâm dùng hồ sơ này cho việc xét tuyển", LabelEN: "I agree that the centre uses this application to decide about it", Required: true},
}

// farmers are the terms of the call that uses it.
var farmers = intake.Rules{
	{Key: "two", Question: "headcount", Op: "gte", Value: 2, Blocking: true, ReasonVI: "Đội cần ít nhất hai người, vì ươm tạo kéo dài chín tháng.", ReasonEN: "A team needs two people at least: incubation takes nine months."},
	{Key: "young", Question: "founded", Op: "age_days_lte", Value: 1825, Blocking: true, ReasonVI: "Đội bắt đầu chưa quá năm năm tính tới hạn nộp.", ReasonEN: "The team began no more than five years before the deadline."},
	{Key: "farm", Question: "sector", Op: "in", Value: []string{"agriculture", "circular"}, ReasonVI: "Đợt này ưu tiên nông nghiệp và kinh tế tuần hoàn.", ReasonEN: "This call prefers agriculture and the circular economy."},
}

// farming is a call whose form asks everything that a form can ask, with rules, an exception, and a draft of the member.
func (g *garden) farming() *call {
	made := g.ago(15, 9, 0)
	c := g.announce(made, g.ago(6, 8, 0), g.ago(-26, 17, 0), true, terms("programme000002", "cohort000000021", "nong-nghiep-so",
		"Tiền ươm tạo nông nghiệp số", "Digital farming pre-incubation",
		"Dành cho các đội làm việc với nông dân: cảm biến, giống, kho lạnh, truy xuất nguồn gốc. Chín tháng, bắt đầu từ mùa mưa.",
		"For teams who work with farmers: sensors, seed, cold storage, traceability. Nine months.", g.ago(-50, 0, 0), 8))
	c.then(made.Add(-time.Hour), func(at time.Time) error {
		by, err := g.as(c.staff, at)
		if err != nil {
			return err
		}
		v, err := intake.NewForms(g.tx, by, "nong-nghiep", "Hồ sơ nông nghiệp", "Farming application", everything, at)
		if err != nil {
			return err
		}
		grace := 15
		c.terms.FormVersion, c.terms.Rules, c.terms.GraceMin = &v.Id, &farmers, &grace
		_, err = intake.MoveForm(g.tx, by, v.Id, "publish", at)
		return err
	})
	for n, who := range []string{id("applicant", toJudge), id("applicant", toJudge+1), idOf("member")} {
		c.farm(g.ago(5-n, 9+n, 20), n, who)
	}
	return c
}

var farms = []struct {
	title   string
	answers intake.Answers
}{
	{"Cảm biến ẩm Bàu Bàng", intake.Answers{
		"team": "Một kỹ sư điện và hai chị em trồng dưa lưới", "problem": "Hộ chị Sáu tưới theo thói quen, mùa khô mất một phần ba nước mà dưa vẫn nứt.",
		"sector": "agriculture", "founded": "2025-03-01", "headcount": 3, "raised": 150_000_000, "needs": []string{"mentor", "lab"}, "lab_use": "soil", "terms": true,
		"people": []map[string]any{{"name": "Trần Thị Lụa", "role": "lead", "share": 60}, {"name": "Trần Thị Mơ", "role": "sales", "share": 40}},
	}},
	{"Truy xuất sầu riêng", intake.Answers{
		"team": "Hai lập trình viên và một người thu mua", "problem": "Thương lái ghi sổ tay, tới cửa khẩu không ai biết trái từ vườn nào.",
		"sector": "software", "founded": "2024-08-15", "headcount": 2, "needs": []string{"market"}, "terms": true,
		"people": []map[string]any{{"name": "Lê Văn Tám", "role": "tech", "share": 100}},
	}},
	{"Kho lạnh mặt trời", intake.Answers{
		"team": "Tôi, và sắp tới là em trai", "sector": "agriculture", "founded": "2026-01-10", "headcount": 1, "needs": []string{"lab", "capital"}, "lab_use": "other",
		"people": []map[string]any{{"name": "Phan Văn Bảy", "role": "lead"}},
	}},
}

// farm lets somebody begin one of the farms. The last stays a draft of one person, for whom staff make an exception.
func (c *call) farm(at time.Time, n int, who string) {
	g := c.g
	c.then(at, func(at time.Time) error {
		by, err := g.as(who, at)
		if err != nil {
			return err
		}
		a, err := intake.Begin(g.tx, by, c.id, "", at)
		if err != nil {
			return err
		}
		c.applications[n] = a.Id
		_, err = intake.Save(g.tx, by, a.Id, intake.Words{Title: &farms[n].title, Answers: farms[n].answers}, 0, at)
		if err != nil || n == len(farms)-1 {
			return err
		}
		if err := c.deck(a.Id, farms[n].title, by, at); err != nil {
			return err
		}
		if n == 0 {
			if err := c.photo(a.Id, by, at); err != nil {
				return err
			}
		}
		_, err = intake.Submit(g.tx, by, a.Id, 0, at.Add(time.Hour))
		return err
	})
	if n == len(farms)-1 {
		c.then(at.Add(26*time.Hour), func(at time.Time) error {
			by, err := g.as(c.staff, at)
			if err == nil {
				_, err = intake.Waive(g.tx, by, c.id, c.applications[n], "two", "Người thứ hai vào làm từ tháng sau, đã có thư xác nhận.", at)
			}
			return err
		})
	}
}
