package startups

import (
	"slices"
	"strconv"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
)

// portfolio is what an official reads of a portfolio: nothing of fewer than five, and nothing from which fewer than five could be
// reckoned by taking another shown number from it, of another cohort, step, year or period. That one of many has closed is no
// secret: the register of enterprises tells it; what only its people have said of an end is one.
func (e eye) portfolio(app core.App, by access.Actor, period string, now time.Time) (*Portfolio, error) {
	s, err := spanOf(period)
	if err != nil {
		return nil, err
	}
	p := &Portfolio{Period: period}
	if p.Figures, err = compared(app, e, period); err != nil {
		return nil, err
	}
	month, jobs, err := e.jobs(app, now)
	if err != nil {
		return nil, err
	}
	params := portfolioParams(e, span{month, month}, now)
	var mine, all PortfolioLines
	if err := mine.countParted(app, params); err != nil {
		return nil, err
	}
	if all = mine; e.cohorts != nil {
		if err := all.countParted(app, portfolioParams(eye{coarse: true}, span{month, month}, now)); err != nil {
			return nil, err
		}
	}
	if mine.Applied, err = appliedFor(app, by, e); err != nil {
		return nil, err
	}
	if all.Applied, err = asked(app).Applied(app, access.Actor{}); err != nil {
		return nil, err
	}
	p.Funnel = e.blurFunnel(funnelOf(mine.Applied, mine.Enrolled), funnelOf(all.Applied, all.Enrolled))
	p.Survival = e.blurSurvival(survivalOf(public(mine.Graduates), now), survivalOf(public(all.Graduates), now))
	if p.Jobs, err = e.blurGain(app, gainOf(jobs, mine.Gains), gainOf(jobs, all.Gains), jobs.Suppressed, month); err != nil {
		return nil, err
	}
	if p.Jobs.Key = jobsKPI; month < s.first || month > s.last {
		p.Jobs = Gain{KPI: p.Jobs.KPI, Key: jobsKPI, Suppressed: true}
	}
	params["until"] = s.last + "-31"
	rounds, err := roundsOf(app, params)
	p.Capital = e.batched(rounds)
	return p, err
}

// countParted reads what an official's sums are made of: every number by cohorts, what was gained by those in one cohort alone.
func (l *PortfolioLines) countParted(app core.App, params dbx.Params) error {
	if err := l.count(app, params); err != nil {
		return err
	}
	return l.gain(app, gainLines, picked(params, gainAsks...))
}

// jobs is the one month whose jobs are held against the baseline for an official: the last that anybody has reported on. Month by
// month the startups that reported are others, and what was said at first of those who stayed out could be reckoned.
func (e eye) jobs(app core.App, now time.Time) (month string, f Figure, err error) {
	months := lastMonths(now, heardMonths)
	seen, err := eye{coarse: true}.official(app, months)
	if err != nil {
		return "", f, err
	}
	month = months[0]
	for _, m := range months {
		if slices.ContainsFunc(seen[m], func(f Figure) bool { return f.Key == jobsKPI && f.startups > 0 }) {
			month = m
			break
		}
	}
	mine, err := e.official(app, []string{month})
	if err != nil {
		return "", f, err
	}
	at := slices.IndexFunc(mine[month], func(f Figure) bool { return f.Key == jobsKPI })
	if at < 0 {
		return month, Figure{Key: jobsKPI, Suppressed: true}, nil
	}
	return month, mine[month][at], nil
}

// blurFunnel keeps back small steps, and those from which a few could be reckoned who did not go on from a step that is shown: of
// all that is theirs to be precise, of one cohort among others from any step.
func (e eye) blurFunnel(steps, whole []Step) []Step {
	shown := make([]Step, len(steps))
	for i, s := range steps {
		hidden := e.hides(s.N, whole[i].cohorts)
		for j := 0; j < i && !hidden; j++ {
			if e.whole() && shown[j].Suppressed {
				continue
			}
			hidden = e.hides(max(0, steps[j].N-s.N), without(whole[j].cohorts, whole[i].cohorts))
		}
		if shown[i] = s; hidden {
			shown[i] = Step{Key: s.Key, Suppressed: true}
		}
	}
	return shown
}

