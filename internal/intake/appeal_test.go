package intake_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
)

// filed is an appeal against the rejection of a released intake.
func filed(t *testing.T) (*aftermath, *intake.Appeal) {
	t.Helper()
	w := after(t, 1, 1)
	p, err := intake.Plead(w.house, w.me(t, w.rejected()), w.papers[w.rejected()].Id, "Hội đồng đọc nhầm số liệu.", w.now)
	housetest.Refused(t, err, "")
	return w, p
}

// heard is such an appeal with a panel of two judges, to whom nobody had shown the application before.
func heard(t *testing.T) (*aftermath, *intake.Appeal, []access.Actor) {
	t.Helper()
	w, p := filed(t)
	staff := housetest.StaffActing(t, w.house)
	panel := []access.Actor{housetest.Acting(t, w.house, access.Judge, access.House), housetest.Acting(t, w.house, access.Judge, access.House)}
	_, err := intake.AdmitAppeal(w.house, staff, p.Id, w.now)
	housetest.Refused(t, err, "")
	p, err = intake.Hear(w.house, staff, p.Id, []string{panel[0].ID, panel[1].ID}, w.now)
	housetest.Refused(t, err, "")
	return w, p, panel
}

func TestAnAppealIsFiledOnceAndInTime(t *testing.T) {
	t.Parallel()
	// Released on 23 November 2026, 14:00 in Ho Chi Minh City, with fifteen days: until 9 December, 00:00 there.
	until := time.Date(2026, 12, 8, 17, 0, 0, 0, time.UTC)
	for name, m := range moments {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := after(t, 1, 1)
			n := w.rejected()
			seen, err := intake.Read(w.house, w.me(t, n), w.papers[n].Id, until.Add(m.by))
			housetest.Refused(t, err, "")
			if !seen.Appeal.Until.Equal(until) || seen.Appeal.May == m.past {
				t.Errorf("the applicant is shown %+v", seen.Appeal)
			}
			_, err = intake.Plead(w.house, w.me(t, n), w.papers[n].Id, "Đọc nhầm", until.Add(m.by))
			housetest.Refused(t, err, code(m.past, "appeal.over"))
		})
	}
	w, _ := filed(t)
	n := w.rejected()
	for want, c := range map[string]struct {
		by    access.Actor
		paper int
		words string
	}{
		"appeal.exists":    {w.me(t, n), n, "Lần nữa"},
		"record.not_found": {w.me(t, 0), n, "Không phải của tôi"},
		"appeal.nothing":   {w.me(t, 0), 0, "Được nhận rồi"},
		"appeal.no_words":  {w.me(t, 1), 1, "  "},
	} {
		_, err := intake.Plead(w.house, c.by, w.papers[c.paper].Id, c.words, w.now)
		housetest.Refused(t, err, want)
	}
	_, err := intake.Plead(w.house, w.me(t, 1), w.papers[1].Id, "Tôi phải được nhận", w.now) // who waits may too
	housetest.Refused(t, err, "")
	housetest.Well(t, w.house)
}

