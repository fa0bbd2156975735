package site

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// Basis is on what a change of boundaries rests: a document, and whether somebody has held it against its final text.
type Basis struct {
	Source  string `json:"source"`
	Checked bool   `json:"checked"`
}

// UnitsOf is the history of all units, as it stands now: ask once for an answer, not once for a row.
func UnitsOf(app core.App) (*vn.Units, error) {
	rows, err := AdminUnits.Query(app.RecordQuery(AdminUnits.Collection).OrderBy("sort_key", "id"))
	if err != nil {
		return nil, err
	}
	linked, err := UnitLinks.Query(app.RecordQuery(UnitLinks.Collection).OrderBy("effective_on", "id"))
	if err != nil {
		return nil, err
	}
	units, links := make([]vn.Unit, 0, len(rows)), make([]vn.UnitLink, 0, len(linked))
	for _, row := range rows {
		units = append(units, row.Plain())
	}
	for _, row := range linked {
		links = append(links, row.Plain())
	}
	all, err := vn.NewUnits(units, links)
	switch {
	case errors.Is(err, vn.ErrUnitCycle):
		return nil, fault.Conflict("unit.cycle")
	case errors.Is(err, vn.ErrUnitShares):
		return nil, fault.Field("parts", "unit.shares")
	}
	return all, err
}

// MayDeclare permits to declare a unit as the place of somebody: a ward that had begun on a day, be it over since or not; on ""
// whenever it began. Errors: unit.unknown, unit.ward_only, unit.later.
func MayDeclare(app core.App, id, on string) error {
	row, err := AdminUnits.Find(app, id)
	if fault.Code(err) == "record.not_found" {
		return fault.Field("admin_unit", "unit.unknown")
	}
	if err != nil {
		return err
	}
	switch u := row.Plain(); {
	case u.Level != vn.Ward:
		return fault.Field("admin_unit", "unit.ward_only")
	case on != "" && u.From > on:
		return fault.Field("admin_unit", "unit.later")
	}
	return nil
}

// AddUnit writes down a unit. Managers of the whole house only.
// Errors: access.sign_in, access.needs_manager, those of lawOfUnits, unit.cycle.
func AddUnit(app core.App, by access.Actor, said UnitEntry, now time.Time) (*Unit, error) {
	if err := access.MayGovern(by); err != nil {
		return nil, err
	}
	u, err := AdminUnits.New(app)
	if err != nil {
		return nil, err
	}
	u.write(said)
	return u, app.RunInTransaction(func(tx core.App) error {
		if err := tx.Save(u); err != nil {
			return err
		}
		return noteUnit(tx, by, now, u, "add", nil)
	})
}

// EditUnit changes what is written of a unit. Managers of the whole house only.
// Errors: as AddUnit, record.not_found, record.stale, record.rooted, unit.linked.
func EditUnit(app core.App, by access.Actor, id string, said UnitEntry, now time.Time) (*Unit, error) {
	return onUnit(app, by, id, func(tx core.App, u *Unit) error {
		u.write(said)
		changed := record.Changed(u)
		if err := tx.Save(u); err != nil {
			return err
		}
		return noteUnit(tx, by, now, u, "edit", map[string]any{"fields": changed})
	})
}

// EndUnit says on which day a unit stood for the last time, and nothing of what it became. Managers of the whole house only.
// Errors: as EditUnit, unit.ended.
func EndUnit(app core.App, by access.Actor, id, last string, rev int, now time.Time) (*Unit, error) {
	return onUnit(app, by, id, func(tx core.App, u *Unit) error {
		switch {
		case u.Plain().To != "":
			return fault.Conflict("unit.ended")
		case last == "":
			return fault.Field("valid_to", "unit.day")
		}
		record.At(u, rev)
		u.ends(last)
		if err := tx.Save(u); err != nil {
			return err
		}
		return noteUnit(tx, by, now, u, "end", nil)
	})
}

// RemoveUnit takes away a unit that nothing rests on: a slip of the pen. Managers of the whole house only.
// Errors: access.sign_in, access.needs_manager, record.not_found, unit.in_use.
func RemoveUnit(app core.App, by access.Actor, id string, now time.Time) error {
	_, err := onUnit(app, by, id, func(tx core.App, u *Unit) error {
		if err := tx.Delete(u); err != nil {
			return err
		}
		return noteUnit(tx, by, now, u, "remove", nil)
	})
	return err
}

