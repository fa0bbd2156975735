package notify_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/housetest"
	"vuon/internal/locale"
	"vuon/internal/notice"
	"vuon/internal/notify"
	"vuon/pb_public"
)

// night is eleven in the evening in Ho Chi Minh City.
var night = time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)

// post furnishes a house whose post office tells what the rules say and sends through sender.
func post(t testing.TB, sender notify.Sender, rules ...notice.Rule) core.App {
	t.Helper()
	house := housetest.App(t)
	rebind(t, house, sender, rules...)
	return house
}

// rebind opens the post office of a house anew, as a restart would.
func rebind(t testing.TB, house core.App, sender notify.Sender, rules ...notice.Rule) {
	t.Helper()
	words, err := locale.Open(pb_public.Files)
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return housetest.Noon }
	if clock, ok := sender.(interface{ now() time.Time }); ok {
		now = clock.now
	}
	notify.Bind(house, notify.Needs{
		Rules: func() []notice.Rule { return rules },
		Reader: func(app core.App, id string) (notify.Reader, error) {
			u, err := app.FindRecordById("users", id)
			if err != nil {
				return notify.Reader{}, err
			}
			return notify.Reader{
				ID: id, Name: u.GetString("full_name"), Address: u.Email(), Lang: locale.Lang(u.GetString("locale")),
				Gone: u.GetString("status") != "active",
			}, nil
		},
		Secret: func(_ core.App, s notice.Secret, _ time.Time) (string, error) {
			if s.ID == "revoked" {
				return "", fault.Gone("invitation.over")
			}
			return "/app/" + s.Kind + "/very-secret", nil
		},
		Heard: notify.HostedEvents(hookSecret),
		Seal:  func(core.App) ([]byte, error) { return []byte("a seal of the tests"), nil },
		Centre: func(core.App) (locale.Pair, error) {
			return locale.Pair{VI: "Trung tâm Thử nghiệm", EN: "Test Centre"}, nil
		},
		PublicURL: func(core.App) string { return "https://vuon.example" },
		Topics:    func() []string { return []string{"application.submit", "intake.open", "offer.accept"} },
		Words:     words, Sender: sender, Now: now, Random: rand.Reader, Near: true,
	})
}

// saying is a rule that always has the same to say.
func saying(key string, class notice.Class, due ...notice.Due) notice.Rule {
	return notice.Rule{Key: key, Class: class, Due: func(core.App, time.Time) ([]notice.Due, error) { return due, nil }}
}

// carriers for the tests: one that keeps what it is given, and one that never gets through.
type kept struct {
	mu    sync.Mutex
	mails []notify.Mail
}

func (k *kept) Send(m notify.Mail) (string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.mails = append(k.mails, m)
	return "", nil
}

type broken struct{ tried int }

func (b *broken) Send(notify.Mail) (string, error) {
	b.tried++
	return "", errors.New("421 not today")
}

