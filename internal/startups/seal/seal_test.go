package seal_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"strings"
	"testing"

	"vuon/internal/startups/seal"
)

func ring(t *testing.T, secrets ...string) *seal.Ring {
	t.Helper()
	r, err := seal.New(secrets...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWhatIsSealedOpensInItsPlaceAlone(t *testing.T) {
	t.Parallel()
	r := ring(t, "một bí mật đủ dài cho vườn ươm này")
	plain := []byte("0071001234567")
	sealed, with, err := r.Seal(rand.Reader, plain, "row one")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(sealed, "0071") {
		t.Error("it can be read without a key")
	}
	if got, err := r.Open(sealed, with, "row one"); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := r.Open(sealed, with, "row two"); !errors.Is(err, seal.ErrBroken) {
		t.Errorf("it opens in another row: %v", err)
	}
	for at := range sealed {
		changed := []byte(sealed)
		changed[at] ^= 1
		if got, err := r.Open(string(changed), with, "row one"); err == nil && !bytes.Equal(got, plain) {
			t.Fatalf("changed at %d it opens as %q", at, got)
		}
	}
	again, _, err := r.Seal(rand.Reader, plain, "row one")
	if err != nil || again == sealed {
		t.Error("the same number looks the same twice")
	}
}

func TestANewSecretReadsWhatTheOldOneSealed(t *testing.T) {
	t.Parallel()
	old := ring(t, "bí mật cũ")
	sealed, with, err := old.Seal(rand.Reader, []byte("số"), "row")
	if err != nil {
		t.Fatal(err)
	}
	both := ring(t, "bí mật mới", "", "bí mật cũ")
	if got, err := both.Open(sealed, with, "row"); err != nil || string(got) != "số" {
		t.Errorf("%q, %v", got, err)
	}
	if both.Name() == old.Name() || both.Name() != ring(t, "bí mật mới").Name() {
		t.Error("a key is called otherwise than by its secret")
	}
	if _, err := ring(t, "bí mật mới").Open(sealed, with, "row"); !errors.Is(err, seal.ErrOtherKey) {
		t.Errorf("without the old secret: %v", err)
	}
	none := ring(t, "")
	if _, _, err := none.Seal(rand.Reader, nil, ""); !errors.Is(err, seal.ErrNoKey) || none.Name() != "" {
		t.Errorf("without any: %v", err)
	}
	if _, err := none.Open(sealed, with, "row"); !errors.Is(err, seal.ErrNoKey) {
		t.Errorf("without any: %v", err)
	}
}

func TestWhatSignsTicketsHasKeysOfItsOwn(t *testing.T) {
	t.Parallel()
	const secret = "một bí mật đủ dài cho vườn ươm này"
	tickets, err := seal.ForTickets(secret)
	if err != nil {
		t.Fatal(err)
	}
	sealed, with, err := tickets.Seal(rand.Reader, []byte("khóa"), "row")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ring(t, secret).Open(sealed, with, "row"); !errors.Is(err, seal.ErrOtherKey) {
		t.Errorf("the ring of bank accounts: %v", err)
	}
	if got, err := tickets.Open(sealed, with, "row"); err != nil || string(got) != "khóa" {
		t.Errorf("%q, %v", got, err)
	}
}
