package demo

import (
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"

	"vuon/internal/intake"
	"vuon/internal/judging"
	"vuon/internal/judging/score"
	"vuon/internal/lifecycle"
)

// call is one intake of these weeks, while it happens.
type call struct {
	g              *garden
	id             string
	terms          intake.Terms
	opens, closes  time.Time
	applications   map[int]string // by the number of the idea
	all            []happening
	staff, manager string
}

// ago is an hour of the day that lies so many days before now's; negative days lie ahead.
func (g *garden) ago(days, hour, minute int) time.Time {
	here := g.now.In(zone)
	return time.Date(here.Year(), here.Month(), here.Day()-days, hour, minute, 0, 0, zone)
}

// weekday is such an instant, or the same hour of the Monday after it where that day is a Saturday or a Sunday.
func (g *garden) weekday(days, hour, minute int) time.Time {
	at := g.ago(days, hour, minute)
	for at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
		at = at.AddDate(0, 0, 1)
	}
	return at
}

// calls are the intakes of these weeks: one that was released, one that is being decided, one that is being judged, one that is
// open, a draft, and calls of other sorts.
func (g *garden) calls() []happening {
	var all []happening
	for _, c := range []*call{g.deciding(), g.judging(), g.open(), g.draft(), g.farming(), g.answered(), g.talks(), g.workshops()} {
		all = append(all, c.all...)
	}
	return all
}

// announce begins a call: staff write it down, and publish it two days later unless it stays a draft.
func (g *garden) announce(made, opens, closes time.Time, publish bool, terms intake.Terms) *call {
	form := firstForm
	terms.FormVersion, terms.OpensAt, terms.ClosesAt = &form, &opens, &closes
	c := &call{g: g, terms: terms, opens: opens, closes: closes, applications: map[int]string{}, staff: idOf("staff"), manager: idOf("manager")}
	c.then(made, func(at time.Time) error {
		by, err := g.as(c.staff, at)
		if err != nil {
			return err
		}
		i, err := intake.Announce(g.tx, by, c.terms, at)
		if err == nil {
			c.id = i.Id
		}
		return err
	})
	if publish {
		c.then(made.AddDate(0, 0, 2), func(at time.Time) error {
			by, err := g.as(c.staff, at)
			if err == nil {
				_, err = intake.Publish(g.tx, by, c.id, at)
			}
			return err
		})
		c.then(opens, func(at time.Time) error { return intake.OpenIntakes(g.tx, at) })
		c.then(closes, func(at time.Time) error { return intake.CloseIntakes(g.tx, at) })
	}
	return c
}

func (c *call) then(at time.Time, do func(at time.Time) error) {
	c.all = append(c.all, happening{at, do})
}

// apply lets somebody begin an application, write it, and hand it in unless it stays a draft.
func (c *call) apply(n int, user, startup string, handIn bool) {
	g, what := c.g, c.g.ideas[n]
	days := int(min(c.closes.Sub(c.opens), g.now.Sub(c.opens)).Hours() / 24)
	began := c.opens.AddDate(0, 0, g.dice.IntN(max(days-3, 1))).Add(time.Duration(g.between(0, 11)*60+g.between(0, 59)) * time.Minute)
	c.then(began, func(at time.Time) error {
		by, err := g.as(user, at)
		if err != nil {
			return err
		}
		a, err := intake.Begin(g.tx, by, c.id, startup, at)
		if err != nil {
			return err
		}
		c.applications[n] = a.Id
		answers := intake.Answers{}
		for key, value := range what.answers {
			if handIn || key != "solution" { // a draft is not finished
				answers[key] = value
			}
		}
		_, err = intake.Save(g.tx, by, a.Id, intake.Words{Title: &what.title, Answers: answers}, 0, at)
		return err
	})
	if handIn {
		c.then(began.Add(time.Duration(g.between(3, 50))*time.Hour), func(at time.Time) error {
			by, err := g.as(user, at)
			if err == nil {
				_, err = intake.Submit(g.tx, by, c.applications[n], 0, at)
			}
			return err
		})
	}
}

// assign asks two judges for each application, at an instant.
func (c *call) assign(at time.Time, pairs map[int][2]string) {
	c.then(at, func(at time.Time) error {
		by, err := c.g.as(c.staff, at)
		for n, judges := range inOrder(pairs) {
			if err != nil {
				return err
			}
			var refused []judging.Refusal
			_, refused, err = intake.Assign(c.g.tx, by, c.id, []string{c.applications[n]}, judges[:], at)
			if err == nil && len(refused) > 0 {
				err = fmt.Errorf("judges were refused: %+v", refused)
			}
		}
		return err
	})
}

