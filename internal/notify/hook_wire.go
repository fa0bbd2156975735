package notify

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"vuon/internal/fault"
)

const (
	callTakes   = 10 * time.Second // one call, answer included
	answerReads = 4 << 10          // bytes of an answer that are read, and forgotten
	secretMark  = "whsec_"         // begins a secret, as the Standard Webhooks have it
)

// wire is the way out of the house. Nothing inside is reached through it, whatever a name leads to at the moment of the call.
type wire struct {
	client   *http.Client
	patience time.Duration // one call, answer included
	near     bool          // this machine itself may be called, without TLS too: for the demo, development and tests
}

func newWire(near bool, names *net.Resolver) *wire {
	w := &wire{near: near, patience: callTakes}
	dialer := &net.Dialer{Timeout: callTakes, Resolver: names, Control: w.mayReach}
	w.client = &http.Client{
		Transport: &http.Transport{ // no proxy: it would be reached in place of the address that was looked at
			DialContext: dialer.DialContext, TLSHandshakeTimeout: callTakes, ForceAttemptHTTP2: true, MaxResponseHeaderBytes: 16 << 10,
			MaxIdleConnsPerHost: 1, MaxIdleConns: 16, IdleConnTimeout: time.Minute, TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12},
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return w
}

var errInside = errors.New("the address lies inside")

// mayReach looks at the very address that is about to be connected to: a name may lead elsewhere at every look.
func (w *wire) mayReach(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return errInside
	}
	ip := to.Addr().Unmap()
	if outside(ip) || w.near && ip.IsLoopback() {
		return nil
	}
	return errInside
}

// inner are the networks that are nobody's outside, or lead back inside. What loopback, private, link-local, multicast and
// unspecified addresses are, the library knows; 2000::/3 is all there is of the other kind.
var inner = parsed(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"168.63.129.16/32", // answers for the machine's keeper in a large cloud
	"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
)

var everybodys = netip.MustParsePrefix("2000::/3")

func parsed(texts ...string) (all []netip.Prefix) {
	for _, text := range texts {
		all = append(all, netip.MustParsePrefix(text))
	}
	return all
}

// outside says whether an address is somebody else's for sure.
func outside(ip netip.Addr) bool {
	ip = ip.Unmap()
	if !ip.IsValid() || ip.Zone() != "" || !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.Is6() && !everybodys.Contains(ip) {
		return false
	}
	for _, net := range inner {
		if net.Contains(ip) {
			return false
		}
	}
	return true
}

// takes refuses an address that could not be called. That one looks sound proves nothing: mayReach decides.
// Errors: hook.url, hook.url_inside.
func (w *wire) takes(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil || u.Fragment != "" || strings.ContainsAny(address, " \t\r\n") || len(address) > 500 {
		return fault.Field("url", "hook.url")
	}
	name := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	ip, notIP := netip.ParseAddr(name)
	here := name == "localhost" || notIP == nil && ip.Unmap().IsLoopback()
	switch {
	case w.near && here && (u.Scheme == "http" || u.Scheme == "https"):
		return nil
	case u.Scheme != "https":
		return fault.Field("url", "hook.url")
	case here, notIP == nil && !outside(ip), notIP != nil && !strings.Contains(name, "."), strings.HasSuffix(name, ".localhost"),
		strings.HasSuffix(name, ".internal"), strings.HasSuffix(name, ".local"):
		return fault.Field("url", "hook.url_inside")
	}
	return nil
}

// call makes one call. trouble is "" when it was heard, and else a code: inside, timeout, certificate, unreachable, cut,
// redirect, gone, status. answer is the status that came back, 0 for none. Of cut and timeout nobody knows whether the
// call was heard.
func (w *wire) call(ctx context.Context, to, id, body string, secrets []string, now time.Time) (answer int, trouble string) {
	bounded, cancel := context.WithTimeout(ctx, w.patience)
	defer cancel()
	r, err := http.NewRequestWithContext(bounded, http.MethodPost, to, strings.NewReader(body))
	if err != nil {
		return 0, "unreachable"
	}
	at := strconv.FormatInt(now.Unix(), 10)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Vuon-Hooks/1")
	r.Header.Set("Webhook-Id", id)
	r.Header.Set("Webhook-Timestamp", at)
	r.Header.Set("Webhook-Signature", signature(id, at, body, secrets))
	got, err := w.client.Do(r)
	if err != nil {
		return 0, wireTrouble(err)
	}
	defer got.Body.Close() //nolint:errcheck // it was heard, however they take leave
	if _, err := io.Copy(io.Discard, io.LimitReader(got.Body, answerReads)); err != nil && got.StatusCode < 300 {
		return got.StatusCode, "" // they have said yes
	}
	switch {
	case got.StatusCode < 200, got.StatusCode >= 400 && got.StatusCode != http.StatusGone:
		return got.StatusCode, "status"
	case got.StatusCode == http.StatusGone:
		return got.StatusCode, troubleGone
	case got.StatusCode >= 300:
		return got.StatusCode, "redirect"
	}
	return got.StatusCode, ""
}

// troubleGone is a hook that says that it is no more.
const troubleGone = "gone"

func wireTrouble(err error) string {
	op, unknown, named, invalid := (*net.OpError)(nil), x509.UnknownAuthorityError{}, x509.HostnameError{}, x509.CertificateInvalidError{}
	waited, certificate := net.Error(nil), (*tls.CertificateVerificationError)(nil)
	switch {
	case errors.Is(err, errInside):
		return "inside"
	case errors.As(err, &waited) && waited.Timeout():
		return "timeout"
	case errors.As(err, &certificate), errors.As(err, &unknown), errors.As(err, &named), errors.As(err, &invalid):
		return "certificate"
	case errors.As(err, &op) && op.Op == "dial":
		return "unreachable"
	}
	return "cut"
}

// signature signs a call by the Standard Webhooks: base64 of HMAC-SHA256 over id, timestamp and body, once for each secret.
func signature(id, at, body string, secrets []string) string {
	all := make([]string, len(secrets))
	for i, secret := range secrets {
		key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, secretMark))
		if err != nil {
			key = []byte(secret)
		}
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(id + "." + at + "." + body))
		all[i] = "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	}
	return strings.Join(all, " ")
}

// newSecret makes a secret from dice.
func newSecret(dice io.Reader) (string, error) {
	raw := make([]byte, 32)
	if _, err := io.ReadFull(dice, raw); err != nil {
		return "", fmt.Errorf("make a secret: %w", err)
	}
	return secretMark + base64.StdEncoding.EncodeToString(raw), nil
}
