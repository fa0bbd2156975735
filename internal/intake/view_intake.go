package intake

import (
	"context"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/judging"
	"vuon/internal/judging/score"
	"vuon/internal/lifecycle"
	"vuon/internal/web"
)

// CallLine is one intake in a list.
type CallLine struct {
	ID          string          `json:"id"`
	Slug        string          `json:"slug"`
	Kind        Kind            `json:"kind"`
	TitleVI     string          `json:"title_vi"`
	TitleEN     string          `json:"title_en"`
	Status      lifecycle.State `json:"status"`
	OpensAt     time.Time       `json:"opens_at"`
	ClosesAt    time.Time       `json:"closes_at"`    // the deadline that holds, with its extensions
	DecisionDue string          `json:"decision_due"` // the local day by which an answer was promised, or ""
	Capacity    int             `json:"capacity"`
	Counts      map[string]int  `json:"counts,omitempty"` // applications by state; staff only
}

// Call is one intake. Counts, rounds and terms are for staff.
type Call struct {
	CallLine
	SummaryVI   string         `json:"summary_vi"`
	SummaryEN   string         `json:"summary_en"`
	OfferDays   int            `json:"offer_days"`
	AppealDays  int            `json:"appeal_days"`
	ReleasedAt  *time.Time     `json:"released_at"`
	Rev         int            `json:"rev"`
	Open        bool           `json:"open"` // whether everybody may apply at the instant of the request
	Programme   Named          `json:"programme"`
	Cohort      Named          `json:"cohort"`
	FormVersion string         `json:"form_version"`
	Form        Schema         `json:"form"`
	Rules       Rules          `json:"rules"`       // what it asks of those who apply
	Criteria    score.Rubric   `json:"criteria"`    // by which applications are judged
	PerSubject  int            `json:"per_subject"` // how many judges read each
	Mine        string         `json:"mine"`        // id of the application of whoever asks, or ""
	Rounds      []RoundLine    `json:"rounds,omitempty"`
	Taken       int            `json:"taken,omitempty"`
	Undecided   int            `json:"undecided,omitempty"`
	MayDecide   bool           `json:"may_decide,omitempty"`
	MayWork     bool           `json:"may_work,omitempty"`
	Extensions  []ExtendedLine `json:"extensions,omitempty"`
	GraceMin    int            `json:"grace_min"` // minutes behind the deadline in which applications are still taken
	Moved       []ExtendedLine `json:"moved"`     // how the deadline of everybody was moved, the first move first
	Auto        bool           `json:"waitlist_auto,omitempty"`
	WaitsUntil  string         `json:"waitlist_until,omitempty"`
}

// RoundLine is a round of an intake, as staff see it.
type RoundLine struct {
	ID         string          `json:"id"`
	Number     int             `json:"number"`
	TitleVI    string          `json:"title_vi"`
	TitleEN    string          `json:"title_en"`
	Status     lifecycle.State `json:"status"`
	PerSubject int             `json:"per_subject"`
	ClosesAt   *time.Time      `json:"closes_at"`
	Rubric     score.Rubric    `json:"rubric"`
}

// staffing says whether the actor works over an intake.
func staffing(by access.Actor, i *Intake) bool {
	return access.MaySee(by, []access.Role{access.Staff, access.Manager}, i.Path()...) == nil
}

// Calls lists intakes at now: to staff those they work over, to everybody the open ones. after is the id of the last row
// of the page before.
func Calls(app core.App, by access.Actor, ask listAsk, now time.Time) (rows []CallLine, next string, err error) {
	found, err := intakesFor(app, by, ask, now)
	if err != nil {
		return nil, "", err
	}
	found, next = web.Cut(found, ask.Limit, func(i *Intake) string { return i.Id })
	rows = []CallLine{}
	for _, i := range found {
		line, err := callLine(app, i)
		if err != nil {
			return nil, "", err
		}
		if staffing(by, i) {
			if line.Counts, err = countsOf(app, i.Id); err != nil {
				return nil, "", err
			}
		}
		rows = append(rows, line)
	}
	return rows, next, nil
}

// About shows one intake at now, by id or slug. Drafts and cancelled ones exist for staff alone. Error: record.not_found.
func About(app core.App, by access.Actor, id string, now time.Time) (*Call, error) {
	i, err := intakeCalled(app, id)
	if err != nil {
		return nil, err
	}
	works := staffing(by, i)
	if !i.Listed() && !works {
		return nil, fault.NotFound("record.not_found")
	}
	c, err := call(app, i, now)
	if err != nil {
		return nil, err
	}
	if by.Signed() {
		a, err := liveApplication(app, i.Id, by.ID)
		if err != nil {
			return nil, err
		}
		if a != nil {
			c.Mine = a.Id
		}
	}
	if !works {
		return c, nil
	}
	c.MayWork, c.MayDecide = true, access.MayDecide(by, i.Path()...) == nil
	return c, inside(app, by, i, c)
}

// Announced lists the intakes of which everybody may know, the next deadline first: those to come, open, and past.
// Drafts, cancelled and archived ones are not among them.
func Announced(ctx context.Context, app core.App, now time.Time) ([]*Call, error) {
	all, err := announced(ctx, app)
	if err != nil {
		return nil, err
	}
	return callsOf(app, all, now)
}

