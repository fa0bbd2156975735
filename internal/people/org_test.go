package people_test

import (
	"testing"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/people"
)

// An organisation declares a ward that there is or was, by the verbs and past them; and a ward that one has declared stays.
func TestAnOrganisationDeclaresAWard(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	by, now := housetest.Actor(t, house, housetest.Holder(t, house, access.Staff, access.House), housetest.Noon), housetest.Noon
	_, err := house.DB().NewQuery(`INSERT INTO admin_units (id, code, level, kind, name, valid_from, rev) VALUES ('later0000000000', 'X', 'ward', 'ward', 'Sau', '2030-01-01', 1)`).Execute()
	housetest.Refused(t, err, "")
	gone := housetest.OldWard(t, house, "An Bình")

	card := people.Card{Kind: "university", House: "academia", NameVi: "Đại học Thử"}
	o, err := people.AddOrg(house, by, card, now)
	housetest.Refused(t, err, "")
	declare := func(unit string) error {
		_, err := people.EditOrg(house, by, o.Id, 0, func(c *people.Card) error { c.AdminUnit = unit; return nil }, now)
		return err
	}
	for unit, want := range map[string]string{
		"bphucuong000000": "", gone.Id: "", "": "", "pbinhduong00000": "unit.ward_only", "nowhere00000000": "unit.unknown", "later0000000000": "unit.later",
	} {
		housetest.Refused(t, declare(unit), want)
		card.AdminUnit = unit
		_, err := people.AddOrg(house, by, card, now)
		housetest.Refused(t, err, want)
	}
	row, err := house.FindRecordById("orgs", o.Id)
	housetest.Refused(t, err, "")
	row.Set("admin_unit", "pbinhduong00000")
	housetest.Refused(t, house.Save(row), "unit.ward_only") // whoever writes

	housetest.Refused(t, declare("bphucuong000000"), "")
	free := housetest.OldWard(t, house, "Bình An")
	housetest.Refused(t, declare(free.Id), "")
	housetest.Refused(t, house.Delete(free), "unit.in_use") // an organisation rests on it alone
	housetest.Refused(t, declare(""), "")
	housetest.Refused(t, house.Delete(free), "")
	housetest.Well(t, house)
}
