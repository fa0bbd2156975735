package intake_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/housetest"
	"vuon/internal/intake"
)

var terms = intake.Rules{
	{Key: "size", Question: "headcount", Op: "gte", Value: 2.0, Blocking: true, ReasonVI: " Cần ít nhất hai ngu\u031bo\u031b\u0300i.", ReasonEN: "Two people at least."},
	{Key: "field", Question: "sector", Op: "ne", Value: "health", ReasonVI: "Đợt này ưu tiên ngoài y tế."},
}

// ruled is an intake with terms, open at now, of staff.
func ruled(t testing.TB, house core.App, staff access.Actor, now time.Time) *intake.Intake {
	t.Helper()
	i := housetest.DraftIntakeBy(t, house, staff, now, 3, 3)
	_, err := intake.Edit(house, staff, i.Id, intake.Terms{Rules: &terms}, 0, now)
	housetest.Refused(t, err, "")
	i, err = intake.Publish(house, staff, i.Id, now)
	housetest.Refused(t, err, "")
	return i
}

// states are what became of the rules of an application, by rule.
func states(t testing.TB, all []intake.Eligible) map[string]string {
	t.Helper()
	by := map[string]string{}
	for _, e := range all {
		by[e.Rule] = e.State
		if e.Waived != nil {
			by[e.Rule] += " but waived"
		}
	}
	return by
}

// Whoever fails a rule that blocks is told why and hands nothing in, until staff make an exception; a rule that only advises
// keeps nobody out.
func TestARuleIsToldLiveAndBlocks(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	now, staff := housetest.Noon, housetest.StaffActing(t, house)
	i := ruled(t, house, staff, now)
	user := housetest.User(t, house)
	me := housetest.Actor(t, house, user, now)
	a, err := intake.Begin(house, me, i.Id, "", now)
	housetest.Refused(t, err, "")
	title, given := "Một mình", housetest.Filled()
	delete(given, "headcount")
	_, err = intake.Save(house, me, a.Id, intake.Words{Title: &title, Answers: given}, 0, now)
	housetest.Refused(t, err, "")
	p, err := intake.Read(house, me, a.Id, now)
	housetest.Refused(t, err, "")
	if got := states(t, p.Eligibility); got["size"] != "unknown" || got["field"] != "fails" {
		t.Errorf("before the answer: %v", got)
	}
	if p.Eligibility[0].ReasonVI != "Cần ít nhất hai người." {
		t.Errorf("the reason reads %q", p.Eligibility[0].ReasonVI)
	}
	_, err = intake.Save(house, me, a.Id, intake.Words{Answers: intake.Answers{"headcount": 1.0}}, 0, now)
	housetest.Refused(t, err, "")

	_, err = intake.Submit(house, me, a.Id, 0, now)
	f := fault.As(err)
	if f == nil || f.Code != "application.ineligible" || f.Field != "answers.headcount" || len(f.Also) != 0 || f.Shown["eligibility"] == nil {
		t.Fatalf("handed in with one person: %v", err)
	}

	_, err = intake.Waive(house, staff, i.Id, a.Code(), "size", "  ", now)
	housetest.Refused(t, err, "waiver.no_reason")
	_, err = intake.Waive(house, staff, i.Id, a.Code(), "age", "vì thế", now)
	housetest.Refused(t, err, "waiver.rule")
	_, err = intake.Waive(house, staff, i.Id, "HS-0000-0000", "size", "vì thế", now)
	housetest.Refused(t, err, "waiver.no_application")
	_, err = intake.Waive(house, me, i.Id, a.Code(), "size", "tôi thấy mình giỏi", now)
	housetest.Refused(t, err, "record.not_found")
	_, err = intake.Waive(house, staff, i.Id, " "+a.Code()+" ", "size", "Người thứ hai vào làm tháng sau", now)
	housetest.Refused(t, err, "")
	_, err = intake.Waive(house, staff, i.Id, a.Id, "size", "lần nữa", now)
	housetest.Refused(t, err, "waiver.exists")

	p, err = intake.Read(house, me, a.Id, now)
	housetest.Refused(t, err, "")
	if got := states(t, p.Eligibility); got["size"] != "fails but waived" || p.Eligibility[0].Waived.Reason != "Người thứ hai vào làm tháng sau" {
		t.Errorf("after the exception: %v", got)
	}
	if heard := due(t, house, "application_waived", now); len(heard) != 1 || heard[0].User != user.Id {
		t.Errorf("who is told of the exception: %+v", heard)
	}
	told := false
	for _, h := range p.History {
		told = told || h.Verb == "waive" && h.Reason != ""
	}
	if !told {
		t.Error("the history does not tell of the exception")
	}
	_, err = intake.Submit(house, me, a.Id, 0, now)
	housetest.Refused(t, err, "")
	seen, err := intake.Read(house, staff, a.Id, now)
	housetest.Refused(t, err, "")
	if got := states(t, seen.Eligibility); got["field"] != "fails" || got["size"] != "fails but waived" {
		t.Errorf("staff see %v", got)
	}
	housetest.Well(t, house)
}

