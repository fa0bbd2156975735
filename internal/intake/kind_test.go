package intake_test

import (
	"testing"
	"time"

	"vuon/internal/housetest"
	"vuon/internal/intake"
)

// A call for proposals goes the whole way without a cohort: a yes is a yes, and no startup comes of it.
func TestACallForProposals(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	staff := housetest.StaffActing(t, house)
	call := housetest.DraftIntake(t, house, now, 1, 1)
	if call.Kind() != intake.Incubation {
		t.Errorf("an intake that says nothing is %q", call.Kind())
	}
	kind, none, odd := string(intake.Proposals), "", "lottery"
	_, err := intake.Edit(house, staff, call.Id, intake.Terms{Kind: &kind}, 0, now)
	housetest.Refused(t, err, "intake.no_cohort")
	_, err = intake.Edit(house, staff, call.Id, intake.Terms{Cohort: &none}, 0, now)
	housetest.Refused(t, err, "intake.elsewhere")
	_, err = intake.Edit(house, staff, call.Id, intake.Terms{Kind: &odd}, 0, now)
	if err == nil {
		t.Error("any word is a kind")
	}
	call, err = intake.Edit(house, staff, call.Id, intake.Terms{Kind: &kind, Cohort: &none}, 0, now)
	housetest.Refused(t, err, "")
	_, err = intake.Publish(house, staff, call.Id, now)
	housetest.Refused(t, err, "")
	other := string(intake.STEM)
	_, err = intake.Edit(house, staff, call.Id, intake.Terms{Kind: &other}, 0, now)
	housetest.Refused(t, err, "intake.frozen")

	a, applicant := housetest.Submitted(t, house, call, now)
	after := housetest.Deciding(t, house, call, now)
	housetest.Decided(t, house, call, a, intake.Admitted, after)
	housetest.Released(t, house, call, after)
	offer := housetest.OfferTo(t, house, a.Id)
	by := housetest.Actor(t, house, applicant, after)
	paper, err := intake.Read(house, by, a.Id, after)
	housetest.Refused(t, err, "")
	if paper.Offer == nil || paper.Offer.Cohort.ID != "" || paper.Intake.Kind != intake.Proposals {
		t.Errorf("the offer is %+v", paper.Offer)
	}
	offer, err = intake.Accept(house, by, offer.Id, "", after.Add(time.Hour))
	housetest.Refused(t, err, "")
	if offer.StartupID() != "" {
		t.Error("a talk became a startup")
	}
	stands(t, house, a.Id, intake.ApplicationEnrolled)
	housetest.Well(t, house)
}
