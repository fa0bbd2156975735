package demo

import (
	"encoding/json"
	"time"

	"vuon/internal/lifecycle"
	"vuon/internal/startups"
)

const (
	templateBase  = "templatebase000"
	templateMonth = "templatemonth00"
	byVerbs       = -2 // from the reports on this month on, everything happens by the rooms' verbs
)

var kpis = []string{"kpirevenue00000", "kpijobs00000000", "kpicustomers000", "kpifunding00000", "kpicash00000000"}

// lateJoiner came from the waiting list, and has not handed in its baseline yet.
const lateJoiner = "Thợ Quen"

// enrol writes a startup's time in its cohort, from the invitation to its end if it has come.
func (g *garden) enrol(p *plot, joined time.Time) {
	c := cohorts[p.cohort-1]
	status, left, reason := "active", time.Time{}, ""
	switch {
	case p.cohort == 1 && p.n%9 == 3:
		status, left, reason = "withdrawn", g.on(-18, 11, 15, 0), "Nhóm chuyển hướng sang làm thuê ngoài để nuôi sản phẩm."
	case p.cohort == 1:
		status, left = "graduated", g.on(c.ends, 25, 15, 0)
	case p.cohort == 2 && p.n%11 == 5:
		status, left, reason = "terminated", g.on(-7, 9, 10, 0), "Ba tháng liền không có người dự phiên cố vấn."
	case p.name == lateJoiner:
		status = "invited" // the baseline is still to come
	}
	g.add("enrolments", joined, row{
		"id": p.enrolment, "startup": p.id, "cohort": cohort(p.cohort), "application": "", "joined_on": "", "left_on": "", "exit_reason": reason, "graduated_with": "[]", "waiver": "", "status": status,
	})
	rows := g.rows["enrolments"]
	mine := rows[len(rows)-1]
	p.place = mine
	invited := g.released(p.cohort).Add(time.Duration(g.between(3, 170)) * time.Hour)
	if status == "invited" {
		invited = g.now.AddDate(0, 0, -6)
	}
	p.invited = invited
	g.say(invited, p.founder, "", "enrolments", p.enrolment, "enrolments", "invite", "", "", "")
	g.baseline(p, invited, joined, status != "invited")
	if status == "invited" {
		return
	}
	mine["joined_on"] = day(joined)
	g.say(joined, p.founder, "", "enrolments", p.enrolment, "enrolment", "activate", "invited", "active", "")
	if left.IsZero() {
		p.until = -1
		return
	}
	mine["left_on"] = day(left)
	p.until = monthsBetween(g.month(0), left)
	verb, by, role := "graduate", idOf("manager"), managing
	switch status {
	case "withdrawn":
		verb, by, role = "withdraw", p.founder, ""
	case "terminated":
		verb = "terminate"
	}
	if status == "graduated" {
		reason = g.graduated(p, joined, left)
		g.alumna(p, left)
	}
	g.say(left, by, role, "enrolments", p.enrolment, "enrolment", verb, "active", lifecycle.State(status), reason)
}

// monthsBetween counts the months from one instant's to another's.
func monthsBetween(from, to time.Time) int {
	return (to.Year()-from.Year())*12 + int(to.Month()) - int(from.Month())
}

// baseline is the first report: where the startup stood when it came.
func (g *garden) baseline(p *plot, asked, joined time.Time, done bool) {
	request := id("base", p.n)
	r := row{
		"id": request, "startup": p.id, "enrolment": p.enrolment, "template": templateBase, "period_key": "baseline", "opens_at": stamp(asked),
		"due_on": day(asked.AddDate(0, 0, 14)), "token_hash": "", "token_expires": "", "submitted_at": "", "submitted_by": "", "late": false,
		"returned_because": "", "answers": "{}", "status": "open",
	}
	g.add("report_requests", asked, r)
	g.say(asked, p.founder, "", "report_requests", request, "report", "open", "scheduled", "open", "")
	if !done {
		return
	}
	r["submitted_at"], r["submitted_by"], r["status"] = stamp(joined), p.founder, "accepted"
	g.answers(p, request, "baseline", 0, joined)
	g.say(joined, p.founder, "", "report_requests", request, "report", "submit", "open", "submitted", "")
	g.say(joined.AddDate(0, 0, 3), idOf("staff"), "staff", "report_requests", request, "report", "accept", "submitted", "accepted", "")
}

