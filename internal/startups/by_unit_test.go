package startups_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/startups"
	"vuon/internal/vn"
)

// declared are units that startups of a town declare: old ones, new ones, one of which half is known, and none.
var declared = []string{"", "", "bphucuong000000", "bphutho00000000", "bhiepthanh00000", "hthudaumot00000", "hdian0000000000", "hphuloi00000000"}

// declare lets every startup of a town declare a unit by chance, or one of a few.
func (w *town) declare(most int) map[string]int {
	w.Helper()
	all := map[string]int{}
	for _, c := range w.teams {
		unit := declared[w.dice.IntN(most)]
		all[unit]++
		w.sql("UPDATE startups SET admin_unit = {:unit} WHERE id = {:id}", dbx.Params{"unit": unit, "id": c.id})
	}
	return all
}

type rowsOfUnits struct {
	Rows []struct {
		Startup   startups.Named     `json:"startup"`
		Declared  *startups.UnitName `json:"declared"`
		Share     int                `json:"share"`
		Estimated bool               `json:"estimated"`
	} `json:"rows"`
	Next string `json:"next"`
}

// In whatever boundaries startups are counted, they are all counted, and every number opens to rows that make it.
func TestAPortfolioByUnitIsItsStartups(t *testing.T) {
	t.Parallel()
	w := settled(t, 3)
	chosen := w.declare(len(declared))
	holder := housetest.Holder(t, w.house, access.Staff, access.House)
	by, server := housetest.Actor(t, w.house, holder, w.now), housetest.Server(t, w.house)
	for _, on := range []string{"2025-06-30", "2025-07-01", ""} {
		for _, level := range vn.UnitLevels {
			b, err := startups.PortfolioByUnit(w.house, by, "", on, level, w.now)
			housetest.Refused(t, err, "")
			if b.Startups == nil || *b.Startups != len(w.teams) || b.None != chosen[""] {
				t.Fatalf("%s %s: %+v of %v", on, level, b, chosen)
			}
			sum := b.Unknown + b.None*vn.WholeShare
			names := map[string]int{"none": b.None * vn.WholeShare, "unknown": b.Unknown}
			for _, r := range b.Rows {
				sum += r.Share
				names[r.Unit.ID] = r.Share
			}
			if sum != len(w.teams)*vn.WholeShare {
				t.Errorf("%s %s: %d of %d startups", on, level, sum, len(w.teams))
			}
			for name, share := range names {
				opened, after := 0, ""
				for range 20 {
					got := housetest.Ask(t, server, holder, http.MethodGet, fmt.Sprintf("/api/vuon/portfolio-units/rows?unit=%s&on=%s&level=%s&limit=3&after=%s", name, on, level, after), "")
					var page rowsOfUnits
					if err := json.Unmarshal(got.Body.Bytes(), &page); err != nil || got.Code != http.StatusOK {
						t.Fatalf("%s: %d %s", name, got.Code, got.Body)
					}
					for _, r := range page.Rows {
						opened += r.Share
						if (r.Declared == nil) != (name == "none") || r.Estimated != (r.Share < vn.WholeShare) {
							t.Errorf("%s: %+v", name, r)
						}
					}
					if after = page.Next; after == "" {
						break
					}
				}
				if opened != share {
					t.Errorf("%s of %s %s opens to %d, not %d", name, on, level, opened, share)
				}
			}
		}
	}
	b, _ := startups.PortfolioByUnit(w.house, by, w.cohorts[0], "", "", w.now)
	if *b.Startups == 0 || *b.Startups > len(w.teams) {
		t.Errorf("one cohort: %+v", b)
	}
	_, err := startups.PortfolioByUnit(w.house, by, "", "2025-02-30", "", w.now)
	housetest.Refused(t, err, "unit.day")
	_, err = startups.PortfolioByUnit(w.house, by, "", "", "village", w.now)
	housetest.Refused(t, err, "unit.level")
}

// What is kept back from an official is together nobody or five and more, whoever knows how many there are; what is shown is five
// and more; no estimate and no other day is shown, for they would be taken from each other; and a cohort shows nothing.
func TestAnOfficialReadsNoSmallWard(t *testing.T) {
	t.Parallel()
	told := 0
	for seed := uint64(1); seed <= 8; seed++ {
		w := settled(t, seed)
		chosen := w.declare(3 + int(seed)%(len(declared)-2))
		by := housetest.Actor(t, w.house, housetest.Holder(t, w.house, access.Official, access.House), w.now)
		for _, level := range []string{vn.Ward, vn.Province} {
			b, err := startups.PortfolioByUnit(w.house, by, "", "2025-06-30", level, w.now)
			housetest.Refused(t, err, "")
			if b.On != vn.DayOf(w.now).String() || b.Startups != nil {
				t.Errorf("seed %d: boundaries of %s, %v startups", seed, b.On, b.Startups)
			}
			twice := 0
			for _, c := range w.teams {
				twice += len(slices.Compact(slices.Clone(c.cohort))) - 1
			}
			if twice > 0 && twice < 5 && !b.Suppressed {
				t.Errorf("seed %d: %d startups stand in two cohorts, and the steps of the portfolio tell of them", seed, twice)
			}
			left := len(w.teams) - b.None - b.Unknown/vn.WholeShare
			for _, n := range []int{b.None, b.Unknown / vn.WholeShare} {
				if n > 0 && n < 5 {
					t.Errorf("seed %d: %d are told of", seed, n)
				}
			}
			for _, r := range b.Rows {
				if r.Guessed > 0 || r.Sure < 5 || r.Share != r.Sure*vn.WholeShare {
					t.Errorf("seed %d: %+v", seed, r)
				}
				left -= r.Sure
				told += r.Sure
			}
			if left > 0 && left < 5 || left > 0 != b.Suppressed {
				t.Errorf("seed %d, %s: %d of %v are left over beside %+v", seed, level, left, chosen, b)
			}
		}
		b, err := startups.PortfolioByUnit(w.house, by, w.cohorts[0], "", "", w.now)
		housetest.Refused(t, err, "")
		if !b.Suppressed || len(b.Rows) > 0 || b.None+b.Unknown > 0 {
			t.Errorf("seed %d: of one cohort among others: %+v", seed, b)
		}
	}
	if told == 0 {
		t.Error("nothing was shown at all")
	}
}

