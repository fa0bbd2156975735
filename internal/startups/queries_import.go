package startups

import (
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
	"vuon/internal/startups/roster"
	"vuon/internal/vn"
)

// taxCodes are all that stand in the database.
func taxCodes(app core.App) (map[string]bool, error) {
	var codes []string
	err := app.DB().Select("tax_code").From(Privates.Collection).Where(dbx.NewExp("tax_code != ''")).Column(&codes)
	if err != nil {
		return nil, fmt.Errorf("read the tax codes of startups: %w", err)
	}
	taken := make(map[string]bool, len(codes))
	for _, code := range codes {
		taken[code] = true
	}
	return taken, nil
}

// addresses are those that startups have, and the next number to try of each name.
type addresses struct {
	taken map[string]bool
	next  map[string]int
}

func slugsOf(app core.App) (*addresses, error) {
	var slugs []string
	if err := app.DB().Select("slug").From(Startups.Collection).Column(&slugs); err != nil {
		return nil, fmt.Errorf("read the addresses of startups: %w", err)
	}
	a := &addresses{taken: make(map[string]bool, len(slugs)), next: map[string]int{}}
	for _, slug := range slugs {
		a.taken[slug] = true
	}
	return a, nil
}

// free is an address of a name that nobody has, and is somebody's from now on.
func (a *addresses) free(name string) string {
	base := slugged(name)
	slug := base
	for n := max(a.next[base], 1); ; n++ {
		if n > 1 {
			slug = base + "-" + itoa(n)
		}
		if !a.taken[slug] {
			a.taken[slug], a.next[base] = true, n+1
			return slug
		}
	}
}

// figureOf is a figure of a startup as a table tells it.
type figureOf struct {
	startup, kpi, period string
	value                int64
}

// bring stores figures of tables, each over what a table told of it before. It goes past the guard of readings, whose questions
// its callers have answered by judging the table; the index kpi_readings_once and the triggers hold here too. One statement is
// prepared once: the triggers that keep totals are long, and PocketBase would have them read anew for every row.
func bring(tx core.App, all []figureOf, now time.Time) (err error) {
	if len(all) == 0 {
		return nil
	}
	q := tx.NonconcurrentDB().NewQuery(`INSERT INTO kpi_readings (id, request, startup, kpi, period_key, state, value, source, grade, rev, created, updated)
		VALUES ({:id}, '', {:startup}, {:kpi}, {:period}, 'value', {:value}, 'import', 'self', 1, {:now}, {:now})
		ON CONFLICT (request, kpi, startup, period_key) DO UPDATE SET
			state = 'value', value = excluded.value, source = 'import', grade = 'self', rev = rev + 1, updated = excluded.updated`).Prepare()
	defer func() { err = errors.Join(err, q.Close()) }()
	for _, f := range all {
		if _, err := q.Bind(dbx.Params{
			"id": core.GenerateDefaultRandomId(), "startup": f.startup, "kpi": f.kpi, "period": f.period, "value": f.value, "now": record.Stamp(now),
		}).Execute(); err != nil {
			return fmt.Errorf("bring figure %s of startup %s for %s: %w", f.kpi, f.startup, f.period, err)
		}
	}
	return nil
}

// enterprises are the startups that have a tax code, by it, with what tables told of a year.
func enterprises(app core.App, figures map[string]string, period string) (map[string]*enterprise, error) {
	var found []struct {
		ID, Slug, Name, LegalName, TaxCode, FoundedOn, Website string
		Revenue, Jobs                                          *int64
	}
	err := app.DB().NewQuery(`
		SELECT s.id, s.slug, s.name, p.legal_name, p.tax_code, s.founded_on, s.website,
			(SELECT r.value FROM kpi_readings r WHERE r.request = '' AND r.startup = s.id AND r.kpi = {:revenue} AND r.period_key = {:period}) AS revenue,
			(SELECT r.value FROM kpi_readings r WHERE r.request = '' AND r.startup = s.id AND r.kpi = {:jobs} AND r.period_key = {:period}) AS jobs
		FROM startup_private p JOIN startups s ON s.id = p.startup WHERE p.tax_code != ''`).
		Bind(dbx.Params{"revenue": figures[roster.Revenue], "jobs": figures[roster.Jobs], "period": period}).All(&found)
	if err != nil {
		return nil, fmt.Errorf("read the enterprises behind startups: %w", err)
	}
	all := make(map[string]*enterprise, len(found))
	for _, f := range found {
		all[f.TaxCode] = &enterprise{Named{f.ID, f.Slug, f.Name}, f.LegalName, f.FoundedOn, f.Website, f.Revenue, f.Jobs}
	}
	return all, nil
}

