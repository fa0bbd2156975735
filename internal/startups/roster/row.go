package roster

import (
	"errors"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pocketbase/ozzo-validation/v4/is"
	"golang.org/x/text/unicode/norm"

	"vuon/internal/vn"
)

// Startup is a row without a fault. What nobody said is empty, and nil where it would be a number: that is not zero.
type Startup struct {
	Row       int
	Name      string
	TaxCode   string // as vn.ParseTaxCode gives it
	FoundedOn string // YYYY-MM-DD
	Revenue   *int64 // đồng
	Jobs      *int64
	Website   string
}

// Fault is what is wrong with a row. Codes: name.missing, text.long, tax_code.length, tax_code.checksum, tax_code.duplicate,
// date.invalid, date.future, money.invalid, money.negative, number.invalid, url.invalid, and row.cells for a row with more
// cells than the head has columns, as a comma makes that should have stood in quotes.
type Fault struct {
	Row   int
	Field string // one of Columns; "" for row.cells
	Code  string
}

// What is the longest, in characters after composing (NFC).
const (
	longestName    = 200
	longestWebsite = 2000
)

// Startups judges a table that Read has read, the head first. today is the local day; taken says whether a tax code stands in
// the database. A tax code that an earlier row of the file has is the later row's fault, even where the earlier row has a
// fault of its own: nobody knows which of the two is meant. Errors: those of a head.
func Startups(all []Line, today vn.Day, taken func(code string) bool) ([]Startup, []Fault, error) {
	if len(all) == 0 {
		return nil, nil, nil
	}
	columns, err := startupForm.head(all[0])
	if err != nil {
		return nil, nil, err
	}
	j := judge{columns: columns, today: today, taken: taken, seen: map[string]bool{}}
	good, faults := make([]Startup, 0, len(all)), []Fault{}
	for _, line := range all[1:] {
		s, code, field := j.row(line)
		if code != "" {
			faults = append(faults, Fault{line.Row, field, code})
			continue
		}
		good = append(good, s)
	}
	return good, faults, nil
}

type judge struct {
	columns heading
	today   vn.Day
	taken   func(string) bool
	seen    map[string]bool // tax codes of the rows before
}

// row reads one row; code is what is wrong with it first, "" for nothing.
func (j *judge) row(line Line) (s Startup, code, field string) {
	s.Row = line.Row
	for i, column := range j.columns {
		wrong := j.put(&s, column, j.columns.cell(line, i))
		if wrong != "" && code == "" {
			code, field = wrong, column
		}
	}
	if code == "" && j.columns.spills(line) {
		code = "row.cells"
	}
	return s, code, field
}

// put reads one cell into its place and says what is wrong with it.
func (j *judge) put(s *Startup, column, cell string) (code string) {
	if cell == "" {
		if column == Name {
			return "name.missing"
		}
		return ""
	}
	switch column {
	case Name:
		s.Name = cell
		switch {
		case vn.Fold(cell) == "":
			return "name.missing"
		case utf8.RuneCountInString(cell) > longestName:
			return "text.long"
		}
	case TaxCode:
		return j.taxCode(s, cell)
	case FoundedOn:
		day, err := vn.ParseDate(cell)
		switch s.FoundedOn = day.String(); {
		case err != nil:
			return "date.invalid"
		case day > j.today:
			return "date.future"
		}
	case Revenue:
		n, err := vn.ParseDong(cell)
		switch s.Revenue = &n; {
		case errors.Is(err, vn.ErrNegative):
			return "money.negative"
		case err != nil:
			return "money.invalid"
		}
	case Jobs:
		n, err := vn.ParseWhole(cell)
		if s.Jobs = &n; err != nil {
			return "number.invalid"
		}
	case Website:
		if utf8.RuneCountInString(cell) > longestWebsite {
			return "text.long"
		}
		if s.Website = address(cell); s.Website == "" {
			return "url.invalid"
		}
	}
	return ""
}

func (j *judge) taxCode(s *Startup, cell string) (wrong string) {
	code, err := vn.ParseTaxCode(cell)
	switch {
	case errors.Is(err, vn.ErrTaxLength):
		return "tax_code.length"
	case err != nil:
		return "tax_code.checksum"
	case j.seen[code], j.taken(code):
		return "tax_code.duplicate"
	}
	j.seen[code], s.TaxCode = true, code
	return ""
}

// address is an address of the web: http or https, in small letters, with a place behind it. "" is none.
func address(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return ""
	}
	text = u.Scheme + text[len(u.Scheme):]
	if is.URL.Validate(text) != nil { // what the schema would refuse
		return ""
	}
	return text
}

// tidy composes a text, turns every blank and break of a line into one blank, and drops what cannot be seen.
func tidy(text string) string {
	seen := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r == '\u200b', r == '\ufeff', r == '\u00ad':
			return -1
		}
		return r
	}, norm.NFC.String(text))
	return norm.NFC.String(strings.Join(strings.Fields(seen), " "))
}
