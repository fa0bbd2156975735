package app_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/logger"

	"vuon/internal/app"
	"vuon/internal/housetest"
)

// What is logged and measured names routes, never addresses: a token, a search or a made-up path leaves no trace, and a
// thousand made-up paths are one line of the measurements.
func TestLogsAndMetricsNameRoutesOnly(t *testing.T) {
	t.Parallel()
	house := housetest.Bare(t)
	house.Settings().Logs.MaxDays = 5
	var log bytes.Buffer
	deps := housetest.Deps()
	deps.Log = slog.New(slog.NewJSONHandler(&log, nil))
	metrics := freeAddress(t)
	if err := app.Bind(house, app.Config{Metrics: metrics}, deps); err != nil {
		t.Fatal(err)
	}
	house.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.Router.GET("/fails/{token}", func(*core.RequestEvent) error { return errors.New("no paper") })
		return e.Next()
	})
	server := housetest.Server(t, house)
	for _, path := range []string{
		"/api/vuon/report-links/SESAME", "/app/invitations/SESAME", "/fails/SESAME", "/api/nothing/SESAME", "/SESAME", "/SESAME%0Ainjected",
		"/api/collections/users/records?filter=SESAME&token=SESAME", "/startups?q=SESAME",
	} {
		for _, accept := range []string{"application/json", "text/html"} {
			housetest.Ask(t, server, nil, http.MethodGet, path, "", "Accept", accept)
		}
		housetest.Ask(t, server, nil, "BREW", path, "")
	}
	if text := log.String(); strings.Contains(text, "SESAME") || strings.Contains(text, "injected") || !strings.Contains(text, "GET /fails/{token}") {
		t.Errorf("logged: %s", text)
	}
	if text := operatorsLog(t, house); strings.Contains(text, "SESAME") || !strings.Contains(text, "GET /fails/{token}") || !strings.Contains(text, "no paper") {
		t.Errorf("kept for operators: %s", text)
	}
	text := measured(t, metrics)
	if strings.Contains(text, "SESAME") || strings.Contains(text, "BREW") || !strings.Contains(text, `route="GET /fails/{token}"`) {
		t.Errorf("measured: %s", text)
	}
	if n := strings.Count(text, "vuon_request_seconds_count{"); n > 8 {
		t.Errorf("%d lines for eight kinds of address", n)
	}
}

// operatorsLog is what the dashboard's log holds.
func operatorsLog(t *testing.T, house core.App) string {
	t.Helper()
	if batch, ok := house.Logger().Handler().(*logger.BatchHandler); ok {
		if err := batch.WriteAll(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	var lines []string
	if err := house.AuxDB().NewQuery("SELECT message || ' ' || data FROM _logs").Column(&lines); err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

func measured(t *testing.T, address string) string {
	t.Helper()
	got, err := http.Get("http://" + address + "/metrics") //nolint:noctx // of this very process
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close() //nolint:errcheck // it was only read
	raw, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // closed again at once
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return l.Addr().String()
}
