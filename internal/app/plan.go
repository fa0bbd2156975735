package app

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// catchUp says what becomes of the slots that a job has missed, because the house was closed or the job failed.
type catchUp string

const (
	catchLatest catchUp = "latest" // the latest is made up for, the others are not: what most jobs need, for they look at what is due now
	catchAll    catchUp = "all"    // each is made up for, in their order: the job does something else for every slot
	catchNone   catchUp = "none"   // none is: what was not done in its time must not be done
)

const (
	forgotten = 31 * 24 * time.Hour      // how far back the latest slot is looked for
	memory    = 2 * 366 * 24 * time.Hour // how far back missed slots are made up for, one by one
	backlog   = 24                       // and how many of them at once: the newest
)

// job is something the house does by itself. run gets the scheduled time, not the time it happens to run at, and must bear
// to be run twice for it.
type job struct {
	name  string
	line  string                                 // when, as a crontab says it
	at    interface{ Next(time.Time) time.Time } // zero: never
	catch catchUp
	run   func(app core.App, slot time.Time) error
}

// jobName is what the ledger, the dictionary (job.<name>) and an address can carry.
var jobName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,59}$`)

// plan reads crontab lines whose last word is the job's name, before which its catch-up may stand (latest if none does),
// and returns the jobs in the order of their names. It refuses a line that cannot be read or that never comes due.
func plan(lines map[string]func(core.App, time.Time) error, now time.Time) ([]job, error) {
	jobs := make([]job, 0, len(lines))
	names := map[string]bool{}
	for line, run := range lines {
		j, err := read(line)
		switch {
		case err != nil:
			return nil, err
		case j.at.Next(now).IsZero():
			return nil, fmt.Errorf("job %q never comes due", line)
		case names[j.name]:
			return nil, fmt.Errorf("job %q: the name is taken", line)
		}
		names[j.name], j.run = true, run
		jobs = append(jobs, j)
	}
	slices.SortFunc(jobs, func(a, b job) int { return strings.Compare(a.name, b.name) })
	return jobs, nil
}

// read reads one line.
func read(line string) (job, error) {
	words := strings.Fields(line)
	j := job{catch: catchLatest}
	if last := len(words) - 1; last >= 0 {
		j.name, words = words[last], words[:last]
	}
	policies := []catchUp{catchLatest, catchAll, catchNone}
	if last := len(words) - 1; last >= 0 && slices.Contains(policies, catchUp(words[last])) {
		j.catch, words = catchUp(words[last]), words[:last]
	}
	named := jobName.MatchString(j.name) && !slices.Contains(policies, catchUp(j.name))
	if len(words) != 5 || !named { // the parser takes a zone for one field more, and panics on a zone alone
		return job{}, fmt.Errorf("job %q: five fields, a word for the catch-up if any, and a name, without a zone", line)
	}
	j.line = strings.Join(words, " ")
	var err error
	j.at, err = parse(j.line)
	if err != nil {
		return job{}, fmt.Errorf("job %q: %w", line, err)
	}
	return j, nil
}

// owes lists the slots that a job has to run at now, in their order. done is the latest that needs no more work; a job
// without one is new, to this house or to this release: it owes one slot at most, for nobody knows what it missed.
func (j job) owes(done, born, now time.Time) []time.Time {
	if j.catch == catchAll && !done.IsZero() {
		all := j.between(done, now, memory)
		return all[max(0, len(all)-backlog):]
	}
	if done.IsZero() {
		done = born
	}
	all := j.between(done, now, forgotten)
	all = all[max(0, len(all)-1):]
	if j.catch == catchNone && len(all) > 0 && now.Sub(all[0]) >= lease {
		return nil
	}
	return all
}

// between lists the slots after since and not after now, none of them longer ago than most.
func (j job) between(since, now time.Time, most time.Duration) []time.Time {
	if now.Sub(since) > most {
		since = now.Add(-most)
	}
	var slots []time.Time
	for next := j.at.Next(since.In(now.Location())); !next.IsZero() && !next.After(now); next = j.at.Next(next) {
		slots = append(slots, next)
	}
	return slots
}
