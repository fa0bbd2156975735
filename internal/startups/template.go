package startups

import (
	"cmp"
	"slices"
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

// GraceDays is how many days after it is due a report is still awaited.
func (t *Template) GraceDays() int { return t.GetInt("grace_days") }

// Due is the local day by which a report is due that opens at an instant: so many days later for a baseline, on the fixed day
// of that month for the others.
func (t *Template) Due(opens time.Time) string {
	here := opens.In(locale.Zone)
	if t.Baseline() {
		return locale.Day(here.AddDate(0, 0, t.GetInt("due_day")))
	}
	last := time.Date(here.Year(), here.Month()+1, 0, 0, 0, 0, 0, locale.Zone).Day()
	return locale.Day(time.Date(here.Year(), here.Month(), min(t.GetInt("due_day"), last), 0, 0, 0, 0, locale.Zone))
}

func (t *Template) sameQuestions(was *Template) bool {
	return t.kind() == was.kind() && slices.Equal(t.KPIs(), was.KPIs())
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
