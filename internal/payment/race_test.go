package payment_test

import (
	"errors"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/payment"
)

// atOnce is how many do the same at once.
const atOnce = 8

func TestRaceALineThatManyBringPaysOnce(t *testing.T) {
	t.Parallel()
	house, _ := sold(t, map[string]int64{"AAAA2222": 500_000, "BBBB3333": 300_000})
	housetest.Race(atOnce, func(n int) error {
		lines := []string{"R1,500000,VUONAAAA2222", "R2,100000,VUONBBBB3333"}
		if n%2 == 1 { // another file that holds the same
			lines = append(lines, "R0,1,x")
		}
		_, err := payment.ImportStatement(house, cashier, "x.csv", statementOf(lines...), false, housetest.Noon)
		return err
	})
	if got := told(t, house); got != "R0 unmatched, R1 matched, R2 partial" {
		t.Errorf("the lines are %s", got)
	}
	p, err := payment.PaymentsOf(house, "payableBBBB3333")
	housetest.Refused(t, err, "")
	if len(p) != 1 || p[0].Received() != 100_000 {
		t.Errorf("a part counts %d times", p[0].Received()/100_000)
	}
	housetest.Well(t, house)
}

// The negative control: look first, act then, with no transaction around both and no unique name in the database.
func TestRaceWithoutATransactionALinePaysTwice(t *testing.T) {
	t.Parallel()
	house, meet := housetest.Bare(t), housetest.Meeting(atOnce)
	must(t, house, "DROP INDEX bank_lines_once")
	won := housetest.Race(atOnce, func(int) error {
		var n int
		err := house.DB().NewQuery("SELECT count(*) FROM bank_lines WHERE bank_ref = 'R1'").Row(&n)
		meet()
		if err != nil || n > 0 {
			return errors.Join(err, errors.New("known"))
		}
		_, err = house.NonconcurrentDB().NewQuery("INSERT INTO bank_lines (id, bank, account, bank_ref, amount_vnd) VALUES ({:id}, 'b', 'a', 'R1', 500000)").
			Bind(map[string]any{"id": core.GenerateDefaultRandomId()}).Execute()
		return err
	})
	if won < 2 {
		t.Errorf("%d took the line for new: what was taken away is not what holds it", won)
	}
}

func must(t testing.TB, house core.App, statements ...string) {
	t.Helper()
	for _, sql := range statements {
		if _, err := house.NonconcurrentDB().NewQuery(sql).Execute(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRaceTwoWhoRefundGiveBackOnce(t *testing.T) {
	t.Parallel()
	house, _ := paid(t)
	must(t, house, "DROP TRIGGER payments_sums") // which holds by itself, too
	finance := housetest.Acting(t, house, access.Finance, access.House)
	// Both ask for the whole: what the second asked for before the first was approved.
	first := wished(t, house, finance, 400_000)
	must(t, house, "INSERT INTO refunds (id, payment, payable, amount_vnd, reason, requested_by, status, tickets, rev) SELECT 'second000000000', payment, payable, amount_vnd, reason, requested_by, status, tickets, 1 FROM refunds")
	won := housetest.Race(atOnce, func(n int) error {
		_, err := payment.ApproveRefund(house, finance, []string{first.Id, "second000000000"}[n%2], 0, housetest.Noon)
		return err
	})
	p, err := payment.Payments.Find(house, first.PaymentID())
	housetest.Refused(t, err, "")
	if won != 1 || p.Reserved() != 400_000 {
		t.Errorf("%d refunds of 400.000 were approved, and %d of 500.000 is held back", won, p.Reserved())
	}
}

// The negative control: whoever reads what is left, and takes it afterwards, takes it twice.
func TestRaceWithoutTheHoldMoreGoesBackThanCame(t *testing.T) {
	t.Parallel()
	house, meet := housetest.Bare(t), housetest.Meeting(atOnce)
	must(t, house, "DROP TRIGGER payments_sums", "INSERT INTO payments (id, amount_vnd, received_vnd, status) VALUES ('p', 500000, 500000, 'succeeded')")
	won := housetest.Race(atOnce, func(int) error {
		var left int
		err := house.DB().NewQuery("SELECT received_vnd - refund_reserved_vnd FROM payments").Row(&left)
		meet()
		if err != nil || left < 400_000 {
			return errors.Join(err, errors.New("too much"))
		}
		_, err = house.NonconcurrentDB().NewQuery("UPDATE payments SET refund_reserved_vnd = refund_reserved_vnd + 400000").Execute()
		return err
	})
	if won < 2 {
		t.Errorf("%d held it back: what was taken away is not what holds it", won)
	}
}