func TestAStartupDeclaresAWard(t *testing.T) {
	t.Parallel()
	w := settled(t, 5)
	id := w.teams[0].id
	by := housetest.Actor(t, w.house, housetest.Holder(t, w.house, access.Staff, access.House), w.now)
	w.sql("UPDATE startups SET sector = 'software', stage = 'mvp' WHERE id = {:id}", dbx.Params{"id": id})
	edit := func(unit string) error {
		_, err := startups.Edit(w.house, by, id, startups.Card{AdminUnit: &unit}, w.now)
		return err
	}
	for unit, want := range map[string]string{
		"bphucuong000000": "", "hthudaumot00000": "", "": "", "pbinhduong00000": "unit.ward_only", "nowhere00000000": "unit.unknown", "later0000000000": "unit.later",
	} {
		if want == "unit.later" {
			w.sql(`INSERT INTO admin_units (id, code, level, kind, name, valid_from, rev) VALUES ('later0000000000', 'X', 'ward', 'ward', 'Sau', '2030-01-01', 1)`, nil)
		}
		housetest.Refused(t, edit(unit), want)
	}
	row, err := w.house.FindRecordById("startups", id)
	if err != nil {
		t.Fatal(err)
	}
	row.Set("admin_unit", "pbinhduong00000")
	housetest.Refused(t, w.house.Save(row), "unit.ward_only") // whoever writes
	housetest.Refused(t, edit("bphucuong000000"), "")
	unit, err := w.house.FindRecordById("admin_units", "bphucuong000000")
	if err != nil {
		t.Fatal(err)
	}
	housetest.Refused(t, w.house.Delete(unit), "unit.in_use")
	free := housetest.OldWard(t, w.house, "An Bình")
	housetest.Refused(t, edit(free.Id), "")
	housetest.Refused(t, w.house.Delete(free), "unit.in_use") // a startup rests on it alone
}

// Who looks for what a ward is called now finds who declared what it was, and the other way round; a sister of what it was is found by
// the new name alone.
func TestTheDirectoryFindsAWardByAllItsNames(t *testing.T) {
	t.Parallel()
	w := settled(t, 7)
	server := housetest.Server(t, w.house)
	staff := housetest.Holder(t, w.house, access.Staff, access.House)
	for i, unit := range []string{"bphucuong000000", "bphutho00000000", "hthudaumot00000", "hdian0000000000"} {
		w.sql("UPDATE startups SET admin_unit = {:unit}, name = {:name} WHERE id = {:id}", dbx.Params{"unit": unit, "name": "Đội " + unit, "id": w.teams[i].id})
	}
	for unit, want := range map[string][]string{
		"bphucuong000000": {"bphucuong000000", "hthudaumot00000"},
		"hthudaumot00000": {"bphucuong000000", "bphutho00000000", "hthudaumot00000"},
		"hphuloi00000000": nil,
		"pbinhduong00000": {"bphucuong000000", "bphutho00000000", "hdian0000000000", "hthudaumot00000"},
	} {
		for _, place := range []struct {
			path string
			who  *core.Record
		}{{"/startups?unit=", nil}, {"/api/vuon/startups?unit=", staff}} {
			body := housetest.Ask(t, server, place.who, http.MethodGet, place.path+unit, "").Body.String()
			var found []string
			for _, one := range []string{"bphucuong000000", "bphutho00000000", "hdian0000000000", "hthudaumot00000"} {
				if strings.Contains(body, "Đội "+one) {
					found = append(found, one)
				}
			}
			if !slices.Equal(found, want) {
				t.Errorf("%s%s finds %v, not %v", place.path, unit, found, want)
			}
		}
	}
	page := housetest.Ask(t, server, nil, http.MethodGet, "/startups", "").Body.String()
	if !strings.Contains(page, "Phường Phú Cường (nay là Thủ Dầu Một)") {
		t.Error("the directory does not say what the ward is called now")
	}
}
