package notify_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/housetest"
	"vuon/internal/lifecycle"
	"vuon/internal/notice"
	"vuon/internal/notify"
)

const hookSecret = "whsec_dGhlLXNlY3JldC1vZi10aGUtaG9vaw=="

// signed are the headers of a telling as the carrier signs it, so long ago by the wall clock.
func signed(id string, body []byte, ago time.Duration) http.Header {
	at := strconv.FormatInt(time.Now().Add(-ago).Unix(), 10)
	mac := hmac.New(sha256.New, []byte("the-secret-of-the-hook"))
	fmt.Fprintf(mac, "%s.%s.%s", id, at, body)
	return http.Header{"Svix-Id": {id}, "Svix-Timestamp": {at}, "Svix-Signature": {"v1,bm90aGluZw== v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))}}
}

func event(kind, provider, letter, bounce string) []byte {
	return fmt.Appendf(nil, `{"type": "email.%s", "created_at": "2026-11-24T05:00:00.000Z", "data": {"email_id": %q, "to": ["A0@example.org"],
		"subject": "…", "tags": {"letter": %q}, "bounce": {"type": %q, "subType": "General", "message": "nobody of that name"}}}`, kind, provider, letter, bounce)
}

func TestATellingIsRead(t *testing.T) {
	t.Parallel()
	read := notify.HostedEvents(hookSecret)
	for _, c := range []struct {
		name, kind, bounce, want string
	}{
		{"delivered", "delivered", "", "delivered"},
		{"for good", "bounced", "Permanent", "bounced"},
		{"for now", "bounced", "Transient", ""},
		{"perhaps", "bounced", "Undetermined", ""},
		{"spam", "complained", "", "complained"},
		{"opened", "opened", "", ""},
		{"new", "something_new", "", ""},
	} {
		body := event(c.kind, "mail-1", "letter", c.bounce)
		told, err := read(signed("msg_1", body, 0), body)
		if err != nil || told.Kind != c.want || told.ID != "msg_1" || told.Provider != "mail-1" || told.Letter != "letter" || told.Address != "A0@example.org" {
			t.Errorf("%s: %+v, %v", c.name, told, err)
		}
	}
	list := []byte(`{"type": "email.delivered", "data": {"tags": [{"name": "other", "value": "x"}, {"name": "letter", "value": "y"}]}}`)
	if told, err := read(signed("msg_1", list, 0), list); err != nil || told.Letter != "y" {
		t.Errorf("a list of tags: %+v, %v", told, err)
	}
	if notify.HostedEvents("") != nil {
		t.Error("without a secret it listens")
	}
}

func TestATellingThatIsNotSignedIsNotHeard(t *testing.T) {
	t.Parallel()
	read := notify.HostedEvents(hookSecret)
	body := event("bounced", "mail-1", "letter", "Permanent")
	good := signed("msg_1", body, 0)
	without := func(name string) http.Header { h := good.Clone(); h.Del(name); return h }
	renamed := good.Clone()
	renamed.Set("Svix-Id", "msg_2")
	for name, head := range map[string]http.Header{
		"no name": without("Svix-Id"), "no time": without("Svix-Timestamp"), "no signature": without("Svix-Signature"), "another name": renamed,
		"old": signed("msg_1", body, 6*time.Minute), "from the future": signed("msg_1", body, -6*time.Minute), "endless": signed(strings.Repeat("m", 121), body, 0),
	} {
		if _, err := read(head, body); fault.Code(err) != "mail_event.unsigned" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := read(good, append(body, ' ')); fault.Code(err) != "mail_event.unsigned" {
		t.Errorf("changed: %v", err)
	}
	if _, err := read(signed("msg_1", []byte("{"), 0), []byte("{")); fault.Code(err) != "request.unreadable" {
		t.Errorf("broken: %v", err)
	}
}

// FuzzATelling: whatever a signed body holds, it is read or refused, and what is read fits the table.
func FuzzATelling(f *testing.F) {
	for _, body := range [][]byte{
		event("delivered", "mail-1", "letter", ""), event("bounced", "", "", "Permanent"), []byte(`{}`), []byte(`null`), []byte(`[]`), []byte(``),
		[]byte(`{"type": 1}`), []byte(`{"type": "email.complained", "data": {"to": [], "tags": [{"name": 3}]}}`), []byte(`{"data": {"tags": "letter"}}`),
		[]byte(`{"type": "email.delivered", "data": {"to": [null], "tags": {"letter": null}}, "data": {}}`), []byte("{\"type\": \"\xff\"}"),
	} {
		f.Add(body)
	}
	read := notify.HostedEvents(hookSecret)
	f.Fuzz(func(t *testing.T, body []byte) {
		told, err := read(signed("msg_1", body, 0), body)
		switch code := fault.Code(err); {
		case err != nil && code != "request.unreadable" && code != "mail_event.unsigned":
			t.Fatalf("refused with %v", err)
		case err == nil && !slices.Contains([]string{"", "delivered", "bounced", "complained"}, told.Kind):
			t.Fatalf("read as %+v", told)
		}
	})
}

// sentOne is a house that has sent one letter to a0@example.org, through a carrier that names it mail-1.
func sentOne(t *testing.T) (core.App, *hostedFake) {
	t.Helper()
	f := serveHosted(t)
	house := post(t, f.sender(t), saying("test", notice.Transactional, notice.Due{Dedup: "n", Address: "a0@example.org", Mail: true}))
	deliver(t, house, housetest.Noon)
	return house, f
}

func tell(t testing.TB, house core.App, id, kind, provider string) {
	t.Helper()
	if err := notify.Hear(house, notify.Told{ID: id, Kind: kind, Provider: provider, Address: "A0@example.org", Detail: "nobody"}, housetest.Noon); err != nil {
		t.Fatal(err)
	}
}

func TestALetterFollowsWhatIsTold(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		told   []string
		want   string
		closed bool
	}{
		{"delivered", []string{"delivered"}, "sent", false},
		{"back", []string{"bounced"}, "bounced", true},
		{"back after arrival", []string{"delivered", "bounced"}, "bounced", true},
		{"arrival told late", []string{"bounced", "delivered"}, "bounced", true},
		{"spam", []string{"delivered", "complained"}, "complained", true},
		{"back, then spam", []string{"bounced", "complained"}, "bounced", true},
		{"spam, then arrival", []string{"complained", "delivered", "bounced"}, "complained", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			house, _ := sentOne(t)
			for i, kind := range c.told {
				tell(t, house, fmt.Sprint("msg", i), kind, "mail-1")
				tell(t, house, fmt.Sprint("msg", i), kind, "mail-1") // as carriers do
			}
			l := letters(t, house)[0]
			if string(l.Status()) != c.want || l.DeliveredAt().IsZero() != (c.told[0] != "delivered") {
				t.Errorf("%s, delivered %s", l.Status(), l.DeliveredAt())
			}
			all, err := notify.Suppressions.All(house)
			if err != nil || len(all) == 1 != c.closed || c.closed && all[0].Address() != "a0@example.org" {
				t.Errorf("%d addresses are closed (%v)", len(all), err)
			}
			housetest.Well(t, house)
		})
	}
}

func TestWhatIsNotOursIsNotKept(t *testing.T) {
	t.Parallel()
	house, _ := sentOne(t)
	tell(t, house, "msg", "bounced", "somebody-elses")
	tell(t, house, "msg2", "", "mail-1")
	events, err := notify.MailEvents.All(house)
	closed, err2 := notify.Suppressions.All(house)
	if len(events)+len(closed) != 0 || err != nil || err2 != nil {
		t.Errorf("kept %d and %d (%v, %v)", len(events), len(closed), err, err2)
	}
}

// A carrier that is faster than our mark: what it tells waits, by the name that we gave the letter.
func TestWhatIsToldBeforeTheMarkWaitsForIt(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]string{"bounced": "bounced", "delivered": "sent"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			f := serveHosted(t)
			house := post(t, f.sender(t), several(1))
			live := mortal(house)
			if err := notify.Deliver(house, housetest.Noon); err == nil {
				t.Fatal("the mark was made")
			}
			live()
			told := notify.Told{ID: "msg", Kind: kind, Provider: "mail-1", Letter: f.mails[0].Tags[0].Value, Address: "a0@example.org"}
			if err := notify.Hear(house, told, housetest.Noon); err != nil {
				t.Fatal(err)
			}
			if l := letters(t, house)[0]; l.Status() != notify.LetterSending {
				t.Fatalf("it is %s", l.Status())
			}
			deliver(t, house, housetest.Noon.Add(31*time.Minute))
			deliver(t, house, housetest.Noon.Add(32*time.Minute))
			l := letters(t, house)[0]
			if string(l.Status()) != want || l.DeliveredAt().IsZero() != (kind != "delivered") || len(f.arrived(t)) != 1 {
				t.Errorf("%s, delivered %s, %d mails", l.Status(), l.DeliveredAt(), len(f.arrived(t)))
			}
			housetest.Well(t, house)
		})
	}
}

