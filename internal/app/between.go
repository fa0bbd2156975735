package app

import (
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
)

// RunJobs runs what every job owes at now, and names the jobs that ran. A job that never ran owes its latest slot since the
// database was made.
func RunJobs(app core.App, now time.Time) ([]string, error) {
	c, err := crewOf(app)
	if err != nil {
		return nil, err
	}
	jobs, now, err := planned(now)
	if err != nil {
		return nil, err
	}
	var ran []string
	var failed error
	for _, j := range jobs {
		n, err := c.pay(app, j, now)
		failed = errors.Join(failed, err)
		if n > 0 {
			ran = append(ran, j.name)
		}
	}
	return ran, failed
}

// Slots of a job that lie nearer to each other than moment are not all run when time is moved on, and those of a job that
// comes by the minute even less often.
const (
	moment = time.Hour
	minute = time.Minute
	watch  = 3 // hours between two looks of a job that comes by the minute; the day begins its first at eight with the others
)

// RunJobsBetween runs the jobs for the slots after from and up to to, in the order of their times, as if the time between
// had passed. Only the demo moves time. A job that comes more often than every hour is run every hour, one that comes by the
// minute every three hours, and both whenever something has happened since they last ran: in between they would find
// nothing to do.
func RunJobsBetween(app core.App, from, to time.Time) error {
	c, err := crewOf(app)
	if err != nil {
		return err
	}
	jobs, to, err := planned(to)
	if err != nil {
		return err
	}
	from = from.In(to.Location())
	next, seen, every := make([]time.Time, len(jobs)), make([]int, len(jobs)), make([]time.Duration, len(jobs))
	for i, j := range jobs {
		next[i], seen[i] = j.at.Next(from), -1
		every[i] = j.at.Next(next[i]).Sub(next[i])
	}
	newest := -1 // the journal's, as far as it was read; unknown after a job
	for {
		first := -1
		for i, at := range next {
			if !at.IsZero() && !at.After(to) && (first < 0 || at.Before(next[first])) {
				first = i
			}
		}
		if first < 0 {
			return nil
		}
		at := next[first]
		next[first] = jobs[first].at.Next(at)
		if newest < 0 {
			head, err := lifecycle.Newest(app)
			if err != nil {
				return err
			}
			newest = head.Seq
		}
		if newest == seen[first] && idle(every[first], at) {
			continue
		}
		seen[first], newest = newest, -1
		if _, err := c.pay(app, jobs[first], at); err != nil {
			return err
		}
	}
}

// idle says whether a job that comes every so often would find nothing to do at a slot, nothing having happened.
func idle(every time.Duration, at time.Time) bool {
	switch {
	case every <= minute:
		return at.Minute() != 0 || at.Hour()%watch != 2
	case every < moment:
		return at.Minute() != 0
	}
	return false
}

func planned(now time.Time) ([]job, time.Time, error) {
	here, err := time.LoadLocation(zone)
	if err != nil {
		return nil, now, fmt.Errorf("load zone %s: %w", zone, err)
	}
	jobs, err := plan(jobs(), now.In(here))
	return jobs, now.In(here), err
}
