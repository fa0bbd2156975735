package startups

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/locale"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// Listing is all that everybody may read of a startup. Public pages read through it and through nothing else: a new column
// of a card stays unseen until somebody writes it here.
type Listing struct {
	ID         string `db:"id"`
	Slug       string `db:"slug"`
	Name       string `db:"name"`
	OneLinerVI string `db:"one_liner_vi"`
	OneLinerEN string `db:"one_liner_en"`
	StoryVI    string `db:"story_vi"`
	StoryEN    string `db:"story_en"`
	Logo       string `db:"logo"`
	Sector     string `db:"sector"`
	Stage      string `db:"stage"`
	FoundedOn  string `db:"founded_on"`
	Area       string `db:"area"`
	Website    string `db:"website"`
	Clusters   string `db:"clusters"` // a JSON list of ids
	Headcount  int64  `db:"headcount"`
	Sample     bool   `db:"sample"`
	Updated    string `db:"updated"`
}

const (
	listingColumns = `s.id, s.slug, s.name, s.one_liner_vi, s.one_liner_en, s.story_vi, s.story_en, s.logo, s.sector, s.stage,
		s.founded_on, s.area, s.website, s.clusters, s.headcount, s.sample, s.updated`
	listed = "s.visibility = 'public' AND s.status != 'closed'"
)

// The filters of the directory, each true where nothing is asked. Every word of a search must stand somewhere in the key.
const (
	wordsFit    = "NOT EXISTS (SELECT 1 FROM json_each({:words}) w WHERE instr(s.search_key, w.value) = 0)"
	sectorFits  = "({:sectors} = '[]' OR s.sector IN (SELECT value FROM json_each({:sectors})))"
	stageFits   = "({:stages} = '[]' OR s.stage IN (SELECT value FROM json_each({:stages})))"
	clusterFits = "({:clusters} = '[]' OR EXISTS (SELECT 1 FROM json_each(s.clusters) has WHERE has.value IN (SELECT value FROM json_each({:clusters}))))"
	unitFits    = "({:units} = '[]' OR s.admin_unit IN (SELECT value FROM json_each({:units})))"
)

// wish is what a reader of the directory asks for.
type wish struct {
	text                      string
	sectors, stages, clusters []string
	units                     []string // administrative units, with what they were and what they became
}

func (w wish) params() dbx.Params {
	return dbx.Params{
		"words": record.InJSON(strings.Fields(vn.Fold(w.text))), "sectors": record.InJSON(w.sectors), "stages": record.InJSON(w.stages), "clusters": record.InJSON(w.clusters),
		"units": record.InJSON(w.units),
	}
}

// directoryPage is how many startups a page of the directory shows.
const directoryPage = 24

// directory lists the startups that fit, by their Vietnamese names, after the one with a slug; one row more than a page tells
// that there is another. An unknown slug begins at the beginning.
func directory(ctx context.Context, app core.App, w wish, after string) ([]Listing, error) {
	params := w.params()
	params["after"], params["limit"] = after, directoryPage+1
	var rows []Listing
	err := app.DB().NewQuery(`SELECT ` + listingColumns + ` FROM startups s
		WHERE ` + listed + ` AND ` + wordsFit + ` AND ` + sectorFits + ` AND ` + stageFits + ` AND ` + clusterFits + ` AND ` + unitFits + `
			AND (s.sort_key, s.id) > (coalesce((SELECT s.sort_key FROM startups s WHERE s.slug = {:after} AND ` + listed + `), ''),
				coalesce((SELECT s.id FROM startups s WHERE s.slug = {:after} AND ` + listed + `), ''))
		ORDER BY s.sort_key, s.id LIMIT {:limit}`).WithContext(ctx).Bind(params).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list the directory: %w", err)
	}
	return rows, nil
}

// tally is one value of a facet: how many startups have it and fit everything else that is asked.
type tally struct {
	Value string `db:"value"`
	N     int64  `db:"n"`
}

// tallied are the values of each facet.
type tallied struct{ sectors, stages, clusters, units []tally }

