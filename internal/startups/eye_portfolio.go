package startups

import (
	"slices"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
)

// blurred leaves an official of a portfolio what cannot show a single startup: nothing of fewer than five, and nothing from
// which fewer than five could be reckoned by taking another shown figure from it: of another cohort, step or year, of who
// reported, or of the first day. figures are those that the official reads already. That one of many has closed is no secret:
// the register of enterprises tells it.
func (p *Portfolio) blurred(app core.App, eye eye, figures []Figure, now time.Time) (*Portfolio, error) {
	lines, err := portfolioLines(app, p.Period, nil, now)
	if err != nil {
		return nil, err
	}
	applied, err := asked(app).Applied(app, access.Actor{})
	if err != nil {
		return nil, err
	}
	lines.Applied = applied
	whole := PortfolioFrom(p.Period, lines, now)
	first, err := keptTotals(app, []string{periodBaseline}, eye.cohorts)
	if err != nil {
		return nil, err
	}
	p.Figures = figures
	last := -1
	for i, s := range p.Funnel {
		if eye.hides(s.N, whole.Funnel[i].cohorts) || last >= 0 && few(p.Funnel[last].N-s.N) {
			p.Funnel[i] = Step{Key: s.Key, Suppressed: true}
			continue
		}
		last = i
	}
	g := p.Jobs
	if eye.hides(g.Startups, whole.Jobs.cohorts) || few(g.Reported-g.Startups) || few(first[periodBaseline][g.KPI].Startups-g.Startups) || hiddenIn(figures, g.KPI) {
		p.Jobs = Gain{KPI: g.KPI, Key: g.Key, Suppressed: true}
	}
	if eye.hides(p.Capital.Startups, whole.Capital.cohorts) {
		p.Capital = Capital{Suppressed: true}
	}
	p.blurSurvival(whole.Survival, eye)
	return p, nil
}

// blurSurvival keeps back small years, and so many of the next larger ones that all years together do not give them away.
func (p *Portfolio) blurSurvival(whole []Survival, eye eye) {
	years := map[string]int{}
	for _, r := range p.Survival[1:] {
		years[strconv.Itoa(r.Years)] = r.Graduates
	}
	small := []string{}
	if kept := kept(years, fewest); len(kept) > 0 {
		small = kept
	}
	for i := range p.Survival {
		r := &p.Survival[i]
		at := slices.IndexFunc(whole, func(w Survival) bool { return w.Years == r.Years })
		if at < 0 || eye.hides(r.Graduates, whole[at].cohorts) || slices.Contains(small, strconv.Itoa(r.Years)) {
			r.suppress()
		}
	}
}

// hiddenIn says whether a figure is kept back, or not for whoever reads them.
func hiddenIn(figures []Figure, kpi string) bool {
	at := slices.IndexFunc(figures, func(f Figure) bool { return f.KPI == kpi })
	return at < 0 || figures[at].Suppressed
}

// few says whether n is more than none and too few to show.
func few(n int) bool { return n > 0 && n < fewest }

// hides says whether a count of n startups is kept back, being so many in each cohort of the whole house.
func (e eye) hides(n int, teams map[string]int) bool {
	counted := map[string]int{}
	for cohort, n := range teams {
		if n > 0 {
			counted[cohort] = n
		}
	}
	inside, outside := parts(counted, e.around)
	if slices.Equal(e.cohorts, e.around) {
		return few(n) || few(outside)
	}
	return few(n) || n > 0 && slices.Contains(kept(inside, outside), e.cohorts[0])
}
