package app_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"vuon/internal/access"
	"vuon/internal/app"
	"vuon/internal/fault"
	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/judging"
	"vuon/internal/locale"
)

// How many random lives of an intake are lived, and how long each is: a few in everyday tests, many with VUON_WHOLE=1, which
// wants the better part of an hour under the race detector.
func fates() (seeds, steps int) {
	if os.Getenv("VUON_WHOLE") != "" {
		return 60, 250
	}
	return 3, 120
}

// Whatever anybody does in whatever order, legal or not: the audits hold after each step, so do the invariants of the domain,
// and every refusal is one that has words. A failure prints its seed and the fewest steps that still lead to it.
func TestWhateverIsDoneInWhateverOrderAllHolds(t *testing.T) {
	t.Parallel()
	seeds, steps := fates()
	for seed := range seeds {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			if broken, trace := live(t, uint64(seed), steps, nil); broken != "" {
				t.Errorf("seed %d: %s\nafter %s", seed, broken, strings.Join(shrunk(t, uint64(seed), steps, trace, nil), "\n      "))
			}
		})
	}
}

// The negative control: without what counts the places, some order of verbs gives more than there are.
func TestWithoutItsGuardsSomeOrderBreaksTheCapacity(t *testing.T) {
	t.Parallel()
	blind := func(house *tests.TestApp) {
		for _, id := range []string{"intake.capacity", "intake.promotion"} {
			for _, c := range []string{"decisions", "applications"} {
				house.OnRecordCreateExecute(c).Unbind(id)
				house.OnRecordUpdateExecute(c).Unbind(id)
			}
		}
	}
	for seed := range 20 {
		if broken, trace := live(t, uint64(seed), 120, blind); broken != "" {
			if !strings.Contains(broken, "intake.capacity") {
				t.Errorf("seed %d found something else: %s", seed, broken)
			}
			t.Logf("seed %d after %d steps: %s", seed, len(trace), broken)
			return
		}
	}
	t.Error("no order of verbs breaks the capacity without its guards: the property proves nothing")
}

// shrunk leaves out of a trace every step without which it still fails. Each step draws its own dice, so that those that stay
// do what they did.
func shrunk(t *testing.T, seed uint64, steps int, trace []string, blind func(*tests.TestApp)) []string {
	t.Helper()
	last := len(trace)
	skip, began := map[int]bool{}, time.Now()
	for n := last - 2; n >= 0 && time.Since(began) < time.Minute; n-- {
		skip[n] = true
		if broken, _ := liveWithout(t, seed, min(steps, last), skip, blind); broken == "" {
			delete(skip, n)
		}
	}
	left := []string{}
	for n, step := range trace {
		if !skip[n] {
			left = append(left, step)
		}
	}
	return left
}

func live(t *testing.T, seed uint64, steps int, blind func(*tests.TestApp)) (broken string, trace []string) {
	t.Helper()
	return liveWithout(t, seed, steps, nil, blind)
}

// liveWithout lives one random life of an intake but for some steps, and says what broke after which.
func liveWithout(t *testing.T, seed uint64, steps int, skip map[int]bool, blind func(*tests.TestApp)) (broken string, trace []string) {
	t.Helper()
	w := stirred(t)
	if blind != nil {
		blind(w.house)
	}
	verbs := w.verbs()
	for n := range steps {
		w.dice = rand.New(rand.NewPCG(seed, uint64(n)))
		v := verbs[w.dice.IntN(len(verbs))]
		if skip[n] {
			continue
		}
		w.said = ""
		err := v.try()
		code := fault.Code(err)
		trace = append(trace, fmt.Sprintf("%d. %s by %s at %s: %s", n, v.name, w.said, w.now.Format(time.RFC3339), code))
		if code != "" && w.words[code] == "" && w.words[code+".other"] == "" {
			return fmt.Sprintf("%s was refused with %q: %v", v.name, code, err), trace
		}
		if broken := w.broken(n%10 == 9); broken != "" {
			return broken, trace
		}
	}
	if err := app.Healthy(t.Context(), w.house); err != nil { // the storage and every digest, once
		return err.Error(), trace
	}
	return "", trace
}

