package startups

import (
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
)

// Audiences say who may know that a row of the room has changed: the startup's people, and whoever works over its cohorts.
func Audiences() map[string]func(core.App, *core.Record) access.Audience {
	of := func(startup func(*core.Record) string) func(core.App, *core.Record) access.Audience {
		return func(app core.App, row *core.Record) access.Audience { return audience(app, startup(row)) }
	}
	return map[string]func(core.App, *core.Record) access.Audience{
		Startups.Collection:      of(func(row *core.Record) string { return row.Id }),
		Members.Collection:       of(func(row *core.Record) string { return Members.From(row).StartupID() }),
		Enrolments.Collection:    of(func(row *core.Record) string { return Enrolments.From(row).StartupID() }),
		Requests.Collection:      of(func(row *core.Record) string { return Requests.From(row).StartupID() }),
		Recognitions.Collection:  of(func(row *core.Record) string { return Recognitions.From(row).StartupID() }),
		Milestones.Collection:    of(func(row *core.Record) string { return Milestones.From(row).StartupID() }),
		AlumniReports.Collection: of(func(row *core.Record) string { return AlumniReports.From(row).StartupID() }),
		Fundings.Collection:      of(func(row *core.Record) string { return Fundings.From(row).StartupID() }),
		Deals.Collection:         dealAudience,
		Documents.Collection:     documentAudience,
		Equities.Collection: func(app core.App, row *core.Record) access.Audience {
			return purseAudience(app, Equities.From(row).StartupID())
		},
		BankAccounts.Collection: func(app core.App, row *core.Record) access.Audience {
			return purseAudience(app, BankAccounts.From(row).StartupID())
		},
		Graduations.Collection: func(app core.App, row *core.Record) access.Audience {
			path, err := asked(app).Path(app, Graduations.From(row).CohortID())
			if err != nil {
				app.Logger().Error("nobody is told of a change", "cohort", Graduations.From(row).CohortID(), "error", err)
			}
			return access.Audience{Roles: keepers, Path: path}
		},
		Workshops.Collection: func(app core.App, row *core.Record) access.Audience {
			return cohortAudience(app, Workshops.From(row).CohortID(), true)
		},
		Attendances.Collection: of(func(row *core.Record) string { return Attendances.From(row).StartupID() }),
		Pulses.Collection: func(app core.App, row *core.Record) access.Audience {
			return cohortAudience(app, Pulses.From(row).CohortID(), Pulses.From(row).Status() != PulseDraft)
		},
		Supports.Collection: func(app core.App, row *core.Record) access.Audience {
			a := audience(app, Supports.From(row).StartupID())
			if s := Supports.From(row).Status(); s == SupportProposed || s == SupportRefused {
				a.Users = nil // what nobody has confirmed is the centre's own thought
			}
			return a
		},
		Announcements.Collection: func(app core.App, row *core.Record) access.Audience {
			return cohortAudience(app, Announcements.From(row).CohortID(), Announcements.From(row).Status() == AnnouncementSent)
		},
		Alerts.Collection: func(app core.App, row *core.Record) access.Audience {
			a := audience(app, Alerts.From(row).StartupID())
			if !Alerts.From(row).Shared() {
				a.Users = nil // a startup does not hear what the house notices about it, until somebody tells it
			}
			return a
		},
	}
}

func audience(app core.App, startup string) access.Audience {
	team, errTeam := liveMembers(app, startup)
	path, errPath := pathOf(app, startup)
	if errTeam != nil || errPath != nil {
		app.Logger().Error("nobody is told of a change", "startup", startup, "team", errTeam, "path", errPath)
		return access.Audience{}
	}
	a := access.Audience{Roles: keepers, Path: path}
	for _, m := range team {
		a.Users = append(a.Users, m.UserID())
	}
	return a
}

// dealAudience may know that a deal has changed: the startup's people, the centre, and investors while all of them may read it.
// Those who were named are not told: who of them still holds the role only their next question can say.
func dealAudience(app core.App, row *core.Record) access.Audience {
	d := Deals.From(row)
	a := audience(app, d.StartupID())
	if d.Audience() == Verified && d.Raising() {
		a.Roles = append(slices.Clone(a.Roles), access.Investor)
	}
	return a
}

// documentAudience may know that a paper has changed: who may read it.
func documentAudience(app core.App, row *core.Record) access.Audience {
	d := Documents.From(row)
	switch d.Readers() {
	case ForAdmins:
		return access.Audience{Users: adminsOf(app, d.StartupID())}
	case ForTeam:
		return access.Audience{Users: audience(app, d.StartupID()).Users}
	case ForCentre:
	}
	return audience(app, d.StartupID())
}

// purseAudience may know of who owns a startup and where its money goes.
func purseAudience(app core.App, startup string) access.Audience {
	path, err := pathOf(app, startup)
	if err != nil {
		app.Logger().Error("nobody is told of a change", "startup", startup, "error", err)
		return access.Audience{}
	}
	return access.Audience{Users: adminsOf(app, startup), Roles: purse, Path: path}
}

// adminsOf are a startup's admins, or nobody where they cannot be read.
func adminsOf(app core.App, startup string) []string {
	all, err := Members.All(app, dbx.HashExp{"startup": startup, "left_on": "", "is_admin": true})
	if err != nil {
		app.Logger().Error("nobody is told of a change", "startup", startup, "error", err)
	}
	var ids []string
	for _, m := range all {
		ids = append(ids, m.UserID())
	}
	return ids
}

// cohortAudience are who looks after a cohort, and with all its people too.
func cohortAudience(app core.App, cohort string, all bool) access.Audience {
	path, err := asked(app).Path(app, cohort)
	var users []string
	if err == nil && all {
		users, err = classOf(app, cohort)
	}
	if err != nil {
		app.Logger().Error("nobody is told of a change", "cohort", cohort, "error", err)
		return access.Audience{}
	}
	return access.Audience{Roles: keepers, Path: path, Users: users}
}
