package roster

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"vuon/internal/fault"
	"vuon/internal/vn"
)

// The columns of a table of startups, as they are called in answers.
const (
	Name      = "name"
	TaxCode   = "tax_code"
	FoundedOn = "founded_on"
	Revenue   = "revenue_vnd"
	Jobs      = "jobs"
	Website   = "website"
)

// Columns are those of a table of startups in their own order.
var Columns = []string{Name, TaxCode, FoundedOn, Revenue, Jobs, Website}

// words are what people call the columns, folded and without marks. A unit that is not đồng is no word of ours: "doanh thu
// (triệu đồng)" read as đồng would be wrong by a million.
var words = map[string][]string{
	Name: {
		"name", "ten", "ten doanh nghiep", "ten cong ty", "ten startup", "ten phap nhan", "ten to chuc", "ten don vi", "ten goi",
		"ten doanh nghiep khoi nghiep", "ten day du", "doanh nghiep", "doanh nghiep khoi nghiep", "cong ty", "startup", "company", "company name", "legal name",
	},
	TaxCode: {
		"tax code", "ma so thue", "mst", "ma so thue mst", "ma thue", "ma so doanh nghiep", "msdn", "ma so doanh nghiep msdn", "ma so thue doanh nghiep",
		"taxcode", "tax id",
	},
	FoundedOn: {
		"founded on", "founded", "ngay thanh lap", "thanh lap", "thanh lap ngay", "ngay thanh lap doanh nghiep", "ngay thanh lap cong ty", "date founded",
		"founding date",
	},
	Revenue: {
		"revenue vnd", "revenue", "doanh thu", "doanh thu vnd", "doanh thu dong", "doanh thu d", "doanh thu nam", "doanh thu nam truoc", "doanh thu nam gan nhat",
		"doanh thu nam vnd", "doanh thu nam dong", "doanh thu nam truoc vnd", "doanh thu nam truoc dong", "doanh thu nam gan nhat vnd",
		"doanh thu nam gan nhat dong", "tong doanh thu", "tong doanh thu vnd", "tong doanh thu dong", "doanh thu viet nam dong",
	},
	Jobs: {
		"jobs", "viec lam", "so viec lam", "lao dong", "so lao dong", "so luong lao dong", "nhan su", "so nhan su", "so luong nhan su", "nhan vien",
		"so nhan vien", "so luong nhan vien", "so nguoi lam", "so nguoi lam viec", "so nguoi lao dong", "so cho lam", "so cho lam viec", "headcount",
		"employees", "viec lam toan thoi gian", "so viec lam toan thoi gian", "so luong viec lam",
	},
	Website: {
		"website", "web", "trang web", "dia chi web", "dia chi website", "dia chi trang web", "trang thong tin", "trang thong tin dien tu", "trang chu", "url",
		"web site", "lien ket web", "site",
	},
}

// form is a kind of table: its columns in their own order, what people call them, and those without which it is none.
type form struct {
	columns []string
	words   map[string][]string
	needs   []string
}

var startupForm = form{Columns, words, []string{Name}}

// plainly is a word as heads are compared: folded, and everything but letters and digits a blank.
func plainly(text string) string {
	return strings.Join(strings.FieldsFunc(vn.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// meant is the column that a word of a head means, or "".
func (f form) meant(word string) string {
	word = plainly(word)
	for _, column := range f.columns {
		if slices.Contains(f.words[column], word) {
			return column
		}
	}
	return ""
}

// known says whether a word stands in the head of any table.
func known(word string) bool { return startupForm.meant(word) != "" || historyForm.meant(word) != "" }

// heading says which column stands at which place; "" is a place without a name.
type heading []string

// head reads the first line. Errors, all of the field "file": import.unknown_column, import.column_twice, import.no_column, and
// import.no_name where that column is the name of a startup.
func (f form) head(first Line) (heading, error) {
	columns := make(heading, len(first.Cells))
	for i, word := range first.Cells {
		shown := strings.Join(strings.Fields(word), " ")
		if shown == "" {
			continue
		}
		column := f.meant(word)
		switch {
		case column == "":
			return nil, fault.Field("file", "import.unknown_column", "column", brief(shown), "place", strconv.Itoa(i+1), "columns", strings.Join(f.columns, ", "))
		case slices.Contains(columns, column):
			return nil, fault.Field("file", "import.column_twice", "column", brief(shown))
		}
		columns[i] = column
	}
	for _, column := range f.needs {
		switch {
		case slices.Contains(columns, column):
		case column == Name:
			return nil, fault.Field("file", "import.no_name")
		default:
			return nil, fault.Field("file", "import.no_column", "column", column)
		}
	}
	return columns, nil
}

// cell is what stands in a line under the column at a place; "" where the line has ended before.
func (h heading) cell(line Line, at int) string {
	if at < len(line.Cells) {
		return tidy(line.Cells[at])
	}
	return ""
}

// spills says whether a line has cells that stand under no column.
func (h heading) spills(line Line) bool {
	for i, cell := range line.Cells {
		if (i >= len(h) || h[i] == "") && tidy(cell) != "" {
			return true
		}
	}
	return false
}

// brief keeps a message short, whatever stands in a file.
func brief(text string) string {
	if letters := []rune(text); len(letters) > 60 {
		return string(letters[:60]) + "…"
	}
	return text
}
