package payment_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/housetest"
	"vuon/internal/payment"
)

// shop sells things in the place of the house's orders: what a bill is, and what becomes of it when it is paid.
type shop struct {
	sync.Mutex
	bills  map[string]*payment.Bill // by code
	full   map[string]bool          // what cannot be had any more, should it be paid late
	voided []string
	turned []string // what the shop heard of payments elsewhere
	alone  int64
	buyer  string
	things []payment.SoldLine // what each sells
}

func (s *shop) bill(code string) (payment.Bill, error) {
	s.Lock()
	defer s.Unlock()
	if b := s.bills[code]; b != nil {
		return *b, nil
	}
	return payment.Bill{}, fault.NotFound("record.not_found")
}

func (s *shop) needs() payment.Needs {
	byID := func(id string) string { return strings.TrimPrefix(id, "payable") }
	return payment.Needs{
		Bill:   func(_ core.App, code string) (payment.Bill, error) { return s.bill(code) },
		BillOf: func(_ core.App, id string) (payment.Bill, error) { return s.bill(byID(id)) },
		Codes: func(memo string) (codes []string) {
			for _, word := range strings.Fields(memo) {
				if code, ok := strings.CutPrefix(word, payment.MemoPrefix); ok {
					codes = append(codes, code)
				}
			}
			return codes
		},
		Paid: func(_ core.App, id string, _ *payment.Payment, _ access.Actor, _ time.Time) error {
			s.Lock()
			defer s.Unlock()
			code := byID(id)
			if s.bills[code].State = payment.BillPaid; s.full[code] {
				s.bills[code].State = payment.BillStuck
			}
			return nil
		},
		Turned: func(_ core.App, id string, p *payment.Payment, _ access.Actor, _ time.Time) error {
			s.Lock()
			defer s.Unlock()
			s.turned = append(s.turned, byID(id)+" "+string(p.Status()))
			return nil
		},
		Withdrawn: func(_ core.App, id string, parts []string, _ string, _ access.Actor, _ time.Time) error {
			s.Lock()
			defer s.Unlock()
			s.voided = append(s.voided, byID(id)+strings.Join(parts, "+"))
			return nil
		},
		Snapshot: func(_ core.App, id string) (payment.Sold, error) {
			sold := payment.Sold{Code: byID(id), Buyer: s.buyer, Lines: s.things}
			for _, l := range s.things {
				sold.Total, sold.VAT = sold.Total+l.Price, sold.VAT+l.VAT
			}
			return sold, nil
		},
		Account: func(core.App) (payment.Account, error) {
			return payment.Account{Bank: "970436", Number: "0071000123456", Holder: "VUON", Alone: s.alone}, nil
		},
		Person: func(_ core.App, id string) (string, error) { return id, nil },
	}
}

// sold is a house whose book is kept for a shop, with some things that wait for money: code and sum.
func sold(t testing.TB, due map[string]int64) (core.App, *shop) {
	t.Helper()
	house := housetest.App(t)
	s := &shop{bills: map[string]*payment.Bill{}, full: map[string]bool{}, alone: 1_000_000}
	payment.Bind(house, s.needs(), nil)
	for code, sum := range due {
		s.bills[code] = &payment.Bill{Payable: "payable" + code, Code: code, Due: sum, State: payment.BillOpen}
		ask(t, house, s, code, payment.VietQR)
	}
	return house, s
}

var cashier = access.Job("a test")

func ask(t testing.TB, house core.App, s *shop, code string, by payment.Provider) *payment.Payment {
	t.Helper()
	b := s.bills[code]
	p, err := payment.Open(house, payment.Ask{Payable: b.Payable, Code: code, By: by, Due: b.Due, Until: housetest.Noon.Add(day)}, cashier, housetest.Noon)
	housetest.Refused(t, err, "")
	return p
}

// stopped ends what a payable waits for; done says whether it waits no more.
func stopped(t testing.TB, house core.App, payable, verb string, done bool) {
	t.Helper()
	got, err := payment.Stop(house, payable, verb, cashier, housetest.Noon)
	if housetest.Refused(t, err, ""); got != done {
		t.Errorf("%s of %s: it waits no more: %t", verb, payable, got)
	}
}

const day = 24 * time.Hour

// statementOf is a statement with some lines: reference, sum, memo.
func statementOf(lines ...string) []byte {
	var b strings.Builder
	b.WriteString("VIETCOMBANK\nSố tài khoản: 0071000123456\nNgày giao dịch,Số tham chiếu,Ghi có,Nội dung\n")
	for _, l := range lines {
		b.WriteString("26/11/2026," + l + "\n")
	}
	return []byte(b.String())
}

// brought takes a statement in.
func brought(t testing.TB, house core.App, lines ...string) *payment.Taken {
	t.Helper()
	got, err := payment.ImportStatement(house, cashier, "sao-ke.csv", statementOf(lines...), false, housetest.Noon)
	housetest.Refused(t, err, "")
	return got
}

// told says of every line of the bank what became of it, by reference.
func told(t testing.TB, house core.App) string {
	t.Helper()
	all, err := payment.Lines.All(house)
	housetest.Refused(t, err, "")
	var words []string
	for _, l := range all {
		words = append(words, l.Ref()+" "+string(l.Status()))
	}
	return sorted(words)
}

func sorted(words []string) string {
	for i := range words {
		for k := i + 1; k < len(words); k++ {
			if words[k] < words[i] {
				words[i], words[k] = words[k], words[i]
			}
		}
	}
	return strings.Join(words, ", ")
}

