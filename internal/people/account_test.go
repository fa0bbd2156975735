package people_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/people"
)

// again reads a person as they are stored now.
func (d *door) again(u *core.Record) *core.Record {
	d.t.Helper()
	fresh, err := people.Users.Find(d.house, u.Id)
	housetest.Refused(d.t, err, "")
	return fresh.ProxyRecord()
}

func TestPeopleEditThemselves(t *testing.T) {
	t.Parallel()
	d := knock(t)
	u := d.known()
	ask := func(body string) answer {
		return decoded(t, housetest.Ask(t, d.server, u, http.MethodPatch, "/api/vuon/account", body))
	}
	if a := ask(`{"full_name":"  Đỗ  Thị Đào ","phone":"+84 90 123 4567","rev":2}`); a.Status != http.StatusOK {
		t.Fatalf("%+v", a)
	}
	fresh := people.Users.From(d.again(u))
	if fresh.FullName() != "Đỗ Thị Đào" || fresh.Phone() != "+84 90 123 4567" || fresh.GetString("search_key") != "do thi dao" {
		t.Errorf("stored %v", fresh.PublicExport())
	}
	for body, code := range map[string]string{
		`{"full_name":"Cũ","rev":2}`:  "record.stale",
		`{"full_name":" "}`:           "account.name",
		`{"phone":"call me"}`:         "account.phone",
		`{"full_name":"A\u0000B"}`:    "account.name",
		`not json`:                    "request.unreadable",
		`{"status":"erased","rev":3}`: "",
	} {
		if a := ask(body); a.code() != code {
			t.Errorf("%s: %+v", body, a)
		}
	}
	if s := people.Users.From(d.again(u)).Status(); s != people.UserActive {
		t.Errorf("a person made themselves %s", s)
	}
}

func TestANewPasswordNeedsAFreshSignInOrTheOldOne(t *testing.T) {
	t.Parallel()
	d := knock(t)
	u := d.known()
	path := "/api/vuon/account/password"
	if a := d.post(u, path, fields{"password": "một mật khẩu mới"}); a.Status != http.StatusForbidden || a.code() != "account.not_fresh" {
		t.Fatalf("without either: %+v", a)
	}
	if a := d.post(u, path, fields{"password": "một mật khẩu mới", "current": "guess"}); a.code() != "account.password_wrong" {
		t.Fatalf("with a guess: %+v", a)
	}
	a := d.post(u, path, fields{"password": "một mật khẩu mới", "current": password})
	if a.Status != http.StatusOK || a.Token == "" {
		t.Fatalf("with the old one: %+v", a)
	}
	if w := housetest.Ask(t, d.server, u, http.MethodGet, "/api/vuon/account", ""); w.Code != http.StatusUnauthorized {
		t.Errorf("the old session goes on: %d", w.Code)
	}
	if w := housetest.Ask(t, d.server, nil, http.MethodGet, "/api/vuon/account", "", "Authorization", a.Token); w.Code != http.StatusOK {
		t.Errorf("the new one does not: %d", w.Code)
	}

	d.byPassword(u.Email(), "một mật khẩu mới", "")
	u = d.again(u)
	d.later(10 * time.Minute)
	if a := d.post(u, path, fields{"password": "ngắn"}); a.code() != "account.password_short" {
		t.Errorf("a short one: %+v", a)
	}
	if a := d.post(u, path, fields{"password": "một mật khẩu nữa"}); a.Status != http.StatusOK {
		t.Errorf("ten minutes after signing in: %+v", a)
	}
	d.byPassword(u.Email(), "một mật khẩu nữa", "")
	d.later(10*time.Minute + time.Second)
	if a := d.post(d.again(u), path, fields{"password": "một mật khẩu nữa"}); a.code() != "account.not_fresh" {
		t.Errorf("a second later: %+v", a)
	}
	u = d.again(u)
	for range 5 { // a stolen session does not help to guess the password, nor does a key that repeats requests
		raw := `{"password":"một mật khẩu nữa","current":"guess"}`
		housetest.Ask(t, d.server, u, http.MethodPost, path, raw, "Idempotency-Key", "same")
	}
	if a := d.post(u, path, fields{"password": "một mật khẩu nữa", "current": "một mật khẩu nữa"}); a.code() != "sign_in.wait" {
		t.Errorf("after five guesses: %+v", a)
	}
}

// Whoever holds a stolen session is no surer of it because its owner signs in elsewhere.
func TestASignInMakesItsOwnSessionFreshAndNoOther(t *testing.T) {
	t.Parallel()
	d := knock(t)
	u := d.known()
	d.byPassword(u.Email(), password, "")
	stolen, err := u.NewStaticAuthToken(time.Hour) // another session of theirs
	housetest.Refused(t, err, "")
	ask := func(token string) answer {
		return decoded(t, housetest.Ask(t, d.server, u, http.MethodPost, "/api/vuon/account/password", `{"password":"ngắn"}`, "Authorization", token))
	}
	if a := ask(stolen); a.code() != "account.not_fresh" {
		t.Errorf("the stolen session: %+v", a)
	}
	for _, token := range []string{d.begun[u.Id], "Bearer " + d.begun[u.Id]} {
		if a := ask(token); a.code() != "account.password_short" {
			t.Errorf("the session that began a moment ago: %+v", a)
		}
	}
}

