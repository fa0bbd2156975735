package payment

import (
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/record"
	"vuon/internal/web"
)

// Routes are the room's verbs over HTTP, keyed as net/http writes a pattern.
func Routes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/bank-lines": listLines,
		"POST /api/vuon/bank-lines/{id}/assign": onLineRoute(func(app core.App, by access.Actor, id string, s clearing, now time.Time) (*Line, error) {
			return Assign(app, by, id, s.Code, s.Reason, s.Rev, now)
		}),
		"POST /api/vuon/bank-lines/{id}/split": onLineRoute(func(app core.App, by access.Actor, id string, s clearing, now time.Time) (*Line, error) {
			return Split(app, by, id, s.Code, s.Rev, now)
		}),
		"POST /api/vuon/bank-lines/{id}/ignore":    reasoned(Ignore),
		"POST /api/vuon/bank-lines/{id}/reopen":    reasoned(Reopen),
		"POST /api/vuon/bank-lines/{id}/keep":      reasoned(Keep),
		"POST /api/vuon/bank-lines/{id}/send-back": reasoned(SendBack),
		"POST /api/vuon/statements":                takeStatement,
		"GET /api/vuon/bills/{code}":               showBill,
		"POST /api/vuon/bills/{code}/cash":         takeCash,
		"POST /api/vuon/bills/{code}/await":        awaitTransfer,
		"GET /api/vuon/receipts":                   listReceipts,
		"GET /api/vuon/receipts/{id}":              showReceipt,
		"POST /api/vuon/receipts/{id}/correct":     correctReceipt,
		"GET /api/vuon/refunds":                    listRefunds,
		"POST /api/vuon/refunds":                   requestRefund,
		"POST /api/vuon/refunds/{id}/approve": onRefundRoute(func(app core.App, by access.Actor, id string, s clearing, now time.Time) (*Refund, error) {
			return ApproveRefund(app, by, id, s.Rev, now)
		}),
		"POST /api/vuon/refunds/{id}/cancel": onRefundRoute(func(app core.App, by access.Actor, id string, s clearing, now time.Time) (*Refund, error) {
			return CancelRefund(app, by, id, s.Reason, s.Rev, now)
		}),
		"POST /api/vuon/refunds/{id}/sent": onRefundRoute(func(app core.App, by access.Actor, id string, s clearing, now time.Time) (*Refund, error) {
			return SentBack(app, by, id, s.BankRef, s.Reason, s.Rev, now)
		}),
	}
}

// clearing is what somebody says when they clear something.
type clearing struct {
	Code    string `json:"code"`
	Reason  string `json:"reason"`
	BankRef string `json:"bank_ref"`
	Rev     int    `json:"rev"`
}

// sent is who asks, when, and with what.
func sent[B any](e *core.RequestEvent) (by access.Actor, now time.Time, body B, err error) {
	if by, now, err = access.Of(e); err != nil {
		return by, now, body, err
	}
	return by, now, body, web.Body(e, &body)
}

func onLineRoute(do func(core.App, access.Actor, string, clearing, time.Time) (*Line, error)) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		by, now, s, err := sent[clearing](e)
		if err != nil {
			return err
		}
		l, err := do(e.App, by, e.Request.PathValue("id"), s, now)
		if err != nil {
			return err
		}
		return e.JSON(http.StatusOK, map[string]any{"id": l.Id, "status": l.Status(), "rev": record.Rev(l)})
	}
}

func reasoned(do func(core.App, access.Actor, string, string, int, time.Time) (*Line, error)) func(*core.RequestEvent) error {
	return onLineRoute(func(app core.App, by access.Actor, id string, s clearing, now time.Time) (*Line, error) {
		return do(app, by, id, s.Reason, s.Rev, now)
	})
}

func onRefundRoute(do func(core.App, access.Actor, string, clearing, time.Time) (*Refund, error)) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		by, now, s, err := sent[clearing](e)
		if err != nil {
			return err
		}
		r, err := do(e.App, by, e.Request.PathValue("id"), s, now)
		if err != nil {
			return err
		}
		return e.JSON(http.StatusOK, map[string]any{"id": r.Id, "status": r.Status(), "rev": record.Rev(r)})
	}
}

// takeStatement takes {"name", "file": base64, "look"} and answers with what became, or would become, of it.
func takeStatement(e *core.RequestEvent) error {
	by, now, s, err := sent[struct {
		Name string `json:"name"`
		File []byte `json:"file"`
		Look bool   `json:"look"`
	}](e)
	if err != nil {
		return err
	}
	got, err := ImportStatement(e.App, by, s.Name, s.File, s.Look, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, got)
}

// showBill answers with what a code stands for, and the money of it.
func showBill(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	b, err := billFor(e.App, by, e.Request.PathValue("code"))
	if err != nil {
		return err
	}
	view, err := accountOf(e.App, b)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

func takeCash(e *core.RequestEvent) error {
	by, now, s, err := sent[clearing](e)
	if err != nil {
		return err
	}
	p, err := TakeCash(e.App, by, e.Request.PathValue("code"), s.Reason, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"id": p.Id, "status": p.Status()})
}

func awaitTransfer(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	p, err := Await(e.App, by, e.Request.PathValue("code"), now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"id": p.Id, "status": p.Status()})
}

func requestRefund(e *core.RequestEvent) error {
	by, now, w, err := sent[Wish](e)
	if err != nil {
		return err
	}
	r, err := RequestRefund(e.App, by, w, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"id": r.Id, "status": r.Status(), "amount_vnd": r.Amount(), "rev": record.Rev(r)})
}

// money is a payable with what came for it and went back.
type money struct {
	about
	Received Dong   `json:"received_vnd"`
	Refunded Dong   `json:"refunded_vnd"`
	Left     Dong   `json:"left_vnd"` // may still go back
	Waits    string `json:"waits"`    // the way on which it waits for money, "" where it does not
}

func accountOf(app core.App, b Bill) (money, error) {
	m := money{about: *b.told()}
	all, err := PaymentsOf(app, b.Payable)
	if err != nil {
		return m, err
	}
	for _, p := range all {
		m.Received, m.Refunded = m.Received+p.Received(), m.Refunded+p.Refunded()
		if p.Status() == PaymentOpen {
			m.Waits = string(p.Provider())
		}
	}
	p, err := succeeded(app, b.Payable)
	if err != nil || p == nil {
		return m, err
	}
	more, err := wished(app, p.Id)
	m.Left = p.Received() - p.Reserved() - more
	return m, err
}
