package pb_migrations

import (
	"errors"
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Room for what comes from a table and not from a report: a reading that answers no report, one for a startup, a figure and a
// period; and a startup of which nobody has said its sector or its stage.
func init() {
	m.Register(func(app core.App) error {
		readings, err := found(app, "kpi_readings")
		if err != nil {
			return err
		}
		request, ok := readings.Fields.GetByName("request").(*core.RelationField)
		if !ok {
			return errors.New("the answer of a report points at none")
		}
		request.Required = false
		// A report is of one startup and one period, so that for its answers this says no less than before; and a reading
		// without a report is one for a startup, a figure and a period.
		readings.RemoveIndex("kpi_readings_once")
		readings.AddIndex("kpi_readings_once", true, "request, kpi, startup, period_key", "")
		if err := app.Save(readings); err != nil {
			return err
		}

		startups, err := found(app, "startups")
		if err != nil {
			return err
		}
		for _, name := range []string{"sector", "stage"} {
			field, ok := startups.Fields.GetByName(name).(*core.SelectField)
			if !ok {
				return fmt.Errorf("the %s of a startup is not chosen", name)
			}
			field.Required = false
		}
		return app.Save(startups)
	}, nil)
}
