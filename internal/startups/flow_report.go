package startups

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Fill writes answers into a report that is being filled in, and leaves the others as they are: figures, and what is said in
// words by the key of its question. rev is the revision of the report from which the writer began. Founders and members of the
// startup, or whoever holds its link.
// Errors: access.sign_in, record.not_found, report.not_yours, report.closed, record.stale, and for each answer
// reading.unknown_kpi, reading.unknown_state, reading.no_value, reading.whole, reading.too_large, reading.negative,
// reading.unknown_grade, reading.staff_verify, report.unknown_question, report.answer_long.
func Fill(app core.App, by access.Actor, id string, said []Answer, words map[string]string, rev int, _ time.Time) (*Request, error) {
	return record.Change(app, Requests, id, func(tx core.App, q *Request) error {
		if err := mayFill(tx, by, q); err != nil {
			return err
		}
		if !q.Fillable() {
			return fault.Conflict("report.closed")
		}
		source := fromSelf
		if !by.Signed() {
			source = fromLink
		}
		record.At(q, rev)
		if _, err := q.say(words); err != nil {
			return err
		}
		if err := tx.Save(q); err != nil { // counts the revision: two people on two phones do not overwrite each other
			return err
		}
		return put(tx, q, said, source, tx.Save)
	})
}

// Submit hands a report in; with the baseline the enrolment begins. Every figure has an answer, if only that there is none.
// Founders and members of the startup, or whoever holds its link, which is used up.
// Errors: access.sign_in, record.not_found, report.not_yours, report.incomplete (for each open figure), report.answer_missing (for
// each question in words that must be answered), lifecycle.not_now.
func Submit(app core.App, by access.Actor, id string, rev int, now time.Time) (*Request, error) {
	return record.Change(app, Requests, id, func(tx core.App, q *Request) error {
		if err := mayFill(tx, by, q); err != nil {
			return err
		}
		record.At(q, rev)
		q.setSubmitted(by.ID, now)
		q.useLink(now)
		if err := RequestLife.Fire(tx, q, "submit", by, now); err != nil {
			return err
		}
		return begin(tx, by, q, now)
	})
}

// begin makes an invited enrolment active once its baseline is handed in.
func begin(tx core.App, by access.Actor, q *Request, now time.Time) error {
	t, err := Templates.Find(tx, q.TemplateID())
	if err != nil || !t.Baseline() {
		return err
	}
	n, err := Enrolments.Find(tx, q.EnrolmentID())
	if err != nil || n.Status() != EnrolmentInvited {
		return err
	}
	n.setJoined(now)
	return EnrolmentLife.Fire(tx, n, "activate", by, now)
}

// Return sends a report back to be mended. Staff of the cohort. Errors: as Accept, and report.no_reason.
func Return(app core.App, by access.Actor, id, reason string, now time.Time) (*Request, error) {
	return record.Change(app, Requests, id, func(tx core.App, q *Request) error {
		if err := mayJudge(tx, by, q); err != nil {
			return err
		}
		if strings.TrimSpace(reason) == "" {
			return fault.Field("reason", "report.no_reason")
		}
		q.setReturned(reason)
		return RequestLife.Fire(tx, q, "return", by, now, lifecycle.Because(reason))
	})
}

// Accept takes a report for good: from now on its figures and its words change by Revise alone. Staff of the cohort.
// Errors: access.sign_in, record.not_found, access.needs_staff, report.own, lifecycle.not_now.
func Accept(app core.App, by access.Actor, id string, now time.Time) (*Request, error) {
	return record.Change(app, Requests, id, func(tx core.App, q *Request) error {
		if err := mayJudge(tx, by, q); err != nil {
			return err
		}
		return RequestLife.Fire(tx, q, "accept", by, now)
	})
}

// Waive asks no more for a report that never came. Staff of the cohort. A baseline is not waived: an enrolment begins with it.
// Errors: as Accept, and report.no_reason, report.baseline_stays.
func Waive(app core.App, by access.Actor, id, reason string, now time.Time) (*Request, error) {
	return record.Change(app, Requests, id, func(tx core.App, q *Request) error {
		if err := mayJudge(tx, by, q); err != nil {
			return err
		}
		t, err := Templates.Find(tx, q.TemplateID())
		switch {
		case err != nil:
			return err
		case t.Baseline():
			return fault.Conflict("report.baseline_stays")
		case strings.TrimSpace(reason) == "":
			return fault.Field("reason", "report.no_reason")
		}
		return RequestLife.Fire(tx, q, "waive", by, now, lifecycle.Because(reason))
	})
}

