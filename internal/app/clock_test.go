package app_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"vuon/internal/housetest"
)

// A clock that is set back makes nothing possible that was too late: changes wait until it has caught up, and reading goes on.
func TestAClockThatIsSetBackDecidesNothing(t *testing.T) {
	t.Parallel()
	now := housetest.Noon
	house := housetest.At(t, func() time.Time { return now })
	server := housetest.Server(t, house)
	call := housetest.IntakeWithFiles(t, house, now, 0, housetest.Plans())
	a, owner := housetest.Beginner(t, house, call, now)
	way := "/api/vuon/applications/" + a.Id
	for _, c := range []struct {
		name   string
		at     time.Time
		method string
		code   int
		says   string
	}{
		{"after the deadline", call.OpensAt().Add(2 * time.Hour), http.MethodPost, http.StatusConflict, "intake.not_open"},
		{"set back before it", call.OpensAt().Add(time.Hour), http.MethodPost, http.StatusConflict, "clock.back"},
		{"while one reads", call.OpensAt().Add(time.Hour), http.MethodGet, http.StatusOK, ""},
		{"two seconds back", call.OpensAt().Add(2*time.Hour - 2*time.Second), http.MethodPost, http.StatusOK, ""},
		{"a little more", call.OpensAt().Add(2*time.Hour - 2*time.Second - time.Millisecond), http.MethodPost, http.StatusConflict, "clock.back"},
	} {
		now = c.at
		path := way
		if c.method == http.MethodPost {
			path += "/submit"
		}
		got := housetest.Ask(t, server, owner, c.method, path, "")
		if got.Code != c.code || !strings.Contains(got.Body.String(), c.says) {
			t.Errorf("%s: %d %s", c.name, got.Code, got.Body)
		}
	}
}
