package events

import (
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/web"
)

// staffRoutes are those of whoever runs events.
func staffRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/event-series":        listSeries,
		"POST /api/vuon/event-series":       officeTakes(func(d office, t SeriesTerms) (any, error) { return written(PlanSeries(d.app, d.by, t, d.now)) }),
		"PATCH /api/vuon/event-series/{id}": officeTakes(func(d office, t SeriesTerms) (any, error) { return written(EditSeries(d.app, d.by, d.id, t, d.now)) }),

		"GET /api/vuon/events":               listEvents,
		"POST /api/vuon/events":              officeTakes(func(d office, t EventTerms) (any, error) { return standing(PlanEvent(d.app, d.by, t, d.now)) }),
		"GET /api/vuon/events/{id}":          officeGives(showEvent),
		"PATCH /api/vuon/events/{id}":        officeTakes(func(d office, t EventTerms) (any, error) { return standing(EditEvent(d.app, d.by, d.id, t, d.now)) }),
		"POST /api/vuon/events/{id}/publish": officeTakes(func(d office, s seen) (any, error) { return standing(PublishEvent(d.app, d.by, d.id, s.Rev, d.now)) }),
		"POST /api/vuon/events/{id}/close":   officeTakes(func(d office, s seen) (any, error) { return standing(CloseEvent(d.app, d.by, d.id, s.Rev, d.now)) }),
		"POST /api/vuon/events/{id}/cancel": officeTakes(func(d office, s seen) (any, error) {
			return standing(CancelEvent(d.app, d.by, d.id, s.Reason, s.Rev, d.now))
		}),
		"GET /api/vuon/events/{id}/figures": officeGives(showFigures),

		"GET /api/vuon/events/{id}/types":           officeGives(showTypes),
		"POST /api/vuon/events/{id}/types":          officeTakes(func(d office, t TypeTerms) (any, error) { return written(AddType(d.app, d.by, d.id, t, d.now)) }),
		"PATCH /api/vuon/ticket-types/{id}":         officeTakes(func(d office, t TypeTerms) (any, error) { return written(EditType(d.app, d.by, d.id, t, d.now)) }),
		"POST /api/vuon/ticket-types/{id}/withdraw": officeTakes(func(d office, s seen) (any, error) { return written(WithdrawType(d.app, d.by, d.id, s.Rev, d.now)) }),
		"POST /api/vuon/ticket-types/{id}/offer":    officeTakes(func(d office, s seen) (any, error) { return written(OfferType(d.app, d.by, d.id, s.Rev, d.now)) }),
		"POST /api/vuon/events/{id}/quotas":         officeTakes(func(d office, t QuotaTerms) (any, error) { return written(AddQuota(d.app, d.by, d.id, t, d.now)) }),
		"PATCH /api/vuon/quotas/{id}":               officeTakes(func(d office, t QuotaTerms) (any, error) { return written(EditQuota(d.app, d.by, d.id, t, d.now)) }),
		"GET /api/vuon/events/{id}/attendees":       listAttendees,
		"GET /api/vuon/events/{id}/messages":        listMessages,
		"POST /api/vuon/events/{id}/messages": officeTakes(func(d office, f MessageFields) (any, error) {
			return standing(WriteMessage(d.app, d.by, d.id, f, d.now))
		}),
		"PATCH /api/vuon/event-messages/{id}": officeTakes(func(d office, f MessageFields) (any, error) {
			return standing(RewriteMessage(d.app, d.by, d.id, f, d.now))
		}),
		"GET /api/vuon/event-messages/{id}/preview": officeGives(previewMessage),
		"POST /api/vuon/event-messages/{id}/send":   officeTakes(func(d office, s seen) (any, error) { return standing(SendMessage(d.app, d.by, d.id, s.Rev, d.now)) }),
		"POST /api/vuon/event-messages/{id}/drop":   officeTakes(func(d office, s seen) (any, error) { return standing(DropMessage(d.app, d.by, d.id, s.Rev, d.now)) }),
		"GET /api/vuon/events/{id}/feedback":        officeGives(showFeedback),
	}
}

// office is who of the house asks, about which row, and when.
type office struct {
	app core.App
	e   *core.RequestEvent
	by  access.Actor
	id  string
	now time.Time
}

func officeOf(e *core.RequestEvent) (office, error) {
	by, now, err := access.Of(e)
	return office{e.App, e, by, e.Request.PathValue("id"), now}, err
}

// officeGives answers with what do tells of the row in the path.
func officeGives[T any](do func(office) (T, error)) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		d, err := officeOf(e)
		if err != nil {
			return err
		}
		answer, err := do(d)
		if err != nil {
			return err
		}
		return e.JSON(http.StatusOK, answer)
	}
}

// officeTakes answers with what do makes of the row in the path and of what was sent.
func officeTakes[B, T any](do func(office, B) (T, error)) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		d, err := officeOf(e)
		if err != nil {
			return err
		}
		var sent B
		if err := web.Body(e, &sent); err != nil {
			return err
		}
		answer, err := do(d, sent)
		if err != nil {
			return err
		}
		return e.JSON(http.StatusOK, answer)
	}
}

// seen is why a row is moved, and the revision that whoever moves it has seen.
type seen struct {
	Reason string `json:"reason"`
	Rev    int    `json:"rev"`
}

// written names a row that was written, and its revision.
func written[R core.RecordProxy](row R, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return map[string]any{"id": row.ProxyRecord().Id, "rev": record.Rev(row)}, nil
}

// standing names a row with a life that was written: its revision, and where it stands now.
func standing[R interface {
	core.RecordProxy
	Status() lifecycle.State
}](row R, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return map[string]any{"id": row.ProxyRecord().Id, "rev": record.Rev(row), "status": row.Status()}, nil
}
