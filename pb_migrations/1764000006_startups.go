package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Startups, who works in them, their time in a cohort, and what they report.
func init() {
	m.Register(func(app core.App) error {
		users, err := found(app, "users")
		if err != nil {
			return err
		}
		clusters, err := found(app, "clusters")
		if err != nil {
			return err
		}

		startups := core.NewBaseCollection("startups")
		startups.Fields.Add(
			&core.TextField{Name: "slug", Required: true, Max: 80, Pattern: `^[a-z0-9]+(-[a-z0-9]+)*$`},
			words("name", 200), text("search_key", 600), text("sort_key", 400), text("one_liner_vi", 200), text("one_liner_en", 200),
			text("story_vi", 6000), text("story_en", 6000), picture("logo", false),
			choice("sector", "agriculture", "manufacturing", "logistics", "energy", "education", "health", "safety", "circular", "software", "services"),
			choice("stage", "idea", "prototype", "mvp", "revenue", "growth"), day("founded_on"), text("area", 120),
			&core.URLField{Name: "website"}, many("clusters", clusters, 12), whole("headcount"),
			choice("visibility", "private", "ecosystem", "investors", "public"), flag("sample"),
			choice("status", "active", "dormant", "closed", "acquired", "merged", "ipo"), rev(),
		)
		dates(startups)
		startups.AddIndex("startups_slug", true, "slug", "")
		startups.AddIndex("startups_directory", false, "visibility, sort_key, id", "")
		startups.AddIndex("startups_list", false, "sort_key, id", "")
		if err := app.Save(startups); err != nil {
			return err
		}

		private := core.NewBaseCollection("startup_private")
		private.Fields.Add(
			one("startup", startups), text("legal_name", 200), text("legal_form", 60), text("tax_code", 14), text("reg_no", 40),
			text("address", 300), text("phone", 20), text("notes", 4000), rev(),
		)
		dates(private)
		private.AddIndex("startup_private_startup", true, "startup", "")
		private.AddIndex("startup_private_tax_code", true, "tax_code", "tax_code != ''")

		members := core.NewBaseCollection("startup_members")
		members.Fields.Add(
			one("startup", startups), one("user", users), choice("role", "founder", "member", "advisor"), text("title", 120),
			flag("is_admin"), flag("is_primary"), day("joined_on"), day("left_on"), rev(),
		)
		dates(members)
		members.AddIndex("startup_members_live", true, "startup, user", "left_on = ''")
		members.AddIndex("startup_members_primary", true, "startup", "is_primary = 1 AND left_on = ''")
		members.AddIndex("startup_members_user", false, "user, left_on", "")

		enrolments := core.NewBaseCollection("enrolments")
		enrolments.Fields.Add(
			one("startup", startups), words("cohort", 15), text("application", 15), day("joined_on"), day("left_on"), text("exit_reason", 1000),
			choice("status", "invited", "active", "on_leave", "graduated", "withdrawn", "terminated"), rev(),
		)
		dates(enrolments)
		enrolments.AddIndex("enrolments_once", true, "startup, cohort", "")
		enrolments.AddIndex("enrolments_cohort", false, "cohort, status", "")

		for _, c := range []*core.Collection{private, members, enrolments} {
			if err := app.Save(c); err != nil {
				return err
			}
		}
		if err := reporting(app, startups, enrolments); err != nil {
			return err
		}
		return exec(app,
			`CREATE TRIGGER enrolments_moves BEFORE UPDATE OF status ON enrolments
			 WHEN OLD.status != NEW.status AND (OLD.status || '>' || NEW.status) NOT IN (
				'invited>active', 'invited>withdrawn', 'invited>terminated', 'active>on_leave', 'on_leave>active', 'active>graduated',
				'active>withdrawn', 'active>terminated', 'on_leave>withdrawn', 'on_leave>terminated')
			 BEGIN SELECT RAISE(ABORT, 'no such move'); END`,
			`CREATE TRIGGER report_requests_moves BEFORE UPDATE OF status ON report_requests
			 WHEN OLD.status != NEW.status AND (OLD.status || '>' || NEW.status) NOT IN (
				'scheduled>open', 'scheduled>waived', 'open>submitted', 'open>missed', 'open>waived', 'missed>submitted', 'missed>waived',
				'submitted>returned', 'submitted>accepted', 'returned>submitted')
			 BEGIN SELECT RAISE(ABORT, 'no such move'); END`,
		)
	}, nil)
}

