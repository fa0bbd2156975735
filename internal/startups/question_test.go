package startups_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/housetest"
	"vuon/internal/locale"
	"vuon/internal/startups"
)

// inWords are the terms of a report that asks for one figure and two questions in words, the first of which must be answered.
func inWords() startups.TemplateFields {
	return startups.TemplateFields{TitleVI: "Có lời", Kind: "month", KPIs: []string{"kpicash00000000"}, DueDay: 10, GraceDays: 5, Questions: []startups.OpenQuestion{
		{Key: "whatever", LabelVI: " =SUM(A1)  Vướng gì? ", LabelEN: "What held you up?", HintVI: "Hai câu là đủ.", Required: true},
		{LabelVI: "Tin vui?"},
	}}
}

// wordy puts such a report to use and asks a startup for January with it.
func wordy(t *testing.T, house core.App, s *startups.Startup) *startups.Request {
	t.Helper()
	manager, now := housetest.Acting(t, house, access.Manager, access.House), day(2027, time.January, 11)
	made, err := startups.DraftTemplate(house, manager, inWords(), now)
	housetest.Refused(t, err, "")
	_, err = startups.UseTemplate(house, manager, made.Id, now)
	housetest.Refused(t, err, "")
	housetest.Refused(t, startups.OpenReports(house, time.Date(2027, time.February, 1, 8, 0, 0, 0, locale.Zone)), "")
	return housetest.Report(t, house, s.Id, "2027-01")
}

// A report asks in words: what must be answered is, what was handed in stays, and a copy asks the same.
func TestAReportAsksInWords(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort, now := housetest.Places(t, house, 2), day(2027, time.January, 11)
	s, founder := housetest.Active(t, house, cohort, "Một Đội", now)
	manager, staff, by := housetest.Acting(t, house, access.Manager, access.House), housetest.StaffOf(t, house, cohort), housetest.Actor(t, house, founder, now)
	for code, change := range map[string]func(*startups.TemplateFields){
		"report.question_many":  func(f *startups.TemplateFields) { f.Questions = slices.Repeat(f.Questions, 6) },
		"report.question_label": func(f *startups.TemplateFields) { f.Questions[1].LabelVI = " " },
		"report.question_long":  func(f *startups.TemplateFields) { f.Questions[0].HintEN = strings.Repeat("x", 501) },
	} {
		f := inWords()
		change(&f)
		_, err := startups.DraftTemplate(house, manager, f, now)
		housetest.Refused(t, err, code)
	}
	q := wordy(t, house, s)
	f := inWords()
	f.Questions[1].Required = true
	_, err := startups.AmendTemplate(house, manager, q.TemplateID(), f, now)
	housetest.Refused(t, err, "report.template_used")
	copied, err := startups.CopyTemplate(house, manager, q.TemplateID(), now)
	housetest.Refused(t, err, "")
	if asks, err := copied.Questions(); err != nil || len(asks) != 2 || asks[0].Key != "q1" || asks[0].LabelVI != "=SUM(A1) Vướng gì?" || asks[1].Key != "q2" {
		t.Errorf("the copy asks %+v (%v)", asks, err)
	}

	// What is wrong is said, and what is missing all at once: the figure and the question.
	say := func(words map[string]string) error {
		_, err := startups.Fill(house, by, q.Id, nil, words, 0, now)
		return err
	}
	housetest.Refused(t, say(map[string]string{"q3": "gì"}), "report.unknown_question")
	housetest.Refused(t, say(map[string]string{"q1": strings.Repeat("ế", 2001)}), "report.answer_long")
	housetest.Refused(t, say(map[string]string{"q1": strings.Repeat("ế", 2000), "q2": "a"}), "")
	housetest.Refused(t, say(map[string]string{"q1": " "}), "")
	_, err = startups.Submit(house, by, q.Id, 0, now)
	if all := fault.As(err); all == nil || !strings.Contains(fmt.Sprint(all.Field, all.Also), "answers.q1") || len(all.Also) != 1 {
		t.Errorf("an empty report is answered %v", err)
	}
	five := 5.0
	_, err = startups.Fill(house, by, q.Id, []startups.Answer{{KPI: "cash", State: startups.Given, Value: &five}}, map[string]string{"q1": "Thi\u0065\u0302\u0301u người\r\nlàm phần nhúng"}, 0, now)
	housetest.Refused(t, err, "")
	_, err = startups.Submit(house, by, q.Id, 0, now)
	housetest.Refused(t, err, "")
	sheet, err := startups.Sheet(house, staff, q.Id)
	housetest.Refused(t, err, "")
	if len(sheet.Questions) != 2 || len(sheet.Answers) != 2 || sheet.Answers["q1"] != "Thiếu người\nlàm phần nhúng" || sheet.Answers["q2"] != "a" {
		t.Errorf("staff read %v to %v", sheet.Answers, sheet.Questions)
	}

	// Handed in, an answer stays, whoever writes; sent back it can be mended.
	force := func() error {
		row, err := house.FindRecordById("report_requests", q.Id)
		housetest.Refused(t, err, "")
		row.Load(map[string]any{"answers": map[string]string{"q1": "khác"}})
		return house.Save(row)
	}
	housetest.Refused(t, say(map[string]string{"q1": "khác"}), "report.closed")
	housetest.Refused(t, force(), "report.closed")
	_, err = startups.Return(house, staff, q.Id, "rõ hơn", now)
	housetest.Refused(t, err, "")
	housetest.Refused(t, say(map[string]string{"q2": ""}), "")
	_, err = startups.Submit(house, by, q.Id, 0, now)
	housetest.Refused(t, err, "")
	_, err = startups.Accept(house, staff, q.Id, now)
	housetest.Refused(t, err, "")
	housetest.Refused(t, force(), "report.closed")
	housetest.Well(t, house)

	for id, answers := range map[string]string{"startups.words_asked_for": `{"q1":"a","q9":"x"}`, "startups.words_whole": `{"q2":"x"}`} {
		_, err := house.NonconcurrentDB().Update("report_requests", dbx.Params{"answers": answers}, dbx.HashExp{"id": q.Id}).Execute()
		housetest.Refused(t, err, "")
		for _, audit := range startups.Audits() {
			rows, err := audit.Broken(t.Context(), house, 10)
			if audit.ID == id && (err != nil || len(rows) != 1) {
				t.Errorf("%s finds %v (%v)", id, rows, err)
			}
		}
	}
}

