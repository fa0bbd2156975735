package intake

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// interviewsAt lists the other interviews that stand at the time of one. They are short: whatever overlaps it begins within
// the longest of them before it.
func interviewsAt(app core.App, v *Interview) ([]*Interview, error) {
	return Interviews.Query(app.RecordQuery(Interviews.Collection).
		AndWhere(dbx.In("status", lifecycle.Values(InterviewSet, InterviewConfirmed)...)).
		AndWhere(dbx.NewExp("id != {:id} AND starts_at > {:from} AND starts_at < {:ends} AND ends_at > {:starts}", dbx.Params{
			"id": v.Id, "from": record.Stamp(v.StartsAt().Add(-mostMinutes * time.Minute)), "starts": record.Stamp(v.StartsAt()), "ends": record.Stamp(v.EndsAt()),
		})))
}

// interviewsOf lists the interviews of an application, the first first.
func interviewsOf(app core.App, application string) ([]*Interview, error) {
	return Interviews.Query(app.RecordQuery(Interviews.Collection).
		AndWhere(dbx.HashExp{"application": application}).OrderBy("starts_at ASC", "id ASC"))
}

func interviewsIn(app core.App, intake, application string) ([]*Interview, error) {
	q := app.RecordQuery(Interviews.Collection).AndWhere(dbx.HashExp{"intake": intake}).OrderBy("starts_at ASC", "id ASC")
	if application != "" {
		q.AndWhere(dbx.HashExp{"application": application})
	}
	return Interviews.Query(q)
}

// appointment is an interview as a notice tells of it.
type appointment struct {
	matter
	Interview string         `db:"interview"`
	Starts    types.DateTime `db:"starts"`
	Ends      types.DateTime `db:"ends"`
	Sequence  int            `db:"ics_seq"`
	Standing  string         `db:"standing"`
	SetBy     string         `db:"set_by"`
	People    string         `db:"people"` // applicant, those who write along and the panel, as a JSON list
}

const appointmentColumns = paperColumns + `, v.id AS interview, v.starts_at AS starts, v.ends_at AS ends, v.ics_seq, v.status AS standing, v.set_by,
	(SELECT json_group_array(who) FROM (SELECT a.applicant AS who UNION SELECT m.user FROM application_members m
		WHERE m.application = a.id AND m.status = 'accepted' UNION SELECT value FROM json_each(v.panel))) AS people`

// appointmentsMoved are the interviews that were set, changed, answered or called off since an instant, one for each.
func appointmentsMoved(app core.App, since time.Time, moves ...string) ([]appointment, error) {
	var all []appointment
	err := app.DB().NewQuery(`SELECT ` + appointmentColumns + `, j.seq, j.at
		FROM journal j JOIN interviews v ON v.id = j.subject JOIN applications a ON a.id = v.application JOIN intakes i ON i.id = a.intake
		WHERE j.notice IN (SELECT value FROM json_each({:moves})) AND j.at >= {:since} ORDER BY j.seq`).
		Bind(dbx.Params{"moves": record.InJSON(moves), "since": record.Stamp(since)}).All(&all)
	if err != nil {
		return nil, fmt.Errorf("look for interviews that were moved: %w", err)
	}
	return all, nil
}

// appointmentsComing are the interviews that stand and begin between two instants.
func appointmentsComing(app core.App, from, to time.Time) ([]appointment, error) {
	var all []appointment
	err := app.DB().NewQuery(`SELECT ` + appointmentColumns + `
		FROM interviews v JOIN applications a ON a.id = v.application JOIN intakes i ON i.id = a.intake
		WHERE v.starts_at > {:from} AND v.starts_at <= {:to} AND v.status IN ('set', 'confirmed') ORDER BY v.starts_at, v.id`).
		Bind(dbx.Params{"from": record.Stamp(from), "to": record.Stamp(to)}).All(&all)
	if err != nil {
		return nil, fmt.Errorf("look for interviews to come: %w", err)
	}
	return all, nil
}
