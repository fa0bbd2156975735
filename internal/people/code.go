package people

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math/big"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Codes are the one-time codes that have been mailed. What is kept of a code is a keyed hash.
var Codes = record.Of[Code]("codes")

// Code is one mailed code of six digits: good for ten minutes, five attempts and one use.
type Code struct{ core.BaseRecordProxy }

// Purpose is what a code is good for.
type Purpose string

// The purposes.
const (
	ToSignIn      Purpose = "sign_in"
	ToChangeEmail Purpose = "email"
)

// What a code bears.
const (
	codeLasts    = 10 * time.Minute
	codeAttempts = 5
	codesAtOnce  = 5 // unexpired and unused codes of one address; who asks for more must wait
)

// newCode makes a code for an address and returns its row, not yet stored, and the digits, which are stored nowhere.
func newCode(app core.App, dice io.Reader, p Purpose, email, user string, now time.Time) (*Code, string, error) {
	n, err := rand.Int(dice, big.NewInt(1_000_000))
	if err != nil {
		return nil, "", fmt.Errorf("throw a code: %w", err)
	}
	c, err := Codes.New(app)
	if err != nil {
		return nil, "", err
	}
	digits := fmt.Sprintf("%06d", n)
	c.Id = core.GenerateDefaultRandomId()
	c.Set("purpose", string(p))
	c.Set("email", address(email))
	c.Set("user", user)
	c.Set("expires_at", now.Add(codeLasts))
	hash, err := c.sum(app, digits)
	c.Set("hash", hash)
	return c, digits, err
}

// sum keys the digits with the secret of the sign-in tokens: who has that needs no code any more. Six digits alone could
// be found from any plain hash.
func (c *Code) sum(app core.App, digits string) (string, error) {
	users, err := app.FindCachedCollectionByNameOrId(Users.Collection)
	if err != nil {
		return "", fmt.Errorf("hash a code: %w", err)
	}
	mac := hmac.New(sha256.New, []byte(users.AuthToken.Secret))
	mac.Write([]byte(c.Id + " " + digits))
	return hex.EncodeToString(mac.Sum(nil)), nil
}

// Purpose is what the code is good for.
func (c *Code) Purpose() Purpose { return Purpose(c.GetString("purpose")) }

// Email is the address it was sent to.
func (c *Code) Email() string { return c.GetString("email") }

// UserID is who asked for it, where somebody was signed in.
func (c *Code) UserID() string { return c.GetString("user") }

// Expires is when it is worth nothing any more.
func (c *Code) Expires() time.Time { return c.GetDateTime("expires_at").Time() }

// Attempts is how often somebody has guessed wrong.
func (c *Code) Attempts() int { return c.GetInt("attempts") }

// Used is when it was used; zero is not yet.
func (c *Code) Used() time.Time { return c.GetDateTime("used_at").Time() }

// GoodAt says whether the right digits would still open anything at now.
func (c *Code) GoodAt(now time.Time) bool {
	return c.Used().IsZero() && c.Attempts() < codeAttempts && now.Before(c.Expires())
}

// is compares without telling by its time how much was right.
func (c *Code) is(app core.App, digits string) (bool, error) {
	want, err := c.sum(app, digits)
	return hmac.Equal([]byte(want), []byte(c.GetString("hash"))), err
}

func (c *Code) setUsed(now time.Time) { c.Set("used_at", now) }

func (c *Code) missed() { c.Set("attempts", c.Attempts()+1) }
