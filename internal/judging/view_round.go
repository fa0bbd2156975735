package judging

import (
	"cmp"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/judging/allot"
	"vuon/internal/judging/score"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// Plan is a round as its owner's staff see it: what they wrote, the panel, and how far it has come.
type Plan struct {
	RoundTerms
	Panel    []Member   `json:"panel"`
	Entries  []Standing `json:"entries"`
	Proposed int        `json:"proposed"` // assignments that wait to be offered
	Short    []Lack     `json:"short"`    // what the panel cannot give
	Seal     string     `json:"seal"`     // of what the rule says; "" without a rule
}

// RoundTerms are what staff wrote of a round.
type RoundTerms struct {
	ID         string          `json:"id"`
	Owner      string          `json:"owner"`
	Number     int             `json:"number"`
	TitleVI    string          `json:"title_vi"`
	TitleEN    string          `json:"title_en"`
	Type       string          `json:"type"`
	Status     lifecycle.State `json:"status"`
	Rubric     score.Rubric    `json:"rubric"`
	PerSubject int             `json:"per_subject"`
	Blind      bool            `json:"blind"`
	AfterOwn   bool            `json:"after_own"`
	OpensAt    *time.Time      `json:"opens_at"`
	ClosesAt   *time.Time      `json:"closes_at"`
	GraceMin   int             `json:"grace_min"`
	GraceUntil *time.Time      `json:"grace_until"`
	Rule       *score.Rule     `json:"advance_rule"`
	Ties       []string        `json:"ties"`
	Frozen     bool            `json:"frozen"`
	Rev        int             `json:"rev"`
}

// Member is one judge of the panel, with what they took and what they have.
type Member struct {
	Judge      string          `json:"judge"`
	Name       string          `json:"name"`
	Commitment string          `json:"commitment"` // id; "" for somebody who was asked without
	Status     lifecycle.State `json:"status"`     // of the commitment
	Asked      int             `json:"asked"`
	Capacity   int             `json:"capacity"`
	Because    string          `json:"declined_because,omitempty"`
	Load       int             `json:"load"`     // offered and more
	Proposed   int             `json:"proposed"` // and proposed on top
	Done       int             `json:"done"`
	Begun      int             `json:"begun"`
	Nudged     bool            `json:"nudged"` // today
}

// Standing is one subject of a round.
type Standing struct {
	Subject string `json:"subject"`
	Title
	Asked    int              `json:"asked"`
	Done     int              `json:"done"`
	Mean     score.Mean       `json:"mean"`
	Spread   score.Hundredths `json:"spread"`
	Gaps     []Gap            `json:"gaps"` // criteria on which judges lie apart, the widest first
	Yes      int              `json:"yes"`
	Maybe    int              `json:"maybe"`
	No       int              `json:"no"`
	Split    bool             `json:"split"` // yes and no meet
	Seats    []Chair          `json:"seats"`
	Place    int              `json:"place"`
	Advances *bool            `json:"advances"` // what the rule says; null without one
	Why      []score.Why      `json:"why"`
	Outcome  string           `json:"outcome"` // once it is confirmed
	Because  string           `json:"changed_because,omitempty"`
}

// Gap is how far the judges of a subject lie apart on one criterion, in points.
type Gap struct {
	Key string           `json:"key"`
	Gap score.Hundredths `json:"gap"`
}

// Chair is one judge of one subject.
type Chair struct {
	ID     string          `json:"id"`
	Judge  string          `json:"judge"`
	Status lifecycle.State `json:"status"`
	Beyond string          `json:"beyond,omitempty"`
}

// Lack says which subjects lack judges, and who alone could judge them.
type Lack struct {
	Subjects []string `json:"subjects"`
	Judges   []string `json:"judges"`
	Need     int      `json:"need"`
	Can      int      `json:"can"`
}

// Planned shows one round to the staff of its owner at now, but for what is their own. However many are judged by however
// many, it takes a few queries. Error: record.not_found.
func Planned(app core.App, by access.Actor, id string, now time.Time) (*Plan, error) {
	r, err := Rounds.Find(app, id)
	if err != nil {
		return nil, err
	}
	if err := mayRun(app, by, r); err != nil {
		return nil, err
	}
	terms, err := TermsOf(r)
	if err != nil {
		return nil, err
	}
	p := &Plan{RoundTerms: terms, Panel: []Member{}, Entries: []Standing{}, Short: []Lack{}}
	m, err := matter(app, by, r, now)
	if err != nil {
		return nil, err
	}
	if r.assigns() && len(m.problem.Judges) > 0 {
		plan, err := allot.Propose(m.problem)
		if err != nil {
			return nil, err
		}
		for _, s := range plan.Shortages {
			p.Short = append(p.Short, Lack(s))
		}
	}
	all, err := askedIn(app, r.Id)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(a *Assignment) bool { return m.hidden[a.Subject()] })
	sheets, err := allSheetsIn(app, r.Id)
	if err != nil {
		return nil, err
	}
	by2 := map[string]*Sheet{}
	for _, s := range sheets {
		by2[s.AssignmentID()] = s
	}
	if err := p.seat(app, r, all, by2, now); err != nil {
		return nil, err
	}
	return p, p.stand(app, r, m, all, by2)
}

