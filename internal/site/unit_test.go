package site_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/site"
	"vuon/internal/vn"
)

const (
	binhDuong = "pbinhduong00000"
	phuCuong  = "bphucuong000000"
	hiepThanh = "bhiepthanh00000"
	thuDauMot = "hthudaumot00000"
	phuLoi    = "hphuloi00000000"
	firstNew  = "2025-07-01"
)

func manager(t *testing.T, house core.App) access.Actor {
	t.Helper()
	return housetest.Actor(t, house, housetest.Holder(t, house, access.Manager, access.House), housetest.Noon)
}

func say(s string) *string { return &s }

// What is known today: 36 units of the old province, and of two of them what they were made of.
func TestTheHouseBeginsWithWhatIsKnownOfItsUnits(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	units, err := site.UnitsOf(house)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := site.AdminUnits.All(house, dbx.HashExp{"came_from": binhDuong})
	if err != nil || len(rows) != 36 {
		t.Fatalf("%d units came from Bình Dương (%v)", len(rows), err)
	}
	for _, row := range rows {
		if at := units.AtLevel(row.Id, vn.Province, "2025-06-30"); len(at) != 1 || at[0].Unit != binhDuong {
			t.Errorf("%s lay in %v", row.Plain().Name, at)
		}
	}
	for old, now := range map[string]string{phuCuong: thuDauMot, "bphuchanh000000": "hbinhduong00000", binhDuong: "phochiminh00000"} {
		if at := units.At(old, firstNew); len(at) != 1 || at[0].Unit != now || at[0].Estimated {
			t.Errorf("%s became %v", old, at)
		}
	}
	if at := units.At(hiepThanh, firstNew); len(at) != 2 || !at[0].Estimated {
		t.Errorf("of Hiệp Thành only a part is known: %v", at)
	}
	for i, row := range rows { // a save writes the keys anew: those of the migration are the same
		was := row.FieldsData()
		housetest.Save(t, house, row.ProxyRecord())
		for _, key := range []string{"search_key", "sort_key"} {
			if was[key] != row.ProxyRecord().FieldsData()[key] {
				t.Errorf("%d: %s is %q, and was %q", i, key, row.ProxyRecord().FieldsData()[key], was[key])
			}
		}
	}
	housetest.Well(t, house)
}

func TestUnitsAreEndedMergedAndDividedByManagers(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	by := manager(t, house)
	add := func(code, name, from, to string) *site.Unit {
		t.Helper()
		u, err := site.AddUnit(house, by, site.UnitEntry{
			Code: &code, Level: say(vn.Ward), Kind: say("ward"), Name: &name, Parent: say("phochiminh00000"), ValidFrom: &from, ValidTo: &to,
		}, housetest.Noon)
		if err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		return u
	}
	a, b := add("X-a", "A", firstNew, ""), add("X-b", "B", firstNew, "2027-12-31")
	c, d := add("X-c", "C", "2028-01-01", ""), add("X-d", "D", "2028-01-01", "")
	if _, err := site.MergeUnits(house, by, []string{a.Id, b.Id}, c.Id, site.Basis{Source: "NQ 1", Checked: true}, housetest.Noon); err != nil {
		t.Fatal(err)
	}
	units, err := site.UnitsOf(house)
	if err != nil {
		t.Fatal(err)
	}
	if u, _ := units.Unit(a.Id); u.To != "2027-12-31" {
		t.Errorf("what was merged stands until %q", u.To)
	}
	_, err = site.MergeUnits(house, by, []string{a.Id}, d.Id, site.Basis{}, housetest.Noon)
	housetest.Refused(t, err, "unit.linked")
	if _, err := site.SplitUnit(house, by, a.Id, "2028-01-01", []site.UnitPart{{Unit: c.Id, Share: 2500}, {Unit: d.Id, Share: 7000}, {Share: 500}}, site.Basis{}, 0, housetest.Noon); err != nil {
		t.Fatalf("divided anew: %v", err)
	}
	units, _ = site.UnitsOf(house)
	if at := units.At(a.Id, "2028-06-01"); len(at) != 3 || at[0] != (vn.Landing{Unit: d.Id, Share: 7000, Estimated: true}) {
		t.Errorf("it became %v", at)
	}
	if _, err := site.SplitUnit(house, by, a.Id, "2028-01-01", nil, site.Basis{}, 0, housetest.Noon); err != nil {
		t.Fatalf("nothing is said of what it became: %v", err)
	}
	if _, err := site.EditUnit(house, by, a.Id, site.UnitEntry{ValidTo: say("")}, housetest.Noon); err != nil {
		t.Fatalf("and it stands again: %v", err)
	}
	if _, err := site.EndUnit(house, by, a.Id, "2030-01-01", 0, housetest.Noon); err != nil {
		t.Fatal(err)
	}
	_, err = site.EndUnit(house, by, a.Id, "2031-01-01", 0, housetest.Noon)
	housetest.Refused(t, err, "unit.ended")
	if err := site.RemoveUnit(house, by, d.Id, housetest.Noon); err != nil {
		t.Errorf("nothing rests on it: %v", err)
	}
	housetest.Refused(t, site.RemoveUnit(house, by, c.Id, housetest.Noon), "unit.in_use")
	housetest.Refused(t, site.RemoveUnit(house, by, binhDuong, housetest.Noon), "unit.in_use")
	housetest.Well(t, house)
}

