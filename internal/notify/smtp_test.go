package notify_test

import (
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/textproto"
	"strings"
	"sync"
	"testing"
	"time"

	"vuon/internal/housetest"
	"vuon/internal/locale"
	"vuon/internal/notify"
)

// smtpServer speaks as much of RFC 5321 as a client needs to hand over a mail.
type smtpServer struct {
	address string
	refuse  bool // to take any recipient
	cut     bool // the line once it has a mail, without a word
	mu      sync.Mutex
	mails   []string
}

func serveSMTP(t *testing.T) *smtpServer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // it ends with the test
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() }) //nolint:errcheck // the test is over
	s := &smtpServer{address: l.Addr().String()}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go s.talk(textproto.NewConn(conn))
		}
	}()
	return s
}

func (s *smtpServer) cutNext() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cut = true
}

func base64Of(r io.Reader) io.Reader { return base64.NewDecoder(base64.StdEncoding, r) }

func (s *smtpServer) talk(c *textproto.Conn) {
	defer c.Close() //nolint:errcheck // the client may have gone first
	say := func(line string) bool { return c.PrintfLine("%s", line) == nil }
	if !say("220 test") {
		return
	}
	for {
		line, err := c.ReadLine()
		if err != nil {
			return
		}
		switch verb, _, _ := strings.Cut(strings.ToUpper(line), " "); {
		case verb == "RCPT" && (s.refuse || strings.Contains(line, "@refused.")):
			say("550 nobody of that name")
		case verb == "DATA":
			say("354 go on")
			raw, err := io.ReadAll(c.DotReader())
			if err != nil {
				return
			}
			s.mu.Lock()
			s.mails = append(s.mails, string(raw))
			cut := s.cut
			s.mu.Unlock()
			if cut {
				return
			}
			say("250 taken")
		case verb == "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func TestAMailReachesAServer(t *testing.T) {
	t.Parallel()
	server := serveSMTP(t)
	sender, err := notify.SMTP("smtp://"+server.address, "Vườn <vuon@example.org>", clock)
	if err != nil {
		t.Fatal(err)
	}
	sent := notify.Mail{
		To: "an@example.org", Lang: locale.Vietnamese, Subject: "Mã đăng nhập của bạn", Text: "Chào bạn,\n", HTML: "<p>Chào bạn,</p>", Name: "letter0001",
	}
	if _, err := sender.Send(sent); err != nil {
		t.Fatal(err)
	}
	m, err := mail.ReadMessage(strings.NewReader(server.mails[0]))
	if err != nil {
		t.Fatal(err)
	}
	head := func(name string) string {
		text, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get(name))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	for name, want := range map[string]string{
		"Subject": sent.Subject, "To": sent.To, "From": "Vườn <vuon@example.org>", "Auto-Submitted": "auto-generated",
		"Message-Id": "<letter0001@example.org>", "Content-Language": "vi",
	} {
		if got := head(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	plain, rich := parts(t, m)
	if strings.TrimSpace(plain) != "Chào bạn," || strings.TrimSpace(rich) != sent.HTML {
		t.Errorf("text %q, html %q", plain, rich)
	}
}

// parts finds the two readings of a mail.
func parts(t *testing.T, m *mail.Message) (plain, rich string) {
	t.Helper()
	var walk func(kind string, body io.Reader, encoding string)
	walk = func(kind string, body io.Reader, encoding string) {
		kind, params, err := mime.ParseMediaType(kind)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(kind, "multipart/") {
			for r := multipart.NewReader(body, params["boundary"]); ; {
				p, err := r.NextRawPart()
				if err != nil {
					return
				}
				walk(p.Header.Get("Content-Type"), p, p.Header.Get("Content-Transfer-Encoding"))
			}
		}
		if encoding == "quoted-printable" {
			body = quotedprintable.NewReader(body)
		}
		raw, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		switch kind {
		case "text/html":
			rich = string(raw)
		case "text/plain":
			plain = string(raw)
		}
	}
	walk(m.Header.Get("Content-Type"), m.Body, m.Header.Get("Content-Transfer-Encoding"))
	return plain, rich
}

func TestAServerThatRefusesIsHeard(t *testing.T) {
	t.Parallel()
	server := serveSMTP(t)
	server.refuse = true
	sender, err := notify.SMTP("smtp://"+server.address, "vuon@example.org", clock)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sender.Send(notify.Mail{To: "an@example.org"}); err == nil || !strings.Contains(err.Error(), "550") {
		t.Errorf("refused with %v", err)
	}
}

func TestMailSettingsAreReadAndTheirSecretIsKept(t *testing.T) {
	t.Parallel()
	if sender, err := notify.SMTP("", "", clock); sender != nil || err != nil {
		t.Errorf("no address: %v, %v", sender, err)
	}
	for _, wrong := range [][2]string{{"smtp://u:s3cret@[::1", "a@example.org"}, {"smtp://u:s3cret@host:25", "nobody"}} {
		_, err := notify.SMTP(wrong[0], wrong[1], clock)
		if err == nil || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%v: %v", wrong, err)
		}
	}
}

// clock stands still at noon.
func clock() time.Time { return housetest.Noon }
