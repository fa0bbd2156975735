package payment_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/payment"
)

// till is a house elsewhere that takes money, behind HTTP: it remembers what it was asked by its key, and can be as bad as any.
type till struct {
	sync.Mutex
	sessions map[string]*session // by key
	returns  map[string]*session // by key
	calls    int
	trouble  string // of the next call: "before" or "after" its effect the line is cut, "slow" answers too late
	each     func() // at each call
	url      string
	gone     chan struct{}   // the test is over
	says     lifecycle.State // what becomes of a refund at once
}

type session struct {
	Ref    string          `json:"ref"`
	Status lifecycle.State `json:"status"`
	Amount int64           `json:"amount"`
	Page   string          `json:"page"`
}

func opened(t testing.TB) *till {
	t.Helper()
	b := &till{sessions: map[string]*session{}, returns: map[string]*session{}, gone: make(chan struct{}), says: payment.RefundPending}
	server := httptest.NewServer(b)
	t.Cleanup(func() { close(b.gone); server.Close() })
	b.url = server.URL
	return b
}

// ServeHTTP answers POST /begin, /ask, /close and /return.
func (b *till) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var said struct {
		Key, Ref string
		Amount   int64
	}
	if err := json.NewDecoder(r.Body).Decode(&said); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	b.Lock()
	b.calls++
	trouble, each := b.trouble, b.each
	b.trouble = ""
	b.Unlock()
	if each != nil {
		each()
	}
	if trouble == "before" {
		cut(w)
		return
	}
	answer := b.does(r.URL.Path, said.Key, said.Ref, said.Amount)
	switch {
	case trouble == "after":
		cut(w)
	case trouble == "slow":
		select {
		case <-r.Context().Done():
		case <-b.gone:
		}
	case answer == nil:
		w.WriteHeader(http.StatusBadRequest)
	default:
		_ = json.NewEncoder(w).Encode(answer)
	}
}

// cut ends the line without an answer.
func cut(w http.ResponseWriter) {
	if line, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = line.Close()
	}
}

// does what is asked. nil is a no.
func (b *till) does(path, key, ref string, amount int64) *session {
	b.Lock()
	defer b.Unlock()
	switch path {
	case "/begin":
		s := b.sessions[key]
		if s == nil && amount < 99_999_999 {
			s = &session{Ref: fmt.Sprintf("cs_%d", len(b.sessions)+1), Status: payment.PaymentOpen, Amount: amount}
			s.Page = "https://pay.example/" + s.Ref
			b.sessions[key] = s
		}
		if s == nil || s.Amount != amount {
			return nil
		}
		return copied(s)
	case "/close":
		s := b.named(ref)
		if s.Status == payment.PaymentOpen {
			s.Status = payment.PaymentExpired
		}
		return copied(s)
	case "/return":
		if s := b.returns[key]; s != nil {
			return copied(s)
		}
		if s := b.named(ref); s == nil || s.Status != payment.PaymentSucceeded || amount > s.Amount {
			return nil
		}
		b.returns[key] = &session{Ref: key, Status: b.says, Amount: amount}
		return copied(b.returns[key])
	}
	return copied(b.named(ref))
}

func copied(s *session) *session {
	one := *s
	return &one
}

func (b *till) named(ref string) *session {
	for _, s := range b.sessions {
		if s.Ref == ref {
			return s
		}
	}
	return nil
}

// becomes is what people do at the till: they pay, or their bank says later what it does. Whoever comes after the end is turned away.
func (b *till) becomes(t testing.TB, ref string, to lifecycle.State) {
	t.Helper()
	b.Lock()
	defer b.Unlock()
	switch s := b.named(ref); s.Status {
	case payment.PaymentOpen, payment.PaymentProcessing:
		s.Status = to
	default:
		t.Errorf("%s is %s", ref, s.Status)
	}
}

// next is the trouble of the next call.
func (b *till) next(trouble string) { b.alone(func() { b.trouble = trouble }) }

// alone looks into the till, or changes it, while nobody calls.
func (b *till) alone(do func()) {
	b.Lock()
	defer b.Unlock()
	do()
}

// asked is how often somebody called.
func (b *till) asked() int {
	b.Lock()
	defer b.Unlock()
	return b.calls
}

// distant is the gateway to a till.
type distant struct {
	at     *till
	client *http.Client
}

func gatewayTo(b *till) distant { return distant{b, &http.Client{Timeout: 150 * time.Millisecond}} }

func (d distant) call(ctx context.Context, path string, body any) (s session, err error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return s, err
	}
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, d.at.url+path, bytes.NewReader(raw))
	if err != nil {
		return s, err
	}
	a, err := d.client.Do(q)
	if err != nil {
		return s, err
	}
	defer func() { _ = a.Body.Close() }()
	if a.StatusCode == http.StatusBadRequest {
		return s, fault.Conflict("payment.amount")
	}
	return s, json.NewDecoder(a.Body).Decode(&s)
}

func (d distant) Begin(ctx context.Context, i payment.Intent) (payment.Started, error) {
	s, err := d.call(ctx, "/begin", map[string]any{"key": i.Key, "amount": i.Amount})
	return payment.Started{Ref: s.Ref, Status: s.Status, Page: s.Page}, err
}

func (d distant) Ask(ctx context.Context, ref string) (payment.Fact, error) {
	s, err := d.call(ctx, "/ask", map[string]any{"ref": ref})
	return payment.Fact{Status: s.Status, Amount: s.Amount}, err
}

func (d distant) Close(ctx context.Context, ref string) (payment.Fact, error) {
	s, err := d.call(ctx, "/close", map[string]any{"ref": ref})
	return payment.Fact{Status: s.Status, Amount: s.Amount}, err
}

func (d distant) Return(ctx context.Context, r payment.Return) (payment.Fact, error) {
	s, err := d.call(ctx, "/return", map[string]any{"key": r.Key, "ref": r.Ref, "amount": r.Amount})
	return payment.Fact{Status: s.Status, Amount: s.Amount}, err
}
