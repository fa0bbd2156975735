package events_test

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/events/pass"
	"vuon/internal/housetest"
)

// tell lets a phone tell of looks and returns the answers.
func tell(t testing.TB, house core.App, phone *events.Device, now time.Time, looks ...events.Look) []events.Answer {
	t.Helper()
	phone, err := events.Devices.Find(house, phone.Id)
	housetest.Refused(t, err, "")
	answers, err := events.TakeLooks(house, phone, looks, 0, now)
	housetest.Refused(t, err, "")
	return answers
}

// offline is a look by which a phone let somebody in by itself, some minutes after noon.
func offline(l events.Look, at time.Time) events.Look {
	l.Offline, l.Shown, l.At = true, events.ScanOK, at
	return l
}

func scanOf(t testing.TB, house core.App, nonce string) *events.Scan {
	t.Helper()
	s, err := events.Scans.First(house, dbx.HashExp{"nonce": housetest.Nonce(nonce)})
	housetest.Refused(t, err, "")
	return s
}

// A day at the door: one comes in once, and whoever shows the same ticket is told who came first, through which gate and when.
func TestADayAtTheDoor(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	now := housetest.Noon
	d := housetest.AtTheDoor(t, house, 3, now)
	a, _ := d.Phone(t, house, 0, now)
	b, _ := d.Phone(t, house, 1, now)

	got := tell(t, house, a, now, d.Shows(t, house, 0, "one", now))[0]
	if got.Result != events.ScanOK || got.Ticket.Name != "Đặng Thị Ngọc Ánh 0" || len(got.Ticket.Answers) != 1 || got.Ticket.Answers[0].Says != "M" {
		t.Errorf("%+v", got)
	}
	got = tell(t, house, b, now.Add(time.Minute), d.Shows(t, house, 0, "two", now))[0]
	if got.Result != events.ScanAlready || got.Gate != "Cổng A" || !got.FirstAt.Equal(now) || got.Ticket.Name == "" {
		t.Errorf("the second is told %+v", got)
	}
	out := d.Shows(t, house, 0, "out", now)
	out.Kind = events.ScanExit
	if got := tell(t, house, b, now.Add(2*time.Minute), out)[0]; got.Result != events.ScanOK {
		t.Errorf("out: %+v", got)
	}
	if got := tell(t, house, b, now.Add(3*time.Minute), d.Shows(t, house, 0, "again", now))[0]; got.Result != events.ScanAlready {
		t.Errorf("a list of one entry lets in twice: %+v", got)
	}
	out.Nonce = housetest.Nonce("out2")
	if got := tell(t, house, b, now.Add(4*time.Minute), out)[0]; got.Result != events.ScanNotInside {
		t.Errorf("out twice: %+v", got)
	}
	typed := events.Look{Nonce: housetest.Nonce("typed"), Code: " " + strings.ToLower(d.Tickets[1].Code()) + " ", List: d.List.Id, Kind: events.ScanEntry, At: now}
	if got := tell(t, house, a, now.Add(5*time.Minute), typed)[0]; got.Result != events.ScanOK {
		t.Errorf("a code that is typed: %+v", got)
	}
	panel, err := events.DoorOf(t.Context(), house, d.Staff, d.Event.Id, now.Add(6*time.Minute))
	housetest.Refused(t, err, "")
	if l := panel.Lists[0]; l.Came != 2 || l.Inside != 1 || l.Expects != 3 || panel.Open != 0 {
		t.Errorf("the panel counts %+v, %d open", l, panel.Open)
	}
	for _, c := range panel.Counts {
		if in := map[string]int{d.Gates[0].Id: 2}[c.Gate]; c.In != in || c.Out != 1-in/2 || c.List != d.List.Id || c.LastAt.IsZero() {
			t.Errorf("at gate %s came %d, and %d went", c.Gate, c.In, c.Out)
		}
	}
	if len(panel.Counts) != 2 {
		t.Errorf("%d gates count", len(panel.Counts))
	}
	housetest.Well(t, house)
}

