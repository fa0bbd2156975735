package startups

import (
	"slices"
	"strings"

	"vuon/internal/locale"
	"vuon/internal/vn"
)

// lines are units with what they were and what they became, as a filter means them. One that there is not is not asked for.
func lines(units *vn.Units, chosen []string) []string {
	var all []string
	for _, id := range chosen {
		if _, known := units.Unit(id); !known {
			continue
		}
		for _, other := range units.Line(id) {
			if !slices.Contains(all, other) {
				all = append(all, other)
			}
		}
	}
	return all
}

// unitOptions are the units that listed startups declare, by their Vietnamese names, each with what it is called now. Whoever
// chooses one finds those too that declared what it was or what it became, and so they are counted with it.
func unitOptions(units *vn.Units, counts []tally, on []string, words func(string) locale.Pair) []option {
	n := map[string]int64{}
	for _, c := range counts {
		n[c.Value] = c.N
	}
	var list []option
	for _, c := range counts {
		u, known := units.Unit(c.Value)
		if !known {
			continue
		}
		o := option{Value: u.ID, Title: unitCalled(units, u, words), On: slices.Contains(on, u.ID)}
		for _, other := range units.Line(u.ID) {
			o.N += n[other]
		}
		list = append(list, o)
	}
	slices.SortFunc(list, func(a, b option) int {
		return strings.Compare(vn.SortKey(a.Title.VI)+a.Value, vn.SortKey(b.Title.VI)+b.Value)
	})
	return list
}

// unitCalled is a unit's name with its kind; of one that has ended, with what its larger part is called today too.
func unitCalled(units *vn.Units, u vn.Unit, words func(string) locale.Pair) locale.Pair {
	kind := words("unit_kind." + u.Kind)
	name := locale.Pair{VI: kind.VI + " " + u.Name, EN: u.Name + " " + kind.EN}
	if u.To == "" {
		return name
	}
	later := units.At(u.ID, "9999-12-31")[0]
	if now, known := units.Unit(later.Unit); known {
		is := words("unit.is_now")
		if later.Estimated {
			is = words("unit.is_partly_now")
		}
		name.VI, name.EN = name.VI+" ("+is.VI+" "+now.Name+")", name.EN+" ("+is.EN+" "+now.Name+")"
	}
	return name
}