// called finds startups by what people call them.
type called struct {
	byAddress, byCode map[string]string
	byName            map[string][]string // folded, of the card and of the enterprise
	named             map[string]Named
}

func calledStartups(app core.App) (*called, error) {
	var found []struct{ ID, Slug, Name, LegalName, TaxCode string }
	err := app.DB().NewQuery(`SELECT s.id, s.slug, s.name, p.legal_name, p.tax_code FROM startups s JOIN startup_private p ON p.startup = s.id`).All(&found)
	if err != nil {
		return nil, fmt.Errorf("read what startups are called: %w", err)
	}
	c := &called{map[string]string{}, map[string]string{}, map[string][]string{}, map[string]Named{}}
	for _, f := range found {
		c.named[f.ID] = Named{f.ID, f.Slug, f.Name}
		c.byAddress[f.Slug] = f.ID
		if f.TaxCode != "" {
			c.byCode[f.TaxCode] = f.ID
		}
		name, legal := vn.Fold(f.Name), vn.Fold(f.LegalName)
		c.byName[name] = append(c.byName[name], f.ID)
		if legal != "" && legal != name {
			c.byName[legal] = append(c.byName[legal], f.ID)
		}
	}
	return c, nil
}

// find is a startup by its tax code, its address or its name, in this order; several is a name that more than one bears.
func (c *called) find(word string) (id string, several bool) {
	if code, err := vn.ParseTaxCode(word); err == nil && c.byCode[code] != "" {
		return c.byCode[code], false
	}
	names := c.byName[vn.Fold(word)]
	switch {
	case len(names) == 1:
		return names[0], false
	case c.byAddress[word] != "":
		return c.byAddress[word], false
	}
	return "", len(names) > 1
}

// standing is what stands of the figures of startups, read as it is asked for.
type standing struct {
	app   core.App
	of    map[string]figuresOfOne
	wrong error
}

type figuresOfOne struct {
	reported map[string]bool // by KPI and period
	brought  map[string]int64
}

func (s *standing) read(startup string) figuresOfOne {
	if one, there := s.of[startup]; there || s.wrong != nil {
		return one
	}
	var found []struct {
		KPI, Period, Request string
		Value                int64
	}
	s.wrong = s.app.DB().NewQuery(`SELECT r.kpi, r.period_key AS period, r.request, r.value FROM kpi_readings r LEFT JOIN report_requests q ON q.id = r.request
		WHERE r.startup = {:startup} AND (r.request = '' OR q.status IN ('submitted', 'accepted'))`).Bind(dbx.Params{"startup": startup}).All(&found)
	one := figuresOfOne{map[string]bool{}, map[string]int64{}}
	for _, f := range found {
		if f.Request == "" {
			one.brought[f.KPI+" "+f.Period] = f.Value
		} else {
			one.reported[f.KPI+" "+f.Period] = true
		}
	}
	s.of[startup] = one
	return one
}

// handedIn says whether a report that was handed in tells a figure.
func (s *standing) handedIn(startup, kpi, period string) bool {
	return s.read(startup).reported[kpi+" "+period]
}

// brought is what a table told of a figure.
func (s *standing) brought(startup, kpi, period string) (value int64, there bool) {
	value, there = s.read(startup).brought[kpi+" "+period]
	return value, there
}
