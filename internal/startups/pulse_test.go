package startups_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/startups"
)

// choir is a cohort with so many founders and an open pulse.
func choir(t *testing.T, house core.App, n int) (p *startups.Pulse, staff access.Actor, some []*core.Record) {
	t.Helper()
	cohort := housetest.Places(t, house, 40)
	staff = housetest.StaffOf(t, house, cohort)
	for i := range n {
		_, founder := housetest.Enrolled(t, house, cohort, fmt.Sprintf("Đội %d", i), housetest.Noon)
		some = append(some, founder)
	}
	return housetest.Pulse(t, house, staff, cohort, housetest.Noon), staff, some
}

func says(t *testing.T, house core.App, p *startups.Pulse, who *core.Record, said map[string]any) error {
	t.Helper()
	return startups.AnswerPulse(house, housetest.Actor(t, house, who, housetest.Noon), p.Id, said, housetest.Noon)
}

func closed(t *testing.T, house core.App, p *startups.Pulse, staff access.Actor) {
	t.Helper()
	_, err := startups.ClosePulse(house, staff, p.Id, "", 0, housetest.Noon)
	housetest.Refused(t, err, "")
}

// What is stored of an answer leads to nobody: no column holds a person or a time, no journal row tells of it, the order of the
// rows is not that in which people answered, and a repeated request keeps no fingerprint of it.
func TestAnAnswerLeadsToNobody(t *testing.T) {
	t.Parallel()
	house := housetest.At(t, func() time.Time { return housetest.Noon })
	p, _, some := choir(t, house, 12)
	server := housetest.Server(t, house)
	before, err := house.CountRecords("journal")
	housetest.Refused(t, err, "")
	for i, who := range some {
		got := housetest.Ask(t, server, who, http.MethodPost, "/api/vuon/pulses/"+p.Id+"/answer", fmt.Sprintf(`{"answers":{"worth":%d,"words":"lời thứ %02d"}}`, i%11, i))
		if got.Code != http.StatusOK {
			t.Fatalf("answer %d: %s", i, got.Body.String())
		}
	}
	after, err := house.CountRecords("journal")
	housetest.Refused(t, err, "")
	if after != before {
		t.Errorf("the journal tells of %d answers", after-before)
	}
	keys, err := house.CountRecords("request_keys")
	housetest.Refused(t, err, "")
	if keys != 0 {
		t.Errorf("%d requests are remembered", keys)
	}
	for table, want := range map[string]string{"pulse_answers": "answers id pulse", "pulse_voters": "id pulse user"} {
		var names []string
		housetest.Refused(t, house.DB().NewQuery("SELECT name FROM pragma_table_info('"+table+"') ORDER BY name").Column(&names), "")
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s has the columns %s", table, got)
		}
	}
	var order []string
	housetest.Refused(t, house.DB().NewQuery("SELECT answers ->> 'words' FROM pulse_answers ORDER BY rowid").Column(&order), "")
	inTime := true
	for i := range order {
		inTime = inTime && order[i] == fmt.Sprintf("lời thứ %02d", i)
	}
	if len(order) != 12 || inTime {
		t.Errorf("the rows stand in the order in which people answered: %v", order)
	}
	housetest.Refused(t, says(t, house, p, some[0], map[string]any{"worth": 3.0}), "pulse.answered")
	housetest.Well(t, house)
}

