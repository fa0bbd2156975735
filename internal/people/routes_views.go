package people

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// What the routes show. Times are RFC 3339 in UTC, "" where there is none.
type (
	grantView struct {
		ID      string       `json:"id"`
		Role    access.Role  `json:"role"`
		Scope   access.Scope `json:"scope"`
		TitleVi string       `json:"title_vi"`
		TitleEn string       `json:"title_en"`
		Expires string       `json:"expires_at"`
		Reason  string       `json:"reason,omitempty"`
	}
	signInView struct {
		At     string `json:"at"`
		Method string `json:"method"`
		Agent  string `json:"agent"`
	}
	consentView struct {
		Purpose   string `json:"purpose"`
		Version   string `json:"policy_version"`
		Given     string `json:"given_at"`
		Withdrawn string `json:"withdrawn_at"`
	}
	requestView struct {
		ID       string          `json:"id"`
		User     string          `json:"user"`
		Name     string          `json:"full_name,omitempty"`
		Email    string          `json:"email,omitempty"`
		Kind     string          `json:"kind"`
		Note     string          `json:"note"`
		Answer   string          `json:"answer"`
		Status   lifecycle.State `json:"status"`
		Received string          `json:"received_at"`
		AckDue   string          `json:"ack_due"`
		Due      string          `json:"due"`
		Late     bool            `json:"late"`
		Rev      int             `json:"rev"`
	}
	personView struct {
		ID       string          `json:"id"`
		FullName string          `json:"full_name"`
		Email    string          `json:"email"`
		Status   lifecycle.State `json:"status"`
		Grants   []grantView     `json:"grants"`
	}
	accountView struct {
		personView
		Phone       string           `json:"phone"`
		Locale      string           `json:"locale"`
		Rev         int              `json:"rev"`
		HasPassword bool             `json:"has_password"`
		Startups    []Startup        `json:"startups"`
		SignIns     []signInView     `json:"sign_ins"`
		Consents    []consentView    `json:"consents"`
		Requests    []requestView    `json:"requests"`
		Invitations []invitationView `json:"invitations"`
		Identities  []identityView   `json:"identities"`
		Provider    *providerView    `json:"provider"` // null where nobody signs in by one
	}
	identityView struct {
		ID     string `json:"id"`
		Linked string `json:"linked_at"`
		Last   string `json:"last_at"`
		Here   bool   `json:"here"` // of the provider by which people sign in today
	}
	providerView struct {
		NameVi string `json:"name_vi"`
		NameEn string `json:"name_en"`
	}
	invitationView struct {
		ID        string          `json:"id"`
		Email     string          `json:"email"`
		FullName  string          `json:"full_name"`
		Role      access.Role     `json:"role"`
		Scope     access.Scope    `json:"scope"`
		TitleVi   string          `json:"title_vi"`
		TitleEn   string          `json:"title_en"`
		Status    lifecycle.State `json:"status"`
		InvitedBy string          `json:"invited_by"`
		Expires   string          `json:"expires_at"`
		Over      bool            `json:"expired"`
		Rev       int             `json:"rev"`
	}
	orgView struct {
		ID string `json:"id"`
		Card
		Rev int `json:"rev"`
	}
)

// shownSignIns is how many of their latest sign-ins people see.
const shownSignIns = 20

// accountOf is everything that the house shows somebody of themselves.
func accountOf(app core.App, by access.Actor, now time.Time) (view accountView, err error) {
	u, err := Users.Find(app, by.ID)
	if err != nil {
		return view, err
	}
	view = accountView{Phone: u.Phone(), Locale: string(u.Lang()), Rev: record.Rev(u), Startups: []Startup{}}
	if view.personView, err = viewOfPerson(app, u, now); err != nil {
		return view, err
	}
	if view.HasPassword, err = noted(app, u.Id, "password_set"); err != nil {
		return view, err
	}
	if ask := needs(app).Startups; ask != nil {
		if view.Startups, err = ask(app, u.Id); err != nil {
			return view, err
		}
	}
	return view, view.fill(app, u, now)
}

