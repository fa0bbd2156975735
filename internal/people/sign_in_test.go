package people_test

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/people"
)

const password = "vườn ươm 2026"

// door is a house with its routes, its clock and the codes that it has mailed.
type door struct {
	t      testing.TB
	house  *tests.TestApp
	server http.Handler
	mu     sync.Mutex
	now    time.Time
	codes  map[string]string // the latest, by address
	mails  int
	begun  map[string]string // the token of everybody's latest sign-in, by id
}

// session gives a person the session that began with their latest sign-in, where there is one.
func (d *door) session(user *core.Record) []string {
	if user == nil {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return []string{"Authorization", d.begun[user.Id]}
}

// enter keeps the session that an answer begins.
func (d *door) enter(user *core.Record, a answer) answer {
	d.mu.Lock()
	defer d.mu.Unlock()
	if who := a.Record.ID; who != "" && a.Token != "" {
		d.begun[who] = a.Token
	} else if user != nil && a.Token != "" {
		d.begun[user.Id] = a.Token
	}
	return a
}

func knock(t testing.TB) *door {
	t.Helper()
	d := &door{t: t, now: housetest.Noon, codes: map[string]string{}, begun: map[string]string{}}
	d.house = housetest.At(t, func() time.Time {
		d.mu.Lock()
		defer d.mu.Unlock()
		return d.now
	})
	people.Bind(d.house, people.Needs{Random: rand.Reader, SendCode: d.keep})
	d.server = housetest.Server(t, d.house)
	return d
}

func (d *door) later(by time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = d.now.Add(by)
}

type answer struct {
	Status  int `json:"-"`
	Message string
	ID      string `json:"id"`
	Token   string `json:"token"`
	MFA     string `json:"mfaId"`
	Record  struct {
		ID    string `json:"id"`
		Email string `json:"email"`
	} `json:"record"`
	Data map[string]struct{ Code string } `json:"data"`
}

func (a answer) code() string {
	for _, f := range a.Data { // beside the refusal may stand what is shown with it, which has no code
		if f.Code != "" {
			return f.Code
		}
	}
	return ""
}

func decoded(t testing.TB, w *httptest.ResponseRecorder) answer {
	t.Helper()
	var a answer
	if w.Body.Len() > 0 {
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
			t.Fatalf("%d %s: %v", w.Code, w.Body, err)
		}
	}
	a.Status = w.Code
	return a
}

func (d *door) post(user *core.Record, path string, body any) answer {
	d.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		d.t.Fatal(err)
	}
	return d.enter(user, decoded(d.t, housetest.Ask(d.t, d.server, user, http.MethodPost, path, string(raw), d.session(user)...)))
}

type fields map[string]any

func (d *door) ask(email string) string {
	d.t.Helper()
	a := d.post(nil, "/api/vuon/sign-in/code", fields{"email": email, "locale": "vi"})
	if a.Status != http.StatusOK || a.ID == "" {
		d.t.Fatalf("asked for a code: %+v", a)
	}
	return a.ID
}

func (d *door) byCode(id, code, mfa string) answer {
	d.t.Helper()
	return d.post(nil, "/api/vuon/sign-in", fields{"id": id, "code": code, "mfaId": mfa, "full_name": "Trần Thị Sen", "locale": "en"})
}

func (d *door) byPassword(email, password, mfa string) answer {
	d.t.Helper()
	return d.post(nil, "/api/collections/users/auth-with-password", fields{"identity": email, "password": password, "mfaId": mfa})
}

// wrong is a code that is not the one.
func wrong(code string) string {
	if code == "000000" {
		return "000001"
	}
	return "000000"
}

// known stores a person with a password.
func (d *door) known(roles ...access.Role) *core.Record {
	d.t.Helper()
	u := housetest.User(d.t, d.house)
	u.SetPassword(password)
	housetest.Save(d.t, d.house, u)
	for _, role := range roles {
		g, err := access.NewGrant(d.house, u.Id, role, access.House, time.Time{}, "", "test")
		housetest.Refused(d.t, err, "")
		housetest.Save(d.t, d.house, g)
	}
	return u
}

func (d *door) told(user, verb string) []*lifecycle.Entry {
	d.t.Helper()
	all, err := lifecycle.Told(d.house, "users", user)
	if err != nil {
		d.t.Fatal(err)
	}
	var some []*lifecycle.Entry
	for _, e := range all {
		if e.Verb() == verb {
			some = append(some, e)
		}
	}
	return some
}

