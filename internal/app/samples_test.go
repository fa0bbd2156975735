package app_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"vuon/internal/app"
	"vuon/internal/housetest"
)

// The demo's accounts have a password that anybody can read. They open the demo, asked under this machine's own name, and
// nothing else.
func TestTheDemosAccountsOpenNoOtherHouse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		demo bool
		host string
		want int
	}{
		{true, "127.0.0.1:8090", http.StatusOK},
		{true, "localhost:8090", http.StatusOK},
		{true, "[::1]:8090", http.StatusOK},
		{true, "vuon.example", http.StatusForbidden},
		{true, "127.0.0.1.example", http.StatusForbidden},
		{false, "127.0.0.1:8090", http.StatusForbidden},
	} {
		house := housetest.Bare(t)
		d := housetest.Deps()
		d.Demo = c.demo
		if err := app.Bind(house, app.Config{}, d); err != nil {
			t.Fatal(err)
		}
		u := housetest.User(t, house)
		u.SetEmail("founder@demo.test")
		u.SetPassword("vuon-demo-2026")
		housetest.Save(t, house, u)
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/collections/users/auth-with-password",
			strings.NewReader(`{"identity": "founder@demo.test", "password": "vuon-demo-2026"}`))
		r.Header.Set("Content-Type", "application/json")
		r.Host = c.host
		w := httptest.NewRecorder()
		housetest.Server(t, house).ServeHTTP(w, r)
		if w.Code != c.want {
			t.Errorf("demo %v, asked as %s: %d, want %d (%s)", c.demo, c.host, w.Code, c.want, w.Body)
		}
	}
}
