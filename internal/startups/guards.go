package startups

import (
	"context"
	"io"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
	"vuon/internal/startups/seal"
	"vuon/internal/vn"
)

// Needs are the facts that this room asks of others. The roof fills them in.
type Needs struct {
	Capacity func(app core.App, cohort string) (int, error)            // places of a cohort
	Path     func(app core.App, cohort string) ([]access.Scope, error) // the scopes over a cohort: itself, its programme
	Cohorts  func(app core.App) ([]Cohort, error)                      // every cohort, the newest first
	Person   func(app core.App, user string) (string, error)           // the name of a person
	PersonAt func(app core.App, mail string) (string, error)           // the person with a mail address; "" is nobody
	Clusters func(app core.App) ([]Cluster, error)                     // the clusters of the programme, in order
	Declare  func(app core.App, unit, on string) error                 // refuses an administrative unit that nobody may declare; "" is any day
	Units    func(app core.App) (*vn.Units, error)                     // the history of administrative units
	Applied  func(app core.App, by access.Actor) ([]Applied, error)    // what came to each intake of a cohort, but for by's own
	Words    func(key string) locale.Pair                              // the words of a code, to search by
	Calendar func(app core.App) (vn.Calendar, error)                   // on which days people work; nil: as the law proposes
	Random   io.Reader                                                 // secrets
	Kind     func(kind string) Judged                                  // what is known of a kind of file
	Sniff    Sniffer                                                   // what the bytes of a file are
	Seals    *seal.Ring                                                // the keys to bank accounts; nil: there are none
}

// calendar is the one by which working days are counted.
func (n Needs) calendar(app core.App) (vn.Calendar, error) {
	if n.Calendar == nil {
		return vn.Calendar{}, nil
	}
	return n.Calendar(app)
}

// Cohort is a cohort as this room shows it.
type Cohort struct {
	ID, Programme string
	Title         locale.Pair
}

// Cluster is a cluster as this room shows it.
type Cluster struct {
	ID     string
	Number int
	Title  locale.Pair
}

const needsKey = "startups.needs"

// Tables are the lives of the room's rows.
func Tables() []lifecycle.Table {
	return []lifecycle.Table{
		StartupLife, EnrolmentLife, RequestLife, AlertLife, RecognitionLife, MilestoneLife, AlumniLife, WorkshopLife, AnnouncementLife, PulseLife,
		SupportLife,
	}
}

// Bind puts the room's laws in place.
func Bind(app core.App, needs Needs) {
	app.Store().Set(needsKey, needs)
	for _, table := range Tables() {
		table.Guard(app)
	}
	for _, g := range []record.Guard{
		{ID: "startups.card", Collection: Startups.Collection, Law: card},
		{ID: "startups.private", Collection: Privates.Collection, Law: privateCard},
		{ID: "startups.people", Collection: Members.Collection, Law: people},
		{ID: "startups.enrolment", Collection: Enrolments.Collection, Law: enrolment},
		{ID: "startups.graduation", Collection: Enrolments.Collection, Law: graduates},
		{ID: "startups.graduation_rules", Collection: Graduations.Collection, Law: graduationAsks},
		{ID: "startups.milestone", Collection: Milestones.Collection, Law: milestone},
		{ID: "startups.alumni", Collection: AlumniReports.Collection, Law: alumniAnswer},
		{ID: "startups.capacity", Collection: Enrolments.Collection, Law: capacity},
		{ID: "startups.kpi", Collection: KPIs.Collection, Law: definition},
		{ID: "startups.template", Collection: Templates.Collection, Law: template},
		{ID: "startups.report", Collection: Requests.Collection, Law: report},
		{ID: "startups.words", Collection: Requests.Collection, Law: words},
		{ID: "startups.reading", Collection: Readings.Collection, Law: reading},
		{ID: "startups.alert", Collection: Alerts.Collection, Law: alert},
		{ID: "startups.document", Collection: Documents.Collection, Law: document},
		{ID: "startups.deal", Collection: Deals.Collection, Law: deal},
		{ID: "startups.equity", Collection: Equities.Collection, Law: equity},
		{ID: "startups.account", Collection: BankAccounts.Collection, Law: account},
		{ID: "startups.recognition", Collection: Recognitions.Collection, Law: recognition},
		{ID: "startups.funding", Collection: Fundings.Collection, Law: funding},
		{ID: "startups.workshop", Collection: Workshops.Collection, Law: workshop},
		{ID: "startups.attendance", Collection: Attendances.Collection, Law: attendance},
		{ID: "startups.pulse", Collection: Pulses.Collection, Law: pulse},
		{ID: "startups.support", Collection: Supports.Collection, Law: support},
		{ID: "startups.announcement", Collection: Announcements.Collection, Law: announcement},
	} {
		g.Bind(app)
	}
	guardLogos(app)
	record.Revised(app, Startups.Collection, Privates.Collection, Members.Collection, Enrolments.Collection, Graduations.Collection,
		KPIs.Collection, Templates.Collection, Requests.Collection, Readings.Collection, Alerts.Collection,
		Documents.Collection, Deals.Collection, Equities.Collection, BankAccounts.Collection, Recognitions.Collection, Milestones.Collection,
		AlumniReports.Collection, Workshops.Collection, Attendances.Collection, Announcements.Collection, Pulses.Collection, Supports.Collection)
}

