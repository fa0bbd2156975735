package pb_migrations

import (
	"encoding/json"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What a new centre starts with, so that its first intake can open on its first day: five figures to report, two report
// templates, and one published form of five fields. A centre edits or replaces them.
func init() {
	m.Register(func(app core.App) error {
		var kpis []string
		for i, k := range []struct{ id, key, vi, en, helpVI, helpEN, unit, direction, agg, sensitivity string }{
			{"kpirevenue00000", "revenue", "Doanh thu trong tháng", "Revenue this month", "Tổng tiền bán hàng và dịch vụ, chưa trừ chi phí.", "Everything sold, before costs.", "vnd", "higher", "sum", "public_aggregate"},
			{"kpijobs00000000", "jobs", "Người làm toàn thời gian", "Full-time people", "Làm từ 32 giờ một tuần, tính cuối tháng, kể cả sáng lập viên.", "Working 32 hours a week or more at month's end, founders included.", "count", "higher", "last", "public_aggregate"},
			{"kpicustomers000", "customers", "Khách hàng đang trả tiền", "Paying customers", "Số khách đã trả tiền trong tháng.", "Customers who paid during the month.", "count", "higher", "last", "staff"},
			{"kpifunding00000", "funding", "Vốn nhận được trong tháng", "Funding received this month", "Vốn góp, vay và tài trợ đã vào tài khoản.", "Equity, loans and grants that arrived.", "vnd", "higher", "sum", "staff"},
			{"kpicash00000000", "cash", "Tiền mặt cuối tháng", "Cash at month's end", "Tiền còn trong quỹ và tài khoản vào ngày cuối tháng.", "Money left on the last day of the month.", "vnd", "higher", "last", "private"},
		} {
			kpis = append(kpis, k.id)
			if _, err := app.DB().Insert("kpis", dbx.Params{
				"id": k.id, "key": k.key, "label_vi": k.vi, "label_en": k.en, "help_vi": k.helpVI, "help_en": k.helpEN,
				"unit": k.unit, "direction": k.direction, "agg": k.agg, "position": i + 1, "sensitivity": k.sensitivity,
			}).Execute(); err != nil {
				return err
			}
		}
		list, err := json.Marshal(kpis)
		if err != nil {
			return err
		}
		for _, t := range []dbx.Params{
			{"id": "templatebase000", "code": "baseline", "title_vi": "Báo cáo khởi điểm", "title_en": "Baseline report", "period": "baseline", "due_day": 14, "grace_days": 14},
			{"id": "templatemonth00", "code": "monthly", "title_vi": "Báo cáo tháng", "title_en": "Monthly report", "period": "month", "due_day": 20, "grace_days": 7},
		} {
			t["kpis"], t["active"], t["rev"] = string(list), true, 1
			if _, err := app.DB().Insert("report_templates", t).Execute(); err != nil {
				return err
			}
		}
		return firstForm(app)
	}, nil)
}

func firstForm(app core.App) error {
	if _, err := app.DB().Insert("forms", dbx.Params{
		"id": "formbasic000000", "code": "basic", "title_vi": "Hồ sơ năm câu", "title_en": "Five questions", "rev": 1,
	}).Execute(); err != nil {
		return err
	}
	_, err := app.DB().Insert("form_versions", dbx.Params{
		"id": "formbasic000001", "form": "formbasic000000", "number": 1, "status": "published", "rev": 1, "schema": fiveQuestions,
	}).Execute()
	return err
}

const fiveQuestions = `[
{"key":"team","type":"text","label_vi":"Đội của bạn là ai?","label_en":"Who is your team?","help_vi":"Tên đội và vài chữ về từng người.","help_en":"The team's name and a few words on each person.","required":true,"max":300,"reviewer_visible":true},
{"key":"problem","type":"long","label_vi":"Bạn giải quyết vấn đề gì, cho ai?","label_en":"What problem do you solve, and for whom?","help_vi":"Kể một khách hàng cụ thể thì càng rõ.","help_en":"One real customer makes it clear.","required":true,"max":2000,"reviewer_visible":true},
{"key":"solution","type":"long","label_vi":"Giải pháp của bạn khác gì cách làm hiện nay?","label_en":"How does your solution differ from what is done today?","help_vi":"","help_en":"","required":true,"max":2000,"reviewer_visible":true},
{"key":"sector","type":"choice","label_vi":"Lĩnh vực","label_en":"Sector","help_vi":"","help_en":"","required":true,"reviewer_visible":true,"maps_to":"sector","options":[
{"value":"agriculture","label_vi":"Nông nghiệp","label_en":"Agriculture"},{"value":"manufacturing","label_vi":"Sản xuất","label_en":"Manufacturing"},
{"value":"logistics","label_vi":"Logistics","label_en":"Logistics"},{"value":"energy","label_vi":"Năng lượng","label_en":"Energy"},
{"value":"education","label_vi":"Giáo dục","label_en":"Education"},{"value":"health","label_vi":"Y tế","label_en":"Health"},
{"value":"safety","label_vi":"An toàn","label_en":"Safety"},{"value":"circular","label_vi":"Kinh tế tuần hoàn","label_en":"Circular economy"},
{"value":"software","label_vi":"Phần mềm","label_en":"Software"},{"value":"services","label_vi":"Dịch vụ","label_en":"Services"}]},
{"key":"headcount","type":"number","label_vi":"Hiện có bao nhiêu người làm cùng bạn?","label_en":"How many people work with you today?","help_vi":"Chưa có ai thì ghi 0.","help_en":"Nobody yet? Write 0.","required":true,"max":100000,"reviewer_visible":true,"maps_to":"headcount"}
]`
