package housetest

import (
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/intake"
	"vuon/internal/judging"
	"vuon/internal/judging/score"
)

// FirstForm is the form of five questions that every house begins with.
const FirstForm = "formbasic000001"

// DraftIntake stores an intake that is not yet published, with so many places, in a cohort of so many. It is to be open
// from an hour before now to an hour after.
func DraftIntake(t testing.TB, app core.App, now time.Time, places, seats int) *intake.Intake {
	t.Helper()
	return DraftIntakeBy(t, app, StaffActing(t, app), now, places, seats)
}

// DraftIntakeBy is DraftIntake by a member of staff who is there already.
func DraftIntakeBy(t testing.TB, app core.App, by access.Actor, now time.Time, places, seats int) *intake.Intake {
	t.Helper()
	cohort, err := intake.Cohorts.Find(app, Places(t, app, seats))
	if err != nil {
		t.Fatal(err)
	}
	programme, id, form, slug := cohort.ProgrammeID(), cohort.Id, FirstForm, "dot-"+core.GenerateDefaultRandomId()
	vi, en, opens, closes, days := "Đợt tuyển mùa thu", "Autumn intake", now.Add(-time.Hour), now.Add(time.Hour), 14
	i, err := intake.Announce(app, by, intake.Terms{
		Programme: &programme, Cohort: &id, FormVersion: &form, Slug: &slug, TitleVI: &vi, TitleEN: &en,
		OpensAt: &opens, ClosesAt: &closes, OfferDays: &days, Capacity: &places,
	}, now)
	if err != nil {
		t.Fatalf("announce an intake: %v", err)
	}
	return i
}

// IntakeAsking stores an intake of one's own questions and terms, published at now.
func IntakeAsking(
	t testing.TB, app core.App, by access.Actor, now time.Time, places int, code, title string, questions intake.Schema, terms intake.Terms,
) *intake.Intake {
	t.Helper()
	v, err := intake.NewForms(app, by, code, title, "", questions, now)
	Refused(t, err, "")
	_, err = intake.MoveForm(app, by, v.Id, "publish", now)
	Refused(t, err, "")
	terms.FormVersion = &v.Id
	i, err := intake.Edit(app, by, DraftIntakeBy(t, app, by, now, places, places).Id, terms, 0, now)
	Refused(t, err, "")
	return must(t)(intake.Publish(app, by, i.Id, now))
}

// OpenIntake stores an intake with so many places that takes applications at now.
func OpenIntake(t testing.TB, app core.App, now time.Time, places int) *intake.Intake {
	t.Helper()
	return must(t)(intake.Publish(app, StaffActing(t, app), DraftIntake(t, app, now, places, places).Id, now))
}

// must returns the row that a verb answers, or ends the test.
func must(t testing.TB) func(*intake.Intake, error) *intake.Intake {
	return func(i *intake.Intake, err error) *intake.Intake {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return i
	}
}

// StaffActing returns a member of the house's staff.
func StaffActing(t testing.TB, app core.App) access.Actor {
	t.Helper()
	return Acting(t, app, access.Staff, access.House)
}

// ManagerOf returns a manager of one intake.
func ManagerOf(t testing.TB, app core.App, i *intake.Intake) access.Actor {
	t.Helper()
	return Acting(t, app, access.Manager, access.Scope{Type: access.Intake, ID: i.Id})
}

// Filled are whole answers to the first form.
func Filled() intake.Answers {
	return intake.Answers{
		"team": "Hai kỹ sư và một người bán hàng", "problem": "Khu trọ công nhân thiếu nước sạch.",
		"solution": "Máy lọc nước dùng chung, trả theo lít.", "sector": "health", "headcount": 3.0,
	}
}

// Draft stores a complete application that is not yet submitted, and returns it with its applicant.
func Draft(t testing.TB, app core.App, i *intake.Intake, now time.Time) (*intake.Application, *core.Record) {
	t.Helper()
	u := User(t, app)
	by := Actor(t, app, u, now)
	a, err := intake.Begin(app, by, i.Id, "", now)
	if err != nil {
		t.Fatalf("begin an application: %v", err)
	}
	title := "Nước sạch Đại Nam"
	if a, err = intake.Save(app, by, a.Id, intake.Words{Title: &title, Answers: Filled()}, 0, now); err != nil {
		t.Fatalf("write an application: %v", err)
	}
	return a, u
}

// Submitted stores an application that was submitted at now, and returns it with its applicant.
func Submitted(t testing.TB, app core.App, i *intake.Intake, now time.Time) (*intake.Application, *core.Record) {
	t.Helper()
	a, u := Draft(t, app, i, now)
	a, err := intake.Submit(app, Actor(t, app, u, now), a.Id, 0, now)
	if err != nil {
		t.Fatalf("submit an application: %v", err)
	}
	return a, u
}

// Closed lets the time of an intake run out and returns the instant at which everything went under review.
func Closed(t testing.TB, app core.App, i *intake.Intake, now time.Time) time.Time {
	t.Helper()
	after := now.Add(time.Hour)
	if err := intake.CloseIntakes(app, after); err != nil {
		t.Fatalf("close the intake: %v", err)
	}
	return after
}

// Deciding closes an intake and opens it to decisions; it returns the instant.
func Deciding(t testing.TB, app core.App, i *intake.Intake, now time.Time) time.Time {
	t.Helper()
	after := Closed(t, app, i, now)
	if _, err := intake.BeginDeciding(app, ManagerOf(t, app, i), i.Id, after); err != nil {
		t.Fatalf("begin deciding: %v", err)
	}
	return after
}

