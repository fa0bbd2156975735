package app

import (
	"errors"
	"time"

	"github.com/dop251/goja"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
)

// fire makes one move of one row, by the table of its collection.
// Errors: lifecycle.no_life for a collection without a table, record.not_found, and whatever Fire refuses.
func fire(app core.App, collection, id, verb string, by access.Actor, now time.Time, more ...lifecycle.Telling) error {
	for _, table := range Tables() {
		if table.Collection != collection {
			continue
		}
		return app.RunInTransaction(func(tx core.App) error {
			row, err := tx.FindRecordById(collection, id)
			if err != nil {
				return fault.NotFound("record.not_found")
			}
			return table.Fire(tx, &plain{core.BaseRecordProxy{Record: row}}, verb, by, now, more...)
		})
	}
	return fault.Conflict("lifecycle.no_life")
}

// plain is a row of which nothing is known but that it has a state.
type plain struct{ core.BaseRecordProxy }

// gardenName is what hooks call the house.
const gardenName = "vuon"

// GiveVerbs offers the house's verbs to the operator's own hooks (pb_hooks), as `vuon`:
//
//	vuon.fire(collection, id, verb)                 makes a move; throws the code of a refusal
//	vuon.note(collection, id, verb, reason)         writes a line into the journal
//
// Both happen as "hook:pb_hooks". Whoever can write into that folder can run commands on the machine anyway.
func GiveVerbs(app core.App, deps Deps) func(*goja.Runtime) {
	by := access.Actor{ID: "hook:pb_hooks"}
	return func(vm *goja.Runtime) {
		err := vm.GlobalObject().Set(gardenName, map[string]any{
			"fire": func(collection, id, verb string) error {
				return coded(fire(app, collection, id, verb, by, deps.Now()))
			},
			"note": func(collection, id, verb, reason string) error {
				return coded(app.RunInTransaction(func(tx core.App) error {
					return lifecycle.Note(tx, by, deps.Now(), collection, id, verb, lifecycle.Because(reason))
				}))
			},
		})
		if err != nil {
			app.Logger().Error("the hooks got no verbs", "error", err)
		}
	}
}

// coded keeps of a refusal what a hook can act upon.
func coded(err error) error {
	if f := fault.As(err); f != nil {
		return errors.New(f.Code)
	}
	return err
}
