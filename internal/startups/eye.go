package startups

import (
	"cmp"
	"maps"
	"slices"

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

// whole says whether all is summed up that they may see.
func (e eye) whole() bool { return slices.Equal(e.cohorts, e.around) }

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
	if e.whole() {
		return few(n) || few(outside)
	}
	return few(n) || n > 0 && slices.Contains(kept(inside, outside), e.cohorts[0])
}
