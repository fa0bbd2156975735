package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/subscriptions"

	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/notify"
)

// listen registers a live connection of user, as the browser's would be.
func listen(house core.App, user *core.Record) *subscriptions.DefaultClient {
	c := subscriptions.NewDefaultClient()
	c.Set(apis.RealtimeClientAuthKey, user)
	c.Subscribe("vuon/changed")
	house.SubscriptionsBroker().Register(c)
	return c
}

// hears returns what reaches a connection within a moment.
func hears(c *subscriptions.DefaultClient) string {
	select {
	case m := <-c.Channel():
		return string(m.Data)
	case <-time.After(700 * time.Millisecond):
		return ""
	}
}

func TestOnlyTheAudienceHearsOfAChange(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	one, other := housetest.User(t, house), housetest.User(t, house)
	mine, theirs := listen(house, one), listen(house, other)
	items, err := house.FindCollectionByNameOrId("inbox_items")
	if err != nil {
		t.Fatal(err)
	}
	for range 3 { // three changes within a moment are one message
		item := core.NewRecord(items)
		item.Id = "item00000000001"
		if known, err := house.FindRecordById(items, item.Id); err == nil {
			item = known
		}
		item.Load(map[string]any{"user": one.Id, "kind": "test", "at": housetest.Noon, "dedup_key": "k"})
		housetest.Save(t, house, item)
	}
	if got := hears(mine); !strings.Contains(got, `"collection":"inbox_items"`) || strings.Contains(got, "kind") {
		t.Errorf("the owner hears %q", got)
	}
	if got := hears(mine); got != "" {
		t.Errorf("the owner hears it twice: %q", got)
	}
	if got := hears(theirs); got != "" {
		t.Errorf("a stranger hears %q", got)
	}
}

// items makes one line of an inbox, saved as PocketBase saves it.
func inboxLine(t *testing.T, house core.App, user *core.Record) *core.Record {
	t.Helper()
	items, err := house.FindCollectionByNameOrId("inbox_items")
	if err != nil {
		t.Fatal(err)
	}
	item := core.NewRecord(items)
	item.Load(map[string]any{"user": user.Id, "kind": "test", "at": housetest.Noon, "dedup_key": core.GenerateDefaultRandomId()})
	housetest.Save(t, house, item)
	return item
}

// A browser that does not read, on a train in a tunnel, keeps nobody else from hearing.
func TestADeafConnectionKeepsNobodyFromHearing(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	user := housetest.User(t, house)
	for range 20 {
		listen(house, user)
	}
	mine := listen(house, user)
	for range 3 {
		inboxLine(t, house, user)
		if got := hears(mine); got == "" {
			t.Fatal("nothing is heard")
		}
	}
}

// Who hears is decided by what was stored, and not by what the writer does with the row in its hand afterwards.
func TestTheAudienceIsThatOfTheStoredRow(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	one, other := housetest.User(t, house), housetest.User(t, house)
	mine, theirs := listen(house, one), listen(house, other)
	item := inboxLine(t, house, one)
	item.Set("user", other.Id)
	if hears(mine) == "" || hears(theirs) != "" {
		t.Error("the wrong one hears")
	}
	stored, err := house.FindRecordById("inbox_items", item.Id)
	if err != nil {
		t.Fatal(err)
	}
	if err := house.Delete(stored); err != nil {
		t.Fatal(err)
	}
	if hears(mine) == "" || hears(theirs) != "" {
		t.Error("a deletion is told to the wrong one, or to nobody")
	}
}

// A change in the last moment before a stop is told before the database closes, or not at all: it must not crash the house.
func TestNobodyIsToldAfterTheDatabaseHasClosed(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	user := housetest.User(t, house)
	listen(house, user)
	inboxLine(t, house, user)
	if err := house.OnTerminate().Trigger(&core.TerminateEvent{App: house}, func(e *core.TerminateEvent) error {
		return e.App.ResetBootstrapState()
	}); err != nil {
		t.Fatal(err)
	}
	time.Sleep(400 * time.Millisecond) // the pending telling would be due
}

// What falls due is written in one statement, past the saves that others listen to: the bell rings all the same, and in no
// other window.
func TestTheBellRingsForWhatFallsDue(t *testing.T) {
	t.Parallel()
	house := housetest.At(t, func() time.Time { return housetest.Noon })
	i := housetest.OpenIntake(t, house, housetest.Noon, 5)
	a, applicant := housetest.Draft(t, house, i, housetest.Noon)
	stranger := housetest.User(t, house)
	by := housetest.Actor(t, house, applicant, housetest.Noon)
	if _, err := intake.Submit(house, by, a.Id, 0, housetest.Noon); err != nil {
		t.Fatal(err)
	}
	mine, theirs := listen(house, applicant), listen(house, stranger)
	if err := notify.Deliver(house, housetest.Noon); err != nil {
		t.Fatal(err)
	}
	rang := false
	for heard := hears(mine); heard != ""; heard = hears(mine) { // the application itself has changed too
		rang = rang || strings.Contains(heard, `"collection":"inbox_items"`)
	}
	if !rang {
		t.Error("the bell did not ring")
	}
	if got := hears(theirs); got != "" {
		t.Errorf("a stranger hears %q", got)
	}
}
