package people

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"vuon/internal/fault"
)

// turnstile lets so many through at once. Hashing a password costs a processor a twentieth of a second on purpose: a
// hundred strangers who guess at once must not keep the house from everybody else.
type turnstile chan struct{}

const (
	turnstileKey = "people.turnstile"
	hashesAtOnce = 2
	longestWait  = 3 * time.Second
)

// hashing runs do when its turn comes. Error: sign_in.busy when it does not come soon.
func hashing(ctx context.Context, app core.App, do func() error) error {
	gate, ok := app.Store().Get(turnstileKey).(turnstile)
	if !ok {
		return errors.New("people: the room is not bound")
	}
	ctx, cancel := context.WithTimeout(ctx, longestWait)
	defer cancel()
	select {
	case gate <- struct{}{}:
		defer func() { <-gate }()
		return do()
	case <-ctx.Done():
		return fault.TooMany("sign_in.busy")
	}
}

// throttled runs do, an attempt to enter an account, unless too many have failed. The attempt is counted before it is made
// and taken back when it was none, so that a hundred guesses at once are still five. It answers the same whether or not
// there is such an account. Error: sign_in.wait.
func throttled(app core.App, account string, now time.Time, do func() error) error {
	if err := knock(app, account, now); err != nil {
		return err
	}
	err := do()
	switch {
	case err == nil:
		return forgive(app, account)
	case failed(err):
		return err
	}
	return errors.Join(err, takeBack(app, account))
}

// failed tells a wrong guess from a right one that needs a second factor, from an account that is suspended, and from what
// was never judged.
func failed(err error) bool {
	var api *router.ApiError
	switch {
	case errors.Is(err, apis.ErrMFA):
		return false
	case errors.As(err, &api):
		return api.Status != http.StatusForbidden
	}
	f := fault.As(err)
	return f != nil && f.Kind == fault.KindField
}

// knock counts one attempt. Error: sign_in.wait with the seconds to wait.
func knock(app core.App, key string, now time.Time) error {
	return app.RunInTransaction(func(tx core.App) error {
		f, err := failureOf(tx, key)
		if err != nil {
			return err
		}
		if rest := f.Blocked().Sub(now); rest > 0 {
			return fault.TooMany("sign_in.wait", "seconds", strconv.Itoa(int(rest.Seconds())+1))
		}
		f.counted(now)
		return tx.Save(f)
	})
}

func takeBack(app core.App, key string) error {
	return app.RunInTransaction(func(tx core.App) error {
		f, err := failureOf(tx, key)
		if err != nil || f.Count() == 0 {
			return err
		}
		f.uncounted()
		return tx.Save(f)
	})
}

// forgive forgets every failure of an account: whoever it belongs to has entered it.
func forgive(app core.App, key string) error {
	return app.RunInTransaction(func(tx core.App) error {
		f, err := failureOf(tx, key)
		if err != nil || f.Count() == 0 {
			return err
		}
		return tx.Delete(f)
	})
}
