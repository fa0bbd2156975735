package people_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/housetest"
	"vuon/internal/people"
)

// programme stores a programme and an intake of it, and returns their scopes.
func programme(t testing.TB, house core.App) (course, call access.Scope) {
	t.Helper()
	row := func(collection string, values map[string]any) access.Scope {
		c, err := house.FindCollectionByNameOrId(collection)
		if err != nil {
			t.Fatal(err)
		}
		r := core.NewRecord(c)
		r.Load(values)
		housetest.Save(t, house, r)
		return access.Scope{ID: r.Id}
	}
	course = row("programmes", map[string]any{"code": "course", "title_vi": "Ươm tạo", "kind": "incubation", "status": "draft"})
	course.Type = access.Programme
	cohort := row("cohorts", map[string]any{"programme": course.ID, "code": "K1", "title_vi": "Khóa 1", "capacity": 5, "status": "planned"})
	form := row("forms", map[string]any{"code": "form", "title_vi": "Mẫu"})
	version := row("form_versions", map[string]any{"form": form.ID, "number": 1, "status": "draft", "schema": `[{"key":"team","type":"text","label_vi":"Đội","label_en":"Team"}]`})
	call = row("intakes", map[string]any{
		"programme": course.ID, "cohort": cohort.ID, "form_version": version.ID, "slug": "dot-1", "title_vi": "Đợt 1",
		"opens_at": "2026-11-01 00:00:00.000Z", "closes_at": "2026-12-01 00:00:00.000Z", "capacity": 5, "offer_days": 7, "status": "draft",
	})
	call.Type = access.Intake
	return course, call
}

