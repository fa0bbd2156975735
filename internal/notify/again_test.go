package notify_test

import (
	"strings"
	"testing"
	"time"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/notice"
	"vuon/internal/notify"
)

func TestALetterIsSentAgain(t *testing.T) {
	t.Parallel()
	house, f := sentOne(t)
	staff := housetest.Acting(t, house, access.Staff, access.House)
	old := letters(t, house)[0]
	if _, err := notify.Again(house, housetest.Acting(t, house, access.Mentor, access.House), old.Id, housetest.Noon); err == nil {
		t.Fatal("a mentor sends it again")
	}
	again, err := notify.Again(house, staff, old.Id, housetest.Noon)
	if err != nil || again.Again() != old.Id || again.Id == old.Id {
		t.Fatalf("%+v, %v", again, err)
	}
	_, err = notify.Again(house, staff, old.Id, housetest.Noon)
	housetest.Refused(t, err, "letter.again_waits")
	_, err = notify.Again(house, staff, again.Id, housetest.Noon)
	housetest.Refused(t, err, "letter.not_over")
	deliver(t, house, housetest.Noon)
	if _, err := notify.Again(house, staff, old.Id, housetest.Noon); err != nil {
		t.Error(err)
	}
	deliver(t, house, housetest.Noon)
	all := f.arrived(t)
	if len(all) != 3 || all[2].Subject != all[0].Subject || all[2].Text != all[0].Text || all[2].Headers["Message-ID"] == all[0].Headers["Message-ID"] {
		t.Errorf("%d mails: %+v", len(all), all)
	}
	told, err := lifecycle.Told(house, "letter", old.Id)
	if err != nil || len(told) != 2 || told[0].Verb() != "again" {
		t.Errorf("the journal tells %d times (%v)", len(told), err)
	}
	tell(t, house, "msg", "bounced", "mail-3")
	_, err = notify.Again(house, staff, old.Id, housetest.Noon)
	housetest.Refused(t, err, "letter.stopped")
	housetest.Well(t, house)
}

func TestWhatCannotBeSentAgain(t *testing.T) {
	t.Parallel()
	house := post(t, &kept{}, saying("test", notice.Reminder, notice.Due{
		Dedup: "n", Address: "an@example.org", Mail: true, Event: housetest.Noon.Add(time.Hour),
	}))
	staff := housetest.Acting(t, house, access.Staff, access.House)
	if err := notify.SendCode(house, "sign_in", notify.Reader{Address: "an@example.org", Lang: locale.English}, "407193", housetest.Noon); err != nil {
		t.Fatal(err)
	}
	_, err := notify.Again(house, staff, letters(t, house)[0].Id, housetest.Noon)
	housetest.Refused(t, err, "letter.held")
	deliver(t, house, housetest.Noon)
	for _, l := range letters(t, house) {
		if !l.Held() {
			_, err = notify.Again(house, staff, l.Id, housetest.Noon.Add(2*time.Hour))
			housetest.Refused(t, err, "letter.too_late")
		}
	}
}

// The mail of a day that is sent again tells of the same things, and its link stops the same kinds.
func TestADigestIsSentAgainWhole(t *testing.T) {
	t.Parallel()
	box, user := &kept{}, ""
	house := post(t, box, reminding(notice.Reminder, &user, 6, "r"))
	user = housetest.User(t, house).Id
	deliver(t, house, housetest.Noon)
	for _, l := range letters(t, house) {
		if l.Kind() == "digest" {
			if _, err := notify.Again(house, housetest.Acting(t, house, access.Staff, access.House), l.Id, housetest.Noon); err != nil {
				t.Fatal(err)
			}
		}
	}
	deliver(t, house, housetest.Noon)
	if len(box.mails) != 2 || strings.Count(box.mails[1].Text, "/app/reports/") != 6 {
		t.Errorf("%d mails", len(box.mails))
	}
	if first, copied := box.mails[0].Unsubscribe, box.mails[1].Unsubscribe; first == "" || first != copied {
		t.Errorf("the copy is stopped at %q, the first one at %q", copied, first)
	}
	housetest.Well(t, house)
}

func TestWhatWaitsIsCounted(t *testing.T) {
	t.Parallel()
	house := post(t, &broken{}, several(3))
	deliver(t, house, housetest.Noon)
	for later, want := range map[time.Duration]int{0: 0, 3 * time.Hour: 3} {
		b, err := notify.BacklogAt(house, housetest.Noon.Add(later))
		if err != nil || b.Queued != 3 || b.Overdue != want || (b.Oldest == "") != (want == 0) {
			t.Errorf("after %s %+v (%v)", later, b, err)
		}
	}
}

// Whoever has turned a kind off is not mailed it again by a click of staff; what is owed goes all the same.
func TestWhoHasTurnedAKindOffIsNotSentItAgain(t *testing.T) {
	t.Parallel()
	house, _, _, by := wishes(t, 1)
	deliver(t, house, housetest.Noon)
	if err := notify.Wish(house, by, "report_due", notify.Off, housetest.Noon); err != nil {
		t.Fatal(err)
	}
	staff := housetest.Acting(t, house, access.Staff, access.House)
	for _, l := range letters(t, house) {
		code := "letter.declined"
		if l.Class() == notice.Transactional {
			code = ""
		}
		_, err := notify.Again(house, staff, l.Id, housetest.Noon)
		housetest.Refused(t, err, code)
	}
}
