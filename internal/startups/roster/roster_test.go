package roster_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"

	"vuon/internal/fault"
	"vuon/internal/startups/roster"
	"vuon/internal/vn"
)

const header = "name,tax_code,founded_on,revenue_vnd,jobs,website\n"

var today = vn.On(2026, time.November, 26)

// judged reads a file and judges it. 0316794479 stands in the database.
func judged(t *testing.T, raw string) ([]roster.Startup, []roster.Fault) {
	t.Helper()
	good, wrong, err := judge(raw)
	if err != nil {
		t.Fatal(err)
	}
	return good, wrong
}

func judge(raw string) ([]roster.Startup, []roster.Fault, error) {
	lines, err := roster.Read([]byte(raw))
	if err != nil {
		return nil, nil, err
	}
	return roster.Startups(lines, today, func(code string) bool { return code == "9900000062" })
}

func shown(s roster.Startup) string {
	n := func(v *int64) string {
		if v == nil {
			return "-"
		}
		return fmt.Sprint(*v)
	}
	return strings.Join([]string{fmt.Sprint(s.Row), s.Name, s.TaxCode, s.FoundedOn, n(s.Revenue), n(s.Jobs), s.Website}, "|")
}

func TestOneRowHasOneFault(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Ạ", 201)
	for row, want := range map[string]string{
		",9900000016,,,,":               "name name.missing",
		"  ,9900000016,,,,":             "name name.missing",
		",,,,,":                         "name name.missing",
		"\u200b,,,,,":                   "name name.missing",
		long + ",1,,,,":                 "name text.long",
		norm.NFD.String(long) + ",,,,,": "name text.long",
		"A,990000001,,,,":               "tax_code tax_code.length",
		"A,99000000167,,,,":             "tax_code tax_code.length",
		"A,9900O00016,,,,":              "tax_code tax_code.length",
		"A,9900000016-1,,,,":            "tax_code tax_code.length",
		"A,9900000017,31/02/2025,,,":    "tax_code tax_code.checksum",
		"A,9900000017-001,,,,":          "tax_code tax_code.checksum",
		"A,9900000062,,,,":              "tax_code tax_code.duplicate",
		"A,9900 000 062,32/1/2025,,,":   "tax_code tax_code.duplicate",
		"A,,31/02/2025,-1,,":            "founded_on date.invalid",
		"A,,2025-02-29,,,":              "founded_on date.invalid",
		"A,,12/31/2025,,,":              "founded_on date.invalid",
		"A,,2025,,,":                    "founded_on date.invalid",
		"A,,27/11/2026,,,":              "founded_on date.future",
		"A,,2026-11-27,-1,,":            "founded_on date.future",
		"A,,,nhiều,,":                   "revenue_vnd money.invalid",
		`A,,,"0,5",1.5,`:                "revenue_vnd money.invalid",
		`A,,,"1.250.000,5",,`:           "revenue_vnd money.invalid",
		"A,,,99999999999999999999,,":    "revenue_vnd money.invalid",
		"A,,,-1.000,,":                  "revenue_vnd money.negative",
		`A,,,"-1,25 tỷ",,`:              "revenue_vnd money.negative",
		`A,,,,"12,5",`:                  "jobs number.invalid",
		"A,,,,-3,ftp://x.vn":            "jobs number.invalid",
		"A,,,,mười,":                    "jobs number.invalid",
		"A,,,,,www.example.vn":          "website url.invalid",
		"A,,,,,ftp://example.vn":        "website url.invalid",
		"A,,,,,javascript:alert(1)":     "website url.invalid",
		"A,,,,,https://":                "website url.invalid",
		"A,,,,,http://a b.vn":           "website url.invalid",
		"A,,,,,https://" + strings.Repeat("a", 2000) + ".vn": "website text.long",
		"A,,,,,https://a.vn,x":                               " row.cells",
		"A,,,1,250,000,12":                                   "website url.invalid", // an amount without its quotes
	} {
		_, wrong := judged(t, header+row+"\n")
		if len(wrong) != 1 || wrong[0].Row != 2 || wrong[0].Field+" "+wrong[0].Code != want {
			t.Errorf("%q is %v, want %s", row, wrong, want)
		}
	}
}

