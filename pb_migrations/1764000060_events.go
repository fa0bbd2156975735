package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What the house invites people to, one by one and in series.
func init() {
	m.Register(func(app core.App) error {
		series := core.NewBaseCollection("event_series")
		series.Fields.Add(
			slug(), words("title_vi", 200), text("title_en", 200), text("summary_vi", 500), text("summary_en", 500), rev(),
		)
		dates(series)
		series.AddIndex("event_series_slug", true, "slug", "")
		if err := app.Save(series); err != nil {
			return err
		}
		clusters, err := found(app, "clusters")
		if err != nil {
			return err
		}
		events := core.NewBaseCollection("events")
		events.Fields.Add(
			slug(), words("title_vi", 200), text("title_en", 200), text("summary_vi", 500), text("summary_en", 500),
			text("body_vi", 20000), text("body_en", 20000), text("search_key", 1000), perhaps("series", series), perhaps("cluster", clusters),
			choice("mode", "onsite", "online", "hybrid"), text("venue", 200), text("address", 300), text("map_url", 1000), secret("stream_url", 1000),
			moment("starts_at"), moment("ends_at"), instant("doors_at"), data("agenda", 100), data("speakers", 100), text("contact", 300),
			whole("refund_until_hours"), whole("vat_rate"), whole("per_email_limit"), flag("attendees_named"),
			instant("published_at"), instant("cancelled_at"), text("cancel_reason", 1000), text("made_by", 80),
			choice("status", "draft", "published", "cancelled", "closed"), rev(),
		)
		dates(events)
		events.AddIndex("events_slug", true, "slug", "")
		events.AddIndex("events_time", false, "status, starts_at, id", "")
		events.AddIndex("events_list", false, "starts_at, id", "")
		events.AddIndex("events_series", false, "series, starts_at", "")
		if err := app.Save(events); err != nil {
			return err
		}
		return exec(app,
			`CREATE TRIGGER events_moves BEFORE UPDATE OF status ON events
			 WHEN OLD.status != NEW.status AND (OLD.status || '>' || NEW.status) NOT IN (
				'draft>published', 'draft>cancelled', 'published>cancelled', 'published>closed')
			 BEGIN SELECT RAISE(ABORT, 'no such move'); END`,
			`CREATE TRIGGER events_never_go BEFORE DELETE ON events WHEN OLD.status != 'draft'
			 BEGIN SELECT RAISE(ABORT, 'an event that was shown stays'); END`,
		)
	}, nil)
}

// slug is the last part of an address of the web.
func slug() core.Field {
	return &core.TextField{Name: "slug", Required: true, Max: 80, Pattern: `^[a-z0-9]+(-[a-z0-9]+)*$`}
}

// perhaps points at one row of c, or at none.
func perhaps(name string, c *core.Collection) core.Field {
	return &core.RelationField{Name: name, CollectionId: c.Id, MaxSelect: 1}
}
