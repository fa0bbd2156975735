package people_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/people"
)

func token(path string) string { return path[strings.LastIndex(path, "/")+1:] }

func TestAnInvitationIsOpenedByItsLatestLinkAlone(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	by := housetest.Acting(t, house, access.Manager, access.House)
	now := housetest.Noon
	i, err := people.Invite(house, by, people.Offer{Email: "Sen@example.org", Role: access.Mentor, Scope: access.House}, now)
	housetest.Refused(t, err, "")
	first, err := people.OpenInvitation(house, i.Id, now)
	housetest.Refused(t, err, "")
	second, err := people.OpenInvitation(house, i.Id, now)
	housetest.Refused(t, err, "")
	_, err = people.Opened(house, token(first), now)
	housetest.Refused(t, err, "invitation.over")
	_, err = people.Opened(house, "", now)
	housetest.Refused(t, err, "invitation.over")
	found, err := people.Opened(house, token(second), now)
	housetest.Refused(t, err, "")
	if found.Id != i.Id || found.Email() != "sen@example.org" || len(token(second)) != 43 {
		t.Errorf("%s opens %s", second, found.Email())
	}
	_, err = people.Opened(house, token(second), i.Expires())
	housetest.Refused(t, err, "invitation.over")
	_, err = people.OpenInvitation(house, i.Id, i.Expires())
	housetest.Refused(t, err, "invitation.over")
	for _, table := range []string{"invitations", "journal"} { // what is stored does not open it
		var n int
		err := house.DB().NewQuery("SELECT count(*) FROM " + table + " WHERE instr(quote(" + map[string]string{"invitations": "token_hash", "journal": "detail"}[table] + "), {:token})").
			Bind(dbx.Params{"token": token(second)}).Row(&n)
		if err != nil || n != 0 {
			t.Errorf("%s holds the token: %d, %v", table, n, err)
		}
	}
}

func TestOnlyTheInvitedAddressAccepts(t *testing.T) {
	t.Parallel()
	d := knock(t)
	by := housetest.Acting(t, d.house, access.Manager, access.House)
	i, err := people.Invite(d.house, by, people.Offer{Email: "sen@example.org", FullName: "Trần Thị Sen", Role: access.Judge, Scope: access.House}, d.now)
	housetest.Refused(t, err, "")
	path, err := people.OpenInvitation(d.house, i.Id, d.now)
	housetest.Refused(t, err, "")
	link := "/api/vuon/invitations/link/" + token(path)
	shown := housetest.Ask(t, d.server, nil, http.MethodGet, link, "")
	if shown.Code != http.StatusOK || strings.Contains(shown.Body.String(), "sen@") || !strings.Contains(shown.Body.String(), `"role":"judge"`) {
		t.Errorf("the link shows %d %s", shown.Code, shown.Body)
	}
	if a := d.post(d.known(), link+"/accept", fields{}); a.Status != http.StatusForbidden || a.code() != "invitation.other_address" {
		t.Errorf("another person: %+v", a)
	}
	if a := d.post(d.known(), "/api/vuon/account/invitations/"+i.Id+"/accept", fields{}); a.Status != http.StatusNotFound {
		t.Errorf("another person without the link: %+v", a)
	}
	in := d.byCode(d.ask("sen@example.org"), d.codes["sen@example.org"], "")
	u, err := people.Users.Find(d.house, in.Record.ID)
	housetest.Refused(t, err, "")
	if a := d.post(u.ProxyRecord(), link+"/accept", fields{}); a.Status != http.StatusOK {
		t.Fatalf("the invited person: %+v", a)
	}
	if a := d.post(u.ProxyRecord(), link+"/accept", fields{}); a.Status != http.StatusGone {
		t.Errorf("twice: %+v", a)
	}
	if !housetest.Actor(t, d.house, u.ProxyRecord(), d.now).Holds(access.Judge) {
		t.Error("the role does not hold")
	}
	g, err := access.RoleGrants.First(d.house, dbx.HashExp{"user": u.Id})
	if err != nil || g.GrantedBy() != by.ID {
		t.Errorf("it was given by %q, %v", g.GrantedBy(), err)
	}
	housetest.Well(t, d.house)
}