// without is how many more there are in each cohort of one count than of another.
func without(more, less map[string]int) map[string]int {
	rest := map[string]int{}
	for cohort, n := range more {
		if n > less[cohort] {
			rest[cohort] = n - less[cohort]
		}
	}
	return rest
}

// blurGain keeps back what was gained where few gave both values, or few gave one of them alone: what the others gave together
// is shown beside it.
func (e eye) blurGain(app core.App, g, whole Gain, hidden bool, month string) (Gain, error) {
	teams, err := teamsOf(app, []string{month, periodBaseline})
	if err != nil {
		return g, err
	}
	for _, key := range []string{month, periodBaseline} {
		rest := without(teams[cell{key, g.KPI}], whole.cohorts)
		n := 0
		for cohort, more := range rest {
			if e.cohorts == nil || slices.Contains(e.cohorts, cohort) {
				n += more
			}
		}
		hidden = hidden || e.hides(n, rest)
	}
	if g.At = month; hidden || e.hides(g.Startups, whole.cohorts) {
		return Gain{KPI: g.KPI, Key: g.Key, Suppressed: true}, nil
	}
	return g, nil
}

// blurSurvival keeps back small years, and so many of the next larger ones that all years together do not give them away. Of one
// cohort among others no year is shown once any year of any cohort is small.
func (e eye) blurSurvival(rows, whole []Survival) []Survival {
	years, small := map[string]int{}, false
	for _, r := range rows[1:] {
		years[strconv.Itoa(r.Years)] = r.Graduates
	}
	hidden := kept(years, fewest)
	for _, w := range whole[1:] {
		small = small || e.hidesAny(w.cohorts)
	}
	for i := range rows {
		r := &rows[i]
		at := slices.IndexFunc(whole, func(w Survival) bool { return w.Years == r.Years })
		if at < 0 || e.hides(r.Graduates, whole[at].cohorts) || slices.Contains(hidden, strconv.Itoa(r.Years)) || i > 0 && small && !e.whole() {
			r.suppress()
		}
	}
	return rows
}

// roundLine is one round of funding, as an official's sums are made of it.
type roundLine struct {
	Startup, Month string
	Told, Paper    bool
	Amount         int64
}

// Into is where a row is read into.
func (r *roundLine) Into() []any { return []any{&r.Startup, &r.Month, &r.Told, &r.Paper, &r.Amount} }

// batched is what was raised until the last month up to which five startups more had raised each time: what one of them raised
// between two periods is not the difference of two sums. Of one cohort among others nothing is shown.
func (e eye) batched(rounds []roundLine) Capital {
	if !e.whole() {
		return Capital{Suppressed: true}
	}
	var c, more Capital
	var total, added int64
	everybody, some := map[string]bool{}, map[string]bool{}
	for i, r := range rounds {
		if !r.Told {
			more.Refused++
		} else {
			some[r.Startup] = true
			more.Rounds++
			added += r.Amount
			if r.Paper {
				more.Papers++
			}
		}
		if i+1 < len(rounds) && rounds[i+1].Month == r.Month || len(some) < fewest {
			continue
		}
		for startup := range some {
			everybody[startup] = true
		}
		total += added
		c.Rounds, c.Refused, c.Papers, c.Until = c.Rounds+more.Rounds, c.Refused+more.Refused, c.Papers+more.Papers, r.Month
		more, added = Capital{}, 0
		clear(some)
	}
	c.Startups = len(everybody)
	if c.Rounds > 0 {
		c.Total = &total
	}
	c.Suppressed = c.Total == nil && len(rounds) > 0
	return c
}