func TestAnAddressMovesWhereItsCodeIsRead(t *testing.T) {
	t.Parallel()
	d := knock(t)
	u, other := d.known(), d.known()
	move := func(to string) (id string, a answer) {
		a = d.post(d.again(u), "/api/vuon/account/email", fields{"email": to, "current": password})
		return a.ID, a
	}
	if a := d.post(u, "/api/vuon/account/email", fields{"email": "new@example.org"}); a.code() != "account.not_fresh" {
		t.Errorf("without a fresh sign-in: %+v", a)
	}
	id, a := move("New@example.org")
	if a.Status != http.StatusOK || d.codes["new@example.org"] == "" {
		t.Fatalf("%+v", a)
	}
	confirm := "/api/vuon/account/email/confirm"
	if a := d.byCode(id, d.codes["new@example.org"], ""); a.Token != "" {
		t.Errorf("a code to move an address opens an account: %+v", a)
	}
	if a := d.post(other, confirm, fields{"id": id, "code": d.codes["new@example.org"]}); a.code() != "sign_in.code_over" {
		t.Errorf("another person with the code: %+v", a)
	}
	a = d.post(d.again(u), confirm, fields{"id": id, "code": d.codes["new@example.org"]})
	if a.Status != http.StatusOK || a.Token == "" || d.again(u).Email() != "new@example.org" {
		t.Fatalf("%+v", a)
	}

	// An address that has an account is asked for as any other; whoever reads its mail is told.
	id, a = move(other.Email())
	if a.Status != http.StatusOK {
		t.Errorf("asking tells that the address is taken: %+v", a)
	}
	if a := d.post(d.again(u), confirm, fields{"id": id, "code": d.codes[other.Email()]}); a.code() != "account.email_taken" {
		t.Errorf("%+v", a)
	}
}

func TestSigningOutEverywhereEndsEverySession(t *testing.T) {
	t.Parallel()
	d := knock(t)
	u := d.known()
	if a := d.post(u, "/api/vuon/account/sign-out-everywhere", fields{}); a.Status != http.StatusNoContent {
		t.Fatalf("%+v", a)
	}
	if w := housetest.Ask(t, d.server, u, http.MethodGet, "/api/vuon/account", ""); w.Code != http.StatusUnauthorized {
		t.Errorf("the session goes on: %d", w.Code)
	}
}

func TestTheAccountPageTellsThePersonWhatTheHouseKnows(t *testing.T) {
	t.Parallel()
	d := knock(t)
	a := d.byCode(d.ask("sen@example.org"), d.codes["sen@example.org"], "")
	u, err := people.Users.Find(d.house, a.Record.ID)
	housetest.Refused(t, err, "")
	_, err = people.Grant(d.house, access.Job("test"), u.Id, people.Gift{Role: access.Mentor, Scope: access.House}, d.now)
	housetest.Refused(t, err, "")
	_, err = people.Invite(d.house, access.Job("test"), people.Offer{Email: u.Email(), Role: access.Judge, Scope: access.House}, d.now)
	housetest.Refused(t, err, "")
	w := housetest.Ask(t, d.server, d.again(u.ProxyRecord()), http.MethodGet, "/api/vuon/account", "")
	var page struct {
		Email    string
		FullName string `json:"full_name"`
		Grants   []struct{ Role string }
		SignIns  []struct{ Method string } `json:"sign_ins"`
		Consents []struct{ Purpose string }
		Startups []any
		Requests []any
		Invited  []struct{ Role string } `json:"invitations"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &page); err != nil {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if page.Email != "sen@example.org" || len(page.Grants) != 1 || page.Grants[0].Role != "mentor" || len(page.SignIns) != 1 ||
		page.SignIns[0].Method != "otp" || len(page.Consents) != 1 || page.Startups == nil || page.Requests == nil || len(page.Invited) != 1 {
		t.Errorf("the page is %s", w.Body)
	}
}

func TestANewPasswordThroughAMailedLinkForgives(t *testing.T) {
	t.Parallel()
	d := knock(t)
	u := d.known()
	for range 5 {
		d.byPassword(u.Email(), "guess", "")
	}
	token, err := u.NewPasswordResetToken()
	if err != nil {
		t.Fatal(err)
	}
	path := "/api/collections/users/confirm-password-reset"
	if a := d.post(nil, path, fields{"token": token, "password": "123456789", "passwordConfirm": "123456789"}); a.Status != http.StatusBadRequest {
		t.Fatalf("a short one: %+v", a)
	}
	if a := d.post(nil, path, fields{"token": token, "password": "một mật khẩu mới", "passwordConfirm": "một mật khẩu mới"}); a.Status != http.StatusNoContent {
		t.Fatalf("%+v", a)
	}
	if w := housetest.Ask(t, d.server, u, http.MethodGet, "/api/vuon/account", ""); w.Code != http.StatusUnauthorized {
		t.Errorf("the old session goes on: %d", w.Code)
	}
	if a := d.byPassword(u.Email(), "một mật khẩu mới", ""); a.Status != http.StatusOK {
		t.Errorf("%+v", a)
	}
	if a := d.post(nil, path, fields{"token": token, "password": "một mật khẩu nữa", "passwordConfirm": "một mật khẩu nữa"}); a.Status != http.StatusBadRequest {
		t.Errorf("the link twice: %+v", a)
	}
	if len(d.told(u.Id, "password_set")) != 1 {
		t.Error("the journal does not tell")
	}
}
