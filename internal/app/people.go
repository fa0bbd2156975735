package app

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/locale"
	"vuon/internal/notify"
	"vuon/internal/people"
	"vuon/internal/site"
)

// peopleNeeds are what people ask of the rest of the house.
func peopleNeeds(cfg Config, deps Deps) people.Needs {
	return people.Needs{
		Random:    deps.Random,
		PublicURL: func(app core.App) string { return publicURL(app, cfg) },
		SendCode: func(app core.App, purpose, to string, lang locale.Lang, code, link string, now time.Time) error {
			return notify.SendCodeTo(app, purpose, notify.Reader{Address: to, Lang: lang}, code, link, now)
		},
		Trust:    cfg.Identity.trust(),
		Place:    placeOf,
		Startups: membershipsOf,
		Calendar: site.CalendarOf,
		Declare:  site.MayDeclare,
	}
}

// above says, for each kind of scope that lies in another, which column names the other and of what kind it is. A round
// is not here: what owns it is written in the row.
var above = map[access.ScopeType]map[string]access.ScopeType{
	access.Intake: {"cohort": access.Cohort, "programme": access.Programme},
	access.Cohort: {"programme": access.Programme},
}

// placeOf tells what a scope is called, and the scopes it lies in. Error: record.not_found for a row that is not there, and
// for kinds of which the house has none yet.
func placeOf(app core.App, over access.Scope) (people.Place, error) {
	table, known := map[access.ScopeType]string{
		access.Programme: "programmes", access.Cohort: "cohorts", access.Intake: "intakes", access.Round: "rounds",
		access.Organisation: "orgs", access.Cluster: "clusters",
	}[over.Type]
	if !known {
		return people.Place{}, fault.NotFound("record.not_found")
	}
	row, err := scopeRow(app, table, over.ID)
	if err != nil {
		return people.Place{}, err
	}
	place := people.Place{Title: row.title(), Path: []access.Scope{over}}
	if over.Type == access.Round && row["owner_type"].String == string(access.Intake) {
		owner, err := placeOf(app, access.Scope{Type: access.Intake, ID: row["owner"].String})
		place.Path = append(place.Path, owner.Path...)
		return place, err
	}
	for column, kind := range above[over.Type] {
		if row[column].String == "" {
			continue // a call for proposals has no cohort
		}
		place.Path = append(place.Path, access.Scope{Type: kind, ID: row[column].String})
	}
	return place, nil
}
