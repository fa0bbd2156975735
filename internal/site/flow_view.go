package site

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/record"
)

// mostViews bounds what one person keeps of one page.
const mostViews = 50

// Keep stores how somebody sees a list. Whoever works for the centre.
// Errors: access.sign_in, access.needs_staff, view.page, view.title, view.taken, view.many, view.not_shared.
func Keep(app core.App, by access.Actor, page string, t Terms) (*View, error) {
	if err := access.MayWorkAnywhere(by); err != nil {
		return nil, err
	}
	page, _, err := pageFor(app, by, page)
	if err != nil {
		return nil, err
	}
	var v *View
	err = app.RunInTransaction(func(tx core.App) error {
		if v, err = newView(tx, by.ID, page); err != nil {
			return err
		}
		return settle(tx, by, v, t)
	})
	return v, err
}

// Alter changes a view, from the revision that its owner has read. Its owner only: to everybody else it does not exist.
// Errors: access.sign_in, record.not_found, record.stale, and those of Keep.
func Alter(app core.App, by access.Actor, id string, t Terms, rev int) (*View, error) {
	return record.Change(app, Views, id, func(tx core.App, v *View) error {
		if err := access.MayKeep(by, v.OwnerID()); err != nil {
			return err
		}
		record.At(v, rev)
		return settle(tx, by, v, t)
	})
}

// Drop takes a view away. Its owner only. Errors: access.sign_in, record.not_found.
func Drop(app core.App, by access.Actor, id string) error {
	_, err := record.Change(app, Views, id, func(tx core.App, v *View) error {
		if err := access.MayKeep(by, v.OwnerID()); err != nil {
			return err
		}
		return tx.Delete(v)
	})
	return err
}

func settle(tx core.App, by access.Actor, v *View, t Terms) error {
	v.write(t)
	_, works, err := pageFor(tx, by, v.Page())
	if err != nil {
		return err
	}
	mine, err := viewsOf(tx, by.ID, v.Page())
	if err != nil {
		return err
	}
	switch {
	case v.Title() == "":
		return fault.Field("title", "view.title")
	case v.Shared() && !works:
		return fault.Field("shared", "view.not_shared")
	case v.IsNew() && len(mine) >= mostViews:
		return fault.Conflict("view.many")
	}
	for _, other := range mine {
		if other.Id == v.Id {
			continue
		}
		if strings.EqualFold(other.Title(), v.Title()) {
			return fault.Field("title", "view.taken")
		}
		if v.Standing() && other.Standing() {
			no := false
			other.write(Terms{Standing: &no})
			if err := tx.Save(other); err != nil {
				return err
			}
		}
	}
	return tx.Save(v)
}

// pageFor writes the address of a list with the id of its intake, and says whether the actor works over that. An intake of
// which they may not know is refused. Errors: view.page, record.not_found.
func pageFor(app core.App, by access.Actor, page string) (address string, works bool, err error) {
	if !pagePath.MatchString(page) {
		return "", false, fault.Field("page", "view.page")
	}
	parts := strings.Split(page, "/")
	if len(parts) < 4 || parts[1] != "intakes" {
		return page, false, nil
	}
	if parts[2], err = asked(app).Intake(app, by, parts[2]); err != nil {
		return "", false, err
	}
	return strings.Join(parts, "/"), true, nil
}