// tallies counts the values of the facets over all listed startups; a value that nobody has is not among them.
func tallies(ctx context.Context, app core.App, w wish) (all tallied, err error) {
	for _, facet := range []struct {
		into *[]tally
		sql  string
	}{
		{&all.sectors, "SELECT s.sector AS value, sum(" + wordsFit + " AND " + stageFits + " AND " + clusterFits + " AND " + unitFits + ") AS n FROM startups s WHERE " + listed + " GROUP BY s.sector"},
		{&all.stages, "SELECT s.stage AS value, sum(" + wordsFit + " AND " + sectorFits + " AND " + clusterFits + " AND " + unitFits + ") AS n FROM startups s WHERE " + listed + " GROUP BY s.stage"},
		{&all.clusters, "SELECT c.value AS value, sum(" + wordsFit + " AND " + sectorFits + " AND " + stageFits + " AND " + unitFits + ") AS n FROM startups s, json_each(s.clusters) c WHERE " + listed + " GROUP BY c.value"},
		{&all.units, "SELECT s.admin_unit AS value, sum(" + wordsFit + " AND " + sectorFits + " AND " + stageFits + " AND " + clusterFits + ") AS n FROM startups s WHERE " + listed + " AND s.admin_unit != '' GROUP BY s.admin_unit"},
	} {
		if err := app.DB().NewQuery(facet.sql).WithContext(ctx).Bind(w.params()).All(facet.into); err != nil {
			return all, fmt.Errorf("count the directory: %w", err)
		}
	}
	return all, nil
}

// counted is how many startups fit, and how many there are.
func counted(ctx context.Context, app core.App, w wish) (fit, all int64, err error) {
	err = app.DB().NewQuery("SELECT coalesce(sum("+wordsFit+" AND "+sectorFits+" AND "+stageFits+" AND "+clusterFits+" AND "+unitFits+"), 0), count(*) FROM startups s WHERE "+listed).
		WithContext(ctx).Bind(w.params()).Row(&fit, &all)
	if err != nil {
		return 0, 0, fmt.Errorf("count the directory: %w", err)
	}
	return fit, all, nil
}

// listing is the startup that everybody may read at a slug. Error: page.missing, for a private one as for none.
func listing(ctx context.Context, app core.App, slug string) (*Listing, error) {
	var l Listing
	err := app.DB().NewQuery("SELECT " + listingColumns + " FROM startups s WHERE s.slug = {:slug} AND " + listed).
		WithContext(ctx).Bind(dbx.Params{"slug": slug}).One(&l)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, fault.NotFound("page.missing")
	case err != nil:
		return nil, fmt.Errorf("read startup %s: %w", slug, err)
	}
	return &l, nil
}

// Newest lists the startups that everybody may read, the newest first; most 0 lists all of them.
func Newest(ctx context.Context, app core.App, most int) ([]Listing, error) {
	if most == 0 {
		most = -1
	}
	var rows []Listing
	err := app.DB().NewQuery("SELECT " + listingColumns + " FROM startups s WHERE " + listed + " ORDER BY s.created DESC, s.id LIMIT {:most}").
		WithContext(ctx).Bind(dbx.Params{"most": most}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list the newest startups: %w", err)
	}
	return rows, nil
}

// Count says how many startups are at work, and how many were ever admitted. It counts private ones too, and names none.
func Count(ctx context.Context, app core.App) (active, ever int64, err error) {
	var all struct {
		Active int64 `db:"active"`
		Ever   int64 `db:"ever"`
	}
	err = app.DB().NewQuery(`SELECT coalesce(sum(status = {:active}), 0) AS active, count(*) AS ever FROM startups`).
		WithContext(ctx).Bind(dbx.Params{"active": string(StartupActive)}).One(&all)
	if err != nil {
		return 0, 0, fmt.Errorf("count startups: %w", err)
	}
	return all.Active, all.Ever, nil
}

// OneLiner says in a sentence what it does.
func (l *Listing) OneLiner() locale.Pair { return locale.Pair{VI: l.OneLinerVI, EN: l.OneLinerEN} }

// Story says in a few paragraphs what it does and why.
func (l *Listing) Story() locale.Pair { return locale.Pair{VI: l.StoryVI, EN: l.StoryEN} }
