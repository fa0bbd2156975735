package statement_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"vuon/internal/fault"
	"vuon/internal/payment/statement"
)

// The layouts are those of the banks' own pages; names, numbers and sums are made up.
var files = map[string]struct {
	text          string
	bank, account string
	credits       string
	debits        int
}{
	"Vietcombank": {
		`SAO KÊ TÀI KHOẢN,,,,,,
NGÂN HÀNG TMCP NGOẠI THƯƠNG VIỆT NAM (VIETCOMBANK),,,,,,
Số tài khoản/ Account number:,0071 000 123 456,,,,,
STT,"Ngày giao dịch/
TNX Date","Số CT/ Doc No","Số tiền ghi nợ/ Debit","Số tiền ghi có/ Credit","Số dư/ Balance","Nội dung chi tiết/ Transactions in detail"
1,24/11/2026,5078 - 63455,,"1,250,000","11,250,000","MBVCB.123.VUON7KJH3M9P.CT tu 0123 toi 0071"
2,25/11/2026,5078 - 63456,"50,000",,"11,200,000",Phi SMS
3,25/11/2026,5078 - 63457,,"300,000","11,500,000",gui tien
Tổng số,,,"50,000","1,550,000",,`,
		"vietcombank", "0071000123456",
		"2026-11-24T00:00+07 1250000 5078 - 63455 MBVCB.123.VUON7KJH3M9P.CT tu 0123 toi 0071\n2026-11-25T00:00+07 300000 5078 - 63457 gui tien\n", 1,
	},
	"BIDV": {
		`Ngân hàng TMCP Đầu tư và Phát triển Việt Nam;;;;;;
Tài khoản số: 12010001234567;;;;;;
STT;Ngày giao dịch;Ghi nợ;Ghi có;Số dư;Mô tả;Mã giao dịch
1;24/11/2026 08:15:22;;1.250.000;2.250.000;TKThe :0123, VUON 7KJH 3M9P;020097042211241234567890
2;24/11/2026 09:00:00;100.000;0;2.150.000;Rut tien;020097042211241234567891
`,
		"bidv", "12010001234567",
		"2026-11-24T08:15+07 1250000 020097042211241234567890 TKThe :0123, VUON 7KJH 3M9P\n", 1,
	},
	"Techcombank": {
		"Techcombank\nAccount No: 19012345678901\n" +
			"Ngày giao dịch/Transaction date\tĐối tác/Remitter\tDiễn giải/Details\tSố bút toán/Transaction No\tNợ TKTT/Debit\tCó TKTT/Credit\tSố dư/Balance\n" +
			"24/11/2026\tCTY A\tvuon7kjh3m9p thanh toan\tFT26328000001\t\t500,000\t500,000\n" +
			"24/11/2026\tCTY A\tvuon7kjh3m9p thanh toan\tFT26328000001\t\t500,000\t1,000,000\n",
		"techcombank", "19012345678901",
		"2026-11-24T00:00+07 500000 FT26328000001 vuon7kjh3m9p thanh toan\n2026-11-24T00:00+07 500000 FT26328000001 vuon7kjh3m9p thanh toan\n", 0,
	},
	"MB": {
		`"NGÂN HÀNG TMCP QUÂN ĐỘI","","","","",""
"Số tài khoản: 0123456789","","","","",""
"STT","Ngày giao dịch (Transaction Date)","Số bút toán (Transaction No)","Phát sinh nợ (Debit)","Phát sinh có (Credit)","Nội dung (Description)"
"1","24/11/2026 23:59:58","FT26328999","0","250000","VUON7KJH3M9P- Ma giao dich/ Trace123 FT26328999"
"2","25-11-2026","FT26329001","-","12,345,678.00","nop tien"
`,
		"mb", "0123456789",
		"2026-11-24T23:59+07 250000 FT26328999 VUON7KJH3M9P- Ma giao dich/ Trace123 FT26328999\n2026-11-25T00:00+07 12345678 FT26329001 nop tien\n", 0,
	},
	"one signed amount in English": {
		"Date,Description,Amount,Reference\n2026-11-24,top up,\"+1,000,000\",A1\n2026-11-25,fee,-5000,A2\n",
		"other", "", "2026-11-24T00:00+07 1000000 A1 top up\n", 1,
	},
	"one amount and a sign beside it": {
		"Ngày,Nội dung,Số tiền,Loại\n24/11/2026,tiền vé,200000,Có\n24/11/2026,phí,1000,Nợ\n",
		"other", "", "2026-11-24T00:00+07 200000 made:05 tiền vé\n", 1,
	},
}

func shown(t *testing.T, s statement.Sheet) string {
	t.Helper()
	var b strings.Builder
	for _, c := range s.Credits {
		ref := c.Ref
		if strings.HasPrefix(ref, "made:") {
			ref = ref[:5] + "05"
		}
		fmt.Fprintf(&b, "%s %d %s %s\n", c.At.In(time.FixedZone("", 7*3600)).Format("2006-01-02T15:04-07"), c.Amount, ref, c.Memo)
	}
	return b.String()
}