// Nobody makes an exception for themselves, and an exception stays what it was.
func TestAnExceptionIsForOthersAndForGood(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	now := housetest.Noon
	staff := housetest.StaffActing(t, house)
	i := ruled(t, house, staff, now)
	a, err := intake.Begin(house, staff, i.Id, "", now)
	housetest.Refused(t, err, "")
	_, err = intake.Waive(house, staff, i.Id, a.Code(), "size", "tôi đây mà", now)
	housetest.Refused(t, err, "application.own")
	w, err := intake.Waive(house, housetest.StaffActing(t, house), i.Id, a.Code(), "size", "Đã gọi điện", now)
	housetest.Refused(t, err, "")
	for _, sql := range []string{"UPDATE waivers SET reason = 'khác'", "DELETE FROM waivers"} {
		if _, err := house.DB().NewQuery(sql).Execute(); err == nil {
			t.Errorf("%s changed the exception of %s", sql, w.Reason())
		}
	}
}

// What an intake asks is fixed when it is published, and can be decided by its form.
func TestRulesAreFrozenWithTheTerms(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	now, staff := housetest.Noon, housetest.StaffActing(t, house)
	i := housetest.DraftIntakeBy(t, house, staff, now, 3, 3)
	wrong := intake.Rules{{Key: "a", Question: "colour", Op: "eq", Value: "red", ReasonVI: "đỏ"}}
	_, err := intake.Edit(house, staff, i.Id, intake.Terms{Rules: &wrong}, 0, now) // a draft may be half written
	housetest.Refused(t, err, "")
	_, err = intake.Publish(house, staff, i.Id, now)
	housetest.Refused(t, err, "rule.question")
	_, err = intake.Edit(house, staff, i.Id, intake.Terms{Rules: &terms}, 0, now)
	housetest.Refused(t, err, "")
	_, err = intake.Publish(house, staff, i.Id, now)
	housetest.Refused(t, err, "")
	none := intake.Rules{}
	_, err = intake.Edit(house, staff, i.Id, intake.Terms{Rules: &none}, 0, now)
	housetest.Refused(t, err, "intake.frozen")
	if _, err := house.DB().NewQuery("UPDATE intakes SET rules = '[]'").Execute(); err == nil {
		t.Error("plain SQL changed the rules of a published intake")
	}
	words := "Chữ khác"
	_, err = intake.Edit(house, staff, i.Id, intake.Terms{SummaryVI: &words}, 0, now)
	housetest.Refused(t, err, "")
}

