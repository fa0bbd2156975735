package events_test

import (
	"strings"
	"testing"

	"vuon/internal/events"
	"vuon/internal/fault"
	"vuon/internal/housetest"
)

func code(err error) string { return fault.Code(err) }

// A sound code, of which every single mistake and every two characters that changed places make an unsound one.
func TestACodeProvesItself(t *testing.T) {
	t.Parallel()
	const alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 50, now, 0)
	for range 20 {
		code := s.Cart(t, house, 1, now).Code()
		if !events.SoundCode(code) {
			t.Fatalf("%s is not sound", code)
		}
		for i := range code {
			for _, r := range alphabet {
				if wrong := code[:i] + string(r) + code[i+1:]; wrong != code && events.SoundCode(wrong) {
					t.Errorf("%s for %s is sound", wrong, code)
				}
			}
			for j := range i {
				b := []byte(code)
				if b[i], b[j] = b[j], b[i]; string(b) != code && events.SoundCode(string(b)) {
					t.Errorf("%s for %s is sound", b, code)
				}
			}
		}
		for _, memo := range []string{
			"VUON" + code, "vuon " + strings.ToLower(code), "MBVCB.123456." + "VUON" + code + ".CT tu 0071000 toi 1012", "VUONVUON-" + code, "ChVUON " + code[:4] + " " + code[4:],
		} {
			if got := events.CodesIn(memo); len(got) != 1 || got[0] != code {
				t.Errorf("in %q stands %q", memo, got)
			}
		}
	}
	for _, memo := range []string{"", "VUON", "VUON2345678", "chuyen tien", "VUON0OIL0OIL"} {
		if got := events.CodesIn(memo); len(got) != 0 {
			t.Errorf("in %q stands %q", memo, got)
		}
	}
}

func TestALinkOpensOneThing(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 50, now, 0)
	one, two := s.Cart(t, house, 1, now), s.Cart(t, house, 1, now)
	parts := func(path string, err error) (code, mac string) {
		t.Helper()
		housetest.Refused(t, err, "")
		p := strings.Split(path, "/")
		return p[2], p[3]
	}
	code, mac := parts(events.LinkOf(house, one))
	if o, err := events.OrderOf(house, strings.ToLower(code), strings.ToUpper(mac)); err != nil || o.Id != one.Id {
		t.Fatalf("the link opens %v (%v)", o, err)
	}
	other, wrong := parts(events.LinkOf(house, two))
	tickets, err := events.TicketsOf(house, one.Id)
	housetest.Refused(t, err, "")
	number, secret := parts(events.TicketLink(house, tickets[0]))
	for _, c := range [][2]string{{code, wrong}, {other, mac}, {code, ""}, {code, mac[1:]}, {"22222222", mac}, {"", mac}, {code, secret}} {
		_, err := events.OrderOf(house, c[0], c[1])
		housetest.Refused(t, err, "record.not_found")
	}
	_, err = events.TicketOf(house, number, secret)
	housetest.Refused(t, err, "")
	_, err = events.TicketOf(house, number, mac)
	housetest.Refused(t, err, "record.not_found")
	_, err = events.Submit(house, one.Id, housetest.Buying("lan@example.org"), nil, now)
	housetest.Refused(t, err, "")
	_, err = events.Rename(house, housetest.StaffActing(t, house), tickets[0].Id, events.Holder{Name: "Phạm Đình Đức"}, now)
	housetest.Refused(t, err, "")
	_, err = events.TicketOf(house, number, secret) // what was printed is worthless
	housetest.Refused(t, err, "record.not_found")
	housetest.Well(t, house)
}