// While an appeal is heard, managers change nothing: the panel does.
func TestAnAppealIsHeardByOthers(t *testing.T) {
	t.Parallel()
	w, p := filed(t)
	lost := w.papers[w.rejected()]
	_, err := intake.Amend(w.house, w.second, lost.Id, intake.Change{Outcome: intake.Waitlisted, Reason: "x"}, w.now)
	housetest.Refused(t, err, "appeal.live")
	_, err = intake.AdmitAppeal(w.house, w.manager, p.Id, w.now) // who decided has no word in it
	housetest.Refused(t, err, "appeal.part")
	_, err = intake.DismissAppeal(w.house, w.second, p.Id, " ", w.now)
	housetest.Refused(t, err, "appeal.no_answer")
	_, err = intake.Hear(w.house, w.second, p.Id, nil, w.now)
	housetest.Refused(t, err, "lifecycle.not_now")
	_, err = intake.AdmitAppeal(w.house, w.me(t, 1), p.Id, w.now)
	housetest.Refused(t, err, "record.not_found")
	_, err = intake.AdmitAppeal(w.house, w.second, p.Id, w.now)
	housetest.Refused(t, err, "")
	judge := housetest.Acting(t, w.house, access.Judge, access.House)
	for want, panel := range map[string][]string{
		"appeal.panel_size": {judge.ID},
		"appeal.panel":      {judge.ID, w.manager.ID},
	} {
		_, err = intake.Hear(w.house, w.second, p.Id, panel, w.now)
		housetest.Refused(t, err, want)
	}
	for _, panel := range [][]string{{judge.ID, lost.ApplicantID()}, {judge.ID, housetest.User(t, w.house).Id}, {judge.ID, "elsewhere000000"}} {
		_, err = intake.Hear(w.house, w.second, p.Id, panel, w.now)
		housetest.Refused(t, err, "appeal.panel")
	}
	_, err = intake.Hear(w.house, w.second, p.Id, []string{judge.ID, judge.ID}, w.now)
	housetest.Refused(t, err, "appeal.panel_size")
	_, err = intake.Hear(w.house, w.second, p.Id, []string{judge.ID, w.second.ID}, w.now)
	housetest.Refused(t, err, "")
	housetest.Well(t, w.house)
}