// Revise corrects an accepted report, figures and what is said in words by the key of its question; what stood there before is
// kept for ever. Staff of the cohort.
// Errors: as Accept and Fill, and report.no_reason, report.not_accepted, report.nothing_changed, report.answer_missing.
func Revise(app core.App, by access.Actor, id string, said []Answer, words map[string]string, reason string, now time.Time) (*Request, error) {
	return record.Change(app, Requests, id, func(tx core.App, q *Request) error {
		if err := mayJudge(tx, by, q); err != nil {
			return err
		}
		switch {
		case q.Status() != RequestAccepted:
			return fault.Conflict("report.not_accepted")
		case strings.TrimSpace(reason) == "":
			return fault.Field("reason", "report.no_reason")
		}
		if err := keep(tx, q, by.ID, reason, now); err != nil {
			return err
		}
		save := func(row core.Model) error { return tx.SaveWithContext(marked(revising{}), row) }
		reworded, err := q.say(words)
		switch {
		case err != nil:
			return err
		case reworded:
			err = save(q)
		case len(said) == 0:
			err = fault.Field("readings", "report.nothing_changed")
		}
		if err != nil {
			return err
		}
		if err := put(tx, q, said, fromStaff, save); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Requests.Collection, q.Id, "revise", lifecycle.Because(reason))
	})
}

// put stores answers, each in the row of its figure; one without a state is taken back, as if it had never been given.
// Everything wrong with them is said at once.
func put(tx core.App, q *Request, said []Answer, source string, save func(core.Model) error) error {
	t, err := Templates.Find(tx, q.TemplateID())
	if err != nil {
		return err
	}
	asks, err := questions(tx, t)
	if err != nil {
		return err
	}
	stored, err := answersTo(tx, q.Id)
	if err != nil {
		return err
	}
	wrong := make([]error, 0, len(said))
	for _, a := range said {
		i := slices.IndexFunc(asks, func(k *KPI) bool { return k.Id == a.KPI || k.Key() == a.KPI })
		if i < 0 {
			wrong = append(wrong, fault.Field("readings", "reading.unknown_kpi"))
			continue
		}
		r := stored[asks[i].Id]
		if a.State == "" && a.Value == nil && source != fromStaff {
			if r != nil {
				if err := tx.Delete(r); err != nil {
					return err
				}
				delete(stored, asks[i].Id)
			}
			continue
		}
		if err := sound(asks[i], a, source); err != nil {
			wrong = append(wrong, err)
			continue
		}
		if r == nil {
			if r, err = answers(tx, q, asks[i].Id); err != nil {
				return err
			}
			stored[asks[i].Id] = r
		}
		r.write(a, source)
		if err := save(r); err != nil {
			return err
		}
	}
	return fault.Fields(wrong...)
}

// sound refuses an answer that cannot be one, or that its source cannot give. The field of the fault is the figure's key.
func sound(k *KPI, a Answer, source string) error {
	switch v := a.Value; {
	case !slices.Contains(readingStates, a.State):
		return fault.Field(k.Key(), "reading.unknown_state")
	case a.Grade != "" && !slices.Contains(grades, a.Grade):
		return fault.Field(k.Key(), "reading.unknown_grade")
	case a.Grade == gradeVerified && source != fromStaff:
		return fault.Field(k.Key(), "reading.staff_verify")
	case a.State != Given:
		return nil
	case v == nil:
		return fault.Field(k.Key(), "reading.no_value")
	case math.Abs(*v) > greatest:
		return fault.Field(k.Key(), "reading.too_large")
	case *v != math.Trunc(*v):
		return fault.Field(k.Key(), "reading.whole")
	case *v < 0 && k.Unit() != "vnd":
		return fault.Field(k.Key(), "reading.negative")
	}
	return nil
}

// told is what a report says at this moment, as a revision keeps it.
func told(app core.App, request string) ([]Told, error) {
	rows, err := answersTo(app, request)
	if err != nil {
		return nil, err
	}
	list := make([]Told, 0, len(rows))
	for _, r := range rows {
		list = append(list, Told{KPI: r.KPIID(), State: r.State(), Value: r.shown(), Comment: r.Comment(), Grade: r.Grade(), Source: r.Source()})
	}
	slices.SortFunc(list, func(a, b Told) int { return strings.Compare(a.KPI, b.KPI) })
	return list, nil
}

// Told is one answer as it stands. Value is null unless the state is "value": what was not reported is not zero.
type Told struct {
	KPI     string       `json:"kpi"`
	State   ReadingState `json:"state"`
	Value   *int64       `json:"value"`
	Comment string       `json:"comment"`
	Grade   string       `json:"grade"`
	Source  string       `json:"source,omitempty"`
	Period  string       `json:"period_key,omitempty"`
}