func letters(t testing.TB, house core.App) []*notify.Letter {
	t.Helper()
	all, err := notify.Outbox.All(house)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func deliver(t testing.TB, house core.App, now time.Time) {
	t.Helper()
	if err := notify.Deliver(house, now); err != nil {
		t.Fatalf("deliver: %v", err)
	}
}

func TestDeliveringTwiceTellsOnce(t *testing.T) {
	t.Parallel()
	box := &kept{}
	user := ""
	house := post(t, box, notice.Rule{Key: "test", Class: notice.Transactional, Due: func(core.App, time.Time) ([]notice.Due, error) {
		return []notice.Due{
			{Dedup: "receipt:1", User: user, Link: "/app/applications/1", Mail: true},
			{Dedup: "receipt:1", User: user, Link: "/app/applications/1", Mail: true}, // a rule that repeats itself
			{Dedup: "bell:1", User: user, Link: "/app"},
			{Dedup: "outside:1", Address: "an@example.org", Locale: "en", Mail: true},
		}, nil
	}})
	user = housetest.User(t, house).Id
	for range 3 {
		deliver(t, house, housetest.Noon)
	}
	items, err := notify.InboxItems.All(house, dbx.HashExp{"user": user})
	if err != nil || len(items) != 2 {
		t.Errorf("%d lines in the inbox, want 2 (%v)", len(items), err)
	}
	if len(box.mails) != 2 {
		t.Errorf("%d mails, want 2", len(box.mails))
	}
	for _, l := range letters(t, house) {
		if l.Status() != notify.LetterSent || l.SentAt().IsZero() {
			t.Errorf("letter %s is %s", l.Kind(), l.Status())
		}
	}
	housetest.Well(t, house)
}

func TestALetterIsTriedAgainAndGivenUp(t *testing.T) {
	t.Parallel()
	out := &broken{}
	house := post(t, out, saying("test", notice.Transactional, notice.Due{Dedup: "a", Address: "an@example.org", Mail: true}))
	now := housetest.Noon
	deliver(t, house, now)
	deliver(t, house, now) // too early
	if out.tried != 1 {
		t.Fatalf("tried %d times at once", out.tried)
	}
	for range 20 {
		now = now.Add(7 * time.Hour)
		deliver(t, house, now)
	}
	l := letters(t, house)[0]
	if l.Status() != notify.LetterFailed || out.tried != 7 || !strings.Contains(l.Said(), "not today") {
		t.Errorf("%s after %d attempts: %q", l.Status(), out.tried, l.Said())
	}
	housetest.Well(t, house)
}

func TestWithoutAMailServerTheLogSaysSo(t *testing.T) {
	t.Parallel()
	house := post(t, nil, saying("test", notice.Transactional, notice.Due{Dedup: "a", Address: "an@example.org", Mail: true}))
	deliver(t, house, housetest.Noon)
	if l := letters(t, house)[0]; l.Status() != notify.LetterFailed || !strings.Contains(l.Said(), "VUON_SMTP_URL") {
		t.Errorf("%s: %q", l.Status(), l.Said())
	}
}

func TestNobodyIsRemindedAtNight(t *testing.T) {
	t.Parallel()
	box := &kept{}
	house := post(t, box,
		saying("test", notice.Reminder, notice.Due{Dedup: "r", Address: "an@example.org", Mail: true}),
		saying("test", notice.Transactional, notice.Due{Dedup: "t", Address: "binh@example.org", Mail: true}))
	deliver(t, house, night)
	if len(box.mails) != 1 || box.mails[0].To != "binh@example.org" {
		t.Fatalf("at night went out: %v", box.mails)
	}
	deliver(t, house, night.Add(8*time.Hour)) // seven in the morning
	if len(box.mails) != 1 {
		t.Fatal("reminded before half past seven")
	}
	deliver(t, house, night.Add(8*time.Hour+30*time.Minute))
	if len(box.mails) != 2 || box.mails[1].To != "an@example.org" {
		t.Fatalf("in the morning went out: %v", box.mails)
	}
}

func TestAReminderThatIsTooLateIsNotSent(t *testing.T) {
	t.Parallel()
	out := &broken{}
	house := post(t, out, saying("test", notice.Reminder, notice.Due{Dedup: "r", Address: "an@example.org", Mail: true}))
	deliver(t, house, housetest.Noon)
	deliver(t, house, housetest.Noon.Add(72*time.Hour))
	if l := letters(t, house)[0]; l.Status() != notify.LetterStale || out.tried != 1 {
		t.Errorf("%s after %d attempts", l.Status(), out.tried)
	}
}

func TestWhoIsGoneIsNotWrittenTo(t *testing.T) {
	t.Parallel()
	box := &kept{}
	user := ""
	house := post(t, box, notice.Rule{Key: "test", Class: notice.Transactional, Due: func(core.App, time.Time) ([]notice.Due, error) {
		return []notice.Due{{Dedup: "a", User: user, Mail: true}}, nil
	}})
	u := housetest.User(t, house)
	user = u.Id
	if _, err := house.NonconcurrentDB().NewQuery("UPDATE users SET status = 'suspended'").Execute(); err != nil {
		t.Fatal(err)
	}
	deliver(t, house, housetest.Noon)
	if l := letters(t, house)[0]; l.Status() != notify.LetterSuppressed || len(box.mails) != 0 {
		t.Errorf("%s, %d mails", l.Status(), len(box.mails))
	}
}

// A process that died between the mail server's yes and the mark leaves a letter on its way. It is given up, not repeated.
func TestALetterLostOnItsWayIsNotSentAgain(t *testing.T) {
	t.Parallel()
	box := &kept{}
	house := post(t, box, saying("test", notice.Transactional, notice.Due{Dedup: "a", Address: "an@example.org", Mail: true}))
	died := errors.New("power cut")
	house.OnRecordUpdate(notify.Outbox.Collection).BindFunc(func(e *core.RecordEvent) error {
		if died != nil && e.Record.GetString("status") == string(notify.LetterSent) {
			return died
		}
		return e.Next()
	})
	if err := notify.Deliver(house, housetest.Noon); err == nil {
		t.Fatal("the mark was made")
	}
	died = nil
	deliver(t, house, housetest.Noon.Add(10*time.Minute))
	if l := letters(t, house)[0]; l.Status() != notify.LetterSending {
		t.Fatalf("after ten minutes it is %s", l.Status())
	}
	deliver(t, house, housetest.Noon.Add(31*time.Minute))
	if l := letters(t, house)[0]; l.Status() != notify.LetterLost || len(box.mails) != 1 {
		t.Errorf("%s, %d mails", l.Status(), len(box.mails))
	}
	housetest.Well(t, house)
}

func TestARuleInTroubleDoesNotHoldUpTheOthers(t *testing.T) {
	t.Parallel()
	box := &kept{}
	house := post(t, box,
		notice.Rule{Key: "bad", Class: notice.Transactional, Due: func(core.App, time.Time) ([]notice.Due, error) { return nil, errors.New("bad day") }},
		saying("test", notice.Transactional, notice.Due{Dedup: "gone", Address: "an@example.org", Mail: true, Secret: notice.Secret{Kind: "invitation", ID: "revoked"}}),
		saying("test", notice.Transactional, notice.Due{Dedup: "b", Address: "binh@example.org", Mail: true}))
	if err := notify.Deliver(house, housetest.Noon); err == nil || !strings.Contains(err.Error(), "bad day") {
		t.Errorf("the trouble is kept quiet: %v", err)
	}
	if len(box.mails) != 1 || box.mails[0].To != "binh@example.org" {
		t.Errorf("sent: %v", box.mails)
	}
	i := slices.IndexFunc(letters(t, house), func(l *notify.Letter) bool { return l.Secret().ID == "revoked" })
	if l := letters(t, house)[i]; l.Status() != notify.LetterFailed { // a link that has run out will not come back
		t.Errorf("the revoked invitation is %s", l.Status())
	}
}

func TestASecretLinkIsMadeAtTheMomentOfSendingAndNotStored(t *testing.T) {
	t.Parallel()
	box := &kept{}
	house := post(t, box, saying("invited", notice.Transactional,
		notice.Due{Dedup: "a", Address: "an@example.org", Mail: true, Secret: notice.Secret{Kind: "invitation", ID: "x"}}))
	deliver(t, house, housetest.Noon)
	if len(box.mails) != 1 || box.mails[0].Link != "https://vuon.example/app/invitation/very-secret" {
		t.Fatalf("mailed: %+v", box.mails)
	}
	nowhere(t, house, "very-secret")
}

func TestACodeIsStoredNowhere(t *testing.T) {
	t.Parallel()
	for name, inTransaction := range map[string]bool{"alone": false, "in a transaction": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := &kept{}
			house := post(t, box)
			send := func(app core.App) error {
				return notify.SendCode(app, "sign_in", notify.Reader{Address: "an@example.org", Lang: locale.English}, "4071930", housetest.Noon)
			}
			var err error
			if inTransaction {
				err = house.RunInTransaction(func(tx core.App) error {
					err := send(tx)
					if len(box.mails) != 0 {
						t.Error("sent before the transaction was through")
					}
					return err
				})
			} else {
				err = send(house)
			}
			if err != nil || len(box.mails) != 1 {
				t.Fatalf("%d mails (%v)", len(box.mails), err)
			}
			m := box.mails[0]
			if m.Code != "4071930" || !strings.Contains(m.Text, m.Code) || !strings.Contains(m.HTML, m.Code) || strings.Contains(m.Subject, m.Code) {
				t.Errorf("mailed: %+v", m)
			}
			if l := letters(t, house)[0]; l.Status() != notify.LetterSent || l.Kind() != "code.sign_in" {
				t.Errorf("the log says %s %s", l.Kind(), l.Status())
			}
			nowhere(t, house, "4071930")
			housetest.Well(t, house)
		})
	}
}

