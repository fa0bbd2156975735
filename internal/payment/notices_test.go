package payment_test

import (
	"strings"
	"testing"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/payment"
)

func TestWhoKeepsTheBooksHearsOnceAMorningWhatWaits(t *testing.T) {
	t.Parallel()
	house, _ := paid(t)
	manager := housetest.Acting(t, house, access.Manager, access.House)
	hears := func(rule, at, want string, names ...string) {
		t.Helper()
		if got := housetest.Heard(t, house, rule, housetest.Local(t, at), names...); got != want {
			t.Errorf("%s at %s: %q, not %q", rule, at, got, want)
		}
	}
	hears("bank_waiting", "2026-11-26 09:00", "")
	brought(t, house, "R2,70000,tien khac")
	hears("bank_waiting", "2026-11-26 08:59", "")
	hears("bank_waiting", "2026-11-26 09:00", "bank:M:2026-11-26@11-26 09:00", manager.ID, "M") // nobody else does it
	finance := housetest.Acting(t, house, access.Finance, access.House)
	hears("bank_waiting", "2026-11-26 11:00", "bank:F:2026-11-26@11-26 11:00", finance.ID, "F")
	hears("bank_waiting", "2026-11-28 09:00", "") // a Saturday
	r := wished(t, house, finance, 200_000)
	for rule, want := range map[string]string{"refunds_approve": "refunds-yes:F:2026-11-27@11-27 09:00, refunds-yes:M:2026-11-27@11-27 09:00", "refunds_send": ""} {
		hears(rule, "2026-11-27 09:00", want, finance.ID, "F", manager.ID, "M")
	}
	_, err := payment.ApproveRefund(house, finance, r.Id, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	hears("refunds_approve", "2026-11-27 09:00", "")
	hears("refunds_send", "2026-11-27 09:00", "refunds-go:F:2026-11-27@11-27 09:00", finance.ID, "F")
}

func TestWhatWhoKeepsTheBooksCanDoToday(t *testing.T) {
	t.Parallel()
	house, s := paid(t)
	s.alone = 100_000
	finance, other := housetest.Acting(t, house, access.Finance, access.House), housetest.Acting(t, house, access.Finance, access.House)
	can := func(by access.Actor, want string) {
		t.Helper()
		todo, err := payment.Duties(house, by, housetest.Noon)
		housetest.Refused(t, err, "")
		var keys []string
		for _, d := range todo {
			keys = append(keys, d.Key+" "+d.Args["n"])
		}
		if got := strings.Join(keys, ", "); got != want {
			t.Errorf("todo: %q, not %q", got, want)
		}
	}
	can(finance, "")
	brought(t, house, "R2,70000,tien khac", "R3,80000,tien khac nua")
	wished(t, house, finance, 100_001)
	can(finance, "bank_clear 2") // what they asked for above the sum is another's
	can(other, "bank_clear 2, refunds_approve 1")
	can(housetest.Acting(t, house, access.Staff, access.House), "")
}
