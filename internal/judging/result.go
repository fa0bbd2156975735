package judging

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/judging/score"
	"vuon/internal/record"
)

// Results say who went on from a round, and why. Triggers refuse to change or delete them.
var Results = record.Of[Result]("round_results")

// Result is what became of one subject in one round.
type Result struct{ core.BaseRecordProxy }

// What becomes of a subject.
const (
	Advanced = "advanced"
	Stayed   = "stayed"
)

func newResult(app core.App, round, subjectType string, v score.Verdict, advances bool, reason string, now time.Time) (*Result, error) {
	r, err := Results.New(app)
	if err != nil {
		return nil, err
	}
	r.Set("round", round)
	r.Set("subject_type", subjectType)
	r.Set("subject", v.ID)
	r.Set("place", v.Rank)
	r.Set("proposed", outcome(v.Advances))
	r.Set("outcome", outcome(advances))
	r.Set("why", v.Why)
	r.Set("changed_because", reason)
	r.Set("at", now)
	return r, nil
}

func outcome(advances bool) string {
	if advances {
		return Advanced
	}
	return Stayed
}

// Subject is what was judged.
func (r *Result) Subject() string { return r.GetString("subject") }

// Place is its rank in the round.
func (r *Result) Place() int { return r.GetInt("place") }

// Outcome is whether it advanced or stayed.
func (r *Result) Outcome() string { return r.GetString("outcome") }

// Proposed is what the rule said of it.
func (r *Result) Proposed() string { return r.GetString("proposed") }

// Because is why staff changed what the rule said; "" where they did not.
func (r *Result) Because() string { return r.GetString("changed_because") }

// Why are the reasons of the rule.
func (r *Result) Why() ([]score.Why, error) {
	var why []score.Why
	if err := json.Unmarshal([]byte(r.GetString("why")), &why); err != nil {
		return nil, fmt.Errorf("read the reasons of %s: %w", r.Id, err)
	}
	return why, nil
}
