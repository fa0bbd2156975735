package vn_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

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
