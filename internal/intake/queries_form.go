package intake

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// applicationCalled finds an application of an intake by its receipt code or its id; nil without one.
func applicationCalled(app core.App, intake, code, id string) (*Application, error) {
	return record.OrNone(Applications.First(app, dbx.And(
		dbx.HashExp{"intake": intake}, dbx.Or(dbx.HashExp{"code": code}, dbx.HashExp{"id": id}))))
}

// waiversOf lists the exceptions that were made for an application.
func waiversOf(app core.App, application string) ([]*Waiver, error) {
	return Waivers.All(app, dbx.HashExp{"application": application})
}

// waiversIn lists the exceptions that were made in an intake, the newest first.
func waiversIn(app core.App, intake string) ([]*Waiver, error) {
	return Waivers.Query(app.RecordQuery(Waivers.Collection).
		AndWhere(dbx.NewExp("application IN (SELECT id FROM applications WHERE intake = {:intake})", dbx.Params{"intake": intake})).
		OrderBy("at DESC", "id ASC"))
}

// newestVersion is the version of a form with the highest number; nil while it has none.
func newestVersion(app core.App, form string) (*FormVersion, error) {
	some, err := FormVersions.Query(app.RecordQuery(FormVersions.Collection).
		AndWhere(dbx.HashExp{"form": form}).OrderBy("number DESC").Limit(1))
	if err != nil || len(some) == 0 {
		return nil, err
	}
	return some[0], nil
}

// freeCode is a code that no form has: the wish, or the wish with a number behind it.
func freeCode(app core.App, wish string) (string, error) {
	wish = wish[:min(len(wish), 36)]
	for n := 1; ; n++ {
		code := wish
		if n > 1 {
			code = fmt.Sprintf("%s-%d", wish, n)
		}
		taken, err := record.OrNone(Forms.First(app, dbx.HashExp{"code": code}))
		if err != nil || taken == nil {
			return code, err
		}
	}
}

// intakesAsking are the intakes that ask each version of a form, by version.
func intakesAsking(app core.App) (map[string][]*Intake, error) {
	all, err := Intakes.Query(app.RecordQuery(Intakes.Collection).OrderBy("closes_at DESC", "id ASC"))
	if err != nil {
		return nil, err
	}
	by := map[string][]*Intake{}
	for _, i := range all {
		by[i.FormVersionID()] = append(by[i.FormVersionID()], i)
	}
	return by, nil
}
