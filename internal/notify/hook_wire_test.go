package notify

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"vuon/internal/fault"
)

func TestOnlyAddressesOutsideAreCalled(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"8.8.8.8": true, "1.1.1.1": true, "2606:4700:4700::1111": true, "171.224.0.1": true,
		"127.0.0.1": false, "127.9.9.9": false, "0.0.0.0": false, "0.1.2.3": false, "10.0.0.1": false, "172.16.0.1": false, "172.31.255.255": false,
		"192.168.1.1": false, "169.254.169.254": false, "168.63.129.16": false, "100.64.0.1": false, "100.100.100.200": false, "198.18.0.1": false,
		"192.0.0.8": false, "192.0.2.1": false, "198.51.100.1": false, "203.0.113.1": false, "224.0.0.1": false, "240.0.0.1": false,
		"255.255.255.255": false, "::": false, "::1": false, "::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::ffff:8.8.8.8": true,
		"64:ff9b::7f00:1": false, "2002:7f00:1::": false, "2001::1": false, "2001:db8::1": false, "fc00::1": false, "fd00:ec2::254": false,
		"fe80::1": false, "fec0::1": false, "ff02::1": false, "::127.0.0.1": false, "fe80::1%eth0": false, "3fff::1": false,
	} {
		if got := outside(netip.MustParseAddr(text)); got != want {
			t.Errorf("%s lies outside: %v", text, got)
		}
	}
}

func TestAnAddressThatCannotBeCalledIsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	strict, near := newWire(false, nil), newWire(true, nil)
	for address, want := range map[string]string{
		"https://example.org/hook?a=1": "", "https://example.org:8443/": "", "https://8.8.8.8/": "",
		"http://example.org/": "hook.url", "ftp://example.org/": "hook.url", "example.org": "hook.url", "https://": "hook.url", "": "hook.url",
		"https://user:word@example.org/": "hook.url", "https://example.org/#x": "hook.url", "https://example.org/a b": "hook.url",
		"https://localhost/": "hook.url_inside", "https://LOCALHOST./": "hook.url_inside", "https://intranet/": "hook.url_inside",
		"https://a.localhost/": "hook.url_inside", "https://metadata.google.internal/": "hook.url_inside", "https://printer.local/": "hook.url_inside",
		"https://127.0.0.1/": "hook.url_inside", "https://[::1]/": "hook.url_inside", "https://[::ffff:10.0.0.1]/": "hook.url_inside",
		"https://169.254.169.254/latest": "hook.url_inside", "https://192.168.0.1/": "hook.url_inside", "https://2130706433/": "hook.url_inside",
		"http://127.0.0.1:9/": "hook.url", "https://example.org/" + strings.Repeat("a", 500): "hook.url",
	} {
		if got := fault.Code(strict.takes(address)); got != want {
			t.Errorf("%s is refused with %q, want %q", address, got, want)
		}
	}
	for address, want := range map[string]string{
		"http://127.0.0.1:9/": "", "http://localhost:9/": "", "http://[::1]/": "", "http://example.org/": "hook.url", "https://10.0.0.1/": "hook.url_inside",
	} {
		if got := fault.Code(near.takes(address)); got != want {
			t.Errorf("near: %s is refused with %q, want %q", address, got, want)
		}
	}
}