func TestAnInvitationToWorkAtTheCentreAsksForAPassword(t *testing.T) {
	t.Parallel()
	d := knock(t)
	in := d.byCode(d.ask("sen@example.org"), d.codes["sen@example.org"], "")
	i, err := people.Invite(d.house, access.Job("test"), people.Offer{Email: "sen@example.org", Role: access.Staff, Scope: access.House}, d.now)
	housetest.Refused(t, err, "")
	me := func() *core.Record {
		u, err := people.Users.Find(d.house, in.Record.ID)
		housetest.Refused(t, err, "")
		return u.ProxyRecord()
	}
	accept := "/api/vuon/account/invitations/" + i.Id + "/accept"
	session := me()
	if a := d.post(session, accept, fields{}); a.code() != "invitation.password_needed" {
		t.Fatalf("without one: %+v", a)
	}
	if a := d.post(session, accept, fields{"password": "ngắn"}); a.code() != "account.password_short" {
		t.Fatalf("with a short one: %+v", a)
	}
	if a := d.post(session, accept, fields{"password": password}); a.Status != http.StatusOK {
		t.Fatalf("with one: %+v", a)
	}
	if w := housetest.Ask(t, d.server, session, http.MethodGet, "/api/vuon/people", ""); w.Code != http.StatusUnauthorized {
		t.Errorf("a session of one factor works at the centre: %d", w.Code)
	}
	half := d.byPassword("sen@example.org", password, "")
	if a := d.byCode(d.ask("sen@example.org"), d.codes["sen@example.org"], half.MFA); half.MFA == "" || a.Token == "" {
		t.Errorf("by both: %+v, %+v", half, a)
	}
	housetest.Well(t, d.house)
}

func TestWhatCannotBeOffered(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	boss := housetest.Holder(t, house, access.Manager, access.House)
	by := housetest.Actor(t, house, boss, housetest.Noon)
	u := housetest.Holder(t, house, access.Judge, access.House)
	offer := func(by access.Actor, email string, role access.Role, now time.Time) error {
		_, err := people.Invite(house, by, people.Offer{Email: email, Role: role, Scope: access.House}, now)
		return err
	}
	housetest.Refused(t, offer(by, boss.Email(), access.Finance, housetest.Noon), "grant.not_yourself")
	housetest.Refused(t, offer(by, u.Email(), access.Judge, housetest.Noon), "grant.already")
	housetest.Refused(t, offer(by, "sen@example.org", "king", housetest.Noon), "grant.role")
	housetest.Refused(t, offer(by, "sen", access.Judge, housetest.Noon), "sign_in.address")
	housetest.Refused(t, offer(housetest.Acting(t, house, access.Staff, access.House), "sen@example.org", access.Judge, housetest.Noon), "access.needs_manager")
	housetest.Refused(t, offer(by, "sen@example.org", access.Judge, housetest.Noon), "")
	housetest.Refused(t, offer(by, "SEN@example.org", access.Judge, housetest.Noon), "invitation.already")
	housetest.Refused(t, offer(by, "sen@example.org", access.Judge, housetest.Noon.Add(14*24*time.Hour)), "")
	all, err := people.Invitations.All(house)
	if err != nil || len(all) != 2 {
		t.Errorf("%d invitations, %v", len(all), err)
	}
	housetest.Well(t, house)
}

// rush lets many sessions of one person accept one invitation at once, each from a copy that was read before.
func rush(t *testing.T, house core.App) int {
	t.Helper()
	u := housetest.User(t, house)
	i, err := people.Invite(house, access.Job("test"), people.Offer{Email: u.Email(), Role: access.Judge, Scope: access.House}, housetest.Noon)
	housetest.Refused(t, err, "")
	by := housetest.Actor(t, house, u, housetest.Noon)
	const many = 40
	var copies [many]*people.Invitation
	for n := range copies {
		copies[n], err = people.Invitations.Find(house, i.Id)
		housetest.Refused(t, err, "")
	}
	return housetest.Race(many, func(n int) error {
		return people.InvitationLife.Fire(house, copies[n], "accept", by, housetest.Noon)
	})
}

