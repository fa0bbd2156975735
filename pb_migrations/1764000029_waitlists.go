package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Who waits for a place, in which order, until when; and a second offer for whoever is admitted a second time.
func init() {
	m.Register(func(app core.App) error {
		intakes, err := found(app, "intakes")
		if err != nil {
			return err
		}
		intakes.Fields.Add(flag("waitlist_auto"), day("waitlist_until"), whole("appeal_days"))
		offers, err := found(app, "offers")
		if err != nil {
			return err
		}
		offers.Fields.Add(whole("number"))
		offers.RemoveIndex("offers_application")
		if err := app.Save(intakes); err != nil {
			return err
		}
		if err := app.Save(offers); err != nil {
			return err
		}
		waitlists := core.NewBaseCollection("waitlists")
		waitlists.Fields.Add(one("intake", intakes), data("places", 200), rev())
		dates(waitlists)
		waitlists.AddIndex("waitlists_intake", true, "intake", "")
		if err := app.Save(waitlists); err != nil {
			return err
		}
		if err := exec(app,
			`UPDATE intakes SET waitlist_auto = TRUE`,
			`UPDATE offers SET number = 1`,
			`INSERT INTO waitlists (id, intake, places, rev, created, updated)
			 SELECT substr(lower(hex(randomblob(8))), 1, 15), d.intake, json_group_array(d.application ORDER BY d.rank, d.id), 1,
				strftime('%Y-%m-%d %H:%M:%fZ'), strftime('%Y-%m-%d %H:%M:%fZ')
			 FROM decisions d JOIN applications a ON a.id = d.application
			 WHERE d.outcome = 'waitlisted' AND a.status IN ('in_review', 'waitlisted') GROUP BY d.intake`,
		); err != nil {
			return err
		}
		offers.AddIndex("offers_number", true, "application, number", "")
		offers.AddIndex("offers_standing", true, "application", "status = 'sent' OR status = 'accepted'")
		return app.Save(offers)
	}, nil)
}
