package intake

import (
	"fmt"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/judging"
)

// What the judging room asks of whoever owns rounds, as intakes answer it.

// Relations are the reasons why some judges stand too near to some applications: they wrote it, alone or with others; they
// belong to the startup that applies; or they work in one organisation with somebody who does. A pair is named once, by the
// nearest.
func Relations(app core.App, _ string, applications, judges []string) ([]judging.Relation, error) {
	papers, err := papersBehind(app, applications)
	if err != nil || len(papers) == 0 || len(judges) == 0 {
		return nil, err
	}
	wrote, insiders, err := circles(app, papers)
	if err != nil {
		return nil, err
	}
	var people []string
	for _, p := range papers {
		people = append(people, p.Applicant)
		people = append(people, wrote[p.ID]...)
		people = append(people, insiders[p.Startup]...)
	}
	slices.Sort(people)
	colleagues, err := needs(app).Colleagues(app, judges, slices.Compact(people))
	if err != nil {
		return nil, err
	}
	var all []judging.Relation
	for _, p := range papers {
		around := slices.Concat([]string{p.Applicant}, wrote[p.ID], insiders[p.Startup])
		for _, judge := range judges {
			switch {
			case judge == p.Applicant:
				all = append(all, judging.Relation{Judge: judge, Subject: p.ID, Basis: "applicant"})
			case slices.Contains(around, judge):
				all = append(all, judging.Relation{Judge: judge, Subject: p.ID, Basis: "member"})
			case slices.ContainsFunc(around, func(person string) bool { return slices.Contains(colleagues[judge], person) }):
				all = append(all, judging.Relation{Judge: judge, Subject: p.ID, Basis: "organisation"})
			}
		}
	}
	return all, nil
}

// circles are the people around some applications: who writes them with their applicants, and who belongs to their startups.
func circles(app core.App, papers []paperBehind) (wrote, insiders map[string][]string, err error) {
	var ids, startups []string
	for _, p := range papers {
		ids = append(ids, p.ID)
		if p.Startup != "" {
			startups = append(startups, p.Startup)
		}
	}
	if wrote, err = writersAlong(app, ids); err != nil {
		return nil, nil, err
	}
	insiders, err = needs(app).Circles(app, startups...)
	return wrote, insiders, err
}

// Related says why a judge stands too near to an application, or "". Error: record.not_found.
func Related(app core.App, judge, kind, id string) (string, error) {
	if _, err := Applications.Find(app, id); err != nil {
		return "", err
	}
	all, err := Relations(app, kind, []string{id}, []string{judge})
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0].Basis, nil
}

// Entered lists what was handed in to an intake and neither taken back nor ruled out.
func Entered(app core.App, _, id string) ([]string, error) { return enteredIn(app, id) }

// Titles are what applications were called when they were last handed in, by id.
func Titles(app core.App, _ string, applications []string) (map[string]judging.Title, error) {
	papers, err := papersBehind(app, applications)
	titles := map[string]judging.Title{}
	for _, p := range papers {
		titles[p.ID] = judging.Title{Code: p.Code, Title: p.Title}
	}
	return titles, err
}

// Hidden are the applications of an intake that are somebody's own.
func Hidden(app core.App, by access.Actor, _, id string) (map[string]bool, error) {
	hidden := map[string]bool{}
	if !by.Signed() {
		return hidden, nil // the house itself
	}
	r, err := readerOf(app, by)
	if err != nil {
		return nil, err
	}
	own, err := ownIn(app, id, r)
	for _, a := range own {
		hidden[a] = true
	}
	return hidden, err
}

// Ready refuses while what was handed in to an intake may still change. Error: intake.not_closed.
func Ready(app core.App, _, id string) error {
	i, err := Intakes.Find(app, id)
	if err == nil && !i.in(IntakeClosed, IntakeDeciding) {
		return fault.Conflict("intake.not_closed")
	}
	return err
}

// Identity are the words by which somebody could tell whose an application is: its title, and the names of who wrote it.
func Identity(app core.App, _, id string) ([]string, error) {
	papers, err := papersBehind(app, []string{id})
	if err != nil || len(papers) == 0 {
		return nil, err
	}
	wrote, insiders, err := circles(app, papers)
	if err != nil {
		return nil, err
	}
	called, err := names(app, slices.Concat([]string{papers[0].Applicant}, wrote[id], insiders[papers[0].Startup]))
	if err != nil {
		return nil, fmt.Errorf("read who wrote %s: %w", id, err)
	}
	words := []string{papers[0].Title}
	for _, name := range called {
		words = append(words, name)
	}
	return words, nil
}
