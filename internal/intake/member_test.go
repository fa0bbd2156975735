package intake_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/startups"
)

// Who is asked joins with their own account and a yes of their own; then both write, and only one hands in.
func TestTwoPeopleWriteOneApplication(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	call := housetest.OpenIntake(t, house, now, 1)
	a, applicant := housetest.Draft(t, house, call, now)
	by := housetest.Actor(t, house, applicant, now)
	m, who := housetest.AskedAlong(t, house, a, applicant, now)
	along, stranger := housetest.Actor(t, house, who, now), housetest.Actor(t, house, housetest.User(t, house), now)

	if heard := housetest.Heard(t, house, "application_invited", now, m.Id, "place"); !strings.Contains(heard, "app-member:place") {
		t.Errorf("whoever was asked hears %q", heard)
	}
	_, err := intake.Read(house, along, a.Id, now)
	housetest.Refused(t, err, "record.not_found") // asked is not in it
	_, err = intake.Join(house, stranger, m.Id, true, now)
	housetest.Refused(t, err, "record.not_found")
	_, err = intake.Place(house, stranger, m.Id, now)
	housetest.Refused(t, err, "record.not_found")
	_, err = intake.Join(house, along, m.Id, false, now)
	housetest.Refused(t, err, "comember.consent")
	_, err = intake.Join(house, along, m.Id, true, now)
	housetest.Refused(t, err, "")
	_, err = intake.Join(house, along, m.Id, true, now)
	housetest.Refused(t, err, "lifecycle.not_now")

	seen, err := intake.Read(house, along, a.Id, now)
	housetest.Refused(t, err, "")
	if seen.Own == nil || seen.Own.Applicant || !seen.Writable || len(seen.Own.Members) != 1 {
		t.Errorf("whoever writes along sees %+v", seen.Own)
	}
	ours, theirs := "Của người nộp", "Của người cùng viết"
	_, err = intake.Save(house, along, a.Id, intake.Words{Title: &theirs}, seen.Rev, now)
	housetest.Refused(t, err, "")
	_, err = intake.Save(house, by, a.Id, intake.Words{Title: &ours}, seen.Rev, now)
	housetest.Refused(t, err, "record.stale")
	for what, err := range map[string]error{
		"submit":   second(intake.Submit(house, along, a.Id, 0, now)),
		"withdraw": second(intake.Withdraw(house, along, a.Id, now)),
		"discard":  second(intake.Discard(house, along, a.Id, now)),
		"invite":   second(intake.Invite(house, along, a.Id, intake.Invited{Email: "x@example.org", Role: "member"}, now)),
	} {
		if err == nil {
			t.Errorf("whoever writes along may %s", what)
		}
	}
	_, err = intake.Submit(house, by, a.Id, 0, now)
	housetest.Refused(t, err, "")
	lines, err := intake.MineAll(house, along, now)
	housetest.Refused(t, err, "")
	if len(lines) != 1 || lines[0].Own {
		t.Errorf("whoever writes along has the list %+v", lines)
	}

	closes := housetest.Closed(t, house, call, now)
	_, err = intake.Leave(house, along, m.Id, closes)
	housetest.Refused(t, err, "comember.frozen")
	_, err = intake.Invite(house, by, a.Id, intake.Invited{Email: "y@example.org", Role: "member"}, closes)
	housetest.Refused(t, err, "comember.frozen")
	housetest.Well(t, house)
}

func second[T any](_ T, err error) error { return err }

func TestWhoMayBeAskedAlong(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	a, applicant := housetest.Draft(t, house, housetest.OpenIntake(t, house, now, 1), now)
	by := housetest.Actor(t, house, applicant, now)
	for code, who := range map[string]intake.Invited{
		"comember.email":    {Email: "không phải địa chỉ", Role: "member"},
		"comember.yourself": {Email: applicant.Email(), Role: "member"},
		"comember.role":     {Email: "a@example.org", Role: "boss"},
		"comember.name":     {Email: "a@example.org", Role: "member", FullName: strings.Repeat("ă", 121)},
	} {
		_, err := intake.Invite(house, by, a.Id, who, now)
		housetest.Refused(t, err, code)
	}
	for n := range 10 {
		_, err := intake.Invite(house, by, a.Id, intake.Invited{Email: fmt.Sprintf("  A%d@Example.org ", n), Role: "member"}, now)
		housetest.Refused(t, err, "")
	}
	_, err := intake.Invite(house, by, a.Id, intake.Invited{Email: "a3@example.org", Role: "member"}, now)
	housetest.Refused(t, err, "comember.twice")
	_, err = intake.Invite(house, by, a.Id, intake.Invited{Email: "a11@example.org", Role: "member"}, now)
	housetest.Refused(t, err, "comember.too_many")
	housetest.Well(t, house)
}

