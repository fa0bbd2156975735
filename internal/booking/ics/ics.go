// Package ics writes times for the calendars of people, as RFC 5545 has them. It knows no room and no database.
//
// Whatever stands in a text stays text: no line break, no control character and no sequence of them ends a property or
// begins another. What no calendar could read is refused, not written.
package ics

import (
	"bytes"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Method says what whoever reads the file is to do with it.
type Method string

// The methods (RFC 5546): take the events in, or take them out again.
const (
	Publish Method = "PUBLISH"
	Cancel  Method = "CANCEL"
)

// Calendar is one file.
type Calendar struct {
	House  string // who wrote it
	Lang   string // of its texts, "vi" or "en"
	Method Method
	Events []Event
}

// Event is one time. UID and Sequence let a later file change or cancel it.
type Event struct {
	UID      string    // the same for ever, and nobody else's
	Sequence int       // greater than in every file before; not negative
	Stamp    time.Time // when the file was made
	Starts   time.Time // whole seconds are kept
	Ends     time.Time // not before Starts; equal to it for a deadline
	Days     bool      // whole days: the local days of Starts up to that of Ends, which is not one of them any more
	Summary  string
	Note     string        // several lines may stand in it
	Place    string        // where it is
	URL      string        // an absolute http or https address; any other is left out
	Alarm    time.Duration // how long before Starts the calendar reminds; zero: as its owner likes
}

// lastHalfHour before it is what a calendar shows of a deadline. An event without length is drawn as a line that nobody sees,
// and one that began with the deadline would be seen too late.
const lastHalfHour = 30 * time.Minute

// What no file can be made of.
var (
	ErrName   = errors.New("an event needs a UID of visible characters")
	ErrTime   = errors.New("an event starts between the years 1 and 9999 and does not end before it starts")
	ErrMethod = errors.New("a calendar is published or cancelled")
)

// Bytes writes the file. Equal calendars give equal bytes.
// Errors: ErrName, ErrTime, ErrMethod.
func (c Calendar) Bytes() ([]byte, error) {
	if c.Method != Publish && c.Method != Cancel {
		return nil, ErrMethod
	}
	var out bytes.Buffer
	w := writer{&out}
	w.line("BEGIN", "VCALENDAR")
	w.line("VERSION", "2.0")
	w.text("PRODID", "-//"+strings.ReplaceAll(c.House, "//", "/")+"//Vuon//"+strings.ToUpper(c.Lang))
	w.line("CALSCALE", "GREGORIAN")
	w.line("METHOD", string(c.Method))
	for _, e := range c.Events {
		if err := e.write(w, c.Method); err != nil {
			return nil, err
		}
	}
	w.line("END", "VCALENDAR")
	return out.Bytes(), nil
}

func (e Event) write(w writer, method Method) error {
	if clean(e.UID) == "" {
		return ErrName
	}
	if !known(e.Starts) || !known(e.Ends) || !known(e.Stamp) || e.Ends.Before(e.Starts) || e.Sequence < 0 {
		return ErrTime
	}
	starts, ends, alarm := e.Starts, e.Ends, e.Alarm
	if !ends.After(starts) && !e.Days {
		starts, alarm = ends.Add(-lastHalfHour), alarm-lastHalfHour
	}
	w.line("BEGIN", "VEVENT")
	w.text("UID", e.UID)
	w.line("DTSTAMP", instant(e.Stamp))
	w.line("SEQUENCE", strconv.Itoa(e.Sequence))
	if e.Days {
		w.line("DTSTART;VALUE=DATE", day(starts))
		if day(ends) != day(starts) {
			w.line("DTEND;VALUE=DATE", day(ends))
		}
	} else {
		w.line("DTSTART", instant(starts))
		w.line("DTEND", instant(ends))
	}
	w.text("SUMMARY", e.Summary)
	w.optional("DESCRIPTION", e.Note)
	w.optional("LOCATION", e.Place)
	if address := web(e.URL); address != "" {
		w.line("URL", address)
	}
	if method == Cancel {
		w.line("STATUS", "CANCELLED")
	} else {
		w.line("STATUS", "CONFIRMED")
	}
	if e.Days || !e.Ends.After(e.Starts) {
		w.line("TRANSP", "TRANSPARENT") // its reader is not busy then
	}
	if e.Alarm > 0 && method == Publish {
		w.line("BEGIN", "VALARM")
		w.line("ACTION", "DISPLAY")
		w.text("DESCRIPTION", e.Summary)
		w.line("TRIGGER", "-PT"+strconv.FormatInt(int64(max(alarm, 0)/time.Second), 10)+"S")
		w.line("END", "VALARM")
	}
	w.line("END", "VEVENT")
	return nil
}

// Type is the media type of a file that this package wrote: mail programs look for the method there.
func Type(file []byte) string {
	method := Publish
	if bytes.Contains(file, []byte("\r\nMETHOD:"+Cancel+"\r\n")) { // no text can say it: a text has no line breaks
		method = Cancel
	}
	return "text/calendar; charset=utf-8; method=" + string(method)
}

// known says whether a calendar has such a day, and the half hour before it.
func known(at time.Time) bool {
	year := at.UTC().Year()
	return year >= 1 && year <= 9999 && !at.Add(-24*time.Hour).Before(time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC))
}

func instant(at time.Time) string { return at.UTC().Format("20060102T150405Z") }

// day is the local day of an instant: all-day events float, they are the same day everywhere.
func day(at time.Time) string { return at.Format("20060102") }

// web returns an address that is safe to write, "" for what is none.
func web(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
		return ""
	}
	if text := u.String(); clean(text) == text && !strings.ContainsFunc(text, unicode.IsSpace) {
		return text
	}
	return ""
}