// TermsOf are what staff wrote of a round.
func TermsOf(r *Round) (RoundTerms, error) {
	rubric, err := r.Rubric()
	if err != nil {
		return RoundTerms{}, err
	}
	ties, err := r.Ties()
	if err != nil {
		return RoundTerms{}, err
	}
	rule, err := r.Rule()
	return RoundTerms{
		r.Id, r.Owner(), r.Number(), r.TitleVI(), r.TitleEN(), r.Type(), r.Status(), rubric, r.PerSubject(), r.Blind(), r.OthersVisible(),
		instant(r.OpensAt()), instant(r.ClosesAt()), int(r.Grace().Minutes()), graceOf(r), rule, ties, r.frozen(), record.Rev(r),
	}, err
}

// seat lists the panel: who was asked onto it, and who was asked for sheets without.
func (p *Plan) seat(app core.App, r *Round, all []*Assignment, sheets map[string]*Sheet, now time.Time) error {
	said, err := commitmentsTo(app, r.Id)
	if err != nil {
		return err
	}
	at := map[string]int{}
	member := func(judge string) *Member {
		i, there := at[judge]
		if !there {
			i = len(p.Panel)
			at[judge] = i
			p.Panel = append(p.Panel, Member{Judge: judge})
		}
		return &p.Panel[i]
	}
	for _, c := range said {
		m := member(c.JudgeID())
		m.Commitment, m.Status, m.Asked, m.Capacity, m.Because = c.Id, c.Status(), c.Asked(), c.Capacity(), c.Because()
	}
	for _, a := range all {
		m := member(a.JudgeID())
		s := sheets[a.Id]
		switch {
		case a.Status() == AssignmentProposed:
			m.Proposed++
			p.Proposed++
		case a.Live():
			m.Load++
			if s != nil && handedIn(s) {
				m.Done++
			} else if s != nil {
				m.Begun++
			}
		}
	}
	return p.name(app, r, at, now)
}

func (p *Plan) name(app core.App, r *Round, at map[string]int, now time.Time) error {
	var ids []string
	for id := range at {
		ids = append(ids, id)
	}
	names, err := called(app, ids)
	if err != nil {
		return err
	}
	nudges, err := nudgesSince(app, r.Id, now.Add(-day))
	if err != nil {
		return err
	}
	for i := range p.Panel {
		p.Panel[i].Name = names[p.Panel[i].Judge]
	}
	for _, n := range nudges {
		if i, there := at[n.Judge]; there && locale.Day(n.At.Time()) == locale.Day(now) {
			p.Panel[i].Nudged = true
		}
	}
	return nil
}

// stand lists what is judged, by what the rule says of it, then by title.
func (p *Plan) stand(app core.App, r *Round, m *business, all []*Assignment, sheets map[string]*Sheet) error {
	var ids []string
	at := map[string]*Standing{}
	for _, s := range m.problem.Subjects {
		ids = append(ids, s.ID)
		at[s.ID] = &Standing{Subject: s.ID, Gaps: []Gap{}, Seats: []Chair{}, Why: []score.Why{}}
	}
	titles, err := needs(app).Titles(app, m.kind, ids)
	if err != nil {
		return err
	}
	rubric, err := r.Rubric()
	if err != nil {
		return err
	}
	written := map[string][]*Sheet{}
	for _, a := range all {
		if e := at[a.Subject()]; e != nil {
			e.Seats = append(e.Seats, Chair{a.Id, a.JudgeID(), a.Status(), a.Beyond()})
			if a.Live() {
				e.Asked++
			}
			if s := sheets[a.Id]; s != nil && handedIn(s) {
				written[a.Subject()] = append(written[a.Subject()], s)
			}
		}
	}
	for _, id := range ids {
		at[id].Title = titles[id]
		if err := at[id].weigh(rubric, written[id]); err != nil {
			return err
		}
	}
	if err := p.judge(app, r, m, at); err != nil {
		return err
	}
	for _, id := range ids {
		p.Entries = append(p.Entries, *at[id])
	}
	slices.SortFunc(p.Entries, func(a, b Standing) int {
		return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.Title.Title, b.Title.Title), cmp.Compare(a.Subject, b.Subject))
	})
	return nil
}
