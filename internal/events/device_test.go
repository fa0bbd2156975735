package events_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/events/pass"
	"vuon/internal/housetest"
)

// A code lets one phone in, once and in time; a phone that was sent away learns nothing more, and what it tells waits.
func TestAPhoneComesAndGoes(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	now := housetest.Noon
	d := housetest.AtTheDoor(t, house, 2, now)
	name := "Máy mượn"
	phone, code, err := events.AddDevice(house, d.Staff, d.Event.Id, events.DeviceTerms{Name: &name}, now)
	housetest.Refused(t, err, "")
	for _, wrong := range []string{"", "ABC", strings.Repeat("2", 12), code + "2"} {
		_, _, err := events.EnrolDevice(house, wrong, now)
		housetest.Refused(t, err, "device.code")
	}
	_, _, err = events.EnrolDevice(house, code, now.Add(30*time.Minute))
	housetest.Refused(t, err, "device.code")
	phone, code, err = events.InviteDevice(house, d.Staff, phone.Id, now)
	housetest.Refused(t, err, "")
	_, token, err := events.EnrolDevice(house, strings.ToLower(code[:4]+"-"+code[4:8]+" "+code[8:]), now)
	housetest.Refused(t, err, "")
	_, _, err = events.EnrolDevice(house, code, now)
	housetest.Refused(t, err, "device.code")

	got, err := events.DeviceOf(house, token)
	housetest.Refused(t, err, "")
	if _, err := events.StateFor(t.Context(), house, got, time.Time{}, now); err != nil {
		t.Error(err)
	}
	_, err = events.StateFor(t.Context(), house, got, time.Time{}, d.Event.EndsAt().Add(24*time.Hour))
	housetest.Refused(t, err, "device.over")

	tell(t, house, got, now, d.Shows(t, house, 0, "before", now))
	_, err = events.RevokeDevice(house, d.Staff, phone.Id, now.Add(time.Minute))
	housetest.Refused(t, err, "")
	got, err = events.DeviceOf(house, token)
	housetest.Refused(t, err, "")
	_, err = events.StateFor(t.Context(), house, got, time.Time{}, now)
	housetest.Refused(t, err, "device.revoked")
	_, _, err = events.InviteDevice(house, d.Staff, phone.Id, now)
	housetest.Refused(t, err, "device.revoked")
	answers := tell(t, house, got, now.Add(2*time.Minute), offline(d.Shows(t, house, 1, "after", now), now))
	if s := scanOf(t, house, "after"); answers[0].Result != events.ScanQuarantined || !s.Conflict() || s.Counts() {
		t.Errorf("what a lost phone tells counts: %+v", answers[0])
	}
	housetest.Refused(t, events.LeaveDoor(house, got, now), "")
	_, err = events.DeviceOf(house, token)
	housetest.Refused(t, err, "device.unknown")
	housetest.Well(t, house)
}

// A phone keeps no name that it can read: of a ticket that is shown to it, it reads the name, and of no other.
func TestAPhoneKeepsWhatItCannotRead(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	now := housetest.Noon
	d := housetest.AtTheDoor(t, house, 20, now)
	phone, _ := d.Phone(t, house, 0, now)
	_, err := events.VoidTicket(house, d.Staff, d.Tickets[3].Id, "trả vé", now)
	housetest.Refused(t, err, "")
	wanted := make([]int, 32)
	for i := range wanted {
		wanted[i] = i
	}
	laid, err := events.ShelvesFor(t.Context(), house, phone, wanted, now)
	housetest.Refused(t, err, "")
	raw, err := json.Marshal(laid)
	housetest.Refused(t, err, "")
	for _, told := range []string{"Ngọc", "Người mua", d.Tickets[0].Code(), "example.org"} {
		if strings.Contains(string(raw), told) {
			t.Errorf("a phone keeps %q for everybody to read", told)
		}
	}
	lines, count := map[string]pass.Line{}, 0
	for _, shelf := range laid {
		for _, k := range shelf {
			count++
			if k.ID == d.Tickets[3].Id && (k.Status != "void" || len(k.Lines) != 0) {
				t.Errorf("a void ticket: %+v", k)
			}
			for _, l := range k.Lines {
				lines[l.Find] = l
			}
		}
	}
	token := d.Shows(t, house, 7, "x", now).Token
	plain, err := pass.Unlock(token, lines[pass.Find(token)])
	if err != nil || !strings.Contains(string(plain), "Đặng Thị Ngọc Ánh 7") || count != 20 {
		t.Errorf("%d tickets; %s, %v", count, plain, err)
	}
	before, err := events.StateFor(t.Context(), house, phone, time.Time{}, now)
	housetest.Refused(t, err, "")
	_, err = events.Rename(house, d.Staff, d.Tickets[5].Id, events.Holder{Name: "Trần Văn Sáu"}, now)
	housetest.Refused(t, err, "")
	after, err := events.StateFor(t.Context(), house, phone, time.Time{}, now)
	housetest.Refused(t, err, "")
	changed := 0
	for i := range before.Shelves {
		if before.Shelves[i] != after.Shelves[i] {
			changed++
		}
	}
	if changed != 1 {
		t.Errorf("one ticket changed, and %d shelves", changed)
	}
}

