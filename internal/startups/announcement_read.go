package startups

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// AnnouncementReads are who has opened an announcement: only growing.
var AnnouncementReads = record.Of[AnnouncementRead]("announcement_reads")

// AnnouncementRead is one person who has opened one.
type AnnouncementRead struct{ core.BaseRecordProxy }

// AnnouncementID is what was read.
func (r *AnnouncementRead) AnnouncementID() string { return r.GetString("announcement") }

// UserID is who has read it.
func (r *AnnouncementRead) UserID() string { return r.GetString("user") }

// At is when it was opened first.
func (r *AnnouncementRead) At() time.Time { return r.GetDateTime("at").Time() }

// readBy describes a reading that is not yet stored.
func readBy(app core.App, announcement, user string, now time.Time) (*AnnouncementRead, error) {
	r, err := AnnouncementReads.New(app)
	if err != nil {
		return nil, err
	}
	r.Set("announcement", announcement)
	r.Set("user", user)
	r.Set("at", now)
	return r, nil
}
