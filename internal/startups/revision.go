package startups

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Revisions keep what an accepted report said before it was corrected. Triggers refuse to change or delete them.
var Revisions = record.Of[Revision]("report_revisions")

// Revision is one correction of an accepted report: what stood there before, who changed it and why.
type Revision struct{ core.BaseRecordProxy }

// Number counts the corrections of a report from 1.
func (v *Revision) Number() int { return v.GetInt("number") }

// At is when it was corrected.
func (v *Revision) At() time.Time { return v.GetDateTime("at").Time() }

// By is who corrected it.
func (v *Revision) By() string { return v.GetString("by") }

// Reason is why.
func (v *Revision) Reason() string { return v.GetString("reason") }

// before is what the report said until then.
func (v *Revision) before() (list []Told, err error) {
	if err := v.UnmarshalJSONField("readings", &list); err != nil {
		return nil, fmt.Errorf("read correction %s: %w", v.Id, err)
	}
	return list, nil
}

// Correction is one revision as the page shows it: which figures changed, from what, to what.
type Correction struct {
	Number  int         `json:"number"`
	At      time.Time   `json:"at"`
	By      string      `json:"by"` // a name
	Reason  string      `json:"reason"`
	Changes []Corrected `json:"changes"`
}

// Corrected is one figure before a correction and after it. Was is null where nobody had answered.
type Corrected struct {
	KPI string `json:"kpi"`
	Was *Told  `json:"was"`
	Now *Told  `json:"now"`
}

// corrections are the revisions of a report, the latest first; now is what it says today.
func corrections(app core.App, request string, now []Told) ([]Correction, error) {
	all, err := Revisions.All(app, dbx.HashExp{"request": request})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b *Revision) int { return cmp.Compare(b.Number(), a.Number()) })
	list := make([]Correction, 0, len(all))
	for _, v := range all {
		was, err := v.before()
		if err != nil {
			return nil, err
		}
		name, err := asked(app).Person(app, v.By())
		if err != nil {
			return nil, err
		}
		list = append(list, Correction{v.Number(), v.At(), name, v.Reason(), correctedFrom(was, now)})
		now = was
	}
	return list, nil
}

func correctedFrom(was, now []Told) []Corrected {
	changes := []Corrected{}
	for _, n := range now {
		i := slices.IndexFunc(was, func(w Told) bool { return w.KPI == n.KPI })
		switch {
		case i < 0:
			changes = append(changes, Corrected{KPI: n.KPI, Now: &n})
		case was[i].State != n.State || was[i].Grade != n.Grade || was[i].Comment != n.Comment || told64(was[i].Value) != told64(n.Value):
			changes = append(changes, Corrected{KPI: n.KPI, Was: &was[i], Now: &n})
		}
	}
	return changes
}

func told64(v *int64) int64 {
	if v == nil {
		return 0
	}
	return *v
}

// stood describes a revision that is not yet stored; before is what the report said until now.
func stood(app core.App, request string, number int, before any, by, reason string, now time.Time) (*Revision, error) {
	v, err := Revisions.New(app)
	if err != nil {
		return nil, err
	}
	v.Set("request", request)
	v.Set("number", number)
	v.Set("readings", before)
	v.Set("at", now)
	v.Set("by", by)
	v.Set("reason", reason)
	return v, nil
}
