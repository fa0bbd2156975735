package site_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/housetest"
	"vuon/internal/people"
	"vuon/internal/site"
	"vuon/internal/vn"
)

func entry(day string, kind vn.Kind) site.Entry {
	return site.Entry{Day: day, Kind: kind, NameVI: "Ngày thử", NameEN: "A day"}
}

func day(t *testing.T, text string) vn.Day {
	t.Helper()
	d, err := vn.ParseDay(text)
	housetest.Refused(t, err, "")
	return d
}

// A year as a centre lives it: proposed, then confirmed by a document with a swapped day, mended, and in the end set aside.
func TestAYearFromTheProposalToAConfirmedCalendar(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	manager, staff := housetest.Acting(t, house, access.Manager, access.House), housetest.Acting(t, house, access.Staff, access.House)
	worked := func(text string, want bool) {
		t.Helper()
		calendar, err := site.CalendarOf(house)
		housetest.Refused(t, err, "")
		if got := calendar.Workday(day(t, text)); got != want {
			t.Errorf("%s is worked: %t", text, got)
		}
	}
	worked("2027-02-08", false) // the third of Tết
	worked("2027-02-12", true)
	worked("2027-02-20", false) // a Saturday

	_, err := site.AddHoliday(house, manager, entry("2027-02-12", vn.SwapOff), "CV 9", now)
	housetest.Refused(t, err, "calendar.not_confirmed")
	days := []site.Entry{entry("2027-02-08", vn.Statutory), entry("2027-02-12", vn.SwapOff), entry("2027-02-20", vn.Makeup)}
	_, err = site.ConfirmYear(house, staff, 2027, "QĐ 1", days, now)
	housetest.Refused(t, err, "access.needs_manager")
	_, err = site.ConfirmYear(house, manager, 2027, " ", days, now)
	housetest.Refused(t, err, "calendar.source")
	_, err = site.ConfirmYear(house, manager, 2027, "QĐ 1", nil, now)
	housetest.Refused(t, err, "calendar.days")
	_, err = site.ConfirmYear(house, manager, 2200, "QĐ 1", days, now)
	housetest.Refused(t, err, "calendar.year")
	_, err = site.ConfirmYear(house, manager, 2028, "QĐ 1", days, now)
	housetest.Refused(t, err, "holiday.other_year")
	_, err = site.ConfirmYear(house, manager, 2027, "QĐ 1", append(days, days[0]), now)
	housetest.Refused(t, err, "holiday.twice")
	all, err := site.ConfirmYear(house, manager, 2027, "QĐ 1", days, now)
	housetest.Refused(t, err, "")
	_, err = site.ConfirmYear(house, manager, 2027, "QĐ 2", days, now)
	housetest.Refused(t, err, "calendar.confirmed")

	worked("2027-02-08", false)
	worked("2027-02-09", true) // nobody confirmed it
	worked("2027-02-12", false)
	worked("2027-02-20", true)
	worked("2028-01-26", false) // Tết of a year that is still proposed

	_, err = site.AddHoliday(house, staff, entry("2027-06-01", vn.Local), "QĐ 3", now)
	housetest.Refused(t, err, "access.needs_manager")
	_, err = site.AddHoliday(house, manager, entry("2027-06-01", vn.Local), "", now)
	housetest.Refused(t, err, "calendar.source")
	_, err = site.AddHoliday(house, manager, entry("2027-02-08", vn.Local), "QĐ 3", now)
	housetest.Refused(t, err, "holiday.twice")
	_, err = site.AddHoliday(house, manager, entry("2027-02-30", vn.Local), "QĐ 3", now)
	housetest.Refused(t, err, "holiday.day")
	_, err = site.AddHoliday(house, manager, entry("2027-06-01", vn.Makeup), "QĐ 3", now)
	housetest.Refused(t, err, "holiday.makeup")
	_, err = site.AddHoliday(house, manager, entry("2027-06-05", vn.SwapOff), "QĐ 3", now)
	housetest.Refused(t, err, "holiday.swap")
	_, err = site.AddHoliday(house, manager, entry("2027-06-01", "feast"), "QĐ 3", now)
	housetest.Refused(t, err, "holiday.kind")
	own, err := site.AddHoliday(house, manager, entry("2027-06-01", vn.Local), "QĐ 3", now)
	housetest.Refused(t, err, "")
	worked("2027-06-01", false)
	by := own.ProxyRecord().Clone()
	by.Set("kind", "makeup_workday")
	housetest.Refused(t, house.Save(by), "holiday.makeup")
	own.ProxyRecord().Set("day", "2027-06-02")
	housetest.Refused(t, house.Save(own), "record.rooted")

	housetest.Refused(t, site.RemoveHoliday(house, staff, own.Id, now), "access.needs_manager")
	for _, h := range append(all, own) {
		housetest.Refused(t, site.RemoveHoliday(house, manager, h.Id, now), "")
	}
	housetest.Refused(t, site.RemoveHoliday(house, manager, own.Id, now), "record.not_found")
	worked("2027-02-09", false) // the proposal again
	housetest.Well(t, house)
}