func TestTheFirstRightCodeMakesTheAccount(t *testing.T) {
	t.Parallel()
	d := knock(t)
	id := d.ask("Sen@Example.org")
	a := d.byCode(id, d.codes["sen@example.org"], "")
	if a.Status != http.StatusOK || a.Token == "" || a.Record.Email != "sen@example.org" {
		t.Fatalf("got %+v", a)
	}
	u, err := people.Users.Find(d.house, a.Record.ID)
	housetest.Refused(t, err, "")
	if u.FullName() != "Trần Thị Sen" || u.Lang() != locale.English || !u.Verified() || u.Status() != people.UserActive {
		t.Errorf("the account is %+v", u.PublicExport())
	}
	consents, err := people.Consents.All(d.house)
	if err != nil || len(consents) != 1 || consents[0].UserID() != u.Id || consents[0].Purpose() != "account" {
		t.Errorf("%d consents, %v", len(consents), err)
	}
	if len(d.told(u.Id, "joined")) != 1 || len(d.told(u.Id, "signed_in")) != 1 {
		t.Error("the journal does not tell")
	}
	if again := d.byCode(id, d.codes["sen@example.org"], ""); again.Status != http.StatusGone || again.code() != "sign_in.code_over" {
		t.Errorf("the code opened twice: %+v", again)
	}
	if second := d.byCode(d.ask("sen@example.org"), d.codes["sen@example.org"], ""); second.Record.ID != u.Id {
		t.Errorf("another account: %+v", second)
	}
	housetest.Well(t, d.house)
}

func TestACodeIsGoodForTenMinutesAndFiveAttempts(t *testing.T) {
	t.Parallel()
	d := knock(t)
	id := d.ask("an@example.org")
	d.later(10*time.Minute - time.Second)
	if a := d.byCode(id, wrong(d.codes["an@example.org"]), ""); a.Status != http.StatusBadRequest || a.code() != "sign_in.code_wrong" {
		t.Errorf("a wrong code: %+v", a)
	}
	d.later(time.Second)
	if a := d.byCode(id, d.codes["an@example.org"], ""); a.code() != "sign_in.code_over" {
		t.Errorf("after ten minutes: %+v", a)
	}

	id = d.ask("binh@example.org")
	right := d.codes["binh@example.org"]
	for range 5 {
		d.later(61 * time.Second) // the account's own delay is not what is tried here
		if a := d.byCode(id, wrong(right), ""); a.code() != "sign_in.code_wrong" {
			t.Fatalf("a wrong code: %+v", a)
		}
	}
	d.later(61 * time.Second)
	if a := d.byCode(id, right, ""); a.code() != "sign_in.code_over" {
		t.Errorf("after five guesses: %+v", a)
	}
}

// Whoever asks learns nothing of who has an account: the answer is one, and so is the work behind it.
func TestNobodyLearnsWhoHasAnAccount(t *testing.T) {
	t.Parallel()
	d := knock(t)
	u := d.known()
	for _, c := range []struct{ path, field string }{
		{"/api/vuon/sign-in/code", "email"},
		{"/api/collections/users/request-password-reset", "email"},
	} {
		there := housetest.Ask(t, d.server, nil, http.MethodPost, c.path, `{"email":"`+u.Email()+`"}`)
		nowhere := housetest.Ask(t, d.server, nil, http.MethodPost, c.path, `{"email":"nobody@example.org"}`)
		if there.Code != nowhere.Code || shape(there.Body.String()) != shape(nowhere.Body.String()) {
			t.Errorf("%s: %d %s and %d %s", c.path, there.Code, there.Body, nowhere.Code, nowhere.Body)
		}
	}
	there, nowhere := d.byPassword(u.Email(), "not this one", ""), d.byPassword("nobody@example.org", "not this one", "")
	if there.Status != http.StatusBadRequest || there.code() != "sign_in.wrong" || there.Message != nowhere.Message || there.Status != nowhere.Status {
		t.Errorf("by password: %+v and %+v", there, nowhere)
	}
	for range 6 { // the count is the same too
		there, nowhere = d.byPassword(u.Email(), "nor this", ""), d.byPassword("nobody@example.org", "nor this", "")
		if there.Status != nowhere.Status || there.Message != nowhere.Message {
			t.Errorf("by password: %+v and %+v", there, nowhere)
		}
	}
	if there.Status != http.StatusTooManyRequests || there.code() != "sign_in.wait" {
		t.Errorf("nobody was made to wait: %+v", there)
	}
	codes, err := people.Codes.All(d.house)
	if err != nil || len(codes) != 2 || d.mails != 2 {
		t.Errorf("%d codes and %d mails for two addresses, %v", len(codes), d.mails, err)
	}
}