// A letter that nobody knew of any more arrives when the carrier says so.
func TestALostLetterArrives(t *testing.T) {
	t.Parallel()
	f := serveHosted(t)
	house := post(t, f.sender(t), several(1))
	live := mortal(house)
	if err := notify.Deliver(house, housetest.Noon); err == nil {
		t.Fatal("the mark was made")
	}
	live()
	deliver(t, house, housetest.Noon.Add(40*time.Hour)) // the carrier has forgotten its key by now
	l := letters(t, house)[0]
	if l.Status() != notify.LetterLost || l.Trouble() != "lost" {
		t.Fatalf("it is %s", l.Status())
	}
	if err := notify.Hear(house, notify.Told{ID: "msg", Kind: "delivered", Letter: l.Id, Address: "a0@example.org"}, housetest.Noon); err != nil {
		t.Fatal(err)
	}
	if l := letters(t, house)[0]; l.Status() != notify.LetterSent || l.SentAt().IsZero() || l.DeliveredAt().IsZero() {
		t.Errorf("it is %s", l.Status())
	}
	housetest.Well(t, house)
}

func TestRaceOneTellingIsHeardOnce(t *testing.T) {
	t.Parallel()
	house, _ := sentOne(t)
	housetest.Race(12, func(i int) error {
		return notify.Hear(house, notify.Told{ID: fmt.Sprint("msg", i%2), Kind: "bounced", Provider: "mail-1", Address: "a0@example.org"}, housetest.Noon)
	})
	events, err := notify.MailEvents.All(house)
	closed, err2 := notify.Suppressions.All(house)
	if len(events) != 2 || len(closed) != 1 || err != nil || err2 != nil {
		t.Errorf("%d events, %d addresses (%v, %v)", len(events), len(closed), err, err2)
	}
	housetest.Well(t, house)
}

