package app_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/housetest"
)

// No text of any collection takes a character that steers a machine and that nobody sees. The law stands before all others of
// its priority, so that it is asked alone here, of rows that no other law would let through.
func TestNoTextTakesWhatNobodySees(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	all, err := house.FindAllCollections(core.CollectionTypeBase, core.CollectionTypeAuth)
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, c := range all {
		for _, f := range c.Fields {
			var text any
			switch f.(type) {
			case *core.TextField, *core.EditorField:
				text = "a\x00b"
			case *core.JSONField:
				text = map[string]string{"q1": `\`, "q2": "a\x1bb"}
			default:
				continue
			}
			tried++
			row := core.NewRecord(c)
			row.Set(f.GetName(), text)
			e := &core.RecordEvent{App: house, Context: t.Context(), Type: core.ModelEventTypeCreate}
			e.Record = row
			told := fault.As(house.OnRecordCreateExecute().Trigger(e))
			if told == nil || told.Code != "text.unseen" || told.Field != f.GetName() {
				t.Errorf("%s.%s takes it: %v", c.Name, f.GetName(), told)
			}
		}
	}
	if tried < 500 {
		t.Errorf("only %d fields were tried", tried)
	}
}
