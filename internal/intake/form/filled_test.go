package form_test

import (
	"maps"
	"testing"

	"vuon/internal/intake/form"
)

// A record answers what it can answer, and never what would be refused of whoever typed it.
func TestARecordAnswersOnlyWhatFits(t *testing.T) {
	t.Parallel()
	schema := form.Schema{
		{Key: "ten", Type: form.Text, LabelVI: "Tên", MapsTo: "name", Max: 12},
		{Key: "cau", Type: form.Long, LabelVI: "Một câu", MapsTo: "one_liner", Min: 10},
		{Key: "nganh", Type: form.Choice, LabelVI: "Ngành", MapsTo: "sector", Options: []form.Option{{Value: "health", LabelVI: "Y tế"}}},
		{Key: "ngay", Type: form.Date, LabelVI: "Ngày", MapsTo: "founded_on"},
		{Key: "nguoi", Type: form.Number, LabelVI: "Người", MapsTo: "headcount", Max: 50},
		{Key: "them", Type: form.Text, LabelVI: "Thêm"},
		{Key: "trang", Type: form.Text, LabelVI: "Trang", MapsTo: "website", ShowIf: &form.Condition{Key: "nganh", Is: "health"}},
	}
	if err := schema.Check(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		record map[string]any
		want   form.Answers
	}{
		"all of it": {
			map[string]any{"name": " Gốm  Lái ", "one_liner": "Soi men bằng camera", "sector": "health", "founded_on": "2024-05-01", "headcount": 4, "website": "https://gom.vn"},
			form.Answers{"ten": "Gốm Lái", "cau": "Soi men bằng camera", "nganh": "health", "ngay": "2024-05-01", "nguoi": int64(4), "trang": "https://gom.vn"},
		},
		"nothing of it": {
			map[string]any{"name": "Một cái tên dài quá", "one_liner": "ngắn", "sector": "energy", "founded_on": "năm ngoái", "headcount": 51, "area": "Đà Nẵng"},
			form.Answers{},
		},
		"what is not said": {map[string]any{"name": "", "headcount": 0, "sector": "", "": "x"}, form.Answers{}},
	} {
		if got := schema.Filled(c.record); !maps.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	said := schema.Properties(form.Answers{"ten": "Gốm", "nganh": "x", "nguoi": int64(2), "trang": "https://gom.vn", "them": "y"})
	if len(said) != 3 || said["name"] != "Gốm" || said["website"] != nil {
		t.Errorf("of what was answered become properties: %v", said)
	}
}