// Where mail came back from nothing goes any more, but a code that somebody waits for; until a manager lifts it.
func TestAClosedAddressGetsNoMailUntilItIsLifted(t *testing.T) {
	t.Parallel()
	f := serveHosted(t)
	due := []notice.Due{{Dedup: "n0", Address: "a0@example.org", Mail: true}}
	house := post(t, f.sender(t), notice.Rule{Key: "test", Class: notice.Transactional, Due: func(core.App, time.Time) ([]notice.Due, error) { return due, nil }})
	next := func() int {
		due = append(due, notice.Due{Dedup: fmt.Sprint("n", len(due)), Address: "A0@Example.org", Mail: true})
		deliver(t, house, housetest.Noon)
		return len(f.arrived(t))
	}
	deliver(t, house, housetest.Noon)
	tell(t, house, "msg", "bounced", "mail-1")
	if n := next(); n != 1 || statuses(t, house)["suppressed"] != 1 {
		t.Fatalf("%d mails, %v", n, statuses(t, house))
	}
	if err := notify.SendCode(house, "sign_in", notify.Reader{Address: "a0@example.org"}, "407193", housetest.Noon); err != nil || len(f.arrived(t)) != 2 {
		t.Errorf("the code: %v, %d mails", err, len(f.arrived(t)))
	}
	closed, err := notify.Suppressions.All(house)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := notify.Lift(house, housetest.Acting(t, house, access.Staff, access.House), closed[0].Id, housetest.Noon); fault.Code(err) != "access.needs_manager" {
		t.Errorf("staff lift it: %v", err)
	}
	manager := housetest.Acting(t, house, access.Manager, access.House)
	for range 2 {
		if _, err := notify.Lift(house, manager, closed[0].Id, housetest.Noon); err != nil {
			t.Fatal(err)
		}
	}
	if n := next(); n != 3 {
		t.Errorf("lifted, and %d mails", n)
	}
	told, err := lifecycle.Told(house, "suppression", closed[0].Id)
	if err != nil || len(told) != 1 {
		t.Errorf("the journal tells %d times (%v)", len(told), err)
	}
	tell(t, house, "msg2", "complained", "mail-3")
	if n := next(); n != 3 {
		t.Errorf("closed again, and %d mails", n)
	}
	housetest.Well(t, house)
}

