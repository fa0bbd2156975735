package app

import (
	"io"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/clusters"
	"vuon/internal/intake"
	"vuon/internal/intake/sniff"
	"vuon/internal/locale"
	"vuon/internal/site"
	"vuon/internal/startups"
	"vuon/internal/startups/seal"
)

// startupNeeds are what startups ask of the rest of the house.
func startupNeeds(deps Deps, words *locale.Dictionary, ring *seal.Ring) startups.Needs {
	return startups.Needs{
		Capacity: func(app core.App, cohort string) (int, error) {
			c, err := cohortByID(app, cohort)
			return c.Capacity, err
		},
		Path: func(app core.App, cohort string) ([]access.Scope, error) {
			c, err := cohortByID(app, cohort)
			return []access.Scope{{Type: access.Cohort, ID: cohort}, {Type: access.Programme, ID: c.Programme}}, err
		},
		Cohorts:  cohortTitles,
		Person:   fullName,
		PersonAt: userAt,
		Clusters: func(app core.App) ([]startups.Cluster, error) {
			list, err := clusters.Twelve(app)
			some := make([]startups.Cluster, 0, len(list))
			for _, c := range list {
				some = append(some, startups.Cluster{ID: c.Id, Number: c.Number(), Title: c.Title()})
			}
			return some, err
		},
		Applied: func(app core.App, by access.Actor) ([]startups.Applied, error) {
			list, err := intake.Arrivals(app, by)
			some := make([]startups.Applied, 0, len(list))
			for _, a := range list {
				some = append(some, startups.Applied(a))
			}
			return some, err
		},
		Words: func(key string) locale.Pair {
			return locale.Pair{VI: words.Text(locale.Vietnamese, key), EN: words.Text(locale.English, key)}
		},
		Calendar: site.CalendarOf,
		Declare:  site.MayDeclare,
		Units:    site.UnitsOf,
		Random:   deps.Random,
		Kind:     kindOf,
		Sniff: func(r io.ReaderAt, size int64) (startups.Judged, error) {
			kind, err := sniff.Look(r, size, sniff.Families())
			if err != nil {
				return startups.Judged{}, err
			}
			return kindOf(string(kind)), nil
		},
		Seals: ring,
	}
}

// kindOf is what the house knows of a kind of file.
func kindOf(kind string) startups.Judged {
	k := sniff.Kind(kind)
	return startups.Judged{Kind: kind, MIME: k.MIME(), Ending: k.Ext(), Shown: k.Shown()}
}
