package startups

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/startups/roster"
	"vuon/internal/vn"
)

// Preview is what a table would do to the house, or what it did.
type Preview struct {
	Imported
	Unchanged int      `json:"unchanged"` // rows that say what stands there already
	Changes   []Change `json:"changes"`   // the first of them
	Seal      string   `json:"seal"`      // of all of it; sent back, it makes the table go in
	Done      bool     `json:"done"`
}

// Change is what one row creates or changes.
type Change struct {
	Row     int       `json:"row"`
	Startup Named     `json:"startup"` // without an id where the row creates it
	Differs []Differs `json:"differs"`
}

// Differs is one thing that a row tells otherwise than it stands. Old is null where nothing stands.
type Differs struct {
	Field  string    `json:"field"` // a column of the table; of a table of figures a figure's key and its period
	KPI    *Question `json:"kpi,omitempty"`
	Period string    `json:"period_key,omitempty"`
	Old    any       `json:"old"`
	New    any       `json:"new"`
}

// What a person looks through, and what goes in while others wait to write.
const (
	mostShown = 200
	mostRows  = 2000
)

// sealed ends a plan: its seal is of everything that it says, so that nothing goes in that nobody has seen.
func (p *Preview) sealed(app core.App, wrong []roster.Fault) error {
	p.Faults = spelt(app, wrong)
	raw, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("seal a table: %w", err)
	}
	sum := sha256.Sum256(raw)
	p.Seal = hex.EncodeToString(sum[:])
	return nil
}

// table reads a file, plans what it does and, where the seal is that of the plan, does it. Staff of the whole house.
// Errors: access.sign_in, access.needs_staff, those of roster.Read and of a head, import.too_many, import.changed where the plan
// is not the one that was seen.
func table(app core.App, by access.Actor, raw []byte, seal string, plan func(tx core.App, lines []roster.Line) (*Preview, func() error, error)) (*Preview, error) {
	if err := access.MayWork(by); err != nil {
		return nil, err
	}
	lines, err := roster.Read(raw)
	if err != nil {
		return nil, err
	}
	if len(lines) > mostRows+1 {
		return nil, fault.Field("file", "import.too_many", "most", strconv.Itoa(mostRows))
	}
	var p *Preview
	err = app.RunInTransaction(func(tx core.App) (err error) {
		var do func() error
		if p, do, err = plan(tx, lines); err != nil {
			return err
		}
		switch {
		case seal == "":
		case seal != p.Seal:
			return fault.Conflict("import.changed")
		default:
			if err := do(); err != nil {
				return err
			}
			p.Done = true
		}
		p.Changes = p.Changes[:min(len(p.Changes), mostShown)]
		return nil
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// TakeStartups previews a table of startups and, sent its seal, takes it in. Beside Import it changes a startup that has the tax
// code of a row, to what the row tells: its legal name, day and website, and its figures of the last closed year. An empty cell
// changes nothing. Permission and errors: as table.
func TakeStartups(app core.App, by access.Actor, raw []byte, seal string, now time.Time) (*Preview, error) {
	return table(app, by, raw, seal, func(tx core.App, lines []roster.Line) (*Preview, func() error, error) {
		good, wrong, err := roster.Startups(lines, vn.DayOf(now), func(string) bool { return false })
		if err != nil {
			return nil, nil, err
		}
		figures, err := importFigures(tx)
		if err != nil {
			return nil, nil, err
		}
		there, err := enterprises(tx, figures, lastYear(now))
		if err != nil {
			return nil, nil, err
		}
		p := &Preview{Imported: Imported{Rows: len(good) + len(wrong)}, Changes: []Change{}}
		var fresh, known []roster.Startup
		for _, one := range good {
			e := there[one.TaxCode]
			if e == nil {
				p.Created++
				fresh = append(fresh, one)
				p.Changes = append(p.Changes, Change{one.Row, Named{Name: one.Name}, e.differs(one)})
				continue
			}
			differs := e.differs(one)
			if len(differs) == 0 {
				p.Unchanged++
				continue
			}
			p.Updated++
			known = append(known, one)
			p.Changes = append(p.Changes, Change{one.Row, e.Named, differs})
		}
		do := func() error {
			if _, err := takeTable(tx, by, fresh, now); err != nil {
				return err
			}
			for _, one := range known {
				if err := there[one.TaxCode].take(tx, by, one, figures, now); err != nil {
					return fmt.Errorf("row %d: %w", one.Row, err)
				}
			}
			return nil
		}
		return p, do, p.sealed(tx, wrong)
	})
}

// enterprise is a startup that stands there, as a table would tell of it.
type enterprise struct {
	Named
	LegalName, FoundedOn, Website string
	Revenue, Jobs                 *int64 // of the last closed year, from a table
}

// differs is what a row tells otherwise than it stands; of no enterprise it is all that the row tells.
func (e *enterprise) differs(one roster.Startup) []Differs {
	was := enterprise{}
	if e != nil {
		was = *e
	}
	list := []Differs{}
	words := func(field, old, now string) {
		if now != "" && now != old {
			d := Differs{Field: field, New: now}
			if old != "" {
				d.Old = old
			}
			list = append(list, d)
		}
	}
	numbers := func(field string, old, now *int64) {
		if now != nil && (old == nil || *old != *now) {
			d := Differs{Field: field, New: *now}
			if old != nil {
				d.Old = *old
			}
			list = append(list, d)
		}
	}
	words(roster.Name, was.LegalName, one.Name)
	if e == nil {
		words(roster.TaxCode, "", one.TaxCode)
	}
	words(roster.FoundedOn, was.FoundedOn, one.FoundedOn)
	numbers(roster.Revenue, was.Revenue, one.Revenue)
	numbers(roster.Jobs, was.Jobs, one.Jobs)
	words(roster.Website, was.Website, one.Website)
	return list
}

// take changes a startup to what a row tells.
func (e *enterprise) take(tx core.App, by access.Actor, one roster.Startup, figures map[string]string, now time.Time) error {
	s, err := Startups.Find(tx, e.ID)
	if err != nil {
		return err
	}
	told := func(text string) *string {
		if text == "" {
			return nil
		}
		return &text
	}
	s.write(Card{FoundedOn: told(one.FoundedOn), Website: told(one.Website), Rev: record.Rev(s)})
	if len(record.Changed(s)) > 0 {
		if err := edited(tx, by, Startups.Collection, s, now); err != nil {
			return err
		}
	}
	p, err := Privates.First(tx, dbx.HashExp{"startup": e.ID})
	if err != nil {
		return err
	}
	p.write(PrivateFields{LegalName: told(one.Name), Rev: record.Rev(p)})
	if len(record.Changed(p)) > 0 {
		if err := edited(tx, by, Privates.Collection, p, now); err != nil {
			return err
		}
	}
	var changed []string
	var brought []figureOf
	for _, d := range e.differs(one) {
		if value, ok := d.New.(int64); ok {
			changed = append(changed, figures[d.Field])
			brought = append(brought, figureOf{e.ID, figures[d.Field], lastYear(now), value})
		}
	}
	if err := bring(tx, brought, now); err != nil {
		return err
	}
	return noteFigures(tx, by, e.ID, changed, now)
}

// noteFigures tells the journal which figures of a startup came from a table; what they are is not the journal's.
func noteFigures(tx core.App, by access.Actor, startup string, kpis []string, now time.Time) error {
	if len(kpis) == 0 {
		return nil
	}
	slices.Sort(kpis)
	return lifecycle.Note(tx, by, now, Startups.Collection, startup, "figures", lifecycle.With(map[string][]string{"kpis": slices.Compact(kpis)}))
}
