package bench

import (
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/startups"
	_ "vuon/pb_migrations" // the schema under measure
)

// What is planted is a garden as the house would have kept it: the doctor finds its totals right.
func TestThePlantedTotalsAreThoseOfTheReports(t *testing.T) {
	t.Parallel()
	house := core.NewBaseApp(core.BaseAppConfig{DataDir: t.TempDir()})
	at := workday(time.Now())
	if err := furnish(house, at); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = house.ResetBootstrapState() })
	if err := plantStartups(house, 12, at); err != nil {
		t.Fatal(err)
	}
	for _, a := range startups.Inspections() {
		if a.ID != "startups.kept_totals" {
			continue
		}
		if broken, err := a.Broken(t.Context(), house, nil, at, 5); err != nil || len(broken) > 0 {
			t.Errorf("the doctor tells of %v (%v)", broken, err)
		}
	}
}

// At a small scale the bench says nothing of speed, and everything of whether house and bare handler answer the same.
func TestTheHouseAndTheBareHandlerAnswerTheSame(t *testing.T) {
	t.Parallel()
	for only, room := range suites(time.Now) {
		t.Run(only, func(t *testing.T) {
			t.Parallel()
			measured(t, only, room, map[string]int{"intake": 300, "startups": 20}[only], map[string]int{"intake": 4, "startups": 3}[only])
		})
	}
}

func measured(t *testing.T, only string, room suite, rows, lists int) {
	t.Helper()
	r, err := measureLists(t.Context(), time.Now, only, room, rows)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Lists) != lists {
		t.Errorf("%d lists were measured", len(r.Lists))
	}
	for _, f := range r.Lists {
		if f.Bytes < 100 || f.House.P50 <= 0 || f.Bare.P50 <= 0 {
			t.Errorf("%+v", f)
		}
	}
}
