package housetest

import (
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/startups"
)

// Workshop plans a workshop of two hours for a cohort, with so many seats; 0 is as many as come.
func Workshop(t testing.TB, app core.App, by access.Actor, cohort string, at time.Time, seats int, now time.Time) *startups.Workshop {
	t.Helper()
	title, english, place, minutes := "Gọi vốn vòng đầu", "First round", "Hội trường A", 120
	w, err := startups.PlanWorkshop(app, by, cohort, startups.WorkshopTerms{
		TitleVI: &title, TitleEN: &english, Place: &place, Minutes: &minutes, StartsAt: &at, Capacity: &seats,
	}, now)
	Refused(t, err, "")
	return w
}

// AnnouncementSecret stands in the text of every Announcement, and in no mail.
const AnnouncementSecret = "gặp chị Nguyễn Thị Kín ở quầy số 7"

// Announcement writes an announcement for a cohort and keeps it as a draft.
func Announcement(t testing.TB, app core.App, by access.Actor, cohort string, now time.Time) *startups.Announcement {
	t.Helper()
	title, english, body := "Nộp báo cáo thuế quý", "Quarterly tax", "Bạn mang giấy tờ, "+AnnouncementSecret+"."
	n, err := startups.DraftAnnouncement(app, by, cohort, startups.AnnouncementFields{TitleVI: &title, TitleEN: &english, BodyVI: &body}, now)
	Refused(t, err, "")
	return n
}