func TestAPulseIsAskedTwiceAndAnsweredByItsCohort(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	p, staff, some := choir(t, house, 5)
	now := housetest.Noon
	second := housetest.Pulse(t, house, staff, p.CohortID(), now)
	if p.Number() != 1 || second.Number() != 2 {
		t.Errorf("numbered %d and %d", p.Number(), second.Number())
	}
	_, err := startups.MakePulse(house, staff, p.CohortID(), housetest.PulseAsks(now), now)
	housetest.Refused(t, err, "pulse.two")
	asks := []startups.PulseQuestion{{Key: "other", Type: "scale", LabelVI: "Khác?"}}
	_, err = startups.ChangePulse(house, staff, p.Id, startups.PulseFields{Questions: &asks}, now)
	housetest.Refused(t, err, "pulse.asked")
	for said, code := range map[string]string{"worth=11": "pulse.answer", "worth=x": "pulse.answer", "best=nothing": "pulse.answer", "none=1": "pulse.unknown_question", "words=": "pulse.empty", "words=a\x00b": "text.unseen"} {
		key, value, _ := strings.Cut(said, "=")
		var v any = value
		if value == "11" {
			v = 11.0
		}
		if got := codeOf(says(t, house, p, some[0], map[string]any{key: v})); got != code {
			t.Errorf("%s is refused with %q, want %q", said, got, code)
		}
	}
	_, stranger := housetest.Active(t, house, housetest.Places(t, house, 1), "Đội Ngoài", now)
	housetest.Refused(t, says(t, house, p, stranger, map[string]any{"worth": 3.0}), "record.not_found")
	mentor := housetest.Holder(t, house, access.Mentor, access.House)
	housetest.Refused(t, says(t, house, p, mentor, map[string]any{"worth": 3.0}), "record.not_found")
	if due := told(t, house, "pulse_opened", now); len(due) != 10 { // two pulses
		t.Errorf("%d people are asked", len(due))
	}
	housetest.Refused(t, says(t, house, p, some[0], map[string]any{"worth": 3.0}), "")
	if due := told(t, house, "pulse_opened", now); len(due) != 9 {
		t.Errorf("%d people are asked, and one has answered", len(due))
	}
	late := housetest.Local(t, p.ClosesOn()+" 23:59").Add(2 * time.Minute)
	err = startups.AnswerPulse(house, housetest.Actor(t, house, some[1], late), p.Id, map[string]any{"worth": 3.0}, late)
	housetest.Refused(t, err, "pulse.over")
	housetest.Refused(t, startups.ClosePulses(house, late), "")
	if p, err = startups.Pulses.Find(house, p.Id); err != nil || p.Status() != startups.PulseClosed {
		t.Errorf("after its last day it is %s (%v)", p.Status(), err)
	}
	if _, err := house.NonconcurrentDB().NewQuery("INSERT INTO pulse_answers (id, pulse, answers) VALUES ('x', '" + p.Id + "', '{}')").Execute(); err == nil {
		t.Error("a closed pulse takes an answer from plain SQL")
	}
	small, _, _ := choirDraft(t, house, 4)
	_, err = startups.OpenPulse(house, housetest.StaffOf(t, house, small.CohortID()), small.Id, "", 0, now)
	housetest.Refused(t, err, "pulse.few")
}

// choirDraft is a pulse that nobody is asked yet, in a cohort of so many founders.
func choirDraft(t *testing.T, house core.App, n int) (p *startups.Pulse, staff access.Actor, cohort string) {
	t.Helper()
	cohort = housetest.Places(t, house, 40)
	staff = housetest.StaffOf(t, house, cohort)
	for i := range n {
		housetest.Enrolled(t, house, cohort, fmt.Sprintf("Nhóm %d", i), housetest.Noon)
	}
	p, err := startups.MakePulse(house, staff, cohort, housetest.PulseAsks(housetest.Noon), housetest.Noon)
	housetest.Refused(t, err, "")
	return p, staff, cohort
}

func TestRaceAPersonAnswersOnce(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	p, _, some := choir(t, house, 5)
	by := housetest.Actor(t, house, some[0], housetest.Noon)
	if won := housetest.Race(20, func(int) error {
		return startups.AnswerPulse(house, by, p.Id, map[string]any{"worth": 5.0}, housetest.Noon)
	}); won != 1 {
		t.Errorf("one person has answered %d times", won)
	}
	housetest.Well(t, house)
}

