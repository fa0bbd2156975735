package bench

import (
	"testing"
	"time"

	_ "vuon/pb_migrations" // the schema under measure
)

// At a small scale the bench says nothing of speed, and everything of whether house and bare handler answer the same.
func TestTheHouseAndTheBareHandlerAnswerTheSame(t *testing.T) {
	t.Parallel()
	for only, room := range suites(time.Now) {
		t.Run(only, func(t *testing.T) {
			t.Parallel()
			measured(t, only, room, map[string]int{"intake": 300, "startups": 40}[only], map[string]int{"intake": 4, "startups": 3}[only])
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
