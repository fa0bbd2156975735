package pass_test

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"strings"
	"testing"
	"time"

	"vuon/internal/events/pass"
)

var noon = time.Date(2026, 11, 26, 5, 0, 0, 0, time.UTC)

const ticket = "0a1b2c3d4e5f6g7"

// pair makes a key that is the same in every run.
func pair(seed byte) (ed25519.PrivateKey, ed25519.PublicKey, string) {
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
	public := key.Public().(ed25519.PublicKey)
	return key, public, pass.KID(public)
}

func signed(t testing.TB, seed byte, id string, generation int) string {
	t.Helper()
	key, _, kid := pair(seed)
	token, err := pass.Sign(key, kid, id, generation, noon)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestATokenSaysWhatWasSigned(t *testing.T) {
	t.Parallel()
	_, public, kid := pair(1)
	keys := map[string]ed25519.PublicKey{kid: public}
	for _, id := range []string{ticket, "000000000000000", "zzzzzzzzzzzzzzz"} {
		for _, generation := range []int{0, 1, 65535} {
			token := signed(t, 1, id, generation)
			got, err := pass.Verify(keys, token, noon)
			if want := (pass.Claim{KID: kid, Ticket: id, Generation: generation, NotAfter: noon}); err != nil || got != want {
				t.Errorf("%s: %+v, %v", token, got, err)
			}
			if len(token) != 130 || token != signed(t, 1, id, generation) {
				t.Errorf("%d characters, or another each time: %s", len(token), token)
			}
		}
	}
}

func TestOnlyWhatFitsIsSigned(t *testing.T) {
	t.Parallel()
	key, _, kid := pair(1)
	for name, try := range map[string]func() (string, error){
		"no key":          func() (string, error) { return pass.Sign(nil, kid, ticket, 1, noon) },
		"no name":         func() (string, error) { return pass.Sign(key, "xyz", ticket, 1, noon) },
		"a long name":     func() (string, error) { return pass.Sign(key, kid+"00", ticket, 1, noon) },
		"no id":           func() (string, error) { return pass.Sign(key, kid, "", 1, noon) },
		"a large letter":  func() (string, error) { return pass.Sign(key, kid, strings.ToUpper(ticket), 1, noon) },
		"a sign":          func() (string, error) { return pass.Sign(key, kid, "-"+ticket[1:], 1, noon) },
		"a generation":    func() (string, error) { return pass.Sign(key, kid, ticket, 65536, noon) },
		"before all time": func() (string, error) { return pass.Sign(key, kid, ticket, 1, time.Time{}) },
		"beyond four bytes": func() (string, error) {
			return pass.Sign(key, kid, ticket, 1, time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC))
		},
	} {
		if token, err := try(); err == nil || token != "" {
			t.Errorf("%s: %q", name, token)
		}
	}
}

// A token that was cut, bent, made up, or signed for another event is none; nor does a name of a key make it one.
func TestWhatWasNotSignedIsRefused(t *testing.T) {
	t.Parallel()
	_, public, kid := pair(1)
	_, other, otherKID := pair(2)
	keys := map[string]ed25519.PublicKey{kid: public}
	token := signed(t, 1, ticket, 1)
	for name, c := range map[string]struct {
		token string
		keys  map[string]ed25519.PublicKey
		want  error
	}{
		"another event's":          {signed(t, 2, ticket, 1), keys, pass.ErrUnknown},
		"another's under our name": {signed(t, 2, ticket, 1), map[string]ed25519.PublicKey{otherKID: public}, pass.ErrForged},
		"a key of no length":       {token, map[string]ed25519.PublicKey{kid: {}}, pass.ErrForged},
		"no keys":                  {token, nil, pass.ErrUnknown},
		"nothing":                  {"", keys, pass.ErrMalformed},
		"a prefix":                 {"B1", keys, pass.ErrMalformed},
		"cut":                      {token[:len(token)-1], keys, pass.ErrMalformed},
		"longer":                   {token + "0", keys, pass.ErrMalformed},
		"ten megabytes":            {strings.Repeat("B1", 5<<20), keys, pass.ErrMalformed},
		"an address":               {"https://example.vn/tickets/AB", keys, pass.ErrMalformed},
		"a script":                 {"B1<script>alert(1)</script>" + token[27:], keys, pass.ErrMalformed},
		"another's kind":           {"B2" + token[2:], keys, pass.ErrMalformed},
		"both keys are here":       {signed(t, 2, ticket, 1), map[string]ed25519.PublicKey{kid: public, otherKID: other}, nil},
	} {
		if _, err := pass.Verify(c.keys, c.token, noon); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	for at := range token {
		bent := []byte(token)
		bent[at] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"[(strings.IndexByte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", bent[at])+1)%45]
		if claim, err := pass.Verify(keys, string(bent), noon); err == nil {
			t.Fatalf("bent at %d it is %+v", at, claim)
		}
	}
}

