package app_test

import (
	"errors"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/judging"
	"vuon/internal/lifecycle"
)

// verb is something that somebody tries.
type verb struct {
	name string
	try  func() error
}

// as is somebody as they stand now.
func (w *stir) as(u *core.Record) access.Actor { return housetest.Actor(w.t, w.house, u, w.now) }

// drop forgets the row that a verb answers.
func drop[T any](_ T, err error) error { return err }

// verbs are everything that can be done to an intake and what belongs to it, by everybody.
func (w *stir) verbs() []verb {
	return slices.Concat(w.applicantVerbs(), w.staffVerbs(), w.managerVerbs(), w.panelVerbs(), w.fileVerbs(), w.meetingVerbs(),
		w.formVerbs(), w.roundVerbs(), w.time(), slices.Repeat([]verb{{"all hurry", w.hurry}}, 24))
}

func (w *stir) applicantVerbs() []verb {
	h := w.house
	begin := func() error {
		a, err := intake.Begin(h, w.one(w.applicants), w.call.Id, "", w.now)
		if err == nil && !slices.Contains(w.papers, a.Id) {
			w.papers = append(w.papers, a.Id)
		}
		return err
	}
	write := func() error {
		p := w.paper()
		title := []string{"Nước sạch", "Rau sạch", ""}[w.dice.IntN(3)]
		answers := intake.Answers{
			"team": "Hai người", "problem": "Thiếu nước", "solution": "Máy lọc", "sector": "health", "headcount": float64(w.dice.IntN(9)),
		}
		return drop(intake.Save(h, w.owner(p), p, intake.Words{Title: &title, Answers: answers}, 0, w.now))
	}
	submit := func() error { p := w.paper(); return drop(intake.Submit(h, w.owner(p), p, 0, w.now)) }
	offered := func() (access.Actor, string) {
		id := w.row("offers")
		o, err := intake.Offers.Find(h, id)
		if err != nil {
			return w.one(w.applicants), id
		}
		return w.owner(o.ApplicationID()), id
	}
	return []verb{
		{"begin", begin},
		{"begin", begin},
		{"write", write},
		{"write", write},
		{"submit", submit},
		{"submit", submit},
		{"submit", submit},
		{"answer", func() error { p := w.paper(); return drop(intake.Answer(h, w.owner(p), p, 0, w.now)) }},
		{"withdraw", func() error { p := w.paper(); return drop(intake.Withdraw(h, w.owner(p), p, w.now)) }},
		{"accept", func() error { by, id := offered(); return drop(intake.Accept(h, by, id, "", w.now)) }},
		{"decline", func() error { by, id := offered(); return drop(intake.Decline(h, by, id, w.now)) }},
		{"appeal", func() error { p := w.paper(); return drop(intake.Plead(h, w.owner(p), p, w.text(), w.now)) }},
		{"appeal", func() error { p := w.paper(); return drop(intake.Plead(h, w.owner(p), p, w.text(), w.now)) }},
	}
}

func (w *stir) staffVerbs() []verb {
	h := w.house
	later := func() time.Time { return w.now.Add(time.Duration(w.dice.IntN(72)-12) * time.Hour) }
	return []verb{
		{"move", func() error {
			to := []lifecycle.State{intake.ScreeningShortlisted, intake.ScreeningSetAside, intake.ScreeningSettled}[w.dice.IntN(3)]
			return drop(intake.Move(h, w.one(w.staff), w.row("screenings"), to, w.now))
		}},
		{"jot", func() error {
			p := []intake.Proposal{intake.ProposeAdmit, "perhaps"}[w.dice.IntN(2)]
			return drop(intake.Jot(h, w.one(w.staff), w.row("screenings"), intake.Card{Proposal: &p}, 0, w.now))
		}},
		{"ask", func() error { return drop(intake.Ask(h, w.one(w.staff), w.paper(), w.text(), later(), w.now)) }},
		{"rule out", func() error { return drop(intake.RuleOut(h, w.one(w.staff), w.paper(), w.text(), w.now)) }},
		{"restore", func() error { return drop(intake.Restore(h, w.one(w.managers), w.paper(), w.now)) }},
		{"assign", func() error {
			_, _, err := intake.Assign(h, w.one(w.staff), w.call.Id, []string{w.paper()}, []string{w.judges[w.dice.IntN(2)].Id}, w.now)
			return err
		}},
		{"open round", func() error { return drop(intake.OpenRound(h, w.one(w.staff), w.call.Id, time.Time{}, w.now)) }},
		{"close round", func() error { return drop(intake.CloseRound(h, w.one(w.staff), w.call.Id, w.now)) }},
		{"postpone", func() error {
			day := w.now.AddDate(0, 0, w.dice.IntN(20)).Format(time.DateOnly)
			return drop(intake.Postpone(h, w.one(w.staff), w.row("offers"), day, w.text(), w.now))
		}},
		{"take up appeal", func() error { return drop(intake.AdmitAppeal(h, w.one(w.staff), w.row("appeals"), w.now)) }},
		{"take up appeal", func() error { return drop(intake.AdmitAppeal(h, w.one(w.staff), w.row("appeals"), w.now)) }},
		{"dismiss appeal", func() error { return drop(intake.DismissAppeal(h, w.one(w.staff), w.row("appeals"), w.text(), w.now)) }},
		{"name panel", func() error {
			panel := []string{w.judges[2].Id, w.judges[3].Id}
			if w.dice.IntN(3) == 0 {
				panel = []string{w.one(w.judges).ID, w.one(w.managers).ID}
			}
			return drop(intake.Hear(h, w.one(w.staff), w.row("appeals"), panel, w.now))
		}},
	}
}