func TestACarrierTellsOverHTTP(t *testing.T) {
	t.Parallel()
	house, _ := sentOne(t)
	server := housetest.Server(t, house)
	knock := func(id string, body []byte, head http.Header) int {
		return housetest.Ask(t, server, nil, http.MethodPost, "/api/vuon/carriers/mail", string(body),
			"Svix-Id", id, "Svix-Timestamp", head.Get("Svix-Timestamp"), "Svix-Signature", head.Get("Svix-Signature")).Code
	}
	body, long := event("bounced", "mail-1", "", "Permanent"), []byte(`{"x": "`+strings.Repeat("x", 64<<10)+`"}`)
	soft := event("delivery_delayed", "mail-1", "", "")
	for _, c := range []struct {
		name string
		id   string
		body []byte
		head http.Header
		want int
	}{
		{"unsigned", "msg", body, http.Header{}, http.StatusForbidden},
		{"of no concern", "msg0", soft, signed("msg0", soft, 0), http.StatusNoContent},
		{"bounced", "msg", body, signed("msg", body, 0), http.StatusNoContent},
		{"again", "msg", body, signed("msg", body, 0), http.StatusNoContent},
		{"too long", "msg", long, signed("msg", long, 0), http.StatusBadRequest},
	} {
		if got := knock(c.id, c.body, c.head); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	if l := letters(t, house)[0]; l.Status() != notify.LetterBounced {
		t.Errorf("it is %s", l.Status())
	}
	events, err := notify.MailEvents.All(house)
	if err != nil || len(events) != 1 {
		t.Errorf("%d events (%v)", len(events), err)
	}
	housetest.Well(t, house)
}

// A carrier that does not say to whom a mail went is understood all the same: refused, it would tell it for hours.
func TestATellingWithoutAnAddressClosesThatOfTheReader(t *testing.T) {
	t.Parallel()
	f, user := serveHosted(t), ""
	house := post(t, f.sender(t), reminding(notice.Transactional, &user, 1, "t"))
	reader := housetest.User(t, house)
	user = reader.Id
	deliver(t, house, housetest.Noon)
	if err := notify.Hear(house, notify.Told{ID: "msg", Kind: "bounced", Provider: "mail-1"}, housetest.Noon); err != nil {
		t.Fatal(err)
	}
	all, err := notify.Suppressions.All(house)
	if err != nil || len(all) != 1 || all[0].Address() != strings.ToLower(reader.Email()) {
		t.Errorf("closed: %+v (%v)", all, err)
	}
	housetest.Well(t, house)
}