func TestWhatIsGoodGoesIn(t *testing.T) {
	t.Parallel()
	name := strings.Repeat("Ạ", 200)
	for row, want := range map[string]string{
		"A":                               "2|A|||-|-|",
		"A,,,0,0,":                        "2|A|||0|0|", // a true zero
		"A,,,,,":                          "2|A|||-|-|", // not told
		" A  B ,9900000016,1/2/2025,,,":   "2|A B|9900000016|2025-02-01|-|-|",
		norm.NFD.String(name) + ",,,,,":   "2|" + name + "|||-|-|",
		"A,9900 000 016 - 001,,,,":        "2|A|9900000016-001||-|-|",
		"A,079 203 001 234,,,,":           "2|A|079203001234||-|-|",
		"A,,26/11/2026,,,":                "2|A||2026-11-26|-|-|", // today is not the future
		`A,,2025-12-31,"1,25 tỷ",1.250,`:  "2|A||2025-12-31|1250000000|1250|",
		"A,,,500 triệu,12,http://a.vn":    "2|A|||500000000|12|http://a.vn",
		"A,,,1.250.000 ₫,,HTTPS://a.vn/x": "2|A|||1250000|-|https://a.vn/x",
		"A,,,,,https://a.vn:8080/đường-dẫn/~x?y=1&z=%20#w":    "2|A|||-|-|https://a.vn:8080/đường-dẫn/~x?y=1&z=%20#w",
		"A,,,,,http://10.0.0.1/":                              "2|A|||-|-|http://10.0.0.1/",
		"A,,,,,https://my_shop.vn":                            "2|A|||-|-|https://my_shop.vn",
		"A,,,,,https://www.facebook.com/gốm.lái/":             "2|A|||-|-|https://www.facebook.com/gốm.lái/",
		`A,,,"1,250,000",,`:                                   "2|A|||1250000|-|",
		norm.NFD.String("Gốm,,,500 triệu,12,https://vườn.vn"): "2|Gốm|||500000000|12|https://vườn.vn",
		`"Gốm ""Lái""",,,,,`:                                  `2|Gốm "Lái"|||-|-|`,
		`Gốm "Lái" Thiêu,,,,,`:                                `2|Gốm "Lái" Thiêu|||-|-|`,
		` "Gốm, Lái" ,,,,,`:                                   "2|Gốm, Lái|||-|-|",
		"\"Gốm\r\n Lái\",,,,,":                                "2|Gốm Lái|||-|-|",
		"A,,,,,https://a.vn,, ":                               "2|A|||-|-|https://a.vn", // empty cells behind the last column are nothing
	} {
		good, wrong := judged(t, header+row+"\n")
		if len(wrong) != 0 || len(good) != 1 || shown(good[0]) != want {
			t.Errorf("%q is %v and %v, want %s", row, good, wrong, want)
		}
	}
}

