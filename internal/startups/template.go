package startups

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// Templates say which figures a report asks for, and by when.
var Templates = record.Of[Template]("report_templates")

// Template is one kind of report.
type Template struct{ core.BaseRecordProxy }

// The two kinds: what a startup is on its first day, and what became of it month by month.
const (
	periodBaseline = "baseline"
	periodMonth    = "month"
)

// Title is what the report is called.
func (t *Template) Title() locale.Pair {
	return locale.Pair{VI: t.GetString("title_vi"), EN: t.GetString("title_en")}
}

// Baseline says whether it is the report with which an enrolment begins.
func (t *Template) Baseline() bool { return t.kind() == periodBaseline }

func (t *Template) kind() string { return t.GetString("period") }

// KPIs are the ids of what it asks for.
func (t *Template) KPIs() []string { return t.GetStringSlice("kpis") }

// Questions are what the report asks in words, in order.
func (t *Template) Questions() (asks []OpenQuestion, err error) {
	if err := readJSON(t.GetString("questions"), &asks); err != nil {
		return nil, fmt.Errorf("read the questions of template %s: %w", t.Id, err)
	}
	return asks, nil
}

// GraceDays is how many days after it is due a report is still awaited.
func (t *Template) GraceDays() int { return t.GetInt("grace_days") }

// Due is the local day by which a report is due that opens at an instant: so many days later for a baseline, on the fixed day
// of that month for the others.
func (t *Template) Due(opens time.Time) string {
	here := opens.In(locale.Zone)
	if t.Baseline() {
		return locale.Day(here.AddDate(0, 0, t.DueDay()))
	}
	last := time.Date(here.Year(), here.Month()+1, 0, 0, 0, 0, 0, locale.Zone).Day()
	return locale.Day(time.Date(here.Year(), here.Month(), min(t.DueDay(), last), 0, 0, 0, 0, locale.Zone))
}

// Active says whether reports of its kind are asked for by it.
func (t *Template) Active() bool { return t.GetBool("active") }

// DueDay is the day of the month by which a report is due, or how many days a baseline has.
func (t *Template) DueDay() int { return t.GetInt("due_day") }

// TemplateFields are what staff say of a template.
type TemplateFields struct {
	TitleVI   string   `json:"title_vi"`
	TitleEN   string   `json:"title_en"`
	Kind      string   `json:"kind"` // baseline or month
	KPIs      []string `json:"kpis"` // ids
	DueDay    int      `json:"due_day"`
	GraceDays int      `json:"grace_days"`
	Rev       int      `json:"rev"`

	Questions []OpenQuestion `json:"questions"` // in words, in order; their keys are given
}

func (t *Template) write(f TemplateFields) {
	t.Set("title_vi", strings.TrimSpace(f.TitleVI))
	t.Set("title_en", strings.TrimSpace(f.TitleEN))
	t.Set("period", f.Kind)
	t.Set("kpis", f.KPIs)
	t.Set("due_day", f.DueDay)
	t.Set("grace_days", f.GraceDays)
	t.Set("questions", inOrder(f.Questions))
}

func (t *Template) fields() (TemplateFields, error) {
	asks, err := t.Questions()
	return TemplateFields{t.Title().VI, t.Title().EN, t.kind(), t.KPIs(), t.DueDay(), t.GraceDays(), 0, inOrder(asks)}, err
}

// name gives it the short name by which it is stored.
func (t *Template) name(code string) { t.Set("code", code) }

// use says whether reports of its kind are asked for by it.
func (t *Template) use(yes bool) { t.Set("active", yes) }

// sameTerms says whether nothing differs that somebody was asked with; only whether it is in use may.
func (t *Template) sameTerms(was *Template) bool {
	return t.kind() == was.kind() && slices.Equal(t.KPIs(), was.KPIs()) && t.Title() == was.Title() &&
		t.DueDay() == was.DueDay() && t.GraceDays() == was.GraceDays() && t.sameQuestions(was)
}

func (t *Template) sameQuestions(was *Template) bool {
	asks, err := t.Questions()
	before, failed := was.Questions()
	return err == nil && failed == nil && slices.Equal(asks, before)
}

// questions are the KPIs that t asks for, in order.
func questions(app core.App, t *Template) ([]*KPI, error) {
	all, err := KPIs.All(app, dbx.HashExp{"id": anys(t.KPIs())})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b *KPI) int { return cmp.Compare(a.position(), b.position()) })
	return all, nil
}

// inUse is the active template of a kind. Without one nothing can be asked: error report.no_template.
func inUse(app core.App, period string) (*Template, error) {
	t, err := Templates.First(app, dbx.HashExp{"period": period, "active": true})
	if fault.Code(err) == "record.not_found" {
		return nil, fault.Conflict("report.no_template")
	}
	return t, err
}