// Who judged the application is not named, whatever they thought of it.
func TestWhoJudgedDoesNotHear(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	days := 5
	draft := housetest.DraftIntake(t, house, housetest.Noon, 1, 1)
	staff := housetest.StaffActing(t, house)
	_, err := intake.Edit(house, staff, draft.Id, intake.Terms{AppealDays: &days}, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	call, err := intake.Publish(house, staff, draft.Id, housetest.Noon)
	housetest.Refused(t, err, "")
	a, u := housetest.Submitted(t, house, call, housetest.Noon)
	now := housetest.Closed(t, house, call, housetest.Noon)
	asked, judge := housetest.Asked(t, house, call, a, now)
	housetest.Judging(t, house, call, now)
	housetest.Judged(t, house, asked, judge, 200, now)
	_, err = intake.BeginDeciding(house, housetest.ManagerOf(t, house, call), call.Id, now)
	housetest.Refused(t, err, "")
	housetest.Decided(t, house, call, a, intake.Rejected, now)
	housetest.Released(t, house, call, now)
	p, err := intake.Plead(house, housetest.Actor(t, house, u, now), a.Id, "Chấm lại giúp tôi", now)
	housetest.Refused(t, err, "")
	_, err = intake.AdmitAppeal(house, staff, p.Id, now)
	housetest.Refused(t, err, "")
	other := housetest.Acting(t, house, access.Judge, access.House)
	_, err = intake.Hear(house, staff, p.Id, []string{other.ID, judge.Id}, now)
	housetest.Refused(t, err, "appeal.panel")
	v, err := intake.AppealAbout(house, staff, p.Id, now)
	housetest.Refused(t, err, "")
	if slices.ContainsFunc(v.Able, func(who intake.Person) bool { return who.ID == judge.Id }) || len(v.Able) < 2 {
		t.Errorf("could be named: %v", v.Able)
	}
	housetest.Well(t, house)
}

func TestAnAppealIsAnsweredByTwo(t *testing.T) {
	t.Parallel()
	w, p, panel := heard(t)
	n := w.rejected()
	for want, f := range map[string]intake.Finding{
		"appeal.finding": {Finding: "maybe", Answer: "x"}, "appeal.no_answer": {Finding: intake.Uphold, Outcome: intake.Admitted},
		"decision.outcome": {Finding: intake.Uphold, Answer: "x"},
	} {
		_, err := intake.Find(w.house, panel[0], p.Id, f, w.now)
		housetest.Refused(t, err, want)
	}
	_, err := intake.Settle(w.house, panel[0], p.Id, w.now)
	housetest.Refused(t, err, "appeal.no_finding")
	up := intake.Finding{Finding: intake.Uphold, Outcome: intake.Admitted, Answer: "Đúng là đọc nhầm; chúng tôi xin lỗi."}
	for _, outsider := range []access.Actor{w.manager, w.second, w.me(t, n)} {
		_, err = intake.Find(w.house, outsider, p.Id, up, w.now)
		housetest.Refused(t, err, "record.not_found")
	}
	_, err = intake.Find(w.house, panel[0], p.Id, up, w.now)
	housetest.Refused(t, err, "")
	seen, err := intake.Read(w.house, w.me(t, n), w.papers[n].Id, w.now)
	housetest.Refused(t, err, "")
	if seen.Appeal.Filed[0].Answer != "" {
		t.Error("the applicant reads what one of the panel thinks")
	}
	_, err = intake.Settle(w.house, panel[0], p.Id, w.now)
	housetest.Refused(t, err, "appeal.second_person")
	_, err = intake.Settle(w.house, panel[1], p.Id, w.now)
	housetest.Refused(t, err, "intake.full")
	up.Outcome = intake.Waitlisted
	_, err = intake.Find(w.house, panel[1], p.Id, up, w.now)
	housetest.Refused(t, err, "")
	_, err = intake.Settle(w.house, panel[0], p.Id, w.now)
	housetest.Refused(t, err, "")
	stands(t, w.house, w.papers[n].Id, intake.ApplicationWaitlisted)
	if got := w.ranks(t); !slices.Equal(got, []int{1, n}) {
		t.Errorf("the list is %v", got)
	}
	if seen, err = intake.Read(w.house, w.me(t, n), w.papers[n].Id, w.now); err != nil || seen.Appeal.Filed[0].Answer != up.Answer || seen.Decision.Rank != 2 {
		t.Errorf("the applicant reads %+v (%v)", seen.Appeal.Filed[0], err)
	}
	_, err = intake.Plead(w.house, w.me(t, n), w.papers[n].Id, "Vẫn chưa đủ", w.now) // against the panel's own decision: once
	housetest.Refused(t, err, "")
	housetest.Refused(t, intake.CloseAppeals(w.house, w.now.Add(30*24*time.Hour-time.Millisecond)), "")
	if p, err = intake.Appeals.Find(w.house, p.Id); err != nil || p.Status() != intake.AppealUpheld {
		t.Errorf("the appeal is %s (%v)", p.Status(), err)
	}
	housetest.Refused(t, intake.CloseAppeals(w.house, w.now.Add(30*24*time.Hour)), "")
	if p, err = intake.Appeals.Find(w.house, p.Id); err != nil || p.Status() != intake.AppealClosed {
		t.Errorf("the appeal is %s (%v)", p.Status(), err)
	}
	housetest.Well(t, w.house)
}

func TestARejectedAppealChangesNothing(t *testing.T) {
	t.Parallel()
	w, p, panel := heard(t)
	_, err := intake.Find(w.house, panel[0], p.Id, intake.Finding{Finding: intake.Dismiss, Answer: "Số liệu đã được đọc đúng."}, w.now)
	housetest.Refused(t, err, "")
	_, err = intake.Settle(w.house, panel[1], p.Id, w.now)
	housetest.Refused(t, err, "")
	stands(t, w.house, w.papers[w.rejected()].Id, intake.ApplicationRejected)
	for field, value := range map[string]any{"words": "khác", "answer": "khác", "panel": []string{}, "found_by": w.second.ID} {
		housetest.Refused(t, by(t, w.house, p, field, value), "appeal.rooted")
	}
	if _, err := w.house.NonconcurrentDB().NewQuery("DELETE FROM appeals").Execute(); err == nil {
		t.Error("an appeal was deleted")
	}
	housetest.Well(t, w.house)
}

// Who was ruled out in error comes back: before the release under review with the others, after it decided alone and told at
// once. Until an appeal is answered nothing is released.
func TestWhoWasRuledOutComesBack(t *testing.T) {
	t.Parallel()
	for name, late := range map[string]bool{"before the release": false, "after it": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			house := housetest.App(t)
			days, staff := 5, housetest.StaffActing(t, house)
			draft := housetest.DraftIntake(t, house, housetest.Noon, 1, 1)
			_, err := intake.Edit(house, staff, draft.Id, intake.Terms{AppealDays: &days}, 0, housetest.Noon)
			housetest.Refused(t, err, "")
			call, err := intake.Publish(house, staff, draft.Id, housetest.Noon)
			housetest.Refused(t, err, "")
			a, u := housetest.Submitted(t, house, call, housetest.Noon)
			_, err = intake.RuleOut(house, staff, a.Id, "Ngoài địa bàn", housetest.Noon)
			housetest.Refused(t, err, "")
			now := housetest.Deciding(t, house, call, housetest.Noon)
			manager := housetest.ManagerOf(t, house, call)
			if late {
				housetest.Released(t, house, call, now)
			}
			p, err := intake.Plead(house, housetest.Actor(t, house, u, now), a.Id, "Chúng tôi ở Bến Cát", now)
			housetest.Refused(t, err, "")
			if !late {
				_, err = intake.Release(house, manager, call.Id, now)
				housetest.Refused(t, err, "intake.appeals")
			}
			_, err = intake.AdmitAppeal(house, staff, p.Id, now)
			housetest.Refused(t, err, "appeal.part")
			one, two := housetest.StaffActing(t, house), housetest.StaffActing(t, house)
			_, err = intake.AdmitAppeal(house, one, p.Id, now)
			housetest.Refused(t, err, "")
			_, err = intake.Hear(house, two, p.Id, []string{one.ID, two.ID}, now)
			housetest.Refused(t, err, "")
			_, err = intake.Find(house, one, p.Id, intake.Finding{Finding: intake.Uphold, Answer: "Bến Cát thuộc địa bàn."}, now)
			housetest.Refused(t, err, "")
			_, err = intake.Settle(house, two, p.Id, now)
			housetest.Refused(t, err, "")
			housetest.Refused(t, intake.CloseIntakes(house, now), "")
			stands(t, house, a.Id, intake.ApplicationInReview)
			_, err = intake.Decide(house, manager, a.Id, admit(), now.Add(time.Minute))
			housetest.Refused(t, err, "")
			if late {
				stands(t, house, a.Id, intake.ApplicationAdmitted)
			} else {
				housetest.Released(t, house, call, now.Add(time.Minute))
			}
			if o := housetest.OfferTo(t, house, a.Id); o.Status() != intake.OfferSent {
				t.Errorf("the offer is %s", o.Status())
			}
			housetest.Well(t, house)
		})
	}
}

