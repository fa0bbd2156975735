package judging

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/judging/score"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Rounds are the spans in which judges judge what was handed in to one owner: an intake, or a contest.
var Rounds = record.Of[Round]("rounds")

// Round is one such span, with its rubric. The rubric is frozen when the round opens.
type Round struct{ core.BaseRecordProxy }

// The states of a round.
const (
	RoundConfigured lifecycle.State = "configured"
	RoundAssigning  lifecycle.State = "assigning"
	RoundAssigned   lifecycle.State = "assigned"
	RoundOpen       lifecycle.State = "open"
	RoundGrace      lifecycle.State = "grace"
	RoundClosed     lifecycle.State = "closed"
	RoundComputed   lifecycle.State = "computed"
	RoundAdvanced   lifecycle.State = "advanced"
)

// RoundLife is every legal move of a round.
var RoundLife = lifecycle.Table{
	Collection: Rounds.Collection,
	Start:      RoundConfigured,
	Ends:       []lifecycle.State{RoundAdvanced},
	Moves: []lifecycle.Move{
		lifecycle.Moved("round", "begin", RoundAssigning, RoundConfigured),
		lifecycle.Moved("round", "propose", RoundAssigned, RoundAssigning),
		lifecycle.Moved("round", "open", RoundOpen, RoundConfigured, RoundAssigned),
		lifecycle.Moved("round", "grace", RoundGrace, RoundOpen),
		lifecycle.Moved("round", "close", RoundClosed, RoundOpen, RoundGrace),
		lifecycle.Moved("round", "compute", RoundComputed, RoundClosed),
		lifecycle.Moved("round", "advance", RoundAdvanced, RoundComputed),
		lifecycle.Moved("round", "reopen", RoundOpen, RoundClosed, RoundComputed),
	},
}

// Screening is the rubric of an intake's first round where nobody has written another: four criteria of one to five points.
func Screening() score.Rubric {
	return score.Rubric{
		{Key: "problem", LabelVI: "Vấn đề có thật và đáng giải quyết", LabelEN: "A real problem worth solving", Weight: 3000, Min: 100, Max: 500, Step: 100},
		{Key: "solution", LabelVI: "Giải pháp khác và hơn cách làm hiện nay", LabelEN: "A solution that beats what is done today", Weight: 2500, Min: 100, Max: 500, Step: 100},
		{Key: "team", LabelVI: "Đội đủ sức làm", LabelEN: "A team that can do it", Weight: 2500, Min: 100, Max: 500, Step: 100},
		{Key: "feasibility", LabelVI: "Khả thi trong thời gian ươm tạo", LabelEN: "Feasible within the programme", Weight: 2000, Min: 100, Max: 500, Step: 100},
	}
}

// NewRound describes a round that is not yet stored: the number-th of its owner, with two judges to each subject.
func NewRound(app core.App, ownerType, owner string, number int, titleVI, titleEN string, rubric score.Rubric) (*Round, error) {
	r, err := Rounds.New(app)
	if err != nil {
		return nil, err
	}
	r.Set("owner_type", ownerType)
	r.Set("owner", owner)
	r.Set("number", number)
	r.Set("title_vi", titleVI)
	r.Set("title_en", titleEN)
	r.Set("type", "screening")
	r.Set("rubric", rubric)
	r.Set("others_visible", "never")
	r.Set("per_subject", 2)
	r.Set("ties", []string{score.ByCriteria, score.ByMedian, score.ByYes})
	return r, nil
}

// Status is where the round stands.
func (r *Round) Status() lifecycle.State { return lifecycle.State(r.GetString("status")) }

// OwnerType is what kind of thing the round belongs to: intake or contest.
func (r *Round) OwnerType() string { return r.GetString("owner_type") }

// Owner is the id of the intake or contest.
func (r *Round) Owner() string { return r.GetString("owner") }

// Number is the place of the round among its owner's, from 1.
func (r *Round) Number() int { return r.GetInt("number") }

// TitleVI and TitleEN name the round.
func (r *Round) TitleVI() string { return r.GetString("title_vi") }

// TitleEN is the title in English, or "".
func (r *Round) TitleEN() string { return r.GetString("title_en") }

// Blind says whether judges see an alias instead of a subject's title.
func (r *Round) Blind() bool { return r.GetBool("blind") }

// PerSubject is how many judges each subject should have.
func (r *Round) PerSubject() int { return r.GetInt("per_subject") }

// ClosesAt is the first instant at which no sheet is taken any more; zero leaves it to whoever closes the round.
func (r *Round) ClosesAt() time.Time { return r.GetDateTime("closes_at").Time() }

// RubricVersion counts how often the rubric was frozen. Every sheet says by which version it was scored.
func (r *Round) RubricVersion() int { return r.GetInt("rubric_version") }

// Rubric is what every sheet gives points for.
func (r *Round) Rubric() (score.Rubric, error) {
	var rubric score.Rubric
	if err := json.Unmarshal([]byte(r.GetString("rubric")), &rubric); err != nil {
		return nil, fmt.Errorf("read the rubric of round %s: %w", r.Id, err)
	}
	return rubric, nil
}

