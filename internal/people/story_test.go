package people_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/notice"
	"vuon/internal/people"
)

// due asks a rule who is to hear what.
func due(t *testing.T, d *door, key string) []notice.Due {
	t.Helper()
	rules := people.Notices()
	i := slices.IndexFunc(rules, func(r notice.Rule) bool { return r.Key == key })
	all, err := rules[i].Due(d.house, d.now)
	housetest.Refused(t, err, "")
	return all
}

// Staff can read this test: how the first people come to a new centre, and how one of them leaves.
func TestThePeopleOfACentreFromTheFirstManagerToADeparture(t *testing.T) {
	t.Parallel()
	d := knock(t)

	// The operator prints a link for the first manager. She signs in by code, chooses a password and takes the role up.
	link, err := people.InviteHere(d.house, people.Offer{Email: "lan@example.org", FullName: "Phạm Thị Lan", Role: access.Manager, Scope: access.House}, d.now)
	housetest.Refused(t, err, "")
	first := d.byCode(d.ask("lan@example.org"), d.codes["lan@example.org"], "")
	lan, err := people.Users.Find(d.house, first.Record.ID)
	housetest.Refused(t, err, "")
	if a := d.post(lan.ProxyRecord(), "/api/vuon/invitations/link/"+token(link)+"/accept", fields{"password": password}); a.Status != http.StatusOK {
		t.Fatalf("the first manager: %+v", a)
	}

	// From now on she needs both factors.
	half := d.byPassword("lan@example.org", password, "")
	if a := d.byCode(d.ask("lan@example.org"), d.codes["lan@example.org"], half.MFA); a.Token == "" {
		t.Fatalf("the second factor: %+v", a)
	}
	boss := d.again(lan.ProxyRecord())

	// She invites a privacy officer, who is told by mail, with a link that is made when the mail goes out.
	a := d.post(boss, "/api/vuon/invitations", fields{"email": "minh@example.org", "full_name": "Lê Minh", "role": "privacy", "scope": fields{"type": "global"}, "locale": "vi"})
	if a.Status != http.StatusOK {
		t.Fatalf("the invitation: %+v", a)
	}
	told := due(t, d, "invitation")
	if len(told) != 1 || told[0].Address != "minh@example.org" || told[0].Secret != (notice.Secret{Kind: "invitation", ID: a.ID}) || !told[0].Mail {
		t.Fatalf("told %+v", told)
	}
	mailed, err := people.OpenInvitation(d.house, told[0].Secret.ID, d.now)
	housetest.Refused(t, err, "")
	in := d.byCode(d.ask("minh@example.org"), d.codes["minh@example.org"], "")
	minh, err := people.Users.Find(d.house, in.Record.ID)
	housetest.Refused(t, err, "")
	duties, err := people.Duties(d.house, housetest.Actor(t, d.house, minh.ProxyRecord(), d.now), d.now)
	if err != nil || len(duties) != 1 || duties[0].Key != "invitation" {
		t.Errorf("duties %+v, %v", duties, err)
	}
	if a := d.post(minh.ProxyRecord(), "/api/vuon/invitations/link/"+token(mailed)+"/accept", fields{}); a.Status != http.StatusOK {
		t.Fatalf("the privacy officer: %+v", a)
	}
	officer := housetest.Actor(t, d.house, minh.ProxyRecord(), d.now)

	// A founder signs in, looks around, and asks to be forgotten. The officer hears of it, and is reminded in time.
	in = d.byCode(d.ask("sen@example.org"), d.codes["sen@example.org"], "")
	sen, err := people.Users.Find(d.house, in.Record.ID)
	housetest.Refused(t, err, "")
	r := d.post(sen.ProxyRecord(), "/api/vuon/account/data-requests", fields{"kind": "delete", "note": "Tôi không tham gia nữa."})
	if r.Status != http.StatusOK || len(due(t, d, "data_request_received")) != 2 || housetest.Heard(t, d.house, "data_request_due", d.now) != "" {
		t.Fatalf("the request: %+v", r)
	}
	d.later(36 * time.Hour)
	if told := housetest.Heard(t, d.house, "data_request_due", d.now, r.ID, "R", minh.Id, "M"); !strings.HasPrefix(told, "dsr:R:ack-1:M@") || strings.Contains(told, ",") {
		t.Errorf("reminded %s", told)
	}
	for _, verb := range []string{"verify", "begin", "fulfil"} {
		if a := d.post(d.again(minh.ProxyRecord()), "/api/vuon/data-requests/"+r.ID+"/"+verb, fields{"answer": "Đã xóa dữ liệu của bạn."}); a.Status != http.StatusOK {
			t.Fatalf("%s: %+v", verb, a)
		}
	}
	if duties, err := people.Duties(d.house, officer, d.now); err != nil || len(duties) != 0 {
		t.Errorf("duties %+v, %v", duties, err)
	}

	// Nobody finds the founder any more; what happened is told without a name.
	w := housetest.Ask(t, d.server, d.again(boss), http.MethodGet, "/api/vuon/people?q=sen", "")
	if w.Code != http.StatusOK || strings.Contains(w.Body.String(), sen.Id) {
		t.Errorf("found %d %s", w.Code, w.Body)
	}
	housetest.Well(t, d.house)
}

