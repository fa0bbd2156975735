package startups

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/vn"
)

// ByUnit is how many startups of a portfolio declare which administrative unit, in the boundaries of a day. A startup that
// declares another unit than one of that day is counted where its unit lies; by shares, where it was divided. All shares
// together are all startups, always.
type ByUnit struct {
	On         string      `json:"on"`
	Level      string      `json:"level"`
	Startups   *int        `json:"startups"`   // who ever came into a cohort; null for an official
	None       int         `json:"none"`       // who declare none
	Unknown    int         `json:"unknown"`    // of whom nobody can say where they lie, in ten-thousandths of a startup
	Few        []string    `json:"few"`        // of none and unknown, what an official is not told
	Rows       []UnitCount `json:"rows"`       // the most first
	Suppressed bool        `json:"suppressed"` // something is kept back, in units that do not stand here
}

// UnitCount is one unit of the day with the startups in it.
type UnitCount struct {
	Unit       UnitName `json:"unit"`
	Share      int      `json:"share"`   // in ten-thousandths of a startup
	Sure       int      `json:"sure"`    // startups that are in it as a whole
	Guessed    int      `json:"guessed"` // startups of which it is only estimated how much
	Suppressed bool     `json:"-"`
}

// UnitName is an administrative unit as figures name it.
type UnitName struct {
	ID    string `json:"id"`
	Kind  string `json:"kind"`
	Name  string `json:"name"`
	In    string `json:"in"`    // the unit in which it lies
	Ended string `json:"ended"` // its last day, or ""
}

func nameOf(units *vn.Units, id string) UnitName {
	u, _ := units.Unit(id)
	wider, _ := units.Unit(u.Parent)
	return UnitName{ID: u.ID, Kind: u.Kind, Name: u.Name, In: wider.Name, Ended: u.To}
}

// What a figure by units is not about one unit.
const (
	unitNone    = "none"
	unitUnknown = "unknown"
)

// PortfolioByUnit counts the startups of a portfolio by unit: on is the day of the boundaries, "" today, level ward, district or
// province. Officials read the boundaries of today, of all that is theirs. Errors: as Figures, unit.day, unit.level.
func PortfolioByUnit(app core.App, by access.Actor, cohort, on, level string, now time.Time) (*ByUnit, error) {
	e, err := figureEye(app, by, cohort)
	if err != nil {
		return nil, err
	}
	if on, level, err = boundaries(on, level, now); err != nil {
		return nil, err
	}
	units, err := asked(app).Units(app)
	if err != nil {
		return nil, err
	}
	lines, err := declaredIn(app, e)
	if err != nil {
		return nil, err
	}
	if e.coarse {
		twice, err := enrolledTwice(app, e)
		if err != nil {
			return nil, err
		}
		return e.byUnit(units, lines, twice, vn.DayOf(now).String(), level), nil
	}
	return byUnit(units, lines, on, level), nil
}

// boundaries reads which boundaries are meant. Errors: unit.day, unit.level.
func boundaries(on, level string, now time.Time) (day, of string, err error) {
	if on == "" {
		on = vn.DayOf(now).String()
	}
	if level == "" {
		level = vn.Ward
	}
	if _, err := vn.ParseDay(on); err != nil {
		return "", "", fault.Field("on", "unit.day")
	}
	if !slices.Contains(vn.UnitLevels, level) {
		return "", "", fault.Field("level", "unit.level")
	}
	return on, level, nil
}

// byUnit counts what startups declare in the boundaries of a day.
func byUnit(units *vn.Units, lines []DeclaredLine, on, level string) *ByUnit {
	b, counts, all := &ByUnit{On: on, Level: level, Rows: []UnitCount{}, Few: []string{}}, map[string]*UnitCount{}, 0
	for _, line := range lines {
		if all += line.Startups; line.Unit == "" {
			b.None += line.Startups
			continue
		}
		for _, at := range units.AtLevel(line.Unit, level, on) {
			if at.Unit == "" {
				b.Unknown += at.Share * line.Startups
				continue
			}
			c := counts[at.Unit]
			if c == nil {
				c = &UnitCount{Unit: nameOf(units, at.Unit)}
				counts[at.Unit] = c
			}
			if c.Share += at.Share * line.Startups; at.Estimated {
				c.Guessed += line.Startups
			} else {
				c.Sure += line.Startups
			}
		}
	}
	for _, c := range counts {
		b.Rows = append(b.Rows, *c)
	}
	slices.SortFunc(b.Rows, byShare)
	b.Startups = &all
	return b
}

func byShare(a, b UnitCount) int {
	if a.Share != b.Share {
		return b.Share - a.Share
	}
	return strings.Compare(vn.SortKey(a.Unit.Name)+a.Unit.ID, vn.SortKey(b.Unit.Name)+b.Unit.ID)
}

