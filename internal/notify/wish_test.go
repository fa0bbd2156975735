package notify_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/housetest"
	"vuon/internal/lifecycle"
	"vuon/internal/notice"
	"vuon/internal/notify"
)

// wishes is a house with reminders, one of them in the inbox alone, and something owed, and somebody in it.
func wishes(t testing.TB, n int) (house core.App, box *kept, u *core.Record, by access.Actor) {
	t.Helper()
	box, user := &kept{}, ""
	owed := reminding(notice.Transactional, &user, 1, "t")
	owed.Key = "report_returned"
	house = post(t, box, reminding(notice.Reminder, &user, n, "r"), owed,
		notice.Rule{Key: "report_late", Class: notice.Reminder, Due: func(core.App, time.Time) ([]notice.Due, error) {
			return []notice.Due{{Dedup: "inbox", User: user}}, nil
		}})
	u = housetest.User(t, house)
	user = u.Id
	return house, box, u, housetest.Actor(t, house, u, housetest.Noon)
}

func TestAWishIsKeptAndTold(t *testing.T) {
	t.Parallel()
	house, box, u, by := wishes(t, 1)
	for range 2 { // wishing it again is no second wish
		if err := notify.Wish(house, by, "report_due", notify.Off, housetest.Noon); err != nil {
			t.Fatal(err)
		}
	}
	deliver(t, house, housetest.Noon)
	if len(box.mails) != 1 || box.mails[0].Kind != "report_returned" {
		t.Errorf("mailed: %+v", box.mails)
	}
	told, err := lifecycle.Since(house, "notice_prefs.wish", housetest.Noon.Add(-time.Hour))
	if err != nil || len(told) != 1 || told[0].Actor() != u.Id {
		t.Errorf("the journal tells it %d times (%v)", len(told), err)
	}
	housetest.Well(t, house)
}

// What is owed cannot be switched off, by nobody and in no way.
func TestWhatIsOwedAlwaysComes(t *testing.T) {
	t.Parallel()
	house, _, u, by := wishes(t, 1)
	housetest.Refused(t, notify.Wish(house, by, "report_returned", notify.Off, housetest.Noon), "wish.always")
	housetest.Refused(t, notify.Wish(house, by, "nothing_known", notify.Off, housetest.Noon), "wish.kind")
	housetest.Refused(t, notify.Wish(house, by, "report_due", "hourly", housetest.Noon), "wish.mode")
	housetest.Refused(t, notify.Wish(house, access.Actor{}, "report_due", notify.Off, housetest.Noon), "access.sign_in")
	p, err := notify.Prefs.New(house)
	if err != nil {
		t.Fatal(err)
	}
	p.ProxyRecord().Load(map[string]any{"user": u.Id, "kind": "report_returned", "mode": "off"})
	if err := house.Save(p); fault.Code(err) != "wish.always" {
		t.Errorf("a row written past the verb: %v", err)
	}
}

// Whoever wants no more mails does not get those that were written already, and still finds the news in the inbox.
func TestWhoStopsIsSparedWhatWaits(t *testing.T) {
	t.Parallel()
	house, box, _, by := wishes(t, 2)
	if err := notify.Wish(house, by, "report_due", notify.Daily, housetest.Noon); err != nil {
		t.Fatal(err)
	}
	deliver(t, house, housetest.Noon)
	if got := statuses(t, house); got["queued"] != 2 {
		t.Fatalf("gathered: %v", got)
	}
	if err := notify.Wish(house, by, "report_due", notify.Off, housetest.Noon); err != nil {
		t.Fatal(err)
	}
	deliver(t, house, housetest.Noon.Add(24*time.Hour))
	if got := statuses(t, house); got["suppressed"] != 2 || len(box.mails) != 1 {
		t.Errorf("a day later: %v, %d mails", got, len(box.mails))
	}
	housetest.Well(t, house)
}

// stopLink is the link at the foot of the first mail of a kind, as a path.
func stopLink(t testing.TB, box *kept, kind string) string {
	t.Helper()
	for _, m := range box.mails {
		if m.Kind != kind {
			continue
		}
		u, err := url.Parse(m.Unsubscribe)
		if err != nil || m.Unsubscribe == "" {
			t.Fatalf("a %s without a way out: %q (%v)", kind, m.Unsubscribe, err)
		}
		if !strings.Contains(m.Text, m.Unsubscribe) || !strings.Contains(m.HTML, m.Unsubscribe) {
			t.Error("the foot does not show the way out")
		}
		return u.Path
	}
	t.Fatalf("no mail of the kind %s", kind)
	return ""
}

// forged is a link about something else, under the seal of the first.
func forged(t testing.TB, path, from, to string) string {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(path, "/u/"))
	if err != nil || !strings.Contains(string(raw), from) {
		t.Fatalf("%v: %q", err, raw)
	}
	return "/u/" + base64.RawURLEncoding.EncodeToString([]byte(strings.Replace(string(raw), from, to, 1)))
}