func (w *stir) managerVerbs() []verb {
	h := w.house
	decide := func() error {
		v := intake.Verdict{Outcome: w.outcome(), Rationale: w.text(), Feedback: w.text(), Rank: w.dice.IntN(4)}
		return drop(intake.Decide(h, w.one(w.managers), w.paper(), v, w.now))
	}
	amend := func() error {
		c := intake.Change{Outcome: w.outcome(), Feedback: w.text(), Reason: w.text()}
		return drop(intake.Amend(h, w.one(w.managers), w.paper(), c, w.now))
	}
	confirm := func() error {
		return drop(intake.ConfirmAmendment(h, w.one(w.managers), w.row("decision_amendments"), w.now))
	}
	return []verb{
		{"begin deciding", func() error { return drop(intake.BeginDeciding(h, w.one(w.managers), w.call.Id, w.now)) }},
		{"decide", decide},
		{"decide", decide},
		{"release", func() error { return drop(intake.Release(h, w.one(w.managers), w.call.Id, w.now)) }},
		{"promote", func() error { return drop(intake.Promote(h, w.one(w.managers), w.paper(), w.now)) }},
		{"revoke", func() error { return drop(intake.Revoke(h, w.one(w.managers), w.row("offers"), w.text(), w.now)) }},
		{"enlarge", func() error {
			more := 3
			if w.dice.IntN(4) > 0 {
				more = 0 // places stay scarce
			}
			return drop(intake.Enlarge(h, w.one(w.managers), w.call.Id, more, w.text(), w.now))
		}},
		{"reorder", func() error {
			o, err := intake.OutcomesOf(h, w.one(w.managers), w.call.Id, w.now)
			if err != nil {
				return err
			}
			order := []string{}
			for _, row := range o.Waiting {
				order = append(order, row.Paper.ID)
			}
			slices.Sort(order)
			return drop(intake.Reorder(h, w.one(w.managers), w.call.Id, order, w.text(), w.now))
		}},
		{"amend", amend},
		{"amend", amend},
		{"amend", amend},
		{"confirm", confirm},
		{"confirm", confirm},
		{"confirm", confirm},
		{"refuse", func() error {
			return drop(intake.RefuseAmendment(h, w.one(w.managers), w.row("decision_amendments"), w.text(), w.now))
		}},
		{"take back", func() error {
			return drop(intake.WithdrawAmendment(h, w.one(w.managers), w.row("decision_amendments"), w.now))
		}},
		{"close the list", func() error {
			if w.dice.IntN(4) > 0 {
				return nil // not too often: nothing happens behind it
			}
			return drop(intake.CloseWaitlist(h, w.one(w.managers), w.call.Id, w.now))
		}},
		{"list by hand", func() error {
			auto := w.dice.IntN(3) > 0
			return drop(intake.Edit(h, w.one(w.staff), w.call.Id, intake.Terms{WaitlistAuto: &auto}, 0, w.now))
		}},
	}
}

func (w *stir) panelVerbs() []verb {
	h := w.house
	find := func() error {
		f := intake.Finding{Finding: []string{intake.Uphold, intake.Uphold, intake.Dismiss, "maybe"}[w.dice.IntN(4)], Outcome: w.outcome(), Answer: w.text()}
		return drop(intake.Find(h, w.one(w.judges), w.row("appeals"), f, w.now))
	}
	answer := func() error { return drop(intake.Settle(h, w.one(w.judges), w.row("appeals"), w.now)) }
	yes := judging.Yes
	return []verb{
		{"find", find},
		{"find", find},
		{"answer appeal", answer},
		{"answer appeal", answer},
		{"judge accepts", func() error { return drop(judging.Accept(h, w.one(w.judges), w.row("assignments"), w.now)) }},
		{"judge writes", func() error {
			return drop(judging.Save(h, w.one(w.judges), w.row("assignments"), judging.Edit{Scores: housetest.Points(400), Recommendation: &yes}, 0, w.now))
		}},
		{"judge hands in", func() error { return drop(judging.Submit(h, w.one(w.judges), w.row("assignments"), true, 0, w.now)) }},
		{"judge recuses", func() error { return drop(judging.Recuse(h, w.one(w.judges), w.row("assignments"), w.text(), w.now)) }},
	}
}

