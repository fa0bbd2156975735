package people

import (
	"context"
	"testing"

	"github.com/pocketbase/pocketbase/tests"

	"vuon/internal/fault"
)

func TestTwoPasswordsAreHashedAtATime(t *testing.T) {
	t.Parallel()
	house, err := tests.NewTestApp(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(house.Cleanup)
	house.Store().Set(turnstileKey, make(turnstile, hashesAtOnce))
	inside, leave := make(chan bool), make(chan bool)
	for range hashesAtOnce {
		go func() {
			if err := hashing(context.Background(), house, func() error { inside <- true; <-leave; return nil }); err != nil {
				t.Error(err)
			}
		}()
		<-inside
	}
	soon, cancel := context.WithCancel(context.Background())
	cancel() // whoever waits has waited long enough
	if err := hashing(soon, house, func() error { t.Error("a third went in"); return nil }); fault.Code(err) != "sign_in.busy" {
		t.Errorf("got %v", err)
	}
	close(leave)
	if err := hashing(context.Background(), house, func() error { return nil }); err != nil {
		t.Errorf("after both have left: %v", err)
	}
}
