package intake_test

import (
	"testing"

	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/record"
	"vuon/internal/startups"
)

// What the record of a startup knows is not typed again; a team that is none yet begins with nothing.
func TestNobodyTypesWhatTheHouseKnows(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	call := housetest.Mapped(t, house, now)
	s, founder := housetest.Active(t, house, housetest.Places(t, house, 1), "Gốm Lái", now)
	other, _ := housetest.Active(t, house, housetest.Places(t, house, 1), "Bưởi Số", now)
	by := housetest.Actor(t, house, founder, now)
	_, err := intake.Begin(house, by, call.Id, other.Id, now)
	housetest.Refused(t, err, "record.not_found")
	a, err := intake.Begin(house, by, call.Id, s.Id, now)
	housetest.Refused(t, err, "")
	p, err := intake.Read(house, by, a.Id, now)
	housetest.Refused(t, err, "")
	for key, want := range map[string]any{"name": "Gốm Lái", "sector": "manufacturing", "people": 3.0, "site": nil} {
		if p.Answers[key] != want || p.Own.Prefilled[key] != want {
			t.Errorf("%s begins with %v, marked %v, want %v", key, p.Answers[key], p.Own.Prefilled[key], want)
		}
	}
	_, err = intake.Save(house, by, a.Id, intake.Words{Answers: intake.Answers{"people": 5.0}}, 0, now)
	housetest.Refused(t, err, "")
	if p, err = intake.Read(house, by, a.Id, now); err != nil || p.Answers["people"] != 5.0 || p.Own.Prefilled["people"] != 3.0 {
		t.Errorf("a changed answer is %v, the record said %v", p.Answers["people"], p.Own.Prefilled["people"])
	}
	row, err := house.FindRecordById("applications", a.Id)
	housetest.Refused(t, err, "")
	row.Set("prefilled", intake.Answers{"people": 5.0})
	housetest.Refused(t, house.Save(row), "application.rooted")

	team, _ := housetest.Beginner(t, house, call, now)
	if given, err := team.Answers(); err != nil || len(given) != 0 {
		t.Errorf("a new team begins with %v", given)
	}
	housetest.Well(t, house)
}

// Nothing of the record is overwritten when a startup joins: each difference is offered, once, to those who may write it.
func TestARecordIsNotOverwrittenSilently(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	a, s, founder, _ := housetest.Joined(t, house, intake.Answers{"name": "Gốm Lái Thiêu", "people": 7.0, "site": "không phải trang"}, now)
	by := housetest.Actor(t, house, founder, now)
	seen := func() map[string][2]any {
		t.Helper()
		p, err := intake.Read(house, by, a.Id, now)
		housetest.Refused(t, err, "")
		all := map[string][2]any{}
		if p.Own.Record != nil {
			for _, d := range p.Own.Record.Differs {
				all[d.Property] = [2]any{d.Old, d.New}
			}
		}
		return all
	}
	card := func() *startups.Startup {
		t.Helper()
		s, err := startups.Startups.Find(house, s.Id)
		housetest.Refused(t, err, "")
		return s
	}
	// What is the same is not offered, nor what the record cannot take.
	if got := seen(); len(got) != 2 || got["name"] != [2]any{"Gốm Lái", "Gốm Lái Thiêu"} || got["headcount"] != [2]any{3, 7} {
		t.Errorf("offered are %v", got)
	}
	if card().Name() != "Gốm Lái" || card().Headcount() != 3 {
		t.Error("the record was overwritten")
	}
	stranger := housetest.Actor(t, house, housetest.User(t, house), now)
	_, err := intake.Reconcile(house, stranger, a.Id, "name", true, 0, now)
	housetest.Refused(t, err, "record.not_found")
	_, err = intake.Reconcile(house, by, a.Id, "sector", true, 0, now)
	housetest.Refused(t, err, "application.no_difference")
	_, err = intake.Reconcile(house, by, a.Id, "headcount", true, record.Rev(card())+1, now)
	housetest.Refused(t, err, "record.stale")
	_, err = intake.Reconcile(house, by, a.Id, "headcount", true, record.Rev(card()), now)
	housetest.Refused(t, err, "")
	_, err = intake.Reconcile(house, by, a.Id, "name", false, 0, now)
	housetest.Refused(t, err, "")
	if got := card(); got.Name() != "Gốm Lái" || got.Headcount() != 7 || len(seen()) != 0 {
		t.Errorf("after both answers: %s, %d, offered %v", got.Name(), got.Headcount(), seen())
	}

	// What the startup writes later is no difference any more.
	nine, health := 9, "health"
	_, err = startups.Edit(house, by, s.Id, startups.Card{Headcount: &nine, Sector: &health}, now)
	housetest.Refused(t, err, "")
	if got := seen(); len(got) != 0 {
		t.Errorf("what was written later is offered back: %v", got)
	}
	_, err = intake.Reconcile(house, by, a.Id, "headcount", true, 0, now)
	housetest.Refused(t, err, "application.no_difference")
	row, err := house.FindRecordById("applications", a.Id)
	housetest.Refused(t, err, "")
	row.Set("compared", []string{})
	housetest.Refused(t, house.Save(row), "application.by_verb_only")
	housetest.Well(t, house)
}