// What a startup says in words is read by its people and by staff, in a table without a formula, and by nobody else.
func TestWordsOfAReportStayBetweenAStartupAndStaff(t *testing.T) {
	t.Parallel()
	now := day(2027, time.February, 2)
	house := housetest.At(t, func() time.Time { return now })
	cohort, joined := housetest.Places(t, house, 2), day(2027, time.January, 11)
	s, founder := housetest.Active(t, house, cohort, "Một Đội", joined)
	_, other := housetest.Active(t, house, cohort, "Đội Khác", joined)
	housetest.Show(t, house, s)
	q, server, secret := wordy(t, house, s), housetest.Server(t, house), "Kín lắm nhé"
	link, err := startups.LinkFor(house, q.Id, now)
	housetest.Refused(t, err, "")
	path := "/api/vuon/report-links/" + strings.TrimPrefix(link, "/app/report-links/")
	for body, want := range map[string]string{
		`{"answers":{"q7":"x"}}`: "report.unknown_question",
		`{"readings":[{"kpi":"cash","state":"value","value":5}],"answers":{"q1":"` + secret + `"}}`: `"rev"`,
	} {
		if got := housetest.Ask(t, server, nil, http.MethodPatch, path, body).Body.String(); !strings.Contains(got, want) {
			t.Errorf("by its link %s is answered %s", body, got)
		}
	}
	if got := housetest.Ask(t, server, nil, http.MethodPost, path+"/submit", "{}"); got.Code != http.StatusOK {
		t.Fatalf("the report is not taken: %d %s", got.Code, got.Body)
	}
	staff, official := housetest.Holder(t, house, access.Staff, access.House), housetest.Holder(t, house, access.Official, access.House)
	for name, c := range map[string]struct {
		who  *core.Record
		sees bool
	}{"staff": {staff, true}, "its founder": {founder, true}, "another founder": {other, false}, "an official": {official, false}, "a visitor": {nil, false}} {
		all := ""
		for _, at := range []string{
			"/api/vuon/reports/" + q.Id, "/api/vuon/reports", "/api/vuon/reports?format=csv", "/api/vuon/startups/" + s.Id, "/api/vuon/exports/readings?format=csv",
			"/api/vuon/figures?period=2027-01", "/api/collections/report_requests/records", "/api/collections/report_requests/records/" + q.Id, "/startups/" + s.Slug(),
		} {
			all += housetest.Ask(t, server, c.who, http.MethodGet, at, "").Body.String()
		}
		if strings.Contains(all, secret) != c.sees {
			t.Errorf("%s: reads it, %v", name, !c.sees)
		}
	}
	if table := housetest.Ask(t, server, staff, http.MethodGet, "/api/vuon/reports?format=csv&period=2027-01", "").Body.String(); !strings.Contains(table, "'=SUM(A1) Vướng gì?: "+secret) {
		t.Errorf("the table says %s", table)
	}
	housetest.Well(t, house)
}