func TestWhatIsNoUnitIsRefused(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	by := manager(t, house)
	good := func() site.UnitEntry {
		return site.UnitEntry{Code: say("X-1"), Level: say(vn.Ward), Kind: say("ward"), Name: say("Mới"), Parent: say("phochiminh00000"), ValidFrom: say(firstNew)}
	}
	for want, change := range map[string]func(*site.UnitEntry){
		"unit.code":      func(e *site.UnitEntry) { e.Code = say("Mã lạ") },
		"unit.kind":      func(e *site.UnitEntry) { e.Kind = say("province") },
		"unit.day":       func(e *site.UnitEntry) { e.ValidTo = say("2026-02-30") },
		"unit.inverted":  func(e *site.UnitEntry) { e.ValidTo = say("2025-06-30") },
		"unit.parent":    func(e *site.UnitEntry) { e.Parent = say(binhDuong) }, // it had ended
		"unit.came_from": func(e *site.UnitEntry) { e.CameFrom = say("phochiminh00000") },
		"unit.overlap":   func(e *site.UnitEntry) { e.Code = say("hcm-DI-an") },
	} {
		e := good()
		change(&e)
		_, err := site.AddUnit(house, by, e, housetest.Noon)
		housetest.Refused(t, err, want)
	}
	e := good()
	e.Parent = say(thuDauMot)
	_, err := site.AddUnit(house, by, e, housetest.Noon)
	housetest.Refused(t, err, "unit.parent") // a ward lies in no ward
	e = good()
	e.Code, e.Parent, e.ValidFrom, e.ValidTo = say("HCM-di-an"), say(binhDuong), say(""), say("2025-06-30")
	if _, err := site.AddUnit(house, by, e, housetest.Noon); err != nil {
		t.Errorf("the code was free before: %v", err)
	}
	_, err = site.EditUnit(house, by, thuDauMot, site.UnitEntry{Level: say(vn.District), Kind: say("district")}, housetest.Noon)
	housetest.Refused(t, err, "record.rooted")
	_, err = site.EditUnit(house, by, phuCuong, site.UnitEntry{ValidTo: say("2025-05-31")}, housetest.Noon)
	housetest.Refused(t, err, "unit.linked")
	_, err = site.EditUnit(house, by, thuDauMot, site.UnitEntry{ValidFrom: say("2025-08-01")}, housetest.Noon)
	housetest.Refused(t, err, "unit.linked")
	housetest.Well(t, house)
}

func TestWhatBecameOfAUnitIsTheWholeOfIt(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	by := manager(t, house)
	for _, c := range []struct {
		on    string
		parts []site.UnitPart
		want  string
	}{
		{firstNew, []site.UnitPart{{Unit: thuDauMot, Share: 9999}}, "unit.shares"},
		{firstNew, []site.UnitPart{{Unit: thuDauMot, Share: 5000}, {Unit: thuDauMot, Share: 5000}}, "unit.shares"},
		{firstNew, []site.UnitPart{{Unit: thuDauMot, Share: 12000}, {Unit: phuLoi, Share: -2000}}, "unit.shares"},
		{"2025-08-01", []site.UnitPart{{Unit: thuDauMot, Share: 10000}}, "unit.order"},          // it began a month before
		{firstNew, []site.UnitPart{{Unit: "phochiminh00000", Share: 10000}}, "unit.level_link"}, // a ward becomes no city
		{firstNew, []site.UnitPart{{Unit: phuCuong, Share: 10000}}, "unit.order"},               // that one has ended too
		{"", nil, "unit.day"},
	} {
		_, err := site.SplitUnit(house, by, hiepThanh, c.on, c.parts, site.Basis{}, 0, housetest.Noon)
		housetest.Refused(t, err, c.want)
	}
	link, err := site.UnitLinks.First(house, dbx.HashExp{"old": hiepThanh})
	if err != nil {
		t.Fatal(err)
	}
	housetest.Refused(t, house.Save(link), "unit.verb_only")
	housetest.Refused(t, house.Delete(link), "unit.verb_only")
	housetest.Well(t, house)
}

