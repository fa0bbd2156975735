package app

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

func TestARouteIsServedAsItsRoomSays(t *testing.T) {
	t.Parallel()
	list, verb, bare := manner{packed: true}, manner{once: true}, manner{}
	for pattern, want := range map[string]manner{
		"GET /api/vuon/startups":                          list,
		"POST /api/vuon/applications":                     verb,
		"DELETE /api/vuon/views/{id}":                     verb,
		"GET /intakes":                                    bare,
		"POST /api/vuon/sign-in":                          bare, // judges a guess and answers a token
		"POST /api/vuon/account/password":                 bare,
		"POST /api/vuon/hooks/{id}/rotate":                bare,
		"POST /api/vuon/resume":                           bare,
		"POST /api/vuon/jobs/{name}/run":                  {slow: true},
		"POST /api/vuon/applications/{id}/files":          {files: true, slow: true},
		"GET /api/vuon/applications/{id}/files/{file}":    {files: true, slow: true},
		"DELETE /api/vuon/applications/{id}/files/{file}": {files: true, slow: true},
		"GET /api/vuon/applications/{id}/files":           {files: true, slow: true},
		"POST /api/vuon/account/identities/{id}/unlink":   bare,
		"POST /api/vuon/invitations/link/{token}/accept":  verb,
		"POST /api/vuon/reports/{id}/link":                bare,
		"POST /api/vuon/accounts/{id}/reveal":             bare,
		"POST /api/vuon/startups/{id}/documents":          {files: true, slow: true},
		"GET /api/vuon/startups/{id}/documents":           list,
		"GET /api/vuon/documents/{id}/content":            {files: true, slow: true},
		"POST /api/vuon/events/{slug}/orders":             bare, // has a key of its own, and answers a secret link
		"POST /api/vuon/orders/{code}/{mac}/cancel":       bare,
		"GET /api/vuon/deals/{id}/deck":                   {files: true, slow: true},
	} {
		if got := mannerOf(pattern); got != want {
			t.Errorf("%s: %+v, want %+v", pattern, got, want)
		}
	}
}

// The server takes its time from whoever is slow; a file gets more.
func TestAFileMayComeSlowlyAndNothingElse(t *testing.T) {
	t.Parallel()
	for name, patient := range map[string]bool{"a file": true, "anything else": false} {
		read := make(chan error, 1)
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			e := &core.RequestEvent{}
			e.Request, e.Response = r, w
			if patient {
				if err := takeTime(e); err != nil {
					t.Error(err)
				}
			}
			_, err := io.ReadAll(r.Body)
			read <- err
		}))
		server.Config.ReadTimeout = 50 * time.Millisecond
		server.Start()
		t.Cleanup(server.Close)
		body, slow := io.Pipe()
		go func() {
			_, _ = slow.Write([]byte("a"))
			time.Sleep(300 * time.Millisecond) // six times what the server waits
			_ = slow.Close()
		}()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, body)
		if err != nil {
			t.Fatal(err)
		}
		if answer, err := server.Client().Do(r); err == nil {
			_ = answer.Body.Close()
		}
		if err := <-read; (err == nil) != patient {
			t.Errorf("%s that comes slowly: %v", name, err)
		}
	}
}