// Ties is the declared chain by which equal means are told apart.
func (r *Round) Ties() ([]string, error) {
	var chain []string
	if err := json.Unmarshal([]byte(r.GetString("ties")), &chain); err != nil {
		return nil, fmt.Errorf("read the chain of round %s: %w", r.Id, err)
	}
	return chain, nil
}

// Grace is how long after its end the round still takes what is in draft.
func (r *Round) Grace() time.Duration { return time.Duration(r.GetInt("grace_min")) * time.Minute }

// GraceUntil is the first instant at which nothing is taken any more; zero where nobody has set an end.
func (r *Round) GraceUntil() time.Time {
	if at := r.GetDateTime("grace_until").Time(); !at.IsZero() || r.ClosesAt().IsZero() {
		return at
	}
	return r.ClosesAt().Add(r.Grace())
}

// TakesAt says whether a sheet may be written at now. Half-open: at closes_at it is too late, but for a sheet that is in
// draft, which may be handed in until the grace is over.
func (r *Round) TakesAt(now time.Time, drafted bool) bool {
	switch closes := r.ClosesAt(); {
	case r.Status() == RoundGrace:
		return drafted && now.Before(r.GraceUntil())
	case r.Status() != RoundOpen:
		return false
	case closes.IsZero() || now.Before(closes):
		return true
	}
	return drafted && now.Before(r.GraceUntil())
}

// Type is how the round judges: screening or rubric.
func (r *Round) Type() string { return r.GetString("type") }

// OthersVisible says whether judges see the sheets of the others once their own is in.
func (r *Round) OthersVisible() bool { return r.GetString("others_visible") == "after_own" }

// OpensAt is when it opened, or when it is planned to; zero when nobody said.
func (r *Round) OpensAt() time.Time { return r.GetDateTime("opens_at").Time() }

// Rule says who goes on; nil when nobody has declared it.
func (r *Round) Rule() (*score.Rule, error) {
	text := r.GetString("advance_rule")
	if text == "" || text == "null" {
		return nil, nil //nolint:nilnil // no rule is declared, and that is no error
	}
	var rule score.Rule
	if err := json.Unmarshal([]byte(text), &rule); err != nil {
		return nil, fmt.Errorf("read the rule of round %s: %w", r.Id, err)
	}
	return &rule, nil
}

// AssignsAt says whether judges may still be asked.
func (r *Round) assigns() bool {
	return slices.Contains([]lifecycle.State{RoundConfigured, RoundAssigning, RoundAssigned, RoundOpen}, r.Status())
}

func (r *Round) frozen() bool { return !r.GetDateTime("frozen_at").IsZero() }

func (r *Round) freeze(closes, now time.Time) {
	r.Set("rubric_version", r.RubricVersion()+1)
	r.Set("frozen_at", now)
	r.Set("opens_at", now)
	if !closes.IsZero() {
		r.Set("closes_at", closes)
	}
}

func (r *Round) extend(closes time.Time) {
	r.Set("closes_at", closes)
	r.Set("grace_until", nil)
}

func (r *Round) waits(until time.Time) { r.Set("grace_until", until) }

// Terms are what staff write of a round; what is nil stays as it is.
type Terms struct {
	TitleVI       *string       `json:"title_vi"`
	TitleEN       *string       `json:"title_en"`
	Type          *string       `json:"type"`
	Rubric        *score.Rubric `json:"rubric"`
	PerSubject    *int          `json:"per_subject"`
	Blind         *bool         `json:"blind"`
	OthersVisible *string       `json:"others_visible"`
	OpensAt       *time.Time    `json:"opens_at"`
	ClosesAt      *time.Time    `json:"closes_at"`
	GraceMin      *int          `json:"grace_min"`
	Rule          *score.Rule   `json:"advance_rule"`
	Ties          *[]string     `json:"ties"`
}

func (r *Round) write(t Terms) {
	put(r, "title_vi", t.TitleVI)
	put(r, "title_en", t.TitleEN)
	put(r, "type", t.Type)
	put(r, "rubric", t.Rubric)
	put(r, "per_subject", t.PerSubject)
	put(r, "blind", t.Blind)
	put(r, "others_visible", t.OthersVisible)
	put(r, "opens_at", t.OpensAt)
	put(r, "closes_at", t.ClosesAt)
	put(r, "grace_min", t.GraceMin)
	put(r, "advance_rule", t.Rule)
	put(r, "ties", t.Ties)
}

func put[V any](r *Round, field string, value *V) {
	if value != nil {
		r.Set(field, *value)
	}
}

// sameTerms says whether a and b are scored and ranked alike.
func (r *Round) sameTerms(b *Round) bool {
	for _, field := range []string{
		"rubric", "ties", "type", "blind", "others_visible", "per_subject", "grace_min", "advance_rule", "rubric_version", "frozen_at",
	} {
		if r.GetString(field) != b.GetString(field) {
			return false
		}
	}
	return true
}

func (r *Round) sameRoots(b *Round) bool {
	return r.OwnerType() == b.OwnerType() && r.Owner() == b.Owner() && r.Number() == b.Number()
}
