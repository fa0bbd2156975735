package intake_test

import (
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
)

// confirming lets many managers confirm one amendment at once, and returns how many could, and how many offers there are.
func confirming(t *testing.T, w *aftermath) (won, offers int) {
	t.Helper()
	n := w.rejected()
	_, err := intake.Enlarge(w.house, w.manager, w.call.Id, 9, "Thêm phòng", w.now)
	housetest.Refused(t, err, "")
	m, err := intake.Amend(w.house, w.manager, w.papers[n].Id, intake.Change{Outcome: intake.Admitted, Reason: "Cộng nhầm"}, w.now)
	housetest.Refused(t, err, "")
	all := make([]access.Actor, many(20))
	for i := range all {
		all[i] = housetest.ManagerOf(t, w.house, w.call)
	}
	won = housetest.Race(len(all), func(i int) error {
		_, err := intake.ConfirmAmendment(w.house, all[i], m.Id, w.now)
		return err
	})
	some, err := intake.Offers.All(w.house)
	housetest.Refused(t, err, "")
	for _, o := range some {
		if o.ApplicationID() == w.papers[n].Id {
			offers++
		}
	}
	return won, offers
}

func TestRaceOneOfManyConfirmsAnAmendment(t *testing.T) {
	t.Parallel()
	w := after(t, 1, 1)
	if won, offers := confirming(t, w); won != 1 || offers != 1 {
		t.Errorf("%d confirmed, %d offers were made", won, offers)
	}
	housetest.Well(t, w.house)
}

// pleading lets one applicant file one appeal many times at once, and returns how many are stored.
func pleading(t *testing.T, w *aftermath) int {
	t.Helper()
	n := w.rejected()
	me := w.me(t, n)
	housetest.Race(many(50), func(int) error {
		_, err := intake.Plead(w.house, me, w.papers[n].Id, "Đọc nhầm", w.now)
		return err
	})
	rows, err := w.house.CountRecords("appeals")
	housetest.Refused(t, err, "")
	return int(rows)
}

func TestRaceAnAppealIsFiledOnce(t *testing.T) {
	t.Parallel()
	w := after(t, 1, 1)
	if rows := pleading(t, w); rows != 1 {
		t.Errorf("%d appeals are stored", rows)
	}
	housetest.Well(t, w.house)
}

// confirms lets many managers confirm one amendment at once, each from a copy read before, and returns how many moved it.
func confirms(t *testing.T, off ...string) int {
	t.Helper()
	w := after(t, 1, 1)
	without(w.house, "decision_amendments", off...)
	m, err := intake.Amend(w.house, w.manager, w.papers[w.rejected()].Id, intake.Change{Outcome: intake.Waitlisted, Feedback: "Mời bạn đợi", Reason: "Cộng nhầm"}, w.now)
	housetest.Refused(t, err, "")
	copies := make([]*intake.Amendment, many(80))
	for i := range copies {
		copies[i], err = intake.Amendments.Find(w.house, m.Id)
		housetest.Refused(t, err, "")
		copies[i].ProxyRecord().Load(map[string]any{"confirmed_by": w.second.ID, "settled_at": w.now})
	}
	return housetest.Race(len(copies), func(i int) error {
		return intake.AmendmentLife.Fire(w.house, copies[i], "confirm", w.second, w.now)
	})
}

// The state table or the revision holds it alone; without both, everybody confirms.
func TestRaceWhatHoldsTheOneConfirmation(t *testing.T) {
	t.Parallel()
	const life, revision, law = "lifecycle.decision_amendments", "record.revised.decision_amendments", "intake.amendment"
	for name, off := range map[string][]string{"the revision alone": {life, law}, "the state table alone": {revision, law}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if won := confirms(t, off...); won != 1 {
				t.Errorf("%d confirmed", won)
			}
		})
	}
	t.Run("neither", func(t *testing.T) {
		t.Parallel()
		housetest.Until(t, func() bool { return confirms(t, life, revision, law) > 1 })
	})
}

// files stores one appeal many times at once, as rows that were made before, and returns how many are there.
func files(t *testing.T, guard, index bool) int {
	t.Helper()
	w := after(t, 1, 1)
	first := w.papers[w.rejected()]
	ds, err := intake.Decisions.All(w.house, dbx.HashExp{"application": first.Id})
	housetest.Refused(t, err, "")
	if !guard {
		without(w.house, "appeals", "intake.appeal")
	}
	if !index {
		if _, err := w.house.NonconcurrentDB().NewQuery("DROP INDEX appeals_once").Execute(); err != nil {
			t.Fatal(err)
		}
	}
	c, err := w.house.FindCollectionByNameOrId("appeals")
	housetest.Refused(t, err, "")
	rows := make([]*core.Record, many(80))
	for i := range rows {
		rows[i] = core.NewRecord(c)
		rows[i].Load(map[string]any{
			"application": first.Id, "intake": first.IntakeID(), "kind": "decision", "about": ds[0].Id, "words": "Đọc nhầm", "filed_at": w.now,
			"due_on": "2027-01-01", "status": "filed",
		})
	}
	housetest.Race(len(rows), func(i int) error { return w.house.Save(rows[i]) })
	stored, err := w.house.CountRecords("appeals")
	housetest.Refused(t, err, "")
	return int(stored)
}

// The guard or the index holds it alone; without both, every appeal is there.
func TestRaceWhatHoldsTheOneAppeal(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ guard, index bool }{"the guard alone": {true, false}, "the index alone": {false, true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if n := files(t, c.guard, c.index); n != 1 {
				t.Errorf("%d appeals are stored", n)
			}
		})
	}
	t.Run("neither", func(t *testing.T) {
		t.Parallel()
		housetest.Until(t, func() bool { return files(t, false, false) > 1 })
	})
}