// monthAsks is what the report on a month asks in words.
const monthAsks = `[{"key":"q1","label_vi":"Tháng này đội vướng ở đâu, cần trung tâm giúp gì?","label_en":"What held you up this month, and how can the centre help?",` +
	`"hint_vi":"Hai, ba câu là đủ.","hint_en":"Two or three sentences are enough.","required":false}]`

// needed are what startups say to that.
var needed = []string{
	"Chưa tìm được nhà máy cho dùng thử. Nhờ trung tâm giới thiệu một, hai nơi ở Bến Cát.",
	"Thiếu người làm phần nhúng, tuyển hai tháng chưa được.",
	"Khách đã ưng nhưng chờ duyệt ngân sách quý sau, tiền về chậm.",
	"Cần góp ý cho hợp đồng phân phối đầu tiên. Đội muốn gặp một cố vấn pháp lý.",
}

// inWords is what a startup says in its report on a month; many say nothing.
func inWords(p *plot, k int) map[string]string {
	n := p.n*5 - k
	if n%3 != 0 {
		return nil
	}
	return map[string]string{"q1": needed[n/3%len(needed)]}
}

// reports brings the monthly reports up to those that happen by verbs.
func (g *garden) reports() error {
	if err := ask(g.tx, templateMonth, monthAsks); err != nil {
		return err
	}
	for _, p := range g.plots {
		began := cohorts[p.cohort-1].began
		for k := began + 1; k < byVerbs && p.until != 0 && k < p.until; k++ {
			g.report(p, k, k-began)
		}
	}
	return nil
}

// report is one month's, as it went: most come in time, some late, a few never.
func (g *garden) report(p *plot, k, age int) {
	request := id("report", p.n*100-k)
	period := key(g.month(k))
	opens, due := g.on(k+1, 1, 8, 0), g.on(k+1, 20, 0, 0)
	r := row{
		"id": request, "startup": p.id, "enrolment": p.enrolment, "template": templateMonth, "period_key": period, "opens_at": stamp(opens),
		"due_on": day(due), "token_hash": "", "token_expires": "", "submitted_at": "", "submitted_by": "", "late": false, "returned_because": "", "answers": "{}", "status": "open",
	}
	g.add("report_requests", opens, r)
	staff, founder, house := idOf("staff"), p.founder, "job:miss_reports"
	move := func(at time.Time, actor, role, verb string, from, to lifecycle.State, reason string) {
		g.say(at, actor, role, "report_requests", request, "report", verb, from, to, reason)
		r["status"] = string(to)
	}
	hand := func(at time.Time, from lifecycle.State) {
		r["submitted_at"], r["submitted_by"], r["late"] = stamp(at), founder, day(at) > day(due)
		if words := inWords(p, k); words != nil {
			r["answers"] = `{"q1":"` + words["q1"] + `"}`
		}
		move(at, founder, "", "submit", from, "submitted", "")
	}
	move(opens, "job:open_reports", "job", "open", "scheduled", "open", "")
	missed := g.on(k+1, 28, 0, 15)
	came := g.on(k+1, g.between(2, 19), g.between(8, 21), g.between(0, 59))
	switch luck := g.dice.IntN(100); {
	case p.name == "MộcScan" && k == -4: // the one month that never came
		move(missed, house, "job", "miss", "open", "missed", "")
		g.alerted(p, request, period, due, false)
		return
	case luck < 4:
		move(missed, house, "job", "miss", "open", "missed", "")
		came = g.on(k+2, g.between(2, 9), g.between(9, 17), 20)
		hand(came, "missed")
		g.alerted(p, request, period, due, true)
	case luck < 6:
		move(missed, house, "job", "miss", "open", "missed", "")
		move(g.on(k+2, 10, 9, 0), staff, "staff", "waive", "missed", "waived", "Nhóm tạm nghỉ vì chuyển xưởng.")
		g.alerted(p, request, period, due, true)
		return
	case luck < 10: // sent back once
		hand(came, "open")
		move(came.Add(26*time.Hour), staff, "staff", "return", "submitted", "returned", "Doanh thu tháng này cao gấp mười tháng trước, bạn xem lại giúp.")
		came = came.Add(51 * time.Hour)
		hand(came, "returned")
	case luck < 18: // late, but within grace
		came = g.on(k+1, g.between(21, 26), g.between(8, 21), g.between(0, 59))
		hand(came, "open")
	default:
		hand(came, "open")
	}
	g.answers(p, request, period, age, came)
	move(came.Add(time.Duration(g.between(20, 90))*time.Hour), staff, "staff", "accept", "submitted", "accepted", "")
}

