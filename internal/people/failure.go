package people

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Failures count how often somebody tried to enter an account and could not, whether or not there is such an account.
var Failures = record.Of[Failure]("sign_in_failures")

// Failure is the count of one account. A sign-in that succeeds deletes it, and so does the night after its delay is over.
type Failure struct{ core.BaseRecordProxy }

// What an account bears before attempts are delayed: after five failures a minute, then two, four, and so on.
const (
	freeFailures = 5
	firstDelay   = time.Minute
	longestDelay = time.Hour
)

// account names an account in the count, without naming anybody.
func account(collection, email string) string {
	sum := sha256.Sum256([]byte(collection + ":" + address(email)))
	return hex.EncodeToString(sum[:])
}

// noFailure describes an account of which nothing is counted yet.
func noFailure(app core.App, key string) (*Failure, error) {
	f, err := Failures.New(app)
	if err != nil {
		return nil, err
	}
	f.Set("key", key)
	return f, nil
}

// Count is how many attempts have failed in a row.
func (f *Failure) Count() int { return f.GetInt("failures") }

// Blocked is until when nobody may try.
func (f *Failure) Blocked() time.Time { return f.GetDateTime("blocked_until").Time() }

// counted counts one more failure at now, and delays the next attempt where there were too many.
func (f *Failure) counted(now time.Time) {
	n := f.Count() + 1
	f.Set("failures", n)
	if n >= freeFailures {
		f.Set("blocked_until", now.Add(delay(n)))
	}
}

// uncounted takes the latest count back: it was no failure.
func (f *Failure) uncounted() {
	f.Set("failures", max(0, f.Count()-1))
	f.Set("blocked_until", "")
}

// delay is how long an account rests after its nth failure in a row.
func delay(n int) time.Duration {
	d := firstDelay
	for ; n > freeFailures && d < longestDelay; n-- {
		d *= 2
	}
	return min(d, longestDelay)
}
