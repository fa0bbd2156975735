package demo

import (
	"errors"
	"strings"
	"time"

	"github.com/pocketbase/dbx"

	"vuon/internal/events"
)

// afterwards is what attendees were told, what they thought, and how the event that was is closed.
func (g *garden) afterwards() []happening {
	return []happening{
		{g.ago(11, 9, 30), func(at time.Time) error {
			return g.writesTo("past", at, "Chỗ để xe và giờ mở cửa", "Xe máy gửi ở cổng B, ô tô ở sân trước.\n\nCửa mở lúc 17 giờ 45.", true)
		}},
		{g.ago(1, 16, 20), func(at time.Time) error {
			return g.writesTo("sale", at, "Nhớ mang theo vé", "Bạn mở vé sẵn trên điện thoại để vào cửa nhanh hơn.", false)
		}},
		{g.ago(8, 20, 0), g.thinks},
		{g.ago(6, 10, 0), func(at time.Time) error {
			by, err := g.as(idOf("staff"), at)
			if err == nil {
				_, err = events.CloseEvent(g.tx, by, g.shows["past"].event, 0, at)
			}
			return err
		}},
	}
}

func (g *garden) writesTo(key string, at time.Time, subject, body string, send bool) error {
	by, err := g.as(idOf("staff"), at)
	if err != nil {
		return err
	}
	m, err := events.WriteMessage(g.tx, by, g.shows[key].event, events.MessageFields{SubjectVI: &subject, BodyVI: &body}, at)
	if err == nil && send {
		_, err = events.SendMessage(g.tx, by, m.Id, 0, at.Add(time.Minute))
	}
	return err
}

// thinks lets some of who came say what they thought.
func (g *garden) thinks(at time.Time) error {
	tickets, err := events.Tickets.All(g.tx, dbx.HashExp{"event": g.shows["past"].event, "status": string(events.TicketValid)})
	if err != nil {
		return err
	}
	for n, k := range tickets {
		if n%3 != 0 {
			continue
		}
		link, err := events.TicketLink(g.tx, k)
		if err != nil {
			return err
		}
		parts := strings.Split(link, "/")
		if len(parts) < 4 {
			return errors.New("a ticket's link has no secret")
		}
		words := []string{"", "Các đội nói rõ, đúng giờ.", "Phần hỏi đáp hơi ngắn.", "", "Nên có thêm chỗ ngồi."}[n/3%5]
		if _, err := events.GiveFeedback(g.tx, parts[2], parts[3], 3+g.between(0, 2), words, at); err != nil {
			return err
		}
	}
	return nil
}
