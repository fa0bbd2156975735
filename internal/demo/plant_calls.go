package demo

import (
	"encoding/json"
	"fmt"
	"time"

	"vuon/internal/intake"
	"vuon/internal/lifecycle"
	"vuon/internal/vn"
)

const firstForm = "formbasic000001" // the five questions that every new house has

// released is when the applicants of a cohort's call were told.
func (g *garden) released(c int) time.Time { return g.on(cohorts[c-1].began-1, 14, 9, 0) }

// oldCalls brings the calls from which the three cohorts came: who was admitted, who was not, and who waited.
func (g *garden) oldCalls() (err error) {
	if g.ideas, err = ideas(); err != nil {
		return err
	}
	for c := 1; c <= 3; c++ {
		if err := g.oldCall(c); err != nil {
			return err
		}
	}
	return nil
}

func (g *garden) oldCall(c int) error {
	began := cohorts[c-1].began
	call, staff, manager := id("intake", c), idOf("staff"), idOf("manager")
	opens, closes, released := g.on(began-3, 20, 8, 0), g.on(began-2, 25, 17, 0), g.released(c)
	status := "archived"
	if c == 3 {
		status = "released" // somebody still waits
	}
	title, english := "Đợt tuyển Khóa "+itoa(c), "Call for cohort "+itoa(c)
	g.add("intakes", opens.AddDate(0, 0, -20), row{
		"id": call, "programme": programme, "kind": "incubation", "cohort": cohort(c), "form_version": firstForm, "slug": "khoa-" + itoa(c), "title_vi": title, "title_en": english,
		"summary_vi": "Mười lăm tháng ươm tạo cho các nhóm đã có sản phẩm mẫu.", "summary_en": "Fifteen months of incubation for teams with a prototype.",
		"search_key": vn.Fold(title + " " + english), "opens_at": stamp(opens), "closes_at": stamp(closes), "decision_due": day(released.AddDate(0, 0, -2)),
		"offer_days": 14, "capacity": 24, "waitlist_auto": true, "status": status, "released_at": stamp(released),
	})
	for _, m := range []struct {
		at              time.Time
		actor, role     string
		verb, from, to_ lifecycle.State
	}{
		{opens.AddDate(0, 0, -18), staff, "staff", "publish", "draft", "published"},
		{opens, "job:open_intakes", "job", "open", "published", "open"},
		{closes, "job:close_intakes", "job", "close", "open", "closed"},
		{closes.AddDate(0, 0, 9), manager, managing, "begin_deciding", "closed", "deciding"},
		{released, manager, managing, "release", "deciding", "released"},
		{released.AddDate(0, 2, 0), manager, managing, "archive", "released", "archived"},
	} {
		if string(m.verb) != "archive" || status == "archived" {
			g.say(m.at, m.actor, m.role, "intakes", call, "intake", string(m.verb), m.from, m.to_, "")
		}
	}
	for _, p := range g.plots {
		if p.cohort != c {
			continue
		}
		outcome := intake.Admitted
		if p.name == lateJoiner {
			outcome = intake.Waitlisted
		}
		if err := g.oldApplication(c, p.founder, p.idea(), outcome, p); err != nil {
			return err
		}
	}
	for n := 1; c == 3 && n <= applicants; n++ {
		g.applicant(n, g.on(-4, 1+n%25, 10, n)) // whoever has not applied before
	}
	for n := range 17 { // the same people try again later
		applicant := g.applicant(1+(n+c*5)%applicants, opens.AddDate(0, 0, -g.between(1, 9)))
		outcome := intake.Rejected
		if c == 3 && n < 2 {
			outcome = intake.Waitlisted
		}
		if err := g.oldApplication(c, applicant, g.ideas[1+(n+c*13)%(len(g.ideas)-1)], outcome, nil); err != nil {
			return err
		}
	}
	return g.oldWaitlist(c)
}

