package app_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/notify"
)

// guest is somebody without an account, at a house of an hour that the test sets.
type guest struct {
	t      *testing.T
	house  core.App
	server http.Handler
	now    time.Time
	call   *intake.Intake
}

func arrive(t *testing.T) *guest {
	t.Helper()
	g := &guest{t: t, now: housetest.Noon}
	g.house = housetest.At(t, func() time.Time { return g.now })
	g.server = housetest.Server(t, g.house)
	g.call = housetest.OpenIntake(t, g.house, g.now, 1)
	return g
}

// send posts a form, as a browser without scripts does, and returns the answer with where it leads.
func (g *guest) send(path string, form url.Values) (int, string, string) {
	g.t.Helper()
	got := housetest.Ask(g.t, g.server, nil, http.MethodPost, path, form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	return got.Code, got.Header().Get("Location"), got.Body.String()
}

// knock asks for a code and returns the page at which it is entered, and the mail.
func (g *guest) knock(email string) (string, notify.Mail) {
	g.t.Helper()
	code, at, body := g.send("/intakes/"+g.call.Slug()+"/apply", url.Values{"email": {email}, "name": {"Lê Thị Sen"}, "title": {"Trà sen"}})
	if code != http.StatusSeeOther {
		g.t.Fatalf("asking for a code answers %d: %s", code, body)
	}
	mails := housetest.Mails(g.t, g.house)
	return at, mails[0].Mail // the newest
}

// enter enters a code and returns the token that leads into the form.
func (g *guest) enter(at, digits string) string {
	g.t.Helper()
	code, to, body := g.send(at, url.Values{"code": {digits}})
	token, ok := strings.CutPrefix(to, "/app/resume#now.")
	if code != http.StatusSeeOther || !ok {
		g.t.Fatalf("entering %s answers %d %q: %s", digits, code, to, body)
	}
	return token
}

func (g *guest) post(path, token string) *httptest.ResponseRecorder {
	g.t.Helper()
	body, err := json.Marshal(map[string]string{"token": token})
	housetest.Refused(g.t, err, "")
	return housetest.Ask(g.t, g.server, nil, http.MethodPost, path, string(body))
}

func (g *guest) accounts() int64 {
	g.t.Helper()
	n, err := g.house.CountRecords("users")
	housetest.Refused(g.t, err, "")
	return n
}

func TestSomebodyAppliesWithoutAnAccount(t *testing.T) {
	t.Parallel()
	g := arrive(t)
	before := g.accounts()
	at, mail := g.knock("  Sen@Example.org ")
	if mail.To != "sen@example.org" || len(mail.Code) != 6 || !strings.HasSuffix(mail.Link, at) || strings.Contains(mail.Link, mail.Code) {
		t.Errorf("the mail to %q holds %q and %q", mail.To, mail.Code, mail.Link)
	}
	for range 2 { // a program that looks for danger in mails opens the link
		if got := housetest.Ask(t, g.server, nil, http.MethodGet, at, ""); got.Code != http.StatusOK || !strings.Contains(got.Body.String(), `name="code"`) {
			t.Errorf("the page of the code answers %d", got.Code)
		}
	}
	if code, _, body := g.send(at, url.Values{"code": {"000000"}}); code != http.StatusBadRequest || !strings.Contains(body, "code-err") {
		t.Errorf("a wrong code answers %d", code)
	}
	if g.accounts() != before {
		t.Error("there is an account before the right code")
	}
	token := g.enter(at, mail.Code[:3]+" "+mail.Code[3:])
	if g.accounts() != before+1 {
		t.Errorf("the right code makes %d accounts", g.accounts()-before)
	}
	if code, _, _ := g.send(at, url.Values{"code": {mail.Code}}); code != http.StatusGone {
		t.Errorf("the same code again answers %d", code)
	}

	// The token says where it leads and changes nothing; pressing the button signs in, once.
	if got := g.post("/api/vuon/resume/look", token); got.Code != http.StatusOK || !strings.Contains(got.Body.String(), g.call.Id) {
		t.Errorf("looking answers %d %s", got.Code, got.Body)
	}
	got := g.post("/api/vuon/resume", token)
	var in struct {
		Token  string
		Record struct{ ID, Email string }
	}
	if err := json.Unmarshal(got.Body.Bytes(), &in); err != nil || got.Code != http.StatusOK || in.Token == "" {
		t.Fatalf("the button answers %d %s", got.Code, got.Body)
	}
	if again := g.post("/api/vuon/resume", token); again.Code != http.StatusGone {
		t.Errorf("the button pressed twice answers %d", again.Code)
	}
	user, err := g.house.FindRecordById("users", in.Record.ID)
	housetest.Refused(t, err, "")
	lines, err := intake.Applications.All(g.house)
	housetest.Refused(t, err, "")
	if len(lines) != 1 || lines[0].ApplicantID() != user.Id || lines[0].Title() != "Trà sen" || user.GetString("full_name") != "Lê Thị Sen" {
		t.Errorf("the draft is %+v of %v", lines, user)
	}

	// The same person comes again, from another machine: the same answer, the same account, the same draft.
	g.now = g.now.Add(time.Minute)
	at, mail = g.knock("sen@example.org")
	g.enter(at, mail.Code)
	if lines, err = intake.Applications.All(g.house); err != nil || len(lines) != 1 || g.accounts() != before+1 {
		t.Errorf("coming again makes %d drafts", len(lines))
	}
	housetest.Well(t, g.house)
}

// The answer to an address that the house knows is that to any other, but for the ticket.
func TestNobodyLearnsWhoHasAnAccount(t *testing.T) {
	t.Parallel()
	g := arrive(t)
	known := housetest.User(t, g.house)
	var said []string
	for _, email := range []string{known.Email(), "nobody@example.org"} {
		code, at, body := g.send("/intakes/"+g.call.Slug()+"/apply", url.Values{"email": {email}})
		page := housetest.Ask(t, g.server, nil, http.MethodGet, at, "").Body.String()
		said = append(said, strings.ReplaceAll(http.StatusText(code)+body+page, at, ""))
	}
	if said[0] != said[1] {
		t.Errorf("the answers differ: %s\n%s", said[0], said[1])
	}
}

func TestWhatCannotBegin(t *testing.T) {
	t.Parallel()
	g := arrive(t)
	path := "/intakes/" + g.call.Slug() + "/apply"
	for name, c := range map[string]struct {
		form url.Values
		code int
		says string
	}{
		"no address":       {url.Values{"email": {""}}, http.StatusBadRequest, "begin-email-err"},
		"two addresses":    {url.Values{"email": {"a@example.org, b@example.org"}}, http.StatusBadRequest, "begin-email-err"},
		"a header":         {url.Values{"email": {"a@example.org\r\nBcc: b@example.org"}}, http.StatusBadRequest, "begin-email-err"},
		"a long name":      {url.Values{"email": {"a@example.org"}, "name": {strings.Repeat("ă", 121)}}, http.StatusBadRequest, "begin-name-err"},
		"a long title":     {url.Values{"email": {"a@example.org"}, "title": {strings.Repeat("ă", 201)}}, http.StatusBadRequest, "begin-title-err"},
		"what was written": {url.Values{"email": {"a"}, "title": {`"><script>alert(1)</script>`}}, http.StatusBadRequest, "&lt;script&gt;"},
	} {
		code, _, body := g.send(path, c.form)
		if code != c.code || !strings.Contains(body, c.says) || strings.Contains(body, "<script>alert") {
			t.Errorf("%s: %d", name, code)
		}
	}
	for n := range 6 {
		code, _, _ := g.send(path, url.Values{"email": {"often@example.org"}})
		if want := map[bool]int{true: http.StatusSeeOther, false: http.StatusTooManyRequests}[n < 5]; code != want {
			t.Errorf("request %d for one address answers %d", n+1, code)
		}
	}
	at, mail := g.knock("late@example.org")
	other := housetest.OpenIntake(t, g.house, g.now, 1)
	if code, _, _ := g.send(strings.Replace(at, g.call.Slug(), other.Slug(), 1), url.Values{"code": {mail.Code}}); code != http.StatusGone {
		t.Errorf("a ticket of another intake answers %d", code)
	}
	g.now = g.now.Add(11 * time.Minute)
	if code, _, _ := g.send(at, url.Values{"code": {mail.Code}}); code != http.StatusGone {
		t.Errorf("an old code answers %d", code)
	}
	g.now = g.now.Add(time.Hour)
	if code, _, body := g.send(path, url.Values{"email": {"a@example.org"}}); code != http.StatusConflict || strings.Contains(body, `name="email"`) {
		t.Errorf("a closed intake answers %d", code)
	}
	housetest.Refused(t, intake.SweepStarts(g.house, g.now.Add(25*time.Hour)), "")
	if left, err := intake.Starts.All(g.house); err != nil || len(left) != 0 {
		t.Errorf("%d beginnings are kept", len(left))
	}
	housetest.Well(t, g.house)
}

// A mailed link opens one application, once, for a while; it is asked for by its applicant, and comes to them alone.
func TestALinkOpensOneApplicationOnce(t *testing.T) {
	t.Parallel()
	g := arrive(t)
	a, owner := housetest.Draft(t, g.house, g.call, g.now)
	stranger := housetest.User(t, g.house)
	ask := func(who *core.Record) int {
		return housetest.Ask(t, g.server, who, http.MethodPost, "/api/vuon/applications/"+a.Id+"/link", "").Code
	}
	if got := ask(stranger); got != http.StatusNotFound {
		t.Errorf("a stranger asks for a link: %d", got)
	}
	for n := range 4 {
		if got, want := ask(owner), map[bool]int{true: http.StatusOK, false: http.StatusTooManyRequests}[n < 3]; got != want {
			t.Errorf("request %d for a link answers %d", n+1, got)
		}
	}
	housetest.Refused(t, notify.Deliver(g.house, g.now), "")
	var links []string
	for _, m := range housetest.Mails(t, g.house) {
		if _, token, ok := strings.Cut(m.Link, "/app/resume#"); ok && m.To == owner.Email() {
			links = append(links, token)
		}
	}
	if len(links) != 3 {
		t.Fatalf("%d links came", len(links))
	}
	kept, err := intake.Links.All(g.house)
	housetest.Refused(t, err, "")
	for _, l := range kept {
		if raw, _ := json.Marshal(l.ProxyRecord().FieldsData()); strings.Contains(string(raw), links[0]) {
			t.Error("the database keeps a token")
		}
	}
	got := g.post("/api/vuon/resume", links[0])
	if got.Code != http.StatusOK || !strings.Contains(got.Body.String(), owner.Id) {
		t.Errorf("the link signs in %d %s", got.Code, got.Body)
	}
	for what, token := range map[string]string{"a used link": links[0], "none of ours": "AAAA", "nothing": ""} {
		for _, path := range []string{"/api/vuon/resume", "/api/vuon/resume/look"} {
			if got := g.post(path, token); got.Code != http.StatusGone {
				t.Errorf("%s at %s answers %d", what, path, got.Code)
			}
		}
	}
	g.now = g.now.Add(2 * time.Hour)
	if got := g.post("/api/vuon/resume/again", links[0]); got.Code != http.StatusOK {
		t.Errorf("a new link in place of a used one: %d", got.Code)
	}
	if got := g.post("/api/vuon/resume/again", "AAAA"); got.Code != http.StatusGone {
		t.Errorf("a new link in place of none: %d", got.Code)
	}
	g.now = g.now.Add(7 * 24 * time.Hour)
	if got := g.post("/api/vuon/resume", links[1]); got.Code != http.StatusGone {
		t.Errorf("an expired link answers %d", got.Code)
	}
	housetest.Well(t, g.house)
}

// Whoever works for the centre needs both factors, whatever link they hold.
func TestALinkIsNoSecondFactor(t *testing.T) {
	t.Parallel()
	g := arrive(t)
	staff := housetest.Holder(t, g.house, access.Staff, access.House)
	a, err := intake.Begin(g.house, housetest.Actor(t, g.house, staff, g.now), g.call.Id, "", g.now)
	housetest.Refused(t, err, "")
	path, err := intake.LinkFor(g.house, a.Id, g.now)
	housetest.Refused(t, err, "")
	got := g.post("/api/vuon/resume", strings.TrimPrefix(path, "/app/resume#"))
	if got.Code != http.StatusForbidden || strings.Contains(got.Body.String(), `"token":"`) || !strings.Contains(got.Body.String(), "sign_in.two_factors") {
		t.Errorf("staff come in by a link: %d %s", got.Code, got.Body)
	}
}
