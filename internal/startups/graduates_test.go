package startups_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/startups"
)

// What a cohort was told while a startup was in it stays with its people when they have graduated; what it is told later does not
// reach them. Whoever was let go reads nothing more.
func TestGraduatesKeepWhatTheyWereTold(t *testing.T) {
	t.Parallel()
	house := housetest.At(t, func() time.Time { return housetest.Noon })
	cohort, staff, some, founders := class(t, house)
	now, manager := housetest.Noon, housetest.Acting(t, house, access.Manager, access.House)
	tell := func(title string, at time.Time) *startups.Announcement {
		t.Helper()
		n := housetest.Announcement(t, house, staff, cohort, at)
		_, err := startups.RewriteAnnouncement(house, staff, n.Id, startups.AnnouncementFields{TitleVI: &title}, at)
		housetest.Refused(t, err, "")
		_, err = startups.SendAnnouncement(house, staff, n.Id, "", 0, at)
		housetest.Refused(t, err, "")
		return n
	}
	lesson := func(at time.Time) { housetest.Workshop(t, house, staff, cohort, at, 9, now) }
	before := tell("Tin trước", now)
	lesson(now.Add(time.Hour))
	lesson(now.AddDate(0, 0, 20))
	left := now.AddDate(0, 0, 3)
	for i, verb := range []func(core.App, access.Actor, string, string, time.Time) (*startups.Enrolment, error){startups.Graduate, startups.Terminate} {
		n, err := startups.Enrolments.First(house, dbx.HashExp{"startup": some[i].Id})
		housetest.Refused(t, err, "")
		_, err = verb(house, manager, n.Id, "Đủ điều kiện", left)
		housetest.Refused(t, err, "")
	}
	after := tell("Tin sau", left.AddDate(0, 0, 1))

	server := housetest.Server(t, house)
	sees := func(i int, what string) int {
		u, err := house.FindRecordById("users", founders[i].ID)
		housetest.Refused(t, err, "")
		return strings.Count(housetest.Ask(t, server, u, http.MethodGet, "/api/vuon/startups/"+some[i].Id+"/"+what, "").Body.String(), `"cohort":`)
	}
	for i, want := range [][2]int{{1, 1}, {0, 0}, {2, 2}} {
		if got := [2]int{sees(i, "announcements"), sees(i, "workshops")}; got != want {
			t.Errorf("startup %d sees %d announcements and workshops, not %d", i, got, want)
		}
	}
	housetest.Refused(t, startups.ReadAnnouncement(house, founders[0], before.Id, left.AddDate(0, 0, 2)), "")
	housetest.Refused(t, startups.ReadAnnouncement(house, founders[0], after.Id, left.AddDate(0, 0, 2)), "record.not_found")
	housetest.Refused(t, startups.ReadAnnouncement(house, founders[1], before.Id, left.AddDate(0, 0, 2)), "record.not_found")
	keeper := housetest.Holder(t, house, access.Staff, access.House)
	list := housetest.Ask(t, server, keeper, http.MethodGet, "/api/vuon/cohorts/"+cohort+"/announcements", "").Body.String()
	for title, hearers := range map[string]string{"Tin trước": "2", "Tin sau": "1"} {
		_, row, _ := strings.Cut(list, title)
		if got, _, _ := strings.Cut(row, "}"); !strings.HasSuffix(got, `"hearers":`+hearers) {
			t.Errorf("%s is heard by %s", title, got)
		}
	}
	housetest.Well(t, house)
}
