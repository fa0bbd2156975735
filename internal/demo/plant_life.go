package demo

import (
	"encoding/json"
	"time"

	"vuon/internal/lifecycle"
	"vuon/internal/startups"
)

// asks is what the cohorts ask of a startup before it graduates: the first, which is over, less than those of today.
func asks(cohort int) []startups.GraduationRule {
	rules := []startups.GraduationRule{{Rule: startups.RuleMonthsIn, Need: 12}, {Rule: startups.RuleNothingDue, Need: 1}}
	if cohort == 1 {
		return rules
	}
	return []startups.GraduationRule{rules[0], {Rule: startups.RuleAccepted, Need: 9}, rules[1]}
}

// graduation keeps what a cohort asks.
func (g *garden) graduation(cohortN int, at time.Time) {
	raw, err := json.Marshal(asks(cohortN))
	if err != nil {
		return // strings and numbers always marshal
	}
	g.add("graduation_rules", at, row{"id": id("asks", cohortN), "cohort": cohort(cohortN), "rules": string(raw)})
	g.say(at, idOf("manager"), managing, "graduation_rules", id("asks", cohortN), "graduation_rules", "ask", "", "", "")
}

// graduated keeps what was found on the day a startup graduated, and returns why it did all the same where something was open.
func (g *garden) graduated(p *plot, joined, left time.Time) (waiver string) {
	facts := []startups.GraduationFact{}
	for _, r := range asks(p.cohort) {
		facts = append(facts, startups.GraduationFact{Rule: r.Rule, Need: r.Need, Met: r.Need})
	}
	facts[0].Met = max(12, monthsBetween(joined, left))
	if p.n%8 == 2 {
		waiver, facts[1].Met = "Còn một báo cáo đang sửa vì đổi kế toán; đội đã hẹn nộp trong tháng.", 0
	}
	raw, err := json.Marshal(facts)
	if err == nil {
		p.place["graduated_with"], p.place["waiver"] = string(raw), waiver
	}
	return waiver
}

// goals are what startups of a garden set out to reach.
var goals = []string{
	"Bản mẫu chạy được ở một xưởng", "Mười khách hàng trả tiền", "Đăng ký nhãn hiệu", "Kiểm định ở phòng thí nghiệm", "Hợp đồng với nhà phân phối đầu tiên", "Tuyển kỹ sư thứ ba",
}

// milestones keeps what some of the startups set out to reach, as far as each is: what was verified, what is handed in later, what
// is due soon, and what is late. The founder's own has one of each.
func (g *garden) milestones() error {
	for _, p := range g.plots {
		if !p.setsOut() {
			continue
		}
		g.milestone(p, 0, g.now.AddDate(0, 0, -70-p.n%9), "verified")
		g.milestone(p, 1, g.now.AddDate(0, 0, 3+p.n%9), "in_progress")
		late := g.now.AddDate(0, 0, 12+p.n%11)
		if p.n%5 == 4 {
			late = g.now.AddDate(0, 0, -20)
		}
		g.milestone(p, 2, late, "in_progress")
		g.milestone(p, 3, g.now.AddDate(0, 2, p.n%23), "planned")
	}
	return nil
}

// setsOut says whether a startup has milestones.
func (p *plot) setsOut() bool { return p.n == 1 || p.until == -1 && p.n%4 == 0 }

