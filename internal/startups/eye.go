package startups

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
)

// eye is how much of the figures somebody sees.
type eye struct {
	cohorts []string // the cohorts that are summed up; nil is all
	around  []string // all cohorts that they may see; nil is all
	coarse  bool     // an official's: public figures of five and more
}

// closeEye is figureEye for what shows single startups: staff's and managers', and no official's. Errors: as figureEye.
func closeEye(app core.App, by access.Actor, cohort string) (eye, error) {
	e, err := figureEye(app, by, cohort)
	if err == nil && e.coarse {
		err = fault.Forbidden("access.needs_staff")
	}
	return e, err
}

// figureEye says what an actor may sum up. cohort "" is all that is theirs.
func figureEye(app core.App, by access.Actor, cohort string) (eye, error) {
	if err := access.MaySignedIn(by); err != nil {
		return eye{}, err
	}
	theirs, err := cohortsOver(app, by, keepers...)
	if err != nil {
		return eye{}, err
	}
	coarse := theirs != nil && len(theirs) == 0
	if coarse {
		if theirs, err = cohortsOver(app, by, access.Official); err != nil {
			return eye{}, err
		}
	}
	switch {
	case theirs != nil && len(theirs) == 0:
		return eye{}, fault.Forbidden("access.needs_staff")
	case cohort == "":
		return eye{theirs, theirs, coarse}, nil
	case theirs != nil && !slices.Contains(theirs, cohort):
		return eye{}, fault.NotFound("record.not_found")
	}
	return eye{[]string{cohort}, theirs, coarse}, nil
}

// fewest is the smallest number of startups whose figures an official may see together.
const fewest = 5

// blurred leaves an official what cannot show a single startup: public KPIs of five startups and more, and none from which
// the sum of fewer than five could be reckoned by taking shown sums from another, be it the sum of all that everybody reads.
func blurred(app core.App, eye eye, key string, s span, figures []Figure) ([]Figure, error) {
	teams, err := teamsOf(app, key)
	if err != nil {
		return nil, err
	}
	shown := []Figure{}
	for _, f := range figures {
		k, err := KPIs.Find(app, f.KPI)
		if err != nil {
			return nil, err
		}
		if k.Sensitivity() != PublicAggregate {
			continue
		}
		inside, outside := parts(teams[f.KPI], eye.around)
		whole := slices.Equal(eye.cohorts, eye.around)
		switch few := outside > 0 && outside < fewest; {
		case f.startups < fewest, whole && few, !whole && slices.Contains(kept(inside, outside), eye.cohorts[0]):
			f.suppress()
		}
		shown = append(shown, f)
	}
	if s.first == s.last {
		return shown, nil
	}
	return parted(app, eye, s, shown)
}

// parted keeps back those figures of a quarter or a year from which a month that is kept back, or the few who reported
// earlier and not in the latest month, could be reckoned by taking the shown months from it.
func parted(app core.App, eye eye, s span, figures []Figure) ([]Figure, error) {
	latest := make([]int, len(figures))
	for month := s.last; month >= s.first; month = before(month) {
		parts, err := summed(app, eye, month)
		if err != nil {
			return nil, err
		}
		for i, part := range parts {
			if part.startups > 0 && part.Suppressed {
				figures[i].suppress()
			}
			if latest[i] == 0 {
				latest[i] = part.startups
			}
		}
	}
	for i := range figures {
		rest := figures[i].startups - latest[i]
		if figures[i].Agg != aggSum && rest > 0 && rest < fewest {
			figures[i].suppress()
		}
	}
	return figures, nil
}

// suppress leaves of a figure only what it is about, and how many were asked.
func (f *Figure) suppress() {
	f.Total, f.Reported, f.ByState, f.Grade, f.Suppressed = nil, 0, nil, nil, true
}

// parts divides the startups of all cohorts: those of the cohorts that somebody may see, by cohort, and how many stand outside,
// of whom only the sum of everybody tells. around nil is all.
func parts(teams map[string]int, around []string) (inside map[string]int, outside int) {
	inside = map[string]int{}
	for cohort, n := range teams {
		if around == nil || slices.Contains(around, cohort) {
			inside[cohort] = n
		} else {
			outside += n
		}
	}
	return inside, outside
}

// kept are the cohorts whose sums an official does not see, by how many startups of each gave a value: those of fewer than
// five, and so many of the next larger ones that what is kept is together five startups and more. Whoever takes all that is
// shown from the whole is left with the sum of these. Fewer than five outside count as kept: then the sum of what is theirs is
// not shown either, and the whole is everybody's.
func kept(teams map[string]int, outside int) []string {
	by := slices.SortedFunc(maps.Keys(teams), func(a, b string) int {
		return cmp.Or(cmp.Compare(teams[a], teams[b]), cmp.Compare(a, b))
	})
	together := 0
	if outside < fewest {
		together = outside
	}
	for i, cohort := range by {
		if teams[cohort] >= fewest && (together == 0 || together >= fewest) {
			return by[:i]
		}
		together += teams[cohort]
	}
	return by
}

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
