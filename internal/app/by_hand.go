package app

import (
	"maps"
	"slices"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
)

// bindByHand lets the journal tell what an operator does to a row in PocketBase's dashboard, in one transaction with it.
// API rules do not bind a superuser and guards do; what they let through is nobody's secret.
func bindByHand(app core.App) {
	for verb, on := range map[string]*hook.TaggedHook[*core.RecordRequestEvent]{
		"created": app.OnRecordCreateRequest(), "changed": app.OnRecordUpdateRequest(), "deleted": app.OnRecordDeleteRequest(),
	} {
		on.Bind(&hook.Handler[*core.RecordRequestEvent]{
			Id: "vuon.by_hand." + verb, Priority: 9999, // against operators; within their own hooks, which may write beside it
			Func: func(e *core.RecordRequestEvent) error { return byHand(e, verb) },
		})
	}
}

func byHand(e *core.RecordRequestEvent, verb string) error {
	if !e.HasSuperuserAuth() {
		return e.Next()
	}
	outer := e.App
	defer func() { e.App = outer }()
	return outer.RunInTransaction(func(tx core.App) error {
		e.App = tx
		if err := e.Next(); err != nil {
			return err
		}
		by, now, err := access.Of(e.RequestEvent)
		if err != nil {
			return err
		}
		info, err := e.RequestInfo()
		if err != nil {
			return err
		}
		by.ID = "operator:" + e.Auth.Id
		return lifecycle.Note(tx, by, now, e.Collection.Name, e.Record.Id, verb,
			lifecycle.With(map[string][]string{"fields": slices.Sorted(maps.Keys(info.Body))}),
			func(r *lifecycle.Row) { r.Notice = "by_hand." + verb }) // the same words for every collection
	})
}