func TestAManagerGrantsWithinTheirScopeOnly(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	course, call := programme(t, house)
	u := housetest.User(t, house)
	for name, c := range map[string]struct {
		over, held access.Scope
		code       string
	}{
		"the scope itself":  {call, call, ""},
		"what it lies in":   {call, course, ""},
		"the whole house":   {call, access.House, ""},
		"wider than theirs": {course, call, "access.needs_manager"},
		"everything":        {access.House, course, "access.needs_manager"},
		"no such row":       {access.Scope{Type: access.Intake, ID: "nowhere"}, access.House, "grant.scope"},
		"no such kind":      {access.Scope{Type: "planet", ID: "earth"}, access.House, "grant.scope"},
		"a row of nothing":  {access.Scope{Type: access.Intake}, access.House, "grant.scope"},
	} {
		by := housetest.Acting(t, house, access.Manager, c.held)
		g, err := people.Grant(house, by, u.Id, people.Gift{Role: access.Judge, Scope: c.over}, housetest.Noon)
		if fault.Code(err) != c.code {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if c.code == "" {
			if !housetest.Actor(t, house, u, housetest.Noon).Holds(access.Judge, c.over) {
				t.Errorf("%s: the role does not hold", name)
			}
			_, err := people.Revoke(house, by, g.Id, "thử xong", housetest.Noon)
			housetest.Refused(t, err, "")
		}
	}
	housetest.Well(t, house)
}

func TestWhatCannotBeGranted(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	boss := housetest.Holder(t, house, access.Manager, access.House)
	by := housetest.Actor(t, house, boss, housetest.Noon)
	u := housetest.User(t, house)
	grant := func(to string, g people.Gift) error {
		_, err := people.Grant(house, by, to, g, housetest.Noon)
		return err
	}
	judge := people.Gift{Role: access.Judge, Scope: access.House}
	housetest.Refused(t, grant(boss.Id, people.Gift{Role: access.Finance, Scope: access.House}), "grant.not_yourself")
	housetest.Refused(t, grant(u.Id, people.Gift{Role: "king", Scope: access.House}), "grant.role")
	housetest.Refused(t, grant(u.Id, people.Gift{Role: access.Judge, Scope: access.House, Expires: housetest.Noon}), "grant.expires")
	housetest.Refused(t, grant("nobody000000000", judge), "record.not_found")
	housetest.Refused(t, grant(u.Id, judge), "")
	housetest.Refused(t, grant(u.Id, judge), "grant.already")
	_, err := people.Suspend(house, by, u.Id, "thử", housetest.Noon)
	housetest.Refused(t, err, "")
	housetest.Refused(t, grant(u.Id, people.Gift{Role: access.Mentor, Scope: access.House}), "grant.not_active")
}

func TestAnExpiredRoleMayBeGivenAgain(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	by := housetest.Acting(t, house, access.Manager, access.House)
	u := housetest.User(t, house)
	short := people.Gift{Role: access.Judge, Scope: access.House, Expires: housetest.Noon.Add(time.Hour)}
	_, err := people.Grant(house, by, u.Id, short, housetest.Noon)
	housetest.Refused(t, err, "")
	later := housetest.Noon.Add(2 * time.Hour)
	_, err = people.Grant(house, by, u.Id, people.Gift{Role: access.Judge, Scope: access.House}, later)
	housetest.Refused(t, err, "")
	if !housetest.Actor(t, house, u, later).Holds(access.Judge) {
		t.Error("the role does not hold")
	}
	housetest.Well(t, house)
}

func TestRaceOneRoleIsGivenOnce(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	by := housetest.Acting(t, house, access.Manager, access.House)
	u := housetest.User(t, house)
	won := housetest.Race(30, func(int) error {
		_, err := people.Grant(house, by, u.Id, people.Gift{Role: access.Judge, Scope: access.House}, housetest.Noon)
		return err
	})
	if won != 1 {
		t.Errorf("one role was given %d times", won)
	}
	housetest.Well(t, house)
}

// Somebody always manages the house: of two managers who take each other's role away at once, one stays.
func TestRaceAManagerStays(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	var by [2]access.Actor
	var grants [2]string
	for i := range by {
		u := housetest.Holder(t, house, access.Manager, access.House)
		by[i] = housetest.Actor(t, house, u, housetest.Noon)
		held, err := access.RoleGrants.All(house)
		housetest.Refused(t, err, "")
		for _, g := range held {
			if g.UserID() == u.Id {
				grants[1-i] = g.Id
			}
		}
	}
	won := housetest.Race(2, func(i int) error {
		_, err := people.Revoke(house, by[i], grants[i], "đổi người", housetest.Noon)
		return err
	})
	if won != 1 {
		t.Errorf("%d of two managers lost their role", won)
	}
}

// Nobody changes a grant, not even in the dashboard: it begins and it is revoked.
func TestAGrantIsFinal(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	u := housetest.Holder(t, house, access.Judge, access.House)
	g, err := access.RoleGrants.All(house)
	housetest.Refused(t, err, "")
	row := g[0].ProxyRecord()
	row.Set("role", "manager")
	housetest.Refused(t, house.Save(row), "grant.final")
	fresh, err := access.RoleGrants.Find(house, row.Id)
	housetest.Refused(t, err, "")
	fresh.SetRevoked(housetest.Noon)
	housetest.Save(t, house, fresh)
	fresh.ProxyRecord().Set("revoked_at", "")
	housetest.Refused(t, house.Save(fresh), "grant.final")
	housetest.Refused(t, house.Delete(fresh), "people.stays")
	housetest.Refused(t, house.Delete(u), "people.stays")
}

// A founder asks the record API for what belongs to others, and asks in every way that leaks elsewhere.
func TestAPersonFindsOnlyThemselves(t *testing.T) {
	t.Parallel()
	d := knock(t)
	founder := d.known(access.Mentor)
	boss := d.known(access.Manager)
	_, err := people.AskData(d.house, housetest.Actor(t, d.house, boss, d.now), "access", "bí mật", d.now)
	housetest.Refused(t, err, "")
	for path, want := range map[string]int{
		"/api/collections/users/records":                                                             1,
		"/api/collections/users/records?filter=email~'example'":                                      0,
		"/api/collections/users/records?filter=role_grants_via_user.role?='manager'":                 0,
		"/api/collections/users/records?sort=-full_name&perPage=500":                                 1,
		"/api/collections/role_grants/records":                                                       1,
		"/api/collections/role_grants/records?filter=role='manager'":                                 0,
		"/api/collections/role_grants/records?filter=user.email~'example'&expand=user,user.status":   0,
		"/api/collections/role_grants/records?filter=user.role_grants_via_user.role?='manager'":      0,
		"/api/collections/data_requests/records":                                                     0,
		"/api/collections/consents/records":                                                          0,
		"/api/collections/users/records?expand=role_grants_via_user,data_requests_via_user&fields=*": 1,
	} {
		a := list(t, d, founder, path)
		if a.Total != want || len(a.Items) != want {
			t.Errorf("%s: %d of %d rows, want %d", path, len(a.Items), a.Total, want)
		}
	}
	for path, want := range map[string]int{
		"/api/collections/users/records/" + boss.Id:                               http.StatusNotFound,
		"/api/collections/invitations/records":                                    http.StatusForbidden,
		"/api/collections/codes/records":                                          http.StatusForbidden,
		"/api/collections/sign_in_failures/records":                               http.StatusForbidden,
		"/api/collections/users/records?filter=tokenKey!=''":                      http.StatusBadRequest,
		"/api/collections/users/records?filter=password!=''":                      http.StatusBadRequest,
		"/api/collections/users/records?sort=tokenKey":                            http.StatusBadRequest,
		"/api/collections/users/records?filter=@collection.invitations.email!=''": http.StatusForbidden,
		"/api/collections/orgs/records":                                           http.StatusForbidden,
		"/api/vuon/people":                                                        http.StatusForbidden,
	} {
		if w := housetest.Ask(t, d.server, founder, http.MethodGet, path, ""); w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
	}
	for _, body := range []string{`{"status":"active"}`, `{"email":"x@example.org"}`, `{"verified":true}`, `{"password":"` + password + `"}`} {
		if w := housetest.Ask(t, d.server, founder, http.MethodPatch, "/api/collections/users/records/"+founder.Id, body); w.Code != http.StatusForbidden {
			t.Errorf("%s: %d", body, w.Code)
		}
	}
	if w := housetest.Ask(t, d.server, founder, http.MethodPost, "/api/collections/role_grants/records",
		`{"user":"`+founder.Id+`","role":"manager","scope_type":"global"}`); w.Code != http.StatusForbidden {
		t.Errorf("a founder gives themselves a role: %d", w.Code)
	}
}

func TestANewRoleAtTheCentreEndsTheSessions(t *testing.T) {
	t.Parallel()
	d := knock(t)
	u := d.known()
	by := housetest.Acting(t, d.house, access.Manager, access.House)
	for role, ends := range map[access.Role]bool{access.Mentor: false, access.Staff: true} {
		u := d.again(u)
		_, err := people.Grant(d.house, by, u.Id, people.Gift{Role: role, Scope: access.House}, d.now)
		housetest.Refused(t, err, "")
		if w := housetest.Ask(t, d.server, u, http.MethodGet, "/api/vuon/account", ""); (w.Code == http.StatusUnauthorized) != ends {
			t.Errorf("after %s: %d", role, w.Code)
		}
	}
}
