package app

import (
	"slices"

	"vuon/internal/intake"
	"vuon/internal/judging"
	"vuon/internal/startups"
)

// HookTopics are what other systems may be told of, as the journal names it: every move of these lives. What is decided and
// not yet out, who judges whom, and what concerns a person alone are not among them; a new life is told to nobody until it
// stands here.
func HookTopics() []string {
	told := []string{
		intake.Programmes.Collection, intake.Cohorts.Collection, intake.Intakes.Collection, intake.Applications.Collection, intake.Offers.Collection,
		judging.Rounds.Collection,
		startups.Startups.Collection, startups.Enrolments.Collection, startups.Requests.Collection, startups.Alerts.Collection,
	}
	var all []string
	for _, table := range Tables() {
		for _, m := range table.Moves {
			if slices.Contains(told, table.Collection) && !slices.Contains(all, m.Notice) {
				all = append(all, m.Notice)
			}
		}
	}
	return all
}
