package startups

import (
	"fmt"
	"maps"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// Requests are reports that startups are asked for. A startup has one for a template and a period, whoever asks twice.
var Requests = record.Of[Request]("report_requests")

// Request is one report: asked for, filled in, handed in, accepted.
type Request struct{ core.BaseRecordProxy }

// The states of a report.
const (
	RequestScheduled lifecycle.State = "scheduled"
	RequestOpen      lifecycle.State = "open"
	RequestSubmitted lifecycle.State = "submitted"
	RequestReturned  lifecycle.State = "returned"
	RequestAccepted  lifecycle.State = "accepted"
	RequestMissed    lifecycle.State = "missed"
	RequestWaived    lifecycle.State = "waived"
)

// RequestLife is every legal move of a report.
var RequestLife = lifecycle.Table{
	Collection: Requests.Collection,
	Start:      RequestScheduled,
	Ends:       []lifecycle.State{RequestAccepted, RequestWaived},
	Moves: []lifecycle.Move{
		lifecycle.Moved("report", "open", RequestOpen, RequestScheduled),
		lifecycle.Moved("report", "submit", RequestSubmitted, RequestOpen, RequestMissed, RequestReturned),
		lifecycle.Moved("report", "return", RequestReturned, RequestSubmitted),
		lifecycle.Moved("report", "accept", RequestAccepted, RequestSubmitted),
		lifecycle.Moved("report", "miss", RequestMissed, RequestOpen),
		lifecycle.Moved("report", "waive", RequestWaived, RequestScheduled, RequestOpen, RequestMissed),
	},
}

// Status is where the report stands.
func (r *Request) Status() lifecycle.State { return lifecycle.State(r.GetString("status")) }

// StartupID is who is asked.
func (r *Request) StartupID() string { return r.GetString("startup") }

// EnrolmentID is the enrolment for which it is asked.
func (r *Request) EnrolmentID() string { return r.GetString("enrolment") }

// TemplateID is the kind of report.
func (r *Request) TemplateID() string { return r.GetString("template") }

// Period is what it reports on: "baseline", "2026-11".
func (r *Request) Period() string { return r.GetString("period_key") }

// OpensAt is when it can be filled in.
func (r *Request) OpensAt() time.Time { return r.GetDateTime("opens_at").Time() }

// DueOn is the last local day on which it is in time.
func (r *Request) DueOn() string { return r.GetString("due_on") }

// SubmittedAt is when it was last handed in; zero is never.
func (r *Request) SubmittedAt() time.Time { return r.GetDateTime("submitted_at").Time() }

// SubmittedBy is who handed it in: a person's id, or "link:" and the report's.
func (r *Request) SubmittedBy() string { return r.GetString("submitted_by") }

// Late says whether it was handed in after the day on which it was due.
func (r *Request) Late() bool { return r.GetBool("late") }

// ReturnedBecause is why the centre sent it back.
func (r *Request) ReturnedBecause() string { return r.GetString("returned_because") }

// Answers are what was said in words, by the key of the question; what nobody has answered is not there.
func (r *Request) Answers() (said map[string]string, err error) {
	if err := readJSON(r.GetString("answers"), &said); err != nil {
		return nil, fmt.Errorf("read the answers of report %s: %w", r.Id, err)
	}
	if said == nil {
		said = map[string]string{}
	}
	return said, nil
}

// say takes answers over and leaves the others as they are; an empty one takes back what was there. It tells whether any differs.
func (r *Request) say(words map[string]string) (reworded bool, err error) {
	said, err := r.Answers()
	if err != nil || len(words) == 0 {
		return false, err
	}
	was := maps.Clone(said)
	for key, text := range words {
		if text = tidyText(text); text == "" {
			delete(said, key)
			continue
		}
		said[key] = text
	}
	r.Set("answers", said)
	return !maps.Equal(was, said), nil
}

// Fillable says whether its figures can be written now.
func (r *Request) Fillable() bool {
	s := r.Status()
	return s == RequestOpen || s == RequestMissed || s == RequestReturned
}

// Missing says whether nothing has been handed in although it was asked for.
func (r *Request) Missing() bool { return r.Status() == RequestOpen || r.Status() == RequestMissed }

// DaysLate is how many days have gone since it was due; negative before.
func (r *Request) DaysLate(now time.Time) int { return daysBetween(r.DueOn(), locale.Day(now)) }

// LinkHolds says whether the secret link still opens the report.
func (r *Request) LinkHolds(now time.Time) bool {
	return r.linkHash() != "" && now.Before(r.LinkUntil())
}

// LinkUntil is when the secret link ends, or ended; zero where there is none.
func (r *Request) LinkUntil() time.Time { return r.GetDateTime("token_expires").Time() }

func (r *Request) linkHash() string { return r.GetString("token_hash") }

// linkUsed says whether the link ended when the report was handed in, and not with its days.
func (r *Request) linkUsed() bool {
	return !r.SubmittedAt().IsZero() && r.LinkUntil().Equal(r.SubmittedAt())
}

// useLink lets the secret link end at now.
func (r *Request) useLink(now time.Time) {
	if r.LinkHolds(now) {
		r.Set("token_expires", now)
	}
}

func (r *Request) setSubmitted(by string, now time.Time) {
	r.Set("submitted_at", now)
	r.Set("submitted_by", by)
	r.Set("late", r.DaysLate(now) > 0)
	r.Set("returned_because", "")
}

func (r *Request) setReturned(reason string) { r.Set("returned_because", reason) }

// sameRoots says whether two rows are about one thing. Instants are compared as they are stored: a clock may tell more than
// milliseconds, and a row that was just stored still has all of it.
func (r *Request) sameRoots(was *Request) bool {
	return r.StartupID() == was.StartupID() && r.EnrolmentID() == was.EnrolmentID() && r.TemplateID() == was.TemplateID() &&
		r.Period() == was.Period() && r.GetDateTime("opens_at").String() == was.GetDateTime("opens_at").String() && r.DueOn() == was.DueOn()
}

// sameReceipt says whether nothing changed that only a verb may set.
func (r *Request) sameReceipt(was *Request) bool {
	return r.GetDateTime("submitted_at").String() == was.GetDateTime("submitted_at").String() && r.SubmittedBy() == was.SubmittedBy() && r.Late() == was.Late() &&
		r.ReturnedBecause() == was.ReturnedBecause()
}

// askedFor describes a request that is not yet stored.
func askedFor(app core.App, n *Enrolment, t *Template, period string, opens time.Time) (*Request, error) {
	r, err := Requests.New(app)
	if err != nil {
		return nil, err
	}
	r.Set("startup", n.StartupID())
	r.Set("enrolment", n.Id)
	r.Set("template", t.Id)
	r.Set("period_key", period)
	r.Set("opens_at", opens)
	r.Set("due_on", t.Due(opens))
	return r, nil
}
