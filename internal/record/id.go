package record

import (
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// idTime is how many of the fifteen characters of an id tell the millisecond: enough until the year 2059.
const idTime = 8

// IDAt draws an id that sorts behind those of earlier milliseconds, as PocketBase writes ids otherwise. Where rows come by the
// thousand their indexes then grow at their end, and a commit writes a few pages in place of one for each row. It is no secret.
func IDAt(at time.Time) string {
	stamp := strconv.FormatInt(max(at.UnixMilli(), 0), 36)
	for len(stamp) < idTime {
		stamp = "0" + stamp
	}
	return stamp[len(stamp)-idTime:] + core.GenerateDefaultRandomId()[idTime:]
}