// openRound lets the judges write until closes.
func (c *call) openRound(at, closes time.Time) {
	c.then(at, func(at time.Time) error {
		by, err := c.g.as(c.staff, at)
		if err == nil {
			_, err = intake.OpenRound(c.g.tx, by, c.id, closes, at)
		}
		return err
	})
}

// How far a judge has come with a sheet.
const (
	asked = iota
	accepted
	begun
	handedIn
)

// score lets a judge come so far with the sheet of an application, between two instants.
func (c *call) score(n int, judge string, from, until time.Time, far int) {
	g := c.g
	took := from.Add(time.Duration(g.between(2, 30)) * time.Hour)
	wrote := from.Add(time.Duration(g.dice.Float64() * float64(until.Sub(from)-36*time.Hour))).Add(32 * time.Hour)
	with := func(at time.Time, do func(by actor, assignment string) error) error {
		a, err := judging.Assignments.First(g.tx, dbx.HashExp{"subject": c.applications[n], "judge": judge})
		by, failed := g.as(judge, at)
		if err := errors.Join(err, failed); err != nil {
			return err
		}
		return do(by, a.Id)
	}
	if far >= accepted {
		c.then(took, func(at time.Time) error {
			return with(at, func(by actor, a string) error { _, err := judging.Accept(g.tx, by, a, at); return err })
		})
	}
	if far < begun {
		return
	}
	edit := g.sheet(n, judge)
	if far == begun {
		edit.Recommendation, edit.Comment = nil, nil
	}
	c.then(wrote, func(at time.Time) error {
		return with(at, func(by actor, a string) error {
			_, err := judging.Save(g.tx, by, a, edit, 0, at)
			if err == nil && far == handedIn {
				_, err = judging.Submit(g.tx, by, a, true, 0, at.Add(20*time.Minute))
			}
			return err
		})
	})
}

// sheet is what a judge thinks of an idea: ideas differ, judges are strict or kind, and chance has its say.
func (g *garden) sheet(n int, judge string) judging.Edit {
	worth := (n*7)%9 - 4 + int(judge[len(judge)-1]-'0')%3 - 1
	points := func(key int) score.Hundredths {
		return score.Hundredths(100 * min(max(3+(worth+(n+key)%3-1+g.between(-1, 1))/2, 1), 5))
	}
	said := pick(g, comments[min(max(worth+2, 0)/2, 2)])
	recommendation := []judging.Recommendation{judging.No, judging.Maybe, judging.Yes}[min(max(worth+3, 0)/3, 2)]
	return judging.Edit{
		Scores:         score.Scores{"problem": points(0), "solution": points(1), "team": points(2), "feasibility": points(3)},
		Recommendation: &recommendation, Comment: &said,
	}
}

// comments of judges who were not convinced, unsure, and convinced.
var comments = [3][]string{
	{
		"Chưa thấy ai đang khổ vì vấn đề này đến mức sẽ trả tiền.", "Giải pháp phụ thuộc vào một nhà cung cấp duy nhất, cần nói rõ rủi ro.",
		"Đội kể về công nghệ nhiều hơn về người dùng.",
	},
	{
		"Ý tưởng tốt, số liệu còn mỏng. Nên đi gặp thêm khách hàng trước khi làm bản tiếp theo.", "Thích cách tiếp cận giản dị. Băn khoăn về giá thành khi làm số lượng lớn.",
		"Đội có nghề, nhưng chưa có người lo bán hàng.",
	},
	{
		"Vấn đề rất cụ thể và đội sống cùng với nó hằng ngày.", "Bản thử đã chạy ngoài thực tế, hiếm thấy ở giai đoạn này.",
		"Hồ sơ ngắn mà rõ. Tôi muốn gặp đội này.",
	},
}

// shelve moves the card of an application into a column of the board, with a proposal.
func (c *call) shelve(at time.Time, n int, column lifecycle.State, proposal intake.Proposal) {
	g := c.g
	c.then(at, func(at time.Time) error {
		s, err := intake.Screenings.First(g.tx, dbx.HashExp{"application": c.applications[n]})
		by, failed := g.as(c.staff, at)
		if err := errors.Join(err, failed); err != nil {
			return err
		}
		if s, err = intake.Move(g.tx, by, s.Id, column, at); err != nil || proposal == intake.ProposeNothing {
			return err
		}
		owner := c.staff
		_, err = intake.Jot(g.tx, by, s.Id, intake.Card{Owner: &owner, Proposal: &proposal}, 0, at)
		return err
	})
}
