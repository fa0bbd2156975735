package vn_test

import (
	"errors"
	"testing"

	"golang.org/x/text/unicode/norm"

	"vuon/internal/vn"
)

func TestAmountsAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{
		"1.250.000": 1_250_000, "1,250,000": 1_250_000, "1250000": 1_250_000, "1 250 000": 1_250_000, "1\u00a0250\u202f000": 1_250_000,
		"1,25 tỷ": 1_250_000_000, "1.25 tỷ": 1_250_000_000, "1.5 tỷ": 1_500_000_000, "1,25tỷ": 1_250_000_000, "1,25 tỉ": 1_250_000_000,
		"1,25 TỶ": 1_250_000_000, "1,25 ty": 1_250_000_000, "500 triệu": 500_000_000, "500 trieu": 500_000_000, "500tr": 500_000_000,
		"12,5 nghìn": 12_500, "2 nghìn tỷ": 2_000_000_000_000, "1 tỷ 250 triệu": 1_250_000_000, "1.250 tỷ": 1_250_000_000_000,
		"1,250 tỷ": 1_250_000_000, "0,5 tỷ": 500_000_000, "0,250 tỷ": 250_000_000, "0.250 tỷ": 250_000_000, "1.250,5 tỷ": 1_250_500_000_000,
		"1.250.000 ₫": 1_250_000, "1.250.000₫": 1_250_000, "1.250.000 đ": 1_250_000, "1.250.000đ": 1_250_000, "₫1,250,000": 1_250_000,
		"1.250.000 VND": 1_250_000, "VNĐ 1.250.000": 1_250_000, "1.250.000 đồng": 1_250_000, "500 triệu đồng": 500_000_000, "1,25 tỷ VNĐ": 1_250_000_000,
		"1.250": 1250, "1,250": 1250, "1.250.000,00": 1_250_000, "1,250,000.00": 1_250_000, "1250000.0": 1_250_000, "12,0": 12,
		"0": 0, "-0": 0, "000": 0, "  7 ": 7, "9.007.199.254.740.991": 9_007_199_254_740_991, "1,234567890 tỷ": 1_234_567_890,
	} {
		for form, written := range map[string]string{"as written": text, "decomposed": norm.NFD.String(text)} {
			if got, err := vn.ParseDong(written); err != nil || got != want {
				t.Errorf("ParseDong(%q, %s) = %d, %v; want %d", text, form, got, err, want)
			}
		}
	}
}

func TestAmountsThatAreNone(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]error{
		"": vn.ErrAmount, "   ": vn.ErrAmount, "nhiều": vn.ErrAmount, "tỷ": vn.ErrAmount, "₫": vn.ErrAmount, "-": vn.ErrAmount, "1.25.000": vn.ErrAmount,
		"1.2500.000": vn.ErrAmount, "12,50": vn.ErrAmount, "0,5": vn.ErrAmount, "1.250.000,5": vn.ErrAmount, "1,2345678901 tỷ": vn.ErrAmount,
		"1250.000": vn.ErrAmount, "1.250.": vn.ErrAmount, ".5 tỷ": vn.ErrAmount, "1,,5": vn.ErrAmount, "1e9": vn.ErrAmount, "1,25E+09": vn.ErrAmount,
		"9.007.199.254.740.992": vn.ErrAmount, "99999999999999999999999": vn.ErrAmount, "99999999 nghìn tỷ": vn.ErrAmount, "1 tỷ 2": vn.ErrAmount,
		"1 tỷ 2 tỷ": vn.ErrAmount, "1 triệu 2 tỷ": vn.ErrAmount, "1 tỷ 1500 triệu": vn.ErrAmount, "1tỷ2triệu": vn.ErrAmount, "10²": vn.ErrAmount,
		"5 USD": vn.ErrAmount, "1 2 3": vn.ErrAmount, "1.250.000 ₫ ₫": vn.ErrAmount, "+5": vn.ErrAmount, "--5": vn.ErrAmount, "５": vn.ErrAmount, "1;5": vn.ErrAmount,
		"-1": vn.ErrNegative, "-1.250.000": vn.ErrNegative, "−500 triệu": vn.ErrNegative, "- 1,25 tỷ": vn.ErrNegative, "(1.250.000)": vn.ErrNegative,
		"-₫5": vn.ErrNegative, "₫-5": vn.ErrNegative, "-0,5": vn.ErrAmount, "-nhiều": vn.ErrAmount,
	} {
		if got, err := vn.ParseDong(text); !errors.Is(err, want) {
			t.Errorf("ParseDong(%q) = %d, %v; want %v", text, got, err, want)
		}
	}
}