// A row is numbered by the line of the file on which it begins, and a code that repeats is the later row's fault.
func TestRowsAreNumberedAsInTheFile(t *testing.T) {
	t.Parallel()
	for name, raw := range map[string]string{
		"lines":     header + "A,9900000016,,,,\n\"B\nb\nb\",9900000023,,,,\n\n  \nC,9900 000 016,,,,\nD,x,,,,",
		"crlf":      strings.ReplaceAll(header+"A,9900000016,,,,\n\"B\nb\nb\",9900000023,,,,\n\n  \nC,9900000016,,,,\nD,x,,,,\n", "\n", "\r\n"),
		"mac":       strings.ReplaceAll(header+"A,9900000016,,,,\n\"B\nb\nb\",9900000023,,,,\n\n  \nC,9900000016,,,,\nD,x,,,,\n", "\n", "\r"),
		"semicolon": "\ufeff" + strings.ReplaceAll(header+"A,9900000016,,,,\n\"B\nb\nb\",9900000023,,,,\n\n  \nC,9900000016,,,,\nD,x,,,,\n", ",", ";"),
		"tab":       strings.ReplaceAll(header+"A,9900000016,,,,\n\"B\nb\nb\",9900000023,,,,\n\n  \nC,9900000016,,,,\nD,x,,,,\n", ",", "\t"),
	} {
		good, wrong := judged(t, raw)
		if len(good) != 2 || good[0].Row != 2 || good[1].Row != 3 || good[1].Name != "B b b" {
			t.Errorf("%s: good are %v", name, good)
		}
		if want := []roster.Fault{{8, "tax_code", "tax_code.duplicate"}, {9, "tax_code", "tax_code.length"}}; !slices.Equal(wrong, want) {
			t.Errorf("%s: faults are %v", name, wrong)
		}
	}
}

// Nobody knows which of two rows with one code is meant, whatever else is wrong with the first.
func TestACodeRepeatsEvenBehindAFault(t *testing.T) {
	t.Parallel()
	good, wrong := judged(t, header+",9900000016,,,,\nA,9900000016,,,,\nB,9900000017,,,,\nC,9900000017,,,,\nD,9900000016-001,,,,\nE,9900000062,,,,\n")
	want := []roster.Fault{
		{2, "name", "name.missing"},
		{3, "tax_code", "tax_code.duplicate"},
		{4, "tax_code", "tax_code.checksum"},
		{5, "tax_code", "tax_code.checksum"},
		{7, "tax_code", "tax_code.duplicate"},
	}
	if len(good) != 1 || good[0].Name != "D" || !slices.Equal(wrong, want) {
		t.Errorf("good are %v, faults %v", good, wrong)
	}
}

// The columns stand in any order, and the first fault is that of the file's first column.
func TestColumnsAreReadByTheirWords(t *testing.T) {
	t.Parallel()
	for _, head := range []string{
		"website,jobs,revenue_vnd,founded_on,tax_code,name", "Website,Jobs,Revenue VND,Founded_On,Tax Code,NAME",
		"Trang web,Số lao động,Doanh thu (VNĐ),Ngày thành lập,Mã số thuế,Tên doanh nghiệp",
		norm.NFD.String("Trang web,Số lao động,Doanh thu (đồng),Ngày thành lập,Mã số thuế (MST),TÊN CÔNG TY"),
		"trang web,so viec lam,doanh thu,ngay thanh lap,mst,ten",
	} {
		good, wrong := judged(t, head+"\nhttps://a.vn,12,500 triệu,31/12/2020,9900000016,A\nx,x,x,x,x,\n")
		if len(good) != 1 || shown(good[0]) != "2|A|9900000016|2020-12-31|500000000|12|https://a.vn" {
			t.Errorf("%s: good are %v", head, good)
		}
		if want := []roster.Fault{{3, "website", "url.invalid"}}; !slices.Equal(wrong, want) {
			t.Errorf("%s: faults are %v", head, wrong)
		}
	}
	if good, _ := judged(t, "\n\nTên\nGốm\n"); len(good) != 1 || good[0].Row != 4 {
		t.Errorf("a table of names alone is %v", good)
	}
}

func TestFilesThatAreNoTable(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"": "import.empty", "\ufeff": "import.empty", " \n\n": "import.empty", "tax_code,jobs\n1,2\n": "import.no_name",
		"name,colour\nA,red\n": "import.unknown_column", "name,Doanh thu (triệu đồng)\nA,5\n": "import.unknown_column", "name,Tên\nA,B\n": "import.column_twice",
		"\xff\xfen\x00a\x00": "import.unreadable", "\x89PNG\r\n\x1a\n\x00": "import.unreadable", "PK\x03\x04 no book": "import.unreadable",
		"T\xean,MST\nA,1\n": "import.unreadable", header + "A,,,,,\n\"B,,,,,\nC,,,,,\n": "import.open_quote",
	} {
		_, _, err := judge(raw)
		if fault.Code(err) != want {
			t.Errorf("%q: %v, want %s", raw, err, want)
		}
	}
	if _, _, err := judge(header + "A,,,,,\n\"B,,,,,\nC,,,,,\n"); fault.As(err).Slots["row"] != "3" {
		t.Errorf("the open quote is in row %v", fault.As(err).Slots)
	}
	if good, wrong := judged(t, header); len(good)+len(wrong) != 0 {
		t.Errorf("a head alone is %v, %v", good, wrong)
	}
}

