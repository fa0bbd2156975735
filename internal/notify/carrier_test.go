package notify_test

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/mail"
	"reflect"
	"strings"
	"testing"
	"time"

	"vuon/internal/housetest"
	"vuon/internal/locale"
	"vuon/internal/notify"
)

// arrived is a mail as whoever carries it has taken it.
type arrived struct {
	To, From, Subject, Text, HTML string
	Headers                       map[string]string
	File, FileType                string
	Calendar                      []byte
}

// carriage is one carrier under test: our end, what it has taken, and how it is made to lose its answer.
type carriage struct {
	sender  notify.Sender
	arrived func(t *testing.T) []arrived
	cut     func() // the next mail is taken and not answered; nil: cannot happen
	refuses bool   // it knows addresses that it will not write to
}

// carriers are all ways a mail can leave the house.
var carriers = map[string]func(t *testing.T) carriage{
	"hosted": func(t *testing.T) carriage {
		t.Helper()
		f := serveHosted(t)
		return carriage{f.sender(t), f.arrived, func() { f.fails("cut") }, true}
	},
	"server": func(t *testing.T) carriage {
		t.Helper()
		s := serveSMTP(t)
		sender, err := notify.SMTP("smtp://"+s.address, "Vườn <vuon@example.org>", clock)
		if err != nil {
			t.Fatal(err)
		}
		return carriage{sender, s.arrived, s.cutNext, true}
	},
	"mailbox": func(t *testing.T) carriage {
		t.Helper()
		box := notify.NewMailbox(clock)
		return carriage{sender: box, arrived: func(*testing.T) (all []arrived) {
			for _, m := range box.Mails() {
				all = append(all, arrived{To: m.To, Subject: m.Subject, Text: m.Text, HTML: m.HTML, Calendar: m.Calendar})
			}
			return all
		}}
	},
}

func each(t *testing.T, check func(t *testing.T, c carriage)) {
	t.Helper()
	for name, open := range carriers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			check(t, open(t))
		})
	}
}

// letter is a mail with everything a mail can have.
func letter(n int, to string) notify.Mail {
	return notify.Mail{
		To: to, Lang: locale.Vietnamese, Subject: "Nhắc bạn: phiên cố vấn ngày mai lúc 9 giờ, phòng “Sông Hàn” — đừng quên nhé",
		Text: "Chào bạn,\n\nHẹn gặp bạn ngày mai.\n.\nMột dòng chỉ có dấu chấm ở trên.\n" + strings.Repeat("dài ", 400) + "\n",
		HTML: `<p lang="vi">Chào bạn, <a href="https://vuon.example/app?a=1&amp;b=2">ễ ữ ậ ₫</a></p>`,
		Name: fmt.Sprintf("letter%09d", n), Key: fmt.Sprint("key", n), Unsubscribe: "https://vuon.example/u/abc",
		Calendar: []byte("BEGIN:VCALENDAR\r\nSUMMARY:Phiên cố vấn\r\n" + strings.Repeat("X-A:0123456789\r\n", 40) + "END:VCALENDAR\r\n"),
	}
}

func TestWhatACarrierTakesArrivesOnceAndWhole(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c carriage) {
		t.Helper()
		m := letter(1, "an@example.org")
		if _, err := c.sender.Send(m); err != nil {
			t.Fatal(err)
		}
		all := c.arrived(t)
		if len(all) != 1 {
			t.Fatalf("%d mails arrived", len(all))
		}
		got := all[0]
		if trimmed := strings.TrimSpace(strings.ReplaceAll(got.Text, "\r\n", "\n")); got.To != m.To || got.Subject != m.Subject ||
			trimmed != strings.TrimSpace(m.Text) || strings.TrimSpace(got.HTML) != m.HTML || string(got.Calendar) != string(m.Calendar) {
			t.Errorf("arrived %+v", got)
		}
		if got.Headers == nil { // a mailbox keeps mails, not letters
			return
		}
		if got.From != "Vườn <vuon@example.org>" || got.File != "lich.ics" || got.FileType != "text/calendar; charset=utf-8; method=PUBLISH" {
			t.Errorf("from %q, file %q of type %q", got.From, got.File, got.FileType)
		}
		if want := map[string]string{
			"Auto-Submitted": "auto-generated", "Content-Language": "vi", "Message-ID": "<letter000000001@example.org>",
			"List-Unsubscribe": "<https://vuon.example/u/abc>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
		}; !reflect.DeepEqual(got.Headers, want) {
			t.Errorf("headers %v", got.Headers)
		}
	})
}

