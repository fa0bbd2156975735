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
	bell    chan struct{}
	running sync.WaitGroup
}

const postKey = "notify.post"

// open sets up the post office of app, and lets it work while the house is served.
func open(app core.App, needs Needs) {
	p := &Post{app: app, needs: needs, texts: sync.OnceValues(openTexts), bell: make(chan struct{}, 1)}
	app.Store().Set(postKey, p)
	p.takeOver(app)
	stop, cancel := context.WithCancel(context.Background())
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{
		Id: "notify.open", Priority: 9998, // against nobody: only once everything else stands, never for a command
		Func: func(e *core.ServeEvent) error {
			if err := e.Next(); err != nil {
				return err
			}
			if needs.Running {
				p.running.Go(func() { p.listen(stop) })
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
	select {
	case p.bell <- struct{}{}:
	default: // it has been asked already
	}
}

// breath is the least time between two deliveries that are asked for: a busy hour must not become one delivery after
// another.
const breath = 500 * time.Millisecond

// listen delivers whenever the bell has rung and the journal has grown, until stop: what goes out at once is read from it.
func (p *Post) listen(stop context.Context) {
	read := 0
	for {
		select {
		case <-stop.Done():
			return
		case <-p.bell:
		}
		newest, err := lifecycle.Newest(p.app)
		if err == nil && newest.Seq != read {
			read = newest.Seq
			err = Deliver(p.app, p.needs.Now())
		}
		if err != nil {
			p.app.Logger().Error("notices were not delivered", "error", err)
		}
		select {
		case <-stop.Done():
			return
		case <-time.After(breath):
		}
	}
}
