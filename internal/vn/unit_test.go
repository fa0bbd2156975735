package vn_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"vuon/internal/vn"
)

const (
	lastOld  = "2025-06-30"
	firstNew = "2025-07-01"
)

// merged is a province of two old wards and one that was divided, and what they became.
func merged(t *testing.T) *vn.Units {
	t.Helper()
	ward := func(id, parent, came, from, to string) vn.Unit {
		return vn.Unit{ID: id, Level: vn.Ward, Name: id, Parent: parent, CameFrom: came, From: from, To: to}
	}
	units, err := vn.NewUnits([]vn.Unit{
		{ID: "bd", Level: vn.Province, To: lastOld},
		{ID: "hcm", Level: vn.Province, From: firstNew},
		ward("cuong", "bd", "", "", lastOld), ward("tho", "bd", "", "", lastOld), ward("my", "bd", "", "", lastOld), ward("gone", "bd", "", "", lastOld),
		ward("tdm", "hcm", "bd", firstNew, ""), ward("hiep", "hcm", "bd", firstNew, ""), ward("di", "hcm", "bd", firstNew, ""), ward("sg", "hcm", "", firstNew, ""),
	}, []vn.UnitLink{
		{Old: "bd", New: "hcm", Share: vn.WholeShare, On: firstNew},
		{Old: "cuong", New: "tdm", Share: vn.WholeShare, On: firstNew},
		{Old: "tho", New: "tdm", Share: vn.WholeShare, On: firstNew},
		{Old: "my", New: "tdm", Share: 6000, On: firstNew},
		{Old: "my", New: "hiep", Share: 3000, On: firstNew},
		{Old: "my", New: "", Share: 1000, On: firstNew},
	})
	if err != nil {
		t.Fatal(err)
	}
	return units
}

func TestADeclaredUnitIsFoundInTheBoundariesOfADay(t *testing.T) {
	t.Parallel()
	units := merged(t)
	sure := func(id string) []vn.Landing { return []vn.Landing{{Unit: id, Share: vn.WholeShare}} }
	for _, c := range []struct {
		id, level, on string
		want          []vn.Landing
	}{
		{"cuong", vn.Ward, lastOld, sure("cuong")},
		{"cuong", vn.Ward, firstNew, sure("tdm")},
		{"my", vn.Ward, "2030-01-01", []vn.Landing{{"tdm", 6000, true}, {"hiep", 3000, true}, {"", 1000, true}}},
		{"my", vn.Province, firstNew, sure("hcm")}, // wherever in it
		{"my", vn.Province, lastOld, sure("bd")},
		{"hiep", vn.Ward, lastOld, sure("my")}, // it came from there alone
		{"di", vn.Ward, lastOld, sure("")},     // nobody has said of what it was made
		{"di", vn.Province, lastOld, sure("bd")},
		{"sg", vn.Province, lastOld, sure("")}, // it does not lie in what Bình Dương became because it lies in the city
		{"gone", vn.Ward, firstNew, sure("")},
		{"gone", vn.Province, firstNew, sure("hcm")},
		{"bd", vn.Ward, lastOld, sure("")}, // a province is no ward
		{"nowhere", vn.Ward, lastOld, sure("")},
		{"tdm", vn.District, firstNew, sure("")},
	} {
		if got := units.AtLevel(c.id, c.level, c.on); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s as a %s on %s is %v, not %v", c.id, c.level, c.on, got, c.want)
		}
	}
	if got := units.At("tdm", lastOld); len(got) != 3 || got[0].Share+got[1].Share+got[2].Share != vn.WholeShare || !got[0].Estimated || got[2].Unit != "my" {
		t.Errorf("what Thủ Dầu Một was: %v", got)
	}
}

func TestWhoLooksForAUnitFindsWhatItBecameAndWhatItWas(t *testing.T) {
	t.Parallel()
	units := merged(t)
	for id, want := range map[string][]string{
		"cuong": {"cuong", "tdm"},
		"tdm":   {"cuong", "my", "tdm", "tho"},
		"my":    {"hiep", "my", "tdm"},
		"di":    {"di"},
		"bd":    {"bd", "cuong", "di", "gone", "hcm", "hiep", "my", "tdm", "tho"},
	} {
		if got := slices.Sorted(slices.Values(units.Line(id))); !slices.Equal(got, want) {
			t.Errorf("%s: %v, not %v", id, got, want)
		}
	}
}

