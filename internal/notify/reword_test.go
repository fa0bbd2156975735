package notify_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/locale"
	"vuon/internal/notice"
	"vuon/internal/notify"
	"vuon/pb_public"
)

// rewording is a house with one reminder to somebody, and its manager.
func rewording(t testing.TB) (house core.App, box *kept, user *core.Record, by access.Actor) {
	t.Helper()
	box, id := &kept{}, ""
	house = post(t, box, notice.Rule{Key: "report_due", Class: notice.Reminder, Due: func(core.App, time.Time) ([]notice.Due, error) {
		return []notice.Due{{
			Dedup: "a", User: id, Link: "/app", Mail: true,
			Args: map[string]string{"report_vi": "Tháng 10", "report_en": "October", "startup": "Gốm <b>Lái</b>", "due": "2026-11-20"},
		}}, nil
	}})
	user = housetest.User(t, house)
	id = user.Id
	return house, box, user, housetest.Acting(t, house, access.Manager, access.House)
}

var ours = notify.Words{Subject: "Hạn {due} rồi đó", Body: "Báo cáo của {startup} & bạn bè.\n\nCảm ơn <b>bạn</b>.", Button: "Vào điền"}

// What managers say is said in mails and in inbox lines, in the language they said it in, and nowhere else.
func TestManagersHaveTheLastWord(t *testing.T) {
	t.Parallel()
	house, box, user, by := rewording(t)
	if err := notify.Reword(house, by, "report_due", locale.Vietnamese, ours, 0, housetest.Noon); err != nil {
		t.Fatal(err)
	}
	deliver(t, house, housetest.Noon)
	m := box.mails[0]
	if m.Subject != "Hạn 20 tháng 11, 2026 rồi đó" || !strings.Contains(m.Text, "Báo cáo của Gốm <b>Lái</b> & bạn bè.\n\nCảm ơn") || !strings.Contains(m.Text, "Vào điền:") {
		t.Errorf("mailed %q: %s", m.Subject, m.Text)
	}
	if strings.Contains(m.HTML, "<b>") {
		t.Error("words become markup")
	}
	server := housetest.Server(t, house)
	line := func(lang string) string {
		return housetest.Ask(t, server, user, "GET", "/api/vuon/inbox", "", "Accept-Language", lang).Body.String()
	}
	if !strings.Contains(line("vi"), "Hạn 20 tháng 11, 2026 rồi đó") || strings.Contains(line("en"), "rồi đó") {
		t.Errorf("inbox: %s %s", line("vi"), line("en"))
	}
	// Whoever has read the house's own words has not seen these.
	housetest.Refused(t, notify.Reword(house, by, "report_due", locale.Vietnamese, ours, 0, housetest.Noon), "record.stale")
	housetest.Refused(t, notify.Unreword(house, by, "report_due", locale.Vietnamese, 0, housetest.Noon), "record.stale")
	housetest.Refused(t, notify.Unreword(house, by, "report_due", locale.Vietnamese, 7, housetest.Noon), "record.stale")
	if err := notify.Unreword(house, by, "report_due", locale.Vietnamese, 1, housetest.Noon); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(line("vi"), "rồi đó") {
		t.Error("the original does not come back")
	}
	housetest.Well(t, house)
}

func TestWordsThatCannotBeSaidAreRefused(t *testing.T) { //nolint:tparallel // one house for all
	t.Parallel()
	house, _, user, by := rewording(t)
	for name, c := range map[string]struct {
		kind, code string
		change     func(*notify.Words)
	}{
		"unknown slot":   {"report_due", "text.slot", func(w *notify.Words) { w.Body = "Mã số thuế {tax_code}" }},
		"half a slot":    {"report_due", "text.slot", func(w *notify.Words) { w.Subject = "Hạn {due" }},
		"no subject":     {"report_due", "text.missing", func(w *notify.Words) { w.Subject = " " }},
		"no body":        {"report_due", "text.missing", func(w *notify.Words) { w.Body = "\n\n" }},
		"two lines":      {"report_due", "text.line", func(w *notify.Words) { w.Subject = "Hạn\r\nBcc: an@example.org" }},
		"a long subject": {"report_due", "text.long", func(w *notify.Words) { w.Subject = strings.Repeat("ơ", 121) }},
		"a long button":  {"report_due", "text.long", func(w *notify.Words) { w.Button = strings.Repeat("ơ", 41) }},
		"unknown kind":   {"nothing_known", "text.kind", func(*notify.Words) {}},
	} {
		said := ours
		c.change(&said)
		t.Run(name, func(t *testing.T) {
			housetest.Refused(t, notify.Reword(house, by, c.kind, locale.Vietnamese, said, 0, housetest.Noon), c.code)
			_, err := notify.Preview(house, by, c.kind, locale.Vietnamese, said)
			housetest.Refused(t, err, c.code)
		})
	}
	stranger := housetest.Actor(t, house, user, housetest.Noon)
	housetest.Refused(t, notify.Reword(house, stranger, "report_due", locale.English, ours, 0, housetest.Noon), "access.needs_manager")
	housetest.Refused(t, notify.Try(house, stranger, "report_due", locale.English, ours, housetest.Noon), "access.needs_manager")
	w, err := notify.Wordings.New(house)
	if err != nil {
		t.Fatal(err)
	}
	w.ProxyRecord().Load(map[string]any{"kind": "report_due", "lang": "vi", "subject": "{tax_code}", "body": "x"})
	if err := house.Save(w); err == nil {
		t.Error("a row written past the verb is stored")
	}
}

