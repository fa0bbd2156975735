package app_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"
	"github.com/pocketbase/pocketbase/tools/subscriptions"

	"vuon/internal/housetest"
	"vuon/internal/lifecycle"
)

// pictured gives somebody a picture of themselves and returns its address.
func pictured(t *testing.T, house core.App, user *core.Record) string {
	t.Helper()
	var raw bytes.Buffer
	if err := png.Encode(&raw, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	file, err := filesystem.NewFileFromBytes(raw.Bytes(), "sen.png")
	if err != nil {
		t.Fatal(err)
	}
	user.Set("avatar", file)
	housetest.Save(t, house, user)
	return "/api/files/" + user.BaseFilesPath() + "/" + user.GetString("avatar")
}

// A protected file is for whoever may see its row and has just asked for a token, and no cache keeps it.
func TestAProtectedFileIsForItsReaderAlone(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	server, owner, other := housetest.Server(t, house), housetest.User(t, house), housetest.User(t, house)
	address := pictured(t, house, owner)
	token := func(user *core.Record) string {
		token, err := user.NewFileToken()
		if err != nil {
			t.Fatal(err)
		}
		return "?token=" + token
	}
	for name, c := range map[string]struct {
		who    *core.Record
		query  string
		status int
	}{
		"a visitor":               {nil, "", http.StatusNotFound},
		"the owner without token": {owner, "", http.StatusNotFound},
		"somebody else's token":   {nil, token(other), http.StatusNotFound},
		"a made-up token":         {owner, "?token=sesame", http.StatusNotFound},
		"the owner's token":       {nil, token(owner), http.StatusOK},
		"a small copy":            {nil, token(owner) + "&thumb=160x160", http.StatusOK},
	} {
		got := housetest.Ask(t, server, c.who, http.MethodGet, address+c.query, "")
		if got.Code != c.status {
			t.Errorf("%s: %d", name, got.Code)
		}
		if cache := got.Header().Get("Cache-Control"); c.query != "" && cache != "private, no-store" {
			t.Errorf("%s: Cache-Control: %s", name, cache)
		}
	}
}

// A page that calls itself a picture is no picture.
func TestAFileIsWhatItsFieldTakes(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	user := housetest.User(t, house)
	for name, raw := range map[string][]byte{
		"a page": []byte("<html><script>alert(1)</script></html>"), "a drawing": []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`),
		"a heavy one": append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 3<<20)...),
	} {
		file, err := filesystem.NewFileFromBytes(raw, "sen.png")
		if err != nil {
			t.Fatal(err)
		}
		user.Set("avatar", file)
		if err := house.Save(user); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	for _, c := range collections(t, house) {
		for _, f := range c.Fields {
			if file, ok := f.(*core.FileField); ok && (len(file.MimeTypes) == 0 || file.MaxSize == 0 || file.MaxSize > 10<<20) {
				t.Errorf("%s.%s takes anything", c.Name, file.Name)
			}
		}
	}
}

func collections(t *testing.T, house core.App) []*core.Collection {
	t.Helper()
	all, err := house.FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Whoever subscribes to everything by PocketBase's own topics hears what the policy page lets them list, and nothing else.
func TestPocketBasesTopicsKeepToThePolicy(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	one, other := housetest.User(t, house), housetest.User(t, house)
	housetest.Server(t, house) // PocketBase listens once it is served
	ear := subscriptions.NewDefaultClient()
	ear.Set(apis.RealtimeClientAuthKey, other)
	for _, c := range collections(t, house) {
		ear.Subscribe(c.Name+"/*", c.Id+"/*", c.Name, c.Name+"/*?options={\"query\":{\"expand\":\"user\"}}")
	}
	house.SubscriptionsBroker().Register(ear)
	if _, err := org(t, house, nil); err != nil {
		t.Fatal(err)
	}
	inboxLine(t, house, one)
	housetest.Refused(t, lifecycle.Note(house, housetest.Actor(t, house, one, housetest.Noon), housetest.Noon, "orgs", "x", "edited"), "")
	one.Set("full_name", "Tên Khác")
	housetest.Save(t, house, one)
	if got := hears(ear); got != "" {
		t.Errorf("a stranger hears %s", got)
	}
	inboxLine(t, house, other)
	if got := hears(ear); !strings.Contains(got, other.Id) {
		t.Errorf("of their own they hear %q", got)
	}
}

// A stop lets a request under way finish, and says at once that the house is about to close.
func TestAStopWaitsForWhoIsUnderWay(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	inside, goOn := make(chan bool), make(chan bool)
	house.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.Router.POST("/api/vuon/slow", func(e *core.RequestEvent) error {
			inside <- true
			<-goOn
			return e.NoContent(http.StatusNoContent)
		})
		return e.Next()
	})
	server := housetest.Server(t, house)
	answered, stopped := make(chan int, 1), make(chan error, 1)
	go func() { answered <- housetest.Ask(t, server, nil, http.MethodPost, "/api/vuon/slow", "").Code }()
	<-inside
	go func() {
		stopped <- house.OnTerminate().Trigger(&core.TerminateEvent{App: house}, func(*core.TerminateEvent) error { return nil })
	}()
	select {
	case err := <-stopped:
		t.Fatalf("the house closed over a request (%v)", err)
	case <-time.After(300 * time.Millisecond):
	}
	if got := housetest.Ask(t, server, nil, http.MethodGet, "/readyz", "").Code; got != http.StatusServiceUnavailable {
		t.Errorf("/readyz while it waits: %d", got)
	}
	close(goOn)
	if got := <-answered; got != http.StatusNoContent {
		t.Errorf("answered %d", got)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}