// What was accepted in words changes by a correction alone, which keeps the old words and its reason, and both are read.
func TestWordsOfAnAcceptedReportAreCorrected(t *testing.T) {
	t.Parallel()
	now := day(2027, time.February, 2)
	house := housetest.At(t, func() time.Time { return now })
	cohort, five := housetest.Places(t, house, 1), 5.0
	s, founder := housetest.Active(t, house, cohort, "Một Đội", day(2027, time.January, 11))
	q, staff, by := wordy(t, house, s), housetest.Holder(t, house, access.Staff, access.House), housetest.Actor(t, house, founder, now)
	_, err := startups.Fill(house, by, q.Id, []startups.Answer{{KPI: "cash", State: startups.Given, Value: &five}}, map[string]string{"q1": "Cũ\ndòng hai"}, 0, now)
	housetest.Refused(t, err, "")
	_, err = startups.Submit(house, by, q.Id, 0, now)
	housetest.Refused(t, err, "")
	server := housetest.Server(t, house)
	revise := func(who *core.Record, body, want string) {
		t.Helper()
		if got := housetest.Ask(t, server, who, http.MethodPost, "/api/vuon/reports/"+q.Id+"/revise", body).Body.String(); !strings.Contains(got, want) {
			t.Errorf("%s is answered %s, not %s", body, got, want)
		}
	}
	revise(staff, `{"answers":{"q1":"Mới"},"reason":"x"}`, "report.not_accepted")
	_, err = startups.Accept(house, housetest.Actor(t, house, staff, now), q.Id, now)
	housetest.Refused(t, err, "")
	for body, want := range map[string]string{
		`{"answers":{"q1":"Mới"},"reason":" "}`:                               "report.no_reason",
		`{"answers":{"q1":" Cũ\ndòng hai "},"reason":"x"}`:                    "report.nothing_changed",
		`{"answers":{"q1":""},"reason":"x"}`:                                  "report.answer_missing",
		`{"answers":{"q9":"Mới"},"reason":"x"}`:                               "report.unknown_question",
		`{"answers":{"q1":"` + strings.Repeat("a", 2001) + `"},"reason":"x"}`: "report.answer_long",
	} {
		revise(staff, body, want)
	}
	revise(founder, `{"answers":{"q1":"Mới"},"reason":"x"}`, "access.needs_staff")
	revise(staff, `{"readings":[{"kpi":"cash","state":"value","value":6}],"answers":{"q1":"Mới"},"reason":"Gọi điện hỏi lại"}`, `"rev"`)
	revise(staff, `{"answers":{"q2":"Thêm"},"reason":"Bổ sung"}`, `"rev"`)
	sheet, err := startups.Sheet(house, by, q.Id)
	housetest.Refused(t, err, "")
	if len(sheet.Corrections) != 2 || sheet.Answers["q1"] != "Mới" || sheet.Answers["q2"] != "Thêm" {
		t.Fatalf("it reads %v, corrected %+v", sheet.Answers, sheet.Corrections)
	}
	last, first := sheet.Corrections[0], sheet.Corrections[1]
	if !slices.Equal(last.Answers, []startups.Reworded{{Question: "q2", Now: "Thêm"}}) || len(last.Changes) != 0 || last.Reason != "Bổ sung" {
		t.Errorf("the last correction is %+v", last)
	}
	if !slices.Equal(first.Answers, []startups.Reworded{{Question: "q1", Was: "Cũ\ndòng hai", Now: "Mới"}}) || len(first.Changes) != 1 || *first.Changes[0].Was.Value != 5 {
		t.Errorf("the first correction is %+v", first)
	}
	told, err := house.CountRecords("journal", dbx.HashExp{"subject": q.Id, "verb": "revise"})
	if err != nil || told != 2 {
		t.Errorf("the journal tells of %d corrections (%v)", told, err)
	}
	if table := housetest.Ask(t, server, staff, http.MethodGet, "/api/vuon/reports?format=csv&period=2027-01", "").Body.String(); !strings.Contains(table, ": Mới") || strings.Contains(table, ": Cũ") {
		t.Errorf("the table says %s", table)
	}
	housetest.Well(t, house)

	// What was corrected before words could be says nothing of them: they were the same.
	if _, err := house.NonconcurrentDB().NewQuery("DROP TRIGGER report_revisions_never_change").Execute(); err != nil {
		t.Fatal(err)
	}
	_, err = house.NonconcurrentDB().NewQuery("UPDATE report_revisions SET answers = NULL").Execute()
	housetest.Refused(t, err, "")
	sheet, err = startups.Sheet(house, by, q.Id)
	if err != nil || len(sheet.Corrections) != 2 || len(sheet.Corrections[1].Answers) != 0 {
		t.Errorf("corrections without words: %+v (%v)", sheet.Corrections, err)
	}
}
