package app

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/chore"
	"vuon/internal/record"
)

// beside opens the data folder of a house a second time, as another process does.
func beside(t *testing.T, one core.App) core.App {
	t.Helper()
	other, err := opened(one.DataDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut(other) })
	return other
}

// twoHouses lets four crews of two processes pay three slots at once, and says how often the job was run.
func twoHouses(t *testing.T, pay func(core.App, job, time.Time) error) int {
	t.Helper()
	one := ledger(t)
	other := beside(t, one)
	var runs atomic.Int64
	j := weekly(t, func(core.App, time.Time) error { runs.Add(1); return nil })
	for week := range 3 {
		var all sync.WaitGroup
		for _, house := range []core.App{one, other, one, other} {
			all.Go(func() {
				if err := pay(house, j, monday.AddDate(0, 0, 7*week).In(here(t))); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}
	return int(runs.Load())
}

// Two processes on one folder wake at the same minute: each slot goes to one of them.
func TestRaceTwoProcessesRunASlotOnce(t *testing.T) {
	t.Parallel()
	runs := twoHouses(t, func(house core.App, j job, now time.Time) error {
		_, err := team().pay(house, j, now)
		return err
	})
	if runs != 3 {
		t.Errorf("three slots were run %d times", runs)
	}
}

// Without the claim, a look at what is done does not keep them apart: it is written down when the run is over.
func TestRaceWithoutTheClaimASlotIsRunTwice(t *testing.T) {
	t.Parallel()
	ready := make(chan struct{}, 4*3)
	runs := twoHouses(t, func(house core.App, j job, now time.Time) error {
		done, err := lastSettled(house, j.name, now)
		ready <- struct{}{}
		for len(ready)%4 != 0 { // all four have looked
			time.Sleep(time.Millisecond)
		}
		if err != nil {
			return err
		}
		for _, slot := range j.owes(done, monday.AddDate(0, 0, -1), now) {
			if err := j.run(house, slot); err != nil {
				return err
			}
			h, err := take(house, "p", held{job: j.name, slot: slot}, now)
			if err == nil && h.fence > 0 {
				err = settle(house, h, now, result{})
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if runs <= 3 {
		t.Errorf("three slots were run %d times: the test of the claim shows nothing", runs)
	}
}

// A process that dies in the middle of a run is followed by another one when its lease is over. Should it live after all,
// it can close nothing.
func TestACrashedRunIsTakenOverAndItsLateEndIsRefused(t *testing.T) {
	t.Parallel()
	one := ledger(t)
	dead, err := take(one, "first", held{job: "weekly", slot: monday}, monday)
	if err != nil || dead.fence != 1 {
		t.Fatalf("%+v, %v", dead, err)
	}
	other, runs := beside(t, one), 0 // the house is started again
	j := weekly(t, func(core.App, time.Time) error { runs++; return nil })
	for _, c := range []struct {
		after time.Duration
		runs  int
	}{{time.Minute, 0}, {lease - time.Millisecond, 0}, {lease, 1}, {2 * lease, 1}} {
		if _, err := team().pay(other, j, monday.Add(c.after).In(here(t))); err != nil || runs != c.runs {
			t.Errorf("after %v: %d runs, want %d (%v)", c.after, runs, c.runs, err)
		}
	}
	if mine, err := stillHeld(one, dead); mine || err != nil {
		t.Errorf("the first still takes the job for its own (%v)", err)
	}
	if err := settle(one, dead, monday.Add(lease+time.Second), result{failed: errors.New("late")}); !errors.Is(err, chore.ErrPassed) {
		t.Errorf("the late end: %v", err)
	}
	history, err := runsOf(t.Context(), one, "weekly", 9, 9)
	if err != nil || len(history) != 1 || history[0].Outcome != runDone || history[0].Fence != 2 || history[0].Attempts != 2 {
		t.Errorf("the ledger says %+v (%v)", history, err)
	}
}

// A run is passed by a later slot of its job too, not only by a take-over of its own.
func TestALaterSlotPassesARunWhoseLeaseIsOver(t *testing.T) {
	t.Parallel()
	app := ledger(t)
	slow, err := take(app, "first", held{job: "weekly", slot: monday}, monday)
	if err != nil {
		t.Fatal(err)
	}
	next, err := take(app, "second", held{job: "weekly", slot: monday.AddDate(0, 0, 7)}, monday.Add(lease-time.Second))
	if err != nil || next.fence != 0 {
		t.Fatalf("two runs of a job at once: %+v, %v", next, err)
	}
	next, err = take(app, "second", held{job: "weekly", slot: monday.AddDate(0, 0, 7)}, monday.Add(lease))
	if err != nil || next.fence != 2 {
		t.Fatalf("%+v, %v", next, err)
	}
	if err := settle(app, slow, monday.Add(lease), result{}); !errors.Is(err, chore.ErrPassed) {
		t.Errorf("got %v", err)
	}
	if err := settle(app, next, monday.Add(lease), result{did: "7"}); err != nil {
		t.Error(err)
	}
	history, err := runsOf(t.Context(), app, "weekly", 9, 9)
	if err != nil || len(history) != 2 || history[0].Did != "7" || history[1].Error != abandoned {
		t.Errorf("the ledger says %+v (%v)", history, err)
	}
}

// A run that works for too long is told so, and stops.
func TestALongRunHearsThatItIsPassed(t *testing.T) {
	t.Parallel()
	app := ledger(t)
	var first, second error
	j := weekly(t, func(house core.App, slot time.Time) error {
		run := chore.Of(house, "weekly")
		first = run.Mine()
		run.Did(3)
		if _, err := take(house, "other", held{job: "weekly", slot: slot}, monday.Add(lease)); err != nil {
			return err
		}
		second = run.Mine()
		return second
	})
	_, err := team().pay(app, j, monday.In(here(t)))
	if first != nil || !errors.Is(second, chore.ErrPassed) || !errors.Is(err, chore.ErrPassed) {
		t.Errorf("heard %v, then %v; the run ends with %v", first, second, err)
	}
	if chore.Of(app, "weekly") != nil {
		t.Error("the run is still there")
	}
}

// Three days without the house: what becomes of the slots is the job's to say.
func TestCatchUpAfterThreeDays(t *testing.T) {
	t.Parallel()
	for policy, c := range map[string]struct {
		back time.Duration // when the house is opened again, after the slot of the third day
		want []int         // the days that are run
	}{
		"":       {time.Hour, []int{0, 3}},
		"latest": {time.Hour, []int{0, 3}},
		"all":    {time.Hour, []int{0, 1, 2, 3}},
		"none":   {time.Hour, []int{0}},
	} {
		t.Run(policy, func(t *testing.T) {
			t.Parallel()
			app, days := ledger(t), []int{}
			j := planOf(t, strings.Join(strings.Fields("0 8 * * * "+policy+" daily"), " "), func(_ core.App, slot time.Time) error {
				days = append(days, int(slot.Sub(monday).Hours()/24))
				return nil
			})
			for _, now := range []time.Time{monday, monday.AddDate(0, 0, 3).Add(c.back), monday.AddDate(0, 0, 3).Add(c.back)} {
				if _, err := team().pay(app, j, now.In(here(t))); err != nil {
					t.Fatal(err)
				}
			}
			if !slices.Equal(days, c.want) {
				t.Errorf("ran on days %v, want %v", days, c.want)
			}
			if _, err := team().pay(app, j, monday.AddDate(0, 0, 4).Add(lease-time.Second).In(here(t))); err != nil {
				t.Fatal(err)
			}
			if days[len(days)-1] != 4 {
				t.Errorf("the fresh slot of the fourth day was not run: %v", days)
			}
		})
	}
}

// A month that fails is tried before the next one, and given up after its last attempt: then the next one has its turn.
func TestAllGoesOnAfterASlotIsGivenUp(t *testing.T) {
	t.Parallel()
	app, days := ledger(t), []int{}
	j := planOf(t, "0 8 * * * all daily", func(_ core.App, slot time.Time) error {
		day := int(slot.Sub(monday).Hours() / 24)
		days = append(days, day)
		if day == 1 {
			return errors.New("no paper")
		}
		return nil
	})
	for _, day := range []int{0, 3, 3, 3, 3, 3} {
		_, _ = team().pay(app, j, monday.AddDate(0, 0, day).In(here(t)))
	}
	if want := []int{0, 1, 1, 1, 2, 3}; !slices.Equal(days, want) {
		t.Errorf("ran on days %v, want %v", days, want)
	}
}

// What was missed for years is not made up for to the last: the newest of it is.
func TestTheBacklogHasAnEnd(t *testing.T) {
	t.Parallel()
	j := planOf(t, "0 8 * * * all daily", nil)
	now := monday.In(here(t))
	owed := j.owes(now.AddDate(-10, 0, 0), time.Time{}, now)
	if len(owed) != backlog || !owed[len(owed)-1].Equal(monday) {
		t.Errorf("%d slots, from %v", len(owed), owed[0])
	}
	if owed := j.owes(time.Time{}, now.AddDate(-1, 0, 0), now); len(owed) != 1 {
		t.Errorf("a job without history owes %d slots", len(owed))
	}
}

// A clock that jumps back, by an hour or by days, brings no slot a second time.
func TestAClockThatJumpsBackRunsNothingTwice(t *testing.T) {
	t.Parallel()
	for _, policy := range []string{"latest", "all", "none"} {
		t.Run(policy, func(t *testing.T) {
			t.Parallel()
			app, runs := ledger(t), map[time.Time]int{}
			j := planOf(t, "*/5 * * * * "+policy+" often", func(_ core.App, slot time.Time) error { runs[slot.UTC()]++; return nil })
			walk := func(from, to time.Duration) {
				for at := from; at <= to; at += time.Minute {
					if _, err := team().pay(app, j, monday.Add(at).In(here(t))); err != nil {
						t.Fatal(err)
					}
				}
			}
			walk(0, 90*time.Minute)
			walk(30*time.Minute, 95*time.Minute)
			walk(-20*time.Minute, 0)
			for slot, n := range runs {
				if n > 1 {
					t.Errorf("%s was run %d times", slot, n)
				}
			}
			if len(runs) < 20 {
				t.Errorf("ran %d slots", len(runs))
			}
		})
	}
}

// A lease that a clock gone wrong has given holds nobody up for ever.
func TestALeaseOfTheFutureIsNoLease(t *testing.T) {
	t.Parallel()
	app := ledger(t)
	if _, err := take(app, "p", held{job: "weekly", slot: monday.AddDate(50, 0, 0)}, monday.AddDate(50, 0, 0)); err != nil {
		t.Fatal(err)
	}
	if h, err := take(app, "q", held{job: "weekly", slot: monday}, monday); err != nil || h.fence != 2 {
		t.Errorf("%+v, %v", h, err)
	}
}

func TestAJobThatPanicsHasFailed(t *testing.T) {
	t.Parallel()
	app := ledger(t)
	j := weekly(t, func(app core.App, _ time.Time) error { return app.Store().Get("nothing").(error) })
	if _, err := team().pay(app, j, monday.In(here(t))); err == nil || !strings.Contains(err.Error(), "panic") {
		t.Errorf("got %v", err)
	}
	if history, err := runsOf(t.Context(), app, "weekly", 9, 9); err != nil || history[0].Outcome != runFailed {
		t.Errorf("%+v (%v)", history, err)
	}
}

// A stop waits for the run under way, and none begins after it.
func TestAStopWaitsForTheJobUnderWay(t *testing.T) {
	t.Parallel()
	app, c := ledger(t), team()
	if err := bindSchedule(app, Config{}, c, &hindsight{}, nil); err != nil {
		t.Fatal(err)
	}
	began, finish := make(chan struct{}), make(chan struct{})
	j := weekly(t, func(core.App, time.Time) error { close(began); <-finish; return nil })
	paid, stopped := make(chan error, 1), make(chan error, 1)
	go func() { _, err := c.pay(app, j, monday.In(here(t))); paid <- err }()
	<-began
	go func() {
		stopped <- app.OnTerminate().Trigger(&core.TerminateEvent{App: app}, func(*core.TerminateEvent) error {
			r, err := latestRuns(t.Context(), app, []string{"weekly"})
			if r["weekly"].Outcome != runDone {
				t.Errorf("the house closes over a run that is %q (%v)", r["weekly"].Outcome, err)
			}
			return nil
		})
	}()
	for c.begin() { // until the stop has been heard
		c.underWay.Done()
		time.Sleep(time.Millisecond)
	}
	select {
	case err := <-stopped:
		t.Fatalf("the stop did not wait (%v)", err)
	default:
	}
	close(finish)
	if err := errors.Join(<-paid, <-stopped); err != nil {
		t.Error(err)
	}
	if n, err := c.pay(app, j, monday.AddDate(0, 0, 7).In(here(t))); n != 0 || !errors.Is(err, errStopping) {
		t.Errorf("after the stop: %d runs, %v", n, err)
	}
}

// Old runs are forgotten, but not what a job did last, nor the greatest fence.
func TestOldRunsAreForgotten(t *testing.T) {
	t.Parallel()
	app := ledger(t)
	fail := false
	j := weekly(t, func(core.App, time.Time) error {
		if fail {
			return errors.New("no paper")
		}
		return nil
	})
	for week := range 5 {
		fail = week >= 3
		_, _ = team().pay(app, j, monday.AddDate(0, 0, 7*week).In(here(t)))
	}
	later := monday.AddDate(0, 0, 28).Add(runsKept + time.Hour)
	if n, err := forgetRunsBefore(app, later.Add(-runsKept), later); err != nil || n != 3 {
		t.Errorf("forgot %d (%v)", n, err)
	}
	history, err := runsOf(t.Context(), app, "weekly", 99, 9)
	if err != nil || len(history) != 2 || history[0].Fence != 5 || history[1].Slot != record.Stamp(monday.AddDate(0, 0, 14)) {
		t.Errorf("left: %+v (%v)", history, err)
	}
}

// No line makes the reader panic, and what it takes has a next time or is refused by the plan.
func FuzzPlan(f *testing.F) {
	for _, line := range []string{
		"0 8 * * 1 weekly", "*/5 * * * * all often", "TZ=0 * * * * * x", "TZ=0 x", "CRON_TZ=UTC 0 8 * * * x", "0 0 31 2 * never", "@every 1s x", "", " ", "= ",
		"*/0 * * * * x", "9-1 * * * * x", "* * * jan-dec sun none x", "99999999999999999999 * * * * x", "?/1 */-1 , - / x",
	} {
		f.Add(line)
	}
	now := monday
	f.Fuzz(func(t *testing.T, line string) {
		jobs, err := plan(map[string]func(core.App, time.Time) error{line: nil}, now)
		if err == nil && (len(jobs) != 1 || jobs[0].at.Next(now).IsZero()) {
			t.Errorf("%q was taken: %+v", line, jobs)
		}
	})
}
