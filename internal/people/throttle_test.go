package people_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"time"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/people"
)

func TestAnAccountRestsLongerAfterEveryFailure(t *testing.T) {
	t.Parallel()
	d := knock(t)
	u := d.known()
	for n := range 5 {
		if a := d.byPassword(u.Email(), "guess", ""); a.code() != "sign_in.wrong" {
			t.Fatalf("failure %d: %+v", n+1, a)
		}
	}
	for _, rest := range []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute} {
		d.later(rest - time.Second)
		if a := d.byPassword(u.Email(), password, ""); a.Status != http.StatusTooManyRequests || a.code() != "sign_in.wait" {
			t.Fatalf("before %v are over: %+v", rest, a)
		}
		if a := d.byCode(d.ask(u.Email()), d.codes[u.Email()], ""); a.code() != "sign_in.wait" {
			t.Fatalf("the code does not wait: %+v", a)
		}
		d.later(time.Second)
		if a := d.byPassword(u.Email(), "guess", ""); a.code() != "sign_in.wrong" {
			t.Fatalf("after %v: %+v", rest, a)
		}
	}
	d.later(8 * time.Minute)
	if a := d.byPassword(u.Email(), password, ""); a.Status != http.StatusOK {
		t.Fatalf("the right one: %+v", a)
	}
	for range 4 { // forgiven: it counts from one again
		d.byPassword(u.Email(), "guess", "")
	}
	if a := d.byPassword(u.Email(), password, ""); a.Status != http.StatusOK {
		t.Errorf("after four new failures: %+v", a)
	}
}

func TestWrongCodesAndPasswordsCountTogether(t *testing.T) {
	t.Parallel()
	d := knock(t)
	u := d.known()
	id := d.ask(u.Email())
	for range 2 {
		d.byCode(id, wrong(d.codes[u.Email()]), "")
		d.byPassword(u.Email(), "guess", "")
	}
	d.byPassword("  "+u.Email(), "guess", "")
	if a := d.byCode(id, d.codes[u.Email()], ""); a.code() != "sign_in.wait" {
		t.Errorf("after five failures: %+v", a)
	}
}

// A right password is no failure although a code is still due, and it forgives nothing either.
func TestTheFirstOfTwoFactorsNeitherCountsNorForgives(t *testing.T) {
	t.Parallel()
	d := knock(t)
	u := d.known(access.Manager)
	for range 10 {
		if a := d.byPassword(u.Email(), password, ""); a.Status != http.StatusUnauthorized {
			t.Fatalf("the first factor: %+v", a)
		}
	}
	for range 4 {
		d.byPassword(u.Email(), "guess", "")
	}
	d.byPassword(u.Email(), password, "")
	d.byPassword(u.Email(), "guess", "")
	if a := d.byPassword(u.Email(), password, ""); a.code() != "sign_in.wait" {
		t.Errorf("five failures around a right password: %+v", a)
	}
}

// guesses lets many strangers guess at one account at once and returns how many of them were judged.
func guesses(t *testing.T, d *door, n int) int {
	t.Helper()
	u := d.known()
	return housetest.Race(n, func(int) error {
		switch a := d.byPassword(u.Email(), "guess", ""); a.code() {
		case "sign_in.wrong":
			return nil
		default:
			return errors.New(a.code())
		}
	})
}

func TestRaceAHundredGuessesAtOnceAreFive(t *testing.T) {
	t.Parallel()
	if judged := guesses(t, knock(t), 60); judged != 5 {
		t.Errorf("%d guesses were judged", judged)
	}
}

// The negative control: without the count every guess is judged, also one after another.
func TestRaceWithoutTheCountEveryGuessIsJudged(t *testing.T) {
	t.Parallel()
	d := knock(t)
	d.house.OnRecordAuthWithPasswordRequest().Unbind("people.password")
	u := d.known()
	for range 10 {
		if a := d.byPassword(u.Email(), "guess", ""); a.Status != http.StatusBadRequest {
			t.Errorf("not judged, but %+v: the count is not what holds them", a)
		}
	}
}

