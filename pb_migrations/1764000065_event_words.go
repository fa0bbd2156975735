package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What attendees are told by whoever runs an event, and what they say of it afterwards. What was sent stays as it was sent, and
// what was said is nobody's to change.
func init() {
	m.Register(func(app core.App) error {
		events, err := found(app, "events")
		if err != nil {
			return err
		}
		tickets, err := found(app, "tickets")
		if err != nil {
			return err
		}
		messages := core.NewBaseCollection("event_messages")
		messages.Fields.Add(
			one("event", events), data("audience", 4), words("subject_vi", 150), text("subject_en", 150), words("body_vi", 4000), text("body_en", 4000),
			text("search_key", 400), instant("sent_at"), text("sent_by", 80), whole("count"), choice("status", "draft", "sent", "dropped"), rev(),
		)
		dates(messages)
		messages.AddIndex("event_messages_event", false, "event, status, sent_at", "")
		messages.AddIndex("event_messages_sent", false, "sent_at", "status = 'sent'")

		feedback := core.NewBaseCollection("event_feedback")
		feedback.Fields.Add(one("event", events), one("ticket", tickets), whole("score"), text("words", 2000), moment("given_at"))
		feedback.AddIndex("event_feedback_once", true, "ticket", "")
		feedback.AddIndex("event_feedback_event", false, "event, score", "")
		for _, c := range []*core.Collection{messages, feedback} {
			if err := app.Save(c); err != nil {
				return err
			}
		}
		if err := appendOnly(app, "event_feedback"); err != nil {
			return err
		}
		return exec(app,
			`CREATE TRIGGER event_messages_moves BEFORE UPDATE OF status ON event_messages
			 WHEN OLD.status != NEW.status AND (OLD.status || '>' || NEW.status) NOT IN ('draft>sent', 'draft>dropped')
			 BEGIN SELECT RAISE(ABORT, 'no such move'); END`,
			`CREATE TRIGGER event_messages_stay BEFORE UPDATE ON event_messages WHEN OLD.status != 'draft' AND (
				OLD.event != NEW.event OR OLD.audience != NEW.audience OR OLD.subject_vi != NEW.subject_vi OR OLD.subject_en != NEW.subject_en
				OR OLD.body_vi != NEW.body_vi OR OLD.body_en != NEW.body_en OR OLD.sent_at != NEW.sent_at OR OLD.sent_by != NEW.sent_by OR OLD.count != NEW.count)
			 BEGIN SELECT RAISE(ABORT, 'what was sent stays as it was sent'); END`,
		)
	}, nil)
}
