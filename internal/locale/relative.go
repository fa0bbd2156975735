package locale

import (
	"math"
	"time"
)

// Plural returns the words for n things: key.one for a single one, else key.other. Vietnamese has one form, and says both alike where
// nothing else speaks for the single one. {n} is n, written in the language; values are as for Text.
func (d *Dictionary) Plural(lang Lang, key string, n int64, values ...string) string {
	form := ".other"
	if n == 1 {
		form = ".one"
	}
	return d.Text(lang, key+form, append([]string{"n", Whole(lang, n)}, values...)...)
}

// Relative says how far t lies from now, in whole days of Ho Chi Minh City, and in hours and minutes within a day:
// "vừa xong", "20 phút trước", "hôm qua", "3 ngày trước", "ngày mai", "4 ngày nữa". Beyond 60 days it is the date.
func (d *Dictionary) Relative(lang Lang, t, now time.Time) string {
	days := daysBetween(now, t)
	gap := now.Sub(t)
	switch {
	case gap >= 0 && gap < time.Minute:
		return d.Text(lang, "time.just_now")
	case gap >= 0 && gap < time.Hour:
		return d.Plural(lang, "time.minutes_ago", int64(gap/time.Minute))
	case gap >= 0 && days == 0:
		return d.Plural(lang, "time.hours_ago", int64(gap/time.Hour))
	case days == 0:
		return d.Text(lang, "time.today")
	case days == -1:
		return d.Text(lang, "time.yesterday")
	case days == 1:
		return d.Text(lang, "time.tomorrow")
	case days < 0 && days >= -60:
		return d.Plural(lang, "time.days_ago", int64(-days))
	case days > 0 && days <= 60:
		return d.Plural(lang, "time.in_days", int64(days))
	}
	return Date(lang, t)
}

// Deadline says how much time is left until t: "còn 4 ngày", "còn 3 giờ", "còn 20 phút", or "đã hết hạn" once t has come.
func (d *Dictionary) Deadline(lang Lang, t, now time.Time) string {
	left := t.Sub(now)
	switch {
	case left <= 0:
		return d.Text(lang, "time.over")
	case left < time.Hour:
		return d.Plural(lang, "time.minutes_left", int64(math.Ceil(left.Minutes())))
	case left < 24*time.Hour:
		return d.Plural(lang, "time.hours_left", int64(left/time.Hour))
	}
	return d.Plural(lang, "time.days_left", int64(left/(24*time.Hour)))
}

// daysBetween counts the midnights of Ho Chi Minh City between a and b; it is negative when b is earlier.
func daysBetween(a, b time.Time) int {
	return int(midnight(b).Sub(midnight(a)) / (24 * time.Hour))
}

func midnight(t time.Time) time.Time {
	year, month, day := t.In(Zone).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, Zone)
}

// Pair is what people have written in both languages. Either may be missing.
type Pair struct{ VI, EN string }

// In returns the text for a reader of lang and the language it is in: the other one when nobody has translated it.
func (p Pair) In(lang Lang) (text string, written Lang) {
	switch {
	case lang == English && p.EN != "", p.VI == "" && p.EN != "":
		return p.EN, English
	}
	return p.VI, Vietnamese
}

// Text is the text for a reader of lang, whatever language it is in.
func (p Pair) Text(lang Lang) string {
	text, _ := p.In(lang)
	return text
}

// Other returns the language that lang is not.
func (l Lang) Other() Lang {
	if l == English {
		return Vietnamese
	}
	return English
}