// byUnit is what an official reads: whole startups in the wards of today, who are only estimated to be in one among those of whom
// nobody knows, and neither fewer than five nor so few that what is left of everybody gives them away. A wider unit is the sum of
// its shown wards, and kept back with any of them. twice is how many startups stand in two cohorts: by them the steps of the
// portfolio and this figure differ. Of one cohort among others nothing is shown.
func (e eye) byUnit(units *vn.Units, lines []DeclaredLine, twice int, today, level string) *ByUnit {
	if !e.whole() {
		return &ByUnit{On: today, Level: level, Rows: []UnitCount{}, Few: []string{unitNone, unitUnknown}, Suppressed: true}
	}
	b := byUnit(units, lines, today, vn.Ward)
	teams := map[string]int{unitNone: b.None, unitUnknown: *b.Startups - b.None}
	for _, r := range b.Rows {
		teams[r.Unit.ID] = r.Sure
		teams[unitUnknown] -= r.Sure
	}
	for name, n := range teams {
		if n == 0 {
			delete(teams, name)
		}
	}
	hidden := kept(teams, fewest)
	if len(hidden) == 0 && few(twice) {
		hidden = smallest(teams)
	}
	shown := &ByUnit{On: today, Level: level, None: b.None, Unknown: teams[unitUnknown] * vn.WholeShare, Rows: []UnitCount{}, Few: []string{}}
	for name, n := range map[string]*int{unitNone: &shown.None, unitUnknown: &shown.Unknown} {
		if slices.Contains(hidden, name) {
			shown.Few, *n = append(shown.Few, name), 0
		}
	}
	slices.Sort(shown.Few)
	for _, r := range b.Rows {
		if r.Sure == 0 {
			continue
		}
		c := UnitCount{Unit: r.Unit, Suppressed: slices.Contains(hidden, r.Unit.ID)}
		if !c.Suppressed {
			c.Sure, c.Share = r.Sure, r.Sure*vn.WholeShare
		}
		shown.add(units, c, level)
	}
	shown.Rows = slices.DeleteFunc(shown.Rows, func(r UnitCount) bool { return r.Suppressed }) // that anybody is there is told of few
	slices.SortFunc(shown.Rows, byShare)
	shown.Suppressed = len(hidden) > 0
	return shown
}

// smallest is the team with the fewest, the first of equal ones; none of none.
func smallest(teams map[string]int) (one []string) {
	for _, name := range slices.Sorted(maps.Keys(teams)) {
		if len(one) == 0 || teams[name] < teams[one[0]] {
			one = []string{name}
		}
	}
	return one
}

// add puts a ward of today into the row of its level.
func (b *ByUnit) add(units *vn.Units, ward UnitCount, level string) {
	at := units.AtLevel(ward.Unit.ID, level, b.On)[0]
	if at.Unit == "" {
		b.Few = append(b.Few, unitUnknown) // how many of them there are would tell of the wards
		return
	}
	i := slices.IndexFunc(b.Rows, func(r UnitCount) bool { return r.Unit.ID == at.Unit })
	if i < 0 {
		i = len(b.Rows)
		b.Rows = append(b.Rows, UnitCount{Unit: nameOf(units, at.Unit)})
	}
	r := &b.Rows[i]
	if r.Suppressed = r.Suppressed || ward.Suppressed; r.Suppressed {
		r.Share, r.Sure = 0, 0
		return
	}
	r.Share += ward.Share
	r.Sure += ward.Sure
}

// UnitRow is one startup behind a figure by units.
type UnitRow struct {
	Startup   Named     `json:"startup"`
	Declared  *UnitName `json:"declared"` // null where it declares none
	Share     int       `json:"share"`    // how much of it is counted there, in ten-thousandths
	Estimated bool      `json:"estimated"`

	sortKey string
}

// unitRows opens a figure by units: the startups behind a unit, none or unknown. Staff and managers only. Errors: as
// PortfolioByUnit, access.needs_staff.
func unitRows(app core.App, by access.Actor, cohort, on, level, unit string, p page, now time.Time) ([]UnitRow, error) {
	e, err := closeEye(app, by, cohort)
	if err != nil {
		return nil, err
	}
	if on, level, err = boundaries(on, level, now); err != nil {
		return nil, err
	}
	units, err := asked(app).Units(app)
	if err != nil {
		return nil, err
	}
	lines, err := declaredIn(app, e)
	if err != nil {
		return nil, err
	}
	target, landings := unit, map[string]vn.Landing{}
	if unit == unitUnknown {
		target = ""
	}
	for _, line := range lines {
		if line.Unit == "" {
			if unit == unitNone {
				landings[""] = vn.Landing{Share: vn.WholeShare}
			}
			continue
		}
		for _, at := range units.AtLevel(line.Unit, level, on) {
			if unit != unitNone && at.Unit == target {
				landings[line.Unit] = at
			}
		}
	}
	return rowsOfUnits(app, e, units, landings, p)
}
