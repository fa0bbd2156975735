package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What a startup keeps with the centre and shows to few: its papers, what it seeks from investors, who owns it, and where money
// is sent to. The bytes of a paper lie in the storage under the name in file, which is no field of PocketBase's; payload is
// encrypted with a key that is not in the database.
func init() {
	m.Register(func(app core.App) error {
		startups, err := found(app, "startups")
		if err != nil {
			return err
		}
		users, err := found(app, "users")
		if err != nil {
			return err
		}

		papers := core.NewBaseCollection("startup_documents")
		papers.Fields.Add(
			one("startup", startups), choice("class", "deck", "registration", "certificate", "contract", "finance", "evidence", "other"),
			choice("readers", "admins", "team", "centre"), words("name", 200),
			choice("kind", "pdf", "png", "jpeg", "webp", "docx", "xlsx", "pptx"), whole("size"), words("sha256", 64), words("file", 80),
			text("uploaded_by", 80), moment("at"), instant("removed_at"), text("removed_by", 80), rev(),
		)
		papers.AddIndex("startup_documents_of", false, "startup, removed_at", "")
		papers.AddIndex("startup_documents_file", true, "file", "")
		if err := app.Save(papers); err != nil {
			return err
		}

		deal := core.NewBaseCollection("startup_deal")
		deal.Fields.Add(
			one("startup", startups), flag("raising"), option("round", "grant", "pre_seed", "seed", "bridge", "series_a", "series_b", "other"),
			whole("target_vnd"), whole("min_ticket_vnd"), text("summary", 4000), paper("deck", papers),
			choice("audience", "none", "selected", "verified_investors"), many("selected", users, 100),
			instant("opted_in_at"), text("opted_in_by", 80), rev(),
		)
		dates(deal)
		deal.AddIndex("startup_deal_startup", true, "startup", "")
		deal.AddIndex("startup_deal_shown", false, "audience, startup", "")

		equity := core.NewBaseCollection("startup_equity")
		equity.Fields.Add(
			one("startup", startups), &core.TextField{Name: "as_of", Required: true, Pattern: `^\d{4}-\d{2}-\d{2}$`},
			&core.JSONField{Name: "holders", MaxSize: 40 << 10, Hidden: true}, text("by", 80), moment("at"), rev(),
		)
		equity.AddIndex("startup_equity_once", true, "startup, as_of", "")

		accounts := core.NewBaseCollection("bank_accounts")
		accounts.Fields.Add(
			one("startup", startups), choice("purpose", "seed", "grant", "refund", "other"), secret("payload", 4000), text("sealed_with", 16),
			text("by", 80), moment("at"), instant("removed_at"), text("removed_by", 80), rev(),
		)
		accounts.AddIndex("bank_accounts_once", true, "startup, purpose", "removed_at = ''")

		for _, c := range []*core.Collection{deal, equity, accounts} {
			if err := app.Save(c); err != nil {
				return err
			}
		}
		return exec(app,
			`CREATE TRIGGER startup_documents_stay BEFORE UPDATE ON startup_documents
			 WHEN OLD.removed_at != '' OR OLD.startup != NEW.startup OR OLD.kind != NEW.kind OR OLD.size != NEW.size
				OR OLD.sha256 != NEW.sha256 OR OLD.file != NEW.file OR OLD.uploaded_by != NEW.uploaded_by OR OLD.at != NEW.at
			 BEGIN SELECT RAISE(ABORT, 'a paper stays what it was'); END`,
			`CREATE TRIGGER startup_documents_never_go BEFORE DELETE ON startup_documents
			 BEGIN SELECT RAISE(ABORT, 'the row of a paper stays'); END`,
			`CREATE TRIGGER startup_deal_asked BEFORE UPDATE ON startup_deal
			 WHEN (NEW.audience = 'none') != (NEW.opted_in_at = '') OR NEW.startup != OLD.startup
			 BEGIN SELECT RAISE(ABORT, 'nobody is shown what nobody agreed to show'); END`,
			`CREATE TRIGGER bank_accounts_stay BEFORE UPDATE ON bank_accounts
			 WHEN OLD.removed_at != '' OR OLD.startup != NEW.startup OR (NEW.removed_at != '') != (NEW.payload = '')
			 BEGIN SELECT RAISE(ABORT, 'an account that was taken away stays away, without its number'); END`,
		)
	}, nil)
}

// paper points at one file of a startup, or at none.
func paper(name string, papers *core.Collection) core.Field {
	return &core.RelationField{Name: name, CollectionId: papers.Id, MaxSelect: 1}
}
