package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// call makes one call within a time, and reads from the answer what became of it. A short wait it waits.
func (h *hosted) call(limit time.Duration, do func(context.Context) error) error {
	bounded, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	for tries := 1; ; tries++ {
		err := h.pause(bounded)
		if err == nil {
			said := &heard{}
			err = h.judge(said, do(context.WithValue(bounded, heardKey{}, said)))
		}
		if busy := (*Busy)(nil); !errors.As(err, &busy) || busy.Quota || tries == 3 || busy.Until.Sub(h.Now()) > hostedPatient {
			return err
		}
	}
}

// pause waits until the carrier takes something again, or says that this takes too long.
func (h *hosted) pause(ctx context.Context) error {
	h.mu.Lock()
	shut := h.shut
	h.mu.Unlock()
	wait := shut.Until.Sub(h.Now())
	switch {
	case wait <= 0:
		return nil
	case wait > hostedPatient:
		return &shut
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return &shut
	case <-timer.C:
		h.close(Busy{})
		return nil
	}
}

func (h *hosted) close(shut Busy) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if shut.Quota && !shut.Until.Equal(h.shut.Until) && h.Log != nil {
		h.Log.Error("the mail carrier's allowance is used up; mails wait", "until", shut.Until)
	}
	h.shut = shut
}

// judge says in the words of Sender what an answer means.
func (h *hosted) judge(said *heard, err error) error {
	if left, reset := said.head.Get("ratelimit-remaining"), seconds(said.head, "ratelimit-reset"); left == "0" && reset > 0 {
		h.close(Busy{Until: h.Now().Add(reset)})
	}
	if err == nil {
		return nil
	}
	trouble := fmt.Errorf("%s: %w", said.name, err)
	switch {
	case said.status == http.StatusTooManyRequests && strings.HasSuffix(said.name, "_quota_exceeded"):
		busy := Busy{Until: h.Now().UTC().Truncate(24 * time.Hour).Add(24 * time.Hour), Quota: true}
		h.close(busy)
		return &busy
	case said.status == http.StatusTooManyRequests:
		busy := Busy{Until: h.Now().Add(max(time.Second, seconds(said.head, "retry-after", "ratelimit-reset")))}
		h.close(busy)
		return &busy
	case said.status == http.StatusConflict && said.name == "invalid_idempotent_request":
		return ErrSeen
	case said.status == http.StatusConflict: // another call under this key is at work: it may yet take it
		return fmt.Errorf("%w: %w", ErrUnsure, trouble)
	case slices.Contains([]int{http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusRequestEntityTooLarge}, said.status):
		return fmt.Errorf("%w: %w", ErrRefused, trouble)
	case said.status == 0 && unreached(err):
		return err
	case said.status == 0 || said.status < 300 || said.status >= 500:
		return fmt.Errorf("%w: %w", ErrUnsure, trouble)
	}
	return trouble // our key, our domain: a fault of the set-up, not of the mail
}

// unreached says whether the call did not even get to the carrier.
func unreached(err error) bool {
	op := (*net.OpError)(nil)
	return errors.As(err, &op) && op.Op == "dial"
}

// seconds reads the first header that holds a number of seconds.
func seconds(head http.Header, names ...string) time.Duration {
	for _, name := range names {
		if n, err := strconv.Atoi(head.Get(name)); err == nil && n > 0 {
			return time.Duration(n) * time.Second
		}
	}
	return 0
}

// heard is what an answer says beyond the library's error, which keeps neither status nor name.
type heard struct {
	status int
	name   string
	head   http.Header
}

type heardKey struct{}

// listener notes on the way of an answer what it says.
type listener struct{ next http.RoundTripper }

func (l listener) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := l.next.RoundTrip(r)
	said, ok := r.Context().Value(heardKey{}).(*heard)
	if err != nil || !ok {
		return answer, err
	}
	body := struct {
		io.Reader
		io.Closer
	}{io.LimitReader(answer.Body, hostedAnswer), answer.Body}
	answer.Body, said.status, said.head = body, answer.StatusCode, answer.Header
	if answer.StatusCode >= 300 {
		raw, err := io.ReadAll(body)
		var fault struct{ Name string }
		if err == nil && json.Unmarshal(raw, &fault) == nil {
			said.name = fault.Name
		}
		body.Reader = bytes.NewReader(raw)
		answer.Body = body
	}
	return answer, nil
}
