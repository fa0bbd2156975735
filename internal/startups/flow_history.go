package startups

import (
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/startups/roster"
	"vuon/internal/vn"
)

// TakeHistory previews a table of figures, one of a startup and a period in each row, and, sent its seal, takes it in as
// readings of source import. What a report that was handed in tells changes by Revise alone and is the row's fault; what a table
// told before is changed. Permission and errors: as table.
func TakeHistory(app core.App, by access.Actor, raw []byte, seal string, now time.Time) (*Preview, error) {
	return table(app, by, raw, seal, func(tx core.App, lines []roster.Line) (*Preview, func() error, error) {
		whose, err := calledStartups(tx)
		if err != nil {
			return nil, nil, err
		}
		kpis, err := KPIs.All(tx)
		if err != nil {
			return nil, nil, err
		}
		past := &standing{app: tx, of: map[string]figuresOfOne{}}
		good, wrong, err := roster.History(lines, roster.House{
			Today: vn.DayOf(now), Startup: whose.find, Told: past.handedIn,
			KPI: func(word string) (id, unit string) {
				folded := vn.Fold(word)
				for _, k := range kpis {
					if folded == vn.Fold(k.Key()) || folded == vn.Fold(k.Label().VI) || folded == vn.Fold(k.Label().EN) {
						return k.Id, k.Unit()
					}
				}
				return "", ""
			},
		})
		if err == nil {
			err = past.wrong
		}
		if err != nil {
			return nil, nil, err
		}
		p := &Preview{Imported: Imported{Rows: len(good) + len(wrong)}, Changes: []Change{}}
		var differ []roster.Reading
		for _, r := range good {
			was, there := past.brought(r.Startup, r.KPI, r.Period)
			d := Differs{Field: r.KPI + " " + r.Period, Period: r.Period, New: r.Value}
			if i := slices.IndexFunc(kpis, func(k *KPI) bool { return k.Id == r.KPI }); i >= 0 {
				asked := question(kpis[i])
				d.KPI, d.Field = &asked, kpis[i].Key()+" "+r.Period
			}
			switch {
			case !there:
				p.Created++
			case was == r.Value:
				p.Unchanged++
				continue
			default:
				p.Updated++
				d.Old = was
			}
			differ = append(differ, r)
			p.Changes = append(p.Changes, Change{r.Row, whose.named[r.Startup], []Differs{d}})
		}
		do := func() error {
			changed := map[string][]string{}
			told := make([]figureOf, len(differ))
			for i, r := range differ {
				told[i] = figureOf{r.Startup, r.KPI, r.Period, r.Value}
				changed[r.Startup] = append(changed[r.Startup], r.KPI)
			}
			if err := bring(tx, told, now); err != nil {
				return err
			}
			for _, r := range differ {
				if err := noteFigures(tx, by, r.Startup, changed[r.Startup], now); err != nil {
					return err
				}
				delete(changed, r.Startup)
			}
			return nil
		}
		return p, do, p.sealed(tx, wrong)
	})
}
