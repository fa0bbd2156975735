package startups

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// SpentLinks keep of secret links that no longer open anything why they do not, so that whoever comes with one is told. Of
// their tokens only the hashes are kept. Triggers refuse to change or delete them.
var SpentLinks = record.Of[SpentLink]("spent_links")

// SpentLink is a link that ended before its time.
type SpentLink struct{ core.BaseRecordProxy }

// Why a link ended.
const (
	linkReplaced = "replaced" // by a newer one to the same report
	linkRevoked  = "revoked"  // by somebody who may
)

// Because is why it ended: replaced or revoked.
func (l *SpentLink) Because() string { return l.GetString("because") }

// spent describes the link of a report that ends at now. It is not yet stored.
func spent(app core.App, q *Request, because, by string, now time.Time) (*SpentLink, error) {
	l, err := SpentLinks.New(app)
	if err != nil {
		return nil, err
	}
	l.Set("request", q.Id)
	l.Set("token_hash", q.linkHash())
	l.Set("because", because)
	l.Set("by", by)
	l.Set("at", now)
	return l, nil
}
