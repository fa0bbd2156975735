package vn_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"vuon/internal/locale"
	"vuon/internal/vn"
)

// A search key is the same for the composed and the decomposed form of a text, and folding it again changes nothing.
func FuzzFold(f *testing.F) {
	for _, seed := range []string{"Đổi mới sáng tạo", "BÌNH DƯƠNG", "e-Gov 4.0", "  ", "a\u0301\u0323", "ǅ", "İ", "ﬁ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return // PocketBase stores valid text only
		}
		once := vn.Fold(text)
		if again := vn.Fold(once); again != once {
			t.Errorf("Fold(%q) is %q, then %q", text, once, again)
		}
		if other := vn.Fold(norm.NFC.String(text)); other != once {
			t.Errorf("%q folds to %q, composed to %q", text, once, other)
		}
		if strings.TrimSpace(once) != once || strings.Contains(once, "đ") {
			t.Errorf("Fold(%q) = %q", text, once)
		}
	})
}

// No text makes the check of a tax code fail, and what it accepts has the length of one.
func FuzzValidTaxCode(f *testing.F) {
	for _, seed := range []string{"9900000016", "0100109106-001", "٠١٠٠١٠٩١٠٦", "0100109106-", "-"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if n := len(text); vn.ValidTaxCode(text) && n != 10 && n != 14 {
			t.Errorf("%q was accepted", text)
		}
	})
}

// No text makes the reading of an amount fail in another way than by an error, and what was read once is read again from how
// the house writes it, in both languages and to the last đồng.
func FuzzParseDong(f *testing.F) {
	for _, seed := range []string{"1.250.000", "1,25 tỷ", "500 triệu", "-1", "(1)", "1 tỷ 250 triệu", "VND 1 250 000,00", "nghin ty", ".", "1.", "9007199254740991"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := vn.ParseDong(text)
		if err != nil {
			return
		}
		if n < 0 || n > 1<<53-1 {
			t.Fatalf("ParseDong(%q) = %d", text, n)
		}
		for _, lang := range []locale.Lang{locale.Vietnamese, locale.English} {
			if again, err := vn.ParseDong(locale.Dong(lang, n)); err != nil || again != n {
				t.Errorf("%d is written %q and read as %d, %v", n, locale.Dong(lang, n), again, err)
			}
		}
		if again, err := vn.ParseWhole(locale.Whole(locale.Vietnamese, n)); err != nil || again != n {
			t.Errorf("%d is written %q and read as %d, %v", n, locale.Whole(locale.Vietnamese, n), again, err)
		}
	})
}

// A date that was read is a day of the calendar, and is read again from how it is kept and from how it is shown.
func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"31/12/2025", "29/02/2024", "1/1/0001", "2025-02-30", "//", "9999-12-31"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := vn.ParseDate(text)
		if err != nil {
			return
		}
		year, month, day := d.Date()
		for _, written := range []string{d.String(), fmt.Sprintf("%d/%d/%04d", day, month, year)} {
			if again, err := vn.ParseDate(written); err != nil || again != d {
				t.Errorf("ParseDate(%q) is %s; written %q it is read as %s, %v", text, d, written, again, err)
			}
		}
	})
}

// A tax code that was read is read again as it is kept, and has one of three lengths.
func FuzzParseTaxCode(f *testing.F) {
	for _, seed := range []string{"9900000016", "0100109106-001", "0100 109 106", "079203001234", "–", "0100109106001"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		code, err := vn.ParseTaxCode(text)
		if err != nil {
			return
		}
		if again, err := vn.ParseTaxCode(code); err != nil || again != code || len(code) != 10 && len(code) != 12 && len(code) != 14 {
			t.Errorf("ParseTaxCode(%q) is %q, then %q, %v", text, code, again, err)
		}
	})
}
