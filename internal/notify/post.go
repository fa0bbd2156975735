package notify

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"vuon/internal/lifecycle"
)

// patience is how long a stop waits for letters that are on their way.
const patience = 5 * time.Second

// Post is the post office of one house.
type Post struct {
	app     core.App // never a transaction: letters go out after it
	needs   Needs
	texts   func() (*shelf, error) // read when the first mail is written: most tests and commands write none
	bell    chan struct{}          // rings for letters
	hooks   chan struct{}          // rings for hooks: whoever answers them slowly holds up no letter
	out     *wire
	stop    context.Context //nolint:containedctx // ends with the house
	running sync.WaitGroup
}

const postKey = "notify.post"

// open sets up the post office of app, and lets it work while the house is served.
func open(app core.App, needs Needs) {
	p := &Post{app: app, needs: needs, texts: sync.OnceValues(openTexts), bell: make(chan struct{}, 1), hooks: make(chan struct{}, 1), out: newWire(needs.Near, nil)}
	app.Store().Set(postKey, p)
	p.takeOver(app)
	var cancel context.CancelFunc
	p.stop, cancel = context.WithCancel(context.Background())
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{
		Id: "notify.open", Priority: 9998, // against nobody: only once everything else stands, never for a command
		Func: func(e *core.ServeEvent) error {
			if err := e.Next(); err != nil {
				return err
			}
			if needs.Running {
				p.running.Go(func() { p.listen(p.bell, Deliver) })
				p.running.Go(func() { p.listen(p.hooks, CallHooks) })
			}
			return nil
		},
	})
	app.OnTerminate().Bind(&hook.Handler[*core.TerminateEvent]{
		Id: "notify.close", Priority: -1, // before the databases close
		Func: func(e *core.TerminateEvent) error {
			cancel()
			p.settle()
			return e.Next()
		},
	})
}

// of returns the post office of a house, also from within a transaction.
func of(app core.App) (*Post, error) {
	p, ok := app.Store().Get(postKey).(*Post)
	if !ok {
		return nil, errors.New("this house has no post office")
	}
	return p, nil
}

// settle waits, for a while, until nothing is on its way any more.
func (p *Post) settle() {
	done := make(chan struct{})
	go func() { p.running.Wait(); close(done) }()
	bounded, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	select {
	case <-done:
	case <-bounded.Done():
	}
}

// Wake asks the post office to deliver at once. Any number of calls while it is at work become one.
func Wake(app core.App) {
	p, err := of(app)
	if err != nil || !p.needs.Running {
		return
	}
	for _, bell := range []chan struct{}{p.bell, p.hooks} {
		select {
		case bell <- struct{}{}:
		default: // it has been asked already
		}
	}
}

// breath is the least time between two deliveries that are asked for: a busy hour must not become one delivery after
// another.
const breath = 500 * time.Millisecond

// listen does its work whenever its bell has rung and the journal has grown, until the house stops: what goes out at once is
// read from it.
func (p *Post) listen(bell <-chan struct{}, work func(core.App, time.Time) error) {
	read := 0
	for {
		select {
		case <-p.stop.Done():
			return
		case <-bell:
		}
		newest, err := lifecycle.Newest(p.app)
		if err == nil && newest.Seq != read {
			read = newest.Seq
			err = work(p.app, p.needs.Now())
		}
		if err != nil {
			p.app.Logger().Error("what is due was not sent", "error", err)
		}
		select {
		case <-p.stop.Done():
			return
		case <-time.After(breath):
		}
	}
}