func TestWholeNumbers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{"0": 0, "12": 12, "1.250": 1250, "1,250": 1250, "12,0": 12, "1.250.000": 1_250_000} {
		if got, err := vn.ParseWhole(text); err != nil || got != want {
			t.Errorf("ParseWhole(%q) = %d, %v; want %d", text, got, err, want)
		}
	}
	for text, want := range map[string]error{
		"": vn.ErrAmount, "12,5": vn.ErrAmount, "12.5": vn.ErrAmount, "mười": vn.ErrAmount, "12 người": vn.ErrAmount, "1 triệu": vn.ErrAmount, "-3": vn.ErrNegative,
		"9007199254740992": vn.ErrAmount, "1e3": vn.ErrAmount,
	} {
		if got, err := vn.ParseWhole(text); !errors.Is(err, want) {
			t.Errorf("ParseWhole(%q) = %d, %v; want %v", text, got, err, want)
		}
	}
}

func TestBlanksAroundDoNotCount(t *testing.T) {
	t.Parallel()
	n, err := vn.ParseWhole(" 12 ")
	if err != nil || n != 12 {
		t.Errorf("a number is %d, %v", n, err)
	}
	day, err := vn.ParseDate(" 29/02/2024 ")
	if err != nil || day.String() != "2024-02-29" {
		t.Errorf("a date is %s, %v", day, err)
	}
}

func TestDatesAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"31/12/2025": "2025-12-31", "1/2/2025": "2025-02-01", "01/02/2025": "2025-02-01", "2025-02-01": "2025-02-01", "29/02/2024": "2024-02-29",
	} {
		if got, err := vn.ParseDate(text); err != nil || got.String() != want {
			t.Errorf("ParseDate(%q) = %s, %v; want %s", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "29/02/2025", "31/04/2025", "12/31/2025", "0/1/2025", "1/0/2025", "32/1/2025", "1/1/25", "1/1/0000", "2025-2-1", "2025/02/01", "01-02-2025", "1.2.2025",
		"2025-13-01", "2025-02-30", "hôm qua", "2025-02-01T00:00:00Z", "43831", "2025",
	} {
		if got, err := vn.ParseDate(text); err == nil {
			t.Errorf("ParseDate(%q) = %s", text, got)
		}
	}
}

func TestTaxCodesAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"0100109106": "0100109106", " 0100 109 106 ": "0100109106", "0100109106-001": "0100109106-001", "0100109106 – 001": "0100109106-001",
		"0100109106001": "0100109106-001", "079203001234": "079203001234", "079 203 001 234": "079203001234", "0100109106\u00a0": "0100109106",
	} {
		if got, err := vn.ParseTaxCode(text); err != nil || got != want {
			t.Errorf("ParseTaxCode(%q) = %q, %v; want %q", text, got, err, want)
		}
	}
	for text, want := range map[string]error{
		"": vn.ErrTaxLength, "010010910": vn.ErrTaxLength, "01001091066": vn.ErrTaxLength, "01001O9106": vn.ErrTaxLength, "0100109106-1": vn.ErrTaxLength,
		"0100109106-": vn.ErrTaxLength, "01001091060": vn.ErrTaxLength, "01001091060010": vn.ErrTaxLength, "010010910-0001": vn.ErrTaxLength, "079203001234-001": vn.ErrTaxLength,
		"0100109107": vn.ErrTaxChecksum, "0100109107-001": vn.ErrTaxChecksum, "0100109106-000": vn.ErrTaxChecksum, "0100109107001": vn.ErrTaxChecksum,
		"0000000000": vn.ErrTaxChecksum, "9900000079": vn.ErrTaxChecksum, // a sum that divides by eleven has no code at all
	} {
		if got, err := vn.ParseTaxCode(text); !errors.Is(err, want) {
			t.Errorf("ParseTaxCode(%q) = %q, %v; want %v", text, got, err, want)
		}
	}
}
