package startups

import (
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// AlumniReports are what startups that graduated are asked once a year: five questions, for five years.
var AlumniReports = record.Of[AlumniReport]("alumni_reports")

// AlumniReport is what one of them is asked in one year, and what it answered.
type AlumniReport struct{ core.BaseRecordProxy }

// The states of what is asked of alumni. Silence is an end of its own: it tells nothing about the startup.
const (
	AlumniOpen     lifecycle.State = "open"
	AlumniAnswered lifecycle.State = "answered"
	AlumniSilent   lifecycle.State = "silent"
)

// AlumniLife is every legal move of it.
var AlumniLife = lifecycle.Table{
	Collection: AlumniReports.Collection,
	Start:      AlumniOpen,
	Ends:       []lifecycle.State{AlumniAnswered, AlumniSilent},
	Moves: []lifecycle.Move{
		lifecycle.Moved("alumni", "answer", AlumniAnswered, AlumniOpen),
		lifecycle.Moved("alumni", "lapse", AlumniSilent, AlumniOpen),
	},
}

const (
	alumniYears = 5  // for how many years after graduation somebody is asked
	alumniDays  = 42 // how long one may answer
)

// alumniFates are what may have become of a startup, as its people say: the states of a startup.
var alumniFates = []string{
	string(StartupActive), string(StartupDormant), string(StartupClosed), string(StartupAcquired), string(StartupMerged), string(StartupFloated),
}

// Status is where it stands.
func (a *AlumniReport) Status() lifecycle.State { return lifecycle.State(a.GetString("status")) }

// StartupID is who is asked.
func (a *AlumniReport) StartupID() string { return a.GetString("startup") }

// Year is the calendar year in which it is asked.
func (a *AlumniReport) Year() int { return a.GetInt("year") }

// AskedAt is when it was asked.
func (a *AlumniReport) AskedAt() time.Time { return a.GetDateTime("asked_at").Time() }

// DueOn is the last local day on which it can be answered.
func (a *AlumniReport) DueOn() string { return a.GetString("due_on") }

// AnsweredAt is when it was; zero is not.
func (a *AlumniReport) AnsweredAt() time.Time { return a.GetDateTime("answered_at").Time() }

// AnsweredBy is who did: "link:" and its own id.
func (a *AlumniReport) AnsweredBy() string { return a.GetString("answered_by") }

// Fate is what became of the startup, one of alumniFates; "" is not answered.
func (a *AlumniReport) Fate() string { return a.GetString("fate") }

// Jobs is how many people work full time; nil is not told.
func (a *AlumniReport) Jobs() *int64 { return a.figure("jobs_state", "jobs") }

// Revenue is what came in during the year before, in đồng; nil is not told.
func (a *AlumniReport) Revenue() *int64 { return a.figure("revenue_state", "revenue_vnd") }

// Raised is what was raised during the year before, in đồng; nil is not told.
func (a *AlumniReport) Raised() *int64 { return a.figure("raised_state", "raised_vnd") }

// Wish is what the centre could do for it.
func (a *AlumniReport) Wish() string { return a.GetString("wish") }

// told is what was answered.
func (a *AlumniReport) told() AlumniAnswers {
	return AlumniAnswers{Fate: a.Fate(), Jobs: a.Jobs(), Revenue: a.Revenue(), Raised: a.Raised(), Wish: a.Wish()}
}

func (a *AlumniReport) figure(state, field string) *int64 {
	if a.GetString(state) != string(Given) {
		return nil
	}
	v := int64(a.GetFloat(field))
	return &v
}

// LinkHolds says whether the secret link still opens it.
func (a *AlumniReport) LinkHolds(now time.Time) bool {
	return a.GetString("token_hash") != "" && now.Before(a.GetDateTime("token_expires").Time())
}

// AlumniAnswers are the answers to the five questions. A figure that is nil is not told, and no zero.
type AlumniAnswers struct {
	Fate    string `json:"fate"`
	Jobs    *int64 `json:"jobs"`
	Revenue *int64 `json:"revenue_vnd"`
	Raised  *int64 `json:"raised_vnd"`
	Wish    string `json:"wish"`
}

func (a *AlumniReport) answer(said AlumniAnswers, by string, now time.Time) {
	a.Set("fate", said.Fate)
	for _, f := range []struct {
		state, field string
		value        *int64
	}{{"jobs_state", "jobs", said.Jobs}, {"revenue_state", "revenue_vnd", said.Revenue}, {"raised_state", "raised_vnd", said.Raised}} {
		a.Set(f.state, string(Declined))
		if f.value != nil {
			a.Set(f.state, string(Given))
			a.Set(f.field, *f.value)
		}
	}
	a.Set("wish", strings.TrimSpace(said.Wish))
	a.Set("answered_by", by)
	a.Set("answered_at", now)
	if a.LinkHolds(now) {
		a.Set("token_expires", now)
	}
}

func (a *AlumniReport) sameRoots(was *AlumniReport) bool {
	return a.StartupID() == was.StartupID() && a.Year() == was.Year() && a.DueOn() == was.DueOn() && a.GetDateTime("asked_at").String() == was.GetDateTime("asked_at").String()
}

// sameAnswers says whether both say the same.
func (a *AlumniReport) sameAnswers(was *AlumniReport) bool {
	for _, name := range []string{"fate", "jobs_state", "jobs", "revenue_state", "revenue_vnd", "raised_state", "raised_vnd", "wish", "answered_by", "answered_at"} {
		if a.GetString(name) != was.GetString(name) {
			return false
		}
	}
	return true
}

// askedAfter describes what is asked of a startup in a year, which is not yet stored.
func askedAfter(app core.App, startup string, now time.Time) (*AlumniReport, error) {
	a, err := AlumniReports.New(app)
	if err != nil {
		return nil, err
	}
	a.Set("startup", startup)
	a.Set("year", now.In(locale.Zone).Year())
	a.Set("asked_at", now)
	a.Set("due_on", daysAfter(locale.Day(now), alumniDays))
	return a, nil
}
