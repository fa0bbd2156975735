package app_test

import (
	"os"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"vuon/internal/housetest"
	"vuon/internal/intake"
)

// crowd says how many are admitted and how many of them the cohort takes: few in everyday tests, thirty and ten with
// VUON_LONG=1.
func crowd() (admitted, places int) {
	if os.Getenv("VUON_LONG") != "" {
		return 30, 10
	}
	return 9, 3
}

// accepting lets everybody who was admitted accept at once, and returns how many could and how many are enrolled.
func accepting(t *testing.T, house *tests.TestApp, admitted, places int) (won, enrolled int) {
	t.Helper()
	now := housetest.Noon
	draft := housetest.DraftIntake(t, house, now, admitted, places)
	call, err := intake.Publish(house, housetest.StaffActing(t, house), draft.Id, now)
	housetest.Refused(t, err, "")
	papers, people := make([]*intake.Application, admitted), make([]*core.Record, admitted)
	for i := range papers {
		papers[i], people[i] = housetest.Submitted(t, house, call, now)
	}
	after := housetest.Deciding(t, house, call, now)
	for _, a := range papers {
		housetest.Decided(t, house, call, a, intake.Admitted, after)
	}
	housetest.Released(t, house, call, after)
	offers := make([]*intake.Offer, admitted)
	for i, a := range papers {
		offers[i] = housetest.OfferTo(t, house, a.Id)
	}
	won = housetest.Race(admitted, func(i int) error {
		_, err := intake.Accept(house, housetest.Actor(t, house, people[i], after), offers[i].Id, "", after)
		return err
	})
	rows, err := house.CountRecords("enrolments")
	housetest.Refused(t, err, "")
	return won, int(rows)
}

// An intake may admit more than its cohort has places: who accepts first is in.
func TestRaceACohortTakesAsManyAsItHasPlaces(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	admitted, places := crowd()
	won, enrolled := accepting(t, house, admitted, places)
	if won != places || enrolled != places {
		t.Errorf("%d accepted and %d are enrolled in %d places", won, enrolled, places)
	}
	left, err := house.CountRecords("offers", dbx.HashExp{"status": "sent"})
	housetest.Refused(t, err, "")
	founded, err := house.CountRecords("startups")
	housetest.Refused(t, err, "")
	if int(left) != admitted-places || int(founded) != places {
		t.Errorf("%d offers still stand and %d startups were made: a refused one has left something behind", left, founded)
	}
	housetest.Well(t, house)
}

func TestRaceWithoutTheGuardACohortOverflows(t *testing.T) {
	t.Parallel()
	admitted, places := crowd()
	housetest.Until(t, func() bool {
		house := housetest.App(t)
		house.OnRecordCreateExecute("enrolments").Unbind("startups.capacity")
		_, enrolled := accepting(t, house, admitted, places)
		return enrolled > places
	})
}
