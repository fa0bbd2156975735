package demo

import (
	"time"

	"github.com/pocketbase/dbx"

	"vuon/internal/intake"
	"vuon/internal/judging"
	"vuon/internal/site"
)

// Which ideas apply to which of the present calls.
const (
	toDecide = 21 // ideas 0 to 20
	toJudge  = 33 // 21 to 32
)

// deciding is the call for the fourth cohort: two sheets on every application, cards on the board, and a manager who has
// begun to decide.
func (g *garden) deciding() *call {
	c := g.announce(g.ago(60, 9, 0), g.ago(50, 8, 0), g.ago(22, 17, 0), true, terms(programme, cohort(4), "khoa-4",
		"Đợt tuyển Khóa 4", "Call for cohort 4",
		"Dành cho các nhóm đã có bản mẫu và ít nhất một người làm toàn thời gian. Mười hai chỗ, mười lăm tháng, bắt đầu sau Tết.",
		"For teams with a prototype and at least one person full-time. Twelve places, fifteen months.", g.ago(-4, 0, 0), 10))
	panel := append([]string{idOf("judge")}, numbered("judge", judges)...)
	pairs := map[int][2]string{}
	for n := range toDecide {
		user, startup := id("applicant", n), ""
		if n == 0 {
			user, startup = idOf("founder"), g.plots[0].id
		}
		c.apply(n, user, startup, true)
		if n < toDecide-2 {
			pairs[n] = [2]string{panel[n%len(panel)], panel[(n+1+n/len(panel))%len(panel)]}
		}
	}
	const withdrawn, ruledOut, conflicted = toDecide - 1, toDecide - 2, 7
	c.firstOf(g.ago(21, 8, 50))
	c.assign(g.ago(21, 9, 0), pairs)
	c.openRound(g.ago(21, 10, 0), g.ago(4, 17, 0))
	for n, pair := range inOrder(pairs) {
		for _, judge := range pair {
			if n == conflicted && judge == idOf("judge") {
				continue
			}
			c.score(n, judge, g.ago(21, 11, 0), g.ago(5, 12, 0), handedIn)
		}
		c.shelve(g.ago(19, 9, n), n, intake.ScreeningScreening, intake.ProposeNothing)
		switch n % 5 {
		case 0, 1:
			c.shelve(g.ago(6, 14, n), n, intake.ScreeningShortlisted, intake.ProposeAdmit)
		case 2, 3:
			c.shelve(g.ago(7, 15, n), n, intake.ScreeningInterview, intake.ProposeWaitlist)
		case 4:
			c.shelve(g.ago(8, 10, n), n, intake.ScreeningSetAside, intake.ProposeReject)
		}
	}
	c.conflict(conflicted)
	c.together()
	c.then(g.ago(12, 20, 0), func(at time.Time) error {
		by, err := g.as(id("applicant", withdrawn), at)
		if err == nil {
			_, err = intake.Withdraw(g.tx, by, c.applications[withdrawn], at)
		}
		return err
	})
	c.then(g.ago(20, 16, 0), func(at time.Time) error {
		by, err := g.as(c.staff, at)
		if err == nil {
			_, err = intake.RuleOut(g.tx, by, c.applications[ruledOut], "Nhóm hoạt động ngoài địa bàn của chương trình; mời bạn liên hệ trung tâm ở tỉnh mình.", at)
		}
		return err
	})
	c.then(g.ago(4, 17, 30), func(at time.Time) error {
		by, err := g.as(c.staff, at)
		if err == nil {
			_, err = intake.CloseRound(g.tx, by, c.id, at)
		}
		return err
	})
	c.second(g.ago(4, 18, 0), g.ago(-3, 17, 0), panel[:5])
	c.decide()
	c.keepsakes()
	return c
}

// keepsakes are what staff keep for themselves and one another: a view of the board, and words that they say again and again.
func (c *call) keepsakes() {
	c.then(c.g.ago(3, 8, 30), func(at time.Time) error {
		by, err := c.g.as(c.staff, at)
		if err != nil {
			return err
		}
		title, query, shared := "Giám khảo chấm lệch nhau", "apart=1", true
		if _, err := site.Keep(c.g.tx, by, "/intakes/"+c.id+"/board", site.Terms{Title: &title, Query: &query, Shared: &shared}); err != nil {
			return err
		}
		for _, text := range []struct {
			title string
			on    intake.Outcome
			body  string
		}{
			{"Chưa gặp khách hàng", intake.Rejected, "Chào {name}, {title} nêu đúng một nỗi khổ có thật. Điều còn thiếu là tiếng nói của người sẽ trả tiền: bạn gặp mười người rồi quay lại đợt sau nhé."},
			{"Mời gặp cố vấn", "", "Trung tâm mở cửa chiều thứ Tư hằng tuần, bạn ghé nói chuyện với một cố vấn, không cần hẹn trước."},
		} {
			if _, err := intake.AddText(c.g.tx, by, intake.TextTerms{Title: &text.title, Outcome: &text.on, Body: &text.body}, at); err != nil {
				return err
			}
		}
		return nil
	})
}

