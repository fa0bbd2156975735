package uploads

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"
	"github.com/pocketbase/pocketbase/tools/router"

	"vuon/internal/fault"
)

// Body is what a request sends, read once: PocketBase would keep a second copy of it.
func Body(r *http.Request) io.Reader {
	if kept, ok := r.Body.(*router.RereadableReadCloser); ok {
		return kept.ReadCloser
	}
	return r.Body
}

// drained is how much of what is refused is read all the same: a browser hears an answer only when it has sent all of it.
const drained = 64 * Mega

// Drain reads the rest of a body that is refused, unless it is too long for that.
func Drain(e *core.RequestEvent, body io.Reader) {
	if e.Request.ContentLength > drained {
		return
	}
	if _, err := io.CopyN(io.Discard, body, drained); err != nil && !errors.Is(err, io.EOF) {
		e.App.Logger().Debug("a refused upload was not sent to its end", "error", err)
	}
}

// Sent is a file as a request announces it.
type Sent struct {
	Name string
	Size int64             // in bytes, or -1 where nobody says it
	Said map[string]string // what was said with it
	File io.Reader
}

// Arriving finds the file in a request: the body itself with ?name= and whatever else is said, or the part "file" of a form
// behind its other parts. Error: request.unreadable.
func Arriving(r *http.Request, body io.Reader) (Sent, error) {
	on := Sent{Size: r.ContentLength, Said: map[string]string{}, File: body}
	for key, values := range r.URL.Query() {
		on.Said[key] = values[0]
	}
	on.Name = on.Said["name"]
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		return on, nil //nolint:nilerr // whatever is no form is the file itself
	}
	on.Size = -1 // of the whole form it says nothing about the file
	parts := multipart.NewReader(body, params["boundary"])
	for {
		part, err := parts.NextPart()
		if err != nil {
			return on, fault.Field("file", "request.unreadable")
		}
		if part.FormName() == "file" {
			on.Name, on.File = part.FileName(), part
			return on, nil
		}
		value, err := io.ReadAll(io.LimitReader(part, 200))
		if err != nil {
			return on, fault.Field("file", "request.unreadable")
		}
		on.Said[part.FormName()] = string(value)
	}
}

// Given is a file as it is handed out.
type Given struct {
	ID    string // of its row, for the log
	Key   string // where its bytes lie
	Name  string
	MIME  string
	Shown bool // whether a browser may show it in its place
	At    time.Time
}

// Serve sends the bytes of a file, whole or in ranges. A browser saves it; with ?view=1 it shows what it can show, and lets it
// do nothing. Error: record.not_found for bytes that are gone.
func Serve(e *core.RequestEvent, f Given) error {
	s, err := e.App.NewFilesystem()
	if err != nil {
		return fmt.Errorf("open the storage: %w", err)
	}
	raw, err := s.GetReader(f.Key)
	if err != nil {
		return errors.Join(fault.NotFound("record.not_found"), s.Close(), missing(e, f, err))
	}
	how := "attachment"
	if f.Shown && e.Request.URL.Query().Get("view") == "1" {
		how = "inline"
	}
	h := e.Response.Header()
	h.Set("Content-Type", f.MIME)
	h.Set("Content-Disposition", how+"; filename=\""+plain(f.Name)+"\"; filename*=UTF-8''"+strings.ReplaceAll(url.QueryEscape(f.Name), "+", "%20"))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "private, no-store")
	http.ServeContent(e.Response, e.Request, "", f.At, raw)
	return errors.Join(raw.Close(), s.Close())
}

// missing logs that the bytes of a file are not where they should be, unless the storage itself does not answer.
func missing(e *core.RequestEvent, f Given, err error) error {
	if errors.Is(err, filesystem.ErrNotFound) {
		e.App.Logger().Error("the bytes of a file are gone", "file", f.ID)
		return nil
	}
	return fmt.Errorf("read file %s: %w", f.ID, err)
}
