package demo

import (
	"errors"
	"sync"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/app"
	"vuon/internal/fault"
	"vuon/internal/locale"
)

// step is how far time moves before the demo remembers it: whoever stops the demo meanwhile loses no more than this.
const step = 24 * time.Hour

// clock is the wall's, moved on.
type clock struct {
	wall   func() time.Time
	folder *folder
	mu     sync.Mutex // of folder.Offset
	moving sync.Mutex // one at a time
	stop   <-chan struct{}
	shown  time.Time // while the past is planted
}

// Now is the demo's instant. It runs as fast as the wall's.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.shown.IsZero() {
		return c.shown
	}
	return c.wall().Add(c.folder.Offset)
}

// pretend shows an instant of the past until it is told another one; zero shows the present again.
func (c *clock) pretend(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shown = at
}

var errStopped = errors.New("the demo was stopped while time moved on")

// later moves time on by days and months of the calendar. Every job runs for every time in between, in the order of their
// times, and the clock follows day by day: what the house does meanwhile happens at the instant that it has reached.
// Errors: demo.busy while it is moving already; demo.too_far beyond two years.
func (c *clock) later(house core.App, months, days int) error {
	if months < 0 || days < 0 || months+days == 0 || months > 24 || days > 731 {
		return fault.Field("days", "demo.too_far")
	}
	if !c.moving.TryLock() {
		return fault.Conflict("demo.busy")
	}
	defer c.moving.Unlock()
	from := c.Now()
	until := after(from, months, days)
	for at := from; at.Before(until); {
		next := at.Add(step)
		if next.After(until) {
			next = until
		}
		if err := app.RunJobsBetween(house, at, next); err != nil {
			return err
		}
		if err := c.move(next.Sub(at)); err != nil {
			return err
		}
		at = next
		select {
		case <-c.stop:
			return errStopped
		default:
		}
	}
	return nil
}

// after is the same time of the day, so many months and days later. A month that is too short ends on its last day.
func after(from time.Time, months, days int) time.Time {
	here := from.In(locale.Zone)
	until := here.AddDate(0, months, 0)
	if until.Day() != here.Day() {
		until = until.AddDate(0, 0, -until.Day())
	}
	return until.AddDate(0, 0, days)
}

func (c *clock) move(by time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.folder.Offset += by
	return c.folder.save()
}
