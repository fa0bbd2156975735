package app_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"vuon/internal/app"
	"vuon/internal/housetest"
)

// short are the tables that stay short, by the names under which rules read them whole: a house has few rounds, conflicts,
// requests about data and confirmed holidays; h is no table, but whom the messages of the last days reach. All its people and all who applied are read only on a day on which an intake
// opens.
var short = map[string]string{
	"r": "rounds", "conflicts": "", "data_requests": "", "holidays": "", "m": "startup_members", "applications": "", "h": "",
}

// Every minute each rule is asked: none of them reads a table that grows for years from its first row to its last.
func TestARuleReadsAlongAnIndex(t *testing.T) {
	t.Parallel()
	house := eventful(t)
	db, ok := house.ConcurrentDB().(*dbx.DB)
	if !ok {
		t.Fatal("nobody hears the queries")
	}
	asked := map[string]string{}
	for _, rule := range app.Notices() {
		db.QueryLogFunc = func(_ context.Context, _ time.Duration, query string, _ *sql.Rows, _ error) { asked[query] = rule.Key }
		for _, now := range []time.Time{housetest.Noon, housetest.Noon.Add(20 * time.Hour), housetest.Local(t, "2026-12-01 08:00")} {
			_, err := rule.Due(house, now)
			housetest.Refused(t, err, "")
		}
	}
	db.QueryLogFunc = nil
	for query, rule := range asked {
		var plan []struct {
			Detail string `db:"detail"`
		}
		if err := house.DB().NewQuery("EXPLAIN QUERY PLAN " + query).All(&plan); err != nil {
			t.Fatalf("%s: %v", rule, err)
		}
		for _, step := range plan {
			if !wholeTable.MatchString(step.Detail) {
				continue
			}
			if _, may := short[strings.TrimPrefix(step.Detail, "SCAN ")]; !may {
				t.Errorf("%s: %s in %s", rule, step.Detail, query)
			}
		}
	}
	if len(asked) < 20 {
		t.Errorf("only %d questions", len(asked))
	}
}