// The age of a startup is counted in local days to the last day that was announced; an extension makes nobody younger.
func TestAgesAreCountedToTheAnnouncedLastDay(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	staff := housetest.StaffActing(t, house)
	v, err := intake.NewForms(house, staff, "", "Ngày lập", "", intake.Schema{{Key: "since", Type: "date", LabelVI: "Lập ngày nào?", Required: true}}, housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = intake.MoveForm(house, staff, v.Id, "publish", housetest.Noon)
	housetest.Refused(t, err, "")
	i := housetest.DraftIntakeBy(t, house, staff, housetest.Noon, 3, 3)
	opens, closes := time.Date(2026, 11, 30, 17, 0, 0, 0, time.UTC), time.Date(2026, 12, 14, 17, 0, 0, 0, time.UTC) // midnight of the 15th here
	rules := intake.Rules{{Key: "young", Question: "since", Op: "age_days_lte", Value: 10.0, Blocking: true, ReasonVI: "Không quá mười ngày"}}
	_, err = intake.Edit(house, staff, i.Id, intake.Terms{FormVersion: &v.Id, OpensAt: &opens, ClosesAt: &closes, Rules: &rules}, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = intake.Publish(house, staff, i.Id, opens)
	housetest.Refused(t, err, "")
	_, err = intake.Extend(house, staff, i.Id, "", closes.AddDate(0, 1, 0), "bão", opens)
	housetest.Refused(t, err, "")
	for day, want := range map[string]string{"2026-12-04": "ok", "2026-12-03": "fails"} {
		u := housetest.Actor(t, house, housetest.User(t, house), opens)
		a, err := intake.Begin(house, u, i.Id, "", opens)
		housetest.Refused(t, err, "")
		_, err = intake.Save(house, u, a.Id, intake.Words{Answers: intake.Answers{"since": day}}, 0, opens)
		housetest.Refused(t, err, "")
		p, err := intake.Read(house, u, a.Id, opens)
		housetest.Refused(t, err, "")
		if got := states(t, p.Eligibility)["young"]; got != want {
			t.Errorf("founded on %s: %s, want %s", day, got, want)
		}
	}
}

// What is answered to a question that is hidden in the end stays in the draft and is not handed in.
func TestHiddenAnswersAreNotHandedIn(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	now, staff := housetest.Noon, housetest.StaffActing(t, house)
	i := housetest.IntakeAsking(t, house, staff, now, 3, "", "Hỏi thêm", intake.Schema{
		{Key: "lab", Type: "consent", LabelVI: "Cần phòng thí nghiệm"},
		{Key: "why", Type: "text", LabelVI: "Để làm gì?", Required: true, ShowIf: &intake.Condition{Key: "lab", Is: true}},
	}, intake.Terms{})
	me := housetest.Actor(t, house, housetest.User(t, house), now)
	a, err := intake.Begin(house, me, i.Id, "", now)
	housetest.Refused(t, err, "")
	title := "Không cần phòng"
	a, err = intake.Save(house, me, a.Id, intake.Words{Title: &title, Answers: intake.Answers{"lab": true, "why": "Thử nước"}}, 0, now)
	housetest.Refused(t, err, "")
	_, err = intake.Save(house, me, a.Id, intake.Words{Answers: intake.Answers{"lab": false}}, a.Rev(), now)
	housetest.Refused(t, err, "")
	_, err = intake.Submit(house, me, a.Id, 0, now)
	housetest.Refused(t, err, "")
	p, err := intake.Read(house, me, a.Id, now)
	housetest.Refused(t, err, "")
	if p.Answers["why"] != "Thử nước" || p.Changed {
		t.Errorf("the draft keeps %v, changed %v", p.Answers, p.Changed)
	}
	seen, err := intake.Read(house, staff, a.Id, now)
	housetest.Refused(t, err, "")
	if _, there := seen.Answers["why"]; there {
		t.Errorf("handed in: %v", seen.Answers)
	}
	housetest.Well(t, house)
}

func TestTheLifeOfAForm(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	now, staff := housetest.Noon, housetest.StaffActing(t, house)
	v, err := intake.NewForms(house, staff, "", "Mẫu Nông nghiệp", "", questions, now)
	housetest.Refused(t, err, "")
	again, err := intake.NewForms(house, staff, "", "Mẫu Nông nghiệp", "", questions, now)
	housetest.Refused(t, err, "")
	f, err := intake.Forms.Find(house, again.FormID())
	housetest.Refused(t, err, "")
	if f.Code() != "mau-nong-nghiep-2" {
		t.Errorf("the second of one title is called %s", f.Code())
	}
	_, err = intake.NewForms(house, staff, "", " ", "", questions, now)
	housetest.Refused(t, err, "form.no_title")

	same, err := intake.NextForm(house, staff, v.FormID(), "", now)
	housetest.Refused(t, err, "")
	if same.Id != v.Id {
		t.Error("a form got a second draft")
	}
	_, err = intake.NextForm(house, staff, v.FormID(), housetest.FirstForm, now)
	housetest.Refused(t, err, "form.draft_exists")
	_, err = intake.MoveForm(house, staff, v.Id, "publish", now)
	housetest.Refused(t, err, "")
	next, err := intake.NextForm(house, staff, v.FormID(), housetest.FirstForm, now)
	housetest.Refused(t, err, "")
	schema, err := next.Schema()
	housetest.Refused(t, err, "")
	if next.Number() != 2 || len(schema) != 5 {
		t.Errorf("version %d has %d questions", next.Number(), len(schema))
	}
	if _, err := house.DB().NewQuery("UPDATE form_versions SET schema = '[]' WHERE status = 'published'").Execute(); err == nil {
		t.Error("plain SQL changed a published form")
	}

	_, err = intake.ArchiveForm(house, housetest.Actor(t, house, housetest.User(t, house), now), v.FormID(), now)
	housetest.Refused(t, err, "access.needs_staff")
	f, err = intake.ArchiveForm(house, staff, v.FormID(), now)
	housetest.Refused(t, err, "")
	if !f.Archived() {
		t.Error("the form is not put away")
	}
	_, err = intake.NextForm(house, staff, v.FormID(), "", now)
	housetest.Refused(t, err, "form.archived")
	f, err = intake.ReviveForm(house, staff, v.FormID(), now)
	housetest.Refused(t, err, "")
	_, err = intake.NameForm(house, staff, f.Id, "Mẫu vườn", "Garden form", f.Rev(), now)
	housetest.Refused(t, err, "")
	_, err = intake.NameForm(house, staff, f.Id, "Mẫu khác", "", f.Rev()-1, now)
	housetest.Refused(t, err, "record.stale")
}

// Judges do not see the form: they read the words of what was chosen, a table with its columns, and nothing of what was not asked.
func TestJudgesReadTablesAndLists(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	now, staff := housetest.Noon, housetest.StaffActing(t, house)
	i := housetest.IntakeAsking(t, house, staff, now, 3, "", "Bảng", intake.Schema{
		{Key: "needs", Type: "multiple", LabelVI: "Cần gì", ReviewerVisible: true, Options: []intake.Option{{Value: "lab", LabelVI: "Phòng thí nghiệm", LabelEN: "A lab"}, {Value: "money", LabelVI: "Vốn"}}},
		{Key: "why", Type: "text", LabelVI: "Để làm gì", ReviewerVisible: true, ShowIf: &intake.Condition{Key: "needs", Has: "money"}},
		{Key: "team", Type: "table", LabelVI: "Đội", ReviewerVisible: true, Columns: []intake.Column{
			{Key: "who", LabelVI: "Ai", Type: "text"}, {Key: "role", LabelVI: "Việc", Type: "choice", Options: []intake.Option{{Value: "ceo", LabelVI: "Điều hành", LabelEN: "Leads"}}},
		}},
	}, intake.Terms{})
	me := housetest.Actor(t, house, housetest.User(t, house), now)
	a, err := intake.Begin(house, me, i.Id, "", now)
	housetest.Refused(t, err, "")
	title := "Bảng"
	_, err = intake.Save(house, me, a.Id, intake.Words{Title: &title, Answers: intake.Answers{
		"needs": []any{"lab"}, "why": "giấu", "team": []any{map[string]any{"who": "An", "role": "ceo"}, map[string]any{"who": "Ba"}},
	}}, 0, now)
	housetest.Refused(t, err, "")
	_, err = intake.Submit(house, me, a.Id, 0, now)
	housetest.Refused(t, err, "")
	b, err := intake.Brief(house, "application", a.Id)
	housetest.Refused(t, err, "")
	raw, err := json.Marshal(b.Answers)
	housetest.Refused(t, err, "")
	for _, want := range []string{`"value":[{"label_en":"A lab","label_vi":"Phòng thí nghiệm"}]`, `"rows":[["An",{"label_en":"Leads","label_vi":"Điều hành"}],["Ba",null]]`} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("judges read %s, want %s", raw, want)
		}
	}
	if len(b.Answers) != 2 {
		t.Errorf("judges read of what was not asked: %s", raw)
	}
}