const form = "application/x-www-form-urlencoded"

// One click in a mail program, or the button of the page, ends one kind of mail. Looking at the page ends nothing.
func TestOneClickEndsOneKindOfMail(t *testing.T) {
	t.Parallel()
	house, box, u, _ := wishes(t, 1)
	deliver(t, house, housetest.Noon)
	path := stopLink(t, box, "report_due")
	server := housetest.Server(t, house)
	mode := func() string {
		all, err := notify.Prefs.All(house)
		if err != nil {
			t.Fatal(err)
		}
		if len(all) == 0 {
			return ""
		}
		return string(all[0].Mode())
	}
	knock := func(method, body string, status int, says string) {
		t.Helper()
		got := housetest.Ask(t, server, nil, method, path, body, "Accept", "text/html", "Content-Type", form)
		if got.Code != status || !strings.Contains(got.Body.String(), says) {
			t.Errorf("%s %q answers %d: %.300s", method, body, got.Code, got.Body)
		}
		if got.Header().Get("Cache-Control") != "private, no-store" || got.Header().Get("Referrer-Policy") != "no-referrer" {
			t.Error("the page of a secret link is kept somewhere")
		}
		if strings.Contains(got.Body.String(), u.Email()) {
			t.Error("the page says whose link it is")
		}
	}
	knock("GET", "", http.StatusOK, "Nhắc nộp báo cáo")
	knock("HEAD", "", http.StatusOK, "")
	if mode() != "" {
		t.Fatal("looking at the page has switched something off")
	}
	for range 2 {
		knock("POST", "List-Unsubscribe=One-Click", http.StatusOK, "report_due=now")
		if mode() != "off" {
			t.Fatalf("after one click: %q", mode())
		}
	}
	knock("POST", "do=back&was=report_due%3Dnow+report_returned%3Doff+x", http.StatusOK, "Nhắc nộp báo cáo")
	if mode() != "now" {
		t.Errorf("taken back: %q", mode())
	}
	whole := path
	for _, path = range []string{whole[:len(whole)-2] + "xx", forged(t, whole, "report_due", "report_law"), "/u/" + strings.Repeat("A", 60)} {
		knock("GET", "", http.StatusNotFound, "Đường dẫn này không đúng")
		knock("POST", "List-Unsubscribe=One-Click", http.StatusNotFound, "Đường dẫn này không đúng")
	}
	if mode() != "now" {
		t.Error("a forged link has switched something off")
	}
	housetest.Well(t, house)
}

// The link of a day's mail is about the kinds that the mail told of.
func TestTheLinkOfADaysMailIsAboutWhatItTold(t *testing.T) {
	t.Parallel()
	house, box, _, _ := wishes(t, 7)
	deliver(t, house, housetest.Noon)
	path, server := stopLink(t, box, "digest"), housetest.Server(t, house)
	if got := housetest.Ask(t, server, nil, "POST", path, "do=weekly", "Accept", "text/html", "Content-Type", form); got.Code != http.StatusOK {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	all, err := notify.Prefs.All(house)
	if err != nil || len(all) != 1 || all[0].Kind() != "report_due" || all[0].Mode() != notify.Weekly {
		t.Errorf("wished: %d (%v)", len(all), err)
	}
}

// Nobody is offered a way out of what is owed, nor is who has no account.
func TestWhatIsOwedHasNoWayOut(t *testing.T) {
	t.Parallel()
	box := &kept{}
	house := post(t, box, saying("report_due", notice.Reminder, notice.Due{Dedup: "a", Address: "an@example.org", Mail: true, Link: "/app"}))
	deliver(t, house, housetest.Noon)
	other, mails, _, _ := wishes(t, 1)
	deliver(t, other, housetest.Noon)
	for _, m := range append(box.mails, mails.mails...) {
		if m.Kind == "report_due" && m.To != "an@example.org" {
			continue
		}
		if m.Unsubscribe != "" || strings.Contains(m.Text, "/u/") {
			t.Errorf("%s to %s: %q", m.Kind, m.To, m.Unsubscribe)
		}
	}
}

// A reminder and a mail of the day as people of the house get them: why it came, and how to have no more.
func TestTheFootOfAReminder(t *testing.T) {
	t.Parallel()
	masked := regexp.MustCompile(`/u/[\w-]+`)
	for _, lang := range []string{"vi", "en"} {
		var page strings.Builder
		for _, n := range []int{1, 6} {
			house, box, u, _ := wishes(t, n)
			u.Set("locale", lang)
			housetest.Save(t, house, u)
			deliver(t, house, housetest.Noon)
			last := box.mails[len(box.mails)-1]
			_, foot, _ := strings.Cut(last.Text, "--\n")
			page.WriteString("Subject: " + last.Subject + "\n\n" + foot + last.HTML[strings.LastIndex(last.HTML, "<div"):])
		}
		housetest.Golden(t, "foot."+lang+".txt", masked.ReplaceAllString(page.String(), "/u/TOKEN"))
	}
}
