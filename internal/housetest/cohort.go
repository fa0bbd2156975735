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

// PulseAsks are three questions, one of each kind, to be answered within a week.
func PulseAsks(now time.Time) startups.PulseFields {
	title, last := "Nửa chặng đường", now.AddDate(0, 0, 7).Format(time.DateOnly)
	asks := []startups.PulseQuestion{
		{Key: "worth", Type: "scale", LabelVI: "Chương trình có đáng thời gian của bạn không?"},
		{Key: "best", Type: "choice", LabelVI: "Điều gì giúp bạn nhất?", Options: []startups.PulseOption{
			{Value: "mentors", LabelVI: "Cố vấn"}, {Value: "space", LabelVI: "Chỗ làm việc"}, {Value: "peers", LabelVI: "Các đội khác"},
		}},
		{Key: "words", Type: "text", LabelVI: "Bạn muốn chúng tôi đổi điều gì?"},
	}
	return startups.PulseFields{TitleVI: &title, ClosesOn: &last, Questions: &asks}
}

// Pulse makes a pulse for a cohort and opens it.
func Pulse(t testing.TB, app core.App, by access.Actor, cohort string, now time.Time) *startups.Pulse {
	t.Helper()
	p, err := startups.MakePulse(app, by, cohort, PulseAsks(now), now)
	Refused(t, err, "")
	p, err = startups.OpenPulse(app, by, p.Id, "", 0, now)
	Refused(t, err, "")
	return p
}

// Support proposes to give a startup so much money.
func Support(t testing.TB, app core.App, by access.Actor, cohort, startup string, amount int64, now time.Time) *startups.Support {
	t.Helper()
	title := "Vốn mồi đợt 1"
	s, err := startups.ProposeSupport(app, by, cohort, startups.SupportFields{Startup: startup, Kind: startups.SupportMoney, Title: &title, Amount: &amount}, now)
	Refused(t, err, "")
	return s
}
