package statement

import (
	"regexp"
	"slices"
	"strings"

	"vuon/internal/vn"
)

// column is what a column of a statement tells.
type column int

const (
	date column = iota
	credit
	debit
	amount
	kind
	memo
	ref
	balance
)

// called are the columns' names as banks write them, folded: a name, or how one begins. Those before others win.
var called = []struct {
	column column
	names  []string
}{
	{balance, []string{"so du", "balance", "luy ke", "running balance"}},
	{credit, []string{"so tien ghi co", "ghi co", "phat sinh co", "ps co", "co tktt", "credit", "tien vao", "so tien vao", "co"}},
	{debit, []string{"so tien ghi no", "ghi no", "phat sinh no", "ps no", "no tktt", "debit", "tien ra", "so tien ra", "no"}},
	{ref, []string{
		"so tham chieu", "ma tham chieu", "so but toan", "but toan", "ma giao dich", "ma gd", "so giao dich", "so gd", "so ct", "so chung tu",
		"transaction no", "transaction id", "transaction ref", "reference", "ref", "doc no", "trace",
	}},
	{memo, []string{
		"noi dung", "dien giai", "mo ta", "chi tiet", "description", "details", "detail", "transactions in detail", "transaction details",
		"remark", "narrative", "content",
	}},
	{date, []string{
		"ngay giao dich", "ngay gd", "ngay hach toan", "ngay ghi so", "ngay hieu luc", "thoi gian", "ngay", "transaction date", "trans date",
		"tnx date", "txn date", "posting date", "booking date", "value date", "effective date", "date", "time",
	}},
	{kind, []string{"loai giao dich", "loai gd", "loai", "ghi no/co", "type", "dr/cr", "+/-", "cd"}},
	{amount, []string{"so tien", "gia tri", "amount"}},
}

// columns are where a statement tells what, by the place of the column; -1: it does not.
type columns [balance + 1]int

// of is a cell of a line, "" where there is none.
func (c columns) of(l line, name column) string {
	if at := c[name]; at >= 0 && at < len(l.cells) {
		return strings.TrimSpace(l.cells[at])
	}
	return ""
}

// searched is how many lines a header may stand below.
const searched = 60

// header finds the line with the columns' names: one that tells when, for what, and how much.
func header(lines []line) (at int, found columns) {
	for i, l := range lines[:min(len(lines), searched)] {
		c := named(l)
		if c[date] >= 0 && c[memo] >= 0 && (c[credit] >= 0 || c[amount] >= 0) {
			return i, c
		}
	}
	return -1, found
}

// named says which columns the cells of a line name.
func named(l line) columns {
	var c columns
	for i := range c {
		c[i] = -1
	}
	for at, cell := range l.cells {
		name, known := meaning(cell)
		if known && c[name] < 0 {
			c[name] = at
		}
	}
	if c[credit] >= 0 { // an amount beside it is another currency's, or the fee's
		c[amount] = -1
	}
	return c
}

// meaning reads a column's name: Vietnamese, English, or both with a slash or a line between them.
func meaning(cell string) (column, bool) {
	whole := vn.Fold(strings.Trim(strings.ReplaceAll(cell, "\n", " "), " :*()"))
	if whole == "" || len(whole) > 80 {
		return 0, false
	}
	if slices.Contains([]string{"ghi no/co", "dr/cr", "+/-"}, whole) {
		return kind, true
	}
	var parts []string
	for _, p := range strings.FieldsFunc(whole, func(r rune) bool { return r == '/' || r == '(' || r == ')' || r == '|' }) {
		if p = strings.Trim(p, " :*."); p != "" {
			parts = append(parts, p)
		}
	}
	for _, exact := range []bool{true, false} {
		for _, c := range called {
			for _, name := range c.names {
				for _, p := range parts {
					if p == name || !exact && len(name) > 2 && strings.HasPrefix(p, name+" ") {
						return c.column, true
					}
				}
			}
		}
	}
	return 0, false
}

// banks are how a bank calls itself above its lines, folded. The longer names come first.
var banks = []struct{ word, bank string }{
	{"vietcombank", "vietcombank"},
	{"ngoai thuong viet nam", "vietcombank"},
	{"techcombank", "techcombank"},
	{"ky thuong viet nam", "techcombank"},
	{"vietinbank", "vietinbank"},
	{"cong thuong viet nam", "vietinbank"},
	{"agribank", "agribank"},
	{"bidv", "bidv"},
	{"dau tu va phat trien", "bidv"},
	{"mb bank", "mb"},
	{"mbbank", "mb"},
	{"ngan hang quan doi", "mb"},
	{"tmcp quan doi", "mb"},
	{"vpbank", "vpbank"},
	{"tpbank", "tpbank"},
	{"sacombank", "sacombank"},
	{"hdbank", "hdbank"},
	{"a chau", "acb"},
	{"acb", "acb"},
}

// numbered finds an account behind its name.
var numbered = regexp.MustCompile(`(?:so tai khoan|tai khoan so|account number|account no|account|so tk|tai khoan)[^0-9]{0,40}([0-9][0-9 .-]{4,24}[0-9])`)

// recognise reads which bank and which account the lines above the columns tell of.
func (s *Sheet) recognise(head []line) {
	var text strings.Builder
	for _, l := range head {
		text.WriteString(vn.Fold(strings.Join(l.cells, " ")))
		text.WriteByte('\n')
	}
	for _, b := range banks {
		if strings.Contains(text.String(), b.word) {
			s.Bank = b.bank
			break
		}
	}
	if m := numbered.FindStringSubmatch(text.String()); m != nil {
		s.Account = strings.NewReplacer(" ", "", ".", "", "-", "").Replace(m[1])
	}
}
