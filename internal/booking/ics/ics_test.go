package ics_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"

	"vuon/internal/booking/ics"
	"vuon/internal/locale"
)

// noon is at five in the afternoon in Ho Chi Minh City.
var noon = time.Date(2026, 11, 30, 10, 0, 0, 0, time.UTC)

func published(events ...ics.Event) ics.Calendar {
	return ics.Calendar{House: "Vườn ươm Thử nghiệm", Lang: "vi", Method: ics.Publish, Events: events}
}

func deadline(summary string) ics.Event {
	return ics.Event{UID: "report.1@vuon", Stamp: noon, Starts: noon, Ends: noon, Summary: summary}
}

// The file as calendars get it: a deadline, a session with everything, two whole days.
func TestACalendarIsWrittenAsTheStandardHasIt(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 12, 5, 0, 0, 0, 0, locale.Zone)
	file := write(t, published(
		ics.Event{UID: "report.1@vuon", Stamp: noon, Starts: noon, Ends: noon, Summary: "Báo cáo tháng 11; đến hạn", URL: "https://vuon.example/app/reports/1"},
		ics.Event{
			UID: "session.7@vuon", Sequence: 3, Stamp: noon, Starts: noon, Ends: noon.Add(90 * time.Minute), Alarm: time.Hour, Place: `Phòng "Sen", tầng 2`,
			Summary: "Phiên cố vấn với doanh nghiệp khởi nghiệp có một cái tên rất dài, dài hơn một dòng", Note: "Dòng một\nDòng hai",
		},
		ics.Event{UID: "fair.2@vuon", Stamp: noon, Starts: day, Ends: day.AddDate(0, 0, 2), Days: true, Summary: "Ngày hội"},
	))
	want, err := os.ReadFile("testdata/calendar.ics")
	if os.Getenv("VUON_GOLDEN") == "rewrite" {
		err, want = os.WriteFile("testdata/calendar.ics", file, 0o600), file
	}
	if err != nil || !bytes.Equal(file, want) {
		t.Errorf("testdata/calendar.ics differs (%v); got:\n%s", err, file)
	}
	strict(t, file)
	events := parsed(t, file)
	if len(events) != 3 {
		t.Fatalf("%d events are read", len(events))
	}
	starts, err := events[0].DateTimeStart(nil)
	if err != nil || !starts.Equal(noon.Add(-30*time.Minute)) {
		t.Errorf("the deadline is seen from %v on (%v)", starts, err)
	}
	if ends, err := events[0].DateTimeEnd(nil); err != nil || !ends.Equal(noon) {
		t.Errorf("the deadline is at %v (%v)", ends, err)
	}
	if note, err := events[1].Props.Text("DESCRIPTION"); err != nil || note != "Dòng một\nDòng hai" {
		t.Errorf("the note is read as %q (%v)", note, err)
	}
	if seq := events[1].Props.Get("SEQUENCE").Value; seq != "3" {
		t.Errorf("the sequence is read as %s", seq)
	}
	if got := events[2].Props.Get("DTSTART").Value; got != "20261205" {
		t.Errorf("the fair begins on %s", got)
	}
}

func TestACancelledEventSaysSoEverywhere(t *testing.T) {
	t.Parallel()
	c := published(deadline("Không diễn ra"))
	c.Method, c.Events[0].Sequence, c.Events[0].Alarm = ics.Cancel, 1, time.Hour
	file := write(t, c)
	strict(t, file)
	for _, line := range []string{"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:1", "UID:report.1@vuon"} {
		if !bytes.Contains(file, []byte("\r\n"+line+"\r\n")) {
			t.Errorf("%s is missing in\n%s", line, file)
		}
	}
	if bytes.Contains(file, []byte("VALARM")) {
		t.Error("what does not take place reminds of itself")
	}
	if got := ics.Type(file); got != "text/calendar; charset=utf-8; method=CANCEL" {
		t.Errorf("its type is %s", got)
	}
	said := published(deadline("x\r\nMETHOD:CANCEL\r\n"))
	if got := ics.Type(write(t, said)); got != "text/calendar; charset=utf-8; method=PUBLISH" {
		t.Errorf("a summary makes the type %s", got)
	}
}

// Nobody's words begin a property of their own, and all that they may say comes back.
func TestWordsStayWords(t *testing.T) {
	t.Parallel()
	for said, read := range map[string]string{
		"a\r\nBEGIN:VALARM":                 "a\nBEGIN:VALARM",
		"a\rATTENDEE:mailto:x@y":            "a\nATTENDEE:mailto:x@y",
		"a\u2028b\u0085c":                   "a\nb\nc",
		"null\x00 bell\x07 del\x7f c\u009b": "null bell del c",
		`back\slash; semi, comma: "q"`:      `back\slash; semi, comma: "q"`,
		`\n is no line`:                     `\n is no line`,
		"not \xff utf-8":                    "not \uFFFD utf-8",
		"tab\tstays":                        "tab\tstays",
		strings.Repeat("ươ", 200):           strings.Repeat("ươ", 200),
		"\uFEFFmark":                        "mark",
	} {
		c := published(deadline(said))
		c.House, c.Events[0].Note, c.Events[0].UID, c.Events[0].Place = said, said, said, said
		file := write(t, c)
		strict(t, file)
		events := parsed(t, file)
		if len(events) != 1 {
			t.Fatalf("%q makes %d events", said, len(events))
		}
		for _, name := range []string{"SUMMARY", "DESCRIPTION", "UID", "LOCATION"} {
			if got, err := events[0].Props.Text(name); err != nil || got != read {
				t.Errorf("%s %q is read as %q, not %q (%v)", name, said, got, read, err)
			}
		}
		if len(events[0].Children) != 0 || events[0].Props.Get("ATTENDEE") != nil {
			t.Errorf("%q says more than words", said)
		}
	}
}

