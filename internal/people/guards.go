package people

import (
	"fmt"
	"io"
	"regexp"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// Needs are the facts and services that this room asks of others. The roof fills them in.
type Needs struct {
	// Random is where codes and tokens come from.
	Random io.Reader
	// PublicURL is where people reach the house, without a slash at the end; links at the terminal begin with it.
	PublicURL func(app core.App) string
	// SendCode mails a one-time code for a Purpose, at once and beside the answer, with a link to where it is entered if there
	// is a page for that. It must keep the code nowhere.
	SendCode func(app core.App, purpose, to string, lang locale.Lang, code, link string, now time.Time) error
	// Trust is the provider of identities by which people may sign in. Without it nobody does.
	Trust Trust
	// Place tells what a scope is called and where it lies. Without it scopes have no titles and lie in themselves.
	Place func(app core.App, over access.Scope) (Place, error)
	// Startups are the memberships of a person, for their account page.
	Startups func(app core.App, user string) ([]Startup, error)
	// Declare refuses an administrative unit that nobody may declare on a day; "" is any day.
	Declare func(app core.App, unit, on string) error
	// Calendar tells on which days people work. Without it they follow what the law proposes.
	Calendar func(app core.App) (vn.Calendar, error)
}

// Place is what a scope is called, and the scopes it lies in, itself first: an intake, its cohort, its programme.
type Place struct {
	Title locale.Pair
	Path  []access.Scope
}

// Startup is one membership of one person, as their account page shows it.
type Startup struct {
	ID    string `json:"id"`
	Slug  string `json:"slug"`
	Name  string `json:"name"`
	Role  string `json:"role"`
	Admin bool   `json:"is_admin"`
}

const needsKey = "people.needs"

// needs returns what the roof has handed over.
func needs(app core.App) Needs {
	n, _ := app.Store().Get(needsKey).(Needs)
	return n
}

// Tables are the lives of the room's rows.
func Tables() []lifecycle.Table {
	return []lifecycle.Table{UserLife, OrgMemberLife, InvitationLife, DataRequestLife}
}

// Bind puts the room's laws in place.
func Bind(app core.App, needs Needs) {
	app.Store().Set(needsKey, needs)
	app.Store().Set(turnstileKey, make(turnstile, hashesAtOnce))
	for _, table := range Tables() {
		table.Guard(app)
	}
	before := func() *hook.Handler[*core.RecordEvent] { // for every writer: one form of what people are found by
		return &hook.Handler[*core.RecordEvent]{Id: "people.tidy", Priority: -1, Func: tidy}
	}
	app.OnRecordCreate(Users.Collection, Orgs.Collection).Bind(before())
	app.OnRecordUpdate(Users.Collection, Orgs.Collection).Bind(before())
	record.Guard{ID: "people.user", Collection: Users.Collection, Law: lawOfUsers}.Bind(app)
	record.Guard{ID: "people.grant", Collection: access.RoleGrants.Collection, Law: lawOfGrants}.Bind(app)
	record.Guard{ID: "people.org", Collection: Orgs.Collection, Law: lawOfOrgs}.Bind(app)
	record.Guard{ID: "people.org_member", Collection: OrgMembers.Collection, Law: lawOfOrgMembers}.Bind(app)
	record.Guard{ID: "people.invitation", Collection: Invitations.Collection, Law: lawOfInvitations}.Bind(app)
	record.Guard{ID: "people.identity", Collection: Identities.Collection, Law: lawOfIdentities}.Bind(app)
	record.Guard{ID: "people.consent", Collection: Consents.Collection, Law: lawOfConsents}.Bind(app)
	record.Guard{ID: "people.data_request", Collection: DataRequests.Collection, Law: lawOfDataRequests}.Bind(app)
	app.OnRecordDelete(Users.Collection, access.RoleGrants.Collection, Invitations.Collection, DataRequests.Collection).
		Bind(&hook.Handler[*core.RecordEvent]{
			Id: "people.stays", Priority: 9999, // against every writer: people are erased, grants and requests end
			Func: func(*core.RecordEvent) error { return fault.Conflict("people.stays") },
		})
	record.Revised(app, Users.Collection, Orgs.Collection, OrgMembers.Collection, Invitations.Collection, DataRequests.Collection)
	bindSignIn(app)
}

func tidy(e *core.RecordEvent) error {
	switch e.Record.Collection().Name {
	case Users.Collection:
		Users.From(e.Record).tidy()
	case Orgs.Collection:
		Orgs.From(e.Record).tidy()
	}
	return e.Next()
}

// phones are what people write as a telephone number: digits, with a plus and separators if they like.
var phones = regexp.MustCompile(`^(\+?[0-9][0-9 .()-]{5,18})?$`)

// lawOfUsers refuses what is no telephone number, and every change of somebody who is erased.
// Errors: account.phone, user.erased.
func lawOfUsers(e *core.RecordEvent, was *core.Record) error {
	u := Users.From(e.Record)
	switch {
	case !phones.MatchString(u.Phone()):
		return fault.Field("phone", "account.phone")
	case was != nil && Users.From(was).Status() == UserErased:
		return fault.Conflict("user.erased")
	}
	return nil
}

// lawOfGrants lets a grant begin and be revoked, and nothing else. It is given to somebody whose account is open, over the
// whole house or over a row of another kind. Errors: grant.scope, grant.not_active, grant.final.
func lawOfGrants(e *core.RecordEvent, was *core.Record) error {
	g := access.RoleGrants.From(e.Record)
	if was != nil {
		old := access.RoleGrants.From(was)
		if !g.SameAs(old) || !old.Revoked().IsZero() && !g.Revoked().Equal(old.Revoked()) {
			return fault.Conflict("grant.final")
		}
		return nil
	}
	if (g.Scope().Type == access.Global) != (g.Scope().ID == "") {
		return fault.Field("scope", "grant.scope")
	}
	u, err := Users.Find(e.App, g.UserID())
	if err != nil {
		return fmt.Errorf("grant a role: %w", err)
	}
	if u.Status() != UserActive {
		return fault.Conflict("grant.not_active")
	}
	return nil
}

// lawOfOrgs refuses a tax code whose check digit is wrong, and to declare what is no ward. Errors: org.tax_code, unit.unknown,
// unit.ward_only.
func lawOfOrgs(e *core.RecordEvent, was *core.Record) error {
	o := Orgs.From(e.Record)
	if code := o.taxCode(); code != "" && !vn.ValidTaxCode(code) {
		return fault.Field("tax_code", "org.tax_code")
	}
	if was != nil && Orgs.From(was).adminUnit() == o.adminUnit() {
		return nil
	}
	return declares(e.App, o, "")
}

// declares refuses an organisation that declares a unit which nobody may declare on a day.
func declares(app core.App, o *Org, on string) error {
	ask := needs(app).Declare
	if o.adminUnit() == "" || ask == nil {
		return nil
	}
	return ask(app, o.adminUnit(), on)
}

// lawOfOrgMembers keeps a membership with its person and its organisation. Error: record.rooted.
func lawOfOrgMembers(e *core.RecordEvent, was *core.Record) error {
	if was != nil && !OrgMembers.From(e.Record).sameRoots(OrgMembers.From(was)) {
		return fault.Conflict("record.rooted")
	}
	return nil
}

// lawOfInvitations keeps what was offered to whom. Errors: grant.scope, record.rooted.
func lawOfInvitations(e *core.RecordEvent, was *core.Record) error {
	i := Invitations.From(e.Record)
	switch {
	case (i.Scope().Type == access.Global) != (i.Scope().ID == ""):
		return fault.Field("scope", "grant.scope")
	case was != nil && !i.sameOffer(Invitations.From(was)):
		return fault.Conflict("record.rooted")
	}
	return nil
}

// lawOfConsents lets a consent be withdrawn, once, and nothing else. Error: consent.final.
func lawOfConsents(e *core.RecordEvent, was *core.Record) error {
	if was == nil {
		return nil
	}
	c, old := Consents.From(e.Record), Consents.From(was)
	if !c.sameProof(old) || !old.Withdrawn().IsZero() && !c.Withdrawn().Equal(old.Withdrawn()) {
		return fault.Conflict("consent.final")
	}
	return nil
}

// lawOfIdentities keeps whose an identity is: it is linked anew, never handed on. Error: record.rooted.
func lawOfIdentities(e *core.RecordEvent, was *core.Record) error {
	if was != nil && !Identities.From(e.Record).sameRoots(Identities.From(was)) {
		return fault.Conflict("record.rooted")
	}
	return nil
}

// lawOfDataRequests keeps what was asked and until when it must be answered. Error: record.rooted.
func lawOfDataRequests(e *core.RecordEvent, was *core.Record) error {
	if was != nil && !DataRequests.From(e.Record).sameQuestion(DataRequests.From(was)) {
		return fault.Conflict("record.rooted")
	}
	return nil
}

// Audiences say who may know that a row of the room has changed.
func Audiences() map[string]func(core.App, *core.Record) access.Audience {
	officers := []access.Role{access.Privacy}
	keepers := []access.Role{access.Staff, access.Manager}
	return map[string]func(core.App, *core.Record) access.Audience{
		Users.Collection: func(_ core.App, r *core.Record) access.Audience {
			return access.Audience{Users: []string{r.Id}, Roles: keepers}
		},
		access.RoleGrants.Collection: func(_ core.App, r *core.Record) access.Audience {
			return access.Audience{Users: []string{access.RoleGrants.From(r).UserID()}, Roles: keepers}
		},
		Identities.Collection: func(_ core.App, r *core.Record) access.Audience {
			return access.Audience{Users: []string{Identities.From(r).UserID()}}
		},
		Invitations.Collection: func(_ core.App, r *core.Record) access.Audience {
			i := Invitations.From(r)
			return access.Audience{Users: []string{i.InvitedBy()}, Roles: keepers, Path: []access.Scope{i.Scope()}}
		},
		DataRequests.Collection: func(_ core.App, r *core.Record) access.Audience {
			return access.Audience{Users: []string{DataRequests.From(r).UserID()}, Roles: officers}
		},
		Orgs.Collection: func(core.App, *core.Record) access.Audience { return access.Audience{Roles: keepers} },
	}
}
