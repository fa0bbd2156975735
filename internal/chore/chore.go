// Package chore is what a scheduled job knows of its own run: whether the slot is still its own, and how much it has done.
//
// A job is a plain func(app, slot). One that works long asks Mine before each step that must not happen twice; one that
// leaves no line in the journal says by Did what it has done. Both find their run under the name of the job:
//
//	run := chore.Of(app, "forget_codes") // at the beginning, and never later
package chore

import (
	"errors"
	"sync/atomic"

	"github.com/pocketbase/pocketbase/core"
)

// ErrPassed is told to a run that took longer than its lease: another one has taken its job over.
var ErrPassed = errors.New("the lease ran out, and the job was taken over")

// Run is one run of a job. A nil Run is a job that was called outside the schedule, as by a test: it is always its own, and
// what it says is not kept.
type Run struct {
	mine func() (bool, error)
	did  atomic.Int64
	said atomic.Bool
}

func shelf(job string) string { return "vuon.chore." + job }

// Begin puts a run where its job finds it, until end is called. mine says whether nobody has taken it over.
func Begin(app core.App, job string, mine func() (bool, error)) (r *Run, end func()) {
	r = &Run{mine: mine}
	app.Store().Set(shelf(job), r)
	return r, func() {
		if Of(app, job) == r {
			app.Store().Remove(shelf(job))
		}
	}
}

// Of finds the run under way of a job, or nil. A job asks once, when it begins: later it may find its successor's.
func Of(app core.App, job string) *Run {
	r, _ := app.Store().Get(shelf(job)).(*Run)
	return r
}

// Mine returns ErrPassed once another run has taken the job over: whoever hears it stops.
func (r *Run) Mine() error {
	if r == nil {
		return nil
	}
	mine, err := r.mine()
	if err == nil && !mine {
		err = ErrPassed
	}
	return err
}

// Did adds to what the run has done. A job that never says it is known by the lines it wrote into the journal.
func (r *Run) Did(n int) {
	if r == nil {
		return
	}
	r.did.Add(int64(n))
	r.said.Store(true)
}

// Said is what the job has said it did; ok is false if it has said nothing.
func (r *Run) Said() (n int, ok bool) { return int(r.did.Load()), r.said.Load() }
