package intake

import (
	"net/http"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/judging"
	"vuon/internal/vn"
	"vuon/internal/web"
)

// MineLine is one application in the list of its applicant.
type MineLine struct {
	standing
	Code     string    `json:"code"`
	Title    string    `json:"title"`
	Intake   CallLine  `json:"intake"`
	ClosesAt time.Time `json:"closes_at"`
	Own      bool      `json:"own"`  // whoever asks applied themselves; false for what they write along
	Next     *NextDate `json:"next"` // the one date that comes next
}

// mineAnswer is the list, and the places that its reader was asked to take.
type mineAnswer struct {
	web.List[MineLine]
	Asked []Asking `json:"asked"`
}

func listMine(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	lines, err := Mine(e.App, by, listAsked(e), now)
	if err != nil {
		return err
	}
	asked, err := asksOf(e.App, by, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, mineAnswer{web.ListOf(lines, ""), asked})
}

// Mine lists the applications of whoever asks, and those that they write along, the newest first: by words of the title, of
// the code and of the intake, and by state. Drafts that were thrown away are gone. Error: access.sign_in.
func Mine(app core.App, by access.Actor, ask listAsk, now time.Time) ([]MineLine, error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	all, err := mine(app, by.ID)
	if err != nil {
		return nil, err
	}
	shared, err := sharedWith(app, by.ID)
	if err != nil {
		return nil, err
	}
	lines := []MineLine{}
	for _, a := range append(all, shared...) {
		if a.Status() == ApplicationWithdrawn && a.SubmitNo() == 0 || ask.Status != "" && string(a.Status()) != ask.Status {
			continue
		}
		i, err := Intakes.Find(app, a.IntakeID())
		if err != nil {
			return nil, err
		}
		call, err := callLine(app, i)
		if err != nil {
			return nil, err
		}
		until, _, err := promised(app, i.Id, a.Id)
		if err != nil {
			return nil, err
		}
		if words := vn.Fold(a.Code() + " " + a.Title() + " " + i.TitleVI() + " " + i.TitleEN()); !strings.Contains(words, vn.Fold(ask.Search)) {
			continue
		}
		line := MineLine{standing{a.Id, a.Status(), a.Rev()}, a.Code(), a.Title(), call, until, by.Is(a.ApplicantID()), nil}
		offer, err := standingOffer(app, a, now)
		if err != nil {
			return nil, err
		}
		if line.Next, err = nextDate(app, a, i, until, offer, now); err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// standingOffer is the offer that an admitted application has to answer, or nil.
func standingOffer(app core.App, a *Application, now time.Time) (*OfferView, error) {
	if a.Status() != ApplicationAdmitted {
		return nil, nil //nolint:nilnil // nothing is offered, and that is no error
	}
	o, err := offerTo(app, a.Id)
	if err != nil || o == nil {
		return nil, err
	}
	return &OfferView{ID: o.Id, ExpiresAt: o.ExpiresAt(), Stands: o.StandsAt(now)}, nil
}

func begin(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	var words struct {
		Intake  string `json:"intake"`
		Startup string `json:"startup"`
	}
	if err := web.Body(e, &words); err != nil {
		return err
	}
	a, err := Begin(e.App, by, words.Intake, words.Startup, now)
	if err != nil {
		return err
	}
	p, err := Read(e.App, by, a.Id, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, p)
}

func showApplication(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	p, err := Read(e.App, by, e.Request.PathValue("id"), now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, p)
}

// written is what the page of an application sends while its applicant types.
type written struct {
	Title   *string `json:"title"`
	Answers Answers `json:"answers"`
	Rev     int     `json:"rev"`
}

// unkept is an answer that was not kept; the slots are those of its words.
type unkept struct {
	Field string            `json:"field"`
	Code  string            `json:"code"`
	Slots map[string]string `json:"slots"`
}

func save(q asking, w written) (any, error) {
	a, wrong, err := SaveFitting(q.app, q.by, q.id, Words{w.Title, w.Answers}, w.Rev, q.now)
	if err != nil {
		return nil, err
	}
	all, err := eligibilityOf(q.app, a)
	if err != nil {
		return nil, err
	}
	refused := make([]unkept, 0, len(wrong))
	for _, err := range wrong {
		f := fault.As(err)
		refused = append(refused, unkept{f.Field, f.Code, f.Slots})
	}
	return map[string]any{"rev": a.Rev(), "saved_at": q.now, "eligibility": all, "refused": refused}, nil
}

func submit(q asking, s said) (any, error) {
	a, err := Submit(q.app, q.by, q.id, s.Rev, q.now)
	return receipt(q.app, a, err)
}

func answer(q asking, s said) (any, error) {
	a, err := Answer(q.app, q.by, q.id, s.Rev, q.now)
	return receipt(q.app, a, err)
}

// receipt is what the applicant keeps: the code, the instant and the digest of what was handed in.
func receipt(app core.App, a *Application, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	last, err := latestSnapshot(app, a.Id)
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"id": a.Id, "status": a.Status(), "rev": a.Rev(), "code": a.Code(), "submit_no": a.SubmitNo(),
		"submitted_at": a.SubmittedAt(), "sha256": last.SHA256(),
	}, nil
}

func withdraw(q asking, _ said) (any, error) { return stateOf(Withdraw(q.app, q.by, q.id, q.now)) }

func ask(q asking, s said) (any, error) {
	return stateOf(Ask(q.app, q.by, q.id, s.Question, s.AnswerBy, q.now))
}

func ruleOut(q asking, s said) (any, error) {
	return stateOf(RuleOut(q.app, q.by, q.id, s.Reason, q.now))
}

func restore(q asking, _ said) (any, error) { return stateOf(Restore(q.app, q.by, q.id, q.now)) }

func promote(q asking, _ said) (any, error) { return stateOf(Promote(q.app, q.by, q.id, q.now)) }

func decide(q asking, v Verdict) (any, error) {
	d, err := Decide(q.app, q.by, q.id, v, q.now)
	if err != nil {
		return nil, err
	}
	return map[string]any{"id": d.Id, "outcome": d.Outcome(), "rank": d.Rank()}, nil
}

func report(q asking, s said) (any, error) {
	c, err := judging.Report(q.app, q.by, s.Judge, subjectType, q.id, s.Reason, q.now)
	return stateOf(c, err)
}

// accept answers with the startup that joined.
func accept(q asking, s said) (any, error) {
	o, err := Accept(q.app, q.by, q.id, s.StartupName, q.now)
	if err != nil {
		return nil, err
	}
	return map[string]any{"id": o.Id, "status": o.Status(), "startup": o.StartupID()}, nil
}

func decline(q asking, _ said) (any, error) { return stateOf(Decline(q.app, q.by, q.id, q.now)) }

func revoke(q asking, s said) (any, error) {
	return stateOf(Revoke(q.app, q.by, q.id, s.Reason, q.now))
}
