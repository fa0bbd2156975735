package startups_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/startups"
)

// purse is a cohort with a startup, two managers over it, and the startup's founder.
func purse(t *testing.T, house core.App) (cohort string, s *startups.Startup, one, two, founder access.Actor) {
	t.Helper()
	cohort = housetest.Places(t, house, 5)
	s, u := housetest.Active(t, house, cohort, "Một Đội", housetest.Noon)
	over := access.Scope{Type: access.Cohort, ID: cohort}
	return cohort, s, housetest.Acting(t, house, access.Manager, over), housetest.Acting(t, house, access.Manager, over), housetest.Actor(t, house, u, housetest.Noon)
}

func TestMoneyTakesTwoPeopleAndAReceipt(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort, s, one, two, founder := purse(t, house)
	now := housetest.Noon
	g := housetest.Support(t, house, one, cohort, s.Id, 50_000_000, now)
	_, err := startups.ConfirmSupport(house, one, g.Id, "", 0, now)
	housetest.Refused(t, err, "support.two_people")
	_, err = startups.ConfirmSupport(house, housetest.StaffOf(t, house, cohort), g.Id, "", 0, now)
	housetest.Refused(t, err, "access.needs_manager")
	more := int64(70_000_000)
	_, err = startups.AmendSupport(house, two, g.Id, startups.SupportFields{Amount: &more}, now)
	housetest.Refused(t, err, "")
	_, err = startups.ConfirmSupport(house, two, g.Id, "", 0, now) // who changed the sum has proposed it
	housetest.Refused(t, err, "support.two_people")
	_, err = startups.HandSupport(house, one, g.Id, "", 0, now)
	housetest.Refused(t, err, "lifecycle.not_now")
	_, err = startups.ConfirmSupport(house, one, g.Id, "", 0, now)
	housetest.Refused(t, err, "")
	_, err = startups.AmendSupport(house, two, g.Id, startups.SupportFields{Amount: &more}, now)
	housetest.Refused(t, err, "support.rooted")
	for _, sql := range []string{"UPDATE supports SET amount_vnd = 1", "UPDATE supports SET confirmed_by = proposed_by", "DELETE FROM supports"} {
		if _, err := house.NonconcurrentDB().NewQuery(sql).Execute(); err == nil {
			t.Errorf("plain SQL does %s", sql)
		}
	}
	_, err = startups.ReceiveSupport(house, founder, g.Id, "", 0, now)
	housetest.Refused(t, err, "lifecycle.not_now")
	_, err = startups.HandSupport(house, housetest.StaffOf(t, house, cohort), g.Id, "", 0, now)
	housetest.Refused(t, err, "")
	if due := told(t, house, "support_handed", now); len(due) != 1 || due[0].User != founder.ID || strings.Contains(fmt.Sprint(due[0].Args), "70") {
		t.Errorf("of what was handed over is heard: %+v", due)
	}
	_, err = startups.MissSupport(house, founder, g.Id, "chưa thấy tiền về", 0, now)
	housetest.Refused(t, err, "")
	_, err = startups.HandSupport(house, two, g.Id, "", 0, now)
	housetest.Refused(t, err, "")
	_, err = startups.ReceiveSupport(house, one, g.Id, "", 0, now)
	housetest.Refused(t, err, "startup.needs_admin")
	helper := housetest.User(t, house)
	_, err = startups.Join(house, founder, s.Id, startups.Newcomer{User: helper.Id, Role: startups.Insider}, now)
	housetest.Refused(t, err, "")
	_, err = startups.ReceiveSupport(house, housetest.Actor(t, house, helper, now), g.Id, "", 0, now)
	housetest.Refused(t, err, "startup.needs_admin")
	_, err = startups.Join(house, founder, s.Id, startups.Newcomer{User: two.ID, Role: startups.Founder, Admin: true}, now)
	housetest.Refused(t, err, "")
	_, err = startups.ReceiveSupport(house, two, g.Id, "", 0, now) // who handed it over does not say that it arrived
	housetest.Refused(t, err, "support.own")
	_, err = startups.ProposeSupport(house, two, cohort, startups.SupportFields{Startup: s.Id, Kind: "perk"}, now)
	housetest.Refused(t, err, "support.own")
	_, err = startups.ReceiveSupport(house, founder, g.Id, "", 0, now)
	housetest.Refused(t, err, "")
	for _, other := range []access.Actor{housetest.Acting(t, house, access.Investor, access.House), housetest.StaffOf(t, house, housetest.Places(t, house, 1))} {
		_, err = startups.HandSupport(house, other, g.Id, "", 0, now)
		housetest.Refused(t, err, "record.not_found")
		_, err = startups.ReceiveSupport(house, other, g.Id, "", 0, now)
		housetest.Refused(t, err, "record.not_found")
	}
	n, err := house.CountRecords("journal", dbx.HashExp{"subject": g.Id})
	housetest.Refused(t, err, "")
	if n != 7 {
		t.Errorf("the journal has %d entries of seven acts", n)
	}
	housetest.Well(t, house)
}