func TestAChainOfBoundariesIsFollowedToItsEnd(t *testing.T) {
	t.Parallel()
	units, err := vn.NewUnits([]vn.Unit{
		{ID: "a", Level: vn.Ward, To: "2000-12-31"},
		{ID: "b", Level: vn.Ward, From: "2001-01-01", To: "2010-12-31"},
		{ID: "c", Level: vn.Ward, From: "2001-01-01", To: "2010-12-31"},
		{ID: "d", Level: vn.Ward, From: "2011-01-01"},
	}, []vn.UnitLink{
		{"a", "b", 3333, "2001-01-01"}, {"a", "c", 6667, "2001-01-01"}, {"b", "d", 10000, "2011-01-01"}, {"c", "d", 10000, "2011-01-01"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := units.At("a", "2005-05-05"); !reflect.DeepEqual(got, []vn.Landing{{"c", 6667, true}, {"b", 3333, true}}) {
		t.Errorf("in between: %v", got)
	}
	if got := units.At("a", "2020-01-01"); !reflect.DeepEqual(got, []vn.Landing{{Unit: "d", Share: 10000}}) {
		t.Errorf("both parts came together again, and that is sure: %v", got)
	}
	if got := units.At("d", "1999-01-01"); !reflect.DeepEqual(got, []vn.Landing{{Unit: "a", Share: 10000}}) {
		t.Errorf("and back: %v", got)
	}
}

func TestWhatIsNoHistoryIsRefused(t *testing.T) {
	t.Parallel()
	three := []vn.Unit{{ID: "a", Level: vn.Ward}, {ID: "b", Level: vn.Ward}, {ID: "c", Level: vn.Ward}}
	whole := func(from, to string) vn.UnitLink { return vn.UnitLink{Old: from, New: to, Share: vn.WholeShare} }
	for name, c := range map[string]struct {
		units []vn.Unit
		links []vn.UnitLink
		want  error
	}{
		"a circle":         {three, []vn.UnitLink{whole("a", "b"), whole("b", "c"), whole("c", "a")}, vn.ErrUnitCycle},
		"itself":           {three, []vn.UnitLink{whole("a", "a")}, vn.ErrUnitCycle},
		"lies in itself":   {[]vn.Unit{{ID: "a", Parent: "b"}, {ID: "b", Parent: "a"}}, nil, vn.ErrUnitCycle},
		"too little":       {three, []vn.UnitLink{{Old: "a", New: "b", Share: 9999}}, vn.ErrUnitShares},
		"too much":         {three, []vn.UnitLink{whole("a", "b"), {Old: "a", New: "c", Share: 1}}, vn.ErrUnitShares},
		"less than none":   {three, []vn.UnitLink{{Old: "a", New: "b", Share: 10001}, {Old: "a", New: "c", Share: -1}}, vn.ErrUnitShares},
		"a chain":          {three, []vn.UnitLink{whole("a", "b"), whole("b", "c")}, nil},
		"two into the one": {three, []vn.UnitLink{whole("a", "c"), whole("b", "c")}, nil},
	} {
		if _, err := vn.NewUnits(c.units, c.links); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whatever was merged and divided, in however many steps, what was there is still there: on every day, at every level.
func TestSharesConserveWhatTheyDivide(t *testing.T) {
	t.Parallel()
	for seed := uint64(1); seed <= 300; seed++ {
		chance := rand.New(rand.NewPCG(seed, 7))
		var units []vn.Unit
		var links []vn.UnitLink
		day := func(step, last int) string { return fmt.Sprintf("20%02d-01-%02d", step, 1+last) }
		steps := 2 + chance.IntN(5)
		for step := range steps {
			units = append(units, vn.Unit{ID: fmt.Sprint("p", step), Level: vn.Province})
			for n := range 1 + chance.IntN(5) {
				one := vn.Unit{ID: fmt.Sprint(step, "-", n), Level: vn.Ward, From: day(step, 1)}
				if chance.IntN(3) > 0 {
					one.Parent = fmt.Sprint("p", step)
				}
				if step < steps-1 {
					one.To = day(step+1, 0)
				}
				units = append(units, one)
			}
		}
		for _, one := range units {
			if one.To == "" || chance.IntN(8) == 0 {
				continue
			}
			left := vn.WholeShare
			for _, other := range units {
				if share := 1 + chance.IntN(vn.WholeShare); other.From > one.To && other.From[:4] == one.To[:4] && share < left && chance.IntN(2) == 0 {
					links = append(links, vn.UnitLink{Old: one.ID, New: other.ID, Share: share, On: other.From})
					left -= share
				}
			}
			links = append(links, vn.UnitLink{Old: one.ID, Share: left})
		}
		all, err := vn.NewUnits(units, links)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for _, one := range units {
			for step := range steps {
				for _, level := range vn.UnitLevels {
					sum := 0
					for _, l := range all.AtLevel(one.ID, level, day(step, 5)) {
						at, known := all.Unit(l.Unit)
						if sum += l.Share; l.Share <= 0 || known && (at.Level != level || !at.Stands(day(step, 5))) {
							t.Fatalf("seed %d: %s lies in %v on %s", seed, one.ID, l, day(step, 5))
						}
					}
					if sum != vn.WholeShare {
						t.Fatalf("seed %d: %d of %s are left on %s", seed, sum, one.ID, day(step, 5))
					}
				}
			}
		}
	}
}
