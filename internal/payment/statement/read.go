package statement

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"vuon/internal/fault"
	"vuon/internal/vn"
)

// The most that is read of one file.
const (
	LargestFile = 10 << 20
	mostRows    = 20_000
	longestMemo = 900
	longestRef  = 80
)

// line is one row of a file.
type line struct {
	row   int
	cells []string
}

// Read reads a file, CSV or XLSX.
// Errors, all of the field file: statement.empty, statement.too_large, statement.unreadable, statement.old_excel,
// statement.no_header.
func Read(raw []byte) (Sheet, error) {
	lines, err := linesOf(raw)
	if err != nil {
		return Sheet{}, err
	}
	at, columns := header(lines)
	if at < 0 {
		return Sheet{}, fault.Field("file", "statement.no_header")
	}
	s := Sheet{Bank: "other"}
	s.recognise(lines[:at+1])
	same := map[Credit]int{}
	for _, l := range lines[at+1:] {
		s.take(l, columns, same)
	}
	return s, nil
}

// take reads one line below the header.
func (s *Sheet) take(l line, c columns, same map[Credit]int) {
	in, out, wrong := c.money(l)
	when, dated := instant(c.of(l, date))
	switch {
	case wrong != "" && !dated && closing(l):
	case wrong != "":
		s.Bad = append(s.Bad, Bad{l.row, "amount", cut(wrong, 80)})
	case in == 0:
		if out {
			s.Debits++
		}
	case !dated && closing(l): // the sum below the lines
	case !dated:
		s.Bad = append(s.Bad, Bad{l.row, "date", cut(c.of(l, date), 80)})
	default:
		memo := cut(strings.Join(strings.Fields(c.of(l, memo)), " "), longestMemo)
		ref := cut(strings.Join(strings.Fields(c.of(l, ref)), " "), longestRef)
		if ref == "" {
			ref = made(when, in, memo, c.of(l, balance))
		}
		one := Credit{At: when, Amount: in, Memo: memo, Ref: ref}
		same[one]++
		s.Credits = append(s.Credits, Credit{l.row, when, in, memo, ref, same[one]})
	}
}

// made names a line that the bank gives no name: the same line has the same name in every file that holds it.
func made(at time.Time, amount int64, memo, balance string) string {
	sum := sha256.Sum256([]byte(at.Format(time.RFC3339) + "|" + strconv.FormatInt(amount, 10) + "|" + memo + "|" + balance))
	return "made:" + hex.EncodeToString(sum[:10])
}

// money reads how much came in, and whether money went out. wrong is a cell that is no amount.
func (c columns) money(l line) (in int64, out bool, wrong string) {
	for _, name := range []column{credit, debit, amount} {
		text := c.of(l, name)
		n, err := dong(text)
		switch {
		case errors.Is(err, vn.ErrNegative):
			out = out || n == 0
		case err != nil && name == debit:
		case err != nil:
			wrong = text
		case n == 0:
		case name == debit:
			out = true
		case name == amount && c.outward(l):
			out = true
		default:
			in = n
		}
	}
	return in, out, wrong
}

// dong reads an amount as banks print it; nothing, or a dash, is nothing.
func dong(text string) (int64, error) {
	text = strings.TrimPrefix(strings.TrimSpace(text), "+")
	if strings.Trim(text, "-–— ") == "" {
		return 0, nil
	}
	n, err := vn.ParseDong(strings.TrimSpace(text))
	if err != nil {
		return 0, fmt.Errorf("read %q: %w", text, err)
	}
	return n, nil
}

// outward says whether a column beside the amount tells that money went out.
func (c columns) outward(l line) bool {
	switch vn.Fold(c.of(l, kind)) {
	case "-", "d", "dr", "debit", "no", "ghi no", "chi", "tien ra", "out":
		return true
	}
	return false
}

// clock is a time behind or before a date.
var clock = regexp.MustCompile(`\b(\d{1,2}):(\d{2})(?::(\d{2}))?\b`)

// day is a date within a cell, the day first or the year first.
var day = regexp.MustCompile(`\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b`)

// instant reads when, in the time of Viet Nam; without an hour it is the day's first.
func instant(text string) (time.Time, bool) {
	m := day.FindStringSubmatch(text)
	if m == nil {
		return time.Time{}, false
	}
	date := m[1] + "/" + m[2] + "/" + m[3]
	if m[4] != "" {
		date = m[4] + "-" + m[5] + "-" + m[6]
	}
	d, err := vn.ParseDate(date)
	if err != nil {
		return time.Time{}, false
	}
	at := d.Starts()
	if t := clock.FindStringSubmatch(strings.Replace(text, m[0], " ", 1)); t != nil {
		h, min, sec := number(t[1]), number(t[2]), number(t[3])
		if h < 24 && min < 60 && sec < 60 {
			at = at.Add(time.Duration(h)*time.Hour + time.Duration(min)*time.Minute + time.Duration(sec)*time.Second)
		}
	}
	return at, true
}

// number reads digits; they are few.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// closing says whether a line sums up.
func closing(l line) bool {
	for _, cell := range l.cells {
		text := vn.Fold(cell)
		for _, word := range []string{"tong", "cong", "total", "so du", "balance", "phat sinh"} {
			if strings.HasPrefix(text, word) {
				return true
			}
		}
	}
	return false
}

// cut keeps the first n characters.
func cut(text string, n int) string {
	text = vn.WithoutUnseen(text)
	if r := []rune(text); len(r) > n {
		return string(r[:n])
	}
	return text
}
