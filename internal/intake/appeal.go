package intake

import (
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// Appeals hold what applicants say against what was decided about them: once for each decision, within the days that the
// intake gives. They are heard by people who had no part in it.
var Appeals = record.Of[Appeal]("appeals")

// Appeal is one applicant's word against one decision.
type Appeal struct{ core.BaseRecordProxy }

// The states of an appeal.
const (
	AppealFiled        lifecycle.State = "filed"
	AppealAdmissible   lifecycle.State = "admissible"
	AppealInadmissible lifecycle.State = "inadmissible"
	AppealUnderReview  lifecycle.State = "under_review"
	AppealUpheld       lifecycle.State = "upheld"
	AppealRejected     lifecycle.State = "rejected"
	AppealClosed       lifecycle.State = "closed"
)

// AppealLife is every legal move of an appeal.
var AppealLife = lifecycle.Table{
	Collection: Appeals.Collection,
	Start:      AppealFiled,
	Ends:       []lifecycle.State{AppealClosed},
	Moves: []lifecycle.Move{
		lifecycle.Moved("appeal", "admit", AppealAdmissible, AppealFiled),
		lifecycle.Moved("appeal", "dismiss", AppealInadmissible, AppealFiled),
		lifecycle.Moved("appeal", "hear", AppealUnderReview, AppealAdmissible),
		lifecycle.Moved("appeal", "uphold", AppealUpheld, AppealUnderReview),
		lifecycle.Moved("appeal", "reject", AppealRejected, AppealUnderReview),
		lifecycle.Moved("appeal", "close", AppealClosed, AppealInadmissible, AppealUpheld, AppealRejected),
	},
}

// against is what an appeal is about.
type against struct {
	kind  string    // decision, amendment or rule_out
	id    string    // of the row that decided: the decision, the amendment, or the journal's entry
	since time.Time // when the applicant was told
}

// What an appeal can be about.
const (
	aboutDecision  = "decision"
	aboutAmendment = "amendment"
	aboutRuleOut   = "rule_out"
)

// The findings of a panel.
const (
	Uphold  = "uphold"
	Dismiss = "reject"
)

// Finding is what one of the panel proposes, for another of them to confirm.
type Finding struct {
	Finding string  `json:"finding"` // uphold or reject
	Outcome Outcome `json:"outcome"` // what an upheld appeal against a decision makes of it: admitted or waitlisted
	Answer  string  `json:"answer"`  // why; the applicant reads it
}

func newAppeal(app core.App, a *Application, about against, words string, now time.Time) (*Appeal, error) {
	p, err := Appeals.New(app)
	if err != nil {
		return nil, err
	}
	p.Set("application", a.Id)
	p.Set("intake", a.IntakeID())
	p.Set("kind", about.kind)
	p.Set("about", about.id)
	p.Set("words", tidy(words))
	p.Set("filed_at", now)
	p.Set("due_on", locale.Day(now.Add(answerIn)))
	return p, nil
}

// answerIn is how long the house takes to answer an appeal.
const answerIn = 15 * day

// Status is where the appeal stands.
func (p *Appeal) Status() lifecycle.State { return lifecycle.State(p.GetString("status")) }

// ApplicationID is the application that it is about.
func (p *Appeal) ApplicationID() string { return p.GetString("application") }

// IntakeID is the intake for which that was decided.
func (p *Appeal) IntakeID() string { return p.GetString("intake") }

// Kind says what it is against: decision, amendment or rule_out.
func (p *Appeal) Kind() string { return p.GetString("kind") }

// About is the row that it is against.
func (p *Appeal) About() string { return p.GetString("about") }

// Words are the applicant's.
func (p *Appeal) Words() string { return p.GetString("words") }

// FiledAt is when it was filed.
func (p *Appeal) FiledAt() time.Time { return p.GetDateTime("filed_at").Time() }

// DueOn is the local day by which it is to be answered, YYYY-MM-DD.
func (p *Appeal) DueOn() string { return p.GetString("due_on") }

// Panel are the users who hear it.
func (p *Appeal) Panel() []string { return p.GetStringSlice("panel") }

// Found is what one of the panel proposes; empty while nobody has.
func (p *Appeal) Found() Finding {
	return Finding{p.GetString("finding"), Outcome(p.GetString("new_outcome")), p.GetString("answer")}
}

// FoundBy is who proposed it.
func (p *Appeal) FoundBy() string { return p.GetString("found_by") }

// ConfirmedBy is who of the panel confirmed it.
func (p *Appeal) ConfirmedBy() string { return p.GetString("confirmed_by") }

// SettledAt is when it was answered; zero before.
func (p *Appeal) SettledAt() time.Time { return p.GetDateTime("settled_at").Time() }

// Live says whether somebody still has to answer it.
func (p *Appeal) Live() bool { return p.in(AppealFiled, AppealAdmissible, AppealUnderReview) }

// Answered says whether the applicant was told what became of it.
func (p *Appeal) Answered() bool { return !p.SettledAt().IsZero() }

func (p *Appeal) in(some ...lifecycle.State) bool { return slices.Contains(some, p.Status()) }

func (p *Appeal) heardBy(panel []string) { p.Set("panel", panel) }

func (p *Appeal) find(f Finding, by access.Actor, now time.Time) {
	p.Set("finding", f.Finding)
	p.Set("new_outcome", string(f.Outcome))
	p.Set("answer", tidy(f.Answer))
	p.Set("found_by", by.ID)
	p.Set("found_at", now)
}

func (p *Appeal) dismissed(answer string, by access.Actor, now time.Time) {
	p.Set("answer", tidy(answer))
	p.settled(by, now)
}

func (p *Appeal) settled(by access.Actor, now time.Time) {
	p.Set("confirmed_by", by.ID)
	p.Set("settled_at", now)
}

// sameRoots says whether a and b are the same applicant's word against the same decision.
func (p *Appeal) sameRoots(b *Appeal) bool {
	return p.same(b, "application", "intake", "kind", "about", "words", "filed_at", "due_on")
}

// sameHearing says whether a and b were heard by the same people, who found the same.
func (p *Appeal) sameHearing(b *Appeal) bool {
	return slices.Equal(p.Panel(), b.Panel()) && p.same(b, "finding", "new_outcome", "answer", "found_by", "found_at", "confirmed_by", "settled_at")
}

func (p *Appeal) same(b *Appeal, fields ...string) bool {
	return !slices.ContainsFunc(fields, func(f string) bool { return p.GetString(f) != b.GetString(f) })
}
