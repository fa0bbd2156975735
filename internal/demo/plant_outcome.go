package demo

import (
	"time"

	"github.com/pocketbase/dbx"

	"vuon/internal/access"
	"vuon/internal/intake"
)

// deputy is a second manager: what was released is changed by two.
func deputy() string { return id("manager", 2) }

// deputies keeps whoever confirms what the manager proposes.
func (g *garden) deputies(since time.Time) {
	g.person(deputy(), "manager2", "Trịnh Mỹ Hạnh", "vi", since)
	g.grant(deputy(), access.Manager, access.House, since)
}

// answered is a call whose applicants know what was decided: one has declined and another was promoted, a decision was amended,
// and an appeal is heard by two judges, of whom one has found something.
func (g *garden) answered() *call {
	t := terms("programme000002", "cohort000000021", "tien-uom-tao-mua-thu", "Tiền ươm tạo mùa thu", "Autumn pre-incubation",
		"Mười tuần gặp khách hàng, ba chỗ cho ba đội dám hỏi.", "Ten weeks of talks with customers, three places for teams that dare to ask.", g.ago(22, 0, 0), 3)
	offer, appeal, until := 40, 14, day(g.ago(-30, 0, 0))
	t.OfferDays, t.AppealDays, t.WaitlistUntil = &offer, &appeal, &until
	c := g.announce(g.ago(58, 9, 0), g.ago(54, 8, 0), g.ago(34, 17, 0), true, t)
	outcomes := []intake.Outcome{
		intake.Admitted, intake.Admitted, intake.Admitted, intake.Waitlisted, intake.Waitlisted, intake.Rejected, intake.Rejected, intake.Rejected,
	}
	for n := range outcomes {
		c.apply(n+2, id("applicant", 30+n), "", true)
	}
	c.by(g.ago(28, 9, 0), c.manager, func(by access.Actor, at time.Time) error {
		_, err := intake.BeginDeciding(g.tx, by, c.id, at)
		return err
	})
	for n, outcome := range outcomes {
		c.by(g.ago(26, 10, n), c.manager, func(by access.Actor, at time.Time) error {
			_, err := intake.Decide(g.tx, by, c.applications[n+2], intake.Verdict{Outcome: outcome, Rationale: rationale(g, outcome), Feedback: feedback(g, outcome)}, at)
			return err
		})
	}
	c.by(g.ago(20, 9, 0), c.manager, func(by access.Actor, at time.Time) error {
		_, err := intake.Release(g.tx, by, c.id, at)
		return err
	})
	c.by(g.ago(15, 20, 0), id("applicant", 30), func(by access.Actor, at time.Time) error {
		o, err := intake.Offers.First(g.tx, dbx.HashExp{"application": c.applications[2]})
		if err == nil {
			_, err = intake.Decline(g.tx, by, o.Id, at)
		}
		return err
	})
	c.amended(7)
	c.appealed(8)
	return c
}

// by lets somebody do something at an instant.
func (c *call) by(at time.Time, who string, do func(by access.Actor, at time.Time) error) {
	c.then(at, func(at time.Time) error {
		by, err := c.g.as(who, at)
		if err != nil {
			return err
		}
		return do(by, at)
	})
}

// amended lets two managers put somebody on the waiting list who was rejected.
func (c *call) amended(n int) {
	g := c.g
	c.by(g.ago(12, 9, 0), c.manager, func(by access.Actor, at time.Time) error {
		_, err := intake.Amend(g.tx, by, c.applications[n], intake.Change{
			Outcome: intake.Waitlisted, Reason: "Biên bản ghi nhầm điểm của hai hồ sơ cùng tên.",
			Feedback: "Chúng tôi đã ghi nhầm điểm của bạn, xin lỗi bạn. Hồ sơ nay vào danh sách chờ.",
		}, at)
		return err
	})
	c.by(g.ago(11, 10, 0), deputy(), func(by access.Actor, at time.Time) error {
		m, err := intake.Amendments.First(g.tx, dbx.HashExp{"application": c.applications[n]})
		if err == nil {
			_, err = intake.ConfirmAmendment(g.tx, by, m.Id, at)
		}
		return err
	})
}

// appealed lets an applicant appeal, staff name a panel, and one of it find something.
func (c *call) appealed(n int) {
	g, panel := c.g, []string{idOf("judge"), id("judge", 2)}
	c.by(g.ago(9, 19, 0), id("applicant", 28+n), func(by access.Actor, at time.Time) error {
		_, err := intake.Plead(g.tx, by, c.applications[n],
			"Góp ý nói đội chưa gặp khách hàng. Trong hồ sơ chúng tôi có kể tên mười hai hộ đã dùng thử; mong hội đồng đọc lại câu hai.", at)
		return err
	})
	with := func(at time.Time, who string, do func(by access.Actor, appeal string, at time.Time) error) {
		c.by(at, who, func(by access.Actor, at time.Time) error {
			p, err := intake.Appeals.First(g.tx, dbx.HashExp{"application": c.applications[n]})
			if err != nil {
				return err
			}
			return do(by, p.Id, at)
		})
	}
	with(g.ago(8, 9, 0), c.staff, func(by access.Actor, p string, at time.Time) error {
		_, err := intake.AdmitAppeal(g.tx, by, p, at)
		return err
	})
	with(g.ago(8, 9, 30), c.staff, func(by access.Actor, p string, at time.Time) error {
		_, err := intake.Hear(g.tx, by, p, panel, at)
		return err
	})
	with(g.ago(2, 15, 0), panel[1], func(by access.Actor, p string, at time.Time) error {
		_, err := intake.Find(g.tx, by, p, intake.Finding{
			Finding: intake.Uphold, Outcome: intake.Waitlisted, Answer: "Bạn nói đúng: mười hai hộ có trong hồ sơ và chúng tôi đã bỏ sót. Hồ sơ vào danh sách chờ.",
		}, at)
		return err
	})
}