// oldWaitlist keeps who still waits for a place of a cohort, in the order of their ranks.
func (g *garden) oldWaitlist(c int) error {
	waiting := []string{}
	for _, a := range g.rows["applications"] {
		if a["intake"] == id("intake", c) && a["status"] == string(intake.Waitlisted) {
			waiting = append(waiting, fmt.Sprint(a["id"]))
		}
	}
	if len(waiting) == 0 {
		return nil
	}
	places, err := json.Marshal(waiting)
	if err != nil {
		return fmt.Errorf("keep who waits for cohort %d: %w", c, err)
	}
	g.add("waitlists", g.released(c), row{"id": id("waitlist", c), "intake": id("intake", c), "places": string(places)})
	return nil
}

// applicants are so many people who have no startup yet.
const applicants = 47

// applicant is one of them; the account is made the first time it is asked for.
func (g *garden) applicant(n int, since time.Time) string {
	who := id("applicant", n)
	if g.known == nil {
		g.known = map[string]bool{}
	}
	if !g.known[who] {
		g.known[who] = true
		g.person(who, "applicant"+itoa(n), g.name(), "vi", since)
	}
	return who
}

// code is what an application is called on the telephone.
func (g *garden) code() string {
	const letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
	text := []byte("HS-XXXX-XXXX")
	for i, c := range text {
		if c == 'X' {
			text[i] = letters[g.dice.IntN(len(letters))]
		}
	}
	return string(text)
}

// oldApplication is one that was decided long ago, with its snapshot, card, decision and, for a startup, its offer.
func (g *garden) oldApplication(c int, applicant string, what idea, outcome intake.Outcome, p *plot) error {
	call, released := id("intake", c), g.released(c)
	closes := g.on(cohorts[c-1].began-2, 25, 17, 0)
	began := closes.AddDate(0, 0, -g.between(3, 30))
	submitted := began.Add(time.Duration(g.between(20, 60)) * time.Hour)
	n := len(g.rows["applications"]) + 1
	a, code, startup, status := id("application", n), g.code(), "", lifecycle.State(outcome)
	answers, sum, err := what.digest()
	if err != nil {
		return fmt.Errorf("application %d: %w", n, err)
	}
	settled := "[]"
	if p != nil {
		startup, status, settled = p.id, "enrolled", `["headcount","sector"]` // what they said then is news no longer
		if p.n == 1 {
			settled = `["sector"]` // but for the founder's own, who still has to say how many they are
		}
	}
	g.add("applications", began, row{
		"id": a, "code": code, "intake": call, "applicant": applicant, "startup": startup, "title": what.title, "search_key": vn.Fold(code + " " + what.title),
		"answers": answers, "submit_no": 1, "submitted_at": stamp(submitted), "question": "", "answer_by": "", "compared": settled, "status": string(status),
	})
	g.add("application_snapshots", submitted, row{
		"id": id("snap", n), "application": a, "number": 1, "title": what.title, "answers": answers, "form_version": firstForm, "sha256": sum, "at": stamp(submitted),
	})
	proposal := map[intake.Outcome]string{intake.Admitted: "admit", intake.Rejected: "reject", intake.Waitlisted: "waitlist"}[outcome]
	g.add("screenings", submitted, row{
		"id": id("screening", n), "application": a, "intake": call, "owner": idOf("staff"), "rank": 0, "proposal": proposal, "note": "", "status": "settled",
	})
	decided := released.AddDate(0, 0, -g.between(1, 6))
	rank := 0
	if outcome == intake.Waitlisted {
		g.waiting++
		rank = g.waiting
	}
	g.add("decisions", decided, row{
		"id": id("decision", n), "application": a, "intake": call, "outcome": string(outcome), "rank": rank, "rationale": rationale(g, outcome),
		"feedback": feedback(g, outcome), "decided_by": idOf("manager"), "decided_at": stamp(decided), "released_at": stamp(released),
	})
	manager, job := idOf("manager"), "job:close_intakes"
	g.say(began, applicant, "", "applications", a, "applications", "begin", "", "", "")
	g.say(submitted, applicant, "", "applications", a, "application", "submit", "draft", "submitted", "")
	g.say(closes, job, "job", "applications", a, "application", "review", "submitted", "in_review", "")
	g.say(submitted.AddDate(0, 0, 2), idOf("staff"), "staff", "screenings", id("screening", n), "screening", "screen", "new", "screening", "")
	g.say(released, manager, managing, "screenings", id("screening", n), "screening", "settle", "screening", "settled", "")
	g.say(decided, manager, managing, "decisions", id("decision", n), "decisions", "decide", "", "", "")
	verb := map[intake.Outcome]string{intake.Admitted: "admit", intake.Rejected: "reject", intake.Waitlisted: "waitlist"}[outcome]
	g.say(released, manager, managing, "applications", a, "application", verb, "in_review", lifecycle.State(outcome), "")
	if p != nil {
		g.oldOffer(p, a, n, outcome, released)
	}
	return nil
}