// time goes on, and the jobs do what is due; sometimes everybody hurries to the next stage.
func (w *stir) time() []verb {
	h := w.house
	jobs := func() error {
		for _, job := range []func() error{
			func() error { return intake.OpenIntakes(h, w.now) }, func() error { return intake.CloseIntakes(h, w.now) },
			func() error { return intake.LapseAnswers(h, w.now) }, func() error { return intake.ExpireOffers(h, w.now) },
			func() error { return intake.CloseWaitlists(h, w.now) }, func() error { return intake.CloseAppeals(h, w.now) },
		} {
			if err := job(); err != nil {
				return err
			}
		}
		return nil
	}
	return []verb{
		{"minutes pass", func() error { w.now = w.now.Add(time.Duration(w.dice.IntN(30)) * time.Minute); return nil }},
		{"a day passes", func() error {
			if w.dice.IntN(3) == 0 && len(w.papers) > 3 {
				w.now = w.now.Add(time.Duration(w.dice.IntN(60)) * time.Hour)
			}
			return jobs()
		}},
		{"the jobs run", jobs},
	}
}

// hurry brings the intake to its next stage, as whoever runs it would: hands in, closes, decides what is left, releases.
func (w *stir) hurry() error {
	call, err := intake.Intakes.Find(w.house, w.call.Id)
	if err != nil {
		return err
	}
	manager := w.as(w.managers[w.dice.IntN(2)])
	w.said = "everybody"
	switch call.Status() {
	case intake.IntakePublished, intake.IntakeOpen:
		if len(w.papers) < 4 {
			return w.crowd()
		}
		w.now = w.now.Add(2 * time.Hour)
		return intake.CloseIntakes(w.house, w.now)
	case intake.IntakeClosed:
		return drop(intake.BeginDeciding(w.house, manager, call.Id, w.now))
	case intake.IntakeDeciding:
		o, err := intake.OutcomesOf(w.house, manager, call.Id, w.now)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(o.Blocks, func(b intake.Block) bool { return b.Kind == "question" || b.Kind == "submitted" }) {
			w.now = w.now.Add(72 * time.Hour)
			return errors.Join(intake.LapseAnswers(w.house, w.now), intake.CloseIntakes(w.house, w.now))
		}
		for n, row := range o.Undecided {
			outcome := []intake.Outcome{intake.Admitted, intake.Waitlisted, intake.Rejected}[(n+w.dice.IntN(2))%3]
			if outcome == intake.Admitted && o.Taken+n >= o.Capacity {
				outcome = intake.Waitlisted
			}
			v := intake.Verdict{Outcome: outcome, Rationale: "theo điểm", Feedback: "cảm ơn bạn"}
			if _, err := intake.Decide(w.house, manager, row.Paper.ID, v, w.now); err != nil {
				return err
			}
		}
		return drop(intake.Release(w.house, manager, call.Id, w.now))
	case intake.IntakeReleased, intake.IntakeArchived: // two managers think better of something
		c := intake.Change{Outcome: []intake.Outcome{intake.Admitted, intake.Waitlisted, intake.Rejected}[w.dice.IntN(3)], Feedback: "xin lỗi bạn", Reason: "cộng nhầm"}
		m, err := intake.Amend(w.house, w.as(w.managers[0]), w.paper(), c, w.now)
		if err != nil {
			return err
		}
		return drop(intake.ConfirmAmendment(w.house, w.as(w.managers[1]), m.Id, w.now))
	}
	return nil
}

// crowd lets everybody who has not handed anything in do so.
func (w *stir) crowd() error {
	title, answers := "Nước sạch", intake.Answers{"team": "Hai", "problem": "Nước", "solution": "Lọc", "sector": "health", "headcount": 3.0}
	for _, u := range w.applicants {
		by := w.as(u)
		a, err := intake.Begin(w.house, by, w.call.Id, "", w.now)
		if err != nil {
			return err
		}
		if !slices.Contains(w.papers, a.Id) {
			w.papers = append(w.papers, a.Id)
		}
		if a.Status() != intake.ApplicationDraft {
			continue
		}
		if _, err := intake.Save(w.house, by, a.Id, intake.Words{Title: &title, Answers: answers}, 0, w.now); err != nil {
			return err
		}
		if _, err := intake.Submit(w.house, by, a.Id, 0, w.now); err != nil {
			return err
		}
	}
	return nil
}