// milestone keeps one, with its steps of long ago.
func (g *garden) milestone(p *plot, i int, due time.Time, status string) {
	m, set := id("goal", p.n*10+i), g.now.AddDate(0, 0, -110+i)
	r := row{
		"id": m, "startup": p.id, "title": goals[(p.n+i)%len(goals)], "description": "", "due_on": day(due), "weight": 1 + (p.n+i)%3, "owner": p.founder, "document": "",
		"link": "", "note": "", "submitted_by": "", "submitted_at": "", "decided_by": "", "decided_at": "", "reason": "", "status": status,
	}
	g.add("milestones", set, r)
	say := func(at time.Time, by, role, verb string, from, to lifecycle.State) {
		g.say(at, by, role, "milestones", m, "milestone", verb, from, to, "")
	}
	g.say(set, p.founder, "", "milestones", m, "milestones", "plan", "", "", "")
	if status == "planned" {
		return
	}
	say(set.AddDate(0, 0, 5), p.founder, "", "begin", "planned", "in_progress")
	if status == "in_progress" {
		return
	}
	handed := due.AddDate(0, 0, -2)
	r["link"], r["note"], r["submitted_by"], r["submitted_at"] = "https://example.org/"+slug(p.name), "Ảnh và biên bản nghiệm thu ở trang này.", p.founder, stamp(handed)
	r["decided_by"], r["decided_at"] = idOf("staff"), stamp(due)
	say(handed, p.founder, "", "submit", "in_progress", "submitted")
	say(due, idOf("staff"), "staff", "verify", "submitted", "verified")
}

// handedIn is how startups hand in what shows a milestone: the founder's own a paper, others a page.
func (g *garden) handedIn() []happening {
	var all []happening
	for _, p := range g.plots {
		if !p.setsOut() || p.n != 1 && len(all) > 3 {
			continue
		}
		all = append(all, happening{g.ago(3, 9, 10+len(all)), func(at time.Time) error {
			by, err := g.as(p.founder, at)
			if err != nil {
				return err
			}
			e := startups.Evidence{Link: "https://example.org/" + slug(p.name), Note: "Đã nghiệm thu ở xưởng của khách."}
			if p.n == 1 {
				proof, err := g.paper(p, by, "evidence", startups.ForCentre, "Biên bản nghiệm thu", at)
				if err != nil {
					return err
				}
				e = startups.Evidence{Document: proof.Id, Note: e.Note}
			}
			_, err = startups.SubmitMilestone(g.tx, by, id("goal", p.n*10+1), e, at)
			return err
		}})
	}
	return all
}

// alumna keeps what a startup was asked in the January after it graduated: most have answered, a few never did.
func (g *garden) alumna(p *plot, left time.Time) {
	here := g.now.In(zone)
	asked := time.Date(here.Year(), time.January, 15, 8, 0, 0, 0, zone)
	if asked.Year() == left.In(zone).Year() || g.now.Sub(asked) < 100*24*time.Hour || p.n%21 == 11 || p.n%21 == 16 {
		return // not asked yet, or not long enough ago to be history, or known to have ended
	}
	a := id("alumni", p.n)
	r := row{
		"id": a, "startup": p.id, "year": asked.Year(), "asked_at": stamp(asked), "due_on": day(asked.AddDate(0, 0, 42)), "token_hash": "", "token_expires": "",
		"answered_at": "", "answered_by": "", "fate": "", "jobs_state": "", "jobs": 0, "revenue_state": "", "revenue_vnd": 0, "raised_state": "", "raised_vnd": 0,
		"wish": "", "status": "silent",
	}
	g.add("alumni_reports", asked, r)
	g.say(asked, "job:ask_alumni", "job", "alumni_reports", a, "alumni_reports", "ask", "", "", "")
	if p.n%5 == 3 {
		g.say(asked.AddDate(0, 0, 43), "job:lapse_alumni", "job", "alumni_reports", a, "alumni", "lapse", "open", "silent", "")
		return
	}
	at := asked.AddDate(0, 0, 1+p.n%20)
	r["answered_at"], r["answered_by"], r["fate"], r["status"] = stamp(at), "link:"+a, "active", "answered"
	r["jobs_state"], r["jobs"], r["revenue_state"], r["raised_state"] = "value", 3+p.n%9, "refused", "value"
	if p.n%3 != 0 {
		r["revenue_state"], r["revenue_vnd"] = "value", int64(400+70*p.n)*1_000_000
	}
	r["wish"] = []string{"", "Giới thiệu thêm khách hàng ở khu công nghiệp.", "Chỗ thử máy vài ngày mỗi tháng."}[p.n%3]
	g.say(at, "link:"+a, "", "alumni_reports", a, "alumni", "answer", "open", "answered", "")
}