// Every kind can be looked at in both languages before anything is changed, and no slot stays open.
func TestEveryKindHasAPreview(t *testing.T) {
	t.Parallel()
	house, _, _, by := rewording(t)
	server, manager := housetest.Server(t, house), housetest.Holder(t, house, access.Manager, access.House)
	list := housetest.Ask(t, server, manager, "GET", "/api/vuon/notices/texts", "").Body.String()
	kinds := regexp.MustCompile(`"kind":"([a-z_.]+)"`).FindAllStringSubmatch(list, -1)
	if len(kinds) < 9 {
		t.Fatalf("the list: %s", list)
	}
	for _, kind := range kinds {
		said := ours
		if said.Subject, said.Body = "Một thư", "Một lời"; strings.HasPrefix(kind[1], "link.") {
			said.Subject = ""
		}
		for _, lang := range []locale.Lang{locale.Vietnamese, locale.English} {
			m, err := notify.Preview(house, by, kind[1], lang, said)
			if err != nil || !strings.Contains(m.HTML, "Một lời") || strings.Contains(m.Text, "{") {
				t.Errorf("%s in %s: %v %s", kind[1], lang, err, m.Text)
			}
		}
	}
}

func TestATestMailGoesToWhoAsks(t *testing.T) {
	t.Parallel()
	house, box, _, by := rewording(t)
	if err := notify.Try(house, by, "report_due", locale.Vietnamese, ours, night); err != nil {
		t.Fatal(err)
	}
	if len(box.mails) != 1 || box.mails[0].Kind != "test" || box.mails[0].Subject != "[Gửi thử] Hạn 20 tháng 11, 2026 rồi đó" || box.mails[0].Unsubscribe != "" {
		t.Errorf("mailed: %+v", box.mails)
	}
	if l := letters(t, house)[0]; l.User() != by.ID || l.Status() != notify.LetterSent {
		t.Errorf("to %s, %s", l.User(), l.Status())
	}
	housetest.Well(t, house)
}

// The frame of the editor shows what the house has written, and nothing that anybody else puts into it.
func TestTheFrameShowsOnlyWhatTheHouseWrote(t *testing.T) {
	t.Parallel()
	house, _, _, _ := rewording(t)
	server, manager := housetest.Server(t, house), housetest.Holder(t, house, access.Manager, access.House)
	answer := housetest.Ask(t, server, manager, "POST", "/api/vuon/notices/texts/report_due/vi/preview", `{"subject":"Hạn","body":"Lời"}`)
	var sent struct{ HTML, Seal string }
	if err := json.Unmarshal(answer.Body.Bytes(), &sent); err != nil {
		t.Fatalf("%v: %s", err, answer.Body)
	}
	show := func(html string) (int, http.Header) {
		got := housetest.Ask(t, server, nil, "POST", "/notices/preview", url.Values{"html": {html}, "seal": {sent.Seal}}.Encode(), "Content-Type", form)
		return got.Code, got.Header()
	}
	code, head := show(strings.ReplaceAll(sent.HTML, "\n", "\r\n"))
	if csp := head.Get("Content-Security-Policy"); code != http.StatusOK || !strings.HasPrefix(csp, "sandbox; default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'self'") {
		t.Errorf("%d under %q", code, csp)
	}
	if code, _ := show(sent.HTML + "<p>Mật khẩu của bạn?</p>"); code != http.StatusForbidden {
		t.Errorf("words of others are shown: %d", code)
	}
}

// What may stand in words is a short list, and nothing on it is about a person.
func TestWordsHaveOnlyKnownSlots(t *testing.T) {
	t.Parallel()
	slot := regexp.MustCompile(`\{([a-z_]+)\}`)
	words, err := locale.Open(pb_public.Files)
	if err != nil {
		t.Fatal(err)
	}
	known := notify.Slots()
	for key, said := range words.Keys(locale.Vietnamese) {
		if !strings.HasPrefix(key, "notice.") {
			continue
		}
		for _, found := range slot.FindAllStringSubmatch(said, -1) {
			if !known[found[1]] {
				t.Errorf("%s has the slot {%s}, which texts/*/samples.txt does not know", key, found[1])
			}
		}
	}
	for _, personal := range []string{"name", "full_name", "email", "phone", "address", "tax_code", "score", "outcome"} {
		if known[personal] {
			t.Errorf("{%s} may stand in mails", personal)
		}
	}
}