func callsOf(app core.App, all []*Intake, now time.Time) ([]*Call, error) {
	calls := make([]*Call, 0, len(all))
	for _, i := range all {
		c, err := call(app, i, now)
		if err != nil {
			return nil, err
		}
		calls = append(calls, c)
	}
	return calls, nil
}

// OpenCalls lists the intakes that take applications at now, the next deadline first.
func OpenCalls(ctx context.Context, app core.App, now time.Time) ([]*Call, error) {
	running, err := inStates(ctx, app, IntakePublished, IntakeOpen) // the home page does not pay for years of past ones
	if err != nil {
		return nil, err
	}
	calls, err := callsOf(app, running, now)
	return slices.DeleteFunc(calls, func(c *Call) bool { return !c.Open }), err
}

func call(app core.App, i *Intake, now time.Time) (*Call, error) {
	line, err := callLine(app, i)
	if err != nil {
		return nil, err
	}
	v, err := FormVersions.Find(app, i.FormVersionID())
	if err != nil {
		return nil, err
	}
	schema, err := v.Schema()
	if err != nil {
		return nil, err
	}
	rules, err := i.Rules()
	if err != nil {
		return nil, err
	}
	p, err := Programmes.Find(app, i.ProgrammeID())
	if err != nil {
		return nil, err
	}
	cohort, err := cohortNamed(app, i.CohortID())
	if err != nil {
		return nil, err
	}
	rubric, readers, err := judgedBy(app, i)
	if err != nil {
		return nil, err
	}
	moved, err := movedFor(app, i.Id, "")
	if err != nil {
		return nil, err
	}
	return &Call{
		CallLine: line, Criteria: rubric, PerSubject: readers, SummaryVI: i.SummaryVI(), SummaryEN: i.SummaryEN(), OfferDays: i.OfferDays(), AppealDays: i.AppealDays(),
		ReleasedAt: instant(i.ReleasedAt()), Rev: i.Rev(), Open: i.OpenAt(now, line.ClosesAt.Add(i.Grace())), FormVersion: v.Id, Form: schema, Rules: rules,
		Programme: Named{p.Id, p.TitleVI(), p.TitleEN()}, Cohort: cohort,
		GraceMin: int(i.Grace().Minutes()), Moved: moved,
	}, nil
}

// judgedBy is the rubric of an intake's first round, and how many judges read each application. A round that is still to be
// made will be made so.
func judgedBy(app core.App, i *Intake) (score.Rubric, int, error) {
	r, err := screeningRound(app, i)
	if err != nil {
		return nil, 0, err
	}
	rubric, err := r.Rubric()
	return rubric, r.PerSubject(), err
}

// inside adds what staff know, but for what is decided about themselves.
func inside(app core.App, by access.Actor, i *Intake, c *Call) (err error) {
	r, err := readerOf(app, by)
	if err != nil {
		return err
	}
	c.Auto, c.WaitsUntil = i.WaitlistAuto(), i.WaitlistUntil()
	if c.Counts, err = countsOf(app, i.Id); err != nil {
		return err
	}
	if c.Taken, err = placesSeen(app, i.Id, r); err != nil {
		return err
	}
	waiting, err := applicationsIn(app, i.Id, ApplicationInReview, ApplicationSubmitted, ApplicationNeedsInfo)
	if err != nil {
		return err
	}
	decisions, err := decisionsFor(app, i.Id)
	if err != nil {
		return err
	}
	c.Undecided = left(r.far(waiting), decisions)
	rounds, err := judging.RoundsOf(app, ownerType, i.Id)
	if err != nil {
		return err
	}
	for _, r := range rounds {
		rubric, err := r.Rubric()
		if err != nil {
			return err
		}
		c.Rounds = append(c.Rounds, RoundLine{
			r.Id, r.Number(), r.TitleVI(), r.TitleEN(), r.Status(), r.PerSubject(), instant(r.ClosesAt()), rubric,
		})
	}
	c.Extensions, err = extensionLines(app, r, i.Id)
	return err
}

func callLine(app core.App, i *Intake) (CallLine, error) {
	closes, _, err := promised(app, i.Id, "")
	return CallLine{i.Id, i.Slug(), i.Kind(), i.TitleVI(), i.TitleEN(), i.Status(), i.OpensAt(), closes, i.DecisionDue(), i.Capacity(), nil}, err
}

// cohortNamed is a cohort by its title; nothing for a call for proposals, which has none.
func cohortNamed(app core.App, id string) (Named, error) {
	if id == "" {
		return Named{}, nil
	}
	c, err := Cohorts.Find(app, id)
	if err != nil {
		return Named{}, err
	}
	return Named{c.Id, c.TitleVI(), c.TitleEN()}, nil
}

// names reads the names of people, each once.
func names(app core.App, people []string) (map[string]string, error) {
	by := map[string]string{}
	for _, id := range people {
		if _, known := by[id]; known || id == "" {
			continue
		}
		name, err := needs(app).Name(app, id)
		if err != nil {
			return nil, err
		}
		by[id] = name
	}
	return by, nil
}

// instant is a point in time for an answer: null where there is none.
func instant(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}