// In a spreadsheet a number is a number and a day is a day, however it is shown.
func TestABookIsReadAsItsTable(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	page, days, wrote := f.GetSheetName(0), "dd/mm/yyyy", "d-mmm-yy"
	day, err := f.NewStyle(&excelize.Style{CustomNumFmt: &days})
	if err != nil {
		t.Fatal(err)
	}
	other, err := f.NewStyle(&excelize.Style{CustomNumFmt: &wrote})
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]any{
		{"Tên doanh nghiệp", "Mã số thuế", "Ngày thành lập", "Doanh thu", "Số lao động", "Website"},
		{"Gốm", "9900000016", 43831, 1250000000, 12, "https://a.vn"},
		{},
		{"Mủ", 9900000023, "31/12/2020", "1,25 tỷ", 12.5},
		{"Tre", 79203001234, 43832, 1250.125, 3},
		{"Sông", "", 43832, 0, 0},
		{"Nước", "", "", 1250.125, 3}, // three figures behind the comma are no thousands
		{"Gió", "", "", 5000, 12.125},
	}
	for i, row := range rows {
		if err := f.SetSheetRow(page, fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	for at, style := range map[string]int{"C2": day, "C5": day, "C6": other} {
		if err := f.SetCellStyle(page, at, at, style); err != nil {
			t.Fatal(err)
		}
	}
	var raw bytes.Buffer
	if err := f.Write(&raw); err != nil {
		t.Fatal(err)
	}
	good, wrong := judged(t, raw.String())
	if len(good) != 2 || shown(good[0]) != "2|Gốm|9900000016|2020-01-01|1250000000|12|https://a.vn" || shown(good[1]) != "6|Sông||2020-01-02|0|0|" {
		t.Errorf("good are %v", good)
	}
	want := []roster.Fault{ // of the second the noughts in front are lost
		{4, "jobs", "number.invalid"}, {5, "tax_code", "tax_code.length"}, {7, "revenue_vnd", "money.invalid"}, {8, "jobs", "number.invalid"},
	}
	if !slices.Equal(wrong, want) {
		t.Errorf("faults are %v", wrong)
	}
}

// Whatever a file holds, it is refused or each row is whole or has one fault; nothing breaks, and a row lies within the file.
func FuzzStartups(f *testing.F) {
	for _, seed := range []string{
		header + "A,9900000016,1/2/2025,\"1,25 tỷ\",12,https://a.vn\n", "Tên;MST\n\"a\"\"\n\";1\n", "name\r\rA\r", "\ufeffname\tjobs\n,\n", "PK\x03\x04", "name\n\"",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		good, wrong, err := judge(raw)
		if err != nil {
			if fault.As(err) == nil {
				t.Errorf("%q: %v", raw, err)
			}
			return
		}
		last := 1
		rows := map[int]bool{}
		for _, s := range good {
			if rows[s.Row] = true; s.Name == "" || vn.Fold(s.Name) == "" || s.Row <= last {
				t.Errorf("%q: row %d is called %q", raw, s.Row, s.Name)
			}
			last = s.Row
		}
		for _, w := range wrong {
			if rows[w.Row] || w.Row < 2 || w.Row > strings.Count(raw, "\n")+strings.Count(raw, "\r")+1 {
				t.Errorf("%q: row %d has fault %s", raw, w.Row, w.Code)
			}
			rows[w.Row] = true
		}
	})
}
