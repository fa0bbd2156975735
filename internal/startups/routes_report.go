package startups

import (
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/record"
)

// filling is the body of a saved report.
type filling struct {
	Readings []Answer          `json:"readings"`
	Answers  map[string]string `json:"answers"` // in words, by question
	Reason   string            `json:"reason"`
	Rev      int               `json:"rev"`
}

// receipt answers a save or a move of a report.
type receipt struct {
	ID      string    `json:"id"`
	Status  string    `json:"status"`
	Late    bool      `json:"late"`
	Rev     int       `json:"rev"`
	SavedAt time.Time `json:"saved_at"`
}

func receive(e *core.RequestEvent, q *Request, err error) error {
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, receipt{q.Id, string(q.Status()), q.Late(), record.Rev(q), access.Now(e)})
}

// finder says who asks, for which report, and when: by the path's id, or by the secret link in it.
type finder = func(*core.RequestEvent) (by access.Actor, id string, now time.Time, err error)

func showReport(find finder) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		by, id, _, err := find(e)
		if err != nil {
			return err
		}
		sheet, err := Sheet(e.App, by, id)
		if err != nil {
			return err
		}
		return e.JSON(http.StatusOK, sheet)
	}
}

// onReport serves a verb on the report that find finds, with what the body says.
func onReport(find finder, do func(core.App, access.Actor, string, filling, time.Time) (*Request, error)) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		by, id, now, err := find(e)
		if err != nil {
			return err
		}
		said, err := read[filling](e)
		if err != nil {
			return err
		}
		q, err := do(e.App, by, id, said, now)
		return receive(e, q, err)
	}
}

func fill(app core.App, by access.Actor, id string, said filling, now time.Time) (*Request, error) {
	return Fill(app, by, id, said.Readings, said.Answers, said.Rev, now)
}

func submit(app core.App, by access.Actor, id string, said filling, now time.Time) (*Request, error) {
	return Submit(app, by, id, said.Rev, now)
}

func revise(app core.App, by access.Actor, id string, said filling, now time.Time) (*Request, error) {
	return Revise(app, by, id, said.Readings, said.Answers, said.Reason, now)
}

func judgeReport(do func(core.App, access.Actor, string, string, time.Time) (*Request, error)) func(*core.RequestEvent) error {
	return onReport(actor, func(app core.App, by access.Actor, id string, said filling, now time.Time) (*Request, error) {
		return do(app, by, id, said.Reason, now)
	})
}

func acceptReport(e *core.RequestEvent) error {
	by, id, now, err := actor(e)
	if err != nil {
		return err
	}
	q, err := Accept(e.App, by, id, now)
	return receive(e, q, err)
}

// linkReport answers with the link once; nobody can read it again.
func linkReport(e *core.RequestEvent) error {
	by, id, now, err := actor(e)
	if err != nil {
		return err
	}
	token, err := MakeLink(e.App, by, id, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]string{"path": LinkPath(token)})
}

// revokeLink takes the secret link of a report back.
func revokeLink(e *core.RequestEvent) error {
	by, id, now, err := actor(e)
	if err != nil {
		return err
	}
	q, err := RevokeLink(e.App, by, id, now)
	return receive(e, q, err)
}

// linked finds the report that the token in the path opens.
func linked(e *core.RequestEvent) (by access.Actor, id string, now time.Time, err error) {
	asking, now, err := access.Of(e)
	if err != nil {
		return asking, "", now, err
	}
	q, by, err := Opened(e.App, e.Request.PathValue("token"), now)
	if err != nil {
		return by, "", now, err
	}
	if err := notAnothers(e.App, asking, q.StartupID(), "report.link_others"); err != nil {
		return by, "", now, err
	}
	by.Request = asking.Request
	return by, q.Id, now, nil
}
