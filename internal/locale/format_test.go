package locale_test

import (
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

// The tables below are what the browser's Intl writes too; change one only with the other.

func TestNumbers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		v        float64
		decimals int
		vi, en   string
	}{
		{0, 0, "0", "0"},
		{11.2, 1, "11,2", "11.2"},
		{8, 1, "8,0", "8.0"},
		{2.345, 2, "2,35", "2.35"},
		{1234567, 0, "1.234.567", "1,234,567"},
		{-1234.5, 1, "-1.234,5", "-1,234.5"},
		{-0.04, 1, "0,0", "0.0"},
		{999.95, 1, "1.000,0", "1,000.0"},
	} {
		if got := locale.Number(vi, c.v, c.decimals); got != c.vi {
			t.Errorf("Number(vi, %v, %d) = %q, want %q", c.v, c.decimals, got, c.vi)
		}
		if got := locale.Number(en, c.v, c.decimals); got != c.en {
			t.Errorf("Number(en, %v, %d) = %q, want %q", c.v, c.decimals, got, c.en)
		}
	}
}

func TestAmounts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		amount                 int64
		vi, en, short, shortEN string
	}{
		{0, "0_₫", "0_₫", "0_₫", "0_₫"},
		{150000, "150.000_₫", "150,000_₫", "150.000_₫", "150,000_₫"},
		{240000000, "240.000.000_₫", "240,000,000_₫", "240 triệu đồng", "240 m VND"},
		{86400000000, "86.400.000.000_₫", "86,400,000,000_₫", "86,4 tỷ đồng", "86.4 bn VND"},
		{-2500000, "-2.500.000_₫", "-2,500,000_₫", "-2,5 triệu đồng", "-2.5 m VND"},
	} {
		for got, want := range map[string]string{
			locale.Dong(vi, c.amount):      c.vi,
			locale.Dong(en, c.amount):      c.en,
			locale.DongShort(vi, c.amount): c.short,
			locale.DongShort(en, c.amount): c.shortEN,
		} {
			if want = strings.ReplaceAll(want, "_", "\u00a0"); got != want { // no line may break before the ₫
				t.Errorf("%d is written %q, want %q", c.amount, got, want)
			}
		}
	}
	if got := locale.Percent(vi, 0.083, 1); got != "8,3%" {
		t.Errorf("a share is written %q", got)
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	demo := time.Date(2026, 12, 10, 1, 5, 0, 0, time.UTC)
	late := time.Date(2026, 12, 5, 17, 30, 0, 0, time.UTC) // already Sunday in Vietnam
	for _, c := range []struct{ got, want string }{
		{locale.LongDate(vi, demo), "Thứ Năm, 10 tháng 12, 2026"},
		{locale.LongDate(en, demo), "Thursday, 10 December 2026"},
		{locale.LongDate(vi, late), "Chủ Nhật, 6 tháng 12, 2026"},
		{locale.Date(vi, demo), "10 tháng 12, 2026"},
		{locale.Date(en, demo), "10 December 2026"},
		{locale.ShortDate(late), "06/12/2026"},
		{locale.Clock(demo), "08:05"},
		{locale.Moment(late), "06/12/2026 00:30"},
		{locale.Month(vi, demo), "Thg 12"},
		{locale.Month(en, demo), "Dec"},
		{locale.MonthYear(vi, demo), "Tháng 12, 2026"},
		{locale.MonthYear(en, demo), "December 2026"},
		{locale.Day(late), "2026-12-06"},
		{locale.Span(vi, demo, demo.Add(8*time.Hour)), "Thứ Năm, 10 tháng 12, 2026 · 08:05–16:05"},
		{locale.Span(en, demo, time.Time{}), "Thursday, 10 December 2026 · 08:05"},
		{locale.Span(vi, demo, demo.Add(48*time.Hour)), "10/12/2026 08:05 – 12/12/2026 08:05"},
	} {
		if c.got != c.want {
			t.Errorf("written %q, want %q", c.got, c.want)
		}
	}
}

func TestDistancesInTime(t *testing.T) {
	t.Parallel()
	words, err := locale.Open(pb_public.Files)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC) // noon in Vietnam
	for _, c := range []struct {
		gap    time.Duration
		vi, en string
	}{
		{-30 * time.Second, "vừa xong", "just now"},
		{-time.Minute, "1 phút trước", "1 minute ago"},
		{-20 * time.Minute, "20 phút trước", "20 minutes ago"},
		{-3 * time.Hour, "3 giờ trước", "3 hours ago"},
		{-13 * time.Hour, "hôm qua", "yesterday"},
		{-72 * time.Hour, "3 ngày trước", "3 days ago"},
		{-61 * 24 * time.Hour, "23 tháng 9, 2026", "23 September 2026"},
		{time.Hour, "hôm nay", "today"},
		{13 * time.Hour, "ngày mai", "tomorrow"},
		{4 * 24 * time.Hour, "4 ngày nữa", "in 4 days"},
		{90 * 24 * time.Hour, "21 tháng 2, 2027", "21 February 2027"},
	} {
		if got := words.Relative(vi, now.Add(c.gap), now); got != c.vi {
			t.Errorf("%v: %q, want %q", c.gap, got, c.vi)
		}
		if got := words.Relative(en, now.Add(c.gap), now); got != c.en {
			t.Errorf("%v: %q, want %q", c.gap, got, c.en)
		}
	}
	for _, c := range []struct {
		left   time.Duration
		vi, en string
	}{
		{4*24*time.Hour + time.Minute, "còn 4 ngày", "4 days left"},
		{24 * time.Hour, "còn 1 ngày", "1 day left"},
		{23 * time.Hour, "còn 23 giờ", "23 hours left"},
		{90 * time.Second, "còn 2 phút", "2 minutes left"},
		{0, "đã hết hạn", "closed"},
		{-time.Hour, "đã hết hạn", "closed"},
	} {
		if got := words.Deadline(vi, now.Add(c.left), now); got != c.vi {
			t.Errorf("%v left: %q, want %q", c.left, got, c.vi)
		}
		if got := words.Deadline(en, now.Add(c.left), now); got != c.en {
			t.Errorf("%v left: %q, want %q", c.left, got, c.en)
		}
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
