package payment_test

import (
	"context"
	"errors"
	"testing"

	"vuon/internal/fault"
	"vuon/internal/housetest"
	"vuon/internal/lifecycle"
	"vuon/internal/payment"
)

// A conformed gateway keeps what the house relies on, wherever it lives. pays is what people do at it; nil where it hears of
// nothing by itself: there the bank's statement or somebody at a desk says what came.
type conformed struct {
	gateway payment.Gateway
	pays    func(ref string)
}

func TestEveryGatewayKeepsItsWord(t *testing.T) {
	t.Parallel()
	all := map[payment.Provider]conformed{}
	for _, by := range []payment.Provider{payment.Free, payment.VietQR, payment.Cash, payment.Invoice} {
		g, err := payment.AtHand(by)
		housetest.Refused(t, err, "")
		all[by] = conformed{gateway: g}
	}
	b := opened(t)
	all[payment.Stripe] = conformed{gatewayTo(b), func(ref string) { b.becomes(t, ref, payment.PaymentSucceeded) }}
	for by, c := range all {
		t.Run(string(by), func(t *testing.T) {
			t.Parallel()
			c.begins(t, by)
			c.ends(t, by)
			c.givesBack(t, by)
		})
	}
}

func intentOf(by payment.Provider, key string) payment.Intent {
	i := payment.Intent{Key: key, Code: "AAAA2222", Amount: 500_000, Until: housetest.Noon.Add(day), Memo: "VUONAAAA2222"}
	switch by {
	case payment.Free:
		i.Amount = 0
	case payment.VietQR, payment.Invoice:
		i.Bank, i.Number, i.Holder = "970436", "0071000123456", "VUON"
	case payment.Cash, payment.Stripe:
	}
	return i
}

// begun is a payment at a gateway under a key.
func (c conformed) begun(t *testing.T, by payment.Provider, key string) payment.Started {
	t.Helper()
	s, err := c.gateway.Begin(t.Context(), intentOf(by, key))
	housetest.Refused(t, err, "")
	return s
}

func (c conformed) begins(t *testing.T, by payment.Provider) {
	t.Helper()
	s, want := c.begun(t, by, "one"), payment.PaymentOpen
	if by == payment.Free {
		want = payment.PaymentSucceeded
	}
	if again := c.begun(t, by, "one"); s.Status != want || again != s {
		t.Errorf("the same intent begins %+v and %+v", s, again)
	}
	if other := c.begun(t, by, "two"); s.Ref != "" && other.Ref == s.Ref {
		t.Errorf("two intents are both %s", s.Ref)
	}
	// A sum that cannot be is a no, and no mystery.
	i := intentOf(by, "three")
	i.Amount = 1 << 50
	if _, err := c.gateway.Begin(t.Context(), i); fault.As(err) == nil {
		t.Errorf("%d is answered by %v", i.Amount, err)
	}
	gone, stop := context.WithCancel(t.Context())
	stop()
	if _, err := c.gateway.Begin(gone, intentOf(by, "four")); err == nil || fault.As(err) != nil {
		t.Errorf("whoever has gone is answered by %v", err)
	}
	if f, err := c.gateway.Ask(t.Context(), s.Ref); err != nil || f.Status != "" && f.Status != payment.PaymentOpen {
		t.Errorf("it is %v (%v)", f, err)
	}
}

func (c conformed) ends(t *testing.T, by payment.Provider) {
	t.Helper()
	over := map[lifecycle.State]bool{payment.PaymentCancelled: true, payment.PaymentExpired: true}
	s := c.begun(t, by, "five")
	f, err := c.gateway.Close(t.Context(), s.Ref)
	again, failed := c.gateway.Close(t.Context(), s.Ref)
	if err = errors.Join(err, failed); err != nil || !over[f.Status] || again != f {
		t.Errorf("closed, it is %v and %v (%v)", f, again, err)
	}
	if c.pays == nil {
		return
	}
	// Who was faster than the end has paid.
	s = c.begun(t, by, "six")
	c.pays(s.Ref)
	if f, err := c.gateway.Close(t.Context(), s.Ref); err != nil || f.Status != payment.PaymentSucceeded || f.Amount != 500_000 {
		t.Errorf("closed after it was paid, it is %v (%v)", f, err)
	}
}

func (c conformed) givesBack(t *testing.T, by payment.Provider) {
	t.Helper()
	s := c.begun(t, by, "seven")
	if c.pays != nil {
		c.pays(s.Ref)
	}
	r := payment.Return{Key: "back", Ref: s.Ref, Amount: 200_000}
	f, err := c.gateway.Return(t.Context(), r)
	if errors.Is(err, payment.ErrByHand) {
		return
	}
	again, failed := c.gateway.Return(t.Context(), r)
	if err = errors.Join(err, failed); err != nil || again != f || f.Status != payment.RefundPending && f.Status != payment.RefundSucceeded {
		t.Errorf("what goes back is %v and %v (%v)", f, again, err)
	}
	if _, err := c.gateway.Return(t.Context(), payment.Return{Key: "more", Ref: s.Ref, Amount: 600_000}); fault.As(err) == nil {
		t.Errorf("more than came goes back: %v", err)
	}
}
