package site

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
	"vuon/internal/vn"
)

// AdminUnits are the administrative units that the house knows, those that ended too.
var AdminUnits = record.Of[Unit]("admin_units")

// Unit is one administrative unit while its boundaries stood. A unit of the same name with other boundaries is another one.
type Unit struct{ core.BaseRecordProxy }

// UnitEntry is what a manager says of a unit. A field that is nil is left as it is.
type UnitEntry struct {
	Code      *string `json:"code"`
	Level     *string `json:"level"` // of a new unit alone
	Kind      *string `json:"kind"`
	Name      *string `json:"name"`
	Also      *string `json:"also"` // other names, by which people look for it
	Parent    *string `json:"parent"`
	CameFrom  *string `json:"came_from"`
	ValidFrom *string `json:"valid_from"`
	ValidTo   *string `json:"valid_to"`
	Source    *string `json:"source"`
	Checked   *bool   `json:"checked"`
	Rev       int     `json:"rev"`
}

// unitKinds are the kinds of unit at each level.
var unitKinds = map[string][]string{
	vn.Province: {"province", "city"},
	vn.District: {"district", "town", "city"},
	vn.Ward:     {"ward", "commune", "township", "special"},
}

// write puts what was said into the unit and leaves the rest.
func (u *Unit) write(said UnitEntry) {
	record.At(u, said.Rev)
	for field, value := range map[string]*string{
		"code": said.Code, "level": said.Level, "kind": said.Kind, "name": said.Name, "also": said.Also, "parent": said.Parent,
		"came_from": said.CameFrom, "valid_from": said.ValidFrom, "valid_to": said.ValidTo, "source": said.Source,
	} {
		if value != nil {
			u.Set(field, strings.TrimSpace(*value))
		}
	}
	if said.Checked != nil {
		u.Set("checked", *said.Checked)
	}
}

// Plain is the unit as its history is reckoned with.
func (u *Unit) Plain() vn.Unit {
	return vn.Unit{
		ID: u.Id, Code: u.GetString("code"), Level: u.GetString("level"), Kind: u.GetString("kind"), Name: u.GetString("name"),
		Parent: u.GetString("parent"), CameFrom: u.GetString("came_from"), From: u.GetString("valid_from"), To: u.GetString("valid_to"),
	}
}

// ends writes down the last day on which it stood.
func (u *Unit) ends(day string) { u.Set("valid_to", day) }

// refreshKeys keeps what a search and a sorted list compare.
func (u *Unit) refreshKeys() {
	u.Set("search_key", vn.Fold(strings.Join([]string{u.GetString("name"), u.GetString("also"), u.GetString("code")}, " ")))
	u.Set("sort_key", vn.SortKey(u.GetString("name")))
}
