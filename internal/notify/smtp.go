package notify

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"net/url"
	"time"
)

// How long a mail server may take: to let us in, and to take one mail.
const (
	knocking = 10 * time.Second
	slowest  = 30 * time.Second
)

// SMTP sends through the server at address, smtp://user:password@host:port or smtps://…; a server that offers TLS on an
// smtp address is spoken to under TLS. from is "address" or "name <address>", now dates the mails.
// An empty address is no sender and no error.
func SMTP(address, from string, now func() time.Time) (Sender, error) {
	if address == "" {
		return nil, nil //nolint:nilnil // a house without mail is a house
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("the address of the mail server cannot be read") // err would repeat the password
	}
	sender, err := mail.ParseAddress(from)
	if err != nil {
		return nil, fmt.Errorf("read the address that mails come from: %w", err)
	}
	s := &server{host: u.Hostname(), port: u.Port(), secure: u.Scheme == "smtps", from: *sender, now: now}
	if s.port == "" {
		s.port = map[bool]string{true: "465", false: "587"}[s.secure]
	}
	if u.User != nil {
		password, _ := u.User.Password()
		s.auth = smtp.PlainAuth("", u.User.Username(), password, s.host) // it says no password without TLS, but to this machine
	}
	return s, nil
}

// server is a mail server that forgets: what it may have taken is not sent again.
type server struct {
	host, port string
	secure     bool // speaks TLS from the first byte
	auth       smtp.Auth
	from       mail.Address
	now        func() time.Time
}

// Send hands one mail over. Until the mail's last line has been sent any trouble is a plain no; from then on only the
// server's word says what became of it.
func (s *server) Send(m Mail) (string, error) {
	if err := m.addressed(); err != nil {
		return "", err
	}
	raw, err := envelope{s.from, s.now()}.around(m)
	if err != nil {
		return "", err
	}
	bounded, cancel := context.WithTimeout(context.Background(), slowest)
	defer cancel()
	conn, err := (&net.Dialer{Timeout: knocking}).DialContext(bounded, "tcp", net.JoinHostPort(s.host, s.port))
	if err != nil {
		return "", fmt.Errorf("reach the mail server: %w", err)
	}
	defer context.AfterFunc(bounded, func() { conn.Close() })() //nolint:errcheck // whoever waits on it is told
	if s.secure {
		conn = tls.Client(conn, &tls.Config{ServerName: s.host, MinVersion: tls.VersionTLS12})
	}
	client, err := smtp.NewClient(conn, s.host)
	if err != nil {
		return "", errors.Join(fmt.Errorf("be let in by the mail server: %w", err), conn.Close())
	}
	defer client.Close() //nolint:errcheck // it has been told to go already
	if err := s.enter(client); err != nil {
		return "", fmt.Errorf("be let in by the mail server: %w", err)
	}
	if err := deposit(client, s.from.Address, m.To, raw); err != nil {
		return "", err
	}
	_ = client.Quit() // the mail is theirs, however they take leave
	return "", nil
}

// enter brings the talk to where mails are taken.
func (s *server) enter(client *smtp.Client) error {
	if ok, _ := client.Extension("STARTTLS"); ok && !s.secure {
		if err := client.StartTLS(&tls.Config{ServerName: s.host, MinVersion: tls.VersionTLS12}); err != nil {
			return err
		}
	}
	if s.auth == nil {
		return nil
	}
	return client.Auth(s.auth)
}

// deposit hands the written mail over.
func deposit(client *smtp.Client, from, to string, raw []byte) error {
	if err := client.Mail(from); err != nil {
		return answered(err)
	}
	if err := client.Rcpt(to); err != nil {
		return answered(err)
	}
	w, err := client.Data()
	if err != nil {
		return answered(err)
	}
	if _, err := w.Write(raw); err != nil {
		return err
	}
	err = w.Close()
	if said := (*textproto.Error)(nil); err != nil && !errors.As(err, &said) {
		return fmt.Errorf("%w: %w", ErrUnsure, err)
	}
	return answered(err)
}

// answered tells a no for good from one for now.
func answered(err error) error {
	if said := (*textproto.Error)(nil); errors.As(err, &said) && said.Code >= 500 {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return err
}
