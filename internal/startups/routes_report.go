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
	Readings []Answer `json:"readings"`
	Reason   string   `json:"reason"`
	Rev      int      `json:"rev"`
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

func showReport(e *core.RequestEvent) error {
	by, id, _, err := actor(e)
	if err != nil {
		return err
	}
	sheet, err := Sheet(e.App, by, id)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, sheet)
}

func fillReport(e *core.RequestEvent) error {
	by, id, now, err := actor(e)
	if err != nil {
		return err
	}
	said, err := read[filling](e)
	if err != nil {
		return err
	}
	q, err := Fill(e.App, by, id, said.Readings, said.Rev, now)
	return receive(e, q, err)
}

func submitReport(e *core.RequestEvent) error {
	by, id, now, err := actor(e)
	if err != nil {
		return err
	}
	said, err := read[filling](e)
	if err != nil {
		return err
	}
	q, err := Submit(e.App, by, id, said.Rev, now)
	return receive(e, q, err)
}

func judgeReport(do func(core.App, access.Actor, string, string, time.Time) (*Request, error)) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		by, id, now, err := actor(e)
		if err != nil {
			return err
		}
		said, err := read[filling](e)
		if err != nil {
			return err
		}
		q, err := do(e.App, by, id, said.Reason, now)
		return receive(e, q, err)
	}
}

func acceptReport(e *core.RequestEvent) error {
	by, id, now, err := actor(e)
	if err != nil {
		return err
	}
	q, err := Accept(e.App, by, id, now)
	return receive(e, q, err)
}

func reviseReport(e *core.RequestEvent) error {
	by, id, now, err := actor(e)
	if err != nil {
		return err
	}
	said, err := read[filling](e)
	if err != nil {
		return err
	}
	q, err := Revise(e.App, by, id, said.Readings, said.Reason, now)
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

// linked finds the report that the token in the path opens.
func linked(e *core.RequestEvent) (*Request, access.Actor, time.Time, error) {
	asking, now, err := access.Of(e)
	if err != nil {
		return nil, asking, now, err
	}
	q, by, err := Opened(e.App, e.Request.PathValue("token"), now)
	by.Request = asking.Request
	return q, by, now, err
}

func showLinked(e *core.RequestEvent) error {
	q, by, _, err := linked(e)
	if err != nil {
		return err
	}
	sheet, err := Sheet(e.App, by, q.Id)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, sheet)
}

func fillLinked(e *core.RequestEvent) error {
	q, by, now, err := linked(e)
	if err != nil {
		return err
	}
	said, err := read[filling](e)
	if err != nil {
		return err
	}
	q, err = Fill(e.App, by, q.Id, said.Readings, said.Rev, now)
	return receive(e, q, err)
}

func submitLinked(e *core.RequestEvent) error {
	q, by, now, err := linked(e)
	if err != nil {
		return err
	}
	said, err := read[filling](e)
	if err != nil {
		return err
	}
	q, err = Submit(e.App, by, q.Id, said.Rev, now)
	return receive(e, q, err)
}
