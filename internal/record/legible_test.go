package record_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/housetest"
	"vuon/internal/record"
)

// What nobody sees is refused in what is written anew; breaks and tabs are taken, and what stood there does not keep a row from being saved.
func TestWhatNobodySeesIsRefused(t *testing.T) {
	t.Parallel()
	app := housetest.Bare(t)
	orgs, err := app.FindCollectionByNameOrId("orgs")
	if err != nil {
		t.Fatal(err)
	}
	old := core.NewRecord(orgs)
	old.Load(map[string]any{"name_vi": "Trường\x00cũ", "kind": "school", "house": "academia"})
	housetest.Refused(t, app.Save(old), "")
	record.Legible(app)
	if old, err = app.FindRecordById("orgs", old.Id); err != nil {
		t.Fatal(err)
	}
	old.Set("name_en", "School")
	housetest.Refused(t, app.Save(old), "")
	for text, want := range map[string]string{
		"Trường\r\n\tmới": "", `Trường \u0000 mới`: "", "Trường\u00a0mới": "", "Trường\x00mới": "text.unseen", "Trường\x1b[31mmới": "text.unseen", "mới\x0b": "text.unseen", "mới\x7f": "text.unseen",
	} {
		old.Set("name_vi", text)
		housetest.Refused(t, app.Save(old), want)
	}
	forms, err := app.FindCollectionByNameOrId("kpis")
	if err != nil {
		t.Fatal(err)
	}
	row := core.NewRecord(forms)
	row.Load(map[string]any{"key": "legible", "label_vi": "Đọc được", "unit": "count", "direction": "none", "agg": "sum", "sensitivity": "staff"})
	for text, want := range map[string]string{"a\nb\tc": "", `\b \f \u0007 \\b`: "", "\b": "text.unseen", "\f": "text.unseen", `\` + "\x07": "text.unseen", "\x7f": "text.unseen"} {
		row.Set("map", map[string]string{"nbia": text})
		housetest.Refused(t, app.Save(row), want)
	}
}
