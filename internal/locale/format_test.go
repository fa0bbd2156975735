package locale_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"vuon/internal/locale"
	"vuon/pb_public"
)

const (
	vi = locale.Vietnamese
	en = locale.English
)

// written are the examples that the browser's formatters are held to as well (web/unit/words.test.mjs).
type written struct {
	Numbers, Amounts, Shares, Dates, Spans, Relative, Deadlines [][]any
	Now                                                         time.Time
}

func examples(t *testing.T) (all written) {
	t.Helper()
	raw, err := os.ReadFile("testdata/examples.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// says compares what is written in both languages with the last two of an example.
func says(t *testing.T, example []any, write func(locale.Lang) string) {
	t.Helper()
	for i, lang := range []locale.Lang{vi, en} {
		want := strings.ReplaceAll(example[len(example)-2+i].(string), "_", "\u00a0") // no line may break before the ₫
		if got := write(lang); got != want {
			t.Errorf("%v in %s: %q, want %q", example[:len(example)-2], lang, got, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	for _, c := range examples(t).Numbers {
		says(t, c, func(l locale.Lang) string { return locale.Number(l, c[0].(float64), int(c[1].(float64))) })
	}
}

func TestAmounts(t *testing.T) {
	t.Parallel()
	for _, c := range examples(t).Amounts {
		says(t, c[:3], func(l locale.Lang) string { return locale.Dong(l, int64(c[0].(float64))) })
		says(t, c, func(l locale.Lang) string { return locale.DongShort(l, int64(c[0].(float64))) })
	}
	for _, c := range examples(t).Shares {
		says(t, c, func(l locale.Lang) string { return locale.Percent(l, c[0].(float64), int(c[1].(float64))) })
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	kinds := map[string]func(locale.Lang, time.Time) string{
		"long": locale.LongDate, "date": locale.Date, "month": locale.Month, "monthyear": locale.MonthYear,
		"short":  func(_ locale.Lang, at time.Time) string { return locale.ShortDate(at) },
		"clock":  func(_ locale.Lang, at time.Time) string { return locale.Clock(at) },
		"moment": func(_ locale.Lang, at time.Time) string { return locale.Moment(at) },
		"day":    func(_ locale.Lang, at time.Time) string { return locale.Day(at) },
	}
	for _, c := range examples(t).Dates {
		says(t, c, func(l locale.Lang) string { return kinds[c[0].(string)](l, instant(t, c[1])) })
	}
	for _, c := range examples(t).Spans {
		says(t, c, func(l locale.Lang) string { return locale.Span(l, instant(t, c[0]), instant(t, c[1])) })
	}
}

func instant(t *testing.T, v any) time.Time {
	t.Helper()
	if v == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, v.(string))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestDistancesInTime(t *testing.T) {
	t.Parallel()
	words, err := locale.Open(pb_public.Files)
	if err != nil {
		t.Fatal(err)
	}
	all := examples(t)
	from := func(c []any) time.Time { return all.Now.Add(time.Duration(c[0].(float64)) * time.Second) }
	for _, c := range all.Relative {
		says(t, c, func(l locale.Lang) string { return words.Relative(l, from(c), all.Now) })
	}
	for _, c := range all.Deadlines {
		says(t, c, func(l locale.Lang) string { return words.Deadline(l, from(c), all.Now) })
	}
}

func TestPairsFallBack(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pair    locale.Pair
		lang    locale.Lang
		text    string
		written locale.Lang
	}{
		{locale.Pair{VI: "gốm", EN: "pottery"}, vi, "gốm", vi},
		{locale.Pair{VI: "gốm", EN: "pottery"}, en, "pottery", en},
		{locale.Pair{VI: "gốm"}, en, "gốm", vi},
		{locale.Pair{EN: "pottery"}, vi, "pottery", en},
		{locale.Pair{}, en, "", vi},
	} {
		if text, written := c.pair.In(c.lang); text != c.text || written != c.written {
			t.Errorf("%+v for %s: %q in %s, want %q in %s", c.pair, c.lang, text, written, c.text, c.written)
		}
	}
}
