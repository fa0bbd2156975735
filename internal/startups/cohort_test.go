package startups_test

import (
	"fmt"
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

// class is a cohort with three startups, whoever looks after it, and the founder of each.
func class(t *testing.T, house core.App) (cohort string, staff access.Actor, some []*startups.Startup, founders []access.Actor) {
	t.Helper()
	cohort = housetest.Places(t, house, 40)
	staff = housetest.StaffOf(t, house, cohort)
	for i := range 3 {
		s, founder := housetest.Active(t, house, cohort, fmt.Sprintf("Đội %d", i), housetest.Noon)
		some, founders = append(some, s), append(founders, housetest.Actor(t, house, founder, housetest.Noon))
	}
	return cohort, staff, some, founders
}

func TestAWorkshopFromPlanToMarks(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort, staff, some, founders := class(t, house)
	now, at := housetest.Noon, housetest.Noon.Add(72*time.Hour)
	w := housetest.Workshop(t, house, staff, cohort, at, 5, now)
	come := func(i, n int, now time.Time) error {
		_, err := startups.AnswerWorkshop(house, founders[i], w.Id, some[i].Id, n, now)
		return err
	}
	mark := func(i int, mark string, came int, now time.Time) error {
		_, err := startups.MarkAttendance(house, staff, w.Id, startups.Marking{Startup: some[i].Id, Mark: mark, Came: came}, now)
		return err
	}
	housetest.Refused(t, come(0, 3, now), "")
	housetest.Refused(t, come(1, 3, now), "workshop.full")
	housetest.Refused(t, come(1, 2, now), "")
	housetest.Refused(t, come(0, 4, now), "workshop.full")
	housetest.Refused(t, come(0, 51, now), "attendance.many")
	housetest.Refused(t, come(0, 2, now), "")
	housetest.Refused(t, come(2, 0, now), "")
	_, err := startups.AnswerWorkshop(house, founders[0], w.Id, some[1].Id, 1, now)
	housetest.Refused(t, err, "record.not_found")
	few := 3
	_, err = startups.ChangeWorkshop(house, staff, w.Id, startups.WorkshopTerms{Capacity: &few}, now)
	housetest.Refused(t, err, "workshop.taken")

	housetest.Refused(t, mark(0, startups.MarkPresent, 0, at.Add(-2*time.Hour)), "workshop.not_yet")
	housetest.Refused(t, mark(0, startups.MarkPresent, 0, at.Add(-30*time.Minute)), "") // one tap: as many as they said
	housetest.Refused(t, come(1, 1, at), "workshop.began")
	housetest.Refused(t, mark(1, startups.MarkLate, 1, at), "")
	housetest.Refused(t, mark(2, "asleep", 0, at), "attendance.mark")
	housetest.Refused(t, mark(2, startups.MarkAbsent, 2, at), "attendance.count")
	_, err = startups.HoldWorkshop(house, staff, w.Id, "", 0, at)
	housetest.Refused(t, err, "workshop.unmarked")
	housetest.Refused(t, mark(2, startups.MarkExcused, 0, at), "")
	_, err = startups.HoldWorkshop(house, staff, w.Id, "", 0, at)
	housetest.Refused(t, err, "")
	housetest.Refused(t, mark(2, startups.MarkAbsent, 0, at), "workshop.over")
	_, err = startups.ChangeWorkshop(house, staff, w.Id, startups.WorkshopTerms{Capacity: new(int)}, at)
	housetest.Refused(t, err, "workshop.over")
	_, err = startups.ReopenWorkshop(house, staff, w.Id, "", 0, at)
	housetest.Refused(t, err, "workshop.no_reason")
	_, err = startups.ReopenWorkshop(house, staff, w.Id, "ghi nhầm", 0, at)
	housetest.Refused(t, err, "")
	housetest.Refused(t, mark(2, startups.MarkAbsent, 0, at), "")

	a, err := startups.Attendances.First(house, dbx.HashExp{"workshop": w.Id, "startup": some[0].Id})
	housetest.Refused(t, err, "")
	if a.Came() != 2 || a.Mark() != startups.MarkPresent || a.MarkedBy() != staff.ID {
		t.Errorf("one tap wrote %d people, %s by %s", a.Came(), a.Mark(), a.MarkedBy())
	}
	housetest.Well(t, house)
}

func TestWhoMayTendACohort(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort, staff, some, founders := class(t, house)
	now, at := housetest.Noon, housetest.Noon.Add(72*time.Hour)
	w := housetest.Workshop(t, house, staff, cohort, at, 0, now)
	member := housetest.Holder(t, house, access.Staff, access.Scope{Type: access.Cohort, ID: cohort}) // staff who is in a startup
	_, err := startups.Join(house, founders[0], some[0].Id, startups.Newcomer{User: member.Id, Role: startups.Insider}, now)
	housetest.Refused(t, err, "")
	_, err = startups.MarkAttendance(house, housetest.Actor(t, house, member, now), w.Id, startups.Marking{Startup: some[0].Id, Mark: startups.MarkPresent}, at)
	housetest.Refused(t, err, "attendance.own")
	advisor := housetest.User(t, house)
	_, err = startups.Join(house, founders[0], some[0].Id, startups.Newcomer{User: advisor.Id, Role: startups.Advisor}, now)
	housetest.Refused(t, err, "")
	_, err = startups.AnswerWorkshop(house, housetest.Actor(t, house, advisor, now), w.Id, some[0].Id, 1, now)
	housetest.Refused(t, err, "attendance.not_yours")
	for name, by := range map[string]access.Actor{
		"a founder": founders[0], "staff of another cohort": housetest.StaffOf(t, house, housetest.Places(t, house, 1)),
		"a mentor": housetest.Acting(t, house, access.Mentor, access.House), "an official": housetest.Acting(t, house, access.Official, access.House),
	} {
		for verb, do := range map[string]func() error{
			"plan": func() error {
				_, err := startups.PlanWorkshop(house, by, cohort, startups.WorkshopTerms{StartsAt: &at}, now)
				return err
			},
			"cancel": func() error { _, err := startups.CancelWorkshop(house, by, w.Id, "vì", 0, now); return err },
			"mark": func() error {
				_, err := startups.MarkAttendance(house, by, w.Id, startups.Marking{Startup: some[1].Id, Mark: startups.MarkAbsent}, at)
				return err
			},
			"write": func() error {
				_, err := startups.DraftAnnouncement(house, by, cohort, startups.AnnouncementFields{}, now)
				return err
			},
		} {
			if code := codeOf(do()); code != "record.not_found" {
				t.Errorf("%s may %s: %q", name, verb, code)
			}
		}
	}
	other, _ := housetest.Active(t, house, housetest.Places(t, house, 1), "Đội Ngoài", now)
	_, err = startups.MarkAttendance(house, staff, w.Id, startups.Marking{Startup: other.Id, Mark: startups.MarkAbsent}, at)
	housetest.Refused(t, err, "attendance.stranger")
}

// seats lets fifteen startups ask for one of ten seats at once, and returns how many people come.
func seats(t *testing.T, off ...string) int {
	t.Helper()
	house := housetest.App(t)
	without(house, "attendances", off...)
	cohort := housetest.Places(t, house, 40)
	var ids []string
	var founders []access.Actor
	for i := range 15 {
		s, founder := housetest.Enrolled(t, house, cohort, fmt.Sprintf("Đội %d", i), housetest.Noon)
		ids, founders = append(ids, s.Id), append(founders, access.Actor{ID: founder.Id})
	}
	w := housetest.Workshop(t, house, housetest.StaffOf(t, house, cohort), cohort, housetest.Noon.Add(time.Hour), 10, housetest.Noon)
	return housetest.Race(15, func(i int) error {
		_, err := startups.AnswerWorkshop(house, founders[i], w.Id, ids[i], 1, housetest.Noon)
		return err
	})
}

func TestRaceAWorkshopGivesAwayAsManySeatsAsItHas(t *testing.T) {
	t.Parallel()
	if won := seats(t); won != 10 {
		t.Errorf("%d people come to ten seats", won)
	}
}

func TestRaceWithoutTheGuardAWorkshopOverflows(t *testing.T) {
	t.Parallel()
	housetest.Until(t, func() bool { return seats(t, "startups.attendance") > 10 })
}

func TestPeopleHearOfAWorkshop(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort, staff, _, founders := class(t, house)
	now, at := housetest.Noon, housetest.Noon.Add(5*24*time.Hour)
	w := housetest.Workshop(t, house, staff, cohort, at, 0, now)
	first := told(t, house, "workshop_set", now)
	if len(first) != 3 {
		t.Fatalf("%d people hear of a workshop", len(first))
	}
	for _, d := range first {
		if d.When.UID != "workshop."+w.Id || !d.When.Starts.Equal(w.StartsAt()) || d.When.Ends.Sub(d.When.Starts) != 2*time.Hour || d.When.Over || d.When.Sequence != 0 {
			t.Errorf("the calendar is told: %+v", d.When)
		}
	}
	note, later := "Mang máy tính", at.Add(time.Hour)
	_, err := startups.ChangeWorkshop(house, staff, w.Id, startups.WorkshopTerms{NoteVI: &note}, now)
	housetest.Refused(t, err, "")
	if again := told(t, house, "workshop_set", now); again[0].Dedup != first[0].Dedup {
		t.Errorf("who packs a bag gets another invitation: %s", again[0].Dedup)
	}
	w, err = startups.ChangeWorkshop(house, staff, w.Id, startups.WorkshopTerms{StartsAt: &later}, now)
	housetest.Refused(t, err, "")
	if again := told(t, house, "workshop_set", now); len(again) != 3 || again[0].Dedup == first[0].Dedup || again[0].When.Sequence != 1 || again[0].When.UID != first[0].When.UID {
		t.Errorf("of another hour is heard: %+v", again)
	}
	eve := w.StartsAt().Add(-24 * time.Hour)
	if soon := housetest.Heard(t, house, "workshop_soon", eve, w.Id, "W", founders[0].ID, "F"); !strings.Contains(soon, "workshop-soon:W:1:F:-1d") {
		t.Errorf("on the eve is heard: %q", soon)
	}
	_, err = startups.CancelWorkshop(house, staff, w.Id, "giảng viên ốm", 0, now)
	housetest.Refused(t, err, "")
	off := told(t, house, "workshop_off", now)
	if len(off) != 3 || !off[0].When.Over || off[0].When.Sequence != 2 {
		t.Errorf("of a workshop that was called off is heard: %+v", off)
	}
	if again := told(t, house, "workshop_set", now); len(again) != 0 {
		t.Errorf("somebody is asked to what does not take place: %+v", again)
	}
	if got := housetest.Heard(t, house, "workshop_soon", eve); got != "" {
		t.Errorf("somebody is reminded of what does not take place: %s", got)
	}
}

func TestAnAnnouncementIsSentOnceAndReadByItsCohort(t *testing.T) {
	t.Parallel()
	house := housetest.At(t, func() time.Time { return housetest.Noon })
	cohort, staff, _, founders := class(t, house)
	now := housetest.Noon
	n := housetest.Announcement(t, house, staff, cohort, now)
	housetest.Refused(t, startups.ReadAnnouncement(house, founders[0], n.Id, now), "record.not_found") // a draft is nobody's
	_, err := startups.SendAnnouncement(house, staff, n.Id, "", 0, now)
	housetest.Refused(t, err, "")
	_, err = startups.SendAnnouncement(house, staff, n.Id, "", 0, now)
	housetest.Refused(t, err, "lifecycle.not_now")
	other := "Tin đổi"
	_, err = startups.RewriteAnnouncement(house, staff, n.Id, startups.AnnouncementFields{TitleVI: &other}, now)
	housetest.Refused(t, err, "announcement.sent")
	if _, err := house.NonconcurrentDB().NewQuery("UPDATE announcements SET body_vi = 'x'").Execute(); err == nil {
		t.Error("what was told is changed by plain SQL")
	}
	all := told(t, house, "announcement_sent", now)
	if len(all) != 3 {
		t.Fatalf("%d people hear of an announcement", len(all))
	}
	for _, d := range all {
		for slot, text := range d.Args {
			if slot != "title_vi" && slot != "title_en" || strings.Contains(text, "thuế") {
				t.Errorf("the mail carries %s: %s", slot, text)
			}
		}
	}
	housetest.Refused(t, startups.ReadAnnouncement(house, founders[0], n.Id, now), "")
	housetest.Refused(t, startups.ReadAnnouncement(house, founders[0], n.Id, now.Add(time.Hour)), "")
	if left := told(t, house, "announcement_sent", now); len(left) != 2 {
		t.Errorf("%d people hear of it, and one has read it", len(left))
	}
	_, stranger := housetest.Active(t, house, housetest.Places(t, house, 1), "Đội Ngoài", now)
	housetest.Refused(t, startups.ReadAnnouncement(house, housetest.Actor(t, house, stranger, now), n.Id, now), "record.not_found")

	server := housetest.Server(t, house)
	keeper := housetest.Holder(t, house, access.Staff, access.House)
	got := housetest.Ask(t, server, keeper, http.MethodGet, "/api/vuon/announcements/"+n.Id+"/readers?limit=2", "").Body.String()
	if strings.Count(got, `"read_at":"2026`) != 1 || !strings.Contains(got, `"next":"W`) {
		t.Errorf("who has read it: %s", got)
	}
	if got := housetest.Ask(t, server, keeper, http.MethodGet, "/api/vuon/cohorts/"+cohort+"/announcements?q=BAO+cao", "").Body.String(); !strings.Contains(got, `"readers":1,"hearers":3`) {
		t.Errorf("found without marks: %s", got)
	}
	if got := housetest.Ask(t, server, keeper, http.MethodGet, "/api/vuon/cohorts/"+cohort+"/workshops?q=khong-co", "").Body.String(); !strings.Contains(got, `"rows":[]`) {
		t.Errorf("nothing is found: %s", got)
	}
	housetest.Well(t, house)
}

// What a startup's own people see of its cohort: their own part, and of others no more than how many seats are left.
func TestAStartupSeesItsOwnPartOfACohort(t *testing.T) {
	t.Parallel()
	house := housetest.At(t, func() time.Time { return housetest.Noon })
	cohort, staff, some, founders := class(t, house)
	now := housetest.Noon
	w := housetest.Workshop(t, house, staff, cohort, now.Add(time.Hour), 9, now)
	for i, n := range []int{4, 3} {
		_, err := startups.AnswerWorkshop(house, founders[i], w.Id, some[i].Id, n, now)
		housetest.Refused(t, err, "")
	}
	_, err := startups.MarkAttendance(house, staff, w.Id, startups.Marking{Startup: some[1].Id, Mark: startups.MarkLate, Came: 2}, now.Add(time.Hour))
	housetest.Refused(t, err, "")
	n := housetest.Announcement(t, house, staff, cohort, now)
	server := housetest.Server(t, house)
	ask := func(by access.Actor, path string) string {
		t.Helper()
		u, err := house.FindRecordById("users", by.ID)
		housetest.Refused(t, err, "")
		return housetest.Ask(t, server, u, http.MethodGet, path, "").Body.String()
	}
	elsewhere := housetest.Places(t, house, 1) // what another cohort does is none of theirs
	housetest.Workshop(t, house, housetest.StaffOf(t, house, elsewhere), elsewhere, now.Add(time.Hour), 9, now)
	for i, want := range []string{
		`"coming":7,"answered":0,"present":0,"marked":0,"startups":0,"came":0,"mark":"","own":4`,
		`"coming":7,"answered":0,"present":0,"marked":0,"startups":0,"came":2,"mark":"late","own":3`,
		`"coming":7,"answered":0,"present":0,"marked":0,"startups":0,"came":0,"mark":"","own":-1`,
	} {
		if got := ask(founders[i], "/api/vuon/startups/"+some[i].Id+"/workshops"); !strings.Contains(got, want) || strings.Count(got, `"own":`) != 1 {
			t.Errorf("startup %d sees %s", i, got)
		}
	}
	if got := ask(founders[0], "/api/vuon/startups/"+some[1].Id+"/workshops"); !strings.Contains(got, "record.not_found") {
		t.Errorf("another startup's part is shown: %s", got)
	}
	news := "/api/vuon/startups/" + some[0].Id + "/announcements"
	if got := ask(founders[0], news); !strings.Contains(got, `"rows":[]`) {
		t.Errorf("a draft is heard: %s", got)
	}
	_, err = startups.SendAnnouncement(house, staff, n.Id, "", 0, now)
	housetest.Refused(t, err, "")
	if got := ask(founders[0], news+"?q=thue"); !strings.Contains(got, housetest.AnnouncementSecret) || !strings.Contains(got, `"read":false`) {
		t.Errorf("what was told: %s", got)
	}
	housetest.Refused(t, startups.ReadAnnouncement(house, founders[0], n.Id, now), "")
	if got := ask(founders[0], news); !strings.Contains(got, `"read":true`) {
		t.Errorf("what was read: %s", got)
	}
	u, err := house.FindRecordById("users", staff.ID)
	housetest.Refused(t, err, "")
	csv := housetest.Ask(t, server, u, http.MethodGet, "/api/vuon/workshops/"+w.Id+"/attendances?format=csv", "").Body.String()
	if !strings.Contains(csv, "Đội 1,active,true,3,late,2") {
		t.Errorf("the list as a table: %s", csv)
	}
	if got := housetest.Ask(t, server, u, http.MethodGet, "/api/vuon/workshops/"+w.Id+"/attendances?mark=none&q=doi&limit=1", "").Body.String(); !strings.Contains(got, "Đội 0") || strings.Contains(got, "Đội 1") || !strings.Contains(got, `"next":"W`) {
		t.Errorf("who has no mark: %s", got)
	}
}
