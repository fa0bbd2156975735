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

// before is what the report said until then, in figures and in words; nil words were not kept, since they could not change.
func (v *Revision) before() (list []Told, words map[string]string, err error) {
	if err := v.UnmarshalJSONField("readings", &list); err != nil {
		return nil, nil, fmt.Errorf("read correction %s: %w", v.Id, err)
	}
	if err := readJSON(v.GetString("answers"), &words); err != nil {
		return nil, nil, fmt.Errorf("read the words of correction %s: %w", v.Id, err)
	}
	return list, words, nil
}

// Correction is one revision as the page shows it: which figures and answers in words changed, from what, to what.
type Correction struct {
	Number  int         `json:"number"`
	At      time.Time   `json:"at"`
	By      string      `json:"by"` // a name
	Reason  string      `json:"reason"`
	Changes []Corrected `json:"changes"`
	Answers []Reworded  `json:"answers"`
}

// Reworded is one answer in words before a correction and after it; "" is none.
type Reworded struct {
	Question string `json:"question"` // its key
	Was      string `json:"was"`
	Now      string `json:"now"`
}

// Corrected is one figure before a correction and after it. Was is null where nobody had answered.
type Corrected struct {
	KPI string `json:"kpi"`
	Was *Told  `json:"was"`
	Now *Told  `json:"now"`
}

// corrections are the revisions of a report, the latest first; now and spoken are what it says today.
func corrections(app core.App, request string, now []Told, spoken map[string]string) ([]Correction, error) {
	all, err := Revisions.All(app, dbx.HashExp{"request": request})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b *Revision) int { return cmp.Compare(b.Number(), a.Number()) })
	list := make([]Correction, 0, len(all))
	for _, v := range all {
		was, words, err := v.before()
		if err != nil {
			return nil, err
		}
		name, err := asked(app).Person(app, v.By())
		if err != nil {
			return nil, err
		}
		if words == nil {
			words = spoken
		}
		list = append(list, Correction{v.Number(), v.At(), name, v.Reason(), correctedFrom(was, now), rewordedFrom(words, spoken)})
		now, spoken = was, words
	}
	return list, nil
}

// rewordedFrom are the answers in words that differ, in the order of their questions.
func rewordedFrom(was, now map[string]string) []Reworded {
	changes := []Reworded{}
	for i := range mostQuestions {
		if key := keyAt(i); was[key] != now[key] {
			changes = append(changes, Reworded{key, was[key], now[key]})
		}
	}
	return changes
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

// keep stores what a report says, before it is corrected.
func keep(tx core.App, q *Request, by, reason string, now time.Time) error {
	figures, err := told(tx, q.Id)
	if err != nil {
		return err
	}
	words, err := q.Answers()
	if err != nil {
		return err
	}
	n, err := tx.CountRecords(Revisions.Collection, dbx.HashExp{"request": q.Id})
	if err != nil {
		return err
	}
	v, err := Revisions.New(tx)
	if err != nil {
		return err
	}
	v.Set("request", q.Id)
	v.Set("number", n+1)
	v.Set("readings", figures)
	v.Set("answers", words)
	v.Set("at", now)
	v.Set("by", by)
	v.Set("reason", reason)
	return tx.Save(v)
}