// asked are the needs as the roof has filled them in.
func asked(app core.App) Needs {
	needs, _ := app.Store().Get(needsKey).(Needs)
	return needs
}

// card keeps a startup's address and refreshes what is searched and sorted by. Only a card that nobody else sees may leave its
// sector and its stage open. Errors: startup.address_stays, startup.headcount, startup.founded, startup.unknown_sector,
// startup.unknown_stage, unit.unknown, unit.ward_only.
func card(e *core.RecordEvent, was *core.Record) error {
	s := Startups.From(e.Record)
	switch {
	case was != nil && !s.sameAddress(Startups.From(was)):
		return fault.Field("slug", "startup.address_stays")
	case s.Headcount() < 0:
		return fault.Field("headcount", "startup.headcount")
	case s.FoundedOn() != "" && endOf(s.FoundedOn()).IsZero():
		return fault.Field("founded_on", "startup.founded")
	case s.Sector() == "" && s.Visibility() != Private:
		return fault.Field("sector", "startup.unknown_sector")
	case s.Stage() == "" && s.Visibility() != Private:
		return fault.Field("stage", "startup.unknown_stage")
	}
	if unit := s.AdminUnit(); unit != "" && (was == nil || unit != Startups.From(was).AdminUnit()) {
		if err := asked(e.App).Declare(e.App, unit, ""); err != nil {
			return err
		}
	}
	var sector locale.Pair
	if s.Sector() != "" {
		sector = asked(e.App).Words("sector." + s.Sector())
	}
	s.refreshKeys(sector)
	return nil
}

// people keeps exactly one primary person and at least one admin in an active startup. Errors: member.rooted,
// member.needs_primary, member.needs_admin, member.primary_admin, member.advisor_admin. (A second primary person is refused by an index.)
func people(e *core.RecordEvent, was *core.Record) error {
	m := Members.From(e.Record)
	if was != nil && !m.sameRoots(Members.From(was)) {
		return fault.Conflict("member.rooted")
	}
	s, err := Startups.Find(e.App, m.StartupID())
	if err != nil || s.Status() != StartupActive || e.Context.Value(handing{}) != nil {
		return err
	}
	team, err := liveMembers(e.App, m.StartupID())
	if err != nil {
		return err
	}
	team = slices.DeleteFunc(team, func(other *Member) bool { return other.Id == m.Id })
	if m.Live() {
		team = append(team, m)
	}
	switch {
	case !slices.ContainsFunc(team, (*Member).Primary):
		return fault.Conflict("member.needs_primary")
	case !slices.ContainsFunc(team, (*Member).Admin):
		return fault.Conflict("member.needs_admin")
	case m.Live() && m.Primary() && !m.Admin():
		return fault.Conflict("member.primary_admin")
	case m.Live() && m.Role() == Advisor && (m.Admin() || m.Primary()):
		return fault.Conflict("member.advisor_admin")
	}
	return nil
}

