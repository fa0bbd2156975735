package intake

import (
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
				told = workersOf(app, a.IntakeID())
			}
			told.Users = []string{a.ApplicantID()}
			return told
		},
		Screenings.Collection: func(app core.App, row *core.Record) access.Audience {
			return workersOf(app, Screenings.From(row).IntakeID())
		},
		Decisions.Collection: func(app core.App, row *core.Record) access.Audience {
			return workersOf(app, Decisions.From(row).IntakeID())
		},
		Offers.Collection: func(app core.App, row *core.Record) access.Audience {
			a, err := Applications.Find(app, Offers.From(row).ApplicationID())
			if err != nil {
				app.Logger().Warn("nobody is told of an offer", "offer", row.Id, "error", err)
				return access.Audience{}
			}
			told := workersOf(app, a.IntakeID())
			told.Users = []string{a.ApplicantID()}
			return told
		},
	}
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
