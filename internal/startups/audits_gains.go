package startups

import (
	"context"
	"fmt"

	"github.com/pocketbase/pocketbase/core"
)

const everyGain = `SELECT kpi, period_key, cohort, startups, papers, now, base FROM kept_gains`

// gain counts what the startup under way has gained since its first baseline, in every period of which it told a value.
func (r *reckoning) gain() {
	first, told := r.latest[totalKey{r.jobs, periodBaseline, ""}]
	if !told {
		return
	}
	for key, last := range r.latest {
		if key.kpi != r.jobs || key.period == periodBaseline {
			continue
		}
		g := r.gains[key]
		g.Startups++
		g.Now += last.value
		g.Base += first.value
		if last.paper {
			g.Papers++
		}
		r.gains[key] = g
	}
}

// brokenGains tells of every gain that is kept in what it is not the real one: "jobs 2026-11 house: gained by 3, 1 on paper, 12 of
// 10, not by 3, 1 on paper, 12 of 9".
func brokenGains(ctx context.Context, app core.App, real map[totalKey]KeptGain, names map[string]string) (broken []string, err error) {
	tell := func(key totalKey, kept, real KeptGain) {
		if kept != real {
			broken = append(broken, names[key.kpi]+" "+key.period+" "+key.whose()+": gained "+kept.says()+", not "+real.says())
		}
	}
	err = walk(ctx, app, everyGain, func(scan func(...any) error) error {
		var key totalKey
		var kept KeptGain
		if err := scan(&key.kpi, &key.period, &key.cohort, &kept.Startups, &kept.Papers, &kept.Now, &kept.Base); err != nil {
			return err
		}
		tell(key, kept, real[key])
		delete(real, key)
		return nil
	})
	for key, g := range real {
		tell(key, KeptGain{}, g)
	}
	return broken, err
}

func (g KeptGain) says() string {
	return fmt.Sprintf("by %d, %d on paper, %d of %d", g.Startups, g.Papers, g.Now, g.Base)
}