// The doctor sees what went past the guards.
func TestTheDoctorHoldsUnitsTogether(t *testing.T) {
	t.Parallel()
	for want, sql := range map[string]string{
		"site.unit_days":   "UPDATE admin_units SET code = 'HCM-di-an', valid_from = '2025-07-02' WHERE id = 'hthuanan0000000'",
		"site.unit_around": "UPDATE admin_units SET parent = 'hdian0000000000' WHERE id = 'hthuanan0000000'",
		"site.unit_links":  "UPDATE admin_units SET valid_to = '2025-01-01' WHERE id = 'bphucuong000000'",
		"site.unit_shares": "UPDATE admin_unit_links SET share = 4999 WHERE old = 'bhiepthanh00000' AND new = ''",
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			house := housetest.App(t)
			if _, err := house.DB().NewQuery(sql).Execute(); err != nil {
				t.Fatal(err)
			}
			ill(t, house, want)
		})
	}
}

type unitPage struct {
	Rows []struct {
		ID     string `json:"id"`
		Name   string `json:"name"`
		Before []struct {
			Name string `json:"name"`
		} `json:"before"`
		After []struct {
			ID    string `json:"id"`
			Share int    `json:"share"`
		} `json:"after"`
	} `json:"rows"`
	Next string `json:"next"`
}

func TestUnitsAreFoundByTheirOldNames(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	server := housetest.Server(t, house)
	who := housetest.User(t, house)
	ask := func(query string) (page unitPage) {
		t.Helper()
		got := housetest.Ask(t, server, who, http.MethodGet, "/api/vuon/admin-units"+query, "")
		if err := json.Unmarshal(got.Body.Bytes(), &page); err != nil || got.Code != http.StatusOK {
			t.Fatalf("%s: %d %s", query, got.Code, got.Body)
		}
		return page
	}
	found := map[string]bool{}
	for _, r := range ask("?q=phu+cuong&level=ward").Rows {
		found[r.ID] = true
	}
	if !found[phuCuong] || !found[thuDauMot] || len(found) != 2 {
		t.Errorf("phu cuong finds %v", found)
	}
	if rows := ask("?q=hiep+thanh&when=past").Rows; len(rows) != 1 || len(rows[0].After) != 2 || rows[0].After[0].Share+rows[0].After[1].Share != 10000 {
		t.Errorf("what became of it: %+v", rows)
	}
	if rows := ask("?q=thu+dau+mot&when=now").Rows; len(rows) != 1 || len(rows[0].Before) != 5 {
		t.Errorf("what it was: %+v", rows)
	}
	if rows := ask("?q=dau+mot&when=began&on=2025-06-30").Rows; len(rows) == 0 || rows[0].ID == thuDauMot {
		t.Errorf("before it began it is not to be chosen: %+v", rows)
	}
	seen, after := map[string]bool{}, ""
	for range 10 {
		page := ask("?limit=10&after=" + after)
		for _, r := range page.Rows {
			if seen[r.ID] {
				t.Errorf("%s stands on two pages", r.Name)
			}
			seen[r.ID] = true
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if len(seen) != 47 {
		t.Errorf("the pages hold %d units", len(seen))
	}
	table := housetest.Ask(t, server, who, http.MethodGet, "/api/vuon/admin-units?format=csv&q=hiep+thanh", "").Body.String()
	if !strings.Contains(table, "Thủ Dầu Một 50%; ? 50%") {
		t.Errorf("the table: %s", table)
	}
}

// ill fails unless one audit finds something.
func ill(t *testing.T, house core.App, id string) {
	t.Helper()
	for _, a := range site.Audits() {
		if a.ID != id {
			continue
		}
		if broken, err := a.Broken(t.Context(), house, 10); err != nil || len(broken) == 0 {
			t.Errorf("%s finds %v (%v)", id, broken, err)
		}
	}
}
