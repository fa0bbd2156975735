package notify

import (
	"testing"
	"time"

	"vuon/internal/locale"
	"vuon/internal/notice"
)

func local(t testing.TB, text string) time.Time {
	t.Helper()
	if text == "" {
		return time.Time{}
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", text, locale.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// tet is a house that rests from the 16th to the 22nd of February 2026, a Monday to a Sunday.
var tet = hours{rests: func(day time.Time) bool {
	d := day.Format(time.DateOnly)
	return d >= "2026-02-16" && d <= "2026-02-22"
}}

func TestWhenANoticeGoes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		says            string
		class           notice.Class
		at, event, want string
	}{
		{"by day it goes at once", notice.Reminder, "2026-03-04 14:00", "", "2026-03-04 14:00"},
		{"the first minute is open", notice.Reminder, "2026-03-04 07:30", "", "2026-03-04 07:30"},
		{"the minute before is not", notice.Reminder, "2026-03-04 07:29", "", "2026-03-04 07:30"},
		{"nine in the evening is shut", notice.Reminder, "2026-03-04 21:00", "", "2026-03-05 07:30"},
		{"a minute before nine is open", notice.Reminder, "2026-03-04 20:59", "", "2026-03-04 20:59"},
		{"Saturday night waits for Monday", notice.Reminder, "2026-03-07 22:00", "", "2026-03-09 07:30"},
		{"Sunday waits for Monday", notice.Reminder, "2026-03-08 10:00", "", "2026-03-09 07:30"},
		{"the new year is waited for to its end", notice.Reminder, "2026-02-14 21:30", "", "2026-02-23 07:30"},
		{"an event before the morning is reminded of the evening before", notice.Reminder, "2026-03-05 01:00", "2026-03-05 07:00", "2026-03-04 20:59"},
		{"an event at half past seven too", notice.Reminder, "2026-03-05 01:00", "2026-03-05 07:30", "2026-03-04 20:59"},
		{"a minute later it is reminded of in the morning", notice.Reminder, "2026-03-05 01:00", "2026-03-05 07:31", "2026-03-05 07:30"},
		{"an event on Monday morning is reminded of on Saturday", notice.Reminder, "2026-03-08 12:00", "2026-03-09 07:15", "2026-03-07 20:59"},
		{"an event in the new year is reminded of before it", notice.Reminder, "2026-02-17 09:00", "2026-02-19 17:00", "2026-02-14 20:59"},
		{"an event at ten in the evening is reminded of in the last minute", notice.Reminder, "2026-03-04 21:30", "2026-03-04 22:00", "2026-03-04 20:59"},
		{"a digest is like a reminder", notice.Digest, "2026-03-08 10:00", "", "2026-03-09 07:30"},
		{"what is owed goes at any hour", notice.Transactional, "2026-02-17 03:00", "2026-02-17 03:30", "2026-02-17 03:00"},
	} {
		if got := tet.goes(c.class, local(t, c.at), local(t, c.event)); !got.Equal(local(t, c.want)) {
			t.Errorf("%s: %v, want %s", c.says, got, c.want)
		}
	}
}

func TestWhatBecomesOfANotice(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		says, now, at, event, until string
		ready, stale                bool
		goes                        string
	}{
		{"not yet", "2026-03-04 08:00", "2026-03-04 09:00", "", "", false, false, "2026-03-04 09:00"},
		{"now", "2026-03-04 09:00", "2026-03-04 09:00", "", "", true, false, "2026-03-04 09:00"},
		{"late, and still of use", "2026-03-04 11:00", "2026-03-04 09:00", "2026-03-05 09:00", "", true, false, "2026-03-04 11:00"},
		{"before its hour, for the night lies between", "2026-03-04 20:59", "2026-03-05 01:00", "2026-03-05 07:00", "", true, false, "2026-03-04 20:59"},
		{"made in that night: too late", "2026-03-04 23:00", "2026-03-04 22:30", "2026-03-05 07:00", "", true, true, "2026-03-05 07:30"},
		{"the next step comes before the morning", "2026-03-08 09:00", "2026-03-08 09:00", "2026-03-09 09:00", "2026-03-09 03:00", true, true, "2026-03-09 07:30"},
		{"its event is over", "2026-03-05 09:00", "2026-03-03 09:00", "2026-03-05 08:00", "", true, true, "2026-03-05 09:00"},
	} {
		due := notice.Due{At: local(t, c.at), Event: local(t, c.event), Until: local(t, c.until)}
		p := tet.plan(notice.Rule{Class: notice.Reminder}, due, local(t, c.now))
		if got := p.ready(local(t, c.now)); got != c.ready || p.stale != c.stale || !p.goes.Equal(local(t, c.goes)) {
			t.Errorf("%s: ready %v stale %v at %v", c.says, got, p.stale, p.goes)
		}
	}
}

func TestWhenTheMailOfTheDayIsMade(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mode     Mode
		at, want string
	}{
		{Daily, "2026-03-04 08:00", "2026-03-04 08:30"},
		{Daily, "2026-03-04 08:30", "2026-03-04 08:30"},
		{Daily, "2026-03-04 09:00", "2026-03-05 08:30"},
		{Daily, "2026-03-07 09:00", "2026-03-09 08:30"},
		{Daily, "2026-02-14 09:00", "2026-02-23 08:30"},
		{Weekly, "2026-03-04 08:00", "2026-03-09 08:30"},
		{Weekly, "2026-02-12 08:00", "2026-02-23 08:30"}, // the Monday in the new year is no day for it
	} {
		if got := tet.gathered(c.mode, local(t, c.at)); !got.Equal(local(t, c.want)) {
			t.Errorf("%s from %s: %v, want %s", c.mode, c.at, got, c.want)
		}
	}
}

func TestHowLongAReminderIsOfUse(t *testing.T) {
	t.Parallel()
	for due, want := range map[string]string{
		"2026-03-04 14:00": "2026-03-06 14:00",
		"2026-03-07 10:00": "2026-03-10 10:00", // a Saturday
		"2026-02-14 20:00": "2026-02-24 20:00", // the last evening before the new year
		"2026-02-13 09:00": "2026-02-23 09:00", // two working days: Friday and Saturday; it ends in the first hour after
	} {
		if got := tet.worth(local(t, due)); !got.Equal(local(t, want)) {
			t.Errorf("due at %s: until %v, want %s", due, got, want)
		}
	}
}
