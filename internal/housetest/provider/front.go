package provider

import (
	"encoding/base64"
	"encoding/json"
	"html/template"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"time"
)

// loginPath is where zitadel sends the browser to find out who it is.
const loginPath = "/login"

// front stands before zitadel's own handler: it answers who is there, and bends what goes out.
func (p *Provider) front() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc(loginPath, p.login)
	mux.HandleFunc("/oauth/token", func(w http.ResponseWriter, r *http.Request) {
		p.Do(func(p *Provider) { p.CodesRead++ })
		p.bent(w, r, p.bendToken)
	})
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, r *http.Request) {
		p.Do(func(p *Provider) { p.LookedUp++ })
		p.bent(w, r, func(page map[string]any) {
			if p.Says != nil {
				p.Says(page)
			}
		})
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, r *http.Request) {
		p.Do(func(p *Provider) { p.KeysRead++ })
		p.store.ServeHTTP(w, r)
	})
	mux.Handle("/", p.store)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var away bool
		var slow time.Duration
		p.Do(func(p *Provider) { away, slow = p.Away, p.Slow })
		select {
		case <-time.After(slow):
		case <-r.Context().Done():
			return
		}
		if away {
			http.Error(w, "away", http.StatusServiceUnavailable)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// bent lets change look at a JSON answer before it goes out.
func (p *Provider) bent(w http.ResponseWriter, r *http.Request, change func(map[string]any)) {
	kept := httptest.NewRecorder()
	p.store.ServeHTTP(kept, r)
	body := kept.Body.Bytes()
	answer := map[string]any{}
	if json.Unmarshal(body, &answer) == nil {
		p.Do(func(*Provider) { change(answer) })
		if changed, err := json.Marshal(answer); err == nil {
			body = changed
		}
	}
	for name, values := range kept.Header() {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(kept.Code)
	_, _ = w.Write(body) // whoever does not read it has gone
}

func (p *Provider) bendToken(answer map[string]any) {
	raw, _ := answer["id_token"].(string)
	if p.Lies == nil || raw == "" {
		return
	}
	parts := strings.Split(raw, ".")
	answer["id_token"] = p.Lies(opened(parts[0]), opened(parts[1]))
}

func opened(part string) map[string]any {
	all := map[string]any{}
	raw, err := base64.RawURLEncoding.DecodeString(part)
	if err == nil {
		err = json.Unmarshal(raw, &all)
	}
	if err != nil {
		return nil
	}
	return all
}

var asking = template.Must(template.New("").Parse(`<!doctype html><html lang="en"><title>Provider of identities</title>
<main><h1>Who are you?</h1>{{range .People}}<p><a href="?authRequestID={{$.ID}}&amp;as={{.Subject}}">{{.Name}}</a></p>{{end}}</main></html>`))

// login finds out who sits before the browser: whoever the test says, or whom they choose on a page.
func (p *Provider) login(w http.ResponseWriter, r *http.Request) {
	id, as := r.FormValue("authRequestID"), r.FormValue("as")
	done := false
	p.Do(func(p *Provider) {
		who := p.Person
		for _, other := range p.Others {
			if other.Subject == as {
				who = other
			}
		}
		if q := p.requests[id]; q != nil && (!p.Asks || as != "") {
			q.person, q.done, done = who, true, true
		}
	})
	if !done {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = asking.Execute(w, map[string]any{"ID": id, "People": append([]Person{p.Person}, p.Others...)})
		return
	}
	http.Redirect(w, r, p.callback(r.Context(), id), http.StatusFound)
}