// SplitUnit divides a unit: it stands for the last time the day before on, and its parts, which begin on that day, take what they
// take, together the whole. Divided anew, the later word holds; without parts nothing is said of what became of it. Managers of
// the whole house only. Errors: as EditUnit, unit.day, unit.shares, those of lawOfUnitLinks.
func SplitUnit(app core.App, by access.Actor, id, on string, parts []UnitPart, why Basis, rev int, now time.Time) (*Unit, error) {
	return onUnit(app, by, id, func(tx core.App, u *Unit) error {
		record.At(u, rev)
		if err := succeed(tx, u, on, parts, why); err != nil {
			return err
		}
		return noteUnit(tx, by, now, u, "split", map[string]any{"on": on, "parts": parts})
	})
}

// MergeUnits lets several units become one that begins on a day, each as a whole. Managers of the whole house only.
// Errors: as SplitUnit, unit.linked for one of which it is already said what it became, unit.ended for one that ended on another
// day, unit.none.
func MergeUnits(app core.App, by access.Actor, olds []string, into string, why Basis, now time.Time) (*Unit, error) {
	if len(olds) == 0 || len(olds) > 100 {
		if err := access.MayGovern(by); err != nil {
			return nil, err
		}
		return nil, fault.Field("units", "unit.none")
	}
	return onUnit(app, by, into, func(tx core.App, u *Unit) error {
		on := u.Plain().From
		for _, id := range olds {
			old, err := AdminUnits.Find(tx, id)
			if err != nil {
				return err
			}
			if err := mayMerge(tx, old, on); err != nil {
				return err
			}
			if err := succeed(tx, old, on, []UnitPart{{into, vn.WholeShare}}, why); err != nil {
				return err
			}
		}
		return noteUnit(tx, by, now, u, "merge", map[string]any{"on": on, "units": olds})
	})
}

// mayMerge refuses to say of a unit again what became of it.
func mayMerge(tx core.App, old *Unit, on string) error {
	links, err := linksOf(tx, old.Id)
	if err != nil {
		return err
	}
	before, err := dayBefore(on)
	switch {
	case err != nil:
		return err
	case slices.ContainsFunc(links, func(l *UnitLink) bool { return l.Plain().Old == old.Id }):
		return fault.Conflict("unit.linked")
	case old.Plain().To != "" && old.Plain().To != before:
		return fault.Conflict("unit.ended")
	}
	return nil
}

// succeed ends a unit, and says what became of it in the place of what was said before.
func succeed(tx core.App, u *Unit, on string, parts []UnitPart, why Basis) error {
	before, err := dayBefore(on)
	if err != nil {
		return err
	}
	sum := 0
	for i, p := range parts {
		if p.Share <= 0 || slices.ContainsFunc(parts[:i], func(o UnitPart) bool { return o.Unit == p.Unit }) {
			return fault.Field("parts", "unit.shares")
		}
		sum += p.Share
	}
	if len(parts) > 0 && sum != vn.WholeShare {
		return fault.Field("parts", "unit.shares")
	}
	verb := context.WithValue(context.Background(), succeeding{}, true)
	earlier, err := UnitLinks.All(tx, dbx.HashExp{"old": u.Id})
	if err != nil {
		return err
	}
	for _, l := range earlier {
		if err := tx.DeleteWithContext(verb, l); err != nil {
			return fmt.Errorf("take back what became of unit %s: %w", u.Id, err)
		}
	}
	u.ends(before)
	if err := tx.Save(u); err != nil {
		return err
	}
	why.Source = strings.TrimSpace(why.Source)
	for _, p := range parts {
		l, err := newUnitLink(tx, u.Id, p, on, why)
		if err != nil {
			return err
		}
		if err := tx.SaveWithContext(verb, l); err != nil {
			return err
		}
	}
	return nil
}

// succeeding marks the saves of the verbs that say what became of a unit: one link alone would not be the whole of it.
type succeeding struct{}

// onUnit runs a manager's verb on a unit, and refuses what would make units no history.
func onUnit(app core.App, by access.Actor, id string, do func(core.App, *Unit) error) (*Unit, error) {
	if err := access.MayGovern(by); err != nil {
		return nil, err
	}
	return record.Change(app, AdminUnits, id, func(tx core.App, u *Unit) error {
		if err := do(tx, u); err != nil {
			return err
		}
		_, err := UnitsOf(tx)
		return err
	})
}

func noteUnit(tx core.App, by access.Actor, now time.Time, u *Unit, verb string, more map[string]any) error {
	told := map[string]any{"code": u.Plain().Code}
	for key, value := range more {
		told[key] = value
	}
	return lifecycle.Note(tx, by, now, AdminUnits.Collection, u.Id, verb, lifecycle.With(told))
}

// dayBefore is the last day of the boundaries that end when others begin. Error: unit.day.
func dayBefore(on string) (string, error) {
	day, err := vn.ParseDay(on)
	if err != nil {
		return "", fault.Field("on", "unit.day")
	}
	return (day - 1).String(), nil
}
