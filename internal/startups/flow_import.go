package startups

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/startups/roster"
	"vuon/internal/vn"
)

// Imported tells what became of a table of startups, or what would.
type Imported struct {
	Rows    int           `json:"rows"` // behind the head
	Created int           `json:"created"`
	Updated int           `json:"updated"` // always 0: a startup that stands there is changed on its own page
	Faults  []ImportFault `json:"faults"`  // by row; a row has one at most
}

// ImportFault is what is wrong with one row of a table.
type ImportFault struct {
	Row       int    `json:"row"` // the line of the file on which it begins; the first line is 1
	Field     string `json:"field"`
	Code      string `json:"code"`
	MessageVI string `json:"message_vi"`
	MessageEN string `json:"message_en"`
}

// batch is how many startups go in together: so many that ten thousand are in within seconds, and so few that nobody waits
// long who writes meanwhile.
const batch = 250

// Import takes a table of startups in (package roster): each row without a fault becomes a startup of which nothing is public,
// with its private card, and what it earned and how many people it employed in the last closed year as readings of source
// import. Rows with a fault are left out and told of. dry only tells. Whoever works for the whole house.
// Errors: access.sign_in, access.needs_staff, and those of roster.Read and of a head.
func Import(app core.App, by access.Actor, raw []byte, dry bool, now time.Time) (*Imported, error) {
	if err := access.MayWork(by); err != nil {
		return nil, err
	}
	return importHere(app, by, raw, dry, now)
}

// ImportHere is Import from the machine itself, past the permission. Where dry, the house may be one that can only be read.
func ImportHere(app core.App, raw []byte, dry bool, now time.Time) (*Imported, error) {
	return importHere(app, access.Actor{ID: "operator:terminal"}, raw, dry, now)
}

func importHere(app core.App, by access.Actor, raw []byte, dry bool, now time.Time) (*Imported, error) {
	lines, err := roster.Read(raw)
	if err != nil {
		return nil, err
	}
	taken, err := taxCodes(app)
	if err != nil {
		return nil, err
	}
	good, wrong, err := roster.Startups(lines, vn.DayOf(now), func(code string) bool { return taken[code] })
	if err != nil {
		return nil, err
	}
	told := &Imported{Rows: len(good) + len(wrong), Created: len(good)}
	if !dry {
		told.Created = 0
		for some := range slices.Chunk(good, batch) {
			late, err := takeTable(app, by, some, now)
			if err != nil {
				return nil, fmt.Errorf("take startups in, of which %d are in already: %w", told.Created, err)
			}
			told.Created += len(some) - len(late)
			wrong = append(wrong, late...)
		}
	}
	told.Faults = spelt(app, wrong)
	return told, nil
}

// takeTable takes startups in, in one transaction. A tax code that somebody else has stored since the table was judged is the
// fault of its row.
func takeTable(app core.App, by access.Actor, some []roster.Startup, now time.Time) (late []roster.Fault, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		late = nil
		taken, err := taxCodes(tx)
		if err != nil {
			return err
		}
		slugs, err := slugsOf(tx)
		if err != nil {
			return err
		}
		figures, err := importFigures(tx)
		if err != nil {
			return err
		}
		rows := make([]lifecycle.Row, 0, len(some))
		var told []figureOf
		for _, one := range some {
			if taken[one.TaxCode] {
				late = append(late, roster.Fault{Row: one.Row, Field: roster.TaxCode, Code: "tax_code.duplicate"})
				continue
			}
			id, err := takeRow(tx, one, slugs.free(one.Name))
			if err != nil {
				return fmt.Errorf("row %d: %w", one.Row, err)
			}
			for column, value := range map[string]*int64{roster.Revenue: one.Revenue, roster.Jobs: one.Jobs} {
				if value != nil { // what is not told is not zero
					told = append(told, figureOf{id, figures[column], lastYear(now), *value})
				}
			}
			rows = append(rows, lifecycle.Row{
				At: now, Actor: by.ID, ActorRole: by.Standing(), SubjectKind: Startups.Collection, Subject: id, Verb: "import",
				Notice: "startups.import", Detail: map[string]int{"row": one.Row},
			})
		}
		if err := bring(tx, told, now); err != nil {
			return err
		}
		return lifecycle.Append(tx, rows)
	})
	return late, err
}

// takeRow stores the two cards of one startup.
func takeRow(tx core.App, one roster.Startup, slug string) (string, error) {
	s, err := tabled(tx, one.Name, slug, one.FoundedOn, one.Website)
	if err != nil {
		return "", err
	}
	if err := tx.Save(s); err != nil {
		return "", err
	}
	p, err := keptPrivate(tx, s.Id)
	if err != nil {
		return "", err
	}
	p.setEnterprise(one.Name, one.TaxCode)
	return s.Id, tx.Save(p)
}

// importFigures are the ids of the figures that the columns of a table tell. Error: import.no_figure.
func importFigures(app core.App) (map[string]string, error) {
	ids := map[string]string{}
	for column, key := range map[string]string{roster.Revenue: "revenue", roster.Jobs: "jobs"} {
		k, err := kpiNamed(app, key)
		if fault.Code(err) == "record.not_found" {
			return nil, fault.Conflict("import.no_figure", "key", key)
		}
		if err != nil {
			return nil, err
		}
		ids[column] = k.Id
	}
	return ids, nil
}

// lastYear is the period of the last year that is over in Ho Chi Minh City.
func lastYear(now time.Time) string { return strconv.Itoa(now.In(locale.Zone).Year() - 1) }

// spelt gives faults their words, by row.
func spelt(app core.App, wrong []roster.Fault) []ImportFault {
	slices.SortFunc(wrong, func(a, b roster.Fault) int { return cmp.Compare(a.Row, b.Row) })
	list := make([]ImportFault, len(wrong))
	for i, f := range wrong {
		words := asked(app).Words("roster." + f.Code)
		list[i] = ImportFault{f.Row, f.Field, f.Code, words.VI, words.EN}
	}
	return list
}
