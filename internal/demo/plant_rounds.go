package demo

import (
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"

	"vuon/internal/intake"
	"vuon/internal/judging"
	"vuon/internal/judging/score"
)

// firstOf plans the first round of a call before anybody is asked: the ten best go on, of those whose mean is no disgrace.
func (c *call) firstOf(at time.Time) {
	c.then(at, func(at time.Time) error {
		vi, en, mean := "Sơ tuyển", "Screening", score.Hundredths(200)
		_, err := c.round(at, judging.Terms{TitleVI: &vi, TitleEN: &en, Rule: &score.Rule{Top: 10, Mean: &mean, Ties: score.TiesAll}})
		return err
	})
}

func (c *call) round(at time.Time, t judging.Terms) (*judging.Round, error) {
	by, err := c.g.as(c.staff, at)
	if err != nil {
		return nil, err
	}
	return intake.AddRound(c.g.tx, by, c.id, t, at)
}

// second brings the round after it: who advanced, a panel with its numbers, sheets that come in, two judges who do not agree,
// and a word between them.
func (c *call) second(at, closes time.Time, panel []string) {
	g, id := c.g, ""
	c.then(at, func(at time.Time) error {
		by, err := g.as(c.staff, at)
		if err != nil {
			return err
		}
		rounds, err := judging.RoundsOf(g.tx, "intake", c.id)
		if err != nil {
			return err
		}
		seen, err := judging.Planned(g.tx, by, rounds[0].Id, at)
		if err != nil {
			return err
		}
		if _, err := judging.Advance(g.tx, by, rounds[0].Id, nil, seen.Seal, at); err != nil {
			return err
		}
		vi, en, own, grace := "Vòng gặp mặt", "Meeting round", "after_own", 120
		r, err := c.round(at, judging.Terms{TitleVI: &vi, TitleEN: &en, OthersVisible: &own, GraceMin: &grace, ClosesAt: &closes, Rule: &score.Rule{Top: 6}})
		if err != nil {
			return err
		}
		id = r.Id
		for i, judge := range panel {
			asked, err := judging.Invite(g.tx, by, r.Id, judge, 6, at)
			if err != nil {
				return err
			}
			if i == len(panel)-1 {
				continue // has not answered yet
			}
			who, err := g.as(judge, at.Add(time.Hour))
			if err == nil {
				_, err = judging.Commit(g.tx, who, asked.Id, 5+i%3, at.Add(time.Hour))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	c.then(at.Add(2*time.Hour), func(at time.Time) error {
		by, err := g.as(c.staff, at)
		if err != nil {
			return err
		}
		if _, _, err := judging.Propose(g.tx, by, id, false, at); err != nil {
			return err
		}
		if _, err := judging.OfferAll(g.tx, by, id, at); err != nil {
			return err
		}
		_, err = judging.Open(g.tx, by, id, closes, at)
		return err
	})
	c.then(at.Add(26*time.Hour), func(at time.Time) error { return c.meet(id, at) })
}

// meet lets most judges of a round hand in. Over the first application they do not agree, and talk.
func (c *call) meet(round string, at time.Time) error {
	g := c.g
	all, err := judging.Assignments.All(g.tx, dbx.HashExp{"round": round})
	if err != nil {
		return err
	}
	number := map[string]int{}
	for n, id := range c.applications {
		number[id] = n
	}
	slices.SortFunc(all, func(a, b *judging.Assignment) int {
		return strings.Compare(a.Subject()+a.JudgeID(), b.Subject()+b.JudgeID())
	})
	for i, a := range all {
		edit := g.sheet(number[a.Subject()], a.JudgeID())
		if i < 2 {
			points, yes := score.Hundredths(500-300*i), []judging.Recommendation{judging.Yes, judging.No}[i]
			edit.Scores, edit.Recommendation = score.Scores{"problem": points, "solution": points, "team": points, "feasibility": points}, &yes
		} else if i%3 == 2 {
			continue
		}
		by, err := g.as(a.JudgeID(), at)
		if err != nil {
			return err
		}
		if _, err := judging.Save(g.tx, by, a.Id, edit, 0, at); err != nil {
			return err
		}
		if _, err := judging.Submit(g.tx, by, a.Id, true, 0, at); err != nil {
			return err
		}
		if i == 1 {
			if _, err := judging.Say(g.tx, by, round, a.Subject(), "Tôi chấm thấp vì chưa thấy ai trả tiền. Ai đã gặp đội thì cho biết thêm.", at); err != nil {
				return err
			}
		}
	}
	return nil
}
