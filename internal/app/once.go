package app

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
)

const (
	headerOnce = "Idempotency-Key"
	keyLength  = 64             // the longest key that is taken
	keptFor    = 24 * time.Hour // how long an answer is repeated
)

// answerOnce makes a POST, PATCH or DELETE under /api/vuon that carries an Idempotency-Key happen once. The answer is kept
// for a day per actor, route and key, in the very transaction of the verb: either both are there or neither. A visitor's
// key is not looked at, for anybody could send it and be told somebody else's answer; nor where the
// manner of the route forbids it.
// Errors: request.key_too_long; request.key_reused for another row or another body under the same key.
func answerOnce(e *core.RequestEvent) error {
	key := e.Request.Header.Get(headerOnce)
	if key == "" || e.Auth == nil || !mannerOf(e.Request.Pattern).once {
		return e.Next()
	}
	if len(key) > keyLength {
		return fault.Field("_", "request.key_too_long")
	}
	body, err := io.ReadAll(e.Request.Body)
	if err != nil {
		return fault.Field("body", "request.unreadable")
	}
	ask := asked{
		actor: e.Auth.Collection().Name + ":" + e.Auth.Id, route: e.Request.Pattern, key: key,
		body: fingerprint(e.Auth.Collection().AuthToken.Secret, e.Request.URL.RequestURI(), body),
	}
	outer, writer := e.App, e.Response
	defer func() { e.App, e.Response = outer, writer }()
	answer := &recorder{header: writer.Header()}
	if err := outer.RunInTransaction(func(tx core.App) error {
		kept, err := keptAnswer(tx, ask)
		switch {
		case err != nil:
			return err
		case kept != nil && kept.body != ask.body:
			return fault.Conflict("request.key_reused")
		case kept != nil:
			answer.status = kept.status
			answer.body.WriteString(kept.answer)
			answer.header.Set("Content-Type", "application/json")
			answer.header.Set("Idempotency-Replayed", "true")
			return nil
		}
		e.App, e.Response = tx, answer
		if err := e.Next(); err != nil {
			return err
		}
		return keepAnswer(tx, ask, answer.code(), answer.body.String(), access.Now(e))
	}); err != nil {
		return err
	}
	writer.WriteHeader(answer.code())
	if _, err := writer.Write(answer.body.Bytes()); err != nil {
		return fmt.Errorf("answer %s: %w", ask.route, err)
	}
	return nil
}

// fingerprint stands for what was asked, of which row and with what body. Both may hold a secret, the token of a link or a
// new password: without the key nobody finds them by trying.
func fingerprint(key, address string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(address + "\n"))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}

// asked names one request of one actor: by its route and not by its address, in which a token may stand.
type asked struct{ actor, route, key, body string }

// recorder holds an answer back until its transaction is done.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(b []byte) (int, error) { return r.body.Write(b) }

func (r *recorder) code() int {
	if r.status == 0 {
		return http.StatusOK
	}
	return r.status
}