func TestWhatCannotBeDeclinedOffersNoWayOut(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c carriage) {
		t.Helper()
		m := letter(1, "an@example.org")
		m.Unsubscribe, m.Calendar = "", nil
		if _, err := c.sender.Send(m); err != nil {
			t.Fatal(err)
		}
		got := c.arrived(t)[0]
		if got.Headers["List-Unsubscribe"]+got.Headers["List-Unsubscribe-Post"]+got.File != "" || got.Calendar != nil {
			t.Errorf("arrived with %v and %q", got.Headers, got.File)
		}
	})
}

func TestARefusalIsForGood(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c carriage) {
		t.Helper()
		if !c.refuses {
			return
		}
		if _, err := c.sender.Send(letter(1, "an@refused.example")); !errors.Is(err, notify.ErrRefused) || errors.Is(err, notify.ErrUnsure) {
			t.Errorf("refused with %v", err)
		}
		if _, err := c.sender.Send(letter(2, "an@example.org\r\nBcc: binh@example.org")); !errors.Is(err, notify.ErrRefused) {
			t.Errorf("an address of two lines: %v", err)
		}
		if n := len(c.arrived(t)); n != 0 {
			t.Errorf("%d mails arrived", n)
		}
	})
}

func TestACarrierThatIsCutOffLeavesUsUnsure(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c carriage) {
		t.Helper()
		if c.cut == nil {
			return
		}
		c.cut()
		_, err := c.sender.Send(letter(1, "an@example.org"))
		if !errors.Is(err, notify.ErrUnsure) || len(c.arrived(t)) != 1 {
			t.Errorf("%v, %d mails", err, len(c.arrived(t)))
		}
		if _, remembers := c.sender.(notify.Bulk); !remembers {
			return
		}
		if id, err := c.sender.Send(letter(1, "an@example.org")); err != nil || id != "mail-1" || len(c.arrived(t)) != 1 {
			t.Errorf("asked again: %q, %v, %d mails", id, err, len(c.arrived(t)))
		}
	})
}

func TestACarrierThatCannotBeReachedIsAPlainNo(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // it ends at once
	if err != nil {
		t.Fatal(err)
	}
	nobody := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	smtp, err := notify.SMTP("smtp://"+nobody, "vuon@example.org", clock)
	if err != nil {
		t.Fatal(err)
	}
	hosted, err := notify.Hosted{Key: "k", URL: "http://" + nobody, From: "vuon@example.org", Now: clock}.Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []notify.Sender{smtp, hosted} {
		if _, err := s.Send(letter(1, "an@example.org")); plain(err) != nil {
			t.Errorf("%T: %v", s, err)
		}
	}
}

// plain is nil for an error that means: no, and it may go better later.
func plain(err error) error {
	busy := (*notify.Busy)(nil)
	if err == nil || errors.Is(err, notify.ErrRefused) || errors.Is(err, notify.ErrUnsure) || errors.Is(err, notify.ErrSeen) || errors.As(err, &busy) {
		return fmt.Errorf("not a plain no: %w", err)
	}
	return nil
}

func TestAHostedCarriersAnswersAreToldApart(t *testing.T) {
	t.Parallel()
	midnight := housetest.Noon.UTC().Truncate(24 * time.Hour).Add(24 * time.Hour)
	for how, want := range map[string]func(error) bool{
		"500":     func(err error) bool { return errors.Is(err, notify.ErrUnsure) },
		"busy":    func(err error) bool { return errors.Is(err, notify.ErrUnsure) }, // the other call may take it
		"half":    func(err error) bool { return errors.Is(err, notify.ErrUnsure) },
		"403":     func(err error) bool { return plain(err) == nil },
		"moved":   func(err error) bool { return plain(err) == nil },
		"slow":    func(err error) bool { return busyUntil(err, housetest.Noon.Add(40*time.Second), false) },
		"daily":   func(err error) bool { return busyUntil(err, midnight, true) },
		"monthly": func(err error) bool { return busyUntil(err, midnight, true) },
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			f := serveHosted(t)
			f.fails(how)
			if _, err := f.sender(t).Send(letter(1, "an@example.org")); !want(err) {
				t.Errorf("heard as %v", err)
			}
		})
	}
}

