package notify_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/housetest"
	"vuon/internal/notice"
	"vuon/internal/notify"
)

// mortal makes the house die between the carrier's yes and the mark, until it is told to live.
func mortal(house core.App) (live func()) {
	died := errors.New("power cut")
	house.OnRecordUpdate(notify.Outbox.Collection).BindFunc(func(e *core.RecordEvent) error {
		if died != nil && e.Record.GetString("status") == string(notify.LetterSent) {
			return died
		}
		return e.Next()
	})
	return func() { died = nil }
}

func several(n int) notice.Rule {
	due := make([]notice.Due, n)
	for i := range due {
		due[i] = notice.Due{Dedup: fmt.Sprint("n", i), Address: fmt.Sprintf("a%d@example.org", i), Mail: true}
	}
	return saying("test", notice.Transactional, due...)
}

// A house that died between the carrier's yes and its mark asks again, under the same key and in the same company, and the
// carrier delivers once. A carrier that forgets its keys delivers twice: it is the key that holds this.
func TestACrashAfterTheCarriersYesSendsNothingTwice(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		letters, sent int
		forgets       bool
	}{
		"one": {letters: 1, sent: 1}, "a call": {letters: 7, sent: 7}, "two calls": {letters: 130, sent: 130},
		"forgotten": {letters: 1, sent: 2, forgets: true}, "forgotten call": {letters: 7, sent: 14, forgets: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := serveHosted(t)
			f.forgets = c.forgets
			house := post(t, f.sender(t), several(c.letters))
			live := mortal(house)
			if err := notify.Deliver(house, housetest.Noon); err == nil {
				t.Fatal("the mark was made")
			}
			live()
			deliver(t, house, housetest.Noon.Add(31*time.Minute))
			deliver(t, house, housetest.Noon.Add(32*time.Minute))
			if n := statuses(t, house)["sent"]; n != c.letters || len(f.arrived(t)) != c.sent {
				t.Errorf("%d of %d are sent, %d mails, want %d: %v", n, c.letters, len(f.arrived(t)), c.sent, statuses(t, house))
			}
			for _, l := range letters(t, house) {
				if l.Provider() == "" {
					t.Errorf("letter %s does not know its name", l.Id)
				}
			}
			housetest.Well(t, house)
		})
	}
}

func TestACrashAfterAMailServersYesLeavesTheLetterToStaff(t *testing.T) {
	t.Parallel()
	s := serveSMTP(t)
	sender, err := notify.SMTP("smtp://"+s.address, "vuon@example.org", clock)
	if err != nil {
		t.Fatal(err)
	}
	house := post(t, sender, several(3))
	live := mortal(house)
	if err := notify.Deliver(house, housetest.Noon); err == nil {
		t.Fatal("the mark was made")
	}
	live()
	for _, later := range []time.Duration{31 * time.Minute, 40 * time.Minute, 24 * time.Hour} {
		deliver(t, house, housetest.Noon.Add(later))
	}
	if n := statuses(t, house)["lost"]; n != 3 || len(s.arrived(t)) != 3 {
		t.Errorf("%v, %d mails", statuses(t, house), len(s.arrived(t)))
	}
	housetest.Well(t, house)
}

// Whatever the carrier does on the way, each letter arrives once.
func TestACarrierInTroubleDeliversOnce(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"500", "cut", "half", "busy", "403", "slow", "daily", "rate"} {
		for _, n := range []int{1, 5} {
			t.Run(fmt.Sprint(how, " ", n), func(t *testing.T) {
				t.Parallel()
				f := serveHosted(t)
				f.fails(how)
				house := post(t, f.sender(t), several(n))
				for _, later := range []time.Duration{0, 2 * time.Minute, 24 * time.Hour} {
					f.passes(later)
					deliver(t, house, f.now())
				}
				if got := statuses(t, house); got["sent"] != n || len(f.arrived(t)) != n {
					t.Errorf("%v, %d mails", got, len(f.arrived(t)))
				}
				housetest.Well(t, house)
			})
		}
	}
}

// A call that is refused as a whole is made mail by mail, each under a key of its own. One of which the answer is lost is
// asked for under that key, or its reader would have it twice.
func TestAMailSentAloneIsAskedForUnderItsOwnKey(t *testing.T) {
	t.Parallel()
	f := serveHosted(t)
	var due []notice.Due
	for i, domain := range []string{"poison.example", "example.org", "example.org"} {
		due = append(due, notice.Due{Dedup: fmt.Sprint("m", i), Address: fmt.Sprintf("b%d@%s", i, domain), Mail: true, At: housetest.Noon.Add(time.Duration(i-3) * time.Second)})
	}
	house := post(t, f.sender(t), saying("test", notice.Transactional, due...))
	for i := range due { // one after the other, so that they are sent in this order
		if err := notify.Queue(house, due[i].At); err != nil {
			t.Fatal(err)
		}
	}
	f.fails("", "", "cut", "cut") // the call, the first mail, and two that are taken without an answer
	deliver(t, house, housetest.Noon)
	deliver(t, house, housetest.Noon.Add(2*time.Minute))
	if n := statuses(t, house); n["sent"] != 3 || len(f.arrived(t)) != 3 {
		t.Errorf("%v, and %d mails arrived", n, len(f.arrived(t)))
	}
	housetest.Well(t, house)
}