func TestARolledBackTransactionMailsNothing(t *testing.T) {
	t.Parallel()
	box := &kept{}
	house := post(t, box)
	undone := errors.New("undone")
	err := house.RunInTransaction(func(tx core.App) error {
		return errors.Join(notify.SendCode(tx, "sign_in", notify.Reader{Address: "an@example.org"}, "407193", housetest.Noon), undone)
	})
	if !errors.Is(err, undone) || len(box.mails) != 0 || len(letters(t, house)) != 0 {
		t.Errorf("%v, %d mails", err, len(box.mails))
	}
}

// nowhere ends the test if a secret stands in any text of the database, the journal included.
func nowhere(t testing.TB, house core.App, secret string) {
	t.Helper()
	all, err := house.FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		if c.IsView() {
			continue
		}
		var rows []dbx.NullStringMap
		if err := house.DB().Select("*").From(c.Name).All(&rows); err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for column, value := range row {
				if strings.Contains(value.String, secret) {
					t.Errorf("%s.%s holds the secret", c.Name, column)
				}
			}
		}
	}
}

// Two processes that deliver at once send every letter once. The guard of the outbox's life is what keeps them apart: with
// it, and the revision behind it, taken away, both send.
func TestRaceTwoDeliveriesSendOnce(t *testing.T) {
	t.Parallel()
	const notices = 12
	together := func(off ...string) (core.App, int) {
		box := &kept{}
		due := make([]notice.Due, notices)
		for i := range due {
			due[i] = notice.Due{Dedup: fmt.Sprint("n", i), Address: "an@example.org", Mail: true}
		}
		house := post(t, box, saying("test", notice.Transactional, due...))
		for _, id := range off {
			house.OnRecordUpdateExecute(notify.Outbox.Collection).Unbind(id)
		}
		housetest.Race(4, func(int) error { return notify.Deliver(house, housetest.Noon) })
		return house, len(box.mails)
	}
	house, n := together()
	if n != notices {
		t.Errorf("%d mails for %d notices", n, notices)
	}
	housetest.Well(t, house)
	housetest.Until(t, func() bool {
		_, n := together("lifecycle.outbox", "record.revised.outbox")
		return n != notices
	})
}