// One code entered many times at once opens once; one address that is new gets one account.
func TestRaceOneCodeOpensOnce(t *testing.T) {
	t.Parallel()
	d := knock(t)
	id := d.ask("sen@example.org")
	code := d.codes["sen@example.org"]
	var mu sync.Mutex
	tokens := map[string]bool{}
	housetest.Race(20, func(int) error {
		a := d.byCode(id, code, "")
		mu.Lock()
		defer mu.Unlock()
		if a.Token != "" {
			tokens[a.Token] = true
		}
		return nil
	})
	all, err := people.Users.All(d.house)
	if len(tokens) != 1 || len(all) != 1 || err != nil {
		t.Errorf("%d tokens and %d accounts, %v", len(tokens), len(all), err)
	}
	housetest.Well(t, d.house)
}

func TestRaceTwoCodesOfOneNewAddressMakeOneAccount(t *testing.T) {
	t.Parallel()
	d := knock(t)
	var ids, codes [4]string
	for i := range ids {
		ids[i] = d.ask("sen@example.org")
		codes[i] = d.codes["sen@example.org"]
	}
	housetest.Race(len(ids), func(i int) error {
		d.byCode(ids[i], codes[i], "")
		return nil
	})
	all, err := people.Users.All(d.house)
	consents, more := people.Consents.All(d.house)
	if len(all) != 1 || len(consents) != 1 || errors.Join(err, more) != nil {
		t.Errorf("%d accounts, %d consents, %v", len(all), len(consents), errors.Join(err, more))
	}
}

// Many newcomers come in the last hour before a deadline. Whoever is told to try again in a moment has no other code.
func TestACodeForWhichNobodyHadTimeStaysGood(t *testing.T) {
	t.Parallel()
	d := knock(t)
	id, soon := d.ask("sen@example.org"), done(t)
	leave := people.Crowd(d.house)
	_, err := people.Enter(soon, d.house, id, d.codes["sen@example.org"], people.Newcomer{}, housetest.Noon)
	housetest.Refused(t, err, "sign_in.busy")
	leave()
	if a := d.byCode(id, d.codes["sen@example.org"], ""); a.Token == "" {
		t.Errorf("the code that they were to try again opens nothing: %+v", a)
	}
	if a := d.byCode(id, d.codes["sen@example.org"], ""); a.code() != "sign_in.code_over" {
		t.Errorf("the code opened twice: %+v", a)
	}
	housetest.Well(t, d.house)
}

// done is a request that waits for nothing.
func done(t *testing.T) context.Context {
	t.Helper()
	soon, cancel := context.WithCancel(t.Context())
	cancel()
	return soon
}

func TestAnAddressGetsFiveCodesAtOnce(t *testing.T) {
	t.Parallel()
	d := knock(t)
	for range 6 { // who enters theirs may have the next
		if a := d.byCode(d.ask("sen@example.org"), d.codes["sen@example.org"], ""); a.Status != http.StatusOK {
			t.Fatalf("entered a code: %+v", a)
		}
	}
	d.mails = 0
	for range 5 {
		d.ask("sen@example.org")
	}
	a := d.post(nil, "/api/vuon/sign-in/code", fields{"email": "sen@example.org"})
	if a.Status != http.StatusTooManyRequests || a.code() != "sign_in.wait" || d.mails != 5 {
		t.Errorf("a sixth: %+v, %d mails", a, d.mails)
	}
	d.later(10 * time.Minute)
	d.ask("sen@example.org")
	for _, no := range []string{"", "sen", "sen@localhost", "Sen <sen@example.org>", "a@b.c\r\nBcc: x@y.z"} {
		if a := d.post(nil, "/api/vuon/sign-in/code", fields{"email": no}); a.Status != http.StatusBadRequest || a.code() != "sign_in.address" {
			t.Errorf("a code for %q: %+v", no, a)
		}
	}
}
