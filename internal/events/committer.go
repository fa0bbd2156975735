package events

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
)

const (
	batchMost = 256  // reservations of one transaction
	queueMost = 2048 // reservations that may wait
)

// committer stores the reservations that wait together. Whoever finds the writer idle writes for all who wait by then, and hands
// over to one of those who came meanwhile: no goroutine of its own, so that a lone caller waits for nobody.
type committer struct {
	mu      sync.Mutex
	waiting []*turn
	writing bool
}

// turn is one reservation in the queue.
type turn struct {
	*ask
	ctx   context.Context //nolint:containedctx // it is the caller's, for as long as the caller waits
	state atomic.Int32
	woken chan struct{} // answered, or called to write
}

// What becomes of a turn. Each step is taken once, by whoever is first: the caller who has waited too long, or a writer.
const (
	turnWaits int32 = iota
	turnTaken       // its answer will come
	turnLeads       // its caller is to write
	turnGone        // its caller has left: nothing may be stored for it
)

// committerKey is where the committer stays while the house is open.
const committerKey = "events.committer"

func committerOf(app core.App) *committer {
	c, _ := app.Store().GetOrSet(committerKey, func() any { return &committer{} }).(*committer)
	return c
}

// busy is the answer to who cannot be served now; they may come again after some seconds.
func busy() error { return fault.Busy("order.busy", "seconds", "2") }

// reserve stores one reservation, together with others where others wait. It returns when the transaction is committed or refused.
// Errors: order.busy when too many wait, or when ctx ended before its turn came; and whatever the reservation is refused with.
func (c *committer) reserve(ctx context.Context, app core.App, a *ask) error {
	t := &turn{ask: a, ctx: ctx, woken: make(chan struct{}, 1)}
	c.mu.Lock()
	if len(c.waiting) >= queueMost {
		c.mu.Unlock()
		return busy()
	}
	c.waiting = append(c.waiting, t)
	lead := !c.writing
	c.writing = true
	if lead {
		t.state.Store(turnLeads)
	}
	c.mu.Unlock()
	if !lead {
		select {
		case <-t.woken:
		case <-ctx.Done():
			if t.state.CompareAndSwap(turnWaits, turnGone) {
				return busy()
			}
			<-t.woken // somebody is at it: the answer is on its way, or the pen
		}
	}
	if t.state.Load() == turnLeads {
		c.write(app, t)
	}
	return t.err
}

// write stores what waits, and hands the pen on. Whoever comes while it waits for the database is still served with the others.
func (c *committer) write(app core.App, own *turn) {
	batch := []*turn{own}
	own.err = errBroken
	defer func() { // whatever happens here: nobody waits for ever
		next := c.next()
		for _, t := range batch {
			if t != own {
				t.woken <- struct{}{}
			}
		}
		if next != nil {
			next.woken <- struct{}{}
		}
	}()
	if err := store(app, func() []*ask {
		runtime.Gosched() // those who were just answered may come again before the pen is put to paper
		batch = c.take(own)
		asks := make([]*ask, len(batch))
		for i, t := range batch {
			asks[i], t.err = t.ask, errBroken
		}
		return asks
	}); err != nil {
		own.err = err
	}
}

// errBroken is the answer to those whose writer broke off.
var errBroken = errors.New("the reservation was broken off")

// take takes out of the queue whom the next transaction is for: own, and the first of those who still wait.
func (c *committer) take(own *turn) []*turn {
	c.mu.Lock()
	defer c.mu.Unlock()
	batch, rest := make([]*turn, 1, min(len(c.waiting), batchMost)), c.waiting[:0]
	batch[0] = own
	for _, t := range c.waiting {
		switch {
		case t == own || t.state.Load() == turnGone:
		case t.ctx.Err() != nil: // too late for it: its caller leaves by itself
			rest = append(rest, t)
		case len(batch) == batchMost:
			rest = append(rest, t)
		case t.state.CompareAndSwap(turnWaits, turnTaken):
			batch = append(batch, t)
		}
	}
	clear(c.waiting[len(rest):])
	c.waiting = rest
	return batch
}

// next calls the first who still waits to write; nil when nobody does.
func (c *committer) next() *turn {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, t := range c.waiting {
		if t.ctx.Err() == nil && t.state.CompareAndSwap(turnWaits, turnLeads) {
			return t
		}
	}
	c.waiting, c.writing = nil, false
	return nil
}

// these are asks that are known before the transaction begins.
func these(asks ...*ask) func() []*ask { return func() []*ask { return asks } }

// store writes reservations in one transaction. Something unexpected in one of them does no harm to its neighbours: everything is
// rolled back, and each is tried again in a transaction of its own, with another code. An error says that nobody was asked.
func store(app core.App, whose func() []*ask) error {
	asks, err := together(app, whose)
	if err == nil || len(asks) == 0 {
		return err
	}
	for _, a := range asks {
		a.err = err
		if len(asks) == 1 {
			break
		}
		if a.err = a.draw(); a.err == nil {
			if _, err := together(app, these(a)); err != nil {
				a.err = err
			}
		}
	}
	return nil
}

// together serves all in one transaction, in their order. Each is then as if it had been served alone, after those before it. Whose
// turn it is, is asked once the database can be written: whoever comes while it is busy comes along.
func together(app core.App, whose func() []*ask) (asks []*ask, err error) {
	err = app.RunInTransaction(func(tx core.App) (err error) {
		asks = whose()
		d := newDesk(tx)
		defer func() { err = errors.Join(err, d.close()) }()
		for _, a := range asks {
			a.refused, a.found = nil, ""
			if err := d.serve(a); err != nil {
				return err
			}
		}
		return d.enter()
	})
	if err != nil {
		return asks, err
	}
	for _, a := range asks {
		a.err = a.refused
	}
	return asks, nil
}

// patience is how long a buyer is kept waiting at most before they are told that it is busy.
const patience = 8 * time.Second
