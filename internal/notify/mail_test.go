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

	"vuon/internal/housetest"
	"vuon/internal/locale"
	"vuon/internal/notice"
	"vuon/internal/notify"
)

// Every mail of the house as a person reads it, in both languages. The page is for people to proofread.
func TestMailsPage(t *testing.T) {
	t.Parallel()
	for _, lang := range []locale.Lang{locale.Vietnamese, locale.English} {
		box := &kept{}
		house := post(t, box, saying("invitation", notice.Transactional, notice.Due{
			Dedup: "i", Address: "i@example.org", Locale: string(lang), Mail: true, Secret: notice.Secret{Kind: "invitation", ID: "x"},
		}), saying("report_due", notice.Reminder, notice.Due{
			Dedup: "r", Address: "r@example.org", Locale: string(lang), Mail: true, Secret: notice.Secret{Kind: "report", ID: "x"},
			Args: map[string]string{"report_vi": "Tháng 10, 2026", "report_en": "October 2026", "startup": "Gốm Lái Tech", "due": "2026-11-20"},
		}))
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
		for _, m := range box.mails {
			page.WriteString("=== " + m.Kind + "\nSubject: " + m.Subject + "\n\n" + token.ReplaceAllString(m.Text, "TOKEN"))
		}
		i := slices.IndexFunc(box.mails, func(m notify.Mail) bool { return m.Kind == "invitation" })
		rich.WriteString(box.mails[i].HTML)
		housetest.Golden(t, "mails."+string(lang)+".txt", page.String())
		housetest.Golden(t, "mail."+string(lang)+".html", rich.String())
	}
}

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
	slot := regexp.MustCompile(`\{[a-z_]+\}`)
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
