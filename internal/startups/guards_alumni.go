package startups

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
)

// alumniAnswer keeps what is asked to its startup and its year, and its answers to the one verb that hands them in, whole.
// Errors: alumni.rooted, alumni.fate, reading.negative, reading.too_large.
func alumniAnswer(e *core.RecordEvent, was *core.Record) error {
	a := AlumniReports.From(e.Record)
	if was != nil {
		old := AlumniReports.From(was)
		if !a.sameRoots(old) || a.Status() != AlumniAnswered && !a.sameAnswers(old) || old.Status() == AlumniAnswered && !a.sameAnswers(old) {
			return fault.Conflict("alumni.rooted")
		}
	}
	if a.Status() != AlumniAnswered {
		return nil
	}
	return a.told().sound()
}

// sound refuses answers that cannot be. Errors: alumni.fate, reading.negative, reading.too_large.
func (s AlumniAnswers) sound() error {
	if !known(alumniFates, s.Fate) {
		return fault.Field("fate", "alumni.fate")
	}
	for _, f := range []struct {
		field string
		value *int64
	}{{"jobs", s.Jobs}, {"revenue_vnd", s.Revenue}, {"raised_vnd", s.Raised}} {
		switch {
		case f.value == nil:
		case *f.value < 0:
			return fault.Field(f.field, "reading.negative")
		case *f.value > greatest:
			return fault.Field(f.field, "reading.too_large")
		}
	}
	return nil
}