// shape takes the values out of an answer: ids differ, what they stand in does not.
func shape(body string) string {
	var v map[string]any
	if json.Unmarshal([]byte(body), &v) != nil {
		return body
	}
	for name, value := range v {
		if text, ok := value.(string); ok {
			v[name] = strings.Repeat("x", len(text))
		}
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(raw)
}

func TestTheWaysThatTheHouseDoesNotKeepAreClosed(t *testing.T) {
	t.Parallel()
	d := knock(t)
	u := d.known()
	for _, way := range []string{
		"request-otp", "auth-with-otp", "auth-with-oauth2", "request-verification", "confirm-verification",
		"request-email-change", "confirm-email-change",
	} {
		for _, name := range []string{"users", "_pb_users_auth_", "Users"} {
			if a := d.post(u, "/api/collections/"+name+"/"+way, fields{"email": u.Email()}); a.Status != http.StatusNotFound {
				t.Errorf("%s of %s: %d", way, name, a.Status)
			}
		}
	}
	if a := d.post(nil, "/api/collections/_superusers/request-otp", fields{"email": "root@example.org"}); a.Status != http.StatusOK {
		t.Errorf("an operator's code: %+v", a)
	}
	if a := d.post(nil, "/api/collections/users/records", fields{"email": "x@example.org", "password": password, "passwordConfirm": password}); a.Status != http.StatusForbidden {
		t.Errorf("an account through the record API: %+v", a)
	}
}

func TestWhoWorksForTheCentreNeedsBothFactors(t *testing.T) {
	t.Parallel()
	for _, role := range []access.Role{access.Staff, access.Manager, access.Finance} {
		t.Run(string(role), func(t *testing.T) {
			t.Parallel()
			d := knock(t)
			u := d.known(role)

			// The password first.
			half := d.byPassword(u.Email(), password, "")
			if half.Status != http.StatusUnauthorized || half.MFA == "" || half.Token != "" {
				t.Fatalf("by password alone: %+v", half)
			}
			if a := d.byPassword(u.Email(), password, half.MFA); a.Status != http.StatusBadRequest || a.Token != "" || a.code() != "sign_in.factor" {
				t.Errorf("the password twice: %+v", a)
			}
			whole := d.byCode(d.ask(u.Email()), d.codes[u.Email()], half.MFA)
			if whole.Status != http.StatusOK || whole.Token == "" || whole.Record.ID != u.Id {
				t.Errorf("by both: %+v", whole)
			}

			// The code first.
			half = d.byCode(d.ask(u.Email()), d.codes[u.Email()], "")
			if half.Status != http.StatusUnauthorized || half.MFA == "" || half.Token != "" {
				t.Fatalf("by code alone: %+v", half)
			}
			if a := d.byCode(d.ask(u.Email()), d.codes[u.Email()], half.MFA); a.Status != http.StatusBadRequest || a.Token != "" {
				t.Errorf("the code twice: %+v", a)
			}
			if a := d.byPassword(strings.ToUpper(u.Email()), password, half.MFA); a.Status != http.StatusOK || a.Token == "" {
				t.Errorf("by both: %+v", a)
			}
			if told := d.told(u.Id, "signed_in"); len(told) != 2 {
				t.Errorf("%d sign-ins are told, want the two whole ones", len(told))
			}

			// Somebody else's first factor is none.
			other := d.byPassword(d.known(role).Email(), password, "")
			if a := d.byCode(d.ask(u.Email()), d.codes[u.Email()], other.MFA); a.Token != "" || a.Status != http.StatusBadRequest {
				t.Errorf("with another's first factor: %+v", a)
			}
		})
	}
}

func TestWhoDoesNotWorkForTheCentreNeedsOneFactor(t *testing.T) {
	t.Parallel()
	d := knock(t)
	u := d.known(access.Judge, access.Mentor)
	gone, err := access.NewGrant(d.house, u.Id, access.Staff, access.House, time.Time{}, "", "")
	housetest.Refused(t, err, "")
	housetest.Save(t, d.house, gone)
	gone.SetRevoked(d.now)
	housetest.Save(t, d.house, gone)
	if a := d.byPassword(u.Email(), password, ""); a.Status != http.StatusOK || a.Token == "" {
		t.Errorf("by password: %+v", a)
	}
	if a := d.byCode(d.ask(u.Email()), d.codes[u.Email()], ""); a.Status != http.StatusOK || a.Token == "" {
		t.Errorf("by code: %+v", a)
	}
}

func TestAnOperatorNeedsBothFactors(t *testing.T) {
	t.Parallel()
	d := knock(t)
	c, err := d.house.FindCachedCollectionByNameOrId(core.CollectionNameSuperusers)
	if err != nil {
		t.Fatal(err)
	}
	root := core.NewRecord(c)
	root.SetEmail("root@example.org")
	root.SetPassword(password)
	housetest.Save(t, d.house, root)
	half := d.post(nil, "/api/collections/_superusers/auth-with-password", fields{"identity": root.Email(), "password": password})
	if half.Status != http.StatusUnauthorized || half.MFA == "" {
		t.Fatalf("by password alone: %+v", half)
	}
	otp := core.NewOTP(d.house)
	otp.SetCollectionRef(c.Id)
	otp.SetRecordRef(root.Id)
	otp.SetPassword("12345678")
	housetest.Save(t, d.house, otp)
	whole := d.post(nil, "/api/collections/_superusers/auth-with-otp", fields{"otpId": otp.Id, "password": "12345678", "mfaId": half.MFA})
	if whole.Status != http.StatusOK || whole.Token == "" {
		t.Fatalf("by both: %+v", whole)
	}
	told, err := lifecycle.Told(d.house, "operators", root.Id)
	if err != nil || len(told) != 1 || told[0].Actor() != "operator:"+root.Id {
		t.Errorf("told %d times, %v", len(told), err)
	}
	for range 5 {
		d.post(nil, "/api/collections/_superusers/auth-with-password", fields{"identity": root.Email(), "password": "no"})
	}
	if a := d.post(nil, "/api/collections/_superusers/auth-with-password", fields{"identity": root.Email(), "password": password}); a.Status != http.StatusTooManyRequests {
		t.Errorf("an operator's password may be guessed at: %+v", a)
	}
}

func TestASuspendedPersonStaysOutside(t *testing.T) {
	t.Parallel()
	d := knock(t)
	u := d.known()
	manager := housetest.Acting(t, d.house, access.Manager, access.House)
	if a := housetest.Ask(t, d.server, u, http.MethodGet, "/api/vuon/account", ""); a.Code != http.StatusOK {
		t.Fatalf("before: %d", a.Code)
	}
	token := u.TokenKey()
	_, err := people.Suspend(d.house, manager, u.Id, "nghi bị lộ mật khẩu", d.now)
	housetest.Refused(t, err, "")
	if a := housetest.Ask(t, d.server, u, http.MethodGet, "/api/vuon/account", ""); a.Code != http.StatusUnauthorized {
		t.Errorf("the old token still opens: %d", a.Code)
	}
	if a := d.byPassword(u.Email(), password, ""); a.Status != http.StatusForbidden || a.code() != "sign_in.suspended" {
		t.Errorf("by password: %+v", a)
	}
	if a := d.byCode(d.ask(u.Email()), d.codes[u.Email()], ""); a.Status != http.StatusForbidden || a.code() != "sign_in.suspended" {
		t.Errorf("by code: %+v", a)
	}
	if a := d.byPassword(u.Email(), "guess", ""); a.code() != "sign_in.wrong" {
		t.Errorf("who does not know the password learns that the account is suspended: %+v", a)
	}
	_, err = people.Reinstate(d.house, manager, u.Id, d.now)
	housetest.Refused(t, err, "")
	if a := d.byPassword(u.Email(), password, ""); a.Status != http.StatusOK {
		t.Errorf("after: %+v", a)
	}
	if now, err := people.Users.Find(d.house, u.Id); err != nil || now.TokenKey() == token {
		t.Errorf("the sessions did not end: %v", err)
	}
}

func TestASignInIsToldWithoutAnAddress(t *testing.T) {
	t.Parallel()
	d := knock(t)
	u := d.known()
	w := housetest.Ask(t, d.server, nil, http.MethodPost, "/api/collections/users/auth-with-password",
		`{"identity":"`+u.Email()+`","password":"`+password+`"}`,
		"User-Agent", "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.6778.39 Mobile Safari/537.36")
	if w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	told := d.told(u.Id, "signed_in")
	var s people.SignedIn
	if len(told) != 1 || told[0].Detail(&s) != nil || s.Method != "password" || s.Agent != "Chrome, Android" || len(s.Session) != 32 {
		t.Errorf("told %d times, last as %+v", len(told), s)
	}
	fresh, err := people.Users.Find(d.house, u.Id)
	housetest.Refused(t, err, "")
	if w := housetest.Ask(t, d.server, fresh.ProxyRecord(), http.MethodPost, "/api/collections/users/auth-refresh", ""); w.Code != http.StatusOK {
		t.Errorf("renewed: %d %s", w.Code, w.Body)
	}
	if len(d.told(u.Id, "signed_in")) != 1 {
		t.Error("a renewed token is told as a sign-in")
	}
}

type page struct {
	Items []map[string]any `json:"items"`
	Total int              `json:"totalItems"`
}

// list asks the record API for rows.
func list(t testing.TB, d *door, user *core.Record, path string) page {
	t.Helper()
	w := housetest.Ask(t, d.server, user, http.MethodGet, strings.ReplaceAll(path, "'", "%27"), "")
	var p page
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Code != http.StatusOK {
		t.Errorf("%s: %d %s", path, w.Code, w.Body)
	}
	return p
}
