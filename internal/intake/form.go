package intake

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Forms are the questionnaires of the centre. What they ask stands in their versions.
var Forms = record.Of[Form]("forms")

// Form is one questionnaire.
type Form struct{ core.BaseRecordProxy }

// Code is the short name that stays while the questions change.
func (f *Form) Code() string { return f.GetString("code") }

// TitleVI is the title in Vietnamese.
func (f *Form) TitleVI() string { return f.GetString("title_vi") }

// TitleEN is the title in English, or "".
func (f *Form) TitleEN() string { return f.GetString("title_en") }

// NewForm describes a form that is not yet stored.
func NewForm(app core.App, code, titleVI, titleEN string) (*Form, error) {
	f, err := Forms.New(app)
	if err != nil {
		return nil, err
	}
	f.Set("code", tidy(code))
	f.Set("title_vi", tidy(titleVI))
	f.Set("title_en", tidy(titleEN))
	return f, nil
}