// Decided decides an application of an intake that is being decided.
func Decided(t testing.TB, app core.App, i *intake.Intake, a *intake.Application, o intake.Outcome, now time.Time) *intake.Decision {
	t.Helper()
	d, err := intake.Decide(app, ManagerOf(t, app, i), a.Id, intake.Verdict{Outcome: o, Rationale: "Đủ điều kiện", Feedback: "Cảm ơn bạn."}, now)
	if err != nil {
		t.Fatalf("decide: %v", err)
	}
	return d
}

// Released releases an intake in which everything is decided.
func Released(t testing.TB, app core.App, i *intake.Intake, now time.Time) *intake.Intake {
	t.Helper()
	return must(t)(intake.Release(app, ManagerOf(t, app, i), i.Id, now))
}

// Offered stores an application that was admitted and released, and returns its offer with its applicant.
func Offered(t testing.TB, app core.App, now time.Time) (*intake.Offer, *core.Record, *intake.Intake) {
	t.Helper()
	i := OpenIntake(t, app, now, 1)
	a, u := Submitted(t, app, i, now)
	after := Deciding(t, app, i, now)
	Decided(t, app, i, a, intake.Admitted, after)
	i = Released(t, app, i, after)
	return OfferTo(t, app, a.Id), u, i
}

// OfferTo returns the latest offer that an application was made.
func OfferTo(t testing.TB, app core.App, application string) *intake.Offer {
	t.Helper()
	all, err := intake.Offers.All(app)
	if err != nil {
		t.Fatal(err)
	}
	var last *intake.Offer
	for _, o := range all {
		if o.ApplicationID() == application && (last == nil || o.Number() > last.Number()) {
			last = o
		}
	}
	if last == nil {
		t.Fatalf("application %s was made no offer", application)
	}
	return last
}

// Asked asks a new judge to judge an application, in a round that is not yet open, and returns the request and the judge.
func Asked(t testing.TB, app core.App, i *intake.Intake, a *intake.Application, now time.Time) (*judging.Assignment, *core.Record) {
	t.Helper()
	judge := Holder(t, app, access.Judge, access.House)
	n, refused, err := intake.Assign(app, StaffActing(t, app), i.Id, []string{a.Id}, []string{judge.Id}, now)
	if err != nil || n != 1 {
		t.Fatalf("assign: %d asked, refused %v, %v", n, refused, err)
	}
	all, err := judging.Assignments.All(app)
	if err != nil {
		t.Fatal(err)
	}
	for _, as := range all {
		if as.JudgeID() == judge.Id {
			return as, judge
		}
	}
	t.Fatal("nobody was asked")
	return nil, nil
}

// Judging opens the first round of an intake that has closed.
func Judging(t testing.TB, app core.App, i *intake.Intake, now time.Time) {
	t.Helper()
	if _, err := intake.OpenRound(app, StaffActing(t, app), i.Id, time.Time{}, now); err != nil {
		t.Fatalf("open the round: %v", err)
	}
}

// Points are the same points for each of the four criteria of the first rubric.
func Points(n score.Hundredths) score.Scores {
	return score.Scores{"problem": n, "solution": n, "team": n, "feasibility": n}
}

// Judged lets a judge give the same points everywhere and hand the sheet in.
func Judged(t testing.TB, app core.App, as *judging.Assignment, judge *core.Record, n score.Hundredths, now time.Time) *judging.Sheet {
	t.Helper()
	by, yes := Actor(t, app, judge, now), judging.Yes
	if _, err := judging.Save(app, by, as.Id, judging.Edit{Scores: Points(n), Recommendation: &yes}, 0, now); err != nil {
		t.Fatalf("write a sheet: %v", err)
	}
	s, err := judging.Submit(app, by, as.Id, true, 0, now)
	if err != nil {
		t.Fatalf("hand a sheet in: %v", err)
	}
	return s
}

// AskedAlong lets an applicant ask a new person to write an application together, and returns the place and the person.
func AskedAlong(t testing.TB, app core.App, a *intake.Application, applicant *core.Record, now time.Time) (*intake.Member, *core.Record) {
	t.Helper()
	who := User(t, app)
	m, err := intake.Invite(app, Actor(t, app, applicant, now), a.Id,
		intake.Invited{Email: who.Email(), FullName: "Bạn cùng nhóm", Role: "founder", Locale: "vi"}, now)
	if err != nil {
		t.Fatalf("ask somebody to write along: %v", err)
	}
	return m, who
}

// Along lets a new person write an application together with its applicant.
func Along(t testing.TB, app core.App, a *intake.Application, applicant *core.Record, now time.Time) (*intake.Member, *core.Record) {
	t.Helper()
	m, who := AskedAlong(t, app, a, applicant, now)
	m, err := intake.Join(app, Actor(t, app, who, now), m.Id, true, now)
	if err != nil {
		t.Fatalf("write along: %v", err)
	}
	return m, who
}

// Interview lets staff set an interview of an application, with a new judge, so long after now.
func Interview(t testing.TB, app core.App, a *intake.Application, after time.Duration, now time.Time) (*intake.Interview, *core.Record) {
	t.Helper()
	judge := Holder(t, app, access.Judge, access.House)
	minutes, place, panel := 20, "Phòng họp 2", []string{judge.Id}
	set, err := intake.Meet(app, StaffActing(t, app), a.IntakeID(), []intake.Slot{{Application: a.Id, StartsAt: now.Add(after)}},
		intake.Meeting{Minutes: &minutes, Place: &place, Panel: &panel}, now)
	if err != nil {
		t.Fatalf("set an interview: %v", err)
	}
	return set[0], judge
}
