package openid

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A provider at https names no address that is less safe: a secret and a code would go there for everybody to read.
func TestAnAddressIsAsSafeAsTheIssuer(t *testing.T) {
	t.Parallel()
	far, near := New(Config{Issuer: "https://id.example"}), New(Config{Issuer: "http://127.0.0.1:1"})
	for address, want := range map[string][2]bool{
		"https://id.example/token": {true, true}, "https://keys.example": {true, true}, "http://id.example/token": {false, true},
		"": {false, false}, "/token": {false, false}, "javascript:alert(1)": {false, false}, "file:///etc/passwd": {false, false},
	} {
		if got := [2]bool{far.asSafe(address), near.asSafe(address)}; got != want {
			t.Errorf("%q: %v", address, got)
		}
	}
}

// The house follows no redirection with its secret in hand, and reads no answer without end.
func TestTheHouseGoesWhereItWasSent(t *testing.T) {
	t.Parallel()
	elsewhere := 0
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere++ }))
	defer other.Close()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/long" {
			_, _ = io.Copy(w, io.LimitReader(endless{}, mostBytes*2)) // whoever does not read it has gone
			return
		}
		http.Redirect(w, r, other.URL, http.StatusFound)
	}))
	defer server.Close()
	p := New(Config{Issuer: server.URL})
	for _, path := range []string{"/", "/long"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+path, strings.NewReader("secret"))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := p.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		n, err := io.Copy(io.Discard, answer.Body)
		if err != nil || n > mostBytes || elsewhere != 0 {
			t.Errorf("%s: %d bytes, %v; it went elsewhere %d times", path, n, err, elsewhere)
		}
		if err := answer.Body.Close(); err != nil {
			t.Error(err)
		}
	}
}

type endless struct{}

func (endless) Read(b []byte) (int, error) { return len(b), nil }
