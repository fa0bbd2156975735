package events

import (
	"net/url"
	"regexp"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// staffGuards are the laws over what staff write of an event.
func staffGuards() []record.Guard {
	return []record.Guard{
		{ID: "events.event_terms", Collection: Events.Collection, Law: eventTerms},
		{ID: "events.quota_terms", Collection: Quotas.Collection, Law: quotaTerms},
		{ID: "events.type_terms", Collection: Types.Collection, Law: typeTerms},
		{ID: "events.message", Collection: Messages.Collection, Law: message},
		{ID: "events.feedback", Collection: Feedbacks.Collection, Law: feedback},
	}
}

// over says whether nothing is changed any more.
func (v *Event) over() bool { return v.Status() == EventCancelled || v.Status() == EventClosed }

// sameHour says whether who comes finds the same at the same hour.
func (v *Event) sameHour(was *Event) bool {
	return v.StartsAt().Equal(was.StartsAt()) && v.EndsAt().Equal(was.EndsAt()) && v.DoorsAt().Equal(was.DoorsAt()) && v.Mode() == was.Mode() &&
		v.Venue() == was.Venue() && v.Address() == was.Address() && v.StreamURL() == was.StreamURL()
}

// stricter says whether buyers could give tickets back for a shorter time than before.
func (v *Event) stricter(was *Event) bool {
	now, then := v.RefundUntilHours(), was.RefundUntilHours()
	return then >= 0 && (now < 0 || now > then)
}

// What an event bears.
const (
	mostLines    = 60
	mostSpeakers = 40
	longestStay  = 31 * 24 * time.Hour
)

// eventTerms keeps the terms on which tickets were taken, and what is over as it was. Errors: event.over, event.refund_relied,
// event.refund, event.long, event.doors, event.link, event.agenda, event.speakers.
func eventTerms(e *core.RecordEvent, was *core.Record) error {
	v := Events.From(e.Record)
	if was != nil {
		old := Events.From(was)
		if old.over() {
			return fault.Conflict("event.over")
		}
		if v.stricter(old) {
			n, err := taken(e.App, v.Id)
			if err != nil {
				return err
			}
			if n > 0 {
				return fault.Field("refund_until_hours", "event.refund_relied")
			}
		}
	}
	switch {
	case v.RefundUntilHours() < -1 || v.RefundUntilHours() > 24*366:
		return fault.Field("refund_until_hours", "event.refund")
	case v.EndsAt().Sub(v.StartsAt()) > longestStay:
		return fault.Field("ends_at", "event.long")
	case !v.DoorsAt().IsZero() && v.DoorsAt().After(v.StartsAt()):
		return fault.Field("doors_at", "event.doors")
	case !leadsOut(v.MapURL()):
		return fault.Field("map_url", "event.link")
	case !leadsOut(v.StreamURL()):
		return fault.Field("stream_url", "event.link")
	case len(v.Speakers()) > mostSpeakers || slices.ContainsFunc(v.Speakers(), func(s Speaker) bool { return s.Name == "" || utf8.RuneCountInString(s.Bio) > 1000 }):
		return fault.Field("speakers", "event.speakers")
	case len(v.Agenda()) > mostLines || slices.ContainsFunc(v.Agenda(), func(i Item) bool { return i.TitleVI == "" || i.At.IsZero() }):
		return fault.Field("agenda", "event.agenda")
	}
	return nil
}

// leadsOut says whether an address is none, or leads into the web and nowhere else.
func leadsOut(address string) bool {
	if address == "" {
		return true
	}
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil
}

// quotaTerms keeps the quotas of an event that is over. Errors: event.over, quota.name.
func quotaTerms(e *core.RecordEvent, _ *core.Record) error {
	q := Quotas.From(e.Record)
	if q.Name() == "" {
		return fault.Field("name", "quota.name")
	}
	return stillWorked(e.App, q.EventID())
}

// stillWorked refuses to change what belongs to an event that is over. Error: event.over.
func stillWorked(app core.App, event string) error {
	v, err := Events.Find(app, event)
	if err == nil && v.over() {
		err = fault.Conflict("event.over")
	}
	return err
}

// questionKey is what the answers to a question stand under.
var questionKey = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

const (
	mostQuestions = 12
	mostOptions   = 30
)

// typeTerms keeps what a ticket that somebody has was promised to be: the days on which it lets in, and the questions that were
// answered. Errors: event.over, ticket_type.window, ticket_type.day, ticket_type.question, ticket_type.days_stay,
// ticket_type.question_stays.
func typeTerms(e *core.RecordEvent, was *core.Record) error {
	y := Types.From(e.Record)
	v, err := Events.Find(e.App, y.EventID())
	switch {
	case err != nil:
		return err
	case v.over():
		return fault.Conflict("event.over")
	case !y.SalesTo().IsZero() && !y.SalesTo().After(y.SalesFrom()):
		return fault.Field("sales_to", "ticket_type.window")
	}
	for _, day := range y.Days() {
		if at, err := time.ParseInLocation(time.DateOnly, day, locale.Zone); err != nil || day < locale.Day(v.StartsAt()) || at.After(v.EndsAt()) {
			return fault.Field("days", "ticket_type.day")
		}
	}
	if !askable(y.Questions()) {
		return fault.Field("questions", "ticket_type.question")
	}
	if was == nil {
		return nil
	}
	old := Types.From(was)
	fewer, other := fewerDays(y.Days(), old.Days()), otherQuestions(y.Questions(), old.Questions())
	if !fewer && !other {
		return nil
	}
	there, err := hasTickets(e.App, y.Id)
	switch {
	case err != nil || !there:
		return err
	case fewer:
		return fault.Field("days", "ticket_type.days_stay")
	}
	return fault.Field("questions", "ticket_type.question_stays")
}

// askable says whether questions can be asked: each has a name of its own and words, and a choice has options.
func askable(all []Question) bool {
	seen := map[string]bool{}
	for _, q := range all {
		choice := q.Type == AskChoice || q.Type == AskMultiple
		switch {
		case !slices.Contains([]string{AskText, AskLong, AskChoice, AskMultiple, AskConsent}, q.Type), !questionKey.MatchString(q.Key), seen[q.Key],
			q.LabelVI == "", utf8.RuneCountInString(q.LabelVI) > 300, choice && (len(q.Options) < 2 || len(q.Options) > mostOptions), slices.Contains(q.Options, ""):
			return false
		}
		seen[q.Key] = true
	}
	return len(all) <= mostQuestions
}

// fewerDays says whether a ticket would let in on fewer days than before; no days are all days.
func fewerDays(now, was []string) bool {
	if len(now) == 0 {
		return false
	}
	return len(was) == 0 || slices.ContainsFunc(was, func(day string) bool { return !slices.Contains(now, day) })
}

// otherQuestions says whether a question that was asked is asked no more, or asks for something else.
func otherQuestions(now, was []Question) bool {
	return slices.ContainsFunc(was, func(q Question) bool {
		return !slices.ContainsFunc(now, func(n Question) bool { return n.Key == q.Key && n.Type == q.Type })
	})
}

// message keeps what was sent as it was sent. Errors: event_message.rooted, event_message.sent, event_message.subject,
// event_message.body.
func message(e *core.RecordEvent, was *core.Record) error {
	m := Messages.From(e.Record)
	if was != nil {
		old := Messages.From(was)
		switch {
		case m.EventID() != old.EventID():
			return fault.Conflict("event_message.rooted")
		case old.Status() != MessageDraft:
			return fault.Conflict("event_message.sent")
		}
	}
	switch {
	case m.SubjectVI() == "":
		return fault.Field("subject_vi", "event_message.subject")
	case m.BodyVI() == "":
		return fault.Field("body_vi", "event_message.body")
	case (m.Status() == MessageSent) != !m.SentAt().IsZero():
		return fault.Conflict("event_message.sent")
	}
	m.refreshKeys()
	return nil
}

// feedback takes one mark of each ticket. Errors: feedback.score, feedback.words, feedback.stays, feedback.rooted.
func feedback(e *core.RecordEvent, was *core.Record) error {
	f := Feedbacks.From(e.Record)
	switch {
	case was != nil:
		return fault.Conflict("feedback.stays")
	case f.Score() < worst || f.Score() > best:
		return fault.Field("score", "feedback.score")
	case utf8.RuneCountInString(f.Words()) > longestWords:
		return fault.Field("words", "feedback.words")
	}
	k, err := Tickets.Find(e.App, f.TicketID())
	if err == nil && k.EventID() != f.EventID() {
		err = fault.Conflict("feedback.rooted")
	}
	return err
}
