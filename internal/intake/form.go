package intake

import (
	"time"

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

// Archived says whether it is put away.
func (f *Form) Archived() bool { return !f.GetDateTime("archived_at").Time().IsZero() }

// Rev is the revision of the row.
func (f *Form) Rev() int { return record.Rev(f) }

func (f *Form) archivedOn(at time.Time) { f.Set("archived_at", at) }

func (f *Form) name(titleVI, titleEN string) {
	f.Set("title_vi", tidy(titleVI))
	f.Set("title_en", tidy(titleEN))
}

// NewForm describes a form that is not yet stored.
func NewForm(app core.App, code, titleVI, titleEN string) (*Form, error) {
	f, err := Forms.New(app)
	if err != nil {
		return nil, err
	}
	f.Set("code", tidy(code))
	f.name(titleVI, titleEN)
	return f, nil
}
