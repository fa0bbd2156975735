package app

import (
	"context"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/intake"
	"vuon/internal/judging"
	"vuon/internal/locale"
	"vuon/internal/people"
	"vuon/internal/startups"
	"vuon/internal/web"
)

// intakeNeeds are what intakes ask of the rest of the house.
func intakeNeeds(deps Deps) intake.Needs {
	return intake.Needs{
		Random: deps.Random,
		AskCode: func(app core.App, email string, lang locale.Lang, path func(string) string, now time.Time) (string, error) {
			return people.AskCodeFor(app, "apply", email, lang, func(id string) string { return web.Path(lang, path(id)) }, now)
		},
		Enter: func(ctx context.Context, app core.App, ticket, digits, name string, lang locale.Lang, now time.Time) (string, error) {
			u, err := people.EnterThrottled(ctx, app, ticket, digits, people.Newcomer{FullName: name, Locale: lang}, now)
			if err != nil {
				return "", err
			}
			return u.Id, nil
		},
		SignIn: people.SignInByLink,
		Enrol: func(tx core.App, e intake.Enrolment) (string, error) {
			return startups.Enrol(tx, e.By, startups.Admission{
				Title: e.Title, Applicant: e.Applicant, Cohort: e.Cohort, Application: e.Application, Startup: e.Startup,
				Sector: e.Sector, Headcount: e.Headcount, Together: together(e.Members),
			}, e.Now)
		},
		Record: startups.Known, Learn: startups.Learn,
		Compare: func(app core.App, by access.Actor, startup string, said map[string]any) ([]intake.Difference, int, error) {
			some, rev, err := startups.Compare(app, by, startup, said)
			all := make([]intake.Difference, 0, len(some))
			for _, d := range some {
				all = append(all, intake.Difference(d))
			}
			return all, rev, err
		},
		Circles: startups.Circles, Colleagues: people.Colleagues,
		Belongs: startups.Belongs, Insiders: startups.Insiders, Startups: startups.Of, Teams: startups.Teams, Everybody: startups.Everybody,
		Enrolled: startups.Placed,
		Name:     fullName, Email: mailOf,
	}
}

// together are the people who wrote an application with its applicant, as a startup takes them in.
func together(some []intake.Joining) []startups.Newcomer {
	var all []startups.Newcomer
	for _, m := range some {
		all = append(all, startups.Newcomer{User: m.User, Role: startups.MemberRole(m.Role)})
	}
	return all
}

// judgingNeeds are what judges may know of what they judge. Intakes own rounds today; contests will beside them.
func judgingNeeds() judging.Needs {
	return judging.Needs{
		Subject: intake.Brief, Related: intake.Related, Over: intake.Over, Relations: intake.Relations, Entered: intake.Entered,
		Titles: intake.Titles, Hidden: intake.Hidden, Ready: intake.Ready, Identity: intake.Identity,
	}
}
