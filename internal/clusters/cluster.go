package clusters

import (
	"cmp"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/record"
)

// Clusters are the twelve clusters of the programme. Their numbers and order are fixed; their words may be edited.
var Clusters = record.Of[Cluster]("clusters")

// Cluster is one of the twelve.
type Cluster struct{ core.BaseRecordProxy }

// Number is its place, from 1 to 12; it is also the tile by which people know it.
func (c *Cluster) Number() int { return c.GetInt("number") }

// Title is its name.
func (c *Cluster) Title() locale.Pair {
	return locale.Pair{VI: c.GetString("title_vi"), EN: c.GetString("title_en")}
}

// Summary says what it is for.
func (c *Cluster) Summary() locale.Pair {
	return locale.Pair{VI: c.GetString("summary_vi"), EN: c.GetString("summary_en")}
}

// Twelve lists the clusters in their order.
func Twelve(app core.App) ([]*Cluster, error) {
	all, err := Clusters.All(app)
	slices.SortFunc(all, func(a, b *Cluster) int { return cmp.Compare(a.Number(), b.Number()) })
	return all, err
}
