package notify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

const (
	callsAtOnce = 8                   // hooks that are called at the same time, each by one call after the other
	callsEach   = 100                 // calls to one hook in a round
	callRound   = 50 * time.Second    // how long a round goes on making calls
	callLease   = 2 * time.Minute     // how long a call may be under way before it is taken for lost, and made again
	badInARow   = 3                   // after so many troubles in a round the rest waits for the next
	badFor      = 72 * time.Hour      // a hook for which nothing went well for so long is not called any more
	callsKept   = 30 * 24 * time.Hour // how long calls are kept, and how far back a hook is told what it missed
)

// callPauses lie between the attempts at one call. After the last it has failed.
var callPauses = []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour}

// caller is who makes calls.
var caller = access.Job("call_hooks")

// happening is what a call says: ids and codes, never a name or a reason.
type happening struct {
	ID      string          `json:"id"`
	Type    string          `json:"type"`
	At      time.Time       `json:"at"`
	Subject subject         `json:"subject"`
	Verb    string          `json:"verb"`
	From    lifecycle.State `json:"from"`
	To      lifecycle.State `json:"to"`
}

type subject struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

// bodyOf writes what a call says of an entry of the journal.
func bodyOf(id, topic string, e *lifecycle.Entry) (string, error) {
	raw, err := json.Marshal(happening{id, topic, e.At().UTC(), subject{e.SubjectKind(), e.Subject()}, e.Verb(), e.From(), e.To()})
	return string(raw), err
}

// CallHooks notes for every active hook what it has not been told, and makes the calls that are due at now. Each is made until
// it is heard or given up, in no promised order; one whose answer nobody got is made again, under the same id. It must
// not be called from within a transaction.
func CallHooks(app core.App, now time.Time) error {
	p, err := of(app)
	if err != nil {
		return err
	}
	hooks, err := activeHooks(app)
	if err != nil {
		return err
	}
	round, cancel := context.WithTimeout(p.stop, callRound)
	defer cancel()
	var all sync.WaitGroup
	var mu sync.Mutex
	var failed error
	free := make(chan struct{}, callsAtOnce)
	for _, h := range hooks {
		all.Go(func() {
			free <- struct{}{}
			defer func() { <-free }()
			if err := p.callOne(round, app, h, now); err != nil {
				mu.Lock()
				defer mu.Unlock()
				failed = errors.Join(failed, fmt.Errorf("call hook %s: %w", h.Id, err))
			}
		})
	}
	all.Wait()
	return failed
}

// callOne tells one hook what it has not been told.
func (p *Post) callOne(round context.Context, app core.App, h *Hook, now time.Time) error {
	if err := tellIfNew(app, h, now); err != nil {
		return err
	}
	calls, err := dueCalls(app, h.Id, now, callsEach)
	if err != nil {
		return err
	}
	bad := 0
	for _, c := range calls {
		if over(round) || bad >= badInARow {
			return nil
		}
		key, taken, err := claimCall(app, c.Id, now)
		switch {
		case err != nil:
			return err
		case !taken:
			continue
		}
		answer, trouble := p.out.call(round, h.URL(), c.Id, c.body(), h.secrets(now), now)
		if trouble != "" && over(p.stop) {
			return nil // the house stops: nobody knows what became of it, and the lease lets it be made again
		}
		if trouble != "" {
			bad++
		}
		on, err := p.heard(app, h.Id, c, key, answer, trouble, now)
		if err != nil || !on {
			return err
		}
	}
	return nil
}

func over(c context.Context) bool { return c.Err() != nil }

// heard writes down what became of a call, and says whether its hook is to be called on.
func (p *Post) heard(app core.App, hook string, c *HookCall, key string, answer int, trouble string, now time.Time) (on bool, err error) {
	attempts := c.Attempts() + 1
	last := outcome{key: key, answer: answer, trouble: trouble, now: now}
	switch {
	case trouble == "":
		last.done = true
	case trouble == troubleGone, attempts > len(callPauses):
		last.failed = true
	default:
		last.next = now.Add(callPauses[attempts-1])
	}
	err = app.RunInTransaction(func(tx core.App) error {
		mine, err := markCall(tx, c.Id, last)
		if err != nil || !mine {
			on = true
			return err
		}
		if err := markHook(tx, hook, trouble == "", now); err != nil {
			return err
		}
		on, err = keepOn(tx, hook, trouble, now)
		return err
	})
	return on, err
}

// keepOn disables a hook that is no more, or for which nothing has gone well for long.
func keepOn(tx core.App, id, trouble string, now time.Time) (bool, error) {
	h, err := Hooks.Find(tx, id)
	if err != nil || h.Status() != HookActive {
		return false, err
	}
	long := !h.FailingSince().IsZero() && now.Sub(h.FailingSince()) >= badFor
	if trouble == "" || trouble != troubleGone && !long {
		return true, nil
	}
	return false, HookLife.Fire(tx, h, "disable", caller, now, lifecycle.With(map[string]any{"trouble": trouble}))
}

// tellIfNew looks whether something has happened before it opens a transaction.
func tellIfNew(app core.App, h *Hook, now time.Time) error {
	newest, err := lifecycle.Newest(app)
	if err != nil || newest.Seq == h.cursor() {
		return err
	}
	topics, err := h.Topics()
	if err != nil {
		return err
	}
	news, err := happened(app, topics, h.cursor(), now.Add(-callsKept), 1)
	if err != nil || len(news) == 0 && newest.Seq-h.cursor() < tellStep {
		return err
	}
	_, err = record.Change(app, Hooks, h.Id, func(tx core.App, h *Hook) error {
		if h.Status() != HookActive {
			return nil
		}
		return tell(tx, h, now)
	})
	return err
}

// tellStep is how many entries of the journal are told in one step, and how many of no interest are looked at again.
const tellStep = 500

// tell notes the calls for what has happened since a hook was told last, and moves its cursor, both in the transaction tx: no
// entry is left out or told twice.
func tell(tx core.App, h *Hook, now time.Time) error {
	topics, err := h.Topics()
	if err != nil {
		return err
	}
	newest, err := lifecycle.Newest(tx)
	if err != nil {
		return err
	}
	for at := h.cursor(); at < newest.Seq; {
		news, err := happened(tx, topics, at, now.Add(-callsKept), tellStep)
		if err != nil {
			return err
		}
		if err := insertCalls(tx, h.Id, news, "", now); err != nil {
			return err
		}
		if at = newest.Seq; len(news) == tellStep {
			at = news[len(news)-1].Seq()
		}
		if err := moveCursor(tx, h, at); err != nil {
			return err
		}
	}
	return nil
}