func TestATokenEndsAFewMinutesAfterItsTime(t *testing.T) {
	t.Parallel()
	_, public, kid := pair(1)
	keys := map[string]ed25519.PublicKey{kid: public}
	token := signed(t, 1, ticket, 3)
	if _, err := pass.Verify(keys, token, noon.Add(pass.Slack)); err != nil {
		t.Errorf("a slow clock: %v", err)
	}
	claim, err := pass.Verify(keys, token, noon.Add(pass.Slack+time.Second))
	if !errors.Is(err, pass.ErrExpired) || claim.Generation != 3 {
		t.Errorf("afterwards: %+v, %v", claim, err)
	}
}

func TestAScannersLettersAreTidied(t *testing.T) {
	t.Parallel()
	token := signed(t, 1, ticket, 1)
	if got := pass.Tidy(strings.ToLower(" " + token + "\r\n")); got != token {
		t.Errorf("%q", got)
	}
	if got := pass.Tidy(strings.Repeat("x", 10<<20)); got != "" {
		t.Errorf("%d letters are looked at", len(got))
	}
}

// What a door keeps opens with the ticket it is about, and with nothing else.
func TestALineOpensWithItsTokenAlone(t *testing.T) {
	t.Parallel()
	mine, yours := signed(t, 1, ticket, 1), signed(t, 1, ticket, 2)
	line, err := pass.Lock(bytes.NewReader(bytes.Repeat([]byte{7}, 12)), mine, []byte("Nguyễn Thị Mai"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := pass.Unlock(mine, line); err != nil || string(got) != "Nguyễn Thị Mai" {
		t.Errorf("%q, %v", got, err)
	}
	for name, c := range map[string]struct {
		token string
		line  pass.Line
	}{
		"the next generation": {yours, line},
		"moved":               {yours, pass.Line{Find: pass.Find(yours), Locked: line.Locked}},
		"cut":                 {mine, pass.Line{Find: line.Find, Locked: line.Locked[:8]}},
		"bent":                {mine, pass.Line{Find: line.Find, Locked: "A" + line.Locked[1:]}},
		"no base64":           {mine, pass.Line{Find: line.Find, Locked: "!" + line.Locked[1:]}},
	} {
		if got, err := pass.Unlock(c.token, c.line); !errors.Is(err, pass.ErrLocked) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if _, err := pass.Lock(bytes.NewReader(nil), mine, nil); err == nil {
		t.Error("it is locked without chance")
	}
	if pass.FindCode("a", "ABCD2345") == pass.FindCode("b", "ABCD2345") {
		t.Error("two events know each other's codes")
	}
}

func FuzzVerify(f *testing.F) {
	_, public, kid := pair(1)
	keys := map[string]ed25519.PublicKey{kid: public}
	good := signed(f, 1, ticket, 1)
	f.Add(good)
	f.Add(strings.ToLower(good))
	f.Add("B1")
	f.Add(good[:100] + "%%%")
	f.Fuzz(func(t *testing.T, token string) {
		claim, err := pass.Verify(keys, pass.Tidy(token), noon)
		if err == nil && pass.Tidy(token) != signed(t, 1, claim.Ticket, claim.Generation) && claim.NotAfter.Equal(noon) {
			t.Errorf("%q was never signed and passes", token)
		}
	})
}

func FuzzSignAndRead(f *testing.F) {
	f.Add(uint16(1), uint32(1764000000), []byte("0123456789abcde"))
	f.Fuzz(func(t *testing.T, generation uint16, until uint32, raw []byte) {
		id := make([]byte, 15)
		for i := range id {
			id[i] = "0123456789abcdefghijklmnopqrstuvwxyz"[int(append(raw, make([]byte, 15)...)[i])%36]
		}
		key, public, kid := pair(9)
		want := pass.Claim{KID: kid, Ticket: string(id), Generation: int(generation), NotAfter: time.Unix(int64(until), 0).UTC()}
		token, err := pass.Sign(key, kid, want.Ticket, want.Generation, want.NotAfter)
		if err != nil {
			t.Fatal(err)
		}
		got, err := pass.Verify(map[string]ed25519.PublicKey{kid: public}, token, want.NotAfter)
		if err != nil || got != want {
			t.Errorf("%+v became %+v, %v", want, got, err)
		}
	})
}
