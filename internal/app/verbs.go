package app

import (
	"context"
	"errors"
	"time"

	"github.com/dop251/goja"
	"github.com/pocketbase/dbx"
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
// A hook that runs before a row is stored runs within its transaction, and gives e.app as one more argument; without it
// the verb is refused. Both happen as "hook:pb_hooks". Whoever can write into that folder can run commands on the machine
// anyway.
func GiveVerbs(app core.App, deps Deps) func(*goja.Runtime) {
	by := access.Actor{ID: "hook:pb_hooks"}
	within := func(given []core.App, do func(tx core.App) error) error {
		house := app
		if len(given) > 0 {
			house = given[0]
		}
		if err := myTurn(house); err != nil {
			return err
		}
		return coded(house.RunInTransaction(do))
	}
	return func(vm *goja.Runtime) {
		err := vm.GlobalObject().Set(gardenName, map[string]any{
			"fire": func(collection, id, verb string, given ...core.App) error {
				return within(given, func(tx core.App) error { return fire(tx, collection, id, verb, by, deps.Now()) })
			},
			"note": func(collection, id, verb, reason string, given ...core.App) error {
				return within(given, func(tx core.App) error {
					return lifecycle.Note(tx, by, deps.Now(), collection, id, verb, lifecycle.Because(reason))
				})
			},
		})
		if err != nil {
			app.Logger().Error("the hooks got no verbs", "error", err)
		}
	}
}

// turn is how long a hook waits until it may write.
const turn = 3 * time.Second

// myTurn waits until app may write. There is one writer: a hook within a transaction that asks for a second one would wait
// for itself, and everybody else for it.
func myTurn(app core.App) error {
	writer, ok := app.NonconcurrentDB().(*dbx.DB)
	if !ok {
		return nil // within the transaction that it was given
	}
	bounded, cancel := context.WithTimeout(context.Background(), turn)
	defer cancel()
	connection, err := writer.DB().Conn(bounded)
	if err != nil {
		return errors.New("within a transaction the verbs of vuon want e.app as their last argument")
	}
	return connection.Close()
}

// coded keeps of a refusal what a hook can act upon.
func coded(err error) error {
	if f := fault.As(err); f != nil {
		return errors.New(f.Code)
	}
	return err
}
