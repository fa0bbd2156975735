package app_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/lifecycle"
)

// counter is a house with one route that counts how often it is carried out, and leaves a line in the journal each time.
func counter(t *testing.T) (house core.App, server http.Handler, done *atomic.Int64) {
	t.Helper()
	house, done = housetest.App(t), &atomic.Int64{}
	house.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.Router.POST("/api/vuon/count", func(e *core.RequestEvent) error {
			by, now, err := access.Of(e)
			if err != nil {
				return err
			}
			n := done.Add(1)
			if err := lifecycle.Note(e.App, by, now, "tests", "row", "counted"); err != nil {
				return err
			}
			return e.JSON(http.StatusCreated, map[string]any{"n": n})
		})
		return e.Next()
	})
	return house, housetest.Server(t, house), done
}

func post(t *testing.T, server http.Handler, user *core.Record, key, body string) *httptest.ResponseRecorder {
	t.Helper()
	return housetest.Ask(t, server, user, http.MethodPost, "/api/vuon/count", body, "Idempotency-Key", key)
}

func TestTheSameKeyIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	house, server, done := counter(t)
	one, other := housetest.User(t, house), housetest.User(t, house)
	first := post(t, server, one, "k1", `{"a":1}`)
	again := post(t, server, one, "k1", `{"a":1}`)
	if first.Code != http.StatusCreated || again.Code != first.Code || again.Body.String() != first.Body.String() {
		t.Errorf("first %d %s, again %d %s", first.Code, first.Body, again.Code, again.Body)
	}
	if again.Header().Get("Idempotency-Replayed") != "true" {
		t.Error("the answer does not say that it is repeated")
	}
	for name, got := range map[string]struct {
		answer *httptest.ResponseRecorder
		status int
	}{
		"another body under the same key": {post(t, server, one, "k1", `{"a":2}`), http.StatusConflict},
		"somebody else's key":             {post(t, server, other, "k1", `{"a":1}`), http.StatusCreated},
		"another key":                     {post(t, server, one, "k2", `{"a":1}`), http.StatusCreated},
		"no key":                          {post(t, server, one, "", `{"a":1}`), http.StatusCreated},
		"a key that is too long":          {post(t, server, one, strings.Repeat("k", 65), `{"a":1}`), http.StatusBadRequest},
	} {
		if got.answer.Code != got.status {
			t.Errorf("%s: %d %s", name, got.answer.Code, got.answer.Body)
		}
	}
	if done.Load() != 4 {
		t.Errorf("carried out %d times, want 4", done.Load())
	}
}

func TestAVisitorsKeyIsNotKept(t *testing.T) {
	t.Parallel()
	house, server, done := counter(t)
	post(t, server, nil, "k1", "{}")
	post(t, server, nil, "k1", "{}")
	var kept int
	if err := house.DB().NewQuery("SELECT count(*) FROM request_keys").Row(&kept); err != nil {
		t.Fatal(err)
	}
	if done.Load() != 2 || kept != 0 {
		t.Errorf("carried out %d times, %d answers kept", done.Load(), kept)
	}
}

func TestRaceOneKeySentByMany(t *testing.T) {
	t.Parallel()
	house, server, _ := counter(t)
	user := housetest.User(t, house)
	answers := make([]*httptest.ResponseRecorder, 20)
	housetest.Race(len(answers), func(i int) error {
		answers[i] = post(t, server, user, "k", "{}")
		return nil
	})
	told, err := lifecycle.Told(house, "tests", "row")
	if err != nil {
		t.Fatal(err)
	}
	if len(told) != 1 {
		t.Errorf("carried out %d times", len(told))
	}
	for i, got := range answers {
		if fmt.Sprint(got.Code, got.Body) != fmt.Sprint(answers[0].Code, answers[0].Body) {
			t.Errorf("answer %d: %d %s", i, got.Code, got.Body)
		}
	}
}