// One bad look stops none of the others, and tells nothing that it should not.
func TestWhyADoorStaysShut(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	now := housetest.Noon
	d, other := housetest.AtTheDoor(t, house, 8, now), housetest.AtTheDoor(t, house, 1, now)
	a, _ := d.Phone(t, house, 0, now)
	good := d.Shows(t, house, 0, "good", now)
	look := func(nonce, token string) events.Look {
		l := good
		l.Nonce, l.Token = housetest.Nonce(nonce), token
		return l
	}
	older := d.Shows(t, house, 1, "older", now)
	_, err := events.Rename(house, d.Staff, d.Tickets[1].Id, events.Holder{Name: "Trần Văn Khác"}, now)
	housetest.Refused(t, err, "")
	void, suspended := d.Shows(t, house, 2, "void", now), d.Shows(t, house, 3, "suspended", now)
	_, err = events.VoidTicket(house, d.Staff, d.Tickets[2].Id, "trả vé", now)
	housetest.Refused(t, err, "")
	_, err = events.SuspendTicket(house, d.Staff, d.Tickets[3].Id, "nghi ngờ", now)
	housetest.Refused(t, err, "")
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{5}, ed25519.SeedSize))
	stranger, err := pass.Sign(key, pass.KID(key.Public().(ed25519.PublicKey)), d.Tickets[0].Id, 0, now.Add(time.Hour))
	housetest.Refused(t, err, "")
	keys, err := events.Keys.All(house, dbx.HashExp{"event": d.Event.Id})
	housetest.Refused(t, err, "")
	forged, err := pass.Sign(key, keys[0].KID(), d.Tickets[0].Id, 0, now.Add(time.Hour))
	housetest.Refused(t, err, "")
	theirs := other.Shows(t, house, 0, "theirs", now)
	theirs.List = d.List.Id
	no := "Không ai"
	narrow, err := events.MakeList(house, d.Staff, d.Event.Id, events.ListTerms{Name: &no, ClosesAt: &now}, now)
	housetest.Refused(t, err, "")
	closed := look("closed", good.Token)
	closed.List = narrow.Id

	looks := []events.Look{
		look("empty", ""), look("script", "<script>alert(1)</script>"), look("long", string(bytes.Repeat([]byte("B1"), 5<<20))),
		look("cut", good.Token[:100]), look("stranger", stranger), look("forged", forged), theirs, older, void, suspended, closed, good,
	}
	want := []events.Result{
		events.ScanUnknown, events.ScanUnknown, events.ScanUnknown, events.ScanUnknown, events.ScanOtherEvent, events.ScanForged,
		events.ScanOtherEvent, events.ScanRevoked, events.ScanVoid, events.ScanSuspended, events.ScanClosed, events.ScanOK,
	}
	for i, got := range tell(t, house, a, now, looks...) {
		if got.Result != want[i] || got.Code != "" {
			t.Errorf("%s: %s %s, want %s", looks[i].Nonce, got.Result, got.Code, want[i])
		}
		if got.Result == events.ScanRevoked && got.Ticket.Name != "" {
			t.Errorf("whoever shows an older ticket is told that it is now %s's", got.Ticket.Name)
		}
	}
	bad := []events.Look{
		{Nonce: "short", Token: good.Token, List: d.List.Id, Kind: events.ScanEntry, At: now},
		{Nonce: housetest.Nonce("kind"), Token: good.Token, List: d.List.Id, Kind: "sideways", At: now},
		{Nonce: housetest.Nonce("list"), Token: good.Token, List: other.List.Id, Kind: events.ScanEntry, At: now},
		{Nonce: housetest.Nonce("when"), Token: good.Token, List: d.List.Id, Kind: events.ScanEntry},
		d.Shows(t, house, 5, "fine", now),
	}
	var codes []string
	for _, got := range tell(t, house, a, now, bad...) {
		codes = append(codes, got.Code+string(got.Result))
	}
	if !slices.Equal(codes, []string{"scan.malformed", "scan.malformed", "scan.list", "scan.malformed", "ok"}) {
		t.Errorf("%q", codes)
	}
	_, err = events.TakeLooks(house, a, make([]events.Look, 101), 0, now)
	housetest.Refused(t, err, "scan.many")
	housetest.Well(t, house)
}

// A look that is told twice is answered twice alike; another under its name is refused.
func TestALookIsTakenOnce(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	now := housetest.Noon
	d := housetest.AtTheDoor(t, house, 2, now)
	a, _ := d.Phone(t, house, 0, now)
	look := d.Shows(t, house, 0, "once", now)
	first := tell(t, house, a, now, look)[0]
	if again := tell(t, house, a, now.Add(time.Hour), look)[0]; again.Result != events.ScanOK || again.Ticket.ID != first.Ticket.ID || again.Entries != 1 {
		t.Errorf("%+v, then %+v", first, again)
	}
	other := d.Shows(t, house, 1, "once", now)
	if got := tell(t, house, a, now, other)[0]; got.Code != "scan.reused" {
		t.Errorf("another ticket under the same name: %+v", got)
	}
	if n, err := house.CountRecords("scans"); err != nil || n != 1 {
		t.Errorf("%d scans, %v", n, err)
	}
	housetest.Well(t, house)
}

