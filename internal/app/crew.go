package app

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strconv"
	"sync"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/chore"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
)

// crew runs the jobs of one process, on the schedule and by hand, and knows which are under way.
type crew struct {
	id  string // of this process, for the ledger
	now func() time.Time

	mu       sync.Mutex
	stopped  bool
	underWay sync.WaitGroup
}

const crewKey = "vuon.crew"

var errStopping = errors.New("the house is about to stop")

// hire makes the crew of a process and puts it where its routes and commands find it.
func hire(app core.App, deps Deps) (*crew, error) {
	raw := make([]byte, 8)
	if _, err := io.ReadFull(deps.Random, raw); err != nil {
		return nil, fmt.Errorf("name this process: %w", err)
	}
	c := &crew{id: hex.EncodeToString(raw), now: deps.Now}
	app.Store().Set(crewKey, c)
	return c, nil
}

func crewOf(app core.App) (*crew, error) {
	c, ok := app.Store().Get(crewKey).(*crew)
	if !ok {
		return nil, errors.New("this house has nobody who runs its jobs")
	}
	return c, nil
}

// wake runs what j owes at now.
func (c *crew) wake(app core.App, j job, now time.Time) {
	if _, err := c.pay(app, j, now); err != nil {
		app.Logger().Error("a job failed", "job", j.name, "error", err)
	}
}

// pay runs what j owes at now, in the order of its slots, and says how many it ran. The first that fails ends it: it is
// tried again before those that follow it.
func (c *crew) pay(app core.App, j job, now time.Time) (ran int, err error) {
	done, err := lastSettled(app, j.name, now)
	if err != nil {
		return 0, err
	}
	var born time.Time
	if done.IsZero() {
		if _, born, err = appliedMigrations(app); err != nil {
			return 0, err
		}
	}
	began := c.now()
	for _, slot := range j.owes(done, born, now) {
		at := now.Add(max(0, c.now().Sub(began)))
		h, failed, err := c.attempt(app, j, held{job: j.name, slot: slot}, at, nil)
		if h.fence > 0 {
			ran++
		}
		if err != nil || failed != nil || h.fence == 0 {
			return ran, errors.Join(failed, err)
		}
	}
	return ran, nil
}

// byHand runs j at once because somebody asks for it, beside its schedule: no slot of it is taken, and none is paid. The
// ledger says how it went. Managers of the whole house. Error: job.running while it runs anyway, here or elsewhere.
func (c *crew) byHand(app core.App, by access.Actor, j job, now time.Time) (jobRun, error) {
	if err := access.MayGovern(by); err != nil {
		return jobRun{}, err
	}
	h, failed, err := c.attempt(app, j, held{job: j.name, slot: now, actor: by.ID}, now, func(tx core.App, h held) error {
		return lifecycle.Note(tx, by, now, "job_runs", h.id, "run", lifecycle.With(map[string]any{"job": j.name, "fence": h.fence}))
	})
	switch {
	case err != nil:
		return jobRun{}, err
	case h.fence == 0:
		return jobRun{}, fault.Conflict("job.running")
	case failed != nil:
		app.Logger().Error("a job failed", "job", j.name, "error", failed)
	}
	return runByID(app, h.id)
}

// attempt takes a slot, writes with it what else there is to write, and runs it. The fence is 0 when the slot went to
// nobody; failed is the job's own error, err the ledger's.
func (c *crew) attempt(app core.App, j job, h held, now time.Time, with func(core.App, held) error) (_ held, failed, err error) {
	if !c.begin() {
		return h, nil, errStopping
	}
	defer c.underWay.Done()
	err = app.RunInTransaction(func(tx core.App) (err error) {
		if h, err = take(tx, c.id, h, now); err == nil && h.fence > 0 && with != nil {
			err = with(tx, h)
		}
		return err
	})
	if err != nil {
		return held{}, nil, err
	}
	if h.fence == 0 {
		return h, nil, nil
	}
	failed, err = c.run(app, j, h, now)
	return h, failed, err
}

// run does what was taken and writes down how it went.
func (c *crew) run(app core.App, j job, h held, now time.Time) (failed, err error) {
	before, err := lifecycle.Newest(app)
	if err != nil {
		return nil, err
	}
	this, end := chore.Begin(app, j.name, func() (bool, error) { return stillHeld(app, h) })
	defer end()
	began := c.now()
	r := result{failed: c.do(app, j, h.slot)}
	r.took = max(0, c.now().Sub(began)) // the clock may have been set meanwhile
	n, said := this.Said()
	if !said {
		if n, err = linesOf(app, access.Job(j.name), before.Seq); err != nil {
			return nil, err
		}
	}
	r.did = strconv.Itoa(n)
	if r.failed != nil {
		r.failed = fmt.Errorf("job %s for %s: %w", j.name, h.slot.Format(time.RFC3339), r.failed)
	}
	return r.failed, settle(app, h, now.Add(r.took), r)
}

// do calls the job. One that panics has failed, as any other.
func (c *crew) do(app core.App, j job, slot time.Time) (err error) {
	defer func() {
		if what := recover(); what != nil {
			app.Logger().Error("a job panicked", "job", j.name, "panic", what, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", what)
		}
	}()
	return j.run(app, slot)
}

// begin counts a run in, unless the house is about to stop.
func (c *crew) begin() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopped {
		return false
	}
	c.underWay.Add(1)
	return true
}

// stop begins no more runs, and waits for those under way. One that takes longer than patience is left to its lease.
func (c *crew) stop(patience time.Duration) {
	c.mu.Lock()
	c.stopped = true
	c.mu.Unlock()
	done := make(chan struct{})
	go func() {
		c.underWay.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(patience):
	}
}