func busyUntil(err error, until time.Time, quota bool) bool {
	busy := (*notify.Busy)(nil)
	return errors.As(err, &busy) && busy.Until.Equal(until) && busy.Quota == quota
}

func TestAHostedCarrierIsPaced(t *testing.T) {
	t.Parallel()
	f := serveHosted(t)
	s := f.sender(t)
	f.fails("rate", "", "last")
	if _, err := s.Send(letter(1, "an@example.org")); err != nil || f.made != 2 {
		t.Fatalf("a second was not waited: %v after %d calls", err, f.made)
	}
	if _, err := s.Send(letter(2, "an@example.org")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Send(letter(3, "an@example.org")); !busyUntil(err, housetest.Noon.Add(30*time.Second), false) || f.made != 3 {
		t.Errorf("%v after %d calls: it was told that there is nothing left", err, f.made)
	}
}

func TestManyMailsInOneCall(t *testing.T) {
	t.Parallel()
	f := serveHosted(t)
	s := f.sender(t)
	mails := []notify.Mail{letter(1, "a@example.org"), letter(2, "b@refused.example"), letter(3, "c@example.org"), letter(4, "d@example.org")}
	for i := range mails[:3] {
		mails[i].Calendar = nil
	}
	for range 2 { // the second time it remembers
		got := s.SendAll("key", mails)
		if got[0].ID != "mail-1" || !errors.Is(got[1].Err, notify.ErrRefused) || got[2].ID != "mail-2" || !errors.Is(got[3].Err, notify.ErrRefused) {
			t.Errorf("outcomes %+v", got)
		}
	}
	if all := f.arrived(t); len(all) != 2 || all[1].To != "c@example.org" || all[1].Headers["Message-ID"] != "<letter000000003@example.org>" {
		t.Errorf("arrived %+v", all)
	}
	for _, o := range s.SendAll("key", mails[2:3]) {
		if !errors.Is(o.Err, notify.ErrSeen) {
			t.Errorf("other mails under the same key: %v", o.Err)
		}
	}
	for _, key := range []string{"", strings.Repeat("k", 257)} {
		if o := s.SendAll(key, mails[:1]); !errors.Is(o[0].Err, notify.ErrRefused) {
			t.Errorf("a key of %d: %v", len(key), o[0].Err)
		}
	}
	if s.Most() != 100 || s.Remembers() != 24*time.Hour {
		t.Error("it takes", s.Most(), "and remembers", s.Remembers())
	}
}

func TestOnePoisonousMailDoesNotKeepTheOthers(t *testing.T) {
	t.Parallel()
	f := serveHosted(t)
	mails := []notify.Mail{letter(1, "a@example.org"), letter(2, "b@poison.example"), letter(3, "c@refused.example")}
	for i := range mails {
		mails[i].Calendar = nil
	}
	for range 2 {
		got := f.sender(t).SendAll("key", mails)
		if got[0].Err != nil || got[1].Err != nil || !errors.Is(got[2].Err, notify.ErrRefused) {
			t.Errorf("outcomes %+v", got)
		}
	}
	if n := len(f.arrived(t)); n != 2 {
		t.Errorf("%d mails arrived", n)
	}
}

// arrived are the mails that the server has taken.
func (s *smtpServer) arrived(t *testing.T) (all []arrived) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, raw := range s.mails {
		m, err := mail.ReadMessage(strings.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		a := arrived{Headers: map[string]string{}}
		decoded := func(name string) string {
			text, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get(name))
			if err != nil {
				t.Fatal(err)
			}
			return text
		}
		a.To, a.From, a.Subject = decoded("To"), decoded("From"), decoded("Subject")
		a.Text, a.HTML = parts(t, m)
		for _, name := range []string{"Auto-Submitted", "Content-Language", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post"} {
			if text := m.Header.Get(name); text != "" {
				a.Headers[name] = text
			}
		}
		if m, err = mail.ReadMessage(strings.NewReader(raw)); err != nil {
			t.Fatal(err)
		}
		a.file(t, m)
		all = append(all, a)
	}
	return all
}

// file finds what is attached to a mail.
func (a *arrived) file(t *testing.T, m *mail.Message) {
	t.Helper()
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := r.NextPart()
		if err != nil {
			return
		}
		if p.FileName() == "" {
			continue
		}
		raw, err := io.ReadAll(base64Of(p))
		if err != nil {
			t.Fatal(err)
		}
		a.File, a.FileType, a.Calendar = p.FileName(), p.Header.Get("Content-Type"), raw
	}
}