func TestStatementsOfSeveralBanksAreRead(t *testing.T) {
	t.Parallel()
	for name, c := range files {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for form, raw := range map[string][]byte{"csv": []byte(c.text), "csv with a mark": append([]byte("\uFEFF"), c.text...), "csv of windows": []byte(strings.ReplaceAll(c.text, "\n", "\r\n"))} {
				s, err := statement.Read(raw)
				if err != nil {
					t.Fatalf("%s: %v", form, err)
				}
				if got := shown(t, s); got != c.credits || s.Bank != c.bank || s.Account != c.account || s.Debits != c.debits || len(s.Bad) > 0 {
					t.Errorf("%s of %q, %q, %d debits, bad %v:\n%swant\n%s", form, s.Bank, s.Account, s.Debits, s.Bad, got, c.credits)
				}
			}
		})
	}
}

// book writes cells as a bank's program does: dates as dates, amounts as numbers.
func book(t *testing.T, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // nothing of it is left
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestABookIsReadAsATableIs(t *testing.T) {
	t.Parallel()
	raw := book(t,
		[]any{"VIETCOMBANK"}, []any{"Số tài khoản:", "0071000123456"}, []any{},
		[]any{"STT", "Ngày giao dịch", "Số tham chiếu", "Ghi nợ", "Ghi có", "Nội dung"},
		[]any{1, time.Date(2026, 11, 24, 8, 15, 22, 0, time.UTC), "FT1", nil, 1250000, "VUON7KJH3M9P"},
		[]any{2, "25/11/2026", 700045, nil, "300.000", "x"},
		[]any{3, "25/11/2026", "FT3", 1000, nil, "phí"},
	)
	s, err := statement.Read(raw)
	if err != nil {
		t.Fatal(err)
	}
	want := "2026-11-24T08:15+07 1250000 FT1 VUON7KJH3M9P\n2026-11-25T00:00+07 300000 700045 x\n"
	if got := shown(t, s); got != want || s.Bank != "vietcombank" || s.Account != "0071000123456" || s.Debits != 1 {
		t.Errorf("%q %q %d:\n%s", s.Bank, s.Account, s.Debits, got)
	}
}

// Money that cannot be read is named, not left out.
func TestALineThatCannotBeReadIsNamed(t *testing.T) {
	t.Parallel()
	s, err := statement.Read([]byte("Ngày,Nội dung,Ghi có,Mã giao dịch\n24/11/2026,a,100000,1\n31/02/2026,b,200000,2\n24/11/2026,c,hai trăm,3\n,Cộng,300000,\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Credits) != 1 || fmt.Sprint(s.Bad) != "[{3 date 31/02/2026} {4 amount hai trăm}]" {
		t.Errorf("credits %v, bad %v", s.Credits, s.Bad)
	}
}

// The same line has the same name in every file, with or without the bank's help.
func TestALineKeepsItsNameFromFileToFile(t *testing.T) {
	t.Parallel()
	read := func(lines string) (refs []string) {
		t.Helper()
		s, err := statement.Read([]byte("Ngày,Nội dung,Ghi có,Số dư\n" + lines))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range s.Credits {
			refs = append(refs, fmt.Sprint(c.Ref, c.Nth))
		}
		return refs
	}
	const a, b = "24/11/2026,x,100000,5\n", "24/11/2026,x,100000,6\n"
	one, two := read(a+b), read("23/11/2026,y,1,1\n"+a+b)
	if one[0] == one[1] || one[0] != two[1] || one[1] != two[2] {
		t.Errorf("%v and %v", one, two)
	}
	if same := read(a + a); same[0] == same[1] || same[0] != one[0] {
		t.Errorf("twice the same: %v", same)
	}
}

func TestWhatIsNoStatementIsRefused(t *testing.T) {
	t.Parallel()
	for want, raw := range map[string][]byte{
		"statement.empty":      []byte(" \n"),
		"statement.no_header":  []byte("a,b\n1,2\n"),
		"statement.old_excel":  []byte("\xD0\xCF\x11\xE0rest"),
		"statement.unreadable": []byte("PK\x03\x04 but no book"),
		"statement.too_large":  bytes.Repeat([]byte("x"), statement.LargestFile+1),
	} {
		if _, err := statement.Read(raw); fault.Code(err) != want {
			t.Errorf("%v, not %s", err, want)
		}
	}
}

// No file makes the reader fail, no line is read twice, and no amount is less than one đồng.
func FuzzRead(f *testing.F) {
	for _, c := range files {
		f.Add([]byte(c.text))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := statement.Read(raw)
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, c := range s.Credits {
			one := fmt.Sprintf("%v|%d|%q|%q|%d", c.At, c.Amount, c.Memo, c.Ref, c.Nth)
			if c.Amount < 1 || c.Ref == "" || seen[one] || c.At.IsZero() {
				t.Errorf("%+v", c)
			}
			seen[one] = true
		}
	})
}