func TestRaceAnInvitationIsAcceptedOnce(t *testing.T) {
	t.Parallel()
	if won := rush(t, housetest.App(t)); won != 1 {
		t.Errorf("one invitation was accepted %d times", won)
	}
}

func TestRaceWithoutItsGuardsAnInvitationIsAcceptedOften(t *testing.T) {
	t.Parallel()
	housetest.Until(t, func() bool {
		house := housetest.App(t)
		house.OnRecordUpdateExecute().Unbind("lifecycle.invitations", "record.revised.invitations")
		return rush(t, house) > 1
	})
}

// The verb itself, many times at once: one role comes of it.
func TestRaceOneInvitationGivesOneRole(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	u := housetest.User(t, house)
	i, err := people.Invite(house, access.Job("test"), people.Offer{Email: u.Email(), Role: access.Judge, Scope: access.House}, housetest.Noon)
	housetest.Refused(t, err, "")
	by := housetest.Actor(t, house, u, housetest.Noon)
	won := housetest.Race(20, func(int) error {
		_, err := people.Accept(house, by, i.Id, "", housetest.Noon)
		return err
	})
	held, err := access.RoleGrants.All(house, dbx.HashExp{"user": u.Id})
	if won != 1 || len(held) != 1 || err != nil {
		t.Errorf("accepted %d times, %d roles, %v", won, len(held), err)
	}
	housetest.Well(t, house)
}

func TestAManagerElsewhereDoesNotSeeAnInvitation(t *testing.T) {
	t.Parallel()
	d := knock(t)
	course, call := programme(t, d.house)
	here, there := housetest.Holder(t, d.house, access.Manager, call), housetest.Holder(t, d.house, access.Manager, access.Scope{Type: access.Intake, ID: "elsewhere000000"})
	_, err := people.Invite(d.house, housetest.Acting(t, d.house, access.Manager, course), people.Offer{Email: "sen@example.org", Role: access.Judge, Scope: course}, d.now)
	housetest.Refused(t, err, "")
	mine, err := people.Invite(d.house, housetest.Actor(t, d.house, here, d.now), people.Offer{Email: "sen@example.org", Role: access.Judge, Scope: call}, d.now)
	housetest.Refused(t, err, "")
	for _, c := range []struct {
		who  *core.Record
		want int
	}{{here, 1}, {there, 0}, {housetest.Holder(t, d.house, access.Staff, access.House), 2}} {
		w := housetest.Ask(t, d.server, c.who, http.MethodGet, "/api/vuon/invitations", "")
		if got := strings.Count(w.Body.String(), `"email"`); got != c.want {
			t.Errorf("sees %d, want %d: %s", got, c.want, w.Body)
		}
	}
	_, err = people.RevokeInvitation(d.house, housetest.Actor(t, d.house, there, d.now), mine.Id, d.now)
	housetest.Refused(t, err, "record.not_found")
	_, err = people.RevokeInvitation(d.house, housetest.Actor(t, d.house, here, d.now), mine.Id, d.now)
	housetest.Refused(t, err, "")
}

func TestTheOperatorsLinkOpensAndIsNotMailed(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	offer := people.Offer{Email: "boss@example.org", Role: access.Manager, Scope: access.House}
	first, err := people.InviteHere(house, offer, housetest.Noon)
	housetest.Refused(t, err, "")
	second, err := people.InviteHere(house, offer, housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = people.Opened(house, token(first), housetest.Noon)
	housetest.Refused(t, err, "invitation.over")
	i, err := people.Opened(house, token(second), housetest.Noon)
	housetest.Refused(t, err, "")
	for _, rule := range people.Notices() {
		due, err := rule.Due(house, housetest.Noon)
		if err != nil || len(due) != 0 {
			t.Errorf("%s: %d due of %s, %v", rule.Key, len(due), i.Id, err)
		}
	}
	later, err := people.InviteHere(house, offer, i.Expires())
	housetest.Refused(t, err, "")
	_, err = people.Opened(house, token(later), i.Expires())
	housetest.Refused(t, err, "")
}