// Inside a transaction the calendar is what the transaction has written, and nothing of it stays when it is given up.
func TestTheCalendarOfATransactionIsItsOwn(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	manager := housetest.Acting(t, house, access.Manager, access.House)
	d := day(t, "2027-06-01")
	err := house.RunInTransaction(func(tx core.App) error {
		_, err := site.ConfirmYear(tx, manager, 2027, "QĐ 1", []site.Entry{entry("2027-06-01", vn.Local)}, now)
		housetest.Refused(t, err, "")
		if calendar, err := site.CalendarOf(tx); err != nil || calendar.Workday(d) {
			t.Errorf("the transaction does not see its own day: %v", err)
		}
		return fault.Conflict("calendar.confirmed")
	})
	housetest.Refused(t, err, "calendar.confirmed")
	if calendar, err := site.CalendarOf(house); err != nil || !calendar.Workday(d) || calendar.Confirmed(2027) {
		t.Errorf("a day outlives its transaction: %v", err)
	}
}

func TestRaceAYearIsConfirmedOnce(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	manager := housetest.Acting(t, house, access.Manager, access.House)
	var all sync.WaitGroup
	codes := make([]string, 8)
	for i := range codes {
		all.Go(func() {
			_, err := site.ConfirmYear(house, manager, 2027, "QĐ 1", []site.Entry{entry("2027-06-01", vn.Local), entry("2027-06-02", vn.Local)}, now)
			codes[i] = fault.Code(err)
		})
	}
	all.Wait()
	done := 0
	for _, code := range codes {
		if code == "" {
			done++
		} else if code != "calendar.confirmed" {
			t.Errorf("refused with %s", code)
		}
	}
	if done != 1 {
		t.Errorf("%d have confirmed the year", done)
	}
	housetest.Well(t, house)
}

func TestStaffReadAYearAndItsState(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	server := housetest.Server(t, house)
	staff, manager := housetest.Holder(t, house, access.Staff, access.House), housetest.Holder(t, house, access.Manager, access.House)
	read := func(who *core.Record, year string) string {
		return housetest.Ask(t, server, who, http.MethodGet, "/api/vuon/calendar?year="+year, "").Body.String()
	}
	for _, want := range []string{
		`"confirmed":false`, `"may_confirm":false`, `"tet":"2027-02-06"`, `"hung_kings":"2027-04-16"`,
		`"day":"2027-02-05","lunar":{"year":2026,"month":12,"day":29,"leap":false},"kind":"statutory","name_vi":"Tết Nguyên đán, ngày cuối năm cũ"`, `"proposed":true`,
	} {
		if got := read(staff, "2027"); !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
	if got := read(staff, ""); !strings.Contains(got, `"year":2026`) {
		t.Errorf("this year is %s", got)
	}
	for _, year := range []string{"1899", "2200", "next"} {
		if got := read(staff, year); !strings.Contains(got, `"year":{"code":"calendar.year"`) {
			t.Errorf("year %s: %s", year, got)
		}
	}
	got := housetest.Ask(t, server, manager, http.MethodPost, "/api/vuon/calendar",
		`{"year": 2027, "source": "QĐ 15", "days": [{"day": "2027-01-01", "kind": "statutory", "name_vi": "Tết Dương lịch"}]}`)
	if got.Code != http.StatusOK {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	for _, want := range []string{`"confirmed":true`, `"may_confirm":true`, `"source":"QĐ 15"`, `"proposed":false`} {
		if got := read(manager, "2027"); !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
}

// A demand about personal data is acknowledged in time by the days that the centre has confirmed.
func TestWorkingDaysOfADemandKnowTheConfirmedDays(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon // a Monday
	manager := housetest.Acting(t, house, access.Manager, access.House)
	_, err := site.ConfirmYear(house, manager, 2026, "QĐ 1", []site.Entry{entry("2026-11-24", vn.Local), entry("2026-11-28", vn.Makeup)}, now)
	housetest.Refused(t, err, "")
	r, err := people.AskData(house, housetest.Actor(t, house, housetest.User(t, house), now), "access", "", now)
	housetest.Refused(t, err, "")
	if want := now.AddDate(0, 0, 3); !r.AckDue().Equal(want) {
		t.Errorf("acknowledged by %s, want %s", r.AckDue(), want)
	}
	calendar, err := site.CalendarOf(house)
	housetest.Refused(t, err, "")
	if got := calendar.AddWorkdays(day(t, "2026-11-27"), 1).String(); got != "2026-11-28" {
		t.Errorf("the working day after Friday is %s", got)
	}
}
