package events_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/xuri/excelize/v2"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/fault"
	"vuon/internal/housetest"
)

// What somebody holds a ticket for does not become less: days, questions and the time to give it back. What is new may be dearer.
func TestWhatTicketsRelyOnStays(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	by := housetest.StaffActing(t, house)
	s := housetest.OnSale(t, house, 10, now, 100_000)
	y, ask := s.Types[0], []events.Question{{Key: "co_ao", Type: events.AskChoice, LabelVI: "Cỡ áo", Options: []string{"M", "L"}}}
	_, err := events.EditType(house, by, y.Id, events.TypeTerms{Questions: &ask}, now)
	housetest.Refused(t, err, "")
	o := s.Cart(t, house, 2, now)
	day := s.Event.StartsAt().Format(time.DateOnly)
	for code, terms := range map[string]events.TypeTerms{
		"ticket_type.days_stay":      {Days: &[]string{day}},
		"ticket_type.question_stays": {Questions: &[]events.Question{}},
	} {
		_, err := events.EditType(house, by, y.Id, terms, now)
		housetest.Refused(t, err, code)
	}
	_, err = events.EditType(house, by, y.Id, events.TypeTerms{Price: ptr(events.Dong(150_000))}, now)
	housetest.Refused(t, err, "")
	if again, err := events.Orders.Find(house, o.Id); err != nil || again.Total() != 200_000 {
		t.Errorf("the cart costs %v (%v)", again.Total(), err)
	}
	_, err = events.EditEvent(house, by, s.Event.Id, events.EventTerms{RefundUntilHours: ptr(48)}, now)
	housetest.Refused(t, err, "event.refund_relied")
	_, err = events.EditEvent(house, by, s.Event.Id, events.EventTerms{RefundUntilHours: ptr(-1)}, now)
	housetest.Refused(t, err, "event.refund_relied")
	_, err = events.EditEvent(house, by, s.Event.Id, events.EventTerms{RefundUntilHours: ptr(2)}, now)
	housetest.Refused(t, err, "")

	_, err = events.EditQuota(house, by, s.Quota.Id, events.QuotaTerms{Size: ptr(1)}, now)
	housetest.Refused(t, err, "quota.taken")
	_, err = events.EditQuota(house, by, s.Quota.Id, events.QuotaTerms{Size: ptr(1), Overbook: ptr(true)}, now)
	housetest.Refused(t, err, "")
	if got := verbs(t, house, events.Quotas.Collection, s.Quota.Id); got != "overbook" {
		t.Errorf("the journal says %q", got)
	}
	if held, sold := housetest.Counts(t, house, s.Quota); held != 2 || sold != 0 {
		t.Errorf("%d held, %d sold", held, sold)
	}
	_, err = events.Reserve(t.Context(), house, s.Wants(1), now)
	housetest.Refused(t, err, "order.sold_out")
}

// An event that is called off calls off its orders, however often the job is interrupted and whoever runs beside it: each once.
func TestACancelledEventCallsOffItsOrdersOnce(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	s := housetest.OnSale(t, house, 300, now, 0)
	var orders []*events.Order
	for range 60 {
		orders = append(orders, s.Bought(t, house, 1, now))
	}
	cart := s.Cart(t, house, 2, now)
	manager := housetest.Acting(t, house, access.Manager, access.House)
	_, err := events.CancelEvent(house, housetest.StaffActing(t, house), s.Event.Id, "mưa bão", 0, now)
	housetest.Refused(t, err, "access.needs_manager")
	_, err = events.CancelEvent(house, manager, s.Event.Id, " ", 0, now)
	housetest.Refused(t, err, "event.no_reason")
	v, err := events.CancelEvent(house, manager, s.Event.Id, "mưa bão", 0, now)
	housetest.Refused(t, err, "")
	if v.CancelReason() != "mưa bão" || v.Status() != events.EventCancelled {
		t.Errorf("%s because of %q", v.Status(), v.CancelReason())
	}
	_, err = events.Reserve(t.Context(), house, s.Wants(1), now)
	housetest.Refused(t, err, "order.not_on_sale")
	if n, err := events.CallOffOrders(house, 3, now); n != 3 || err != nil {
		t.Errorf("%d orders, interrupted (%v)", n, err)
	}
	housetest.Race(2, func(int) error { _, err := events.CallOffOrders(house, 100, now); return err })
	if n, err := events.CallOffOrders(house, 100, now); n != 0 || err != nil {
		t.Errorf("%d orders were left (%v)", n, err)
	}
	for _, o := range orders {
		if got := verbs(t, house, events.Orders.Collection, o.Id); strings.Count(got, "cancel") != 1 {
			t.Errorf("order %s: %s", o.Id, got)
		}
	}
	if c, err := events.Orders.Find(house, cart.Id); err != nil || c.Status() != events.OrderAbandoned {
		t.Errorf("the cart is %s (%v)", c.Status(), err)
	}
	if held, sold := housetest.Counts(t, house, s.Quota); held != 0 || sold != 0 {
		t.Errorf("%d held, %d sold", held, sold)
	}
	housetest.Well(t, house)
}

