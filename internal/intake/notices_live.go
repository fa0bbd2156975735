package intake

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
)

// Audiences say who may know that a row of the room has changed. Of cards, decisions and what is judged an applicant is
// told nothing.
func Audiences() map[string]func(core.App, *core.Record) access.Audience {
	return map[string]func(core.App, *core.Record) access.Audience{
		Intakes.Collection: func(_ core.App, row *core.Record) access.Audience {
			return workers(Intakes.From(row))
		},
		Applications.Collection: func(app core.App, row *core.Record) access.Audience {
			a := Applications.From(row)
			told := access.Audience{}
			if a.SubmitNo() > 0 {
				told = behind(app, a)
			}
			return withApplicant(app, told, a)
		},
		Screenings.Collection: func(app core.App, row *core.Record) access.Audience {
			return behindOf(app, Screenings.From(row).ApplicationID())
		},
		Decisions.Collection: func(app core.App, row *core.Record) access.Audience {
			return behindOf(app, Decisions.From(row).ApplicationID())
		},
		Amendments.Collection: func(app core.App, row *core.Record) access.Audience {
			return behindOf(app, Amendments.From(row).ApplicationID())
		},
		Appeals.Collection: func(app core.App, row *core.Record) access.Audience {
			p := Appeals.From(row)
			a, err := Applications.Find(app, p.ApplicationID())
			if err != nil {
				app.Logger().Warn("nobody is told of an appeal", "appeal", row.Id, "error", err)
				return access.Audience{}
			}
			told := withApplicant(app, behind(app, a), a)
			told.Users = append(told.Users, p.Panel()...)
			return told
		},
		Waitlists.Collection: func(app core.App, row *core.Record) access.Audience {
			return workersOf(app, Waitlists.From(row).IntakeID())
		},
		Members.Collection: func(app core.App, row *core.Record) access.Audience {
			return ownOf(app, Members.From(row).ApplicationID())
		},
		Interviews.Collection: func(app core.App, row *core.Record) access.Audience {
			a, err := Applications.Find(app, Interviews.From(row).ApplicationID())
			if err != nil {
				app.Logger().Warn("nobody is told of an interview", "interview", row.Id, "error", err)
				return access.Audience{}
			}
			return withApplicant(app, behind(app, a), a)
		},
		Offers.Collection: func(app core.App, row *core.Record) access.Audience {
			a, err := Applications.Find(app, Offers.From(row).ApplicationID())
			if err != nil {
				app.Logger().Warn("nobody is told of an offer", "offer", row.Id, "error", err)
				return access.Audience{}
			}
			return withApplicant(app, behind(app, a), a)
		},
	}
}

// withApplicant adds the applicant, and whoever writes with them, to who hears of what an applicant may know.
func withApplicant(app core.App, told access.Audience, a *Application) access.Audience {
	told.Users = []string{a.ApplicantID()}
	if writers, err := writersOf(app, a.Id); err == nil {
		told.Users = append(told.Users, writers...)
	}
	told.Never = slices.DeleteFunc(told.Never, func(who string) bool { return slices.Contains(told.Users, who) })
	return told
}

// ownOf is who applies, and nobody else.
func ownOf(app core.App, application string) access.Audience {
	a, err := Applications.Find(app, application)
	if err != nil {
		app.Logger().Warn("nobody is told of who writes an application", "application", application, "error", err)
		return access.Audience{}
	}
	return withApplicant(app, access.Audience{}, a)
}

// behind is who may know what goes on behind an application: those who work over its intake, and of them nobody who wrote it
// or belongs to the startup that applies. Where that cannot be told, nobody.
func behind(app core.App, a *Application) access.Audience {
	near, err := writersOf(app, a.Id)
	if err != nil {
		app.Logger().Warn("nobody is told of a change behind an application", "application", a.Id, "error", err)
		return access.Audience{}
	}
	never := append([]string{a.ApplicantID()}, near...)
	if a.StartupID() != "" {
		team, err := needs(app).Insiders(app, a.StartupID())
		if err != nil {
			app.Logger().Warn("nobody is told of a change behind an application", "application", a.Id, "error", err)
			return access.Audience{}
		}
		never = append(never, team...)
	}
	told := workersOf(app, a.IntakeID())
	told.Never = never
	return told
}

func behindOf(app core.App, application string) access.Audience {
	a, err := Applications.Find(app, application)
	if err != nil {
		app.Logger().Warn("nobody is told of a change behind an application", "application", application, "error", err)
		return access.Audience{}
	}
	return behind(app, a)
}

func workers(i *Intake) access.Audience {
	return access.Audience{Roles: []access.Role{access.Staff, access.Manager}, Path: i.Path()}
}

func workersOf(app core.App, intake string) access.Audience {
	i, err := Intakes.Find(app, intake)
	if err != nil {
		if fault.Code(err) != "record.not_found" {
			app.Logger().Warn("nobody is told of a change in an intake", "intake", intake, "error", err)
		}
		return access.Audience{}
	}
	return workers(i)
}
