package notify

import (
	"io"
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
)

// longestTelling bounds what a carrier may tell at once, in bytes.
const longestTelling = 64 << 10

// hear takes what the carrier tells. Whoever knows the secret may; there is no other right. Without a secret there is no way.
func hear(e *core.RequestEvent) error {
	_, now, err := access.Of(e)
	if err != nil {
		return err
	}
	post, err := of(e.App)
	if err != nil {
		return err
	}
	if post.needs.Heard == nil {
		return fault.NotFound("record.not_found")
	}
	body, err := io.ReadAll(io.LimitReader(e.Request.Body, longestTelling+1))
	if err != nil || len(body) > longestTelling {
		return fault.Field("body", "request.unreadable")
	}
	told, err := post.needs.Heard(e.Request.Header, body)
	if err != nil {
		return err
	}
	if err := Hear(e.App, told, now); err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}
