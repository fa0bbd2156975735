package startups

import (
	"time"

	"vuon/internal/locale"
)

// Survival is what became of the startups that graduated so many full years ago. Rates are in hundredths of a percent and null
// where they would divide by nothing. Rate is of those whose fate is known; Low takes all others for dead, High for alive.
type Survival struct {
	Years      int  `json:"years"` // since graduation; 5 is five and more, -1 all graduates
	Graduates  int  `json:"graduates"`
	Alive      int  `json:"alive"` // at work, or acquired, merged or floated
	Ended      int  `json:"ended"` // closed, or at rest
	Unknown    int  `json:"unknown"`
	Rate       *int `json:"rate"`
	Low        *int `json:"low"`
	High       *int `json:"high"`
	Suppressed bool `json:"suppressed"`

	cohorts map[string]int // of the graduates
}

// Of graduates the years are counted as far as they are asked how they are.
const (
	allYears  = -1
	mostYears = 5
)

// unheard is how long the last word of a startup tells that it is alive.
const unheard = 365 * 24 * time.Hour

// The fates of a graduate.
const (
	fateAlive   = "alive"
	fateEnded   = "ended"
	fateUnknown = "unknown"
)

// Alumnae are startups of which the same is known since they graduated.
type Alumnae struct {
	Cohort, Status, On string // the first of their cohorts, where it matters, and the day on which they graduated
	Heard              bool   // within the last year
	Said               string // what its people said last of what became of it, if that still tells
	N                  int
}

// Into is where a row of the query is read into, column by column.
func (g *Alumnae) Into() []any { return []any{&g.Cohort, &g.Status, &g.On, &g.Heard, &g.Said, &g.N} }

// Alumna is one startup that graduated, from the first of its cohorts.
type Alumna struct {
	Startup, Slug, Name, Sorted string
	Alumnae
}

// Into is where a row of the query is read into, column by column.
func (g *Alumna) Into() []any {
	return []any{&g.Startup, &g.Slug, &g.Name, &g.Sorted, &g.Cohort, &g.Status, &g.On, &g.Heard, &g.Said}
}

// fate is what is known of a graduate: by what a manager wrote down, and else by what its own people said. What was bought or
// merged lives on; what rests does not work; who has said nothing for a year, nobody knows of.
func (g Alumnae) fate() string {
	for _, word := range []string{g.Status, g.Said} {
		switch word {
		case string(StartupAcquired), string(StartupMerged), string(StartupFloated):
			return fateAlive
		case string(StartupClosed), string(StartupDormant):
			return fateEnded
		}
	}
	if g.Said == string(StartupActive) {
		return fateAlive
	}
	if g.Heard {
		return fateAlive
	}
	return fateUnknown
}

// public are graduates as an official reads of them: that one has closed or rests is told by what a manager wrote down, as the register
// of enterprises does; what only its own people have said of an end is told to the centre, and to others nobody knows of it.
func (g Alumnae) public() Alumnae {
	if g.Said == string(StartupClosed) || g.Said == string(StartupDormant) {
		g.Said, g.Heard = "", false
	}
	return g
}

// public are all of them so.
func public(all []Alumnae) []Alumnae {
	told := make([]Alumnae, len(all))
	for i, g := range all {
		told[i] = g.public()
	}
	return told
}

// yearsSince counts the full years since graduation, five at most.
func (g Alumnae) yearsSince(now time.Time) int {
	then, err := time.Parse(time.DateOnly, g.On)
	if err != nil {
		return 0
	}
	here := now.In(locale.Zone)
	years := here.Year() - then.Year()
	if here.Format("01-02") < then.Format("01-02") {
		years--
	}
	return max(0, min(years, mostYears))
}

// survivalOf counts graduates: all of them first, then by the years that have gone. Years in which nobody graduated are not
// among them.
func survivalOf(all []Alumnae, now time.Time) []Survival {
	rows := make([]Survival, mostYears+2)
	for i := range rows {
		rows[i] = Survival{Years: i - 1, cohorts: map[string]int{}}
	}
	for _, g := range all {
		rows[0].count(g)
		rows[1+g.yearsSince(now)].count(g)
	}
	told := []Survival{}
	for _, r := range rows {
		if r.Graduates > 0 || r.Years == allYears {
			told = append(told, r.rated())
		}
	}
	return told
}

func (r *Survival) count(g Alumnae) {
	r.Graduates += g.N
	r.cohorts[g.Cohort] += g.N
	switch g.fate() {
	case fateAlive:
		r.Alive += g.N
	case fateEnded:
		r.Ended += g.N
	default:
		r.Unknown += g.N
	}
}

func (r Survival) rated() Survival {
	r.Rate = share(r.Alive, r.Alive+r.Ended)
	r.Low, r.High = share(r.Alive, r.Graduates), share(r.Alive+r.Unknown, r.Graduates)
	return r
}

// share is part of whole in hundredths of a percent, or nil of nothing.
func share(part, whole int) *int {
	if whole == 0 {
		return nil
	}
	n := (part*10_000 + whole/2) / whole
	return &n
}

// suppress leaves of it only whom it is about.
func (r *Survival) suppress() {
	*r = Survival{Years: r.Years, Suppressed: true, cohorts: r.cohorts}
}
