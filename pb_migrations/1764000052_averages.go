package pb_migrations

import (
	"errors"
	"slices"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A figure may be one that is averaged: neither added up nor told by its last value, such as a margin or what one sale brings.
func init() {
	m.Register(func(app core.App) error {
		kpis, err := found(app, "kpis")
		if err != nil {
			return err
		}
		agg, ok := kpis.Fields.GetByName("agg").(*core.SelectField)
		if !ok {
			return errors.New("how a figure adds up is not chosen")
		}
		if !slices.Contains(agg.Values, "avg") {
			agg.Values = append(agg.Values, "avg")
		}
		return app.Save(kpis)
	}, nil)
}
