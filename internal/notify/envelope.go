package notify

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"slices"
	"strings"
	"time"
	"unicode"

	"vuon/internal/booking/ics"
)

// calendarFile is the file in which a mail carries a time.
const calendarFile = "lich.ics"

// headers are what a mail says of itself besides subject and addresses, whoever carries it. domain is that of the address
// which it comes from.
func (m Mail) headers(domain string) map[string]string {
	all := map[string]string{"Auto-Submitted": "auto-generated", "Content-Language": string(m.Lang)}
	if m.Name != "" && domain != "" {
		all["Message-ID"] = "<" + m.Name + "@" + domain + ">"
	}
	if m.Unsubscribe != "" {
		all["List-Unsubscribe"] = "<" + m.Unsubscribe + ">"
		all["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click" // RFC 8058: mail programs ask by themselves
	}
	return all
}

// addressed refuses an address with which more than an address could be said.
func (m Mail) addressed() error {
	if strings.ContainsFunc(m.To, unicode.IsControl) {
		return fmt.Errorf("%w: an address is one line", ErrRefused)
	}
	return nil
}

// domainOf returns what follows the @ of an address.
func domainOf(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }

// envelope is what a mail server reads of a mail before the mail.
type envelope struct {
	from mail.Address
	at   time.Time
}

// around writes a mail as RFC 5322 has it: both readings as alternatives, and the calendar beside them. PocketBase's mailer
// would guess the type of the calendar, and leave out its method.
func (e envelope) around(m Mail) ([]byte, error) {
	var out bytes.Buffer
	body := multipart.NewWriter(&out)
	head := m.headers(domainOf(e.from.Address))
	head["From"], head["To"], head["Date"] = e.from.String(), m.To, e.at.UTC().Format(time.RFC1123Z)
	head["Subject"] = mime.QEncoding.Encode("utf-8", m.Subject)
	head["MIME-Version"] = "1.0"
	head["Content-Type"] = multipartOf("mixed", body)
	for _, name := range slices.Sorted(maps.Keys(head)) {
		out.WriteString(name + ": " + head[name] + "\r\n")
	}
	out.WriteString("\r\n")
	err := m.readings(body)
	if err == nil && m.Calendar != nil {
		err = attach(body, m.Calendar)
	}
	if err == nil {
		err = body.Close()
	}
	return out.Bytes(), err
}

// readings writes the text and the HTML; a program shows the last that it can.
func (m Mail) readings(into *multipart.Writer) error {
	var out bytes.Buffer
	both := multipart.NewWriter(&out)
	for _, part := range [][2]string{{"text/plain", m.Text}, {"text/html", m.HTML}} {
		if part[1] == "" && m.Text+m.HTML != "" {
			continue
		}
		w, err := both.CreatePart(textproto.MIMEHeader{
			"Content-Type": {part[0] + "; charset=utf-8"}, "Content-Transfer-Encoding": {"quoted-printable"},
		})
		if err != nil {
			return err
		}
		quoted := quotedprintable.NewWriter(w)
		if _, err := io.WriteString(quoted, part[1]); err != nil {
			return err
		}
		if err := quoted.Close(); err != nil {
			return err
		}
	}
	if err := both.Close(); err != nil {
		return err
	}
	w, err := into.CreatePart(textproto.MIMEHeader{"Content-Type": {multipartOf("alternative", both)}})
	if err == nil {
		_, err = w.Write(out.Bytes())
	}
	return err
}

// attach adds the calendar, in the lines of 76 characters that RFC 2045 asks for.
func attach(into *multipart.Writer, file []byte) error {
	w, err := into.CreatePart(textproto.MIMEHeader{
		"Content-Type": {ics.Type(file)}, "Content-Transfer-Encoding": {"base64"},
		"Content-Disposition": {mime.FormatMediaType("attachment", map[string]string{"filename": calendarFile})},
	})
	if err != nil {
		return err
	}
	for line := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString(file)), 76) {
		if _, err := w.Write(append(line[:len(line):len(line)], "\r\n"...)); err != nil {
			return err
		}
	}
	return nil
}

func multipartOf(kind string, w *multipart.Writer) string {
	return mime.FormatMediaType("multipart/"+kind, map[string]string{"boundary": w.Boundary()})
}