func (v *accountView) fill(app core.App, u *User, now time.Time) error {
	entries, err := signIns(app, u.Id, shownSignIns)
	if err != nil {
		return err
	}
	v.SignIns = make([]signInView, len(entries))
	for i, e := range entries {
		var s SignedIn
		if err := e.Detail(&s); err != nil {
			return err
		}
		v.SignIns[i] = signInView{At: when(e.At()), Method: s.Method, Agent: s.Agent}
	}
	consents, err := consentsOf(app, u.Id)
	if err != nil {
		return err
	}
	v.Consents = make([]consentView, len(consents))
	for i, c := range consents {
		v.Consents[i] = consentView{c.Purpose(), c.PolicyVersion(), when(c.Given()), when(c.Withdrawn())}
	}
	requests, err := dataRequestsOf(app, u.Id)
	if err != nil {
		return err
	}
	v.Requests = make([]requestView, len(requests))
	for i, r := range requests {
		v.Requests[i] = viewOfRequest(r)
	}
	if err := v.fillIdentities(app, u); err != nil {
		return err
	}
	sent, err := invitationsTo(app, u.Email())
	v.Invitations = []invitationView{}
	for _, i := range sent {
		if i.OpenAt(now) && err == nil {
			var view invitationView
			view, err = viewOfInvitation(app, i, now)
			v.Invitations = append(v.Invitations, view)
		}
	}
	return err
}

func (v *accountView) fillIdentities(app core.App, u *User) error {
	trust := needs(app).Trust
	if trust.Provider != nil {
		v.Provider = &providerView{trust.Name.VI, trust.Name.EN}
	}
	mine, err := identitiesOf(app, u.Id)
	v.Identities = make([]identityView, len(mine))
	for n, i := range mine {
		here := trust.Provider != nil && trust.Provider.Issuer() == i.Issuer()
		v.Identities[n] = identityView{ID: i.Id, Linked: when(i.Linked()), Last: when(i.Last()), Here: here}
	}
	return err
}

// viewOfPerson shows a person with the roles they hold at now.
func viewOfPerson(app core.App, u *User, now time.Time) (personView, error) {
	views, err := viewsOfPeople(app, []*User{u}, now)
	if err != nil {
		return personView{}, err
	}
	return views[0], nil
}

// viewsOfPeople shows many, with as many questions to the database as there are scopes.
func viewsOfPeople(app core.App, people []*User, now time.Time) ([]personView, error) {
	views, ids, at := make([]personView, len(people)), make([]string, len(people)), map[string]int{}
	for i, u := range people {
		views[i] = personView{ID: u.Id, FullName: u.FullName(), Email: u.Email(), Status: u.Status(), Grants: []grantView{}}
		ids[i], at[u.Id] = u.Id, i
	}
	grants, err := unrevoked(app, ids...)
	if err != nil {
		return nil, err
	}
	titles := map[access.Scope]locale.Pair{}
	for _, g := range grants {
		if !g.LiveAt(now) {
			continue
		}
		title, known := titles[g.Scope()]
		if !known {
			if title, err = titleOf(app, g.Scope()); err != nil {
				return nil, err
			}
			titles[g.Scope()] = title
		}
		v := &views[at[g.UserID()]]
		v.Grants = append(v.Grants, shownGrant(g, title))
	}
	return views, nil
}

func viewOfGrant(app core.App, g *access.RoleGrant) (grantView, error) {
	title, err := titleOf(app, g.Scope())
	return shownGrant(g, title), err
}

func shownGrant(g *access.RoleGrant, title locale.Pair) grantView {
	return grantView{
		ID: g.Id, Role: g.Role(), Scope: g.Scope(), TitleVi: title.VI, TitleEn: title.EN, Expires: when(g.Expires()), Reason: g.Reason(),
	}
}

func viewOfInvitation(app core.App, i *Invitation, now time.Time) (invitationView, error) {
	title, err := titleOf(app, i.Scope())
	return invitationView{
		ID: i.Id, Email: i.Email(), FullName: i.FullName(), Role: i.Role(), Scope: i.Scope(), TitleVi: title.VI, TitleEn: title.EN,
		Status: i.Status(), InvitedBy: i.InvitedBy(), Expires: when(i.Expires()), Over: i.Status() == InvitationSent && !i.OpenAt(now),
		Rev: record.Rev(i),
	}, err
}

func viewOfRequest(r *DataRequest) requestView {
	return requestView{
		ID: r.Id, User: r.UserID(), Kind: r.Kind(), Note: r.Words(), Answer: r.Answer(), Status: r.Status(),
		Received: when(r.Received()), AckDue: when(r.AckDue()), Due: when(r.Due()), Rev: record.Rev(r),
	}
}

func viewOfOrg(_ core.App, o *Org) (orgView, error) {
	return orgView{ID: o.Id, Card: o.Card(), Rev: record.Rev(o)}, nil
}
