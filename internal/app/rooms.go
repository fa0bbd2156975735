package app

import (
	"fmt"
	"maps"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/clusters"
	"vuon/internal/events"
	"vuon/internal/intake"
	"vuon/internal/judging"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/notice"
	"vuon/internal/notify"
	"vuon/internal/payment"
	"vuon/internal/people"
	"vuon/internal/record"
	"vuon/internal/site"
	"vuon/internal/startups"
	"vuon/internal/startups/seal"
	"vuon/internal/web"
)

// The shapes in which a room hands over what it has.
type (
	handler  = func(*core.RequestEvent) error
	duty     = func(core.App, access.Actor, time.Time) ([]notice.Duty, error)
	audience = func(core.App, *core.Record) access.Audience
)

// bindRooms puts every room's laws in place and gives each the facts it asks of the others.
func bindRooms(app core.App, cfg Config, deps Deps, words *locale.Dictionary, ring *seal.Ring) {
	record.Legible(app)
	people.Bind(app, peopleNeeds(cfg, deps))
	judging.Bind(app, judgingNeeds())
	intake.Bind(app, intakeNeeds(deps))
	startups.Bind(app, startupNeeds(deps, words, ring))
	clusters.Bind(app)
	events.Bind(app, eventNeeds(cfg, deps))
	payment.Bind(app, paymentNeeds(), deps.Gateways)
	site.Bind(app, siteNeeds())
}

// Tables lists every life in the house, in the order a reader meets them.
func Tables() []lifecycle.Table {
	return flat(people.Tables(), intake.Tables(), judging.Tables(), startups.Tables(), events.Tables(), payment.Tables(), notify.Tables())
}

// Routes are all routes of the house by pattern. Two rooms cannot claim one pattern: net/http refuses to start.
func Routes() map[string]func(*core.RequestEvent) error {
	return signedFirst(merged(people.Routes(), intake.Routes(), judging.Routes(), startups.Routes(), clusters.Routes(), events.Routes(), payment.Routes(), notify.Routes(),
		site.Routes(), web.Routes(), ownRoutes()))
}

// Audits are what must be true of every database.
func Audits() []lifecycle.Audit {
	return flat(people.Audits(), intake.Audits(), judging.Audits(), startups.Audits(), events.Audits(), payment.Audits(), notify.Audits(), site.Audits(), ownAudits())
}

// inspections are what must be true of every house and SQL cannot see.
func inspections() []lifecycle.Inspection { return flat(intake.Inspections(), startups.Inspections()) }

// Notices are all rules of what people are told.
func Notices() []notice.Rule {
	return flat(people.Notices(), intake.Notices(), judging.Notices(), startups.Notices(), events.Notices(), payment.Notices(), notify.Notices(), ownNotices())
}

// jobs are all jobs of the house by crontab line.
func jobs() map[string]func(core.App, time.Time) error {
	return merged(people.Jobs(), intake.Jobs(), judging.Jobs(), startups.Jobs(), events.Jobs(), payment.Jobs(), notify.Jobs(), ownJobs())
}

// secretLink asks the owner of a secret link to make it.
func secretLink(app core.App, s notice.Secret, now time.Time) (string, error) {
	makers := map[string]func(core.App, string, time.Time) (string, error){
		"invitation": people.OpenInvitation, "report": startups.LinkFor, "alumni": startups.AlumniLinkFor, "application": intake.LinkFor,
		"order": events.OrderLinkFor, "ticket": events.TicketLinkFor,
	}
	make, ok := makers[s.Kind]
	if !ok {
		return "", fmt.Errorf("nobody makes links of the kind %q", s.Kind)
	}
	return make(app, s.ID, now)
}

// duties are what a person can do today, room by room.
func duties() []duty {
	return []duty{intake.Duties, judging.Duties, startups.Duties, events.Duties, payment.Duties, people.Duties}
}

// audiences say who may know that a row has changed, by collection.
func audiences() map[string]audience {
	return merged(people.Audiences(), intake.Audiences(), judging.Audiences(), startups.Audiences(), events.Audiences(), payment.Audiences(), notify.Audiences())
}

func flat[T any](lists ...[]T) []T {
	var all []T
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

func merged[V any](rooms ...map[string]V) map[string]V {
	all := map[string]V{}
	for _, room := range rooms {
		maps.Copy(all, room)
	}
	return all
}
