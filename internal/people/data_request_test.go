package people_test

import (
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/people"
)

func TestARequestIsAcknowledgedInTwoWorkingDays(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	for day, want := range map[string]string{
		"2026-11-23T05:00:00Z": "2026-11-25T05:00:00Z", // Monday → Wednesday
		"2026-11-26T05:00:00Z": "2026-11-30T05:00:00Z", // Thursday → Monday
		"2026-11-27T05:00:00Z": "2026-12-01T05:00:00Z", // Friday → Tuesday
		"2026-11-28T05:00:00Z": "2026-12-01T05:00:00Z", // Saturday → Tuesday
		"2027-02-04T05:00:00Z": "2027-02-15T05:00:00Z", // Thursday before Tết → Monday after it
		"2026-11-22T18:00:00Z": "2026-11-24T18:00:00Z", // Sunday here, Monday in Ho Chi Minh City → Wednesday there
	} {
		at, err := time.Parse(time.RFC3339, day)
		housetest.Refused(t, err, "")
		by := housetest.Actor(t, house, housetest.User(t, house), at)
		r, err := people.AskData(house, by, "delete", "", at)
		housetest.Refused(t, err, "")
		if got := r.AckDue().Format(time.RFC3339); got != want {
			t.Errorf("received %s: acknowledged by %s, want %s", day, got, want)
		}
		if !r.Due().Equal(at.AddDate(0, 0, 20)) {
			t.Errorf("received %s: due %s", day, r.Due())
		}
	}
}

func TestARequestTakesItsWay(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	u := housetest.User(t, house)
	by, officer := housetest.Actor(t, house, u, now), housetest.Acting(t, house, access.Privacy, access.House)
	_, err := people.AskData(house, by, "everything", "", now)
	housetest.Refused(t, err, "data_request.kind")
	r, err := people.AskData(house, by, "access", "Trung tâm giữ gì về tôi?", now)
	housetest.Refused(t, err, "")
	_, err = people.AskData(house, by, "access", "", now)
	housetest.Refused(t, err, "data_request.already")
	_, err = people.Verify(house, by, r.Id, "", now)
	housetest.Refused(t, err, "access.needs_privacy")
	_, err = people.Fulfil(house, officer, r.Id, "Đây.", now)
	housetest.Refused(t, err, "lifecycle.not_now")
	_, err = people.Verify(house, officer, r.Id, "", now)
	housetest.Refused(t, err, "")
	_, err = people.Drop(house, by, r.Id, now)
	housetest.Refused(t, err, "lifecycle.not_now")
	_, err = people.Begin(house, officer, r.Id, "", now)
	housetest.Refused(t, err, "")
	_, err = people.Fulfil(house, officer, r.Id, "  ", now)
	housetest.Refused(t, err, "data_request.answer")
	r, err = people.Fulfil(house, officer, r.Id, "Gửi bạn bản sao.", now)
	housetest.Refused(t, err, "")
	if r.Status() != people.DataRequestFulfilled || r.Answer() != "Gửi bạn bản sao." {
		t.Errorf("%s: %q", r.Status(), r.Answer())
	}
	r.ProxyRecord().Set("due", "2030-01-01 00:00:00.000Z")
	housetest.Refused(t, house.Save(r), "record.rooted")
	housetest.Well(t, house)
}

func TestToFulfilADeletionErasesThePerson(t *testing.T) {
	t.Parallel()
	d := knock(t)
	u := d.known(access.Judge)
	email := u.Email()
	officer := housetest.Acting(t, d.house, access.Privacy, access.House)
	r, err := people.AskData(d.house, housetest.Actor(t, d.house, u, d.now), "delete", "", d.now)
	housetest.Refused(t, err, "")
	for _, do := range []func(core.App, access.Actor, string, string, time.Time) (*people.DataRequest, error){people.Verify, people.Begin, people.Fulfil} {
		_, err = do(d.house, officer, r.Id, "Đã xóa.", d.now)
		housetest.Refused(t, err, "")
	}
	gone := people.Users.From(d.again(u))
	if gone.Status() != people.UserErased || gone.FullName() != "" || gone.Email() != u.Id+"@erased.invalid" || gone.ValidatePassword(password) {
		t.Errorf("stored %v", gone.PublicExport())
	}
	if by, err := access.At(d.house, gone.ProxyRecord(), d.now); err != nil || len(by.Grants()) != 0 {
		t.Errorf("holds %v, %v", by.Grants(), err)
	}
	if a := d.byPassword(email, password, ""); a.code() != "sign_in.wrong" {
		t.Errorf("by password: %+v", a)
	}
	if a := d.byCode(d.ask(email), d.codes[email], ""); a.Record.ID == u.Id || a.Token == "" {
		t.Errorf("the address opens the old account, or none: %+v", a)
	}
	gone.ProxyRecord().Set("full_name", "Trở lại")
	housetest.Refused(t, d.house.Save(gone), "user.erased")
	_, err = people.Grant(d.house, access.Job("test"), u.Id, people.Gift{Role: access.Judge, Scope: access.House}, d.now)
	housetest.Refused(t, err, "grant.not_active")
	housetest.Well(t, d.house)
}

func TestTheLastManagerIsNotErased(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	boss := housetest.Holder(t, house, access.Manager, access.House)
	_, err := people.Erase(house, housetest.Acting(t, house, access.Privacy, access.House), boss.Id, housetest.Noon)
	housetest.Refused(t, err, "grant.last_manager")
	_, err = people.Erase(house, housetest.Actor(t, house, boss, housetest.Noon), boss.Id, housetest.Noon)
	housetest.Refused(t, err, "access.needs_privacy")
}

func TestAConsentIsProof(t *testing.T) {
	t.Parallel()
	d := knock(t)
	d.byCode(d.ask("sen@example.org"), d.codes["sen@example.org"], "")
	all, err := people.Consents.All(d.house)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d consents, %v", len(all), err)
	}
	row := all[0].ProxyRecord()
	row.Set("purpose", "marketing")
	housetest.Refused(t, d.house.Save(row), "consent.final")
	again, err := people.Consents.Find(d.house, row.Id)
	housetest.Refused(t, err, "")
	again.ProxyRecord().Set("withdrawn_at", d.now)
	housetest.Save(t, d.house, again)
	again.ProxyRecord().Set("withdrawn_at", "")
	housetest.Refused(t, d.house.Save(again), "consent.final")
	if err := d.house.Delete(again); err == nil {
		t.Error("a proof was deleted")
	}
}
