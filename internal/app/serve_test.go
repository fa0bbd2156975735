package app

import (
	"crypto/rand"
	"net/http"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"vuon/pb_public"
)

// A first start prints no way in to the log, and whoever sends slowly or much is not waited for. (PocketBase's own test
// house takes the installer away by itself, so that this one is built by hand.)
func TestTheServerTrustsNobodyFromTheStart(t *testing.T) {
	t.Parallel()
	house := ledger(t)
	if err := Bind(house, Config{}, Deps{Now: time.Now, Random: rand.Reader, Public: pb_public.Files}); err != nil {
		t.Fatal(err)
	}
	router, err := apis.NewRouter(house)
	if err != nil {
		t.Fatal(err)
	}
	event := &core.ServeEvent{App: house, Router: router, Server: &http.Server{}, InstallerFunc: apis.DefaultInstallerFunc} //nolint:gosec // the limits are what is tested
	if err := house.OnServe().Trigger(event, func(*core.ServeEvent) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if s := event.Server; event.InstallerFunc != nil || s.ReadHeaderTimeout == 0 || s.IdleTimeout == 0 || s.MaxHeaderBytes == 0 {
		t.Errorf("installer %v, header %v, idle %v, %d bytes of header", event.InstallerFunc != nil, s.ReadHeaderTimeout, s.IdleTimeout, s.MaxHeaderBytes)
	}
}
