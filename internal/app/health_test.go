package app_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/app"
	"vuon/internal/housetest"
)

func TestTheHouseSaysWhetherItIsReady(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	server := housetest.Server(t, house)
	ready := func() int { return housetest.Ask(t, server, nil, http.MethodGet, "/readyz", "").Code }
	if got := ready(); got != http.StatusOK {
		t.Fatalf("an empty ledger: %d", got)
	}
	if got := housetest.Ask(t, server, nil, http.MethodGet, "/livez", "").Code; got != http.StatusOK {
		t.Errorf("/livez: %d", got)
	}
	if _, err := house.NonconcurrentDB().NewQuery("PRAGMA query_only = 1").Execute(); err != nil {
		t.Fatal(err)
	}
	if got := ready(); got != http.StatusServiceUnavailable {
		t.Errorf("a database that takes no write: %d", got)
	}
	if _, err := house.NonconcurrentDB().NewQuery("PRAGMA query_only = 0").Execute(); err != nil {
		t.Fatal(err)
	}
	if err := house.OnTerminate().Trigger(&core.TerminateEvent{App: house}, func(*core.TerminateEvent) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if got := ready(); got != http.StatusServiceUnavailable {
		t.Errorf("while it stops: %d", got)
	}
}

// A house that was closed over night is ready when it opens, and is not when its jobs then do not run.
func TestAQuietLedgerCountsFromTheOpening(t *testing.T) {
	t.Parallel()
	now := housetest.Noon
	house := housetest.Bare(t)
	deps := housetest.Deps()
	deps.Now = func() time.Time { return now }
	if err := app.Bind(house, app.Config{Jobs: true}, deps); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = house.OnTerminate().Trigger(&core.TerminateEvent{App: house}, func(*core.TerminateEvent) error { return nil })
	})
	run := func(at time.Time) {
		if _, err := app.RunJobs(house, at); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := house.NonconcurrentDB().NewQuery("UPDATE _migrations SET applied = 1").Execute(); err != nil { // an old house
		t.Fatal(err)
	}
	run(now.AddDate(1, 0, 0))    // somebody mistyped the year: it does not hide that the jobs stand still
	run(now.Add(-9 * time.Hour)) // yesterday evening
	server := housetest.Server(t, house)
	ready := func() int { return housetest.Ask(t, server, nil, http.MethodGet, "/readyz", "").Code }
	for _, c := range []struct {
		later  time.Duration
		status int
	}{{0, http.StatusOK}, {time.Hour, http.StatusOK}, {3 * time.Hour, http.StatusServiceUnavailable}} {
		if now = housetest.Noon.Add(c.later); ready() != c.status {
			t.Errorf("%v after the opening: not %d", c.later, c.status)
		}
	}
}
