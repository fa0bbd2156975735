package intake

import (
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/uploads"
)

// fileRoutes are those over the files of applications.
func fileRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/applications/{id}/files":           listFiles,
		"POST /api/vuon/applications/{id}/files":          upload,
		"POST /api/vuon/applications/{id}/files/ticket":   on(giveTicket),
		"GET /api/vuon/applications/{id}/files/{file}":    download,
		"DELETE /api/vuon/applications/{id}/files/{file}": takeOut,
		"GET /api/vuon/assignments/{id}/files/{file}":     downloadForJudge,
		"GET /api/vuon/appeals/{id}/files/{file}":         downloadOnAppeal,
	}
}

// Carries says whether a route takes or gives files as they are: nothing may read its body before it, keep a copy of it or
// pack its answer.
func Carries(pattern string) bool {
	_, path, _ := strings.Cut(pattern, " ")
	return strings.HasSuffix(path, "/files") || strings.Contains(path, "/files/{file}")
}

func listFiles(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	p, err := Read(e.App, by, e.Request.PathValue("id"), now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"rows": p.Files, "next": "", "ticket": p.Ticket, "closes_at": p.ClosesAt, "taken_until": p.TakenUntil})
}

// upload takes one file: as the body itself, with ?question= and ?name=, or as the part "file" of a form behind the part
// "question". It answers with the file as it is kept.
func upload(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	body := uploads.Body(e.Request)
	sent, err := uploads.Arriving(e.Request, body)
	if err == nil {
		var f *File
		on := Sending{sent.Said["question"], sent.Name, sent.Size}
		if f, err = Receive(e.App, by, e.Request.PathValue("id"), on, sent.File, now); err == nil {
			t, err := ticketOf(e.App, f.ApplicationID())
			if err != nil {
				return err
			}
			return e.JSON(http.StatusOK, map[string]any{"file": f.view(), "ticket": ticketView(t, now)})
		}
	}
	uploads.Drain(e, body)
	return err
}

func giveTicket(q asking, on Sending) (any, error) {
	t, err := GiveTicket(q.app, q.by, q.id, on, q.now)
	if err != nil {
		return nil, err
	}
	return ticketView(t, q.now), nil
}

func takeOut(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := TakeOut(e.App, by, e.Request.PathValue("id"), e.Request.PathValue("file"), now); err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"id": e.Request.PathValue("file")})
}

func download(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	f, err := Readable(e.App, by, e.Request.PathValue("id"), e.Request.PathValue("file"), now)
	if err != nil {
		return err
	}
	return serve(e, f, f.Name())
}

func downloadForJudge(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	f, name, err := ReadableByJudge(e.App, by, e.Request.PathValue("id"), e.Request.PathValue("file"))
	if err != nil {
		return err
	}
	return serve(e, f, name)
}

func downloadOnAppeal(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	f, err := ReadableOnAppeal(e.App, by, e.Request.PathValue("id"), e.Request.PathValue("file"), now)
	if err != nil {
		return err
	}
	return serve(e, f, f.Name())
}

func serve(e *core.RequestEvent, f *File, name string) error {
	return uploads.Serve(e, uploads.Given{ID: f.Id, Key: f.key(), Name: name, MIME: f.Kind().MIME(), Shown: f.Kind().Shown(), At: f.At()})
}
