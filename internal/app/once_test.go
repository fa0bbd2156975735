package app_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/housetest"
	"vuon/internal/lifecycle"
)

// counter is a house with one route that counts how often it is carried out, and leaves a line in the journal each time.
func counter(t *testing.T) (house core.App, server http.Handler, done *atomic.Int64) {
	t.Helper()
	house, done = housetest.App(t), &atomic.Int64{}
	house.OnServe().BindFunc(func(e *core.ServeEvent) error {
		count := func(e *core.RequestEvent) error {
			by, now, err := access.Of(e)
			if err != nil {
				return err
			}
			n := done.Add(1)
			if err := lifecycle.Note(e.App, by, now, "tests", "row", "counted"); err != nil {
				return err
			}
			return e.JSON(http.StatusCreated, map[string]any{"n": n})
		}
		e.Router.POST("/api/vuon/count", count)
		e.Router.GET("/api/vuon/count", count)
		e.Router.PUT("/api/vuon/count", count)
		e.Router.POST("/api/vuon/count/{token}", count)
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

// kept are the rows of the ledger of answers, every column of them.
func kept(t *testing.T, house core.App) string {
	t.Helper()
	var rows []string
	err := house.DB().NewQuery("SELECT actor || ' ' || route || ' ' || key || ' ' || body_hash || ' ' || status || ' ' || answer FROM request_keys").Column(&rows)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(rows, "\n")
}

// What stands in an address or in a body may open something: the ledger of answers is read by whoever reads the database.
func TestTheLedgerOfAnswersHoldsNoSecret(t *testing.T) {
	t.Parallel()
	house, server, _ := counter(t)
	user := housetest.User(t, house)
	ask := func(path, body string) int {
		return housetest.Ask(t, server, user, http.MethodPost, path, body, "Idempotency-Key", "k").Code
	}
	if got := ask("/api/vuon/count/sesame", `{"password":"rau muống xào tỏi"}`); got != http.StatusCreated {
		t.Fatalf("answered %d", got)
	}
	plain := sha256.Sum256([]byte(`{"password":"rau muống xào tỏi"}`))
	if rows := kept(t, house); strings.Contains(rows, "sesame") || strings.Contains(rows, hex.EncodeToString(plain[:])) || !strings.Contains(rows, "{token}") {
		t.Errorf("kept: %s", rows)
	}
	if got := ask("/api/vuon/count/other", `{"password":"rau muống xào tỏi"}`); got != http.StatusConflict {
		t.Errorf("another row under the same key: %d", got)
	}
	if got := ask("/api/vuon/count/sesame?x=1", `{"password":"rau muống xào tỏi"}`); got != http.StatusConflict {
		t.Errorf("another question under the same key: %d", got)
	}
}

// An answer that carries a secret link is given again by nobody.
func TestTheAnswerWithASecretLinkIsNotKept(t *testing.T) {
	t.Parallel()
	const route = "/api/vuon/reports/{id}/link"
	house := housetest.App(t)
	set := scenes["POST "+route](t, house)
	staff := housetest.Holder(t, house, access.Staff, access.House)
	got := housetest.Ask(t, housetest.Server(t, house), staff, http.MethodPost, strings.ReplaceAll(route, "{id}", set.path["id"]), "{}", "Idempotency-Key", "k")
	if rows := kept(t, house); got.Code != http.StatusOK || !strings.Contains(got.Body.String(), "/app/report-links/") || rows != "" {
		t.Errorf("%d %s, kept: %s", got.Code, got.Body, rows)
	}
}

func TestAKeyCountsOnlyWhereSomethingIsChanged(t *testing.T) {
	t.Parallel()
	house, server, _ := counter(t)
	user := housetest.User(t, house)
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPut} {
		housetest.Ask(t, server, user, method, "/api/vuon/count", "", "Idempotency-Key", "k")
	}
	housetest.Ask(t, server, user, http.MethodPost, "/api/collections/orgs/records", "{}", "Idempotency-Key", "k")
	if rows := kept(t, house); rows != "" {
		t.Errorf("kept: %s", rows)
	}
}

// A refusal is no answer: whoever tries again is looked at again. A large answer is repeated whole.
func TestARefusalIsNotKeptAndALargeAnswerIs(t *testing.T) {
	t.Parallel()
	house, refuse := housetest.App(t), true
	house.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.Router.POST("/api/vuon/large", func(e *core.RequestEvent) error {
			by, now, err := access.Of(e)
			if err == nil {
				err = lifecycle.Note(e.App, by, now, "tests", "row", "tried")
			}
			if err == nil && refuse {
				err = fault.Conflict("lifecycle.not_now")
			}
			if err != nil {
				return err
			}
			return e.JSON(http.StatusOK, strings.Repeat("ư", 200_000))
		})
		return e.Next()
	})
	server, user := housetest.Server(t, house), housetest.User(t, house)
	ask := func() *httptest.ResponseRecorder {
		return housetest.Ask(t, server, user, http.MethodPost, "/api/vuon/large", "{}", "Idempotency-Key", "k")
	}
	if got := ask(); got.Code != http.StatusConflict || kept(t, house) != "" {
		t.Errorf("%d, kept: %.80s", got.Code, kept(t, house))
	}
	refuse = false
	first, again := ask(), ask()
	if first.Code != http.StatusOK || again.Body.String() != first.Body.String() || again.Body.Len() < 400_000 {
		t.Errorf("first %d with %d bytes, again %d with %d bytes", first.Code, first.Body.Len(), again.Code, again.Body.Len())
	}
	told, err := lifecycle.Told(house, "tests", "row")
	if err != nil || len(told) != 1 {
		t.Errorf("tried %d times (%v): the refusal left its trace, or the answer was made twice", len(told), err)
	}
}
