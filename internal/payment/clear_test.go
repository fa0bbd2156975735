package payment_test

import (
	"strings"
	"testing"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/payment"
)

func TestAPersonClearsWhatTheHouseCouldNot(t *testing.T) {
	t.Parallel()
	house, s := sold(t, map[string]int64{"AAAA2222": 500_000, "BBBB3333": 300_000, "CCCC4444": 100_000})
	finance := housetest.Acting(t, house, access.Finance, access.House)
	brought(t, house, "R1,500000,khong ghi ma", "R2,400000,VUONBBBB3333", "R3,70000,tien khac", "R4,60000,VUONCCCC4444")
	clear := func(ref string, do func(id string, rev int) error, want string) {
		t.Helper()
		l := one(t, house, ref)
		housetest.Refused(t, do(l.Id, 0), want)
	}
	assign := func(code string) func(string, int) error {
		return func(id string, rev int) error {
			_, err := payment.Assign(house, finance, id, code, "khách gọi điện", rev, housetest.Noon)
			return err
		}
	}
	clear("R1", assign("ZZZZ9999"), "bank.no_code")
	clear("R1", assign("AAAA2222"), "")
	clear("R1", assign("AAAA2222"), "bank.counted")
	// What is too much of a transfer pays for something else.
	clear("R2", func(id string, rev int) error {
		_, err := payment.Split(house, finance, id, "CCCC4444", rev, housetest.Noon)
		return err
	}, "")
	clear("R3", func(id string, rev int) error {
		_, err := payment.Ignore(house, finance, id, " ", rev, housetest.Noon)
		return err
	}, "bank.no_reason")
	clear("R3", func(id string, rev int) error {
		_, err := payment.Ignore(house, finance, id, "lãi", rev, housetest.Noon)
		return err
	}, "")
	want := "R1 matched, R2 matched, R2#1 over, R3 ignored, R4 matched"
	if lines := told(t, house); lines != want {
		t.Errorf("the lines are\n%s, not\n%s", lines, want)
	}
	if b := s.bills["CCCC4444"]; b.State != payment.BillPaid {
		t.Errorf("CCCC4444 is %s", b.State)
	}
	clear("R2#1", func(id string, rev int) error {
		_, err := payment.Keep(house, finance, id, "công ty tặng phần thừa", rev, housetest.Noon)
		return err
	}, "")
	clear("R3", func(id string, rev int) error {
		_, err := payment.Reopen(house, finance, id, "nhầm", rev, housetest.Noon)
		return err
	}, "")
	// Money of nobody goes back by a refund, like any other.
	clear("R3", func(id string, rev int) error {
		_, err := payment.SendBack(house, finance, id, "chuyển nhầm", rev, housetest.Noon)
		return err
	}, "")
	clear("R3", assign("AAAA2222"), "bank.going_back")
	all, err := payment.Refunds.All(house)
	housetest.Refused(t, err, "")
	_, err = payment.ApproveRefund(house, finance, all[0].Id, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = payment.SentBack(house, finance, all[0].Id, "", "", 0, housetest.Noon)
	housetest.Refused(t, err, "refund.no_ref")
	_, err = payment.SentBack(house, finance, all[0].Id, "FT1", "", 0, housetest.Noon)
	housetest.Refused(t, err, "")
	if lines := told(t, house); !strings.Contains(lines, "R3 returned") || !strings.Contains(lines, "R2#1 matched") {
		t.Errorf("the lines are %s", lines)
	}
	if len(s.voided) > 0 {
		t.Errorf("%v was taken back with money that paid for nothing", s.voided)
	}
	housetest.Well(t, house)
}