// handing marks the first of the two saves by which one primary person hands over to another.
type handing struct{}

// enrolment keeps the roots of an enrolment, and what only a verb sets. Error: enrolment.rooted.
func enrolment(e *core.RecordEvent, was *core.Record) error {
	if was == nil {
		return nil
	}
	n, old := Enrolments.From(e.Record), Enrolments.From(was)
	if !n.sameRoots(old) || n.Status() == old.Status() && !n.sameDays(old) {
		return fault.Conflict("enrolment.rooted")
	}
	return nil
}

// capacity refuses one enrolment more than the cohort has places. Error: cohort.full.
func capacity(e *core.RecordEvent, was *core.Record) error {
	if was != nil {
		return nil // no move leads back into a place
	}
	n := Enrolments.From(e.Record)
	places, err := asked(e.App).Capacity(e.App, n.CohortID())
	if err != nil {
		return err
	}
	taken, err := Placed(e.App, n.CohortID())
	if err == nil && taken >= places {
		return fault.Conflict("cohort.full")
	}
	return err
}

// report keeps the roots of a report and its receipt, and refuses to hand in one with an open question. Errors:
// report.rooted, report.incomplete, report.answer_missing.
func report(e *core.RecordEvent, was *core.Record) error {
	if was == nil {
		return nil
	}
	q, old := Requests.From(e.Record), Requests.From(was)
	switch {
	case !q.sameRoots(old), q.Status() == old.Status() && !q.sameReceipt(old):
		return fault.Conflict("report.rooted")
	case q.Status() != RequestSubmitted || old.Status() == RequestSubmitted:
		return nil
	}
	open, err := unanswered(e.App, q)
	if err != nil {
		return err
	}
	missing, err := leftUnsaid(e.App, q)
	if err != nil {
		return err
	}
	for _, k := range open {
		missing = append(missing, fault.Field(k.Key(), "report.incomplete"))
	}
	return fault.Fields(missing...)
}

// reading keeps answers honest: a value only where there is one, only to what was asked, only while the report is being
// filled in. Once it is handed in, an answer changes by Revise alone. Errors: reading.rooted, reading.value_without_state,
// reading.unknown_kpi, reading.too_large, report.closed.
func reading(e *core.RecordEvent, was *core.Record) error {
	r := Readings.From(e.Record)
	if r.RequestID() == "" {
		return imported(e.App, r, was)
	}
	q, err := Requests.Find(e.App, r.RequestID())
	if err != nil {
		return err
	}
	switch {
	case was != nil && !r.sameRoots(Readings.From(was)), r.StartupID() != q.StartupID(), r.Period() != q.Period():
		return fault.Conflict("reading.rooted")
	case r.State() != Given && r.Value() != 0:
		return fault.Field("value", "reading.value_without_state")
	case r.Value() > greatest || r.Value() < -greatest:
		return fault.Field("value", "reading.too_large")
	case !q.Fillable() && e.Context.Value(revising{}) == nil:
		return fault.Conflict("report.closed")
	}
	t, err := Templates.Find(e.App, q.TemplateID())
	if err != nil {
		return err
	}
	if !slices.Contains(t.KPIs(), r.KPIID()) {
		return fault.Field("kpi", "reading.unknown_kpi")
	}
	return nil
}

// revising marks the saves of Revise.
type revising struct{}

func marked(mark any) context.Context { return context.WithValue(context.Background(), mark, true) }

// alert keeps what an alert is about. Error: alert.rooted.
func alert(e *core.RecordEvent, was *core.Record) error {
	if was != nil && !Alerts.From(e.Record).sameRoots(Alerts.From(was)) {
		return fault.Conflict("alert.rooted")
	}
	return nil
}
