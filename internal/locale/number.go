package locale

import (
	"math"
	"strconv"
	"strings"
)

// Number writes v with a fixed number of decimals: 11,2 in Vietnamese, 11.2 in English. Halves round away from zero,
// as the browser rounds them.
func Number(lang Lang, v float64, decimals int) string {
	scale := math.Pow10(decimals)
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(math.Round(v*scale)/scale, 'f', decimals, 64), ".")
	sign := ""
	if whole[0] == '-' {
		sign, whole = "-", whole[1:]
	}
	if strings.Trim(whole+fraction, "0") == "" {
		sign = "" // there is no negative nothing
	}
	text := sign + grouped(lang, whole)
	if fraction != "" {
		text += point(lang) + fraction
	}
	return text
}

// Whole writes a whole number: 1.234.567 in Vietnamese, 1,234,567 in English.
func Whole(lang Lang, n int64) string { return Number(lang, float64(n), 0) }

// Percent writes a share: 0.083 is 8,3% with one decimal.
func Percent(lang Lang, share float64, decimals int) string {
	return Number(lang, share*100, decimals) + "%"
}

// Dong writes an amount in đồng to the last one: 1.234.567 ₫.
func Dong(lang Lang, amount int64) string { return Whole(lang, amount) + "\u00a0₫" }

// DongShort writes an amount for a headline: 86,4 tỷ đồng, 240 triệu đồng. Below a million it is written out.
func DongShort(lang Lang, amount int64) string {
	size := max(amount, -amount)
	switch {
	case size >= 1_000_000_000:
		return short(lang, float64(amount)/1e9) + map[Lang]string{Vietnamese: " tỷ đồng", English: " bn VND"}[lang]
	case size >= 1_000_000:
		return short(lang, float64(amount)/1e6) + map[Lang]string{Vietnamese: " triệu đồng", English: " m VND"}[lang]
	}
	return Dong(lang, amount)
}

// short writes one decimal, and none where it would be a nought.
func short(lang Lang, v float64) string {
	return strings.TrimSuffix(Number(lang, v, 1), point(lang)+"0")
}

func point(lang Lang) string {
	if lang == English {
		return "."
	}
	return ","
}

// grouped sets a mark before every third digit from the right.
func grouped(lang Lang, digits string) string {
	mark := byte('.')
	if lang == English {
		mark = ','
	}
	var b strings.Builder
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(mark)
		}
		b.WriteByte(digits[i])
	}
	return b.String()
}
