package app

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/intake"
	"vuon/internal/judging"
	"vuon/internal/startups"
)

// intakeNeeds are what intakes ask of the rest of the house.
func intakeNeeds() intake.Needs {
	return intake.Needs{
		Enrol: func(tx core.App, e intake.Enrolment) (string, error) {
			return startups.Enrol(tx, e.By, startups.Admission{
				Title: e.Title, Applicant: e.Applicant, Cohort: e.Cohort, Application: e.Application, Startup: e.Startup,
				Sector: e.Sector, Headcount: e.Headcount,
			}, e.Now)
		},
		Belongs: startups.Belongs, Insiders: startups.Insiders, Startups: startups.Of, Teams: startups.Teams, Everybody: startups.Everybody,
		Name: fullName,
	}
}

// judgingNeeds are what judges may know of what they judge. Intakes own rounds today; contests will beside them.
func judgingNeeds() judging.Needs {
	return judging.Needs{Subject: intake.Brief, Related: intake.Related, Over: intake.Over}
}
