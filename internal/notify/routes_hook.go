package notify

import (
	"net/http"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/web"
)

// hookRoutes are the verbs on hooks over HTTP, for managers of the whole house.
func hookRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/hooks":                   showHooks,
		"POST /api/vuon/hooks":                  addHook,
		"PATCH /api/vuon/hooks/{id}":            editHook,
		"DELETE /api/vuon/hooks/{id}":           removeHook,
		"POST /api/vuon/hooks/{id}/pause":       onHook(PauseHook),
		"POST /api/vuon/hooks/{id}/resume":      onHook(ResumeHook),
		"POST /api/vuon/hooks/{id}/ping":        onHook(PingHook),
		"POST /api/vuon/hooks/{id}/rotate":      rotateSecret,
		"POST /api/vuon/hooks/{id}/replay":      replayFailed,
		"GET /api/vuon/hooks/{id}/calls":        showCalls,
		"POST /api/vuon/hook-calls/{id}/replay": replayOne,
	}
}

// Secretive says whether the answer to a path carries the secret of a hook. Such an answer is kept nowhere.
func Secretive(path string) bool {
	return path == "/api/vuon/hooks" || strings.HasPrefix(path, "/api/vuon/hooks/") && strings.HasSuffix(path, "/rotate")
}

// hookView is a hook as managers read it. Its secret stands there once, when it was made.
type hookView struct {
	ID           string          `json:"id"`
	Title        string          `json:"title"`
	URL          string          `json:"url"`
	Topics       []string        `json:"topics"`
	Status       lifecycle.State `json:"status"`
	Failures     int             `json:"failures"`
	FailingSince *time.Time      `json:"failing_since"` // null while all is well
	LastOK       *time.Time      `json:"last_ok_at"`    // null until a call went well
	OldUntil     *time.Time      `json:"old_until"`     // until when calls are signed with the former secret too
	Waiting      int             `json:"waiting"`
	Failed       int             `json:"failed"`
	Rev          int             `json:"rev"`
	Secret       string          `json:"secret,omitempty"`
}

func viewOfHook(h *Hook, n standing, secret string) (hookView, error) {
	topics, err := h.Topics()
	return hookView{
		ID: h.Id, Title: h.Title(), URL: h.URL(), Topics: topics, Status: h.Status(), Failures: h.Failures(), FailingSince: maybe(h.FailingSince()),
		LastOK: maybe(h.LastOK()), OldUntil: maybe(h.OldUntil()), Waiting: n.Waiting, Failed: n.Failed, Rev: record.Rev(h), Secret: secret,
	}, err
}

func answerHook(e *core.RequestEvent, h *Hook, secret string) error {
	view, err := viewOfHook(h, standing{}, secret)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

// topicView is something that hooks may hear of, in words.
type topicView struct {
	Key  string `json:"key"`
	Says string `json:"says"`
}

// showHooks answers with all hooks, and with what they may hear of.
func showHooks(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MayGovern(by); err != nil {
		return err
	}
	p, err := of(e.App)
	if err != nil {
		return err
	}
	rows, err := hookViews(e.App)
	if err != nil {
		return err
	}
	topics := []topicView{}
	for _, key := range p.topics() {
		topics = append(topics, topicView{key, p.needs.Words.Text(reads(e), key)})
	}
	return e.JSON(http.StatusOK, map[string]any{"rows": rows, "next": "", "topics": topics})
}

func hookViews(app core.App) ([]hookView, error) {
	hooks, err := allHooks(app)
	if err != nil {
		return nil, err
	}
	counts, err := standings(app)
	if err != nil {
		return nil, err
	}
	rows := make([]hookView, len(hooks))
	for i, h := range hooks {
		if rows[i], err = viewOfHook(h, counts[h.Id], ""); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// saidOfHook is what a manager sends of a hook.
type saidOfHook struct {
	Title  string   `json:"title"`
	URL    string   `json:"url"`
	Topics []string `json:"topics"`
	Rev    int      `json:"rev"`
}

func addHook(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	var said saidOfHook
	if err := web.Body(e, &said); err != nil {
		return err
	}
	h, secret, err := AddHook(e.App, by, said.Title, said.URL, said.Topics, now)
	if err != nil {
		return err
	}
	return answerHook(e, h, secret)
}

func editHook(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	var said saidOfHook
	if err := web.Body(e, &said); err != nil {
		return err
	}
	h, err := EditHook(e.App, by, e.Request.PathValue("id"), said.Title, said.Topics, said.Rev, now)
	if err != nil {
		return err
	}
	return answerHook(e, h, "")
}

func removeHook(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := RemoveHook(e.App, by, e.Request.PathValue("id"), now); err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"id": e.Request.PathValue("id")})
}

// onHook is a route for a verb that needs nothing but the hook.
func onHook(verb func(core.App, access.Actor, string, time.Time) (*Hook, error)) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		by, now, err := access.Of(e)
		if err != nil {
			return err
		}
		h, err := verb(e.App, by, e.Request.PathValue("id"), now)
		if err != nil {
			return err
		}
		return answerHook(e, h, "")
	}
}

func rotateSecret(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	h, secret, err := RotateSecret(e.App, by, e.Request.PathValue("id"), now)
	if err != nil {
		return err
	}
	return answerHook(e, h, secret)
}