// conflict lets a judge declare one, staff hold it to be true, and somebody else judge instead.
func (c *call) conflict(n int) {
	g, judge, instead := c.g, idOf("judge"), id("judge", 4)
	c.then(g.ago(20, 9, 15), func(at time.Time) error {
		a, err := judging.Assignments.First(g.tx, dbx.HashExp{"subject": c.applications[n], "judge": judge})
		if err != nil {
			return err
		}
		by, err := g.as(judge, at)
		if err == nil {
			_, err = judging.Recuse(g.tx, by, a.Id, "Tôi từng là cố vấn cho nhóm này hồi năm ngoái.", at)
		}
		return err
	})
	c.then(g.ago(20, 14, 0), func(at time.Time) error {
		found, err := judging.Conflicts.First(g.tx, dbx.HashExp{"subject": c.applications[n], "judge": judge})
		if err != nil {
			return err
		}
		by, err := g.as(c.staff, at)
		if err == nil {
			_, err = judging.Confirm(g.tx, by, found.Id, at)
		}
		if err == nil {
			_, _, err = intake.Assign(g.tx, by, c.id, []string{c.applications[n]}, []string{instead}, at)
		}
		return err
	})
	c.score(n, instead, g.ago(20, 15, 0), g.ago(5, 12, 0), handedIn)
}

// decide begins to decide: four applications are settled in secret, the others wait for the manager.
func (c *call) decide() {
	g := c.g
	c.then(g.ago(3, 9, 0), func(at time.Time) error {
		by, err := g.as(c.manager, at)
		if err == nil {
			_, err = intake.BeginDeciding(g.tx, by, c.id, at)
		}
		return err
	})
	for i, verdict := range []intake.Outcome{intake.Admitted, intake.Admitted, intake.Rejected, intake.Waitlisted} {
		c.then(g.ago(2, 10, 10*i), func(at time.Time) error {
			by, err := g.as(c.manager, at)
			if err != nil {
				return err
			}
			n := []int{5, 10, 4, 8}[i]
			_, err = intake.Decide(g.tx, by, c.applications[n], intake.Verdict{Outcome: verdict, Rationale: rationale(g, verdict), Feedback: feedback(g, verdict)}, at)
			return err
		})
	}
}

// judging is the call for pre-incubation: closed, and its judges are at work.
func (g *garden) judging() *call {
	c := g.announce(g.ago(50, 9, 0), g.ago(40, 8, 0), g.ago(12, 17, 0), true, terms("programme000002", "cohort000000021", "tien-uom-tao-mua-dong",
		"Tiền ươm tạo mùa đông", "Winter pre-incubation",
		"Mười tuần để biết ý tưởng có đáng làm tiếp không: mỗi tuần mười cuộc nói chuyện với khách hàng, và một cố vấn đi cùng.",
		"Ten weeks to learn whether an idea deserves more: ten talks with customers a week, and a mentor at your side.", g.ago(-9, 0, 0), 8))
	panel := []string{idOf("judge"), id("judge", 1), id("judge", 2), id("judge", 3)}
	pairs := map[int][2]string{}
	for n := toDecide; n < toJudge; n++ {
		c.apply(n, id("applicant", n), "", true)
		pairs[n] = [2]string{panel[n%2*2], panel[1+n%2*2]}
		if n%3 == 0 {
			pairs[n] = [2]string{panel[0], panel[3]}
		}
	}
	c.assign(g.ago(11, 9, 0), pairs)
	c.openRound(g.ago(11, 10, 0), g.ago(-6, 17, 0))
	for n, pair := range inOrder(pairs) {
		for i, judge := range pair {
			far := []int{handedIn, handedIn, accepted, begun, asked, handedIn}[(n+i*2)%6]
			c.score(n, judge, g.ago(11, 11, 0), g.ago(1, 9, 0), far)
		}
		if n%2 == 0 {
			c.shelve(g.ago(9, 9, n), n, intake.ScreeningScreening, intake.ProposeNothing)
		}
	}
	return c
}

// open is the call that anybody may apply to today.
func (g *garden) open() *call {
	c := g.announce(g.ago(20, 9, 0), g.ago(9, 8, 0), g.ago(-19, 17, 0), true, terms(programme, cohort(5), "khoa-5",
		"Đợt tuyển Khóa 5", "Call for cohort 5",
		"Bạn có bản mẫu, có vài khách hàng chịu khó, và muốn có người đi cùng trong mười lăm tháng tới. Năm câu hỏi, viết chừng một buổi tối.",
		"You have a prototype and a few patient customers, and want company for the next fifteen months. Five questions, an evening's work.", g.ago(-45, 0, 0), 12))
	for n := toJudge; n < len(g.ideas); n++ {
		c.apply(n, id("applicant", n), "", n%3 != 2)
	}
	c.then(g.ago(1, 10, 0), func(at time.Time) error {
		by, err := g.as(c.staff, at)
		if err == nil && c.applications[toJudge] != "" {
			_, err = intake.Ask(g.tx, by, c.applications[toJudge], "Bạn cho biết thêm: đến nay đã lắp thử ở mấy lối đi, và ai cho phép lắp?", g.ago(-5, 17, 0), at)
		}
		return err
	})
	return c
}

// draft is a call that staff are still writing.
func (g *garden) draft() *call {
	return g.announce(g.ago(2, 15, 0), g.ago(-60, 8, 0), g.ago(-90, 17, 0), false, terms("programme000002", "cohort000000021", "",
		"Tiền ươm tạo mùa hè", "Summer pre-incubation", "Bản nháp: còn chờ lịch phòng học và danh sách cố vấn.", "", g.ago(-110, 0, 0), 16))
}

func terms(programme, cohort, slug, vi, en, summaryVI, summaryEN string, due time.Time, places int) intake.Terms {
	by, days := day(due), 14
	t := intake.Terms{
		Programme: &programme, Cohort: &cohort, TitleVI: &vi, TitleEN: &en, SummaryVI: &summaryVI, SummaryEN: &summaryEN,
		DecisionDue: &by, OfferDays: &days, Capacity: &places,
	}
	if slug != "" {
		t.Slug = &slug
	}
	return t
}
