package app_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/app"
	"vuon/internal/housetest"
	"vuon/internal/locale"
)

// ranJob is a run as the routes tell it.
type ranJob struct {
	Outcome, Did, Actor string
	Name                string `json:"actor_name"`
	Fence               int
	GivenUp             bool `json:"given_up"`
	Lost                bool
}

// listed reads an answer with rows.
func listed[R any](t *testing.T, server http.Handler, who *core.Record, path string) (rows []R, next string) {
	t.Helper()
	got := housetest.Ask(t, server, who, http.MethodGet, path, "")
	var answer struct {
		Rows []R
		Next string
	}
	if err := json.Unmarshal(got.Body.Bytes(), &answer); err != nil || got.Code != http.StatusOK {
		t.Fatalf("%s: %d %s (%v)", path, got.Code, got.Body, err)
	}
	return answer.Rows, answer.Next
}

// A manager runs a job at once: the ledger and the journal say who, the schedule still owes its slot, and while the job
// runs elsewhere nobody starts it.
func TestAManagerRunsAJob(t *testing.T) {
	t.Parallel()
	now := housetest.Noon
	house := housetest.At(t, func() time.Time { return now })
	server, manager := housetest.Server(t, house), housetest.Holder(t, house, access.Manager, access.House)
	if _, err := house.NonconcurrentDB().NewQuery("UPDATE _migrations SET applied = 1").Execute(); err != nil { // an old house
		t.Fatal(err)
	}
	run := func(job string, headers ...string) (r ranJob, code int) {
		got := housetest.Ask(t, server, manager, http.MethodPost, "/api/vuon/jobs/"+job+"/run", "", headers...)
		_ = json.Unmarshal(got.Body.Bytes(), &r)
		return r, got.Code
	}
	if r, code := run("forget_codes"); code != http.StatusOK || r.Outcome != "done" || r.Did != "0" || r.Actor != manager.Id || r.Fence != 1 || r.Name == "" {
		t.Errorf("%d %+v", code, r)
	}
	for fence := 1; fence <= 2; fence++ { // it mails, and never within the transaction of a kept answer
		if r, code := run("deliver", "Idempotency-Key", "twice"); code != http.StatusOK || r.Fence != fence {
			t.Errorf("with a key: %d %+v", code, r)
		}
		now = now.Add(time.Second)
	}
	if _, code := run("nothing"); code != http.StatusNotFound {
		t.Errorf("an unknown job: %d", code)
	}
	if told, _ := listed[map[string]any](t, server, manager, "/api/vuon/journal?limit=5"); told[1]["notice"] != "job_runs.run" || told[1]["actor"] != manager.Id {
		t.Errorf("the journal tells %v", told[1])
	}
	ran, err := app.RunJobs(house, now)
	if err != nil || !strings.Contains(strings.Join(ran, " "), "forget_codes") {
		t.Errorf("the schedule ran %v (%v)", ran, err)
	}
	if _, err := house.NonconcurrentDB().NewQuery(`UPDATE job_runs SET outcome = 'running', lease_until = '2026-11-23 05:09:00.000Z' WHERE job = 'forget_codes' AND fence = 2`).Execute(); err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Minute)
	if _, code := run("forget_codes"); code != http.StatusConflict {
		t.Errorf("while it runs: %d", code)
	}
	now = now.Add(8 * time.Minute)
	if r, code := run("forget_codes"); code != http.StatusOK || r.Fence != 3 {
		t.Errorf("after the lease: %d %+v", code, r)
	}
	page, next := listed[ranJob](t, server, manager, "/api/vuon/jobs/forget_codes/runs?limit=2")
	rest, last := listed[ranJob](t, server, manager, "/api/vuon/jobs/forget_codes/runs?limit=2&after="+next)
	if len(page) != 2 || len(rest) != 1 || last != "" || page[0].Fence != 3 || page[1].Outcome != "failed" || rest[0].Fence != 1 {
		t.Errorf("the history is %+v, then %+v", page, rest)
	}
	housetest.Well(t, house)
}

// Every job has words for staff, in both languages.
func TestEveryJobSaysWhatItIsFor(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	words := dictionary(t)
	vi, en := words.Keys(locale.Vietnamese), words.Keys(locale.English)
	rows, _ := listed[map[string]any](t, housetest.Server(t, house), housetest.Holder(t, house, access.Staff, access.House), "/api/vuon/jobs")
	if len(rows) < 10 {
		t.Fatalf("%d jobs", len(rows))
	}
	said := map[string]bool{}
	for _, r := range rows {
		key := "job." + r["job"].(string) //nolint:forcetypeassert // the test ends
		said[key] = true
		if vi[key] == "" || en[key] == "" {
			t.Errorf("%s has no words", key)
		}
	}
	for key := range vi {
		if strings.HasPrefix(key, "job.") && !said[key] && key != "job.running" {
			t.Errorf("%s: there is no such job", key)
		}
	}
}

// wholeLedger is a line of a plan that reads the ledger from its first row to its last: a search that names no index is one.
var wholeLedger = regexp.MustCompile(`^(?:SCAN|SEARCH) (job_runs|r|later|last|top)$`)

// The ledger grows by thousands of rows a day: neither the jobs nor /readyz nor the page read it whole.
func TestTheLedgerIsReadAlongItsIndexes(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	server, staff := housetest.Server(t, house), housetest.Holder(t, house, access.Staff, access.House)
	if _, err := house.NonconcurrentDB().NewQuery("UPDATE _migrations SET applied = 1").Execute(); err != nil {
		t.Fatal(err)
	}
	queries := map[string]bool{}
	hear := func(query string) {
		if strings.Contains(query, "job_runs") && !strings.Contains(query, "DELETE FROM") && !strings.Contains(query, "EXPLAIN") {
			queries[query] = true
		}
	}
	for _, builder := range []dbx.Builder{house.ConcurrentDB(), house.NonconcurrentDB()} {
		db, ok := builder.(*dbx.DB)
		if !ok {
			t.Fatal("nobody hears the queries")
		}
		db.QueryLogFunc = func(_ context.Context, _ time.Duration, query string, _ *sql.Rows, _ error) { hear(query) }
		db.ExecLogFunc = func(_ context.Context, _ time.Duration, query string, _ sql.Result, _ error) { hear(query) }
		defer func() { db.QueryLogFunc, db.ExecLogFunc = nil, nil }()
	}
	if _, err := app.RunJobs(house, time.Now()); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/readyz", "/api/vuon/jobs", "/api/vuon/jobs/deliver/runs?after=7"} {
		if got := housetest.Ask(t, server, staff, http.MethodGet, path, ""); got.Code != http.StatusOK {
			t.Errorf("%s: %d", path, got.Code)
		}
	}
	if len(queries) < 20 {
		t.Fatalf("heard %d queries", len(queries))
	}
	for query := range queries {
		var plan []struct {
			Detail string `db:"detail"`
		}
		if err := house.DB().NewQuery("EXPLAIN QUERY PLAN " + query).All(&plan); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		for _, step := range plan {
			if wholeLedger.MatchString(step.Detail) {
				t.Errorf("%s\n%s", query, step.Detail)
			}
		}
	}
}
