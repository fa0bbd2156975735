package notify_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"

	"vuon/internal/housetest"
	"vuon/internal/locale"
	"vuon/internal/notice"
	"vuon/internal/notify"
)

// A time that a mail tells of goes into the reader's calendar: whole, in their language, and without a secret.
func TestAMailCarriesItsTime(t *testing.T) {
	t.Parallel()
	due := time.Date(2026, 12, 20, 16, 59, 0, 0, time.UTC)
	day := time.Date(2026, 12, 5, 0, 0, 0, 0, locale.Zone)
	args := map[string]string{"report_vi": "Tháng 11, 2026", "report_en": "November 2026", "startup": "Gốm Lái Tech", "due": "2026-12-20"}
	one := func(name string, lang locale.Lang, secret string, when notice.When) notice.Due {
		return notice.Due{
			Dedup: name, Address: name + "@example.org", Locale: string(lang), Mail: true, Args: args, Link: "/app/reports/x",
			Secret: notice.Secret{Kind: secret}, When: when,
		}
	}
	box := &kept{}
	house := post(t, box, saying("report_due", notice.Reminder,
		one("a_deadline", locale.Vietnamese, "", notice.When{UID: "report.x", Starts: due, Ends: due}),
		one("b_secret", locale.English, "report", notice.When{UID: "report.x", Starts: due, Ends: due, Sequence: 2}),
		one("c_over", locale.Vietnamese, "", notice.When{UID: "report.x", Starts: due, Ends: due, Sequence: 2, Over: true}),
		one("d_days", locale.English, "", notice.When{UID: "fair.y", Starts: day, Ends: day.AddDate(0, 0, 2)}),
		one("e_none", locale.English, "", notice.When{}),
	))
	deliver(t, house, housetest.Noon)
	var page strings.Builder
	sequences := map[string]string{}
	for _, name := range []string{"a_deadline", "b_secret", "c_over", "d_days", "e_none"} {
		m := mailTo(t, box, name+"@example.org")
		page.WriteString("=== " + name + "\n" + strings.ReplaceAll(string(m.Calendar), "\r\n", "\n"))
		if m.Calendar == nil {
			continue
		}
		read, err := ical.NewDecoder(bytes.NewReader(m.Calendar)).Decode()
		if err != nil || len(read.Events()) != 1 {
			t.Fatalf("%s: %v", name, err)
		}
		sequences[name] = read.Events()[0].Props.Get("SEQUENCE").Value
		if title, err := read.Events()[0].Props.Text("SUMMARY"); err != nil || title != m.Subject {
			t.Errorf("%s is called %q, its mail %q (%v)", name, title, m.Subject, err)
		}
	}
	if sequences["a_deadline"] >= sequences["b_secret"] || sequences["b_secret"] >= sequences["c_over"] {
		t.Errorf("later files do not come later: %v", sequences)
	}
	if strings.Contains(page.String(), "very-secret") {
		t.Error("a secret link stands in a calendar")
	}
	housetest.Golden(t, "calendars.txt", page.String())
}

func mailTo(t *testing.T, box *kept, address string) notify.Mail {
	t.Helper()
	for _, m := range box.mails {
		if m.To == address {
			return m
		}
	}
	t.Fatalf("nobody wrote to %s", address)
	return notify.Mail{}
}

// What is asked again under its key is the same to the byte: a carrier that remembers would refuse another.
func TestTheTimeIsTheSameAtEveryAttempt(t *testing.T) {
	t.Parallel()
	due := housetest.Noon.Add(72 * time.Hour)
	box := &halting{kept: kept{}, fail: 1}
	house := post(t, box, saying("report_due", notice.Transactional, notice.Due{
		Dedup: "a", Address: "a@example.org", Mail: true, When: notice.When{UID: "report.x", Starts: due, Ends: due},
	}))
	deliver(t, house, housetest.Noon)
	deliver(t, house, housetest.Noon.Add(time.Hour))
	if len(box.mails) != 2 || box.mails[0].Calendar == nil || !bytes.Equal(box.mails[0].Calendar, box.mails[1].Calendar) {
		t.Errorf("%d attempts differ", len(box.mails))
	}
}

// halting refuses the first mails, and keeps them all the same.
type halting struct {
	kept
	fail int
}

func (h *halting) Send(m notify.Mail) (string, error) {
	id, err := h.kept.Send(m)
	if h.fail > 0 && err == nil {
		h.fail--
		return "", errors.New("421 not today")
	}
	return id, err
}
