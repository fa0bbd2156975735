package startups_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/locale"
	"vuon/internal/startups"
)

// One alert tells the reports on which it rests, until when somebody is to take it up, and each thing that was done with it and
// by whom; and nobody but the staff over its startup reads it.
func TestOneAlertTellsWhatItRestsOnAndWhatCameOfIt(t *testing.T) {
	t.Parallel()
	w := watching(t)
	w.tells(time.January, "100 4 9 0 900")
	w.tells(time.February, "50 4 9 0 900")
	w.raised(time.March, 2)
	id, at := w.alert("revenue_fell").Id, time.Date(2027, time.March, 2, 9, 0, 0, 0, locale.Zone)
	manager := housetest.Acting(t, w.house, access.Manager, access.Scope{Type: access.Cohort, ID: w.cohort})
	read := func() *startups.AlertView {
		t.Helper()
		a, err := startups.AlertFor(t.Context(), w.house, w.staff, id, at)
		housetest.Refused(t, err, "")
		return a
	}
	a := read()
	var behind []string
	for _, q := range a.Reports {
		behind = append(behind, q.Period+" "+q.Status)
	}
	if got := strings.Join(behind, ", "); got != "2027-02 submitted, 2027-01 submitted" || a.Name != "Đèn Lồng Số" || len(a.Explain.Facts) != 2 {
		t.Errorf("it rests on %s and says %+v", got, a.Explain)
	}
	// It rose on Tuesday, the second: the fifth working day after it is Tuesday, the ninth.
	if want := time.Date(2027, time.March, 9, 9, 0, 0, 0, locale.Zone); a.AnswerBy == nil || !a.AnswerBy.Equal(want) {
		t.Errorf("it is to be taken up by %v, want %v", a.AnswerBy, want)
	}
	_, err := startups.Ack(w.house, w.staff, id, at)
	housetest.Refused(t, err, "")
	_, err = startups.Entrust(w.house, w.staff, id, startups.AlertWord{Owner: manager.ID}, at)
	housetest.Refused(t, err, "")
	_, err = startups.Resolve(w.house, manager, id, startups.AlertWord{Resolution: "một đơn lớn bị hoãn", Verdict: startups.VerdictYes}, at)
	housetest.Refused(t, err, "")
	_, err = startups.Judge(w.house, w.staff, id, startups.AlertWord{Verdict: startups.VerdictUnsure}, at)
	housetest.Refused(t, err, "")
	var said []string
	for _, x := range read().History {
		said = append(said, fmt.Sprintf("%s by:%t to:%t %s%s", x.Verb, x.By != "", x.To != "", x.Reason, x.Verdict))
	}
	if got, want := strings.Join(said, "; "), "judge by:true to:false unsure; resolve by:true to:false một đơn lớn bị hoãn; entrust by:true to:true ; "+
		"ack by:true to:false ; raise by:false to:false "; got != want {
		t.Errorf("it tells %s\nwant %s", got, want)
	}
	stranger := housetest.StaffOf(t, w.house, housetest.Places(t, w.house, 1))
	for name, by := range map[string]access.Actor{"staff of another cohort": stranger, "the founder": housetest.Actor(t, w.house, w.founder, at)} {
		if _, err := startups.AlertFor(t.Context(), w.house, by, id, at); codeOf(err) != "record.not_found" {
			t.Errorf("%s reads it: %v", name, err)
		}
	}
	_, err = startups.AlertFor(t.Context(), w.house, access.Actor{}, id, at)
	housetest.Refused(t, err, "access.sign_in")
	_, err = startups.AlertFor(t.Context(), w.house, w.staff, "nothing", at)
	housetest.Refused(t, err, "record.not_found")
}