// A message goes to whom it is for when it is sent, each address once, in the words that were written, and never again.
func TestAMessageReachesWhoItIsFor(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	by := housetest.StaffActing(t, house)
	s := housetest.OnSale(t, house, 50, now, 0, 100_000)
	s.Bought(t, house, 2, now) // lan@example.org, twice
	other, err := events.Submit(house, s.Cart(t, house, 1, now).Id, housetest.Buying("Minh@Example.org"), nil, now)
	housetest.Refused(t, err, "")
	waits, err := events.Reserve(t.Context(), house, events.Basket{Event: s.Event.Id, Lines: []events.Line{{Type: s.Types[1].Id, Count: 1}}}, now)
	housetest.Refused(t, err, "")
	_, err = events.Submit(house, waits.Id, housetest.Buying("hoa@example.org"), nil, now)
	housetest.Refused(t, err, "")
	write := func(c events.Circle) *events.Message {
		m, err := events.WriteMessage(house, by, s.Event.Id, events.MessageFields{Circle: &c, SubjectVI: ptr("Chỗ để xe"), BodyVI: ptr("Cổng B.\n\nĐừng quên vé.")}, now)
		housetest.Refused(t, err, "")
		return m
	}
	for _, c := range []struct {
		circle events.Circle
		want   int
	}{
		{events.Circle{}, 2},
		{events.Circle{Of: events.ToHolders, Types: []string{s.Types[1].Id}}, 0},
		{events.Circle{Of: events.ToBuyers, Group: "awaiting_payment"}, 1},
		{events.Circle{Of: events.ToBuyers, Group: "confirmed", Types: []string{s.Types[0].Id}}, 2},
		{events.Circle{Of: events.ToHolders, Came: "yes"}, 0},
		{events.Circle{Of: events.ToHolders, Came: "no"}, 2},
	} {
		m, err := events.SendMessage(house, by, write(c.circle).Id, 0, now)
		switch {
		case c.want == 0:
			housetest.Refused(t, err, "event_message.nobody")
		case err != nil || m.Count() != c.want:
			t.Errorf("%+v reaches %v, want %d (%v)", c.circle, m, c.want, err)
		}
	}
	m := write(events.Circle{})
	_, err = events.SendMessage(house, by, m.Id, 0, now.Add(time.Minute))
	housetest.Refused(t, err, "")
	_, err = events.SendMessage(house, by, m.Id, 0, now.Add(time.Minute))
	housetest.Refused(t, err, "lifecycle.not_now")
	_, err = events.RewriteMessage(house, by, m.Id, events.MessageFields{SubjectVI: ptr("Khác")}, now)
	housetest.Refused(t, err, "event_message.sent")
	late, err := events.Submit(house, s.Cart(t, house, 1, now.Add(2*time.Minute)).Id, housetest.Buying("tre@example.org"), nil, now.Add(2*time.Minute))
	housetest.Refused(t, err, "")
	_, _ = other, late
	heard := housetest.Heard(t, house, "event_message", now.Add(5*time.Minute))
	if n := strings.Count(heard, "event-message:"+m.Id+":"); n != 2 {
		t.Errorf("the message goes to %d: %s", n, heard)
	}
	server, staff := housetest.Server(t, house), housetest.Holder(t, house, access.Staff, access.House)
	list := housetest.Ask(t, server, staff, http.MethodGet, "/api/vuon/events/"+s.Event.Id+"/messages?q=cho%20de%20xe", "").Body.String()
	if strings.Count(list, `"of":"buyers"`) != 2 || !strings.Contains(list, `"count":2`) {
		t.Errorf("the list is %s", list)
	}
	if again := housetest.Heard(t, house, "event_message", now.AddDate(0, 0, 4)); again != "" {
		t.Errorf("four days later still: %s", again)
	}
}