// alerted is the alert that a missing report has raised, and what came of it.
func (g *garden) alerted(p *plot, request, period string, due time.Time, over bool) {
	explain, err := json.Marshal(startups.Explanation{Requests: []string{request}, Periods: []string{period}, DueOn: day(due), Grace: 7, Since: day(due.AddDate(0, 0, 2))})
	if err != nil {
		return // strings and numbers always marshal
	}
	alert, rose := id("alert", len(g.rows["alerts"])+1), due.AddDate(0, 0, 2).Add(7*time.Hour+30*time.Minute)
	r := row{
		"id": alert, "startup": p.id, "rule": startups.RuleMissing, "period_key": period, "severity": startups.Red, "explain": string(explain),
		"owner": idOf("staff"), "acked_at": stamp(rose.Add(27 * time.Hour)), "resolution": "", "muted_until": "", "shared": false, "closed_at": "", "verdict": "", "verdict_later": "", "status": "acked",
	}
	g.add("alerts", rose, r)
	g.say(rose, "job:raise_alerts", "job", "alerts", alert, "alerts", "raise", "", "", "")
	g.say(rose.Add(27*time.Hour), idOf("staff"), "staff", "alerts", alert, "alert", "ack", "open", "acked", "")
	if !over {
		return
	}
	closed := due.AddDate(0, 0, 22)
	r["status"], r["closed_at"] = "resolved", stamp(closed)
	switch n := len(g.rows["alerts"]); n % 3 {
	case 0: // the report came, and nobody had to say anything
		g.say(closed, "job:raise_alerts", "job", "alerts", alert, "alert", "resolve", "acked", "resolved", "")
	default:
		r["resolution"], r["verdict"] = "Đã gọi cho nhóm, báo cáo về trong tuần.", []string{"yes", "yes", "no", "yes", "unsure"}[n%5]
		g.say(closed, idOf("staff"), "staff", "alerts", alert, "alert", "resolve", "acked", "resolved", "Đã gọi cho nhóm, báo cáo về trong tuần.")
	}
}

// answers keeps the five figures of a report.
func (g *garden) answers(p *plot, request, period string, age int, at time.Time) {
	for i, said := range g.figures(p, age) {
		g.add("kpi_readings", at, row{
			"id": id("reading"+string(rune('a'+i)), len(g.rows["kpi_readings"])+1), "request": request, "startup": p.id, "kpi": kpis[i],
			"period_key": period, "state": string(said.State), "value": whole(said.Value), "comment": said.Comment, "source": "self", "grade": said.Grade,
		})
	}
}

func whole(v *float64) int64 {
	if v == nil {
		return 0
	}
	return int64(*v)
}
