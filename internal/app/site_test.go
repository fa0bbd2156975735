package app_test

import (
	"crypto/rand"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vuon/internal/app"
	"vuon/internal/housetest"
	"vuon/pb_public"
)

func TestTheOperatorsFilesStandBeforeOurs(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "css", "site.css")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("main { color: hotpink }"), 0o600); err != nil {
		t.Fatal(err)
	}
	house := housetest.Bare(t)
	deps := app.Deps{Now: time.Now, Random: rand.Reader, Public: pb_public.Files}
	if err := app.Bind(house, app.Config{PublicDir: folder}, deps); err != nil {
		t.Fatal(err)
	}
	server := housetest.Server(t, house)
	for path, want := range map[string]string{"/v/live/css/site.css": "hotpink", "/v/live/css/core.css": "@layer"} {
		got := housetest.Ask(t, server, nil, http.MethodGet, path, "")
		if !strings.Contains(got.Body.String(), want) || got.Header().Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: %s %.80s", path, got.Header().Get("Cache-Control"), got.Body)
		}
	}
}
