package notify_test

import (
	"io/fs"
	"net/mail"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/mails"
	"github.com/pocketbase/pocketbase/tools/mailer"

	"vuon/internal/app"
	"vuon/internal/housetest"
	"vuon/internal/locale"
	"vuon/internal/notice"
	"vuon/internal/notify"
)

// proofs are one notice of every rule of the house, to a reader of one language, with something invented in every slot.
func proofs(lang locale.Lang) (rules []notice.Rule) {
	for _, rule := range app.Notices() {
		due := notice.Due{
			Dedup: rule.Key, Address: rule.Key + "@example.org", Locale: string(lang), Mail: true, Link: "/app/" + rule.Key,
			Args: map[string]string{
				"title_vi": "Ươm tạo khóa 5", "title_en": "Incubation cohort 5", "receipt": "HS-7K2M-QX4B", "until": "2026-12-10T10:00:00Z",
				"report_vi": "Tháng 10, 2026", "report_en": "October 2026", "startup": "Gốm Lái Tech", "due": "2026-11-20", "n": "3",
				"at": "2026-11-20T01:15:00Z", "job": "open_reports", "seq": "1204", "month_vi": "Tháng 10, 2026", "month_en": "October 2026",
				"order": "7K2M9QXA", "amount_vi": "300.000 ₫", "amount_en": "300,000 ₫",
				"subject_vi": "Chỗ để xe", "subject_en": "Parking", "words_vi": "Xe máy gửi ở cổng B.\n\nCửa mở lúc 17 giờ 45.", "words_en": "Motorbikes park at gate B.\n\nDoors open at 17:45.",
			},
		}
		switch {
		case rule.Key == "invitation":
			due.Secret, due.Args = notice.Secret{Kind: "invitation", ID: "x"}, nil
		case rule.Key == "event_feedback":
			due.Secret = notice.Secret{Kind: "ticket", ID: "x"}
		case slices.Contains([]string{
			"order_asked", "order_received", "order_confirmed", "order_expired", "order_rejected", "order_cancelled", "order_attention", "order_resent",
			"order_unpaid", "event_cancelled", "event_moved", "event_soon", "refund_asked", "refund_paid",
		}, rule.Key):
			due.Secret = notice.Secret{Kind: "order", ID: "x"}
		case strings.HasPrefix(rule.Key, "report_") && rule.Key != "report_missed":
			due.Secret = notice.Secret{Kind: "report", ID: "x"}
		}
		rules = append(rules, saying(rule.Key, rule.Class, due))
	}
	return rules
}

// said is what stands in the HTML of a mail between the name of the centre and the foot, which all of them share.
var said = regexp.MustCompile(`(?s)</p>\n(.*)<div class="line soft"`)

// Every mail of the house as a person reads it, in both languages: one of each rule, and those that no rule sends. The pages
// are for people to proofread.
func TestMailsPage(t *testing.T) {
	t.Parallel()
	for _, lang := range []locale.Lang{locale.Vietnamese, locale.English} {
		box := &kept{}
		house := post(t, box, proofs(lang)...)
		deliver(t, house, housetest.Noon)
		for _, purpose := range []string{"sign_in", "email"} {
			to := notify.Reader{Address: purpose + "@example.org", Lang: lang, Name: "Nguyễn Thị Mai"}
			if err := notify.SendCode(house, purpose, to, "407193", housetest.Noon); err != nil {
				t.Fatal(err)
			}
		}
		pocketbases(t, house, lang)
		slices.SortStableFunc(box.mails, func(a, b notify.Mail) int { return strings.Compare(a.Kind, b.Kind) })
		var page, rich strings.Builder
		mailed := map[string]bool{}
		for _, m := range box.mails {
			mailed[m.Kind] = true
			page.WriteString("=== " + m.Kind + "\nSubject: " + m.Subject + "\n\n" + token.ReplaceAllString(m.Text, "TOKEN"))
			body := said.FindStringSubmatch(m.HTML)
			if body == nil {
				t.Fatalf("the HTML of %s has no body:\n%s", m.Kind, m.HTML)
			}
			rich.WriteString("<!-- " + m.Kind + " -->\n<h1>" + m.Subject + "</h1>\n" + token.ReplaceAllString(body[1], "TOKEN"))
			if left := slot.FindString(m.Subject + m.Text + body[1]); left != "" {
				t.Errorf("%s leaves %s open", m.Kind, left)
			}
		}
		for _, rule := range app.Notices() {
			if !mailed[rule.Key] {
				t.Errorf("nothing of %s is on the page", rule.Key)
			}
		}
		i := slices.IndexFunc(box.mails, func(m notify.Mail) bool { return m.Kind == "invitation" })
		housetest.Golden(t, "mails."+string(lang)+".txt", page.String())
		housetest.Golden(t, "mails."+string(lang)+".html", rich.String())
		housetest.Golden(t, "mail."+string(lang)+".html", box.mails[i].HTML)
	}
}