func TestStaffFindPeopleByNameWithoutMarks(t *testing.T) {
	t.Parallel()
	d := knock(t)
	staff := housetest.Holder(t, d.house, access.Staff, access.House)
	for _, name := range []string{"Đỗ Thị Đào", "Nguyễn Văn Ổi", "Trần 100%_Sen"} {
		u := people.Users.From(housetest.User(t, d.house))
		u.ProxyRecord().Set("full_name", name)
		housetest.Save(t, d.house, u)
	}
	find := func(query string) string {
		w := housetest.Ask(t, d.server, staff, http.MethodGet, "/api/vuon/people?"+query, "")
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d %s", query, w.Code, w.Body)
		}
		return w.Body.String()
	}
	for query, want := range map[string]int{"q=do+thi+dao": 1, "q=DAO": 1, "q=van+oi": 1, "q=%25": 1, "q=_": 1, "q=khong": 0, "q=": 4, "role=staff": 1, "role=judge": 0} {
		if got := strings.Count(find(query), `"full_name"`); got != want {
			t.Errorf("%s finds %d, want %d", query, got, want)
		}
	}
	seen, after := 0, ""
	for range 5 { // page by page, each person once
		body := find("limit=1&after=" + after)
		seen += strings.Count(body, `"full_name"`)
		_, next, _ := strings.Cut(body, `"next":"`)
		if after, _, _ = strings.Cut(next, `"`); after == "" {
			break
		}
	}
	if seen != 4 {
		t.Errorf("%d people page by page, want 4", seen)
	}
	if w := housetest.Ask(t, d.server, staff, http.MethodGet, "/api/vuon/people?after=nonsense", ""); w.Code != http.StatusBadRequest {
		t.Errorf("a cursor of somebody's own: %d", w.Code)
	}
	evil := people.Users.From(housetest.User(t, d.house))
	evil.ProxyRecord().Set("full_name", `=HYPERLINK("http://evil.example")`)
	housetest.Save(t, d.house, evil)
	if csv := find("format=csv"); !strings.Contains(csv, `'=HYPERLINK`) || !strings.HasPrefix(csv, "\ufeffid,full_name") {
		t.Errorf("the table is %s", csv)
	}
}

func TestAnOrganisationHasATrueTaxCode(t *testing.T) {
	t.Parallel()
	d := knock(t)
	staff := housetest.Holder(t, d.house, access.Staff, access.House)
	card := fields{"kind": "university", "house": "academia", "name_vi": "Đại học Thử", "tax_code": "0100109107"}
	if a := d.post(staff, "/api/vuon/orgs", card); a.Status != http.StatusBadRequest || a.code() != "org.tax_code" {
		t.Errorf("a false one: %+v", a)
	}
	card["tax_code"] = "0100109106"
	a := d.post(staff, "/api/vuon/orgs", card)
	if a.Status != http.StatusOK {
		t.Fatalf("a true one: %+v", a)
	}
	if w := housetest.Ask(t, d.server, staff, http.MethodGet, "/api/vuon/orgs?q=dai+hoc+thu", ""); !strings.Contains(w.Body.String(), a.ID) {
		t.Errorf("not found: %s", w.Body)
	}
	w := housetest.Ask(t, d.server, staff, http.MethodPatch, "/api/vuon/orgs/"+a.ID, `{"short":"ĐHT","rev":1}`)
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"tax_code":"0100109106"`) || !strings.Contains(w.Body.String(), `"rev":2`) {
		t.Errorf("what was not sent is gone: %d %s", w.Code, w.Body)
	}
	if w := housetest.Ask(t, d.server, staff, http.MethodPatch, "/api/vuon/orgs/"+a.ID, `{"short":"X","rev":1}`); w.Code != http.StatusConflict {
		t.Errorf("a stale edit: %d", w.Code)
	}
	by, u := housetest.Actor(t, d.house, staff, d.now), housetest.User(t, d.house)
	m, err := people.AddMember(d.house, by, a.ID, u.Id, "Trưởng phòng", d.now)
	housetest.Refused(t, err, "")
	_, err = people.Join(d.house, by, m.Id, d.now)
	housetest.Refused(t, err, "record.not_found")
	me := housetest.Actor(t, d.house, u, d.now)
	_, err = people.Join(d.house, me, m.Id, d.now)
	housetest.Refused(t, err, "")
	_, err = people.Leave(d.house, housetest.Actor(t, d.house, housetest.User(t, d.house), d.now), m.Id, d.now)
	housetest.Refused(t, err, "access.needs_staff")
	_, err = people.Leave(d.house, me, m.Id, d.now)
	housetest.Refused(t, err, "")
	housetest.Well(t, d.house)
}