// Two phones that know nothing of each other let in with the same tickets. Every scan is kept, the first by time counts, and
// the others stand where staff see them.
func TestTwoGatesWithoutANetwork(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	now := housetest.Noon
	const guests = 60
	d := housetest.AtTheDoor(t, house, guests, now)
	phones := []*events.Device{}
	for gate := range 2 {
		phone, _ := d.Phone(t, house, gate, now)
		phones = append(phones, phone)
	}
	told := make([][]events.Look, 2)
	for n := range guests {
		for gate := range 2 {
			l := d.Shows(t, house, n, fmt.Sprintf("%d-%d", gate, n), now)
			l.Seq = n
			told[gate] = append(told[gate], offline(l, now.Add(time.Duration(2*n+(n+gate)%2)*time.Second)))
		}
	}
	for gate, phone := range phones {
		for _, got := range tell(t, house, phone, now.Add(time.Hour), told[gate]...) {
			if got.Result != events.ScanOK {
				t.Fatalf("what was shown is not kept: %+v", got)
			}
		}
	}
	panel, err := events.DoorOf(t.Context(), house, d.Staff, d.Event.Id, now.Add(time.Hour))
	housetest.Refused(t, err, "")
	if l := panel.Lists[0]; l.Came != guests || l.Inside != guests || panel.Open != guests {
		t.Errorf("%+v, %d conflicts", l, panel.Open)
	}
	for n := range guests {
		first, second := n%2, 1-n%2
		if scanOf(t, house, fmt.Sprintf("%d-%d", first, n)).Conflict() || !scanOf(t, house, fmt.Sprintf("%d-%d", second, n)).Conflict() {
			t.Fatalf("guest %d: not the first by time counts", n)
		}
	}
	s := scanOf(t, house, "1-0")
	if s.Finding() != events.ScanAlready {
		t.Errorf("found %q", s.Finding())
	}
	_, err = events.SettleScan(house, d.Staff, s.Id, events.SettledSame, "vợ chồng chung vé", now.Add(2*time.Hour))
	housetest.Refused(t, err, "")
	_, err = events.SettleScan(house, d.Staff, scanOf(t, house, "0-0").Id, events.SettledSame, "", now)
	housetest.Refused(t, err, "scan.no_conflict")
	_, err = events.SettleScan(house, d.Staff, scanOf(t, house, "0-1").Id, "whatever", "", now)
	housetest.Refused(t, err, "scan.resolution")
	_, err = events.SettleScan(house, housetest.Acting(t, house, access.Staff, access.Scope{Type: access.Event, ID: "elsewhere000000"}), s.Id, events.SettledSame, "", now)
	housetest.Refused(t, err, "record.not_found")
	housetest.Well(t, house)
}

// What is heard late is put where it belongs: an exit between two entries makes the second one right again.
func TestALateTaleIsPutInItsTime(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	now := housetest.Noon
	d := housetest.AtTheDoor(t, house, 1, now)
	a, _ := d.Phone(t, house, 0, now)
	b, _ := d.Phone(t, house, 1, now)
	two := 2
	_, err := events.ChangeList(house, d.Staff, d.List.Id, events.ListTerms{MaxEntries: &two}, now)
	housetest.Refused(t, err, "")
	tell(t, house, a, now.Add(time.Minute), d.Shows(t, house, 0, "in", now))
	tell(t, house, a, now.Add(time.Hour), offline(d.Shows(t, house, 0, "back", now), now.Add(30*time.Minute)))
	if s := scanOf(t, house, "back"); !s.Conflict() || s.Finding() != events.ScanAlready {
		t.Fatalf("back without having gone: %q", s.Finding())
	}
	out := offline(d.Shows(t, house, 0, "out", now), now.Add(20*time.Minute))
	out.Kind = events.ScanExit
	tell(t, house, b, now.Add(2*time.Hour), out)
	if s := scanOf(t, house, "back"); s.Conflict() || s.Finding() != "" {
		t.Errorf("it went out, and the way back is still %q", s.Finding())
	}
	p, err := events.Presences.First(house, dbx.HashExp{"ticket": d.Tickets[0].Id})
	housetest.Refused(t, err, "")
	if p.Entries() != 2 || !p.Inside() {
		t.Errorf("%d entries, inside %t", p.Entries(), p.Inside())
	}
	housetest.Well(t, house)
}
