package startups

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Attendances are who said that they come to a workshop, and who came: a row for a startup.
var Attendances = record.Of[Attendance]("attendances")

// Attendance is one startup's part in one workshop. No row means that nobody has said anything.
type Attendance struct{ core.BaseRecordProxy }

// The marks, as staff give them at the door. None is "".
const (
	MarkPresent = "present"
	MarkLate    = "late"
	MarkExcused = "excused"
	MarkAbsent  = "absent"
)

// marks lists them all.
var marks = []string{MarkPresent, MarkLate, MarkExcused, MarkAbsent}

// mostPeople is how many people one startup sends at most.
const mostPeople = 50

// WorkshopID is the workshop.
func (a *Attendance) WorkshopID() string { return a.GetString("workshop") }

// StartupID is whose part it is.
func (a *Attendance) StartupID() string { return a.GetString("startup") }

// Answered says whether the startup has said whether it comes.
func (a *Attendance) Answered() bool { return a.GetBool("answered") }

// Coming is how many people it said will come. 0 of an answer is: nobody.
func (a *Attendance) Coming() int { return a.GetInt("coming") }

// AnsweredBy is who of the startup said so.
func (a *Attendance) AnsweredBy() string { return a.GetString("answered_by") }

// Mark is one of marks, or empty: nobody has looked.
func (a *Attendance) Mark() string { return a.GetString("mark") }

// Came is how many people came.
func (a *Attendance) Came() int { return a.GetInt("came") }

// MarkedBy is who of the centre wrote the mark.
func (a *Attendance) MarkedBy() string { return a.GetString("marked_by") }

// MarkedAt is when; zero is not yet.
func (a *Attendance) MarkedAt() time.Time { return a.GetDateTime("marked_at").Time() }

// facts are what the journal keeps of it.
func (a *Attendance) facts() map[string]any {
	return map[string]any{"workshop": a.WorkshopID(), "startup": a.StartupID(), "coming": a.Coming(), "mark": a.Mark(), "came": a.Came()}
}

func (a *Attendance) sameRoots(was *Attendance) bool {
	return a.WorkshopID() == was.WorkshopID() && a.StartupID() == was.StartupID()
}

func (a *Attendance) answer(coming int, by string) {
	a.Set("answered", true)
	a.Set("coming", coming)
	a.Set("answered_by", by)
}

func (a *Attendance) marked(mark string, came int, by string, now time.Time) {
	a.Set("mark", mark)
	a.Set("came", came)
	a.Set("marked_by", by)
	a.Set("marked_at", now)
}

// invitedTo describes a startup's part in a workshop that is not yet stored.
func invitedTo(app core.App, workshop, startup string) (*Attendance, error) {
	a, err := Attendances.New(app)
	if err != nil {
		return nil, err
	}
	a.Set("workshop", workshop)
	a.Set("startup", startup)
	return a, nil
}
