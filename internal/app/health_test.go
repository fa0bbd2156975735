package app_test

import (
	"net/http"
	"testing"

	"github.com/pocketbase/pocketbase/core"

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
	if _, err := house.DB().NewQuery("ALTER TABLE job_runs RENAME TO gone").Execute(); err != nil {
		t.Fatal(err)
	}
	if got := ready(); got != http.StatusServiceUnavailable {
		t.Errorf("a database that takes no write: %d", got)
	}
	if _, err := house.DB().NewQuery("ALTER TABLE gone RENAME TO job_runs").Execute(); err != nil {
		t.Fatal(err)
	}
	if err := house.OnTerminate().Trigger(&core.TerminateEvent{App: house}, func(*core.TerminateEvent) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if got := ready(); got != http.StatusServiceUnavailable {
		t.Errorf("while it stops: %d", got)
	}
}
