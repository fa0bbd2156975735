package app_test

import (
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/housetest"
)

// ofSeries is a scene at a series of events.
func ofSeries(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		title := "Cà phê khởi nghiệp"
		s, err := events.PlanSeries(house, housetest.StaffActing(t, house), events.SeriesTerms{TitleVI: &title}, time.Now())
		housetest.Refused(t, err, "")
		return scene{path: map[string]string{"id": s.Id}, over: access.House, body: body}
	}
}

// ofEvent is a scene at an event that is on sale, a draft of one, or one that is over.
func ofEvent(body, how string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		now, by := time.Now(), housetest.StaffActing(t, house)
		var v *events.Event
		switch how {
		case "draft":
			v = housetest.DraftEvent(t, house, by, now.AddDate(0, 0, 7), now)
			housetest.TypeOf(t, house, by, v.Id, 10, 0, now)
		case "over":
			v, _, _ = housetest.EventOnSale(t, house, by, 10, 0, now.AddDate(0, 0, -9))
		default:
			v, _, _ = housetest.EventOnSale(t, house, by, 10, 0, now)
		}
		return scene{path: map[string]string{"id": v.Id}, over: access.Scope{Type: access.Event, ID: v.Id}, body: body}
	}
}

// ofType is a scene at a kind of ticket, on the list or off it.
func ofType(body string, withdrawn bool) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		now, by := time.Now(), housetest.StaffActing(t, house)
		v, y, _ := housetest.EventOnSale(t, house, by, 10, 0, now)
		if withdrawn {
			_, err := events.WithdrawType(house, by, y.Id, 0, now)
			housetest.Refused(t, err, "")
		}
		return scene{path: map[string]string{"id": y.Id}, over: access.Scope{Type: access.Event, ID: v.Id}, body: body}
	}
}

// ofOrder is a scene at an order with its first ticket: a free one, one that waits for money, one that staff look at first, or a free
// one whose ticket is suspended.
func ofOrder(body, how string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		now, by, price := time.Now(), housetest.StaffActing(t, house), events.Dong(0)
		if how == "paid" {
			price = 100_000
		}
		s := housetest.OnSale(t, house, 10, now, price)
		if how == "asks" {
			yes := true
			_, err := events.EditType(house, by, s.Types[0].Id, events.TypeTerms{NeedsApproval: &yes}, now)
			housetest.Refused(t, err, "")
		}
		o := s.Bought(t, house, 1, now)
		k, err := events.Tickets.First(house, dbx.HashExp{"order": o.Id})
		housetest.Refused(t, err, "")
		if how == "suspended" {
			_, err := events.SuspendTicket(house, by, k.Id, "nghi ngờ", now)
			housetest.Refused(t, err, "")
		}
		return scene{
			path: map[string]string{"id": s.Event.Id, "order": o.Id, "ticket": k.Id}, over: access.Scope{Type: access.Event, ID: s.Event.Id}, body: body,
		}
	}
}

