package judging_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/housetest"
	"vuon/internal/judging"
)

// by writes a field of a row by hand, as a dashboard or a hook would.
func by(t *testing.T, app core.App, row core.RecordProxy, field string, value any) error {
	t.Helper()
	fresh, err := app.FindRecordById(row.ProxyRecord().Collection().Name, row.ProxyRecord().Id)
	housetest.Refused(t, err, "")
	fresh.Load(map[string]any{field: value})
	return app.Save(fresh)
}

func TestTheRubricIsFrozenWhenTheRoundOpens(t *testing.T) {
	t.Parallel()
	c := sit(t)
	other := judging.Screening()
	other[0].LabelVI = "Khác"
	housetest.Refused(t, by(t, c.house, c.round(t), "rubric", other), "")
	other[0].Weight++
	housetest.Refused(t, by(t, c.house, c.round(t), "rubric", other), "round.rubric")
	housetest.Refused(t, by(t, c.house, c.round(t), "ties", []string{"beauty"}), "round.ties")
	housetest.Refused(t, by(t, c.house, c.round(t), "advance_rule", map[string]any{"top": 3, "ties": "beauty"}), "round.ties")
	housetest.Refused(t, by(t, c.house, c.round(t), "advance_rule", map[string]any{"ties": "all"}), "round.rule")
	c.opens(t)
	housetest.Refused(t, by(t, c.house, c.round(t), "rubric", judging.Screening()), "round.frozen")
	housetest.Refused(t, by(t, c.house, c.round(t), "ties", []string{"median"}), "round.frozen")
	housetest.Refused(t, by(t, c.house, c.round(t), "owner", "elsewhere000000"), "round.rooted")
}

func TestNobodyWritesOnASheetByHand(t *testing.T) {
	t.Parallel()
	c := sit(t).opens(t)
	s := c.write(t)
	housetest.Refused(t, by(t, c.house, s, "total", 1), "")
	if again, err := judging.Sheets.Find(c.house, s.Id); err != nil || again.Total() != s.Total() {
		t.Error("a total can be written by hand")
	}
	housetest.Refused(t, by(t, c.house, s, "scores", map[string]int{"problem": 999}), "sheet.score")
	housetest.Refused(t, by(t, c.house, s, "submitted_at", c.now), "sheet.frozen")
	housetest.Refused(t, by(t, c.house, s, "status", "submitted"), "lifecycle.verb_only")
	_, other := housetest.Asked(t, c.house, c.call, c.paper, c.now)
	housetest.Refused(t, by(t, c.house, s, "judge", other.Id), "sheet.rooted")
	_, err := judging.Submit(c.house, c.by, c.asked.Id, true, 0, c.now)
	housetest.Refused(t, err, "")
	housetest.Refused(t, by(t, c.house, s, "scores", map[string]int{"problem": 100, "solution": 100, "team": 100, "feasibility": 100}), "sheet.frozen")
	housetest.Refused(t, by(t, c.house, s, "comment", "khác"), "sheet.frozen")
}

func TestAnAssignmentIsNotHandedOn(t *testing.T) {
	t.Parallel()
	c := sit(t)
	_, other := housetest.Asked(t, c.house, c.call, c.paper, c.now)
	housetest.Refused(t, by(t, c.house, c.asked, "judge", other.Id), "assignment.rooted")
	housetest.Refused(t, by(t, c.house, c.asked, "subject", "elsewhere000000"), "assignment.rooted")
}

// The guard says it in words; the trigger behind it holds plain SQL too.
func TestAJudgeWithAConflictCannotBeAsked(t *testing.T) {
	t.Parallel()
	c := sit(t)
	_, err := judging.Recuse(c.house, c.by, c.asked.Id, "quen biết", c.now)
	housetest.Refused(t, err, "")
	row := core.NewRecord(c.asked.Collection())
	for _, field := range []string{"subject_type", "subject", "judge", "alias"} {
		row.Load(map[string]any{field: c.asked.Get(field)})
	}
	other, err := judging.NewRound(c.house, "intake", c.call.Id, 2, "Vòng hai", "", judging.Screening())
	housetest.Refused(t, err, "")
	housetest.Save(t, c.house, other)
	row.Load(map[string]any{"round": other.Id})
	housetest.Refused(t, c.house.Save(row), "assignment.conflict")
	if _, err := c.house.NonconcurrentDB().NewQuery(`INSERT INTO assignments (id, round, subject_type, subject, judge, status)
		SELECT 'another00000000', {:round}, subject_type, subject, judge, 'proposed' FROM assignments LIMIT 1`).
		Bind(map[string]any{"round": other.Id}).Execute(); err == nil {
		t.Error("plain SQL may ask a judge with a conflict")
	}
}
