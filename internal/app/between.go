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

// A job that comes every often, or more often than that, is not run for each of its slots when time is moved on.
const (
	often = time.Hour
	watch = 6 // hours from one look of such a job to the next: at two, eight, fourteen and twenty
)

// RunJobsBetween runs the jobs for the slots after from and up to to, in the order of their times, as if the time between
// had passed. Only the demo moves time. A job that comes every hour or more often is run every six hours, and whenever
// something has happened since it last ran that it did not do itself: what time alone brings about is then written down a
// little late, and is decided by the clock as ever.
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
	head, err := lifecycle.Newest(app)
	if err != nil {
		return err
	}
	newest := head.Seq // of the journal
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
		if newest == seen[first] && idle(every[first], at) {
			continue
		}
		if _, err := c.pay(app, jobs[first], at); err != nil {
			return err
		}
		if head, err = lifecycle.Newest(app); err != nil {
			return err
		}
		newest, seen[first] = head.Seq, head.Seq
	}
}

// idle says whether a job that comes so often may wait at a slot, nothing having happened.
func idle(every time.Duration, at time.Time) bool {
	return every <= often && (at.Hour()%watch != 2 || every < often && at.Minute() != 0)
}

func planned(now time.Time) ([]job, time.Time, error) {
	here, err := time.LoadLocation(zone)
	if err != nil {
		return nil, now, fmt.Errorf("load zone %s: %w", zone, err)
	}
	jobs, err := plan(jobs(), now.In(here))
	return jobs, now.In(here), err
}
