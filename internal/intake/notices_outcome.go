package intake

import (
	"slices"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/locale"
	"vuon/internal/notice"
)

// outcomeNotices are what people are told of waiting lists, offers, amendments and appeals. None of them tells an outcome.
func outcomeNotices() []notice.Rule {
	return []notice.Rule{
		{Key: "waitlist_moved", Class: notice.Transactional, Due: promoted},
		{Key: "decision_amended", Class: notice.Transactional, Due: amended},
		{Key: "offer_changed", Class: notice.Transactional, Due: offersChanged},
		{Key: "appeal_moved", Class: notice.Transactional, Due: appealsMoved},
		{Key: "appeal_filed", Class: notice.Reminder, Due: appealsFiled},
		{Key: "appeal_hearing", Class: notice.Transactional, Due: hearings},
		{Key: "appeal_due", Class: notice.Reminder, Due: remindAppeals},
	}
}

// promoted tells whoever waited that their turn has come.
func promoted(tx core.App, now time.Time) ([]notice.Due, error) {
	papers, err := mattersMoved(tx, now.Add(-recent), "application.promote")
	return perMove(papers, "wait:", "the next on the waiting list"), err
}

// amended tells applicants that what was decided has changed. What follows from an appeal is told with its answer.
func amended(tx core.App, now time.Time) ([]notice.Due, error) {
	papers, err := mattersAmended(tx, now.Add(-recent))
	return perMove(papers, "amended:", "the decision was amended"), err
}

// offersChanged tells applicants that an offer ends later, was taken back, or has run out.
func offersChanged(tx core.App, now time.Time) ([]notice.Due, error) {
	papers, err := mattersOfOffers(tx, now.Add(-recent), "offers.postpone", "offer.revoke", "offer.expire")
	return perMove(papers, "offer-chg:", "the offer was changed"), err
}

// appealsMoved tells applicants each time that something has become of their appeal.
func appealsMoved(tx core.App, now time.Time) ([]notice.Due, error) {
	papers, err := mattersOfAppeals(tx, now.Add(-recent), "appeal.admit", "appeal.dismiss", "appeal.hear", "appeal.uphold", "appeal.reject")
	return perMove(papers, "appeal:", "the appeal was moved"), err
}

// perMove is one notice to the applicant for each move.
func perMove(papers []matter, key, why string) []notice.Due {
	due := make([]notice.Due, 0, len(papers))
	for _, p := range papers {
		d := p.told(key + p.ID + ":" + strconv.Itoa(p.Seq))
		d.Why = why
		due = append(due, d)
	}
	return due
}

// appealsFiled tells the staff and the managers of an intake that an applicant has appealed.
func appealsFiled(tx core.App, now time.Time) ([]notice.Due, error) {
	papers, err := mattersOfAppeals(tx, now.Add(-recent), "appeals.file")
	if err != nil || len(papers) == 0 {
		return nil, err
	}
	var due []notice.Due
	for _, p := range papers {
		some, err := answerers(tx, p, now)
		if err != nil {
			return nil, err
		}
		for _, who := range some {
			due = append(due, p.appealed("appeal-filed:"+p.Appeal+":"+who, who, "filed on "+locale.Day(p.At.Time())))
		}
	}
	return due, nil
}

// hearings tells each of a panel that they are to hear an appeal.
func hearings(tx core.App, now time.Time) ([]notice.Due, error) {
	papers, err := mattersOfAppeals(tx, now.Add(-recent), "appeal.hear")
	var due []notice.Due
	for _, p := range papers {
		for _, who := range p.panel() {
			due = append(due, p.appealed("appeal-hear:"+p.Appeal+":"+who, who, "named to hear it"))
		}
	}
	return due, err
}

// remindAppeals tells who is to answer an appeal, three days before the day by which it is to be answered and on it, that it
// waits: its panel, or where there is none yet the staff.
func remindAppeals(tx core.App, now time.Time) ([]notice.Due, error) {
	papers, err := mattersAppealed(tx, locale.Day(now), locale.Day(now.Add(notice.Ahead+4*day)))
	var due []notice.Due
	for _, p := range papers {
		people := p.panel()
		if len(people) == 0 {
			if people, err = answerers(tx, p, now); err != nil {
				return nil, err
			}
		}
		end := endOfDay(p.DueOn)
		for _, step := range notice.Steps(end.Add(-16*time.Hour), now, -3*day, 0) {
			for _, who := range people {
				d := step.On(p.appealed("appeal-due:"+p.Appeal+":"+who, who, "to be answered by "+p.DueOn))
				d.Until = end
				due = append(due, d)
			}
		}
	}
	return due, err
}