// slot is an open place in words.
var slot = regexp.MustCompile(`\{[a-z_]+\}`)

// token is what PocketBase makes anew each time.
var token = regexp.MustCompile(`eyJ[A-Za-z0-9_.-]+`)

// pocketbases lets PocketBase send each of its own mails to somebody.
func pocketbases(t testing.TB, house core.App, lang locale.Lang) {
	t.Helper()
	u := housetest.User(t, house)
	if err := house.RunInTransaction(func(tx core.App) error {
		u.Set("locale", string(lang))
		return tx.Save(u)
	}); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		mails.SendRecordPasswordReset(house, u), mails.SendRecordVerification(house, u), mails.SendRecordChangeEmail(house, u, "new@example.org"),
		mails.SendRecordAuthAlert(house, u, "a browser"), mails.SendRecordOTP(house, u, "otp", "407193"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestPocketBasesMailsTakeOurWay(t *testing.T) {
	t.Parallel()
	box := &kept{}
	house := post(t, box)
	pocketbases(t, house, locale.English)
	if len(box.mails) != 5 {
		t.Fatalf("%d mails", len(box.mails))
	}
	if m := box.mails[0]; m.Kind != "password_reset" || m.Lang != locale.English || !strings.HasPrefix(m.Link, "https://vuon.example/app/reset#ey") {
		t.Errorf("reset: %+v", m)
	}
	if m := box.mails[2]; m.To != "new@example.org" {
		t.Errorf("the change of address goes to %s", m.To)
	}
	for _, m := range box.mails {
		if found := token.FindString(m.Link); found != "" {
			nowhere(t, house, found)
		}
	}
	nowhere(t, house, "407193")
	housetest.Well(t, house)
}

// A mail that an operator's hook sends goes through the same sender, and stands in the same log.
func TestOtherMailsTakeOurWay(t *testing.T) {
	t.Parallel()
	box := &kept{}
	house := post(t, box)
	event := &core.MailerEvent{App: house, Message: &mailer.Message{To: []mail.Address{{Address: "an@example.org"}}, Subject: "Hello", Text: "…"}}
	if err := house.OnMailerSend().Trigger(event, func(*core.MailerEvent) error {
		t.Error("PocketBase sends it itself")
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(box.mails) != 1 || box.mails[0].Subject != "Hello" || letters(t, house)[0].Kind() != "other" {
		t.Errorf("mailed: %+v", box.mails)
	}
}

// Whoever writes a kind of mail writes it twice, with the same slots.
func TestBothLanguagesHaveTheSameMails(t *testing.T) {
	t.Parallel()
	files := os.DirFS("texts")
	list, err := fs.Glob(files, "*/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	slots := map[string][]string{}
	for _, file := range list {
		raw, err := fs.ReadFile(files, file)
		if err != nil {
			t.Fatal(err)
		}
		slots[file] = slot.FindAllString(string(raw), -1)
		slices.Sort(slots[file])
	}
	for file := range slots {
		other := "en/" + path.Base(file)
		if path.Dir(file) == "en" {
			other = "vi/" + path.Base(file)
		}
		theirs, ok := slots[other]
		if !ok || !slices.Equal(slices.Compact(slots[file]), slices.Compact(theirs)) {
			t.Errorf("%s and %s do not say the same", file, other)
		}
	}
	if len(list) < 18 {
		t.Errorf("only %d files", len(list))
	}
}