// slow is a carrier that takes twenty seconds for a mail, by the clock of the house.
type slow struct {
	kept
	clock time.Time
}

func (s *slow) now() time.Time { return s.clock }

func (s *slow) Send(m notify.Mail) (string, error) {
	s.clock = s.clock.Add(20 * time.Second)
	return s.kept.Send(m)
}

// A delivery that begins before nine in the evening and goes on after it reminds nobody at night, and leaves the rest for
// another one when its turn is over.
func TestASlowCarrierRemindsNobodyAtNight(t *testing.T) {
	t.Parallel()
	for begins, want := range map[string]int{"2026-11-23 20:59": 3, "2026-11-23 12:00": 15} {
		t.Run(begins, func(t *testing.T) {
			t.Parallel()
			box, due := &slow{clock: housetest.Local(t, begins)}, make([]notice.Due, 20)
			for i := range due {
				due[i] = notice.Due{Dedup: fmt.Sprint("n", i), Address: fmt.Sprintf("a%d@example.org", i), Mail: true}
			}
			deliver(t, post(t, box, saying("report_due", notice.Reminder, due...)), box.clock)
			if len(box.mails) != want {
				t.Errorf("%d mails went, want %d", len(box.mails), want)
			}
		})
	}
}

// To ask every rule each minute is dear: at night nothing of those that remind could go, and they are left alone.
func TestNobodyLooksForRemindersAtNight(t *testing.T) {
	t.Parallel()
	asked := map[string]int{}
	counting := func(key string, class notice.Class) notice.Rule {
		return notice.Rule{Key: key, Class: class, Due: func(core.App, time.Time) ([]notice.Due, error) {
			asked[key]++
			return nil, nil
		}}
	}
	house := post(t, &kept{}, counting("report_due", notice.Reminder), counting("worklist", notice.Digest), counting("report_opened", notice.Transactional))
	for _, at := range []string{"2026-11-22 12:00", "2026-11-23 03:00", "2026-11-23 08:00", "2026-11-23 21:00"} { // the first is a Sunday
		deliver(t, house, housetest.Local(t, at))
	}
	if asked["report_due"] != 1 || asked["worklist"] != 1 || asked["report_opened"] != 4 {
		t.Errorf("asked %v", asked)
	}
}