// one is the line of a reference.
func one(t testing.TB, house core.App, ref string) *payment.Line {
	t.Helper()
	all, err := payment.Lines.All(house)
	housetest.Refused(t, err, "")
	for _, l := range all {
		if l.Ref() == ref {
			return l
		}
	}
	t.Fatalf("there is no line %s", ref)
	return nil
}

func numbers(t testing.TB, house core.App) string {
	t.Helper()
	all, err := payment.Receipts.All(house)
	housetest.Refused(t, err, "")
	var words []string
	for _, r := range all {
		words = append(words, fmt.Sprintf("%s %s %s", r.Number(), r.Kind(), strings.TrimPrefix(r.Payable(), "payable")))
	}
	return sorted(words)
}

func TestWhatTheBankSaysPaysForWhatItNames(t *testing.T) {
	t.Parallel()
	house, s := sold(t, map[string]int64{"AAAA2222": 500_000, "BBBB3333": 300_000, "CCCC4444": 200_000, "DDDD5555": 100_000, "FFFF7777": 700_000})
	s.bills["DDDD5555"].State, s.full["DDDD5555"] = payment.BillOver, true
	s.bills["EEEE6666"] = &payment.Bill{Payable: "payableEEEE6666", Code: "EEEE6666", Due: 50_000, State: payment.BillOver}
	stopped(t, house, "payableDDDD5555", "expire", true)
	got := brought(t, house,
		"R1,500000,VUONAAAA2222",  // exactly
		"R2,100000,VUONBBBB3333",  // a part
		"R3,250000,VUONCCCC4444",  // more than that
		"R4,100000,VUONDDDD5555",  // too late, and it is gone
		"R5,50000,VUONEEEE6666",   // too late, and it can be had
		"R6,500000,VUONAAAA2222 ", // once more
		"R7,700000,no code",       // nobody knows, but one waits for this sum
		"R8,10,lãi không kỳ hạn",  // nobody knows
	)
	want := "R1 matched, R2 partial, R3 over, R4 late, R5 matched, R6 duplicate, R7 unmatched, R8 unmatched"
	if lines := told(t, house); lines != want {
		t.Errorf("the lines are\n%s, not\n%s", lines, want)
	}
	if got.New != 8 || got.Matched != 2 || got.Waiting != 6 || got.Known != 0 {
		t.Errorf("told %+v", got)
	}
	if some, tried := one(t, house, "R7").Suggestions(); !tried || len(some) != 1 || some[0].Payable != "payableFFFF7777" || some[0].Why != "amount" {
		t.Errorf("for R7 the house thinks of %v", some)
	}
	if list := numbers(t, house); list != "2026-000001 receipt AAAA2222, 2026-000002 receipt CCCC4444, 2026-000003 receipt EEEE6666" {
		t.Errorf("receipts: %s", list)
	}
	if s.bills["BBBB3333"].State != payment.BillOpen || s.bills["DDDD5555"].State != payment.BillStuck {
		t.Error("a part pays for the whole, or what is gone is not before a person")
	}
	// The rest comes: both lines are clear.
	brought(t, house, "R9,200000,VUONBBBB3333")
	if lines := told(t, house); !strings.Contains(lines, "R2 matched") || !strings.Contains(lines, "R9 matched") {
		t.Errorf("after the rest: %s", lines)
	}
	back, err := payment.RefundsOf(house, "payableAAAA2222")
	housetest.Refused(t, err, "")
	if len(back) != 1 || back[0].Amount() != 500_000 || back[0].Reason() != payment.WhyDuplicate || back[0].Status() != payment.RefundRequested {
		t.Errorf("for what was paid twice %v goes back", back)
	}
	housetest.Well(t, house)
}

func TestAStatementThatIsBroughtAgainChangesNothing(t *testing.T) {
	t.Parallel()
	house, _ := sold(t, map[string]int64{"AAAA2222": 500_000})
	brought(t, house, "R1,500000,VUONAAAA2222", "R2,7,x")
	for _, lines := range [][]string{{"R1,500000,VUONAAAA2222", "R2,7,x"}, {"R2,7,x", "R1,500000,VUONAAAA2222"}} {
		if got := brought(t, house, lines...); got.New != 0 || got.Known != 2 {
			t.Errorf("told %+v", got)
		}
	}
	// One name of the bank for another transfer is another line: nothing is taken for known that is not.
	if got := brought(t, house, "R1,400000,VUONAAAA2222"); got.New != 1 {
		t.Errorf("told %+v", got)
	}
	if got := brought(t, house, "R1,400000,VUONAAAA2222", "R1,500000,VUONAAAA2222"); got.New != 0 {
		t.Errorf("told %+v", got)
	}
	// Two lines that say the same are two transfers, however often they are brought.
	for i, want := range []int{2, 0} {
		if got := brought(t, house, "R3,9,x", "R3,9,x"); got.New != want {
			t.Errorf("brought %d times: %+v", i+1, got)
		}
	}
	if lines := told(t, house); lines != "R1 matched, R1~2 duplicate, R2 unmatched, R3 unmatched, R3~2 unmatched" {
		t.Errorf("the lines are %s", lines)
	}
	housetest.Well(t, house)
}

func TestALookStoresNothing(t *testing.T) {
	t.Parallel()
	house, _ := sold(t, map[string]int64{"AAAA2222": 500_000})
	got, err := payment.ImportStatement(house, cashier, "x.csv", statementOf("R1,500000,VUONAAAA2222"), true, housetest.Noon)
	housetest.Refused(t, err, "")
	if got.New != 1 || got.Imported || told(t, house) != "" {
		t.Errorf("told %+v, stored %s", got, told(t, house))
	}
}
