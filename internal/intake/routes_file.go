package intake

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"
	"github.com/pocketbase/pocketbase/tools/router"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/vn"
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

// drained is how much of what is refused is read all the same: a browser hears an answer only when it has sent all of it.
const drained = 64 * mega

// upload takes one file: as the body itself, with ?question= and ?name=, or as the part "file" of a form behind the part
// "question". It answers with the file as it is kept.
func upload(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	body := io.Reader(e.Request.Body)
	if kept, ok := e.Request.Body.(*router.RereadableReadCloser); ok {
		body = kept.ReadCloser // PocketBase would keep a second copy
	}
	on, file, err := arriving(e.Request, body)
	if err == nil {
		var f *File
		if f, err = Receive(e.App, by, e.Request.PathValue("id"), on, file, now); err == nil {
			t, err := ticketOf(e.App, f.ApplicationID())
			if err != nil {
				return err
			}
			return e.JSON(http.StatusOK, map[string]any{"file": f.view(), "ticket": ticketView(t, now)})
		}
	}
	if e.Request.ContentLength <= drained {
		_, failed := io.CopyN(io.Discard, body, drained)
		if failed != nil && !errors.Is(failed, io.EOF) {
			e.App.Logger().Debug("a refused upload was not sent to its end", "error", failed)
		}
	}
	return err
}

// arriving finds the file in a request. Error: request.unreadable.
func arriving(r *http.Request, body io.Reader) (Sending, io.Reader, error) {
	query := r.URL.Query()
	on := Sending{query.Get("question"), query.Get("name"), r.ContentLength}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		return on, body, nil //nolint:nilerr // whatever is no form is the file itself
	}
	on.Size = -1 // of the whole form it says nothing about the file
	parts := multipart.NewReader(body, params["boundary"])
	for {
		part, err := parts.NextPart()
		if err != nil {
			return on, nil, fault.Field("file", "request.unreadable")
		}
		if part.FormName() == "file" {
			on.Name = part.FileName()
			return on, part, nil
		}
		value, err := io.ReadAll(io.LimitReader(part, 200))
		if err != nil {
			return on, nil, fault.Field("file", "request.unreadable")
		}
		if part.FormName() == "question" {
			on.Question = string(value)
		}
	}
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

// serve sends the bytes of a file, whole or in ranges. A browser saves it; with ?view=1 it shows what it can show, and lets it
// do nothing.
func serve(e *core.RequestEvent, f *File, name string) error {
	s, err := e.App.NewFilesystem()
	if err != nil {
		return fmt.Errorf("open the storage: %w", err)
	}
	raw, err := s.GetReader(f.key())
	if err != nil {
		return errors.Join(fault.NotFound("record.not_found"), s.Close(), missing(e, f, err))
	}
	how := "attachment"
	if f.Kind().Shown() && e.Request.URL.Query().Get("view") == "1" {
		how = "inline"
	}
	h := e.Response.Header()
	h.Set("Content-Type", f.Kind().MIME())
	h.Set("Content-Disposition", how+"; filename=\""+plain(name)+"\"; filename*=UTF-8''"+strings.ReplaceAll(url.QueryEscape(name), "+", "%20"))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "private, no-store")
	http.ServeContent(e.Response, e.Request, "", f.At(), raw)
	return errors.Join(raw.Close(), s.Close())
}

// missing logs that the bytes of a file are not where they should be, unless the storage itself does not answer.
func missing(e *core.RequestEvent, f *File, err error) error {
	if errors.Is(err, filesystem.ErrNotFound) {
		e.App.Logger().Error("the bytes of a file are gone", "file", f.Id)
		return nil
	}
	return fmt.Errorf("read file %s: %w", f.Id, err)
}

// plain is a name for programs that know no letters but those of English.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' || r == '%' {
			return '_'
		}
		return r
	}, vn.Fold(name))
}
