package intake

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/notice"
)

// told is a notice about an interview to one of its people, with the time for their calendar.
func (p appointment) told(dedup, who string) notice.Due {
	d := p.matter.told(dedup + ":" + who)
	d.User = who
	if who != p.Applicant {
		d.Link = "/app" // the page of the application is its applicants' own; whoever hears them has it at home
	}
	d.Args["at"] = p.Starts.Time().UTC().Format(time.RFC3339)
	d.When = notice.When{
		UID: "interview." + p.Interview, Starts: p.Starts.Time(), Ends: p.Ends.Time(), Sequence: p.Sequence, Over: p.Standing == string(InterviewCancelled),
	}
	return d
}

func (p appointment) people() []string {
	var some []string
	if err := json.Unmarshal([]byte(p.People), &some); err != nil {
		return []string{p.Applicant}
	}
	return some
}

// interviewsSet tells everybody who is heard or hears that an interview was set or changed. Only the last change is told.
func interviewsSet(tx core.App, now time.Time) ([]notice.Due, error) {
	return interviewsTold(tx, now, func(p appointment) bool { return p.Standing != string(InterviewCancelled) },
		"interviews.arrange", "interviews.rearrange", "interview.reset")
}

// interviewsOff tells them that it does not take place.
func interviewsOff(tx core.App, now time.Time) ([]notice.Due, error) {
	return interviewsTold(tx, now, func(p appointment) bool { return p.Standing == string(InterviewCancelled) }, "interview.cancel")
}

func interviewsTold(tx core.App, now time.Time, when func(appointment) bool, moves ...string) ([]notice.Due, error) {
	all, err := appointmentsMoved(tx, now.Add(-recent), moves...)
	last := map[string]appointment{}
	var order []string
	for _, p := range all {
		if _, known := last[p.Interview]; !known {
			order = append(order, p.Interview)
		}
		last[p.Interview] = p
	}
	var due []notice.Due
	for _, id := range order {
		p := last[id]
		if !when(p) || !now.Before(p.Starts.Time()) {
			continue
		}
		for _, who := range p.people() {
			d := p.told("interview:"+p.Interview+":"+strconv.Itoa(p.Sequence), who)
			d.Until, d.Why = p.Starts.Time(), "an interview was set, changed or called off"
			due = append(due, d)
		}
	}
	return due, err
}

// interviewsAnswered tells whoever set an interview that its applicant cannot come.
func interviewsAnswered(tx core.App, now time.Time) ([]notice.Due, error) {
	all, err := appointmentsMoved(tx, now.Add(-recent), "interview.decline")
	var due []notice.Due
	for _, p := range all {
		if p.SetBy != "" && p.Standing == string(InterviewDeclined) {
			d := p.matter.told("interview-no:" + p.Interview + ":" + strconv.Itoa(p.Sequence))
			d.User, d.Why = p.SetBy, "the applicant cannot come"
			d.Args["at"] = p.Starts.Time().UTC().Format(time.RFC3339)
			due = append(due, d)
		}
	}
	return due, err
}

// remindInterviews tells everybody the day before that an interview is to come.
func remindInterviews(tx core.App, now time.Time) ([]notice.Due, error) {
	all, err := appointmentsComing(tx, now, now.Add(notice.Ahead+2*day))
	var due []notice.Due
	for _, p := range all {
		for _, step := range notice.Steps(p.Starts.Time(), now, -day) {
			for _, who := range p.people() {
				due = append(due, step.On(p.told("interview-soon:"+p.Interview+":"+strconv.Itoa(p.Sequence), who)))
			}
		}
	}
	return due, err
}