// ofMessage is a scene at a draft of what the people of an event are told.
func ofMessage(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		now, by := time.Now(), housetest.StaffActing(t, house)
		v, _, _ := housetest.EventOnSale(t, house, by, 10, 0, now)
		subject, text := "Chỗ để xe", "Xe gửi ở cổng B."
		m, err := events.WriteMessage(house, by, v.Id, events.MessageFields{SubjectVI: &subject, BodyVI: &text}, now)
		housetest.Refused(t, err, "")
		return scene{path: map[string]string{"id": m.Id}, over: access.Scope{Type: access.Event, ID: v.Id}, body: body}
	}
}

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /events.ics":           ofEvent("", ""),
	"GET /en/events.ics":        ofEvent("", ""),
	"GET /api/vuon/open/events": ofEvent("", ""),

	"GET /api/vuon/event-series":        ofSeries(""),
	"POST /api/vuon/event-series":       ofSeries(`{"title_vi":"Ngày hội"}`),
	"PATCH /api/vuon/event-series/{id}": ofSeries(`{"title_vi":"Khác"}`),

	"GET /api/vuon/events":               ofEvent("", ""),
	"POST /api/vuon/events":              ofEvent(`{"title_vi":"Mới","starts_at":"2099-01-10T02:00:00Z","ends_at":"2099-01-10T04:00:00Z"}`, ""),
	"GET /api/vuon/events/{id}":          ofEvent("", ""),
	"PATCH /api/vuon/events/{id}":        ofEvent(`{"title_vi":"Khác"}`, ""),
	"POST /api/vuon/events/{id}/publish": ofEvent("{}", "draft"),
	"POST /api/vuon/events/{id}/close":   ofEvent("{}", "over"),
	"POST /api/vuon/events/{id}/cancel":  ofEvent(`{"reason":"mưa bão"}`, ""),
	"GET /api/vuon/events/{id}/figures":  ofEvent("", ""),

	"GET /api/vuon/events/{id}/types":  ofEvent("", ""),
	"POST /api/vuon/events/{id}/types": ofEvent(`{"name_vi":"Không có chỗ"}`, ""), // refused: a type needs a quota

	"PATCH /api/vuon/ticket-types/{id}":         ofType(`{"name_vi":"Khác"}`, false),
	"POST /api/vuon/ticket-types/{id}/withdraw": ofType("{}", false),
	"POST /api/vuon/ticket-types/{id}/offer":    ofType("{}", true),
	"POST /api/vuon/events/{id}/quotas":         ofEvent(`{"name":"Phòng B","size":20}`, ""),
	"PATCH /api/vuon/quotas/{id}": func(t testing.TB, house core.App) scene {
		v, _, q := housetest.EventOnSale(t, house, housetest.StaffActing(t, house), 10, 0, time.Now())
		return scene{path: map[string]string{"id": q.Id}, over: access.Scope{Type: access.Event, ID: v.Id}, body: `{"size":12}`}
	},

	"GET /api/vuon/events/{id}/orders":    ofEvent("", ""),
	"GET /api/vuon/events/{id}/attendees": ofEvent("", ""),
	"GET /api/vuon/events/{id}/feedback":  ofEvent("", "over"),
	"GET /api/vuon/events/{id}/messages":  ofEvent("", ""),
	"POST /api/vuon/events/{id}/messages": ofEvent(`{"subject_vi":"Chỗ để xe","body_vi":"Cổng B."}`, ""),

	"GET /api/vuon/events/{id}/orders/{order}":               ofOrder("", "paid"),
	"POST /api/vuon/events/{id}/orders/{order}/approve":      ofOrder("{}", "asks"),
	"POST /api/vuon/events/{id}/orders/{order}/reject":       ofOrder(`{"reason":"hết suất"}`, "asks"),
	"POST /api/vuon/events/{id}/orders/{order}/cancel":       ofOrder(`{"reason":"trùng đơn"}`, "free"),
	"POST /api/vuon/events/{id}/orders/{order}/postpone":     ofOrder(`{"until":"`+time.Now().AddDate(0, 0, 3).UTC().Format(time.RFC3339)+`"}`, "paid"),
	"POST /api/vuon/events/{id}/orders/{order}/overbook":     ofOrder(`{"reason":"kê thêm ghế"}`, "free"), // refused: nothing is amiss
	"POST /api/vuon/events/{id}/orders/{order}/resend":       ofOrder("{}", "free"),
	"POST /api/vuon/events/{id}/orders/{order}/renew-link":   ofOrder("{}", "free"),
	"POST /api/vuon/events/{id}/tickets/{ticket}/renew-link": ofOrder("{}", "free"),
	"PATCH /api/vuon/events/{id}/tickets/{ticket}":           ofOrder(`{"holder_name":"Đỗ Thị Ước","holder_email":"uoc@example.org"}`, "free"),
	"POST /api/vuon/events/{id}/tickets/{ticket}/suspend":    ofOrder(`{"reason":"nghi mua bán lại"}`, "free"),
	"POST /api/vuon/events/{id}/tickets/{ticket}/restore":    ofOrder(`{"reason":"đã rõ"}`, "suspended"),

	"PATCH /api/vuon/event-messages/{id}":       ofMessage(`{"subject_vi":"Khác"}`),
	"GET /api/vuon/event-messages/{id}/preview": ofMessage(""),
	"POST /api/vuon/event-messages/{id}/send":   ofMessage("{}"), // refused: nobody has a ticket
	"POST /api/vuon/event-messages/{id}/drop":   ofMessage("{}"),
})
