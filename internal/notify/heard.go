package notify

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"time"
)

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