// Who hears an appeal reads the application with its table and its file, though they are no staff; what is not for judges stays
// with the staff, and nobody else fetches anything.
func TestWhoHearsReadsWhatWasHandedIn(t *testing.T) {
	t.Parallel()
	house, now, days := housetest.App(t), housetest.Noon, 5
	staff, open, secret := housetest.StaffActing(t, house), housetest.Plans(), housetest.Plans()
	secret.Key, secret.ReviewerVisible = "secret", false
	call := housetest.IntakeAsking(t, house, staff, now, 1, "heard", "Có tệp", intake.Schema{open, secret, {
		Key: "months", Type: "table", LabelVI: "Từng tháng", ReviewerVisible: true, Columns: []intake.Column{{Key: "sold", Type: "number", LabelVI: "Bán"}},
	}}, intake.Terms{AppealDays: &days})
	a, u := housetest.Beginner(t, house, call, now)
	me, ids := housetest.Actor(t, house, u, now), map[string]string{}
	for _, key := range []string{"plan", "secret"} {
		f, err := intake.Receive(house, me, a.Id, intake.Sending{Question: key, Name: key + ".pdf", Size: -1}, bytes.NewReader(housetest.Page(key)), now)
		housetest.Refused(t, err, "")
		ids[key] = f.Id
	}
	_, err := intake.Save(house, me, a.Id, intake.Words{Answers: intake.Answers{"months": []any{map[string]any{"sold": 7}}}}, 0, now)
	housetest.Refused(t, err, "")
	_, err = intake.Submit(house, me, a.Id, 0, now)
	housetest.Refused(t, err, "")
	_, err = intake.RuleOut(house, staff, a.Id, "Ngoài địa bàn", now)
	housetest.Refused(t, err, "")
	p, err := intake.Plead(house, me, a.Id, "Chúng tôi ở Bến Cát", now)
	housetest.Refused(t, err, "")
	other, judge := housetest.StaffActing(t, house), housetest.Acting(t, house, access.Judge, access.House)
	_, err = intake.AdmitAppeal(house, other, p.Id, now)
	housetest.Refused(t, err, "")
	_, err = intake.ReadableOnAppeal(house, judge, p.Id, ids["plan"], now) // not named yet
	housetest.Refused(t, err, "record.not_found")
	_, err = intake.Hear(house, other, p.Id, []string{judge.ID, other.ID}, now)
	housetest.Refused(t, err, "")

	for name, c := range map[string]struct {
		by           access.Actor
		plan, secret bool
	}{
		"a judge who hears it": {judge, true, false}, "staff who hear it": {other, true, true}, "staff who do not": {staff, true, true},
		"another judge": {housetest.Acting(t, house, access.Judge, access.House), false, false}, "the applicant": {me, false, false}, "a visitor": {access.Actor{}, false, false},
	} {
		for key, may := range map[string]bool{"plan": c.plan, "secret": c.secret} {
			f, err := intake.ReadableOnAppeal(house, c.by, p.Id, ids[key], now)
			if (err == nil) != may || may && f.Id != ids[key] {
				t.Errorf("%s fetches %s: %v", name, key, err)
			}
		}
		v, err := intake.AppealAbout(house, c.by, p.Id, now)
		if !c.plan {
			continue
		}
		housetest.Refused(t, err, "")
		if _, shown := v.Answers["secret"]; v.Answers["months"] == nil || shown != c.secret || len(v.Files) != map[bool]int{false: 1, true: 2}[c.secret] {
			t.Errorf("%s reads %v with %v", name, v.Answers, v.Files)
		}
		for _, f := range v.Files {
			if f.Path != "/appeals/"+p.Id+"/files/"+f.ID {
				t.Errorf("%s is sent to %s", name, f.Path)
			}
		}
	}
	housetest.Well(t, house)
}

// An appeal shows to its panel and the staff of its intake, and to nobody else.
func TestWhoSeesAnAppeal(t *testing.T) {
	t.Parallel()
	w, p, panel := heard(t)
	lists := func(by access.Actor) int {
		rows, err := intake.AppealsAll(w.house, by)
		housetest.Refused(t, err, "")
		return len(rows)
	}
	for name, c := range map[string]struct {
		by  access.Actor
		see bool
	}{
		"the panel": {panel[1], true}, "who decided": {w.manager, true}, "staff": {housetest.StaffActing(t, w.house), true},
		"the applicant": {w.me(t, w.rejected()), false}, "another applicant": {w.me(t, 0), false},
		"a judge":   {housetest.Acting(t, w.house, access.Judge, access.House), false},
		"elsewhere": {housetest.Acting(t, w.house, access.Manager, access.Scope{Type: access.Intake, ID: "elsewhere000000"}), false},
	} {
		_, err := intake.AppealAbout(w.house, c.by, p.Id, w.now)
		housetest.Refused(t, err, code(!c.see, "record.not_found"))
		if got := lists(c.by); got != map[bool]int{true: 1}[c.see] {
			t.Errorf("%s is listed %d", name, got)
		}
	}
}
