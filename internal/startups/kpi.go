package startups

import (
	"fmt"
	"strconv"
	"strings"

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

// Sums says whether figures of several months add up; otherwise the last one stands for all of them, or their average.
func (k *KPI) Sums() bool { return k.agg() == aggSum }

// How the values of several startups and months are told as one. Last adds up each startup's latest; avg is the average of all
// that were given, every value counting once.
const (
	aggSum  = "sum"
	aggLast = "last"
	aggAvg  = "avg"
)

func (k *KPI) agg() string { return k.GetString("agg") }

// Sensitivity says who may see the figure of many startups together.
func (k *KPI) Sensitivity() Sensitivity { return Sensitivity(k.GetString("sensitivity")) }

func (k *KPI) position() int { return k.GetInt("position") }

// Mapping says under which name a KPI is told to others: by framework, "nbia", "ubi" or "icf".
func (k *KPI) Mapping() (names map[string]string, err error) {
	if err := k.UnmarshalJSONField("map", &names); err != nil {
		return nil, fmt.Errorf("read the mapping of KPI %s: %w", k.Id, err)
	}
	return names, nil
}

// Version counts the meanings a key has had, from 1.
func (k *KPI) Version() int { return max(1, k.GetInt("version")) }

// Retired says whether it is asked for no more.
func (k *KPI) Retired() bool { return k.GetBool("retired") }

// Replaces is the version before it; "" for the first.
func (k *KPI) Replaces() string { return k.GetString("replaces") }

// KPIFields are what staff say of a KPI.
type KPIFields struct {
	Key         string            `json:"key"`
	LabelVI     string            `json:"label_vi"`
	LabelEN     string            `json:"label_en"`
	HelpVI      string            `json:"help_vi"`
	HelpEN      string            `json:"help_en"`
	Unit        string            `json:"unit"`
	Direction   string            `json:"direction"`
	Agg         string            `json:"agg"`
	Sensitivity string            `json:"sensitivity"`
	Map         map[string]string `json:"map"`
	Rev         int               `json:"rev"`
}

func (k *KPI) write(f KPIFields) {
	for name, said := range map[string]string{
		"key": f.Key, "label_vi": f.LabelVI, "label_en": f.LabelEN, "help_vi": f.HelpVI, "help_en": f.HelpEN,
		"unit": f.Unit, "direction": f.Direction, "agg": f.Agg, "sensitivity": f.Sensitivity,
	} {
		k.Set(name, strings.TrimSpace(said))
	}
	names := map[string]string{}
	for framework, name := range f.Map {
		if name = strings.TrimSpace(name); name != "" {
			names[framework] = name
		}
	}
	k.Set("map", names)
}

// place puts it among the others.
func (k *KPI) place(position int) { k.Set("position", position) }

// follow makes it the version after another, under the same key and in the same place.
func (k *KPI) follow(was *KPI, key string) {
	k.Set("key", key)
	k.Set("replaces", was.Id)
	k.Set("version", was.Version()+1)
	k.Set("position", was.position())
}

// retire takes its key away for the version after it, and puts it behind all others.
func (k *KPI) retire() {
	k.Set("key", k.Key()+"_v"+strconv.Itoa(k.Version()))
	k.Set("position", k.position()+retiredFrom)
	k.Set("retired", true)
}

// retiredFrom is the position behind those that are asked for.
const retiredFrom = 1000

// sameMeaning says whether answers to the one are answers to the other. Names may change, and what was not explained may be.
func (k *KPI) sameMeaning(was *KPI) bool {
	mended := func(old, now string) bool { return old == "" || old == now }
	return k.Unit() == was.Unit() && k.Direction() == was.Direction() && k.agg() == was.agg() &&
		mended(was.Help().VI, k.Help().VI) && mended(was.Help().EN, k.Help().EN)
}

// kpiNamed finds a KPI by its id or its key. Error: record.not_found.
func kpiNamed(app core.App, name string) (*KPI, error) {
	return KPIs.First(app, dbx.Or(dbx.HashExp{"id": name}, dbx.HashExp{"key": name}))
}