// Staff who write along are kept from the application as its applicant is, and judges who do are too near to judge it. Whoever
// was only asked is neither: nobody chooses their judges by asking the others.
func TestWhoWritesAlongNeitherJudgesNorWorksOnIt(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	call := housetest.OpenIntake(t, house, now, 1)
	a, applicant := housetest.Submitted(t, house, call, now)
	staff := housetest.Holder(t, house, access.Staff, access.House)
	m, err := intake.Invite(house, housetest.Actor(t, house, applicant, now), a.Id, intake.Invited{Email: staff.Email(), Role: "advisor"}, now)
	housetest.Refused(t, err, "")
	acting := housetest.Actor(t, house, staff, now)
	paper, err := intake.Read(house, acting, a.Id, now)
	housetest.Refused(t, err, "")
	if why, err := intake.Related(house, staff.Id, "application", a.Id); why != "" || err != nil || paper.Staff == nil {
		t.Errorf("to be asked makes somebody near: %q, %v", why, err)
	}
	_, err = intake.Join(house, acting, m.Id, true, now)
	housetest.Refused(t, err, "")
	if why, err := intake.Related(house, staff.Id, "application", a.Id); why != "member" || err != nil {
		t.Errorf("a judge who writes along is related as %q, %v", why, err)
	}
	paper, err = intake.Read(house, acting, a.Id, now)
	housetest.Refused(t, err, "")
	if paper.Staff != nil {
		t.Error("staff who write along read what staff read")
	}
	board, err := intake.BoardOf(t.Context(), house, acting, call.Id, intake.Sift{}, 30)
	housetest.Refused(t, err, "")
	if len(board.Rows) != 0 || board.Totals[intake.ScreeningNew] != 0 {
		t.Error("staff who write along see its card")
	}
	_, err = intake.RuleOut(house, acting, a.Id, "thử", now)
	housetest.Refused(t, err, "application.own")
}

// Whoever wrote the application along becomes part of the startup when the offer is accepted.
func TestTheyJoinTheStartupTogether(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	call := housetest.OpenIntake(t, house, now, 1)
	a, applicant := housetest.Submitted(t, house, call, now)
	_, who := housetest.Along(t, house, a, applicant, now)
	housetest.AskedAlong(t, house, a, applicant, now) // who never answers does not join
	after := housetest.Deciding(t, house, call, now)
	housetest.Decided(t, house, call, a, intake.Admitted, after)
	housetest.Released(t, house, call, after)
	if heard := housetest.Heard(t, house, "decision_released", after.Add(15*time.Minute), applicant.Id, "applicant", who.Id, "along"); !strings.Contains(heard, ":along") {
		t.Errorf("of the decision hear %s", heard)
	}
	o, err := intake.Accept(house, housetest.Actor(t, house, applicant, after), housetest.OfferTo(t, house, a.Id).Id, "Nước Sạch", after)
	housetest.Refused(t, err, "")
	team, err := startups.Insiders(house, o.StartupID())
	housetest.Refused(t, err, "")
	if len(team) != 2 {
		t.Errorf("the startup has %d people", len(team))
	}
	if in, err := startups.Belongs(house, who.Id, o.StartupID()); !in || err != nil {
		t.Errorf("whoever wrote along is not in the startup: %v", err)
	}
	housetest.Well(t, house)
}

func TestADraftIsThrownAwayWithWhatStoodInIt(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	call := housetest.OpenIntake(t, house, now, 1)
	a, applicant := housetest.Draft(t, house, call, now)
	by := housetest.Actor(t, house, applicant, now)
	gone, err := intake.Discard(house, by, a.Id, now)
	housetest.Refused(t, err, "")
	given, err := gone.Answers()
	if err != nil || len(given) != 0 || gone.Title() != "" || gone.Status() != intake.ApplicationWithdrawn {
		t.Errorf("there is still %q %v", gone.Title(), given)
	}
	lines, err := intake.MineAll(house, by, now)
	if err != nil || len(lines) != 0 {
		t.Errorf("the list still has %+v, %v", lines, err)
	}
	handed, other := housetest.Submitted(t, house, call, now)
	_, err = intake.Discard(house, housetest.Actor(t, house, other, now), handed.Id, now)
	housetest.Refused(t, err, "application.not_a_draft")
	housetest.Well(t, house)
}
