package judging

import (
	"errors"
	"maps"
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/judging/score"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Routes are the room's verbs over HTTP, keyed as net/http writes a pattern. The first round of an owner, and
// assignments by hand, are made through the routes of whoever owns them.
func Routes() map[string]func(*core.RequestEvent) error {
	all := map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/assignments":               queue,
		"GET /api/vuon/assignments/{id}":          before,
		"POST /api/vuon/assignments/{id}/accept":  accept,
		"POST /api/vuon/assignments/{id}/decline": decline,
		"POST /api/vuon/assignments/{id}/recuse":  recuse,
		"PATCH /api/vuon/assignments/{id}/sheet":  save,
		"POST /api/vuon/assignments/{id}/submit":  submit,
		"POST /api/vuon/conflicts/{id}/confirm":   confirm,
		"POST /api/vuon/conflicts/{id}/dismiss":   dismiss,
		"POST /api/vuon/conflicts/{id}/pin":       pin,
	}
	maps.Copy(all, roundRoutes())
	return all
}

// listed answers with the whole of a list.
func listed[T any](e *core.RequestEvent, all []T, err error) error {
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"rows": all, "next": ""})
}

func queue(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	tasks, err := Queue(e.App, by, now)
	return listed(e, tasks, err)
}

func before(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	d, err := Before(e.App, by, e.Request.PathValue("id"), now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, d)
}

// told are the words that come with a verb. A verb reads those it needs.
type told struct {
	Reason   string    `json:"reason"`
	Body     string    `json:"body"`
	Judge    string    `json:"judge"`
	Judges   []string  `json:"judges"`
	N        int       `json:"n"`
	Again    bool      `json:"again"`
	ClosesAt time.Time `json:"closes_at"`
	Until    time.Time `json:"until"`
}

func accept(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, _ *told, now time.Time) (any, error) {
		a, err := Accept(e.App, by, id, now)
		return stateOf(a, err)
	})
}

func decline(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, said *told, now time.Time) (any, error) {
		a, err := Decline(e.App, by, id, said.Reason, now)
		return stateOf(a, err)
	})
}

func recuse(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, said *told, now time.Time) (any, error) {
		a, err := Recuse(e.App, by, id, said.Reason, now)
		return stateOf(a, err)
	})
}

func confirm(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, _ *told, now time.Time) (any, error) {
		c, err := Confirm(e.App, by, id, now)
		return stateOf(c, err)
	})
}

func dismiss(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, said *told, now time.Time) (any, error) {
		c, err := Dismiss(e.App, by, id, said.Reason, now)
		return stateOf(c, err)
	})
}

func pin(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, _ *told, now time.Time) (any, error) {
		c, err := Pin(e.App, by, id, now)
		return stateOf(c, err)
	})
}

// written is what a judge's page sends: points as numbers, or as a person types them.
type written struct {
	Scores         score.Scores    `json:"scores"`
	Recommendation *Recommendation `json:"recommendation"`
	Comment        *string         `json:"comment"`
	Note           *string         `json:"note"`
	NoConflict     bool            `json:"no_conflict"`
	Rev            int             `json:"rev"`
}

func save(e *core.RequestEvent) error {
	return do(e, &written{}, func(by access.Actor, id string, w *written, now time.Time) (any, error) {
		s, err := Save(e.App, by, id, Edit{w.Scores, w.Recommendation, w.Comment, w.Note}, w.Rev, now)
		if err != nil {
			return nil, err
		}
		return savedAt{SheetState{s.Status(), s.Rev()}, s.Total().Points(), now}, nil
	})
}

func submit(e *core.RequestEvent) error {
	return do(e, &written{}, func(by access.Actor, id string, w *written, now time.Time) (any, error) {
		s, err := Submit(e.App, by, id, w.NoConflict, w.Rev, now)
		if err != nil {
			return nil, err
		}
		return savedAt{SheetState{s.Status(), s.Rev()}, s.Total().Points(), now}, nil
	})
}

// savedAt tells a judge's page what is stored.
type savedAt struct {
	SheetState
	Total score.Hundredths `json:"total"`
	At    time.Time        `json:"saved_at"`
}

// do serves a verb on one row: it reads who asks and what they send, and answers what the verb returns.
func do[B any](e *core.RequestEvent, body *B, verb func(access.Actor, string, *B, time.Time) (any, error)) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	if e.Request.ContentLength != 0 {
		switch err := e.BindBody(body); {
		case errors.Is(err, score.ErrNotAScore):
			return fault.Field("scores", "sheet.score")
		case err != nil:
			return fault.Field("body", "request.unreadable")
		}
	}
	answer, err := verb(by, e.Request.PathValue("id"), body, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, answer)
}

// standing is what a verb answers: the row, and where it stands now.
type standing struct {
	ID     string          `json:"id"`
	Status lifecycle.State `json:"status"`
	Rev    int             `json:"rev"`
}

func stateOf(row interface {
	core.RecordProxy
	Status() lifecycle.State
}, err error,
) (any, error) {
	if err != nil {
		return nil, err
	}
	return standing{row.ProxyRecord().Id, row.Status(), record.Rev(row)}, nil
}
