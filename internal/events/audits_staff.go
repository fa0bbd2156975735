package events

import "vuon/internal/lifecycle"

// staffAudits are what must be true of what staff write of events, and of what is said of them.
func staffAudits() []lifecycle.Audit {
	return []lifecycle.Audit{
		{
			ID: "events.called_off", Says: "an event says why it was called off and when, and no other event does",
			SQL: `SELECT id FROM events WHERE (status = 'cancelled') != (cancelled_at != '') OR (status = 'cancelled') != (cancel_reason != '')`,
		},
		{
			ID: "events.messages_sent", Says: "a message that was sent says when, by whom and to how many, and no other message does",
			SQL: `SELECT id FROM event_messages WHERE (status = 'sent') != (sent_at != '') OR (status = 'sent') != (sent_by != '') OR (status = 'sent') != (count > 0)`,
		},
		{
			ID: "events.feedback_of_tickets", Says: "feedback is of a ticket of its event, from its beginning on, and from one to five",
			SQL: `SELECT f.id FROM event_feedback f JOIN events v ON v.id = f.event JOIN tickets k ON k.id = f.ticket
				WHERE k.event != f.event OR f.given_at < v.starts_at OR f.score NOT BETWEEN 1 AND 5`,
		},
	}
}
