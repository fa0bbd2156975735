package events_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/fault"
	"vuon/internal/housetest"
	"vuon/internal/lifecycle"
)

func ptr[T any](v T) *T { return &v }

// An event is written, given tickets, shown, and from then on keeps what people rely on.
func TestAnEventFromItsDraftToItsEnd(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	by := housetest.StaffActing(t, house)
	v := housetest.DraftEvent(t, house, by, now.AddDate(0, 0, 7), now)
	if v.Slug() != "ngay-hoi-khoi-nghiep" {
		t.Errorf("its address is %s", v.Slug())
	}
	twin := housetest.DraftEvent(t, house, by, now.AddDate(0, 0, 8), now)
	if twin.Slug() != "ngay-hoi-khoi-nghiep-2" {
		t.Errorf("the address of another one of that name is %s", twin.Slug())
	}
	_, err := events.PublishEvent(house, by, v.Id, 0, now)
	housetest.Refused(t, err, "event.no_tickets")
	y, q := housetest.TypeOf(t, house, by, v.Id, 10, 100_000, now)
	_, err = events.PublishEvent(house, by, v.Id, 0, now.AddDate(0, 0, 7))
	housetest.Refused(t, err, "event.past")
	v, err = events.PublishEvent(house, by, v.Id, 0, now)
	housetest.Refused(t, err, "")
	if !v.PublishedAt().Equal(now) {
		t.Errorf("published at %v", v.PublishedAt())
	}

	_, err = events.EditEvent(house, by, v.Id, events.EventTerms{Slug: ptr("khac")}, now)
	housetest.Refused(t, err, "event.address_stays")
	_, err = events.EditEvent(house, by, v.Id, events.EventTerms{StartsAt: ptr(now.Add(-time.Hour))}, now)
	housetest.Refused(t, err, "event.past")
	_, err = events.EditEvent(house, by, v.Id, events.EventTerms{SummaryVI: ptr("Vào cửa tự do.")}, now)
	housetest.Refused(t, err, "")
	_, err = events.EditEvent(house, by, v.Id, events.EventTerms{Venue: ptr("Hội trường B")}, now)
	housetest.Refused(t, err, "")
	if got := verbs(t, house, events.Events.Collection, v.Id); got != "plan publish edit move" {
		t.Errorf("the journal says %s", got)
	}
	_, err = events.EditQuota(house, by, q.Id, events.QuotaTerms{Size: ptr(12)}, now)
	housetest.Refused(t, err, "")
	_, err = events.WithdrawType(house, by, y.Id, 0, now)
	housetest.Refused(t, err, "")
	_, err = events.WithdrawType(house, by, y.Id, 0, now)
	housetest.Refused(t, err, "ticket_type.withdrawn")
	_, err = events.OfferType(house, by, y.Id, 0, now)
	housetest.Refused(t, err, "")

	_, err = events.CloseEvent(house, by, v.Id, 0, now)
	housetest.Refused(t, err, "event.not_over")
	later := now.AddDate(0, 0, 8)
	_, err = events.CloseEvent(house, by, v.Id, 0, later)
	housetest.Refused(t, err, "")
	_, err = events.EditEvent(house, by, v.Id, events.EventTerms{Venue: ptr("Hội trường C")}, later)
	housetest.Refused(t, err, "event.over")
	_, err = events.EditQuota(house, by, q.Id, events.QuotaTerms{Size: ptr(99)}, later)
	housetest.Refused(t, err, "event.over")
	_, err = events.EditType(house, by, y.Id, events.TypeTerms{NameVI: ptr("Khác")}, later)
	housetest.Refused(t, err, "event.over")
	housetest.Well(t, house)
}

// verbs are what happened to a row, in order.
func verbs(t testing.TB, house core.App, collection, id string) string {
	t.Helper()
	all, err := lifecycle.Told(house, collection, id)
	housetest.Refused(t, err, "")
	var said []string
	for _, x := range all {
		said = append(said, x.Verb())
	}
	return strings.Join(said, " ")
}

