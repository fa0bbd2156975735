package startups

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/vn"
	"vuon/internal/web"
)

// AlertView is one alert as staff read it: why it rose, until when somebody is to take it up, and what has happened to it.
type AlertView struct {
	alertRow
	AnswerBy *time.Time  `json:"answer_by"` // when whoever manages the cohort hears that nobody has; null where it does not say when it rose
	Reports  []behindRow `json:"reports"`   // those of the periods it is about, the latest first
	History  []AlertLine `json:"history"`   // the latest first
}

// AlertLine is one thing that happened to an alert.
type AlertLine struct {
	Verb    string    `json:"verb"`
	At      time.Time `json:"at"`
	By      string    `json:"by"` // a name; "" is the house
	Reason  string    `json:"reason"`
	To      string    `json:"to"`      // the name of whom it was handed to
	Verdict Verdict   `json:"verdict"` // what was said of it
}

// AlertFor is one alert for staff over its startup. Errors: access.sign_in, record.not_found.
func AlertFor(ctx context.Context, app core.App, by access.Actor, id string, now time.Time) (*AlertView, error) {
	a, err := Alerts.Find(app, id)
	if err != nil {
		return nil, err
	}
	if err := mayLookAfter(app, by, a.StartupID()); err != nil {
		return nil, err
	}
	rows, err := alertsOver(ctx, app, heeded{id: a.Id, status: "all", now: now}, page{Ask: web.Ask{Limit: 1}})
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 { // it went meanwhile
		return nil, fault.NotFound("record.not_found")
	}
	view := &AlertView{alertRow: rows[0]}
	if view.Reports, err = reportsOfAlert(app, a.StartupID(), view.Explain); err != nil {
		return nil, err
	}
	calendar, err := asked(app).calendar(app)
	if err != nil {
		return nil, err
	}
	if at, known := answerBy(calendar, view.Explain.Since); known {
		view.AnswerBy = &at
	}
	view.History, err = toldOfAlert(app, a.Id)
	return view, err
}

// answerBy is when an alert has waited too long for somebody to take it up; false where it does not say when it rose.
func answerBy(calendar vn.Calendar, since string) (time.Time, bool) {
	rose, err := vn.ParseDay(since)
	if err != nil {
		return time.Time{}, false
	}
	return endOf(calendar.AddWorkdays(rose, patience).String()).Add(9*time.Hour - day), true
}

// toldOfAlert is what the journal tells of an alert.
func toldOfAlert(app core.App, id string) ([]AlertLine, error) {
	all, err := lifecycle.Told(app, Alerts.Collection, id)
	if err != nil {
		return nil, err
	}
	lines := make([]AlertLine, 0, len(all))
	for _, x := range slices.Backward(all) {
		var with struct {
			Owner   string  `json:"owner"`
			Verdict Verdict `json:"verdict"`
		}
		if err := x.Detail(&with); err != nil {
			return nil, err
		}
		line := AlertLine{Verb: x.Verb(), At: x.At(), Reason: x.Reason(), Verdict: with.Verdict}
		if line.By, err = calledOf(app, x.Actor()); err != nil {
			return nil, err
		}
		if line.To, err = calledOf(app, with.Owner); err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// calledOf is how a person is called; "" for nobody, for the house and for somebody who is gone.
func calledOf(app core.App, user string) (string, error) {
	if user == "" || strings.Contains(user, ":") {
		return "", nil
	}
	name, err := asked(app).Person(app, user)
	if fault.Code(err) == "record.not_found" {
		return "", nil
	}
	return name, err
}

func showAlert(e *core.RequestEvent) error {
	by, id, now, err := actor(e)
	if err != nil {
		return err
	}
	view, err := AlertFor(e.Request.Context(), e.App, by, id, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}
