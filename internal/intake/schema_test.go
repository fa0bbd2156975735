package intake_test

import (
	"testing"

	"vuon/internal/housetest"
	"vuon/internal/intake"
)

var questions = intake.Schema{
	{Key: "name", Type: "text", LabelVI: "Tên", Required: true, Max: 5},
	{Key: "story", Type: "long", LabelVI: "Chuyện"},
	{Key: "sector", Type: "choice", LabelVI: "Lĩnh vực", Options: []intake.Option{{Value: "health", LabelVI: "Y tế"}, {Value: "energy", LabelVI: "Năng lượng"}}},
}

func TestAPublishedFormNeverChanges(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	staff := housetest.StaffActing(t, house)
	v, err := intake.NewForms(house, staff, "short", "Ngắn", "", questions, housetest.Noon)
	housetest.Refused(t, err, "")
	v, err = intake.EditForm(house, staff, v.Id, questions[:1], 0, housetest.Noon)
	housetest.Refused(t, err, "")
	v, err = intake.MoveForm(house, staff, v.Id, "publish", housetest.Noon)
	housetest.Refused(t, err, "")
	v.Ask(questions)
	housetest.Refused(t, house.Save(v), "form.frozen")

	// Who edits a published version gets the next draft.
	next, err := intake.EditForm(house, staff, v.Id, questions, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	if next.Id == v.Id || next.Number() != 2 || next.Status() != intake.FormDraft {
		t.Errorf("version %d is %s", next.Number(), next.Status())
	}
}

// A draft may be half written; a version that is published must be answerable.
func TestADraftMayBeHalfWritten(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	staff := housetest.StaffActing(t, house)
	v, err := intake.NewForms(house, staff, "half", "Một nửa", "", intake.Schema{{Key: "name", Type: "text", LabelVI: " Te\u0302n "}, {}}, housetest.Noon)
	housetest.Refused(t, err, "")
	schema, err := v.Schema()
	housetest.Refused(t, err, "")
	if schema[0].LabelVI != "Tên" {
		t.Errorf("stored as %q", schema[0].LabelVI)
	}
	_, err = intake.MoveForm(house, staff, v.Id, "publish", housetest.Noon)
	housetest.Refused(t, err, "form.key")
	v, err = intake.EditForm(house, staff, v.Id, schema[:1], 0, housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = intake.MoveForm(house, staff, v.Id, "publish", housetest.Noon)
	housetest.Refused(t, err, "")
}