// reporting holds what is asked of startups, what they answered, and what was noticed.
func reporting(app core.App, startups, enrolments *core.Collection) error {
	kpis := core.NewBaseCollection("kpis")
	kpis.Fields.Add(
		words("key", 40), words("label_vi", 120), text("label_en", 120), text("help_vi", 400), text("help_en", 400),
		choice("unit", "count", "vnd", "percent"), choice("direction", "higher", "lower", "none"), choice("agg", "sum", "last"),
		whole("position"), choice("sensitivity", "public_aggregate", "staff", "private"),
	)
	kpis.AddIndex("kpis_key", true, "key", "")
	if err := app.Save(kpis); err != nil {
		return err
	}

	templates := core.NewBaseCollection("report_templates")
	templates.Fields.Add(
		words("code", 40), words("title_vi", 200), text("title_en", 200), choice("period", "baseline", "month"), many("kpis", kpis, 30),
		whole("due_day"), whole("grace_days"), flag("active"), rev(),
	)
	dates(templates)
	templates.AddIndex("report_templates_code", true, "code", "")
	if err := app.Save(templates); err != nil {
		return err
	}

	requests := core.NewBaseCollection("report_requests")
	requests.Fields.Add(
		one("startup", startups), one("enrolment", enrolments), one("template", templates), period(),
		moment("opens_at"), day("due_on"), secret("token_hash", 64), instant("token_expires"),
		instant("submitted_at"), text("submitted_by", 80), flag("late"), text("returned_because", 2000),
		choice("status", "scheduled", "open", "submitted", "returned", "accepted", "missed", "waived"), rev(),
	)
	dates(requests)
	requests.AddIndex("report_requests_once", true, "startup, template, period_key", "")
	requests.AddIndex("report_requests_due", false, "status, due_on", "")
	requests.AddIndex("report_requests_list", false, "due_on, id", "")
	requests.AddIndex("report_requests_period", false, "period_key, status", "")
	requests.AddIndex("report_requests_token", true, "token_hash", "token_hash != ''")
	if err := app.Save(requests); err != nil {
		return err
	}

	readings := core.NewBaseCollection("kpi_readings")
	readings.Fields.Add(
		one("request", requests), one("startup", startups), one("kpi", kpis), period(),
		choice("state", "value", "not_reported", "na", "refused"), whole("value"), text("comment", 1000),
		choice("source", "self", "staff", "import", "link"), choice("grade", "self", "documented", "verified"), rev(),
	)
	dates(readings)
	readings.AddIndex("kpi_readings_once", true, "request, kpi", "")
	readings.AddIndex("kpi_readings_period", false, "kpi, period_key, state", "")
	readings.AddIndex("kpi_readings_startup", false, "startup, kpi, period_key", "")

	revisions := core.NewBaseCollection("report_revisions")
	revisions.Fields.Add(one("request", requests), whole("number"), data("readings", 100), moment("at"), text("by", 80), text("reason", 1000))
	revisions.AddIndex("report_revisions_number", true, "request, number", "")

	alerts := core.NewBaseCollection("alerts")
	alerts.Fields.Add(
		one("startup", startups), choice("rule", "report_missing", "reports_missing_twice"), period(),
		choice("severity", "amber", "red"), data("explain", 20), text("owner", 15), instant("acked_at"), text("resolution", 2000),
		choice("status", "open", "acked", "resolved", "muted"), rev(),
	)
	dates(alerts)
	alerts.AddIndex("alerts_once", true, "startup, rule, period_key", "")
	alerts.AddIndex("alerts_status", false, "status, severity", "")

	for _, c := range []*core.Collection{readings, revisions, alerts} {
		if err := app.Save(c); err != nil {
			return err
		}
	}
	return appendOnly(app, "report_revisions")
}
