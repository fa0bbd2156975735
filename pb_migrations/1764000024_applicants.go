package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Who applies: of what kind the intakes are, the people who write an application together, the links by which they come back
// to it, and what somebody has said of themselves before there is an account.
func init() {
	m.Register(func(app core.App) error {
		intakes, err := found(app, "intakes")
		if err != nil {
			return err
		}
		if err := kindsOfIntakes(app, intakes); err != nil {
			return err
		}
		applications, err := found(app, "applications")
		if err != nil {
			return err
		}

		members := core.NewBaseCollection("application_members")
		members.Fields.Add(
			one("application", applications), &core.EmailField{Name: "email", Required: true}, text("user", 15), text("full_name", 120),
			choice("role", "founder", "member", "advisor"), option("locale", "vi", "en"), words("invited_by", 15), instant("agreed_at"),
			choice("status", "invited", "accepted", "declined", "removed"), rev(),
		)
		dates(members)
		members.AddIndex("application_members_once", true, "application, email", "status != 'declined' AND status != 'removed'")
		members.AddIndex("application_members_user", false, "user, status", "user != ''")
		members.AddIndex("application_members_email", false, "email, status", "")

		links := core.NewBaseCollection("application_links")
		links.Fields.Add(one("application", applications), secret("token_hash", 64), moment("expires_at"), instant("used_at"))
		dates(links)
		links.AddIndex("application_links_token", true, "token_hash", "")
		links.AddIndex("application_links_application", false, "application, expires_at", "")
		links.AddIndex("application_links_expiry", false, "expires_at", "")

		starts := core.NewBaseCollection("application_starts")
		starts.Fields.Add(one("intake", intakes), words("ticket", 15), text("full_name", 120), text("title", 200), moment("expires_at"))
		dates(starts)
		starts.AddIndex("application_starts_ticket", true, "ticket", "")
		starts.AddIndex("application_starts_expiry", false, "expires_at", "")

		for _, c := range []*core.Collection{members, links, starts} {
			if err := app.Save(c); err != nil {
				return err
			}
		}
		return exec(app, `CREATE TRIGGER application_members_moves BEFORE UPDATE OF status ON application_members
			WHEN OLD.status != NEW.status AND (OLD.status || '>' || NEW.status) NOT IN (
				'invited>accepted', 'invited>declined', 'invited>removed', 'accepted>removed')
			BEGIN SELECT RAISE(ABORT, 'no such move'); END`)
	}, nil)
}

// kindsOfIntakes gives intakes a kind. A call for proposals has no cohort, and what it offers leads into none.
func kindsOfIntakes(app core.App, intakes *core.Collection) error {
	programmes, err := found(app, "programmes")
	if err != nil {
		return err
	}
	offers, err := found(app, "offers")
	if err != nil {
		return err
	}
	intakes.Fields.Add(option("kind", "incubation", "pre_incubation", "acceleration", "stem", "training", "vocational", "proposal"))
	for _, c := range []*core.Collection{intakes, offers} {
		cohort, ok := c.Fields.GetByName("cohort").(*core.RelationField)
		if ok {
			cohort.Required = false
		}
	}
	if kind, ok := programmes.Fields.GetByName("kind").(*core.SelectField); ok {
		kind.Values = append(kind.Values, "vocational", "proposal")
	}
	for _, c := range []*core.Collection{programmes, intakes, offers} {
		if err := app.Save(c); err != nil {
			return err
		}
	}
	return exec(app, `UPDATE intakes SET kind = coalesce((SELECT CASE p.kind WHEN 'corporate' THEN 'acceleration' ELSE p.kind END
		FROM programmes p WHERE p.id = intakes.programme), 'incubation')`)
}
