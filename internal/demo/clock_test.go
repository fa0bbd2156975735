package demo

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/housetest"
	"vuon/internal/locale"
	"vuon/internal/notify"
)

// running is a demo without data, whose wall clock stands still.
func running(t *testing.T) (core.App, http.Handler, *clock) {
	t.Helper()
	f, err := claim(filepath.Join(t.TempDir(), "garden"), func() (string, error) { return "key", nil })
	if err != nil {
		t.Fatal(err)
	}
	now := &clock{wall: func() time.Time { return housetest.Noon }, folder: f, stop: t.Context().Done()}
	house := housetest.At(t, now.Now)
	bindRoutes(house, notify.NewMailbox(now.Now), now)
	return house, housetest.Server(t, house), now
}

// Moving time runs every daily job for every day between, in the order of time, and the clock is remembered.
func TestTimeMovesOn(t *testing.T) {
	t.Parallel()
	house, server, now := running(t)
	if _, err := house.NonconcurrentDB().NewQuery("UPDATE _migrations SET applied = {:at}").
		Bind(map[string]any{"at": housetest.Noon.Add(-time.Hour).UnixMicro()}).Execute(); err != nil { // the house is an hour old
		t.Fatal(err)
	}
	got := housetest.Ask(t, server, nil, "POST", "/demo/later", `{"days": 3}`)
	if want := housetest.Noon.AddDate(0, 0, 3); got.Code != http.StatusOK || !now.Now().Equal(want) {
		t.Fatalf("%d, it is %s, want %s", got.Code, now.Now(), want)
	}
	var slots []string
	if err := house.DB().NewQuery("SELECT slot FROM job_runs WHERE job = 'raise_alerts' AND outcome = 'done' ORDER BY rowid").Column(&slots); err != nil {
		t.Fatal(err)
	}
	if want := []string{"2026-11-24 00:30:00.000Z", "2026-11-25 00:30:00.000Z", "2026-11-26 00:30:00.000Z"}; !slices.Equal(slots, want) {
		t.Errorf("ran for %v", slots)
	}
	raw, err := os.ReadFile(filepath.Join(now.folder.dir, markFile))
	if err != nil {
		t.Fatal(err)
	}
	var kept mark
	if err := json.Unmarshal(raw, &kept); err != nil || kept.Offset != 72*time.Hour {
		t.Errorf("remembered %s (%v)", kept.Offset, err)
	}
	got = housetest.Ask(t, server, nil, "POST", "/demo/later", "days=1", "Content-Type", "application/x-www-form-urlencoded", "Referer", "http://example.com/en/startups?q=x")
	if at := got.Header().Get("Location"); got.Code != http.StatusSeeOther || at != "/en/startups?q=x" {
		t.Errorf("a form is led to %q (%d)", at, got.Code)
	}
	if want := housetest.Noon.AddDate(0, 0, 4); !now.Now().Equal(want) {
		t.Errorf("it is %s, want %s", now.Now(), want)
	}
	for _, wrong := range []string{`{}`, `{"days": -1}`, `{"months": 25}`} {
		if got := housetest.Ask(t, server, nil, "POST", "/demo/later", wrong); got.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", wrong, got.Code)
		}
	}
	housetest.Well(t, house)
}

func TestMonthsEndWhereTheyEnd(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from         string
		months, days int
		want         string
	}{
		{"2026-11-25", 1, 0, "2026-12-25"},
		{"2027-01-31", 1, 0, "2027-02-28"},
		{"2026-12-31", 2, 1, "2027-03-01"},
		{"2026-11-30", 0, 1, "2026-12-01"},
	} {
		from, err := time.ParseInLocation(time.DateOnly, c.from, locale.Zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := locale.Day(after(from, c.months, c.days)); got != c.want {
			t.Errorf("%d months and %d days after %s: %s, want %s", c.months, c.days, c.from, got, c.want)
		}
	}
}

func TestOnlyTheDemoMovesTime(t *testing.T) {
	t.Parallel()
	server := housetest.Server(t, housetest.App(t))
	for _, knock := range []string{"GET /demo/mail", "GET /demo/mail/1", "GET /demo/mail.json", "POST /demo/later"} {
		method, path, _ := strings.Cut(knock, " ")
		if got := housetest.Ask(t, server, nil, method, path, `{"days": 1}`); got.Code != http.StatusNotFound {
			t.Errorf("%s: %d", knock, got.Code)
		}
	}
}

func TestTheMailboxShowsWhatWasMailed(t *testing.T) {
	t.Parallel()
	now := func() time.Time { return housetest.Noon }
	house, box := housetest.At(t, now), notify.NewMailbox(now)
	bindRoutes(house, box, &clock{wall: now, folder: &folder{}})
	server := housetest.Server(t, house)
	for _, m := range []notify.Mail{{To: "old@demo.test", Subject: "Old"}, {To: "an@demo.test", Subject: "Mã <b>", Text: "Chào", HTML: "<p>Chào</p>", Code: "407193", Link: "http://127.0.0.1/app/"}} {
		if _, err := box.Send(m); err != nil {
			t.Fatal(err)
		}
	}
	var mails []letter
	if err := json.Unmarshal(housetest.Ask(t, server, nil, "GET", "/demo/mail.json", "").Body.Bytes(), &mails); err != nil || len(mails) != 2 || mails[0].Code != "407193" {
		t.Fatalf("%+v (%v)", mails, err)
	}
	if got := housetest.Ask(t, server, nil, "GET", "/demo/mail/2", ""); got.Body.String() != "<p>Chào</p>" {
		t.Errorf("its reader sees %d %s", got.Code, got.Body)
	}
	if got := housetest.Ask(t, server, nil, "GET", "/demo/mail/3", ""); got.Code != http.StatusNotFound {
		t.Errorf("a mail that nobody sent answers %d", got.Code)
	}
	for _, path := range []string{"/demo/mail", "/en/demo/mail"} {
		page := housetest.Ask(t, server, nil, "GET", path, "", "Accept", "text/html").Body.String()
		if !strings.Contains(page, "407193") || !strings.Contains(page, "Mã &lt;b&gt;") {
			t.Errorf("%s shows %s", path, page)
		}
	}
}

func TestAFolderIsTakenUpOrLeftAlone(t *testing.T) {
	t.Parallel()
	dir, key := t.TempDir(), func() (string, error) { return "key", nil }
	f, err := claim(dir, key) // empty: it becomes the demo's
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "data.db")
	if err := os.WriteFile(file, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := claim(dir, key); err != nil { // never finished: cleared
		t.Fatal(err)
	}
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Errorf("half a demo was kept (%v)", err)
	}
	f.Ready, f.Offset = true, time.Hour
	if err := f.save(); err != nil {
		t.Fatal(err)
	}
	if again, err := claim(dir, key); err != nil || again.Offset != time.Hour {
		t.Errorf("%+v (%v)", again, err)
	}
	foreign := t.TempDir()
	if err := os.WriteFile(filepath.Join(foreign, "letter.txt"), []byte("matters"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := claim(foreign, key); err == nil {
		t.Error("somebody else's folder was taken")
	}
	for address, want := range map[string]bool{
		"127.0.0.1:8090": true, "localhost:0": true, "[::1]:8090": true, "127.8.8.8:1": true,
		"0.0.0.0:8090": false, ":8090": false, "192.168.1.4:8090": false, "vuon.example:80": false, "127.0.0.1": false,
	} {
		if local(address) != want {
			t.Errorf("%s: %v", address, !want)
		}
	}
}
