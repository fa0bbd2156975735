package intake

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Programmes are what the centre offers: incubation, acceleration, training.
var Programmes = record.Of[Programme]("programmes")

// Programme is one of them. Its cohorts and intakes are where people meet it.
type Programme struct{ core.BaseRecordProxy }

// The states of a programme.
const (
	ProgrammeDraft    lifecycle.State = "draft"
	ProgrammeActive   lifecycle.State = "active"
	ProgrammeClosed   lifecycle.State = "closed"
	ProgrammeArchived lifecycle.State = "archived"
)

// ProgrammeLife is every legal move of a programme.
var ProgrammeLife = lifecycle.Table{
	Collection: Programmes.Collection,
	Start:      ProgrammeDraft,
	Ends:       []lifecycle.State{ProgrammeArchived},
	Moves: []lifecycle.Move{
		lifecycle.Moved("programme", "activate", ProgrammeActive, ProgrammeDraft),
		lifecycle.Moved("programme", "close", ProgrammeClosed, ProgrammeActive),
		lifecycle.Moved("programme", "archive", ProgrammeArchived, ProgrammeClosed),
	},
}

// ProgrammeText is what people read of a programme; what is nil stays as it is.
type ProgrammeText struct {
	Code      *string `json:"code"`
	TitleVI   *string `json:"title_vi"`
	TitleEN   *string `json:"title_en"`
	SummaryVI *string `json:"summary_vi"`
	SummaryEN *string `json:"summary_en"`
	Kind      *string `json:"kind"`
}

// Rev is the revision of the row.
func (p *Programme) Rev() int { return record.Rev(p) }

// Status is where the programme stands.
func (p *Programme) Status() lifecycle.State { return lifecycle.State(p.GetString("status")) }

// Code is the short name that papers carry.
func (p *Programme) Code() string { return p.GetString("code") }

// TitleVI is the title in Vietnamese.
func (p *Programme) TitleVI() string { return p.GetString("title_vi") }

// TitleEN is the title in English, or "".
func (p *Programme) TitleEN() string { return p.GetString("title_en") }

// SummaryVI tells in Vietnamese what the programme is.
func (p *Programme) SummaryVI() string { return p.GetString("summary_vi") }

// SummaryEN tells it in English, or is "".
func (p *Programme) SummaryEN() string { return p.GetString("summary_en") }

// Kind is incubation, pre_incubation, acceleration, stem, training or corporate.
func (p *Programme) Kind() string { return p.GetString("kind") }

// Path is where the programme stands, for the roles that reach over it.
func (p *Programme) Path() []access.Scope {
	return []access.Scope{{Type: access.Programme, ID: p.Id}}
}

// Write changes what people read.
func (p *Programme) Write(t ProgrammeText) {
	set := func(name string, value *string) {
		if value != nil {
			p.Set(name, tidy(*value))
		}
	}
	set("code", t.Code)
	set("title_vi", t.TitleVI)
	set("title_en", t.TitleEN)
	set("summary_vi", t.SummaryVI)
	set("summary_en", t.SummaryEN)
	set("kind", t.Kind)
}
