package vn

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
)

// What is wrong with an amount.
var (
	ErrAmount   = errors.New("no amount that can be read, or not a whole one")
	ErrNegative = errors.New("an amount below nothing")
)

// greatest is the largest amount that a browser holds exactly; nobody has more đồng.
const greatest = 1<<53 - 1

// scales are the words that stand for noughts, folded.
var scales = map[string]int{"": 0, "nghin": 3, "ngan": 3, "tr": 6, "trieu": 6, "ty": 9, "ti": 9, "nghin ty": 12, "ngan ty": 12}

// amountPart is a number, with blanks between its thousands or none, and the word behind it.
var amountPart = regexp.MustCompile(`^([0-9][0-9.,]*(?: [0-9]{3})*(?:[.,][0-9]+)?) ?(nghin ty|ngan ty|ty|ti|trieu|tr|nghin|ngan|)`)

// ParseDong reads an amount of money as people write it in Viet Nam, in whole đồng: 1.250.000, 1,250,000, 1 250 000,
// 1,25 tỷ, 1.5 tỷ, 500 triệu, 1 tỷ 250 triệu, with ₫, đ, đồng or VND on either side, with marks or without.
//
// The comma is the decimal sign, and the dot stands between thousands. A single mark before exactly three digits is read so:
// a dot always parts thousands (1.250 tỷ is 1250 tỷ), a comma does where no word of a scale follows, for nobody writes parts
// of a đồng (1,250 is 1250 and 1,250 tỷ is 1,25 tỷ). Any other single mark is a decimal one.
//
// Errors: ErrNegative for what is less than nothing; ErrAmount for what cannot be read, is no whole number of đồng, or is more
// than a browser can count.
func ParseDong(text string) (int64, error) {
	rest, negative := unsigned(Fold(text))
	rest = bare(rest)
	if !negative {
		rest, negative = unsigned(rest)
	}
	if rest == "" {
		return 0, ErrAmount
	}
	var sum int64
	for above := -1; rest != ""; {
		part := amountPart.FindStringSubmatch(rest)
		if part == nil {
			return 0, ErrAmount
		}
		scale := scales[part[2]]
		rest = rest[len(part[0]):]
		first, last := above < 0, rest == ""
		switch {
		case !last && (scale == 0 || rest[0] != ' '), !first && (scale == 0 || scale >= above):
			return 0, ErrAmount
		}
		n, ok := whole(part[1], scale)
		if !ok || !first && n >= tens(above) || sum > greatest-n {
			return 0, ErrAmount
		}
		sum, above, rest = sum+n, scale, strings.TrimPrefix(rest, " ")
	}
	if negative && sum != 0 {
		return 0, ErrNegative
	}
	return sum, nil
}

// ParseWhole reads a whole number with or without marks between its thousands, as ParseDong reads them: 1250, 1.250, 1,250.
// Errors: ErrNegative; ErrAmount for what is no number or not a whole one.
func ParseWhole(text string) (int64, error) {
	rest, negative := unsigned(Fold(text))
	n, ok := whole(rest, 0)
	switch {
	case !ok:
		return 0, ErrAmount
	case negative && n != 0:
		return 0, ErrNegative
	}
	return n, nil
}

// unsigned takes a minus off, or the brackets with which bookkeepers write one.
func unsigned(text string) (rest string, negative bool) {
	if strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")") {
		return strings.TrimSpace(text[1 : len(text)-1]), true
	}
	for _, minus := range []string{"-", "−", "–"} {
		if after, ok := strings.CutPrefix(text, minus); ok {
			return strings.TrimSpace(after), true
		}
	}
	return text, false
}

// bare takes the name of the currency off, from one side.
func bare(text string) string {
	for _, name := range []string{"vnd", "dong", "₫", "d"} {
		if after, ok := strings.CutPrefix(text, name); ok {
			return strings.TrimSpace(after)
		}
		if before, ok := strings.CutSuffix(text, name); ok {
			return strings.TrimSpace(before)
		}
	}
	return text
}

// whole is a number times ten to the scale, where that is a whole number that can be counted.
func whole(text string, scale int) (int64, bool) {
	head, part, ok := apartAtPoint(text, scale > 0)
	part = strings.TrimRight(part, "0")
	if !ok || len(part) > scale {
		return 0, false
	}
	all := strings.TrimLeft(head+part+strings.Repeat("0", scale-len(part)), "0")
	if all == "" {
		return 0, true
	}
	n, err := strconv.ParseInt(all, 10, 64)
	return n, err == nil && n <= greatest
}

// apartAtPoint takes a number apart into the digits before its decimal sign and those behind. scaled says that a word follows
// which makes parts of it whole.
func apartAtPoint(text string, scaled bool) (head, part string, ok bool) {
	at := strings.LastIndexAny(text, ".,")
	if at < 0 {
		head, ok = thousands(text, " ")
		return head, "", ok
	}
	mark, other := text[at:at+1], "."
	if mark == other {
		other = ","
	}
	before, after := text[:at], text[at+1:]
	switch {
	case strings.Contains(before, other):
		head, ok = thousands(before, other)
	case strings.Contains(before, mark):
		head, ok = thousands(text, mark)
		return head, "", ok
	case len(after) == 3 && before != "0" && (mark == "." || !scaled):
		if head, ok = thousands(text, mark); ok {
			return head, "", true
		}
		return "", "", false
	default:
		head, ok = thousands(before, " ")
	}
	return head, after, ok && after != "" && digits(after, len(after))
}

// thousands joins the groups of a number: one to three digits, then always three. A number in one piece is one.
func thousands(text, mark string) (string, bool) {
	groups := strings.Split(text, mark)
	for i, g := range groups {
		switch {
		case g == "" || !digits(g, len(g)):
			return "", false
		case len(groups) > 1 && (i > 0 && len(g) != 3 || i == 0 && (len(g) > 3 || g[0] == '0')):
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

// tens is ten to the power of n.
func tens(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}