// Four answers show nothing, five do; before the end nobody sees any; and nobody but who looks after the cohort.
func TestResultsAreShownFromFive(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	for n, shown := range map[int]bool{4: false, 5: true} {
		p, staff, some := choir(t, house, 6)
		for i := range n {
			said := map[string]any{"worth": float64(5 + i)}
			if i < 4 {
				said["words"] = "ổn"
			}
			housetest.Refused(t, says(t, house, p, some[i], said), "")
		}
		r, err := startups.ResultsOf(house, staff, p.Id, "")
		housetest.Refused(t, err, "")
		if r.Shown || len(r.Results) != 0 || r.Answered != n {
			t.Errorf("before the end: %+v", r)
		}
		closed(t, house, p, staff)
		r, err = startups.ResultsOf(house, staff, p.Id, "")
		housetest.Refused(t, err, "")
		if r.Shown != shown || r.Shown != (len(r.Results) == 3) {
			t.Fatalf("of %d answers: %+v", n, r)
		}
		if shown {
			if worth := r.Results[0]; !worth.Shown || worth.N != 5 || worth.Tenths != 70 {
				t.Errorf("the mean of 5 to 9: %+v", worth)
			}
			if words := r.Results[2]; words.Shown || words.N != 0 || len(words.Texts) != 0 {
				t.Errorf("four people's words are shown: %+v", words)
			}
		}
		for name, by := range map[string]access.Actor{
			"a mentor": housetest.Acting(t, house, access.Mentor, access.House), "an investor": housetest.Acting(t, house, access.Investor, access.House),
			"an official": housetest.Acting(t, house, access.Official, access.House), "a founder": housetest.Actor(t, house, some[0], housetest.Noon),
			"staff of another cohort": housetest.StaffOf(t, house, housetest.Places(t, house, 1)),
		} {
			if _, err := startups.ResultsOf(house, by, p.Id, ""); codeOf(err) != "record.not_found" {
				t.Errorf("%s reads results: %v", name, err)
			}
		}
	}
}

// Whatever was answered and however it is divided, no number is shown that fewer than five people stand behind, nor one from which
// theirs could be reckoned by taking the shown parts from the whole.
func TestNoDivisionShowsFewerThanFive(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(7, 9))
	divided, kept := 0, 0
	for range 8 {
		house := housetest.App(t)
		p, staff, some := choir(t, house, 22)
		bias := dice.IntN(3)
		for _, who := range some[:8+dice.IntN(15)] {
			said := map[string]any{}
			if dice.IntN(9) > bias {
				said["worth"] = float64(dice.IntN(11))
			}
			if bias == 0 || dice.IntN(6) > 1 {
				said["best"] = []string{"mentors", "space", "peers"}[min(2, dice.IntN(2+bias))]
			}
			if len(said) > 0 {
				housetest.Refused(t, says(t, house, p, who, said), "")
			}
		}
		closed(t, house, p, staff)
		for _, by := range []string{"best", "worth"} {
			r, err := startups.ResultsOf(house, staff, p.Id, by)
			housetest.Refused(t, err, "")
			if !r.Split {
				kept++
				if len(r.Parts) != 0 {
					t.Errorf("what is not divided has parts: %+v", r.Parts)
				}
				continue
			}
			divided++
			people, shown := 0, map[string]int{}
			for _, part := range r.Parts {
				people += part.N
				if part.N < 5 {
					t.Errorf("a part of %d", part.N)
				}
				for _, q := range part.Results {
					if q.Shown && q.N < 5 || !q.Shown && (q.N != 0 || len(q.Counts) != 0) {
						t.Errorf("part %q shows %+v", part.Value, q)
					}
					shown[q.Key] += q.N
				}
			}
			if people != r.Answered {
				t.Errorf("the parts have %d of %d people: the rest can be reckoned", people, r.Answered)
			}
			for _, q := range r.Results {
				if rest := q.N - shown[q.Key]; q.Key != by && q.Type != "text" && shown[q.Key] > 0 && rest != 0 {
					t.Errorf("%d people's answers to %s can be reckoned", rest, q.Key)
				}
			}
		}
	}
	if divided == 0 || kept == 0 {
		t.Errorf("%d divided, %d kept: the test saw one side only", divided, kept)
	}
}