// Two who ask for the first ticket at once make one key; given up, it speaks for nobody, and every ticket has another token.
func TestAKeyIsMadeOnceAndGivenUp(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	now := housetest.Noon
	d := housetest.AtTheDoor(t, house, 1, now)
	tokens := make([]string, 10)
	housetest.Race(len(tokens), func(i int) (err error) {
		tokens[i], err = events.TokenOf(house, d.Tickets[0], now)
		return err
	})
	for _, token := range tokens {
		if token == "" || token != tokens[0] {
			t.Fatalf("%q and %q", token, tokens[0])
		}
	}
	if n, err := house.CountRecords("event_keys"); err != nil || n != 1 {
		t.Errorf("%d keys, %v", n, err)
	}
	key, err := house.FindFirstRecordByData("event_keys", "event", d.Event.Id)
	housetest.Refused(t, err, "")
	if sealed := key.GetString("private"); len(sealed) < 60 || strings.Contains(sealed, key.GetString("public")) {
		t.Errorf("the private half is %q", sealed)
	}
	phone, _ := d.Phone(t, house, 0, now)
	look := d.Shows(t, house, 0, "old", now)
	housetest.Refused(t, events.RetireKeys(house, d.Staff, d.Event.Id, "lộ", now), "access.needs_manager")
	boss := housetest.Acting(t, house, access.Manager, access.House)
	housetest.Refused(t, events.RetireKeys(house, boss, d.Event.Id, " ", now), "device.no_reason")
	housetest.Refused(t, events.RetireKeys(house, boss, d.Event.Id, "lộ khóa", now), "")
	if got := tell(t, house, phone, now, look)[0]; got.Result != events.ScanRevoked {
		t.Errorf("what was signed with a key that was given up: %+v", got)
	}
	if got := tell(t, house, phone, now, d.Shows(t, house, 0, "new", now))[0]; got.Result != events.ScanOK {
		t.Errorf("issued anew: %+v", got)
	}
	housetest.Well(t, house)
}

// A volunteer's phone serves its own event alone, and only with its token.
func TestAPhoneKnowsItsOwnDoorAlone(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	server := housetest.Server(t, house)
	now := time.Now()
	d, other := housetest.AtTheDoor(t, house, 2, now), housetest.AtTheDoor(t, house, 2, now)
	_, token := d.Phone(t, house, 0, now)
	ask := func(method, path, body, token string) string {
		got := housetest.Ask(t, server, nil, method, path, body, "Vuon-Device", token)
		if got.Code >= http.StatusInternalServerError {
			t.Errorf("%s answers %d", path, got.Code)
		}
		return got.Body.String()
	}
	if got := ask(http.MethodGet, "/api/vuon/door/search?q=ngoc+anh&list="+d.List.Id, "", token); !strings.Contains(got, d.Tickets[0].Code()) || strings.Contains(got, other.Tickets[0].Code()) {
		t.Errorf("a name without marks: %s", got)
	}
	if got := ask(http.MethodGet, "/api/vuon/door/search?q=a", "", token); strings.Contains(got, "code") {
		t.Errorf("one letter lists everybody: %s", got)
	}
	for _, path := range []string{"/api/vuon/door", "/api/vuon/door/tickets?shelves=0", "/api/vuon/door/search?q=anh"} {
		for _, wrong := range []string{"", "x", token + "x"} {
			if got := ask(http.MethodGet, path, "", wrong); !strings.Contains(got, "device.unknown") {
				t.Errorf("%s with %q: %s", path, wrong, got)
			}
		}
	}
	row, err := house.FindRecordById("devices", d.Event.Id)
	if err == nil || row != nil {
		t.Error("an event is no device")
	}
}
