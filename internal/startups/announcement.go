package startups

import (
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// Announcements are what the centre tells a whole cohort.
var Announcements = record.Of[Announcement]("announcements")

// Announcement is one of them: written, and sent once.
type Announcement struct{ core.BaseRecordProxy }

// The states of an announcement.
const (
	AnnouncementDraft   lifecycle.State = "draft"
	AnnouncementSent    lifecycle.State = "sent"
	AnnouncementDropped lifecycle.State = "dropped"
)

// AnnouncementLife is every legal move of an announcement: what was sent cannot be called back.
var AnnouncementLife = lifecycle.Table{
	Collection: Announcements.Collection,
	Start:      AnnouncementDraft,
	Ends:       []lifecycle.State{AnnouncementSent, AnnouncementDropped},
	Moves: []lifecycle.Move{
		lifecycle.Moved("announcement", "send", AnnouncementSent, AnnouncementDraft),
		lifecycle.Moved("announcement", "drop", AnnouncementDropped, AnnouncementDraft),
	},
}

// Status is where the announcement stands.
func (n *Announcement) Status() lifecycle.State { return lifecycle.State(n.GetString("status")) }

// CohortID is the cohort that is told.
func (n *Announcement) CohortID() string { return n.GetString("cohort") }

// TitleVI is what it is about, in Vietnamese.
func (n *Announcement) TitleVI() string { return n.GetString("title_vi") }

// TitleEN is the same in English, or empty.
func (n *Announcement) TitleEN() string { return n.GetString("title_en") }

// BodyVI is what is told, in Vietnamese.
func (n *Announcement) BodyVI() string { return n.GetString("body_vi") }

// BodyEN is the same in English, or empty.
func (n *Announcement) BodyEN() string { return n.GetString("body_en") }

// WrittenBy is who wrote it last.
func (n *Announcement) WrittenBy() string { return n.GetString("written_by") }

// SentAt is when it was sent; zero is not yet.
func (n *Announcement) SentAt() time.Time { return n.GetDateTime("sent_at").Time() }

// SentBy is who sent it.
func (n *Announcement) SentBy() string { return n.GetString("sent_by") }

// AnnouncementFields are what staff write; what is nil stays as it is.
type AnnouncementFields struct {
	TitleVI *string `json:"title_vi"`
	TitleEN *string `json:"title_en"`
	BodyVI  *string `json:"body_vi"`
	BodyEN  *string `json:"body_en"`
	Rev     int     `json:"rev"`
}

func (n *Announcement) write(f AnnouncementFields, by string) {
	record.At(n, f.Rev)
	for _, words := range []*string{f.TitleVI, f.TitleEN, f.BodyVI, f.BodyEN} {
		if words != nil {
			*words = strings.TrimSpace(*words)
		}
	}
	record.Sent(n, "title_vi", f.TitleVI)
	record.Sent(n, "title_en", f.TitleEN)
	record.Sent(n, "body_vi", f.BodyVI)
	record.Sent(n, "body_en", f.BodyEN)
	n.Set("written_by", by)
}

// settle writes what it is found by.
func (n *Announcement) settle() {
	n.Set("search_key", shortened(vn.Fold(n.TitleVI()+" "+n.TitleEN()+" "+n.BodyVI()), 600))
}

func (n *Announcement) told(by string, now time.Time) {
	n.Set("sent_at", now)
	n.Set("sent_by", by)
}

// drafted describes an announcement that is not yet stored.
func drafted(app core.App, cohort, by string, f AnnouncementFields) (*Announcement, error) {
	n, err := Announcements.New(app)
	if err != nil {
		return nil, err
	}
	n.Set("cohort", cohort)
	n.write(f, by)
	return n, nil
}
