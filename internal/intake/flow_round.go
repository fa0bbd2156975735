package intake

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/intake/form"
	"vuon/internal/judging"
	"vuon/internal/record"
)

// What rounds and assignments of this room belong to and are about.
const (
	ownerType   = "intake"
	subjectType = "application"
)

// Assign asks judges to judge applications of an intake in the round that is at hand; see AssignIn.
func Assign(app core.App, by access.Actor, id string, applications, judges []string, now time.Time) (asked int, refused []judging.Refusal, err error) {
	return AssignIn(app, by, id, Wanted{Applications: applications, Judges: judges}, now)
}

// Wanted is whom staff want to judge what: each of the judges each of the applications.
type Wanted struct {
	Round        string   `json:"round"` // "": the one at hand
	Applications []string `json:"applications"`
	Judges       []string `json:"judges"`
	Beyond       string   `json:"beyond"` // why judges are asked for more than they took upon themselves
}

// AssignIn asks judges to judge applications of an intake in one of its rounds. The first is made when the first judge is
// asked. Staff over the intake; applications that are not handed in are refused with "application.not_handed_in", their own
// with "application.own".
// Errors: record.not_found, round.not_assigning.
func AssignIn(app core.App, by access.Actor, id string, w Wanted, now time.Time) (asked int, refused []judging.Refusal, err error) {
	applications, judges := w.Applications, w.Judges
	_, err = record.Change(app, Intakes, id, func(tx core.App, i *Intake) error {
		if err := access.MayWorkOn(by, i.Path()...); err != nil {
			return err
		}
		reading, err := readerOf(tx, by)
		if err != nil {
			return err
		}
		r, err := roundOf(tx, i, w.Round)
		if err != nil {
			return err
		}
		var ready []string
		for _, application := range applications {
			a, err := Applications.Find(tx, application)
			switch {
			case err != nil:
				return err
			case a.IntakeID() != i.Id:
				return fault.NotFound("record.not_found")
			case reading.near(a):
				for _, judge := range judges {
					refused = append(refused, judging.Refusal{Subject: a.Id, Judge: judge, Code: "application.own"})
				}
			case !a.in(ApplicationSubmitted, ApplicationNeedsInfo, ApplicationInReview):
				for _, judge := range judges {
					refused = append(refused, judging.Refusal{Subject: a.Id, Judge: judge, Code: "application.not_handed_in"})
				}
			default:
				ready = append(ready, a.Id)
			}
		}
		some, no, err := judging.Assign(tx, by, r.Id, subjectType, ready, judges, w.Beyond, now)
		asked, refused = len(some), append(refused, no...)
		return err
	})
	if err != nil {
		return 0, nil, err
	}
	return asked, refused, nil
}

// OpenRound lets the judges of an intake write, until closes (zero: until somebody closes the round). Staff over the
// intake, once it has closed: what is judged must not change any more.
// Errors: record.not_found, intake.not_closed, round.closes, lifecycle.not_now.
func OpenRound(app core.App, by access.Actor, id string, closes, now time.Time) (*judging.Round, error) {
	return onRound(app, by, id, func(tx core.App, i *Intake, r *judging.Round) (*judging.Round, error) {
		if !i.in(IntakeClosed, IntakeDeciding) {
			return nil, fault.Conflict("intake.not_closed")
		}
		return judging.Open(tx, by, r.Id, closes, now)
	})
}

// CloseRound takes no more sheets and counts those that were handed in. Staff over the intake.
// Errors: record.not_found, lifecycle.not_now.
func CloseRound(app core.App, by access.Actor, id string, now time.Time) (*judging.Round, error) {
	return onRound(app, by, id, func(tx core.App, _ *Intake, r *judging.Round) (*judging.Round, error) {
		if _, err := judging.Close(tx, by, r.Id, now); err != nil {
			return nil, err
		}
		return judging.Compute(tx, by, r.Id, now)
	})
}

// ReopenRound takes a closed round back, with the consent of a second person; see judging.Reopen.
func ReopenRound(app core.App, by access.Actor, id, reason string, closes, now time.Time) (done bool, err error) {
	_, err = onRound(app, by, id, func(tx core.App, i *Intake, r *judging.Round) (*judging.Round, error) {
		if !i.in(IntakeClosed, IntakeDeciding) {
			return nil, fault.Conflict("lifecycle.not_now")
		}
		done, err = judging.Reopen(tx, by, r.Id, reason, closes, now)
		return r, err
	})
	return done && err == nil, err
}

func onRound(app core.App, by access.Actor, id string, do func(core.App, *Intake, *judging.Round) (*judging.Round, error)) (*judging.Round, error) {
	var r *judging.Round
	_, err := record.Change(app, Intakes, id, func(tx core.App, i *Intake) error {
		if err := access.MayWorkOn(by, i.Path()...); err != nil {
			return err
		}
		first, err := firstRound(tx, i)
		if err != nil {
			return err
		}
		r, err = do(tx, i, first)
		return err
	})
	if err != nil {
		return nil, err
	}
	return r, nil
}

