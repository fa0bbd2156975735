package intake

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Cohorts are groups of startups that go through a programme together.
var Cohorts = record.Of[Cohort]("cohorts")

// Cohort is one of them. How many startups it takes is judged when an offer is accepted.
type Cohort struct{ core.BaseRecordProxy }

// The states of a cohort.
const (
	CohortPlanned    lifecycle.State = "planned"
	CohortRecruiting lifecycle.State = "recruiting"
	CohortRunning    lifecycle.State = "running"
	CohortGraduating lifecycle.State = "graduating"
	CohortClosed     lifecycle.State = "closed"
)

// CohortLife is every legal move of a cohort.
var CohortLife = lifecycle.Table{
	Collection: Cohorts.Collection,
	Start:      CohortPlanned,
	Ends:       []lifecycle.State{CohortClosed},
	Moves: []lifecycle.Move{
		lifecycle.Moved("cohort", "recruit", CohortRecruiting, CohortPlanned),
		lifecycle.Moved("cohort", "start", CohortRunning, CohortRecruiting),
		lifecycle.Moved("cohort", "graduate", CohortGraduating, CohortRunning),
		lifecycle.Moved("cohort", "close", CohortClosed, CohortGraduating),
	},
}

// CohortTerms are what a cohort is; what is nil stays as it is. Days are YYYY-MM-DD.
type CohortTerms struct {
	Programme *string `json:"programme"`
	Code      *string `json:"code"`
	TitleVI   *string `json:"title_vi"`
	TitleEN   *string `json:"title_en"`
	StartsOn  *string `json:"starts_on"`
	EndsOn    *string `json:"ends_on"`
	Capacity  *int    `json:"capacity"`
}

// Rev is the revision of the row.
func (c *Cohort) Rev() int { return record.Rev(c) }

// Status is where the cohort stands.
func (c *Cohort) Status() lifecycle.State { return lifecycle.State(c.GetString("status")) }

// ProgrammeID is the programme it goes through.
func (c *Cohort) ProgrammeID() string { return c.GetString("programme") }

// Code is the short name that papers carry.
func (c *Cohort) Code() string { return c.GetString("code") }

// TitleVI is the title in Vietnamese.
func (c *Cohort) TitleVI() string { return c.GetString("title_vi") }

// TitleEN is the title in English, or "".
func (c *Cohort) TitleEN() string { return c.GetString("title_en") }

// StartsOn is its first local day, YYYY-MM-DD, or "".
func (c *Cohort) StartsOn() string { return c.GetString("starts_on") }

// EndsOn is its last local day, YYYY-MM-DD, or "".
func (c *Cohort) EndsOn() string { return c.GetString("ends_on") }

// Capacity is how many startups may be enrolled at one time.
func (c *Cohort) Capacity() int { return c.GetInt("capacity") }

// Path is where the cohort stands, for the roles that reach over it.
func (c *Cohort) Path() []access.Scope {
	return []access.Scope{{Type: access.Cohort, ID: c.Id}, {Type: access.Programme, ID: c.ProgrammeID()}}
}

// Write changes what the cohort is.
func (c *Cohort) Write(t CohortTerms) {
	set := func(name string, value *string) {
		if value != nil {
			c.Set(name, tidy(*value))
		}
	}
	set("programme", t.Programme)
	set("code", t.Code)
	set("title_vi", t.TitleVI)
	set("title_en", t.TitleEN)
	set("starts_on", t.StartsOn)
	set("ends_on", t.EndsOn)
	if t.Capacity != nil {
		c.Set("capacity", *t.Capacity)
	}
}