func TestRaceMoneyIsHandedOverOnce(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort, s, one, two, _ := purse(t, house)
	g := housetest.Support(t, house, one, cohort, s.Id, 5, housetest.Noon)
	if won := housetest.Race(12, func(i int) error {
		by := two
		if i%2 == 0 {
			by = one
		}
		_, err := startups.ConfirmSupport(house, by, g.Id, "", 0, housetest.Noon)
		return err
	}); won != 1 {
		t.Errorf("confirmed %d times", won)
	}
	if won := housetest.Race(12, func(int) error { _, err := startups.HandSupport(house, one, g.Id, "", 0, housetest.Noon); return err }); won != 1 {
		t.Errorf("handed over %d times", won)
	}
	housetest.Well(t, house)
}

// After any sequence of acts the sums of a cohort are those of its rows, to the last đồng, beyond what a float could tell apart.
func TestTheSumsOfACohortAreThoseOfItsRows(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort, s, one, two, founder := purse(t, house)
	now, dice := housetest.Noon, rand.New(rand.NewPCG(3, 5))
	status, amount := map[string]string{}, map[string]int64{}
	var ids []string
	for range 120 {
		if len(ids) < 4 || dice.IntN(4) == 0 {
			v := int64(9_007_199_254_740_000) - dice.Int64N(1000)
			g := housetest.Support(t, house, one, cohort, s.Id, v, now)
			ids, status[g.Id], amount[g.Id] = append(ids, g.Id), "proposed", v
			continue
		}
		id := ids[dice.IntN(len(ids))]
		do := []func(core.App) (*startups.Support, error){
			func(a core.App) (*startups.Support, error) { return startups.ConfirmSupport(a, two, id, "", 0, now) },
			func(a core.App) (*startups.Support, error) { return startups.HandSupport(a, two, id, "", 0, now) },
			func(a core.App) (*startups.Support, error) {
				return startups.ReceiveSupport(a, founder, id, "", 0, now)
			},
			func(a core.App) (*startups.Support, error) {
				return startups.MissSupport(a, founder, id, "chưa", 0, now)
			},
			func(a core.App) (*startups.Support, error) {
				return startups.RefuseSupport(a, two, id, "hết tiền", 0, now)
			},
		}[dice.IntN(5)]
		if g, err := do(house); err == nil {
			status[id] = string(g.Status())
		}
	}
	want := map[string]int64{}
	for id, at := range status {
		want[at] += amount[id]
	}
	keeper := housetest.Holder(t, house, access.Staff, access.House)
	got := housetest.Ask(t, housetest.Server(t, house), keeper, http.MethodGet, "/api/vuon/cohorts/"+cohort+"/supports?limit=1", "").Body.String()
	for _, at := range []string{"proposed", "confirmed", "handed", "received"} {
		if !strings.Contains(got, fmt.Sprintf(`"%s":%d`, at, want[at])) {
			t.Errorf("%s is to be %d: %s", at, want[at], got)
		}
	}
	if want["received"] == 0 || want["handed"]+want["confirmed"] == 0 {
		t.Errorf("nothing happened: %v", want)
	}
	housetest.Well(t, house)
}
