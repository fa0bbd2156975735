package site

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
	"vuon/internal/vn"
)

// UnitLinks say what became of units.
var UnitLinks = record.Of[UnitLink]("admin_unit_links")

// UnitLink is a share of a unit that ended, in one that began the day after; or, without a new unit, the share of which nobody
// has said yet where it went.
type UnitLink struct{ core.BaseRecordProxy }

// UnitPart is a share of a unit as a manager divides it.
type UnitPart struct {
	Unit  string `json:"unit"`  // "" is not known
	Share int    `json:"share"` // in ten-thousandths
}

// newUnitLink describes a link that is not yet stored.
func newUnitLink(app core.App, old string, part UnitPart, on string, why Basis) (*UnitLink, error) {
	l, err := UnitLinks.New(app)
	if err != nil {
		return nil, err
	}
	l.Set("old", old)
	l.Set("new", part.Unit)
	l.Set("share", part.Share)
	l.Set("effective_on", on)
	l.Set("source", why.Source)
	l.Set("checked", why.Checked)
	return l, nil
}

// Plain is the link as the history of units is reckoned with.
func (l *UnitLink) Plain() vn.UnitLink {
	return vn.UnitLink{Old: l.GetString("old"), New: l.GetString("new"), Share: l.GetInt("share"), On: l.GetString("effective_on")}
}