// stir is one intake with everybody who could do something to it.
type stir struct {
	t          *testing.T
	house      *tests.TestApp
	call       *intake.Intake
	now        time.Time
	dice       *rand.Rand
	applicants []*core.Record
	judges     []*core.Record
	staff      []*core.Record
	managers   []*core.Record
	stranger   *core.Record
	papers     []string // applications, in the order in which they were begun
	words      map[string]string
	form       string // what the intake asks, as it was published
	said       string // who acts, for the trace
}

func stirred(t *testing.T) *stir {
	t.Helper()
	w := &stir{t: t, house: housetest.App(t), now: housetest.Noon, words: dictionary(t).Keys(locale.Vietnamese)}
	for range 7 {
		w.applicants = append(w.applicants, housetest.User(t, w.house))
	}
	for range 4 {
		w.judges = append(w.judges, housetest.Holder(t, w.house, access.Judge, access.House))
	}
	for range 2 {
		w.staff = append(w.staff, housetest.Holder(t, w.house, access.Staff, access.House))
		w.managers = append(w.managers, housetest.Holder(t, w.house, access.Manager, access.House))
	}
	w.stranger = housetest.User(t, w.house)
	draft := housetest.DraftIntake(t, w.house, w.now, 2, 2)
	days := 10
	by := housetest.Actor(t, w.house, w.staff[0], w.now)
	questions := asking(w, by)
	_, err := intake.Edit(w.house, by, draft.Id, intake.Terms{AppealDays: &days, OfferDays: &days, FormVersion: &questions}, 0, w.now)
	housetest.Refused(t, err, "")
	w.call, err = intake.Publish(w.house, by, draft.Id, w.now)
	housetest.Refused(t, err, "")
	w.form = w.asks()
	return w
}

// asks is what the intake asks and promises, which stays.
func (w *stir) asks() string {
	var text string
	err := w.house.DB().NewQuery(`SELECT v.schema || i.opens_at || i.closes_at || i.offer_days || i.appeal_days
		FROM intakes i JOIN form_versions v ON v.id = i.form_version WHERE i.id = {:id}`).Bind(dbx.Params{"id": w.call.Id}).Row(&text)
	housetest.Refused(w.t, err, "")
	return text
}

// one of them acts: mostly somebody of the right kind, sometimes anybody at all.
func (w *stir) one(right []*core.Record) access.Actor {
	everybody := slices.Concat(w.applicants, w.judges, w.staff, w.managers, []*core.Record{w.stranger})
	if w.dice.IntN(6) == 0 {
		right = everybody
	}
	u := right[w.dice.IntN(len(right))]
	w.said = fmt.Sprintf("person %d", slices.Index(everybody, u))
	return w.as(u)
}

// owner is mostly who wrote an application.
func (w *stir) owner(application string) access.Actor {
	a, err := intake.Applications.Find(w.house, application)
	if err != nil || w.dice.IntN(6) == 0 {
		return w.one(w.applicants)
	}
	at := slices.IndexFunc(w.applicants, func(u *core.Record) bool { return u.Id == a.ApplicantID() })
	if at < 0 {
		return w.one(w.applicants)
	}
	return w.one(w.applicants[at : at+1])
}

// paper is one of the applications, or something that is none.
func (w *stir) paper() string {
	if len(w.papers) == 0 {
		return "elsewhere000000"
	}
	return w.papers[w.dice.IntN(len(w.papers))]
}

// row is one of the rows of a collection, the first first, or something that is none.
func (w *stir) row(collection string) string {
	var ids []string
	err := w.house.DB().NewQuery("SELECT id FROM " + collection + " ORDER BY rowid").Column(&ids)
	housetest.Refused(w.t, err, "")
	if len(ids) == 0 || w.dice.IntN(12) == 0 {
		return "elsewhere000000"
	}
	return ids[w.dice.IntN(len(ids))]
}