// appealed is a notice about an appeal to somebody who answers it.
func (p matter) appealed(dedup, who, why string) notice.Due {
	return notice.Due{
		Dedup: dedup, User: who, Link: "/app/appeals/" + p.Appeal, Mail: true, Why: why,
		Args: map[string]string{"receipt": p.Code, "title_vi": p.TitleVI, "title_en": p.TitleEN, "until": p.DueOn},
	}
}

// answerers are who works over the intake of an appeal, but for those who stand near to it.
func answerers(tx core.App, p matter, now time.Time) ([]string, error) {
	i, err := Intakes.Find(tx, p.Intake)
	if err != nil {
		return nil, err
	}
	var all []string
	for _, role := range []access.Role{access.Staff, access.Manager} {
		some, err := access.Holders(tx, role, now, i.Path()...)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	slices.Sort(all)
	far := []string{}
	for _, who := range slices.Compact(all) {
		near, err := Related(tx, who, subjectType, p.ID)
		if err != nil {
			return nil, err
		}
		if near == "" {
			far = append(far, who)
		}
	}
	return far, nil
}

// outcomeDuties are what waits after a release: appeals to answer and to hear, amendments to confirm, places to give.
func outcomeDuties(app core.App, by access.Actor, now time.Time) ([]notice.Duty, error) {
	var todo []notice.Duty
	heard, err := appealsHeard(app, by.ID)
	if err != nil {
		return nil, err
	}
	for _, p := range heard {
		if p.FoundBy() == by.ID {
			continue // another of the panel has to read it now
		}
		i, err := Intakes.Find(app, p.IntakeID())
		if err != nil {
			return nil, err
		}
		due := endOfDay(p.DueOn())
		todo = append(todo, notice.Duty{
			Key: "appeal_hear", Args: map[string]string{"title_vi": i.TitleVI(), "title_en": i.TitleEN()}, Link: "/app/appeals/" + p.Id,
			Due: due, Late: !now.Before(due),
		})
	}
	if !by.HoldsAnywhere(access.Staff, access.Manager) {
		return todo, nil
	}
	after, err := intakesAfter(app)
	if err != nil {
		return nil, err
	}
	r, err := readerOf(app, by)
	if err != nil {
		return nil, err
	}
	for _, i := range after {
		if !staffing(by, i) {
			continue
		}
		more, err := afterDuties(app, by, r, i, now)
		if err != nil {
			return nil, err
		}
		todo = append(todo, more...)
	}
	return todo, nil
}

func afterDuties(app core.App, by access.Actor, r reader, i *Intake, now time.Time) ([]notice.Duty, error) {
	o := &Outcomes{}
	for _, part := range []func(core.App, access.Actor, reader, *Intake, *Outcomes, time.Time) error{toWait, toAmend} {
		if err := part(app, by, r, i, o, now); err != nil {
			return nil, err
		}
	}
	live, err := liveAppeals(app, i.Id)
	if err != nil {
		return nil, err
	}
	todo := []notice.Duty{}
	add := func(key, link, day string, n int) {
		if n == 0 {
			return
		}
		due := endOfDay(day)
		todo = append(todo, notice.Duty{
			Key: key, Args: map[string]string{"n": strconv.Itoa(n), "title_vi": i.TitleVI(), "title_en": i.TitleEN()}, Link: link,
			Due: due, Late: !due.IsZero() && !now.Before(due),
		})
	}
	waiting, first := 0, ""
	for _, p := range live {
		near, err := Related(app, by.ID, subjectType, p.ApplicationID())
		if err != nil {
			return nil, err
		}
		if near == "" && !p.in(AppealUnderReview) {
			waiting++
			if first == "" || p.DueOn() < first {
				first = p.DueOn()
			}
		}
	}
	add("appeals_answer", "/app/appeals", first, waiting)
	if !by.Holds(access.Manager, i.Path()...) {
		return todo, nil
	}
	here := "/app/intakes/" + i.Id + "/outcomes"
	add("amendments_confirm", here, "", len(slices.DeleteFunc(o.Amendments, func(m OpenAmendment) bool { return m.Mine })))
	if o.Wish != nil && !o.Wish.Mine {
		add("waitlist_second", here, "", 1)
	}
	taken, err := placesTaken(app, i.Id)
	if free := i.Capacity() - taken; err == nil && i.told() && free > 0 && len(o.Waiting) > 0 {
		add("waitlist_promote", here, i.WaitlistUntil(), min(free, len(o.Waiting)))
	}
	return todo, err
}
