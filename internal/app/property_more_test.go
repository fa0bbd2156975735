package app_test

import (
	"bytes"
	"time"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/judging"
)

// seldom tries a verb one time of so many: behind it little happens.
func (w *stir) seldom(one int, do func() error) func() error {
	return func() error {
		if w.dice.IntN(one) > 0 {
			return nil
		}
		return do()
	}
}

// heard is an interview and whoever wrote the application that it is about.
func (w *stir) heard() (access.Actor, string) {
	id := w.row("interviews")
	v, err := intake.Interviews.Find(w.house, id)
	if err != nil {
		return w.one(w.applicants), id
	}
	return w.owner(v.ApplicationID()), id
}

// fileVerbs are about what is sent along and who is heard.
func (w *stir) fileVerbs() []verb {
	h := w.house
	on := func() (intake.Sending, []byte) {
		raw := housetest.Page([]string{"một", "hai", "ba"}[w.dice.IntN(3)])
		return intake.Sending{Question: []string{"plan", "plan", "plan", "team"}[w.dice.IntN(4)], Name: "kế hoạch.pdf", Size: int64(len(raw))}, raw
	}
	send := func() error {
		p := w.paper()
		s, raw := on()
		if w.dice.IntN(8) == 0 {
			raw = []byte("#!/bin/sh")
		}
		return drop(intake.Receive(h, w.owner(p), p, s, bytes.NewReader(raw), w.now))
	}
	return []verb{
		{"send", send},
		{"send", send},
		{"take out", func() error {
			p := w.paper()
			return intake.TakeOut(h, w.owner(p), p, w.row("application_files"), w.now)
		}},
		{"ticket", func() error { p := w.paper(); s, _ := on(); return drop(intake.GiveTicket(h, w.owner(p), p, s, w.now)) }},
		{"discard", w.seldom(3, func() error { p := w.paper(); return drop(intake.Discard(h, w.owner(p), p, w.now)) })},
		{"comes", func() error { by, id := w.heard(); return drop(intake.ConfirmInterview(h, by, id, 0, w.now)) }},
		{"cannot come", func() error { by, id := w.heard(); return drop(intake.DeclineInterview(h, by, id, w.text(), 0, w.now)) }},
	}
}

// meetingVerbs set and move interviews, and deadlines.
func (w *stir) meetingVerbs() []verb {
	h := w.house
	at := func() time.Time { return w.now.Add(time.Duration(w.dice.IntN(90)-4) * time.Hour) }
	meet := func() error {
		minutes, place, panel := 20, []string{"Phòng 1", ""}[min(w.dice.IntN(6)/5, 1)], []string{w.judges[w.dice.IntN(4)].Id}
		slots := []intake.Slot{{Application: w.paper(), StartsAt: at()}}
		return drop(intake.Meet(h, w.one(w.staff), w.call.Id, slots, intake.Meeting{Minutes: &minutes, Place: &place, Panel: &panel}, w.now))
	}
	return []verb{
		{"meet", meet},
		{"meet", meet},
		{"rearrange", func() error {
			to := at()
			return drop(intake.Rearrange(h, w.one(w.staff), w.row("interviews"), intake.Meeting{StartsAt: &to}, 0, w.now))
		}},
		{"call off", func() error { return drop(intake.CallOff(h, w.one(w.staff), w.row("interviews"), w.text(), w.now)) }},
		{"hold", func() error { return drop(intake.Hold(h, w.one(w.staff), w.row("interviews"), w.now)) }},
		{"extend", w.seldom(2, func() error {
			of := ""
			if w.dice.IntN(3) > 0 {
				of = w.paper()
			}
			return drop(intake.Extend(h, w.one(w.staff), w.call.Id, of, w.now.Add(time.Duration(w.dice.IntN(40)-5)*time.Hour), w.text(), w.now))
		})},
		{"cancel", w.seldom(30, func() error { return drop(intake.Cancel(h, w.one(w.managers), w.call.Id, w.text(), w.now)) })},
		{"archive", w.seldom(4, func() error { return drop(intake.Archive(h, w.one(w.managers), w.call.Id, w.now)) })},
		{"edit cohort", func() error {
			n := w.dice.IntN(4)
			return drop(intake.EditCohort(h, w.one(w.managers), w.call.CohortID(), intake.CohortTerms{Capacity: &n}, 0, w.now))
		}},
		{"move cohort", w.seldom(3, func() error {
			verb := []string{"recruit", "start", "graduate", "close"}[w.dice.IntN(4)]
			return drop(intake.MoveCohort(h, w.one(w.managers), w.call.CohortID(), verb, w.now))
		})},
	}
}

