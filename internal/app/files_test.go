package app_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/housetest"
	"vuon/internal/intake"
)

// A file comes as it was sent, under its Vietnamese name, in ranges where they are asked for; a browser saves it, or shows it
// in a box in which it can do nothing, and keeps no copy.
func TestAFileIsServedSafely(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	server := housetest.Server(t, house)
	_, a, owner, f := filed(t, house, time.Now())
	way := "/api/vuon/applications/" + a.Id + "/files/" + f.Id
	whole := string(housetest.Page("kế hoạch"))
	for name, c := range map[string]struct {
		query, asked string
		code         int
		how, body    string
	}{
		"saved":    {"", "", http.StatusOK, "attachment", whole},
		"shown":    {"?view=1", "", http.StatusOK, "inline", whole},
		"in parts": {"", "bytes=1-3", http.StatusPartialContent, "attachment", "PDF"},
	} {
		got := housetest.Ask(t, server, owner, http.MethodGet, way+c.query, "", "Range", c.asked, "Accept-Encoding", "gzip")
		h := got.Header()
		if got.Code != c.code || got.Body.String() != c.body {
			t.Errorf("%s: %d %q", name, got.Code, got.Body)
		}
		for header, want := range map[string]string{
			"Content-Type": "application/pdf", "Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff", "Content-Encoding": "",
			"Content-Disposition": c.how + `; filename="ke hoach.pdf"; filename*=UTF-8''K%E1%BA%BE%20HO%E1%BA%A0CH.pdf`,
		} {
			if h.Get(header) != want {
				t.Errorf("%s: %s: %s, want %s", name, header, h.Get(header), want)
			}
		}
		if policy := h.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "sandbox; default-src 'none'") {
			t.Errorf("%s: %s", name, policy)
		}
	}
}

// Nothing of a file can be had past the room: not through the record API, not as PocketBase's file, not by those who know its id.
func TestAFileIsNotServedElsewhere(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	server := housetest.Server(t, house)
	_, a, owner, f := filed(t, house, time.Now())
	_, other, stranger, _ := filed(t, house, time.Now())
	row, err := house.FindRecordById("application_files", f.Id)
	housetest.Refused(t, err, "")
	token, err := owner.NewFileToken()
	housetest.Refused(t, err, "")
	for _, way := range []string{
		"/api/collections/application_files/records", "/api/collections/application_files/records/" + f.Id,
		"/api/collections/upload_tickets/records",
		"/api/files/application_files/" + f.Id + "/" + row.GetString("file") + "?token=" + token,
	} {
		for _, who := range []*core.Record{nil, owner, stranger} {
			if got := housetest.Ask(t, server, who, http.MethodGet, way, ""); got.Code < http.StatusBadRequest {
				t.Errorf("%s answers %d %s", way, got.Code, got.Body)
			}
		}
	}
	for name, way := range map[string]string{
		"of another's application":   "/api/vuon/applications/" + a.Id + "/files/" + f.Id,
		"under their own":            "/api/vuon/applications/" + other.Id + "/files/" + f.Id,
		"that is not there":          "/api/vuon/applications/" + other.Id + "/files/" + nowhere,
		"by an assignment of nobody": "/api/vuon/assignments/" + nowhere + "/files/" + f.Id,
	} {
		for _, method := range []string{http.MethodGet, http.MethodDelete} {
			if method == http.MethodDelete && strings.Contains(way, "assignments") {
				continue
			}
			got := housetest.Ask(t, server, stranger, method, way, "")
			if got.Code != http.StatusNotFound || strings.Contains(got.Body.String(), "file") {
				t.Errorf("%s a file %s: %d %s", method, name, got.Code, got.Body)
			}
		}
	}
}

// counted is a body that says how much of it was read.
type counted struct {
	io.Reader
	n int64
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n += int64(n)
	return n, err
}

// What is too large by its own word is not read at all; what is refused for what it is, is read to its end, for a browser hears
// no answer before. A key of a request makes nobody keep a copy of it in memory.
func TestARefusedUploadIsAnswered(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	server := housetest.Server(t, house)
	a, owner := housetest.Beginner(t, house, housetest.IntakeWithFiles(t, house, time.Now(), 0, housetest.Plans()), time.Now())
	token, err := owner.NewAuthToken()
	housetest.Refused(t, err, "")
	for name, c := range map[string]struct {
		length, sends, reads int64
		code                 string
	}{
		"half a gigabyte":                  {500 << 20, 500 << 20, 0, "file.too_large"},
		"half a gigabyte that says naught": {-1, 500 << 20, 66 << 20, "file.too_large"},
		"three megabytes":                  {3 << 20, 3 << 20, 3 << 20, "file.too_large"},
		"no PDF":                           {1000, 1000, 1000, "file.kind"},
	} {
		body := &counted{Reader: io.LimitReader(letters{}, c.sends)}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/vuon/applications/"+a.Id+"/files?name=phim.pdf", body)
		r.ContentLength = c.length
		r.Header.Set("Authorization", token)
		r.Header.Set("Idempotency-Key", "once")
		got := httptest.NewRecorder()
		server.ServeHTTP(got, r)
		if got.Code != http.StatusBadRequest || !strings.Contains(got.Body.String(), c.code) {
			t.Errorf("%s: %d %s", name, got.Code, got.Body)
		}
		if body.n > c.reads || c.reads == c.sends && body.n < c.sends {
			t.Errorf("%s: %d bytes were read", name, body.n)
		}
	}
}

type letters struct{}

func (letters) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'a'
	}
	return len(b), nil
}

// A form is taken as well as the file alone.
func TestAFileComesInAForm(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	server := housetest.Server(t, house)
	a, owner := housetest.Beginner(t, house, housetest.IntakeWithFiles(t, house, time.Now(), 0, housetest.Plans()), time.Now())
	token, err := owner.NewAuthToken()
	housetest.Refused(t, err, "")
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	housetest.Refused(t, w.WriteField("question", "plan"), "")
	part, err := w.CreateFormFile("file", "Kế hoạch.pdf")
	housetest.Refused(t, err, "")
	if _, err := part.Write(housetest.Page("một")); err != nil {
		t.Fatal(err)
	}
	housetest.Refused(t, w.Close(), "")
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/vuon/applications/"+a.Id+"/files", &form)
	r.Header.Set("Authorization", token)
	r.Header.Set("Content-Type", w.FormDataContentType())
	got := httptest.NewRecorder()
	server.ServeHTTP(got, r)
	all, err := intake.Files.All(house)
	housetest.Refused(t, err, "")
	if got.Code != http.StatusOK || len(all) != 1 || all[0].Name() != "Kế hoạch.pdf" || all[0].Question() != "plan" {
		t.Errorf("%d %s", got.Code, got.Body)
	}
}