// oldOffer is the offer that made an application a startup of a cohort.
func (g *garden) oldOffer(p *plot, application string, n int, outcome intake.Outcome, offered time.Time) {
	if outcome == intake.Waitlisted { // a place became free
		offered = p.invited.AddDate(0, 0, -4)
		g.say(offered, idOf("manager"), managing, "applications", application, "application", "promote", "waitlisted", "admitted", "")
	}
	g.add("offers", offered, row{
		"id": id("offer", n), "application": application, "number": 1, "cohort": cohort(p.cohort), "startup": p.id, "expires_at": stamp(offered.AddDate(0, 0, 15)),
		"answered_at": stamp(p.invited), "status": "accepted",
	})
	g.say(p.invited, p.founder, "", "offers", id("offer", n), "offer", "accept", "sent", "accepted", "")
	g.say(p.invited, p.founder, "", "applications", application, "application", "enrol", "admitted", "enrolled", "")
	p.place["application"] = application
}

func rationale(g *garden, o intake.Outcome) string {
	return pick(g, map[intake.Outcome][]string{
		intake.Admitted: {
			"Hai phiếu chấm cùng cao, đội đã có khách trả tiền.", "Vấn đề rõ, đội hiểu nghề, bản mẫu chạy được khi đến xem tại xưởng.",
			"Giải pháp giản dị và làm được trong thời gian ươm tạo.",
		},
		intake.Rejected: {
			"Chưa thấy khách hàng nào cụ thể; hai phiếu đều dưới trung bình.", "Đội chỉ có một người và chưa có thời gian toàn phần.",
			"Sản phẩm trùng với ba nhóm trong khóa trước mà chưa nói được điểm khác.",
		},
		intake.Waitlisted: {"Điểm sát ngưỡng; nhận nếu có nhóm rút lui."},
	}[o])
}

func feedback(g *garden, o intake.Outcome) string {
	return pick(g, map[intake.Outcome][]string{
		intake.Admitted: {"Hội đồng thích cách bạn kể về khách hàng đầu tiên. Tháng đầu, hãy tìm thêm hai khách hàng như vậy.", "Bản mẫu thuyết phục. Hãy chuẩn bị bảng giá vốn trước phiên cố vấn đầu tiên."},
		intake.Rejected: {
			"Ý tưởng hay nhưng chưa gặp đủ người dùng. Bạn thử nói chuyện với mười người trong hai tuần rồi nộp lại đợt sau nhé.",
			"Hồ sơ cho thấy bạn hiểu kỹ thuật; hội đồng chưa thấy ai sẽ trả tiền. Chương trình tiền ươm tạo có thể hợp hơn lúc này.",
			"Đội cần thêm một người dành toàn thời gian. Khi có, mời bạn quay lại.",
		},
		intake.Waitlisted: {"Bạn ở rất gần. Chúng tôi sẽ gọi ngay khi có chỗ."},
	}[o])
}
