package startups

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Pulses are what the people of a cohort are asked without being known by their answers: twice in its time.
var Pulses = record.Of[Pulse]("pulses")

// Pulse is one such asking.
type Pulse struct{ core.BaseRecordProxy }

// The states of a pulse.
const (
	PulseDraft  lifecycle.State = "draft"
	PulseOpen   lifecycle.State = "open"
	PulseClosed lifecycle.State = "closed"
)

// PulseLife is every legal move of a pulse. A closed one opens no more: whoever could add an answer to results that are known
// would learn the next one.
var PulseLife = lifecycle.Table{
	Collection: Pulses.Collection,
	Start:      PulseDraft,
	Ends:       []lifecycle.State{PulseClosed},
	Moves: []lifecycle.Move{
		lifecycle.Moved("pulse", "open", PulseOpen, PulseDraft),
		lifecycle.Moved("pulse", "close", PulseClosed, PulseOpen),
	},
}

// What a pulse bears.
const (
	pulsesOfCohort = 2
	mostAsked      = 12
	mostOptions    = 10
	mostScale      = 10 // a scale goes from 0 to this
	mostLetters    = 1000
)

// The kinds of question.
const (
	askScale  = "scale"
	askChoice = "choice"
	askText   = "text"
)

// PulseQuestion is one question of a pulse.
type PulseQuestion struct {
	Key     string        `json:"key"`
	Type    string        `json:"type"` // scale, choice or text
	LabelVI string        `json:"label_vi"`
	LabelEN string        `json:"label_en"`
	Options []PulseOption `json:"options,omitempty"` // of a choice
}

// PulseOption is one thing to choose.
type PulseOption struct {
	Value   string `json:"value"`
	LabelVI string `json:"label_vi"`
	LabelEN string `json:"label_en"`
}

// Status is where the pulse stands.
func (p *Pulse) Status() lifecycle.State { return lifecycle.State(p.GetString("status")) }

// CohortID is the cohort that is asked.
func (p *Pulse) CohortID() string { return p.GetString("cohort") }

// Number is 1 or 2.
func (p *Pulse) Number() int { return p.GetInt("number") }

// TitleVI is what it is about, in Vietnamese.
func (p *Pulse) TitleVI() string { return p.GetString("title_vi") }

// TitleEN is the same in English, or empty.
func (p *Pulse) TitleEN() string { return p.GetString("title_en") }

// ClosesOn is the last local day on which it can be answered.
func (p *Pulse) ClosesOn() string { return p.GetString("closes_on") }

// OpenedAt is when people were asked; zero is not yet.
func (p *Pulse) OpenedAt() time.Time { return p.GetDateTime("opened_at").Time() }

// Questions are what is asked, in order.
func (p *Pulse) Questions() ([]PulseQuestion, error) {
	var asks []PulseQuestion
	raw := p.questions()
	if raw == "" || raw == "null" {
		return nil, nil
	}
	if err := json.Unmarshal([]byte(raw), &asks); err != nil {
		return nil, fmt.Errorf("read the questions of pulse %s: %w", p.Id, err)
	}
	return asks, nil
}

func (p *Pulse) questions() string { return p.GetString("questions") }

// over says whether its last day has passed.
func (p *Pulse) over(now time.Time) bool { return !now.Before(endOf(p.ClosesOn())) }

// PulseFields are what staff write of a pulse; what is nil stays as it is.
type PulseFields struct {
	TitleVI   *string          `json:"title_vi"`
	TitleEN   *string          `json:"title_en"`
	ClosesOn  *string          `json:"closes_on"`
	Questions *[]PulseQuestion `json:"questions"`
	Rev       int              `json:"rev"`
}

func (p *Pulse) write(f PulseFields, by string) {
	record.At(p, f.Rev)
	for _, line := range []*string{f.TitleVI, f.TitleEN} {
		if line != nil {
			*line = strings.Join(strings.Fields(*line), " ")
		}
	}
	record.Sent(p, "title_vi", f.TitleVI)
	record.Sent(p, "title_en", f.TitleEN)
	record.Sent(p, "closes_on", f.ClosesOn)
	record.Sent(p, "questions", f.Questions)
	p.Set("made_by", by)
}

func (p *Pulse) opened(now time.Time) { p.Set("opened_at", now) }

// madeFor describes a pulse that is not yet stored.
func madeFor(app core.App, cohort, by string, number int, f PulseFields) (*Pulse, error) {
	p, err := Pulses.New(app)
	if err != nil {
		return nil, err
	}
	p.Set("cohort", cohort)
	p.Set("number", number)
	p.write(f, by)
	return p, nil
}