// formVerbs change forms, that of the intake among them.
func (w *stir) formVerbs() []verb {
	h := w.house
	schema := func() intake.Schema {
		asks := intake.Schema{{Key: "why", Type: "long", LabelVI: "Vì sao"}, housetest.Plans()}
		asks[1].MaxFiles, asks[1].MaxMB = 1+w.dice.IntN(4), 20+w.dice.IntN(90)
		return asks[:1+w.dice.IntN(2)]
	}
	return []verb{
		{"write form", func() error {
			return drop(intake.EditForm(h, w.one(w.staff), w.row("form_versions"), schema(), 0, w.now))
		}},
		{"next form", func() error { return drop(intake.NextForm(h, w.one(w.staff), w.row("forms"), "", w.now)) }},
		{"move form", func() error {
			return drop(intake.MoveForm(h, w.one(w.staff), w.row("form_versions"), []string{"publish", "retire"}[w.dice.IntN(2)], w.now))
		}},
		{"archive form", w.seldom(3, func() error { return drop(intake.ArchiveForm(h, w.one(w.staff), w.row("forms"), w.now)) })},
		{"revive form", w.seldom(3, func() error { return drop(intake.ReviveForm(h, w.one(w.staff), w.row("forms"), w.now)) })},
	}
}

// roundVerbs bring rounds on their way, each by itself.
func (w *stir) roundVerbs() []verb {
	h := w.house
	round := func() string { return w.row("rounds") }
	terms := func() judging.Terms {
		n, ties := w.dice.IntN(3), []string{[]string{"median", "yes", "beauty"}[w.dice.IntN(3)]}
		return judging.Terms{PerSubject: &n, Ties: &ties}
	}
	return []verb{
		{"add round", w.seldom(3, func() error {
			t, title := terms(), "Vòng nữa"
			t.TitleVI = &title
			return drop(intake.AddRound(h, w.one(w.staff), w.call.Id, t, w.now))
		})},
		{"rewrite round", func() error { return drop(judging.Rewrite(h, w.one(w.staff), round(), terms(), 0, w.now)) }},
		{"begin round", func() error { return drop(judging.Begin(h, w.one(w.staff), round(), w.now)) }},
		{"invite", func() error {
			return drop(judging.Invite(h, w.one(w.staff), round(), w.judges[w.dice.IntN(2)].Id, w.dice.IntN(9), w.now))
		}},
		{"commit", func() error {
			return drop(judging.Commit(h, w.one(w.judges), w.row("judge_commitments"), w.dice.IntN(9), w.now))
		}},
		{"propose", func() error { _, _, err := judging.Propose(h, w.one(w.staff), round(), false, w.now); return err }},
		{"forget", w.seldom(2, func() error { return drop(judging.Forget(h, w.one(w.staff), round(), w.now)) })},
		{"offer all", func() error { return drop(judging.OfferAll(h, w.one(w.staff), round(), w.now)) }},
		{"open it", func() error { return drop(judging.Open(h, w.one(w.staff), round(), time.Time{}, w.now)) }},
		{"wait", func() error { return drop(judging.Wait(h, w.one(w.staff), round(), w.now)) }},
		{"close it", w.seldom(2, func() error { return drop(judging.Close(h, w.one(w.staff), round(), w.now)) })},
		{"compute", func() error { return drop(judging.Compute(h, w.one(w.staff), round(), w.now)) }},
		{"advance", func() error { return drop(judging.Advance(h, w.one(w.staff), round(), nil, "", w.now)) }},
	}
}

// asking gives an intake the first form and a question for files beside it.
func asking(w *stir, by access.Actor) string {
	first, err := intake.FormVersions.Find(w.house, housetest.FirstForm)
	housetest.Refused(w.t, err, "")
	schema, err := first.Schema()
	housetest.Refused(w.t, err, "")
	v, err := intake.NewForms(w.house, by, "stirred", "Có tệp", "", append(schema, housetest.Plans()), w.now)
	housetest.Refused(w.t, err, "")
	_, err = intake.MoveForm(w.house, by, v.Id, "publish", w.now)
	housetest.Refused(w.t, err, "")
	return v.Id
}
