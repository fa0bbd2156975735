package intake

import (
	"encoding/json"
	"fmt"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// FormVersions are what a form asked at one time. A published one never changes: applications were answered by it.
var FormVersions = record.Of[FormVersion]("form_versions")

// FormVersion is one such state of a form.
type FormVersion struct{ core.BaseRecordProxy }

// The states of a form version.
const (
	FormDraft     lifecycle.State = "draft"
	FormPublished lifecycle.State = "published"
	FormRetired   lifecycle.State = "retired"
)

// FormLife is every legal move of a form version.
var FormLife = lifecycle.Table{
	Collection: FormVersions.Collection,
	Start:      FormDraft,
	Ends:       []lifecycle.State{FormRetired},
	Moves: []lifecycle.Move{
		lifecycle.Moved("form", "publish", FormPublished, FormDraft),
		lifecycle.Moved("form", "retire", FormRetired, FormPublished),
	},
}

// NewVersion describes a version that is not yet stored.
func NewVersion(app core.App, form string, number int, schema Schema) (*FormVersion, error) {
	v, err := FormVersions.New(app)
	if err != nil {
		return nil, err
	}
	v.Set("form", form)
	v.Set("number", number)
	v.Set("schema", schema)
	return v, nil
}

// Rev is the revision of the row.
func (v *FormVersion) Rev() int { return record.Rev(v) }

// Status is where the version stands.
func (v *FormVersion) Status() lifecycle.State { return lifecycle.State(v.GetString("status")) }

// FormID is the form it belongs to.
func (v *FormVersion) FormID() string { return v.GetString("form") }

// Number counts the versions of a form from 1.
func (v *FormVersion) Number() int { return v.GetInt("number") }

// Schema is what it asks.
func (v *FormVersion) Schema() (Schema, error) {
	var s Schema
	if err := json.Unmarshal([]byte(v.GetString("schema")), &s); err != nil {
		return nil, fmt.Errorf("read the questions of form version %s: %w", v.Id, err)
	}
	return s, nil
}

// Ask replaces the questions of a draft.
func (v *FormVersion) Ask(schema Schema) { v.Set("schema", schema) }

func (v *FormVersion) sameContent(b *FormVersion) bool {
	for _, field := range []string{"form", "number", "schema"} {
		if v.GetString(field) != b.GetString(field) {
			return false
		}
	}
	return true
}
