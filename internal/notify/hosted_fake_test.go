package notify_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vuon/internal/housetest"
	"vuon/internal/notify"
)

// hostedFake is the carrier with an API as it behaves: it takes mails once a key, tells two conflicts and two kinds of 429
// apart, and fails on demand. Nothing of it stands in for the client: that one speaks to it over HTTP.
type hostedFake struct {
	*httptest.Server
	mu      sync.Mutex
	answers map[string]hostedAnswer // by key
	mails   []hostedMail
	calls   []string // how each next call fails, "" not at all
	made    int      // calls that came in
	forgets bool     // its keys
	late    time.Duration
}

type hostedAnswer struct {
	asked  string
	status int
	body   string
}

type hostedMail struct {
	ID, From, Subject, HTML, Text string
	To                            []string
	Headers                       map[string]string
	Tags                          []struct{ Name, Value string }
	ScheduledAt                   string `json:"scheduled_at"`
	Attachments                   []struct {
		Content     []int
		Filename    string
		ContentType string `json:"content_type"`
	}
}

const hostedTestKey = "re_test"

func serveHosted(t *testing.T) *hostedFake {
	t.Helper()
	f := &hostedFake{answers: map[string]hostedAnswer{}}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

// sender is our end of it. Its API lies below a path: a client that loses the path finds nothing.
func (f *hostedFake) sender(t *testing.T) notify.Bulk {
	t.Helper()
	s, err := notify.Hosted{Key: hostedTestKey, URL: f.URL + "/api", From: "Vườn <vuon@example.org>", Now: f.now}.Open()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// now is our clock: noon, and as much later as a test says.
func (f *hostedFake) now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return housetest.Noon.Add(f.late)
}

func (f *hostedFake) passes(late time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.late = late
}

func (f *hostedFake) fails(how ...string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = how
}

func (f *hostedFake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.made++
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	how := ""
	if len(f.calls) > 0 {
		how, f.calls = f.calls[0], f.calls[1:]
	}
	key := r.Header.Get("Idempotency-Key")
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Ratelimit-Remaining", "9")
	switch known, seen := f.answers[key]; {
	case r.Header.Get("Authorization") != "Bearer "+hostedTestKey:
		say(w, 401, "invalid_api_key")
	case how == "rate":
		w.Header().Set("Retry-After", "1")
		say(w, 429, "rate_limit_exceeded")
	case how == "slow":
		w.Header().Set("Retry-After", "40")
		say(w, 429, "rate_limit_exceeded")
	case how == "daily":
		say(w, 429, "daily_quota_exceeded")
	case how == "monthly":
		say(w, 429, "monthly_quota_exceeded")
	case how == "busy":
		say(w, 409, "concurrent_idempotent_requests")
	case how == "500":
		say(w, 500, "internal_server_error")
	case how == "moved":
		http.Redirect(w, r, "/elsewhere", http.StatusFound)
	case how == "403":
		say(w, 403, "validation_error") // the domain is not verified
	case key == "":
		say(w, 400, "a test asks for a key")
	case seen && !f.forgets && known.asked != r.URL.Path+string(raw):
		say(w, 409, "invalid_idempotent_request")
	case seen && !f.forgets:
		w.WriteHeader(known.status)
		fmt.Fprint(w, known.body)
	default:
		status, body := f.take(r, raw)
		if status == http.StatusOK {
			f.answers[key] = hostedAnswer{r.URL.Path + string(raw), status, body}
		}
		if how == "cut" {
			cut(w) // taken, and the answer never arrives
			return
		}
		if how == "half" {
			body = body[:len(body)/2]
		}
		if how == "last" {
			w.Header().Set("Ratelimit-Remaining", "0")
			w.Header().Set("Ratelimit-Reset", "30")
		}
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

func say(w http.ResponseWriter, status int, name string) {
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"statusCode": %d, "name": %q, "message": "the carrier says %s"}`, status, name, name)
}

func (f *hostedFake) take(r *http.Request, raw []byte) (status int, body string) {
	wrong := func(m hostedMail) bool { return strings.HasSuffix(m.To[0], "@refused.example") }
	invalid := `{"statusCode": 422, "name": "validation_error", "message": "Invalid to field"}`
	switch r.Method + r.URL.Path {
	case "POST/api/emails":
		var m hostedMail
		if json.Unmarshal(raw, &m) != nil || wrong(m) {
			return 422, invalid
		}
		return 200, fmt.Sprintf(`{"id": %q}`, f.keep(m))
	case "POST/api/emails/batch":
		var all []hostedMail
		poisonous := func(m hostedMail) bool { return strings.HasSuffix(m.To[0], "@poison.example") }
		if json.Unmarshal(raw, &all) != nil || len(all) > 100 || slices.ContainsFunc(all, poisonous) {
			return 422, invalid
		}
		var ids, faults []string
		for i, m := range all {
			if m.Attachments = nil; !wrong(m) { // files are dropped without a word
				ids = append(ids, fmt.Sprintf(`{"id": %q}`, f.keep(m)))
				continue
			}
			if r.Header.Get("X-Batch-Validation") != "permissive" {
				return 422, invalid
			}
			faults = append(faults, fmt.Sprintf(`{"index": %d, "message": "Invalid to field"}`, i))
		}
		return 200, fmt.Sprintf(`{"data": [%s], "errors": [%s]}`, strings.Join(ids, ","), strings.Join(faults, ","))
	}
	return 404, `{"statusCode": 404, "name": "not_found", "message": "no such way"}`
}

func (f *hostedFake) keep(m hostedMail) string {
	m.ID = fmt.Sprintf("mail-%d", len(f.mails)+1)
	f.mails = append(f.mails, m)
	return m.ID
}

// arrived are the mails that it will deliver.
func (f *hostedFake) arrived(t *testing.T) (all []arrived) {
	t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, m := range f.mails {
		a := arrived{To: m.To[0], From: m.From, Subject: m.Subject, Text: m.Text, HTML: m.HTML, Headers: m.Headers}
		for _, file := range m.Attachments {
			a.File, a.FileType = file.Filename, file.ContentType
			for _, b := range file.Content {
				a.Calendar = append(a.Calendar, byte(b))
			}
		}
		all = append(all, a)
	}
	return all
}

// cut ends a connection in the middle of its answer.
func cut(w http.ResponseWriter) {
	if wire, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = wire.Close()
	}
}