// What cannot be is refused, field by field, whoever writes it.
func TestWhatStaffMayNotSayOfAnEvent(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	by := housetest.StaffActing(t, house)
	v, y, _ := housetest.EventOnSale(t, house, by, 10, 0, now)
	for code, terms := range map[string]events.EventTerms{
		"event.time":     {EndsAt: ptr(v.StartsAt())},
		"event.long":     {EndsAt: ptr(v.StartsAt().AddDate(0, 2, 0))},
		"event.doors":    {DoorsAt: ptr(v.StartsAt().Add(time.Minute))},
		"event.link":     {MapURL: ptr("javascript:alert(1)")},
		"event.refund":   {RefundUntilHours: ptr(-2)},
		"event.vat":      {VATRate: ptr(101)},
		"event.agenda":   {Agenda: &[]events.Item{{TitleVI: "Không giờ"}}},
		"event.speakers": {Speakers: &[]events.Speaker{{Title: "Vô danh"}}},
	} {
		_, err := events.EditEvent(house, by, v.Id, terms, now)
		if fault.Code(err) != code {
			t.Errorf("want %s, got %v", code, err)
		}
	}
	_, _, foreign := housetest.EventOnSale(t, house, by, 10, 0, now)
	for _, c := range []struct {
		code  string
		terms events.TypeTerms
	}{
		{"ticket_type.price", events.TypeTerms{Price: ptr(events.Dong(-1))}},
		{"ticket_type.price", events.TypeTerms{Price: ptr(events.Dong(1) << 40)}},
		{"ticket_type.count", events.TypeTerms{Least: ptr(11), Most: ptr(10)}},
		{"ticket_type.window", events.TypeTerms{SalesFrom: ptr(now), SalesTo: ptr(now)}},
		{"ticket_type.day", events.TypeTerms{Days: &[]string{"2020-01-01"}}},
		{"ticket_type.day", events.TypeTerms{Days: &[]string{"mai"}}},
		{"ticket_type.quota", events.TypeTerms{Quotas: &[]string{foreign.Id}}},
		{"ticket_type.quota", events.TypeTerms{Quotas: &[]string{}}},
		{"ticket_type.code", events.TypeTerms{Visibility: ptr(events.ShownByCode)}},
		{"ticket_type.question", events.TypeTerms{Questions: &[]events.Question{{Key: "a", Type: events.AskChoice, LabelVI: "Cỡ áo", Options: []string{"M"}}}}},
		{"ticket_type.question", events.TypeTerms{Questions: &[]events.Question{{Key: "a", Type: events.AskText, LabelVI: "x"}, {Key: "a", Type: events.AskText, LabelVI: "y"}}}},
		{"ticket_type.question", events.TypeTerms{Questions: &[]events.Question{{Key: "<script>", Type: events.AskText, LabelVI: "x"}}}},
	} {
		_, err := events.EditType(house, by, y.Id, c.terms, now)
		if fault.Code(err) != c.code {
			t.Errorf("want %s, got %v", c.code, err)
		}
	}
}

// Who runs one event knows nothing of another, and a colleague's newer version is not overwritten.
func TestWhoRunsAnEvent(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	v, y, q := housetest.EventOnSale(t, house, housetest.StaffActing(t, house), 10, 0, now)
	mine := housetest.Acting(t, house, access.Staff, access.Scope{Type: access.Event, ID: v.Id})
	other := housetest.Acting(t, house, access.Manager, access.Scope{Type: access.Event, ID: "otherevent00000"})
	for name, act := range map[string]func(access.Actor) error{
		"edit": func(by access.Actor) error {
			_, err := events.EditEvent(house, by, v.Id, events.EventTerms{SummaryVI: ptr("x")}, now)
			return err
		},
		"type": func(by access.Actor) error {
			_, err := events.EditType(house, by, y.Id, events.TypeTerms{NoteVI: ptr("x")}, now)
			return err
		},
		"quota": func(by access.Actor) error {
			_, err := events.EditQuota(house, by, q.Id, events.QuotaTerms{Size: ptr(11)}, now)
			return err
		},
		"add": func(by access.Actor) error {
			_, err := events.AddQuota(house, by, v.Id, events.QuotaTerms{Name: ptr("x")}, now)
			return err
		},
	} {
		if err := act(mine); err != nil {
			t.Errorf("%s: whoever runs it is refused: %v", name, err)
		}
		if code := fault.Code(act(other)); code != "record.not_found" {
			t.Errorf("%s: whoever runs another event is answered %q", name, code)
		}
		if code := fault.Code(act(access.Actor{})); code != "access.sign_in" {
			t.Errorf("%s: a visitor is answered %q", name, code)
		}
	}
	_, err := events.PlanEvent(house, mine, events.EventTerms{}, now)
	housetest.Refused(t, err, "access.needs_staff")
	_, err = events.EditEvent(house, mine, v.Id, events.EventTerms{SummaryVI: ptr("y"), Rev: 1}, now)
	housetest.Refused(t, err, "record.stale")
}

// Calendars and other sites read what is shown, and nothing of what is not.
func TestTheFeedsTellWhatIsShown(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	now, by := time.Now(), housetest.StaffActing(t, house)
	server := housetest.Server(t, house)
	v, _, _ := housetest.EventOnSale(t, house, by, 10, 0, now)
	stream := "https://video.example/bi-mat"
	_, err := events.EditEvent(house, by, v.Id, events.EventTerms{StreamURL: &stream, Mode: ptr(events.Hybrid), TitleVI: ptr("Ngày hội\r\nBEGIN:VEVENT")}, now)
	housetest.Refused(t, err, "")
	housetest.DraftEvent(t, house, by, now.AddDate(0, 0, 5), now)
	got := housetest.Ask(t, server, nil, http.MethodGet, "/events.ics", "")
	file := got.Body.String()
	if got.Code != http.StatusOK || !strings.HasPrefix(got.Header().Get("Content-Type"), "text/calendar") {
		t.Fatalf("%d %s", got.Code, got.Header())
	}
	if n := strings.Count(file, "\r\nBEGIN:VEVENT\r\n"); n != 1 || !strings.Contains(file, "UID:event."+v.Id) || strings.Contains(file, "bi-mat") {
		t.Errorf("%d events in\n%s", n, file)
	}
	got = housetest.Ask(t, server, nil, http.MethodGet, "/api/vuon/open/events", "")
	if body := got.Body.String(); got.Code != http.StatusOK || strings.Count(body, `"id"`) != 1 || strings.Contains(body, "bi-mat") || got.Header().Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("%d %v %s", got.Code, got.Header(), body)
	}
	if got := housetest.Ask(t, server, nil, http.MethodPost, "/api/vuon/open/events", "{}"); got.Code < http.StatusBadRequest {
		t.Errorf("a POST is answered %d", got.Code)
	}
}