func TestAnAddressIsAnAddress(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"https://vuon.example/app?x=1": "https://vuon.example/app?x=1", "javascript:alert(1)": "", "/app": "", "https://a\r\nX:1": "",
		"https://u:p@vuon.example/": "", "https://vuon.example/a b": "https://vuon.example/a%20b", "https://vuon.example/\u2028": "https://vuon.example/%E2%80%A8",
	} {
		e := deadline("x")
		e.URL = said
		file := write(t, published(e))
		strict(t, file)
		got := ""
		if prop := parsed(t, file)[0].Props.Get("URL"); prop != nil {
			got = prop.Value
		}
		if got != want {
			t.Errorf("%q is written as %q, not %q", said, got, want)
		}
	}
}

func TestWhatNoCalendarCouldReadIsRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		bend func(*ics.Calendar)
		want error
	}{
		"no name":         {func(c *ics.Calendar) { c.Events[0].UID = "\r\n" }, ics.ErrName},
		"no start":        {func(c *ics.Calendar) { c.Events[0].Starts = time.Time{} }, ics.ErrTime},
		"no stamp":        {func(c *ics.Calendar) { c.Events[0].Stamp = time.Time{} }, ics.ErrTime},
		"ends too early":  {func(c *ics.Calendar) { c.Events[0].Ends = noon.Add(-1) }, ics.ErrTime},
		"five digits":     {func(c *ics.Calendar) { c.Events[0].Ends = noon.AddDate(9000, 0, 0) }, ics.ErrTime},
		"below zero":      {func(c *ics.Calendar) { c.Events[0].Sequence = -1 }, ics.ErrTime},
		"no method":       {func(c *ics.Calendar) { c.Method = "" }, ics.ErrMethod},
		"another method":  {func(c *ics.Calendar) { c.Method = "REQUEST" }, ics.ErrMethod},
		"nothing is well": {func(*ics.Calendar) {}, nil},
	} {
		calendar := published(deadline("x"))
		c.bend(&calendar)
		if _, err := calendar.Bytes(); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whatever is said, the file keeps the rules, another reader reads it, and what it reads are the words.
func FuzzCalendar(f *testing.F) {
	f.Add("Báo cáo tháng 11", "note", "https://vuon.example/", int64(0), int64(0), false)
	f.Add("x\r\nBEGIN:VEVENT\r\n", "\n \\n;,:\"", "https://a\r\nb", int64(1<<40), int64(3600), true)
	f.Add(strings.Repeat("ệ", 100), "\xf0\x28\x8c\x28", "", int64(-1<<40), int64(1), false)
	f.Fuzz(func(t *testing.T, summary, note, address string, start, length int64, days bool) {
		e := ics.Event{UID: "a" + summary, Stamp: noon, Starts: noon.Add(time.Duration(start) * time.Second), Summary: summary, Note: note, URL: address, Days: days, Alarm: time.Hour}
		e.Ends = e.Starts.Add(time.Duration(length))
		c := published(e)
		c.House = note
		file, err := c.Bytes()
		if err != nil {
			return
		}
		strict(t, file)
		events := parsed(t, file)
		if len(events) != 1 || len(events[0].Children) != 1 {
			t.Fatalf("%d events are read from\n%s", len(events), file)
		}
		again, err := c.Bytes()
		if err != nil || !bytes.Equal(file, again) {
			t.Fatal("the same calendar is written in two ways")
		}
	})
}

func write(t testing.TB, c ics.Calendar) []byte {
	t.Helper()
	file, err := c.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// strict holds a file against the grammar of RFC 5545, 3.1: lines of at most 75 bytes, each ended by CR LF and whole in
// itself, no control character but the tab.
func strict(t testing.TB, file []byte) {
	t.Helper()
	lines := strings.Split(string(file), "\r\n")
	if lines[len(lines)-1] != "" {
		t.Error("the last line has no end")
	}
	for i, line := range lines[:len(lines)-1] {
		switch {
		case len(line) > 75:
			t.Errorf("line %d has %d bytes: %q", i, len(line), line)
		case !utf8.ValidString(line):
			t.Errorf("line %d cuts a character: %q", i, line)
		case strings.ContainsFunc(line, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }):
			t.Errorf("line %d holds a control character: %q", i, line)
		case line == "" || line == " ":
			t.Errorf("line %d is empty", i)
		}
	}
}

func parsed(t testing.TB, file []byte) []ical.Event {
	t.Helper()
	decoder := ical.NewDecoder(bytes.NewReader(file))
	calendar, err := decoder.Decode()
	if err != nil {
		t.Fatalf("another reader cannot read it: %v\n%s", err, file)
	}
	if _, err := decoder.Decode(); !errors.Is(err, io.EOF) {
		t.Fatalf("something stands after the calendar: %v", err)
	}
	return calendar.Events()
}
