package app_test

import (
	"crypto/rand"
	"errors"
	mathrand "math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/app"
	"vuon/internal/housetest"
	"vuon/internal/notify"
)

// world is a house that two processes serve by turns and together, over simulated time, with a carrier that has bad days.
type world struct {
	t     *testing.T
	now   time.Time
	dice  *mathrand.Rand
	dir   string
	mail  *carrier
	crews [2]*crew
}

// crew is one process: it serves, it is down until an instant, or it has died in the middle of its work.
type crew struct {
	house core.App
	dead  bool
	back  time.Time // when it is started again
}

var errGone = errors.New("the process is gone")

// simulate makes a world that begins at an instant.
func simulate(t *testing.T, seed uint64, from time.Time) *world {
	t.Helper()
	w := &world{t: t, now: from, dice: mathrand.New(mathrand.NewPCG(seed, 1)), dir: housetest.Bare(t).DataDir()} //nolint:gosec // chance that can be repeated
	w.mail = &carrier{world: w, seen: map[string]bool{}, got: map[string][]time.Time{}}
	for i := range w.crews {
		w.crews[i] = &crew{}
		w.start(w.crews[i])
	}
	t.Cleanup(func() {
		for _, c := range w.crews {
			w.stop(c)
		}
	})
	return w
}

// start opens the house as a process does. Once it is dead it writes nothing more, wherever in its work it was.
func (w *world) start(c *crew) {
	w.t.Helper()
	house := core.NewBaseApp(core.BaseAppConfig{DataDir: w.dir, DBConnect: app.ConnectCarelessly})
	if err := house.Bootstrap(); err != nil {
		w.t.Fatal(err)
	}
	deps := app.Deps{Now: func() time.Time { return w.now }, Random: rand.Reader, Public: housetest.Deps().Public, Mail: w.mail.of(c)}
	if err := app.Bind(house, app.Config{}, deps); err != nil {
		w.t.Fatal(err)
	}
	house.OnRecordUpdate(notify.Outbox.Collection).BindFunc(func(e *core.RecordEvent) error {
		if c.dead {
			return errGone
		}
		return e.Next()
	})
	c.house, c.dead = house, false
}

func (w *world) stop(c *crew) {
	if c.house == nil {
		return
	}
	if err := c.house.ResetBootstrapState(); err != nil {
		w.t.Error(err)
	}
	c.house = nil
}

// tick lets every process that serves do what is due, together or one after the other, and says whether any came to its end.
func (w *world) tick(at time.Time) (served bool) {
	w.now = at
	var up []*crew
	for _, c := range w.crews {
		if c.house == nil && !at.Before(c.back) {
			w.start(c)
		}
		if c.house != nil {
			up = append(up, c)
		}
	}
	if w.dice.IntN(2) == 0 {
		slices.Reverse(up)
	}
	together := w.dice.IntN(4) == 0
	var all sync.WaitGroup
	for _, c := range up {
		run := func() {
			if _, err := app.RunJobs(c.house, at); err != nil && !c.dead {
				w.t.Errorf("%s: %v", at, err)
			}
		}
		if together {
			all.Go(run)
		} else {
			run()
		}
	}
	all.Wait()
	for _, c := range up {
		switch {
		case c.dead:
			w.stop(c)
			c.back = at.Add(time.Duration(w.dice.IntN(600)) * time.Minute)
		case w.dice.IntN(25) == 0: // a restart, or a day without power
			w.stop(c)
			c.back = at.Add(time.Duration(w.dice.IntN(1500)) * time.Minute)
		default:
			served = true
		}
	}
	return served
}

// anybody is a process that serves, for what people do in the world.
func (w *world) anybody() core.App {
	for _, c := range w.crews {
		if c.house != nil && !c.dead {
			return c.house
		}
	}
	w.start(w.crews[0])
	return w.crews[0].house
}

// carrier takes mails and remembers the keys it has seen. On some calls it is busy, says no, says nothing although it took
// the mails, or its caller dies before it hears the answer.
type carrier struct {
	mu    sync.Mutex
	world *world
	seen  map[string]bool        // by key
	got   map[string][]time.Time // by the letter's name
	kind  bool                   // no bad days any more
}

func (k *carrier) of(c *crew) notify.Sender { return &line{k, c} }

// line is one process's connection to the carrier.
type line struct {
	*carrier
	crew *crew
}

func (l *line) Most() int                { return 100 }
func (l *line) Remembers() time.Duration { return 24 * time.Hour }

func (l *line) Send(m notify.Mail) (string, error) {
	o := l.SendAll(m.Key, []notify.Mail{m})[0]
	return o.ID, o.Err
}

func (l *line) SendAll(key string, mails []notify.Mail) []notify.Outcome {
	l.mu.Lock()
	defer l.mu.Unlock()
	outcomes := make([]notify.Outcome, len(mails))
	all := func(err error) []notify.Outcome {
		for i := range outcomes {
			outcomes[i].Err = err
		}
		return outcomes
	}
	luck := l.world.dice.IntN(100)
	if l.kind {
		luck = 99
	}
	switch {
	case luck < 4:
		return all(&notify.Busy{Until: l.world.now.Add(10 * time.Minute)})
	case luck < 8:
		return all(errors.New("500 not today"))
	case luck < 10:
		return all(notify.ErrUnsure) // and it did not take them
	}
	for _, m := range mails {
		if !l.seen[key] {
			l.got[m.Name] = append(l.got[m.Name], l.world.now)
		}
	}
	l.seen[key] = true
	switch {
	case luck < 14:
		return all(notify.ErrUnsure) // although it took them
	case luck < 18:
		l.crew.dead = true
	}
	return outcomes
}