// A name that led outside when the hook was made leads inside now: nothing is reached, whatever is asked of it.
func TestANameThatLeadsInsideReachesNothing(t *testing.T) {
	t.Parallel()
	var reached atomic.Int32
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	defer inside.Close()
	_, port, err := net.SplitHostPort(strings.TrimPrefix(inside.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	w := newWire(false, namesLeadTo(t, [4]byte{127, 0, 0, 1}))
	if answer, trouble := w.call(t.Context(), "http://turncoat.example.org:"+port+"/", "id", "{}", []string{"x"}, time.Unix(1, 0)); trouble != "inside" || answer != 0 {
		t.Errorf("answer %d, trouble %q", answer, trouble)
	}
	if reached.Load() != 0 {
		t.Error("it was reached")
	}
	open := newWire(true, namesLeadTo(t, [4]byte{127, 0, 0, 1})) // the same way stands open when this machine may be called
	if answer, trouble := open.call(t.Context(), "http://turncoat.example.org:"+port+"/", "id", "{}", []string{"x"}, time.Unix(1, 0)); trouble != "" || answer != http.StatusOK {
		t.Errorf("answer %d, trouble %q", answer, trouble)
	}
}

func TestNoProxyStandsBetween(t *testing.T) {
	t.Parallel()
	transport, ok := newWire(false, nil).client.Transport.(*http.Transport)
	if !ok || transport.Proxy != nil {
		t.Error("a proxy would be reached in place of the address that was looked at")
	}
}

// The example of the operator's guide, so that it stays true.
func TestASignatureIsWhatTheStandardSays(t *testing.T) {
	t.Parallel()
	key := []byte("0123456789abcdef0123456789abcdef")
	secret := secretMark + base64.StdEncoding.EncodeToString(key)
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(`msg1.1764000000.{"type":"ping"}`))
	want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	if got := signature("msg1", "1764000000", `{"type":"ping"}`, []string{secret}); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if want != "v1,bP4Q9HRV0HIoFh+oXuG8FOA4vsO/9ZPjLG3lXyabfiE=" || secret != "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=" {
		t.Errorf("the guide's example is %s %s", secret, want)
	}
	// The example of the Standard Webhooks' own libraries.
	if got := signature("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", `{"test": 2432232314}`, []string{"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}); got != "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" {
		t.Errorf("the standard's example is signed %s", got)
	}
}

// namesLeadTo answers every question for a name with one address.
func namesLeadTo(t *testing.T, ip [4]byte) *net.Resolver {
	t.Helper()
	conn, err := (&net.ListenConfig{}).ListenPacket(t.Context(), "udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	go func() {
		question := make([]byte, 512)
		for {
			n, from, err := conn.ReadFrom(question)
			if err != nil {
				return
			}
			end := 12
			for end < n && question[end] != 0 {
				end += int(question[end]) + 1
			}
			end += 5
			answer := append([]byte{question[0], question[1], 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0}, question[12:end]...)
			if question[end-3] == 1 { // A; for AAAA there is none
				answer[7] = 1
				answer = append(answer, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ip[0], ip[1], ip[2], ip[3])
			}
			if _, err := conn.WriteTo(answer, from); err != nil {
				return
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

// A receiver that takes its time, one that hangs up, one that sends on and one that talks for ever: none holds the house up,
// and none is followed.
func TestWhatAReceiverMayDo(t *testing.T) {
	t.Parallel()
	var elsewhere atomic.Int32
	target := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	t.Cleanup(target.Close)
	for name, c := range map[string]struct {
		does    http.HandlerFunc
		answer  int
		trouble string
	}{
		"says yes": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }, 204, ""},
		"says no":  {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }, 500, "status"},
		"is gone":  {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) }, 410, "gone"},
		"sends on": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, target.URL, http.StatusTemporaryRedirect)
		}, 307, "redirect"},
		"is slow":    {func(_ http.ResponseWriter, r *http.Request) { sleeping(r) }, 0, "timeout"},
		"hangs up":   {hangUp, 0, "cut"},
		"never ends": {func(w http.ResponseWriter, r *http.Request) { endless(w, r) }, 200, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			receiver := httptest.NewServer(c.does)
			t.Cleanup(receiver.Close)
			w := newWire(true, nil)
			w.patience = time.Second
			if answer, trouble := w.call(t.Context(), receiver.URL, "id", "{}", []string{"x"}, time.Unix(1, 0)); answer != c.answer || trouble != c.trouble {
				t.Errorf("answer %d, trouble %q", answer, trouble)
			}
		})
	}
	t.Cleanup(func() {
		if elsewhere.Load() != 0 {
			t.Error("a redirect was followed")
		}
	})
	t.Run("is not there", func(t *testing.T) {
		t.Parallel()
		if answer, trouble := newWire(true, nil).call(t.Context(), "http://127.0.0.1:1/", "id", "{}", nil, time.Unix(1, 0)); answer != 0 || trouble != "unreachable" {
			t.Errorf("answer %d, trouble %q", answer, trouble)
		}
	})
	t.Run("shows a certificate of its own", func(t *testing.T) {
		t.Parallel()
		receiver := httptest.NewTLSServer(target.Config.Handler)
		receiver.Config.ErrorLog = log.New(io.Discard, "", 0)
		t.Cleanup(receiver.Close)
		if answer, trouble := newWire(true, nil).call(t.Context(), receiver.URL, "id", "{}", nil, time.Unix(1, 0)); answer != 0 || trouble != "certificate" {
			t.Errorf("answer %d, trouble %q", answer, trouble)
		}
	})
}

// sleeping reads and says nothing: only a server that has read everything sees its caller go.
func sleeping(r *http.Request) {
	if _, err := io.Copy(io.Discard, r.Body); err == nil {
		<-r.Context().Done()
	}
}

func endless(w http.ResponseWriter, r *http.Request) {
	_, err := io.Copy(io.Discard, r.Body)
	for err == nil && r.Context().Err() == nil {
		_, err = w.Write(make([]byte, 1024))
	}
}

// hangUp ends a connection without an answer.
func hangUp(w http.ResponseWriter, _ *http.Request) {
	if wire, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = wire.Close()
	}
}
