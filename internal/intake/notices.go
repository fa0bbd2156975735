package intake

import (
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/notice"
)

// Notices are what the room has people told. None of them tells an outcome: whoever wants to know signs in.
func Notices() []notice.Rule {
	return []notice.Rule{
		{Key: "application_received", Class: notice.Transactional, Due: onMove("app-recv", "application.submit", "applications.resubmit", "application.answer")},
		{Key: "application_asked", Class: notice.Transactional, Due: onMove("app-ask", "application.ask")},
		{Key: "application_news", Class: notice.Transactional, Due: onMove("app-news", "application.rule_out", "application.restore", "application.close_waitlist", "application.promote")},
		{Key: "decision_released", Class: notice.Transactional, Due: onMove("decision", "application.admit", "application.reject", "application.waitlist")},
		{Key: "intake_extended", Class: notice.Transactional, Due: extended},
		{Key: "application_draft", Class: notice.Reminder, Due: remindDrafts},
		{Key: "offer_expiring", Class: notice.Reminder, Due: remindOffers},
		{Key: "decision_late", Class: notice.Reminder, Due: remindManagers},
	}
}

// recent is how long after a move people are still told of it, should the house have been away.
const recent = 72 * time.Hour

// onMove tells applicants what has happened to their applications.
func onMove(dedup string, moves ...string) func(core.App, time.Time) ([]notice.Due, error) {
	return func(tx core.App, now time.Time) ([]notice.Due, error) {
		var due []notice.Due
		for _, move := range moves {
			rows, err := lifecycle.Since(tx, move, now.Add(-recent))
			if err != nil {
				return nil, err
			}
			for _, r := range rows {
				a, err := Applications.Find(tx, r.Subject())
				if err != nil {
					return nil, err
				}
				one, err := toApplicant(tx, a, dedup+":"+a.Id+":"+strconv.Itoa(r.Seq()))
				if err != nil {
					return nil, err
				}
				due = append(due, one)
			}
		}
		return due, nil
	}
}

// toApplicant is a notice about an application to whoever wrote it.
func toApplicant(tx core.App, a *Application, dedup string) (notice.Due, error) {
	i, err := Intakes.Find(tx, a.IntakeID())
	if err != nil {
		return notice.Due{}, err
	}
	args := map[string]string{"receipt": a.Code(), "title_vi": i.TitleVI(), "title_en": i.TitleEN()}
	if at := a.AnswerBy(); !at.IsZero() {
		args["until"] = at.UTC().Format(time.RFC3339)
	}
	return notice.Due{Dedup: dedup, User: a.ApplicantID(), Args: args, Link: paperAt(a.Id), Mail: true}, nil
}

func paperAt(application string) string { return "/app/applications/" + application }

// extended tells everybody who is writing or has handed in that the deadline has moved.
func extended(tx core.App, now time.Time) ([]notice.Due, error) {
	rows, err := lifecycle.Since(tx, "intakes.extend", now.Add(-recent))
	if err != nil {
		return nil, err
	}
	var due []notice.Due
	for _, r := range rows {
		var what struct {
			ClosesAt    time.Time `json:"closes_at"`
			Application string    `json:"application"`
		}
		if err := r.Detail(&what); err != nil {
			return nil, err
		}
		some, err := applicationsIn(tx, r.Subject(), ApplicationDraft, ApplicationSubmitted, ApplicationNeedsInfo)
		if err != nil {
			return nil, err
		}
		for _, a := range some {
			if what.Application != "" && what.Application != a.Id {
				continue
			}
			life, err := lifecycle.Told(tx, Applications.Collection, a.Id)
			if err != nil {
				return nil, err
			}
			if len(life) > 0 && life[0].Seq() > r.Seq() {
				continue // whoever began later knows no other deadline
			}
			one, err := toApplicant(tx, a, "call-ext:"+strconv.Itoa(r.Seq())+":"+a.ApplicantID())
			if err != nil {
				return nil, err
			}
			one.Args["until"] = what.ClosesAt.UTC().Format(time.RFC3339)
			due = append(due, one)
		}
	}
	return due, nil
}

// remindDrafts tells applicants seven days, three days and a day before the deadline that a draft is not handed in.
func remindDrafts(tx core.App, now time.Time) ([]notice.Due, error) {
	drafts, err := draftsToFinish(tx)
	if err != nil {
		return nil, err
	}
	var due []notice.Due
	for _, a := range drafts {
		until, err := deadline(tx, a.IntakeID(), a.Id)
		if err != nil {
			return nil, err
		}
		day, near := reminder(until, now, 1, 3, 7)
		if !near {
			continue
		}
		one, err := toApplicant(tx, a, "app-draft:"+a.Id+":"+strconv.Itoa(day))
		if err != nil {
			return nil, err
		}
		one.Args["until"] = until.UTC().Format(time.RFC3339)
		due = append(due, one)
	}
	return due, nil
}

// reminder names the last of the days before an end that has come, the nearest to the end first. One that was held up goes
// out as long as the next is not due.
func reminder(end, now time.Time, days ...int) (int, bool) {
	if !now.Before(end) {
		return 0, false
	}
	for _, day := range days {
		if end.Sub(now) <= time.Duration(day)*24*time.Hour {
			return day, true
		}
	}
	return 0, false
}

// remindOffers tells applicants three days and a day before an offer runs out that it waits.
func remindOffers(tx core.App, now time.Time) ([]notice.Due, error) {
	standing, err := offersStanding(tx)
	if err != nil {
		return nil, err
	}
	var due []notice.Due
	for _, o := range standing {
		day, near := reminder(o.ExpiresAt(), now, 1, 3)
		if !near {
			continue
		}
		a, err := Applications.Find(tx, o.ApplicationID())
		if err != nil {
			return nil, err
		}
		one, err := toApplicant(tx, a, "offer:"+o.Id+":"+strconv.Itoa(day))
		if err != nil {
			return nil, err
		}
		one.Args["until"] = o.ExpiresAt().Add(-time.Second).Format(time.RFC3339) // the last day, not the first instant after it
		due = append(due, one)
	}
	return due, nil
}

// remindManagers tells the managers of an intake once a week that its applicants were promised an answer by now.
func remindManagers(tx core.App, now time.Time) ([]notice.Due, error) {
	late, err := decisionsLate(tx, now)
	if err != nil {
		return nil, err
	}
	year, week := now.In(locale.Zone).ISOWeek()
	var due []notice.Due
	for _, i := range late {
		managers, err := access.Holders(tx, access.Manager, now, i.Path()...)
		if err != nil {
			return nil, err
		}
		for _, who := range managers {
			due = append(due, notice.Due{
				Dedup: "dec-late:" + i.Id + ":" + who + ":" + strconv.Itoa(year) + "-" + strconv.Itoa(week), User: who, Mail: true,
				Args: map[string]string{"title_vi": i.TitleVI(), "title_en": i.TitleEN(), "until": i.DecisionDue()}, Link: "/app/intakes/" + i.Id,
			})
		}
	}
	return due, nil
}

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
