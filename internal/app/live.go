package app

import (
	"encoding/json"
	"sync"
	"time"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/routine"
	"github.com/pocketbase/pocketbase/tools/subscriptions"

	"vuon/internal/access"
)

const (
	liveTopic = "vuon/changed"
	liveKey   = "vuon.live"
	coalesce  = 150 * time.Millisecond // changes within it reach a browser once
)

// changed is what a browser hears: which row, and nothing about it. It asks again through the route, which knows its rights.
type changed struct {
	Collection string `json:"collection"`
	ID         string `json:"id"`
}

// live tells those who may read a row that it has changed, after the change is stored.
type live struct {
	app     core.App
	now     func() time.Time
	who     map[string]audience
	mu      sync.Mutex
	pending map[changed]*core.Record
	waiting bool
	closed  bool
	telling sync.WaitGroup
}

// bindLive watches every collection that has an audience.
func bindLive(app core.App, deps Deps) {
	who := audiences()
	l := &live{app: app, now: deps.Now, who: who, pending: map[changed]*core.Record{}}
	app.Store().Set(liveKey, l)
	for name := range who {
		// These run after the change is stored, so they never return an error: Save would fail although the row is there.
		heard := func(e *core.RecordEvent) error {
			l.hear(e.Record)
			return e.Next()
		}
		for _, on := range []*hook.TaggedHook[*core.RecordEvent]{
			app.OnRecordAfterCreateSuccess(name), app.OnRecordAfterUpdateSuccess(name), app.OnRecordAfterDeleteSuccess(name),
		} {
			on.Bind(&hook.Handler[*core.RecordEvent]{Id: "vuon.live." + name, Func: heard}) // against nobody: it only listens
		}
	}
	app.OnTerminate().Bind(&hook.Handler[*core.TerminateEvent]{
		Id: "vuon.live.stop", Priority: -1, // before the databases close
		Func: func(e *core.TerminateEvent) error {
			l.stop()
			return e.Next()
		},
	})
}

// tellLive tells of a row that was not written by a save.
func tellLive(app core.App, row *core.Record) {
	if l, ok := app.Store().Get(liveKey).(*live); ok {
		l.hear(row)
	}
}

func (l *live) hear(row *core.Record) {
	if l.app.SubscriptionsBroker().TotalClients() == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pending[changed{row.Collection().Name, row.Id}] = row.Fresh() // as it was stored, whatever the writer does with it next
	if !l.waiting {
		l.waiting = true
		time.AfterFunc(coalesce, l.tell)
	}
}

// tell sends every pending change to the connections that subscribed and whose person is part of the row's audience.
func (l *live) tell() {
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		return
	}
	l.telling.Add(1)
	defer l.telling.Done()
	rows := l.pending
	l.pending, l.waiting = map[changed]*core.Record{}, false
	l.mu.Unlock()

	now, actors := l.now(), map[string]access.Actor{}
	for what, row := range rows {
		audience := l.who[what.Collection](l.app, row)
		raw, err := json.Marshal(what)
		if err != nil {
			l.app.Logger().Error("a change was not told", "error", err)
			continue
		}
		for _, client := range l.app.SubscriptionsBroker().Clients() {
			user, ok := client.Get(apis.RealtimeClientAuthKey).(*core.Record)
			if !ok || !client.HasSubscription(liveTopic) {
				continue
			}
			by, known := actors[user.Id]
			if !known {
				if by, err = access.At(l.app, user, now); err != nil {
					l.app.Logger().Error("a listener is unknown", "error", err)
					continue
				}
				actors[user.Id] = by
			}
			if audience.Includes(by) {
				// Nobody waits for a connection that does not read: the others would hear nothing.
				routine.FireAndForget(func() { client.Send(subscriptions.Message{Name: liveTopic, Data: raw}) })
			}
		}
	}
}

// stop lets a telling under way end, and begins none.
func (l *live) stop() {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.telling.Wait()
}
