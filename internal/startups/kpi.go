package startups

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/record"
)

// KPIs are what startups are asked for, in the order of their position.
var KPIs = record.Of[KPI]("kpis")

// KPI is one figure that a startup reports.
type KPI struct{ core.BaseRecordProxy }

// Sensitivity says who may see a figure of many startups together. One startup's figure is never public.
type Sensitivity string

// The sensitivities.
const (
	PublicAggregate Sensitivity = "public_aggregate"
	StaffOnly       Sensitivity = "staff"
	Closed          Sensitivity = "private"
)

// Key is its short name in files and addresses: "revenue".
func (k *KPI) Key() string { return k.GetString("key") }

// Label is its name.
func (k *KPI) Label() locale.Pair {
	return locale.Pair{VI: k.GetString("label_vi"), EN: k.GetString("label_en")}
}

// Help says how to count it.
func (k *KPI) Help() locale.Pair {
	return locale.Pair{VI: k.GetString("help_vi"), EN: k.GetString("help_en")}
}

// Unit is count, vnd or percent.
func (k *KPI) Unit() string { return k.GetString("unit") }

// Direction says what is better: higher, lower or none.
func (k *KPI) Direction() string { return k.GetString("direction") }

// Sums says whether figures of several months add up; otherwise the last one stands for all of them.
func (k *KPI) Sums() bool { return k.agg() == aggSum }

const aggSum = "sum"

func (k *KPI) agg() string { return k.GetString("agg") }

// Sensitivity says who may see the figure of many startups together.
func (k *KPI) Sensitivity() Sensitivity { return Sensitivity(k.GetString("sensitivity")) }

func (k *KPI) position() int { return k.GetInt("position") }

// kpiNamed finds a KPI by its id or its key. Error: record.not_found.
func kpiNamed(app core.App, name string) (*KPI, error) {
	return KPIs.First(app, dbx.Or(dbx.HashExp{"id": name}, dbx.HashExp{"key": name}))
}
