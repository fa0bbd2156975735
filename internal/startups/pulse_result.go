package startups

import (
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
)

// PulseResults are what a closed pulse found, as far as it shows nobody.
type PulseResults struct {
	Answered int           `json:"answered"` // people
	People   int           `json:"people"`   // who were asked
	Closed   bool          `json:"closed"`
	Shown    bool          `json:"shown"` // closed, and answered by five at least
	Results  []PulseResult `json:"results"`
	By       string        `json:"by"`    // key of the question by which the answers are divided; "" is not
	Split    bool          `json:"split"` // whether they could be: each part is nobody's or five people's
	Parts    []PulsePart   `json:"parts"`
}

// PulsePart are the results of those who gave one answer to the question by which all are divided.
type PulsePart struct {
	Value   string        `json:"value"` // of a choice; low, middle or high of a scale; "" gave none
	N       int           `json:"n"`
	Results []PulseResult `json:"results"`
}

// PulseResult is what was answered to one question, by five people at least, or nothing.
type PulseResult struct {
	PulseQuestion
	Shown  bool         `json:"shown"`
	N      int          `json:"n"` // who answered it; 0 where it is not shown
	Counts []PulseCount `json:"counts"`
	Tenths int          `json:"mean_tenths"` // of a scale: its mean, rounded, in tenths
	Texts  []string     `json:"texts"`       // of words, in the order of chance
}

// PulseCount is how often one answer was given.
type PulseCount struct {
	Value string `json:"value"`
	N     int    `json:"n"`
}

// ResultsOf reads a pulse. Staff and managers over the cohort, and nobody else: no mentor, no investor, no official. Results are
// shown when it is closed, so that nobody learns an answer by looking before and after it, and when five have answered; each
// question when five have answered it. by divides them by the answers to one question, if every part is nobody's or five people's,
// in all and for each question: no part can be reckoned from the others. Errors: access.sign_in, record.not_found, pulse.by.
func ResultsOf(app core.App, actor access.Actor, id, by string) (*PulseResults, error) {
	if err := access.MaySignedIn(actor); err != nil {
		return nil, err
	}
	p, err := Pulses.Find(app, id)
	if err != nil {
		return nil, err
	}
	if err := mayLead(app, actor, p.CohortID()); err != nil {
		return nil, err
	}
	asks, err := p.Questions()
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(asks, func(q PulseQuestion) bool { return q.Key == by && q.Type != askText })
	if by != "" && at < 0 {
		return nil, fault.Field("by", "pulse.by")
	}
	r := &PulseResults{Closed: p.Status() == PulseClosed, By: by, Results: []PulseResult{}, Parts: []PulsePart{}}
	if r.Answered, r.People, err = turnout(app, p); err != nil {
		return nil, err
	}
	if r.Shown = r.Closed && r.Answered >= fewest; !r.Shown {
		return r, nil
	}
	rows, err := PulseAnswers.All(app, dbx.HashExp{"pulse": p.Id})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b *PulseAnswer) int { return strings.Compare(a.Id, b.Id) }) // ids are chance
	all := make([]map[string]any, 0, len(rows))
	for _, row := range rows {
		said, err := row.Said()
		if err != nil {
			return nil, err
		}
		all = append(all, said)
	}
	for _, q := range asks {
		r.Results = append(r.Results, q.sum(all))
	}
	if by != "" {
		r.divide(asks, asks[at], all)
	}
	return r, nil
}

// divide shows the answers by those to one question, where that shows nobody.
func (r *PulseResults) divide(asks []PulseQuestion, by PulseQuestion, all []map[string]any) {
	order := []string{"low", "middle", "high", ""}
	if by.Type == askChoice {
		order = nil
		for _, o := range by.Options {
			order = append(order, o.Value)
		}
		order = append(order, "")
	}
	groups := map[string][]map[string]any{}
	for _, said := range all {
		value := by.part(said)
		groups[value] = append(groups[value], said)
	}
	for _, some := range groups {
		if len(some) < fewest {
			return
		}
	}
	r.Split = len(groups) > 1
	for _, value := range order {
		if len(groups[value]) == 0 || !r.Split {
			continue
		}
		part := PulsePart{Value: value, N: len(groups[value]), Results: []PulseResult{}}
		for _, q := range asks {
			if q.Key == by.Key || q.Type == askText { // whose words they are must not be told by what else they said
				continue
			}
			if !q.fits(groups) {
				part.Results = append(part.Results, q.hidden())
				continue
			}
			part.Results = append(part.Results, q.sum(groups[value]))
		}
		r.Parts = append(r.Parts, part)
	}
}

// fits says whether a question was answered in each part by nobody or by five at least.
func (q PulseQuestion) fits(groups map[string][]map[string]any) bool {
	for _, some := range groups {
		if few(q.count(some)) {
			return false
		}
	}
	return true
}

func (q PulseQuestion) count(all []map[string]any) (n int) {
	for _, said := range all {
		if _, ok := said[q.Key]; ok {
			n++
		}
	}
	return n
}

// part is to which part a person belongs by their answer.
func (q PulseQuestion) part(said map[string]any) string {
	switch v := said[q.Key].(type) {
	case string:
		return v
	case float64:
		switch {
		case v <= 6:
			return "low"
		case v <= 8:
			return "middle"
		}
		return "high"
	}
	return ""
}

func (q PulseQuestion) hidden() PulseResult {
	return PulseResult{PulseQuestion: q, Counts: []PulseCount{}, Texts: []string{}}
}

// sum counts the answers to a question, if five have given one.
func (q PulseQuestion) sum(all []map[string]any) PulseResult {
	r := q.hidden()
	if n := q.count(all); n >= fewest {
		r.Shown, r.N = true, n
	} else {
		return r
	}
	counts, total := map[string]int{}, 0
	for _, said := range all {
		switch v := said[q.Key].(type) {
		case string:
			if q.Type == askText {
				r.Texts = append(r.Texts, v)
				continue
			}
			counts[v]++
		case float64:
			counts[itoa(int(v))]++
			total += int(v)
		}
	}
	switch q.Type {
	case askScale:
		for v := range mostScale + 1 {
			r.Counts = append(r.Counts, PulseCount{itoa(v), counts[itoa(v)]})
		}
		r.Tenths = (20*total + r.N) / (2 * r.N)
	case askChoice:
		for _, o := range q.Options {
			r.Counts = append(r.Counts, PulseCount{o.Value, counts[o.Value]})
		}
	}
	return r
}