// What people thought is theirs to say once, by the link of their ticket, and nobody's to read before five have.
func TestFeedbackTellsNobody(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	now := time.Now()
	start := now.AddDate(0, 0, -8)
	s := housetest.OnSale(t, house, 50, start, 0)
	server, staff := housetest.Server(t, house), housetest.Holder(t, house, access.Staff, access.House)
	asked := func() string {
		return housetest.Ask(t, server, staff, http.MethodGet, "/api/vuon/events/"+s.Event.Id+"/feedback", "").Body.String()
	}
	for n := range 5 {
		o := s.Bought(t, house, 1, start)
		k, err := events.Tickets.First(house, dbx.HashExp{"order": o.Id})
		housetest.Refused(t, err, "")
		link, err := events.TicketLink(house, k)
		housetest.Refused(t, err, "")
		parts := strings.Split(link, "/")
		code, mac := parts[2], parts[3]
		give := func(mac string, score int, at time.Time) string {
			_, err := events.GiveFeedback(house, code, mac, score, fmt.Sprintf("Lời %d", n), at)
			return fault.Code(err)
		}
		if got := give(mac, 5, start); got != "feedback.early" {
			t.Errorf("before it begins: %q", got)
		}
		if got := give(strings.Repeat("a", len(mac)), 5, now); got != "record.not_found" {
			t.Errorf("by a wrong link: %q", got)
		}
		if got := give(mac, 6, now); got != "feedback.score" {
			t.Errorf("six of five: %q", got)
		}
		if got := give(mac, n+1, now); got != "" {
			t.Errorf("once: %q", got)
		}
		if got := give(mac, 1, now); got != "feedback.given" {
			t.Errorf("twice: %q", got)
		}
		if page := asked(); n < 4 && (strings.Contains(page, "Lời") || strings.Contains(page, "mean")) {
			t.Errorf("after %d answers: %s", n+1, page)
		}
	}
	if page := asked(); !strings.Contains(page, "Lời 3") || !strings.Contains(page, `"mean":3`) {
		t.Errorf("after five answers: %s", page)
	}
	housetest.Well(t, house)
}

// Tables go out as they are, and a name that begins like a formula stays a name.
func TestAttendeesGoOutAsText(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	now := time.Now()
	s := housetest.OnSale(t, house, 50, now, 0)
	ask := []events.Question{{Key: "co_ao", Type: events.AskText, LabelVI: "Cỡ áo"}}
	_, err := events.EditType(house, housetest.StaffActing(t, house), s.Types[0].Id, events.TypeTerms{Questions: &ask}, now)
	housetest.Refused(t, err, "")
	cart := s.Cart(t, house, 1, now)
	k, err := events.Tickets.First(house, dbx.HashExp{"order": cart.Id})
	housetest.Refused(t, err, "")
	buyer := housetest.Buying("lan@example.org")
	buyer.Name = "=cmd|' /C calc'!A0"
	_, err = events.Submit(house, cart.Id, buyer, []events.Holder{{Ticket: k.Id, Name: "Đỗ Thị Ước", Answers: map[string]any{"co_ao": "=1+1"}}}, now)
	housetest.Refused(t, err, "")
	server, staff := housetest.Server(t, house), housetest.Holder(t, house, access.Staff, access.House)
	get := func(query string) string {
		return housetest.Ask(t, server, staff, http.MethodGet, "/api/vuon/events/"+s.Event.Id+query, "").Body.String()
	}
	table := get("/attendees?format=csv")
	if strings.Contains(table, ",=") || !strings.Contains(table, "'=cmd") || !strings.Contains(table, "'=1+1") || !strings.Contains(table, "Cỡ áo") {
		t.Errorf("the table is\n%s", table)
	}
	book, err := excelize.OpenReader(strings.NewReader(get("/attendees?format=xlsx")))
	housetest.Refused(t, err, "")
	page := book.GetSheetName(0)
	rows, err := book.GetRows(page)
	housetest.Refused(t, err, "")
	if len(rows) != 2 || !slices.Contains(rows[0], "Cỡ áo") || !slices.Contains(rows[1], "Đỗ Thị Ước") || len(rows[1]) > len(rows[0]) {
		t.Errorf("the book holds %q", rows)
	}
	for i := range rows[1] {
		cell, _ := excelize.CoordinatesToCellName(i+1, 2)
		if formula, err := book.GetCellFormula(page, cell); err != nil || formula != "" {
			t.Errorf("%s computes %q (%v)", cell, formula, err)
		}
	}
	for query, want := range map[string]bool{
		"/attendees?q=do%20thi%20uoc": true, "/attendees?q=khong%20co": false, "/attendees?came=yes": false, "/attendees?came=no": true,
		"/orders?q=0901234567": true, "/orders?q=%2B84%20901%20234%20567": true, "/orders?status=awaiting_payment": false, "/orders?status=confirmed": true,
	} {
		if got := strings.Contains(get(query), `"id"`); got != want {
			t.Errorf("%s finds somebody: %v", query, got)
		}
	}
}