// text is sometimes nothing.
func (w *stir) text() string {
	if w.dice.IntN(8) == 0 {
		return ""
	}
	return "vì lẽ đó"
}

func (w *stir) outcome() intake.Outcome {
	return []intake.Outcome{intake.Admitted, intake.Admitted, intake.Rejected, intake.Waitlisted, "maybe"}[w.dice.IntN(5)]
}

// broken is the first audit or invariant that does not hold any more, or "".
func (w *stir) broken(whole bool) string {
	for _, a := range app.Audits() {
		ids, err := a.Broken(w.t.Context(), w.house, 3)
		if err != nil || len(ids) > 0 {
			return fmt.Sprintf("%s: %v %v", a.ID, ids, err)
		}
	}
	for rule, sql := range map[string]string{
		"more are enrolled than the cohort takes": `SELECT c.id FROM cohorts c WHERE c.capacity <
			(SELECT count(*) FROM enrolments e WHERE e.cohort = c.id AND e.status IN ('invited', 'active', 'on_leave'))`,
		"two applications of one startup": `SELECT min(id) FROM applications WHERE startup != '' AND status != 'withdrawn'
			GROUP BY intake, startup HAVING count(*) > 1`,
		"two sheets of one assignment": `SELECT min(id) FROM score_sheets GROUP BY assignment HAVING count(*) > 1`,
		"a recused judge's sheet counts": `SELECT s.id FROM score_sheets s JOIN assignments a ON a.id = s.assignment
			WHERE a.status IN ('recused', 'conflict_found') AND s.status != 'excluded'`,
		"somebody judges themselves": `SELECT a.id FROM assignments a JOIN applications p ON p.id = a.subject
			WHERE a.judge = p.applicant AND a.status IN ('offered', 'accepted', 'in_progress', 'completed')`,
		"a startup has no admin or not one primary": `SELECT s.id FROM startups s WHERE EXISTS (SELECT 1 FROM enrolments e WHERE e.startup = s.id)
			AND ((SELECT count(*) FROM startup_members m WHERE m.startup = s.id AND m.left_on = '' AND m.is_admin) < 1
				OR (SELECT count(*) FROM startup_members m WHERE m.startup = s.id AND m.left_on = '' AND m.is_primary) != 1)`,
	} {
		var ids []string
		if err := w.house.DB().NewQuery(sql).Column(&ids); err != nil || len(ids) > 0 {
			return fmt.Sprintf("%s: %v %v", rule, ids, err)
		}
	}
	if now := w.asks(); now != w.form {
		return "what was promised has changed"
	}
	if whole {
		return w.leaked()
	}
	return ""
}

// leaked says whether a judge is shown who wrote what they read, or an applicant what nobody has told them.
func (w *stir) leaked() string {
	for _, j := range w.judges {
		by := housetest.Actor(w.t, w.house, j, w.now)
		tasks, err := judging.Queue(w.house, by, w.now)
		raw, failed := json.Marshal(tasks)
		if err != nil || failed != nil {
			return fmt.Sprintf("a judge cannot read: %v %v", err, failed)
		}
		for _, u := range w.applicants {
			if strings.Contains(string(raw), u.Id) || strings.Contains(string(raw), u.Email()) {
				return "a judge is told who applies"
			}
		}
	}
	call, err := intake.Intakes.Find(w.house, w.call.Id)
	if err != nil || !call.ReleasedAt().IsZero() {
		return ""
	}
	for _, id := range w.papers {
		a, err := intake.Applications.Find(w.house, id)
		if err != nil {
			return err.Error()
		}
		u, err := w.house.FindRecordById("users", a.ApplicantID())
		if err != nil {
			return err.Error()
		}
		p, err := intake.Read(w.house, housetest.Actor(w.t, w.house, u, w.now), id, w.now)
		if err != nil {
			return "an applicant cannot read their own: " + err.Error()
		}
		if p.Decision != nil || p.Offer != nil || p.Staff != nil {
			return "an applicant is told before the release"
		}
	}
	return ""
}
