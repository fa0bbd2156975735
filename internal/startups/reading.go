package startups

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Readings are the answers to reports: one for a figure. No row means that nobody has answered yet, which is not zero. Beside
// them stand those of source import, which answer no report: one for a startup, a figure and a period.
var Readings = record.Of[Reading]("kpi_readings")

// Reading is one figure of one startup for one period.
type Reading struct{ core.BaseRecordProxy }

// ReadingState says what kind of answer it is.
type ReadingState string

// The kinds of answer. Only Given carries a value.
const (
	Given       ReadingState = "value"
	NotReported ReadingState = "not_reported" // there is no figure yet
	NotOurs     ReadingState = "na"           // the question does not fit this startup
	Declined    ReadingState = "refused"      // the startup would rather not say
)

// readingStates lists them all.
var readingStates = []ReadingState{Given, NotReported, NotOurs, Declined}

// grades say what a figure rests on, from a word to a paper that somebody has checked.
var grades = []string{"self", "documented", gradeVerified}

// gradeVerified is the word of the centre's staff: nobody checks their own papers.
const gradeVerified = "verified"

// Where an answer came from.
const (
	fromSelf   = "self"
	fromStaff  = "staff"
	fromLink   = "link"
	fromImport = "import"
)

// greatest is the largest whole number that a browser holds exactly.
const greatest = 1<<53 - 1

// RequestID is the report it answers; "" for one that came from a table.
func (r *Reading) RequestID() string { return r.GetString("request") }

// StartupID is whose figure it is.
func (r *Reading) StartupID() string { return r.GetString("startup") }

// KPIID is what was asked.
func (r *Reading) KPIID() string { return r.GetString("kpi") }

// Period is what it is a figure of.
func (r *Reading) Period() string { return r.GetString("period_key") }

// State says what kind of answer it is.
func (r *Reading) State() ReadingState { return ReadingState(r.GetString("state")) }

// Value is the figure; it means something only in state Given.
func (r *Reading) Value() int64 { return int64(r.GetInt("value")) }

// Comment is what the startup says beside it.
func (r *Reading) Comment() string { return r.GetString("comment") }

// Source is where it came from: self, staff, import or link.
func (r *Reading) Source() string { return r.GetString("source") }

// Grade is what it rests on: self, documented or verified.
func (r *Reading) Grade() string { return r.GetString("grade") }

func (r *Reading) sameRoots(was *Reading) bool {
	return r.RequestID() == was.RequestID() && r.KPIID() == was.KPIID() && r.StartupID() == was.StartupID() && r.Period() == was.Period()
}

// answers describes an answer that is not yet stored.
func answers(app core.App, q *Request, kpi string) (*Reading, error) {
	r, err := Readings.New(app)
	if err != nil {
		return nil, err
	}
	r.Set("request", q.Id)
	r.Set("startup", q.StartupID())
	r.Set("kpi", kpi)
	r.Set("period_key", q.Period())
	return r, nil
}

// Answer is one figure as somebody writes it. Value counts in state Given alone.
type Answer struct {
	KPI     string       `json:"kpi"` // id or key
	State   ReadingState `json:"state"`
	Value   *float64     `json:"value"` // a whole number
	Comment string       `json:"comment"`
	Grade   string       `json:"grade"`
}

// write takes an answer over. source says who gave it.
func (r *Reading) write(a Answer, source string) {
	value := int64(0)
	if a.State == Given && a.Value != nil {
		value = int64(*a.Value)
	}
	grade := a.Grade
	if grade == "" {
		grade = grades[0]
	}
	r.Set("state", string(a.State))
	r.Set("value", value)
	r.Set("comment", a.Comment)
	r.Set("grade", grade)
	r.Set("source", source)
}

// shown is the value of an answer, or nil where there is none.
func (r *Reading) shown() *int64 {
	if r.State() != Given {
		return nil
	}
	v := r.Value()
	return &v
}
