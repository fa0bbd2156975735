package clusters

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/record"
)

// Bind puts the room's laws in place.
func Bind(app core.App) {
	record.Guard{ID: "clusters.number", Collection: Clusters.Collection, Law: number}.Bind(app)
	record.Revised(app, Clusters.Collection)
}

// number keeps the twelve as they are numbered: tiles, papers and decisions name them by it. Error: cluster.number_stays.
func number(e *core.RecordEvent, was *core.Record) error {
	if n := Clusters.From(e.Record).Number(); was == nil && (n < 1 || n > 12) || was != nil && Clusters.From(was).Number() != n {
		return fault.Field("number", "cluster.number_stays")
	}
	return nil
}
