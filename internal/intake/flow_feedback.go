package intake

import (
	"time"
	"unicode/utf8"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/record"
)

// AddText keeps words that staff say again and again. Staff of anything. Errors: access.needs_staff, feedback.words.
func AddText(app core.App, by access.Actor, t TextTerms, now time.Time) (*FeedbackText, error) {
	if err := access.MayWorkAnywhere(by); err != nil {
		return nil, err
	}
	f, err := FeedbackTexts.New(app)
	if err != nil {
		return nil, err
	}
	f.Write(t)
	if err := worded(f); err != nil {
		return nil, err
	}
	if err := added(app, by, FeedbackTexts.Collection, f, now); err != nil {
		return nil, err
	}
	return f, nil
}

// EditText changes such words, or retires them. Staff of anything. rev is the revision they saw.
// Errors: access.needs_staff, record.not_found, record.stale, feedback.words.
func EditText(app core.App, by access.Actor, id string, t TextTerms, rev int, now time.Time) (*FeedbackText, error) {
	if err := access.MayWorkAnywhere(by); err != nil {
		return nil, err
	}
	return record.Change(app, FeedbackTexts, id, func(tx core.App, f *FeedbackText) error {
		record.At(f, rev)
		f.Write(t)
		if err := worded(f); err != nil {
			return err
		}
		return edited(tx, by, FeedbackTexts.Collection, f, now)
	})
}

func worded(f *FeedbackText) error {
	if f.Title() == "" || f.Body() == "" {
		return fault.Field("body", "feedback.words")
	}
	if _, known := verbs[f.Outcome()]; !known && f.Outcome() != "" {
		return fault.Field("outcome", "decision.outcome")
	}
	return nil
}

// BulkRefusal is one application that was not decided with others, and why.
type BulkRefusal struct {
	Application string `json:"application"`
	Code        string `json:"code"`
}

// DecideMany decides several applications of an intake, each in a transaction of its own: those that are refused hold up no
// other. Managers over the intake; applications of other intakes are refused with "record.not_found".
// Errors: record.not_found, access.needs_manager, decision.too_many, decision.too_long, and of each those of Decide.
func DecideMany(app core.App, by access.Actor, id string, all []BulkVerdict, now time.Time) (done int, refused []BulkRefusal, err error) {
	i, err := Intakes.Find(app, id)
	if err != nil {
		return 0, nil, err
	}
	if err := access.MayDecideOn(by, i.Path()...); err != nil {
		return 0, nil, err
	}
	if len(all) > mostAtOnce {
		return 0, nil, fault.Field("verdicts", "decision.too_many")
	}
	for _, v := range all {
		if utf8.RuneCountInString(v.Rationale) > longestWords || utf8.RuneCountInString(v.Feedback) > longestWords {
			return 0, nil, fault.Field("verdicts", "decision.too_long")
		}
	}
	refused = []BulkRefusal{}
	for _, v := range all {
		err := elsewhere(app, i, v.Application)
		if err == nil {
			_, err = Decide(app, by, v.Application, v.Verdict, now)
		}
		switch f := fault.As(err); {
		case err == nil:
			done++
		case f == nil:
			return done, refused, err
		default:
			refused = append(refused, BulkRefusal{v.Application, f.Code})
		}
	}
	return done, refused, nil
}

// mostAtOnce is how many applications are decided with one request.
const mostAtOnce = 200

// longestWords is how many characters a decision holds of each.
const longestWords = 4000

// BulkVerdict is what is decided about one of several applications.
type BulkVerdict struct {
	Application string `json:"application"`
	Verdict
}

func elsewhere(app core.App, i *Intake, application string) error {
	a, err := Applications.Find(app, application)
	if err == nil && a.IntakeID() != i.Id {
		return fault.NotFound("record.not_found")
	}
	return err
}