// firstRound is the round of an intake that is at hand; the first is made when it is first asked for.
func firstRound(tx core.App, i *Intake) (*judging.Round, error) {
	r, err := screeningRound(tx, i)
	if err != nil || !r.IsNew() {
		return r, err
	}
	if err := tx.Save(r); err != nil {
		return nil, fmt.Errorf("make the first round of intake %s: %w", i.Id, err)
	}
	return r, nil
}

// roundOf is one of an intake's rounds; "" asks for the one at hand. Error: record.not_found.
func roundOf(tx core.App, i *Intake, id string) (*judging.Round, error) {
	if id == "" {
		return firstRound(tx, i)
	}
	r, err := judging.Rounds.Find(tx, id)
	if err == nil && (r.OwnerType() != ownerType || r.Owner() != i.Id) {
		return nil, fault.NotFound("record.not_found")
	}
	return r, err
}

// screeningRound is the round of an intake that is at hand: the first that has not advanced, or the last. Before there is
// any it is what the first will be when somebody makes it: not yet stored.
func screeningRound(app core.App, i *Intake) (*judging.Round, error) {
	rounds, err := judging.RoundsOf(app, ownerType, i.Id)
	if err != nil {
		return nil, err
	}
	for _, r := range rounds {
		if r.Status() != judging.RoundAdvanced {
			return r, nil
		}
	}
	if n := len(rounds); n > 0 {
		return rounds[n-1], nil
	}
	return judging.NewRound(app, ownerType, i.Id, 1, "Sơ tuyển", "Screening", judging.Screening())
}

// Brief is what judges may read of an application: what was last handed in, and of that only what the form shows them.
// Error: record.not_found.
func Brief(app core.App, _, id string) (judging.Brief, error) {
	a, err := Applications.Find(app, id)
	if err != nil {
		return judging.Brief{}, err
	}
	i, err := Intakes.Find(app, a.IntakeID())
	if err != nil {
		return judging.Brief{}, err
	}
	brief := judging.Brief{Over: i.Path(), Answers: []judging.Answer{}}
	last, err := latestSnapshot(app, a.Id)
	if err != nil || last == nil {
		return brief, err
	}
	schema, err := asked(app, a)
	if err != nil {
		return brief, err
	}
	given, err := last.Answers()
	if err != nil {
		return brief, err
	}
	kept, err := last.Files()
	if err != nil {
		return brief, err
	}
	brief.Title = last.Title()
	shown := schema.Shown(given)
	for _, q := range schema {
		if q.ReviewerVisible && shown[q.Key] {
			said := forJudge(q, given[q.Key])
			said.Safe = len((Schema{q}).ForJudges(true)) > 0
			if q.Type == form.File {
				said.Value, said.Files = nil, attached(q, kept)
			}
			brief.Answers = append(brief.Answers, said)
		}
	}
	return brief, nil
}

// RoundsFor lists the rounds of an intake to its staff, and makes none. Errors: access.sign_in, record.not_found.
func RoundsFor(app core.App, by access.Actor, id string) ([]judging.RoundTerms, error) {
	i, err := intakeFor(app, by, id)
	if err != nil {
		return nil, err
	}
	rounds, err := judging.RoundsOf(app, ownerType, i.Id)
	if err != nil {
		return nil, err
	}
	all := []judging.RoundTerms{}
	for _, r := range rounds {
		terms, err := judging.TermsOf(r)
		if err != nil {
			return nil, err
		}
		all = append(all, terms)
	}
	return all, nil
}

// AddRound plans one more round of an intake; see judging.Add. Staff over the intake, until it is told.
// Errors: record.not_found, lifecycle.not_now, and those of judging.Add.
func AddRound(app core.App, by access.Actor, id string, t judging.Terms, now time.Time) (*judging.Round, error) {
	var r *judging.Round
	_, err := record.Change(app, Intakes, id, func(tx core.App, i *Intake) (err error) {
		if err := access.MayWorkOn(by, i.Path()...); err != nil {
			return err
		}
		if !i.in(IntakeDraft, IntakePublished, IntakeOpen, IntakeClosed, IntakeDeciding) {
			return fault.Conflict("lifecycle.not_now")
		}
		r, err = judging.Add(tx, by, ownerType, i.Id, t, now)
		return err
	})
	if err != nil {
		return nil, err
	}
	return r, nil
}

// Over is where an intake stands, for the roles that reach over its rounds. Error: record.not_found.
func Over(app core.App, _, id string) ([]access.Scope, error) {
	i, err := Intakes.Find(app, id)
	if err != nil {
		return nil, err
	}
	return i.Path(), nil
}
