package bench

import (
	"testing"
	"time"

	_ "vuon/pb_migrations" // the schema under measure
)

// At a small scale the bench says nothing of speed, and everything of whether house and bare handler answer the same.
func TestTheHouseAndTheBareHandlerAnswerTheSame(t *testing.T) {
	t.Parallel()
	r, err := measureLists(t.Context(), time.Now, "intake", intakeSuite(), 300)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Lists) != 4 {
		t.Errorf("%d lists were measured", len(r.Lists))
	}
	for _, f := range r.Lists {
		if f.Bytes < 100 || f.House.P50 <= 0 || f.Bare.P50 <= 0 {
			t.Errorf("%+v", f)
		}
	}
}
