package notify_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/lifecycle"
	"vuon/internal/notify"
)

// ear is a receiver: it checks every signature and keeps what it heard, by the id of the call.
type ear struct {
	url    string
	mu     sync.Mutex
	secret string
	heard  map[string]int    // how often a call reached it
	yes    map[string]int    // how often it said yes to one
	bodies map[string]string // the last body of each
	wrong  []string
	does   func(w http.ResponseWriter, id string, nth int) (yes bool) // nil: it says yes
}

func listening(t testing.TB) *ear {
	t.Helper()
	e := &ear{heard: map[string]int{}, yes: map[string]int{}, bodies: map[string]string{}}
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	e.url = server.URL + "/hear"
	return e
}

func (e *ear) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(r.Body)
	e.mu.Lock()
	defer e.mu.Unlock()
	id, body := r.Header.Get("webhook-id"), string(raw)
	if before, known := e.bodies[id]; known && before != body || err != nil {
		e.wrong = append(e.wrong, "another body under one id: "+body)
	}
	if !slices.Contains(strings.Fields(r.Header.Get("webhook-signature")), signedBy(e.secret, id, r.Header.Get("webhook-timestamp"), body)) {
		e.wrong = append(e.wrong, "not signed: "+r.Header.Get("webhook-signature"))
	}
	e.heard[id]++
	e.bodies[id] = body
	if e.does == nil || e.does(w, id, e.heard[id]) {
		e.yes[id]++
	}
}

func signedBy(secret, id, at, body string) string {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil || len(key) < 24 {
		return "no secret"
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + at + "." + body))
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func (e *ear) total() (n int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, times := range e.heard {
		n += times
	}
	return n
}

// hooked is a house with one hook for applications and intakes.
func hooked(t testing.TB) (core.App, *ear, *notify.Hook, access.Actor) {
	t.Helper()
	house := post(t, &kept{}, notify.Notices()...)
	e := listening(t)
	manager := housetest.Acting(t, house, access.Manager, access.House)
	h, secret, err := notify.AddHook(house, manager, "Sổ của trường", e.url, []string{"intake.open", "application.submit"}, housetest.Noon)
	if err != nil {
		t.Fatal(err)
	}
	e.secret = secret
	return house, e, h, manager
}

// happen writes entries into the journal, one for each topic.
func happen(t testing.TB, house core.App, topics ...string) {
	t.Helper()
	rows := make([]lifecycle.Row, len(topics))
	for i, topic := range topics {
		_, verb, _ := strings.Cut(topic, ".")
		rows[i] = lifecycle.Row{
			At: housetest.Noon, Actor: "somebody0000000", SubjectKind: "applications", Subject: fmt.Sprintf("subject%08d", i),
			Verb: verb, From: "draft", To: "submitted", Reason: "Nguyễn Thị Mai asked", Detail: map[string]string{"x": "secret"}, Notice: topic,
		}
	}
	if err := house.RunInTransaction(func(tx core.App) error { return lifecycle.Append(tx, rows) }); err != nil {
		t.Fatal(err)
	}
}

func callHooks(t testing.TB, house core.App, now time.Time) {
	t.Helper()
	if err := notify.CallHooks(house, now); err != nil {
		t.Fatalf("call: %v", err)
	}
}

func callsIn(t testing.TB, house core.App) map[notify.Standing]int {
	t.Helper()
	all, err := notify.HookCalls.All(house)
	if err != nil {
		t.Fatal(err)
	}
	n := map[notify.Standing]int{}
	for _, c := range all {
		n[c.Standing()]++
	}
	return n
}

func again(t testing.TB, house core.App, h *notify.Hook) *notify.Hook {
	t.Helper()
	h, err := notify.Hooks.Find(house, h.Id)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestAHookHearsOnceOfWhatHappensAfterItWasMade(t *testing.T) {
	t.Parallel()
	house, e, h, _ := hooked(t)
	happen(t, house, "application.submit", "offer.accept", "intake.open", "letter.done")
	callHooks(t, house, housetest.Noon)
	callHooks(t, house, housetest.Noon.Add(time.Hour))
	if e.total() != 2 || len(e.heard) != 2 || len(e.wrong) != 0 {
		t.Fatalf("heard %v, wrong %v", e.heard, e.wrong)
	}
	for id, body := range e.bodies {
		var said map[string]any
		if err := json.Unmarshal([]byte(body), &said); err != nil || said["id"] != id {
			t.Fatalf("%s: %v", body, err)
		}
		if got := slices.Sorted(maps.Keys(said)); !slices.Equal(got, []string{"at", "from", "id", "subject", "to", "type", "verb"}) {
			t.Errorf("it says %v", got)
		}
		for _, private := range []string{"Mai", "secret", "somebody"} {
			if strings.Contains(body, private) {
				t.Errorf("%s tells %s", body, private)
			}
		}
	}
	if h = again(t, house, h); h.LastOK().IsZero() || h.Failures() != 0 {
		t.Error("nobody noted that all went well")
	}
	housetest.Well(t, house)
}

func TestACallThatIsNotHeardIsMadeAgainAndGivenUpAtLast(t *testing.T) {
	t.Parallel()
	house, e, h, manager := hooked(t)
	e.does = func(w http.ResponseWriter, _ string, _ int) bool { w.WriteHeader(http.StatusBadGateway); return false }
	happen(t, house, "intake.open")
	now := housetest.Noon
	for i, pause := range []time.Duration{0, time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour} {
		if now = now.Add(pause); pause != 0 {
			callHooks(t, house, now.Add(-time.Second))
		}
		if e.total() != i {
			t.Fatalf("attempt %d was made too early", i+1)
		}
		callHooks(t, house, now)
		if e.total() != i+1 {
			t.Fatalf("%d attempts after pause %d", e.total(), i)
		}
	}
	callHooks(t, house, now.Add(24*time.Hour))
	if e.total() != 7 || len(e.heard) != 1 || callsIn(t, house)[notify.CallFailed] != 1 {
		t.Fatalf("%d attempts, %v", e.total(), callsIn(t, house))
	}
	e.does = nil
	n, err := notify.ReplayFailed(house, manager, h.Id, housetest.Noon.Add(time.Hour), now)
	if err != nil || n != 0 {
		t.Fatalf("%d calls from before are made again (%v)", n, err)
	}
	if n, err = notify.ReplayFailed(house, manager, h.Id, housetest.Noon, now); err != nil || n != 1 {
		t.Fatalf("%d calls are made again (%v)", n, err)
	}
	callHooks(t, house, now)
	if len(e.heard) != 1 || e.total() != 8 || len(e.wrong) != 0 || callsIn(t, house)[notify.CallDone] != 1 {
		t.Errorf("heard %v, wrong %v, %v", e.heard, e.wrong, callsIn(t, house))
	}
	all, err := notify.HookCalls.All(house)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := notify.ReplayCall(house, manager, all[0].Id, now); err != nil { // also one that was heard, under its id
		t.Fatal(err)
	}
	callHooks(t, house, now)
	if len(e.heard) != 1 || e.total() != 9 {
		t.Errorf("heard %v", e.heard)
	}
	housetest.Well(t, house)
}

func TestAHookForWhichNothingGoesWellIsDisabledAndManagersHearOfIt(t *testing.T) {
	t.Parallel()
	house, e, h, manager := hooked(t)
	e.does = func(w http.ResponseWriter, _ string, _ int) bool {
		w.WriteHeader(http.StatusInternalServerError)
		return false
	}
	for day := range 3 {
		happen(t, house, "intake.open")
		callHooks(t, house, housetest.Noon.AddDate(0, 0, day))
		if again(t, house, h).Status() != notify.HookActive {
			t.Fatalf("disabled on day %d", day)
		}
	}
	happen(t, house, "intake.open")
	three := housetest.Noon.AddDate(0, 0, 3)
	callHooks(t, house, three)
	if h = again(t, house, h); h.Status() != notify.HookDisabled {
		t.Fatalf("it is %s after %v", h.Status(), h.FailingSince())
	}
	reached := e.total()
	happen(t, house, "intake.open")
	callHooks(t, house, three.Add(time.Hour))
	if e.total() != reached {
		t.Error("a disabled hook is called")
	}
	deliver(t, house, three)
	deliver(t, house, three)
	items, err := notify.InboxItems.All(house)
	if err != nil || len(items) != 1 || items[0].Kind() != "hook_disabled" || items[0].User() != manager.ID {
		t.Fatalf("%d are told (%v)", len(items), err)
	}
	e.does = nil
	if _, err := notify.ResumeHook(house, manager, h.Id, three); err != nil {
		t.Fatal(err)
	}
	callHooks(t, house, three.Add(11*time.Hour))
	if callsIn(t, house)[notify.CallDone] != 5 || len(e.wrong) != 0 {
		t.Errorf("%v, wrong %v", callsIn(t, house), e.wrong)
	}
	housetest.Well(t, house)
}

func TestAReceiverThatSaysGoneIsDisabledAtOnce(t *testing.T) {
	t.Parallel()
	house, e, h, _ := hooked(t)
	e.does = func(w http.ResponseWriter, _ string, _ int) bool { w.WriteHeader(http.StatusGone); return false }
	happen(t, house, "intake.open", "intake.open")
	callHooks(t, house, housetest.Noon)
	if again(t, house, h).Status() != notify.HookDisabled || e.total() != 1 || callsIn(t, house)[notify.CallFailed] != 1 {
		t.Errorf("%s after %d calls: %v", again(t, house, h).Status(), e.total(), callsIn(t, house))
	}
}

func TestOneGoodCallEndsARowOfBadOnes(t *testing.T) {
	t.Parallel()
	house, e, h, _ := hooked(t)
	bad := true
	e.does = func(w http.ResponseWriter, _ string, _ int) bool {
		if bad {
			w.WriteHeader(http.StatusInternalServerError)
		}
		return !bad
	}
	for day := range 6 {
		bad = day != 2
		happen(t, house, "intake.open")
		callHooks(t, house, housetest.Noon.AddDate(0, 0, day).Add(-time.Minute))
		if !bad {
			callHooks(t, house, housetest.Noon.AddDate(0, 0, day))
		}
	}
	if h = again(t, house, h); h.Status() != notify.HookActive {
		t.Errorf("it is %s", h.Status())
	}
}

func TestAPausedHookMissesNothing(t *testing.T) {
	t.Parallel()
	house, e, h, manager := hooked(t)
	if _, err := notify.PauseHook(house, manager, h.Id, housetest.Noon); err != nil {
		t.Fatal(err)
	}
	happen(t, house, "intake.open", "application.submit")
	callHooks(t, house, housetest.Noon)
	if e.total() != 0 {
		t.Fatal("a paused hook is called")
	}
	if _, err := notify.PingHook(house, manager, h.Id, housetest.Noon); err == nil {
		t.Error("a paused hook can be tried")
	}
	if _, err := notify.ResumeHook(house, manager, h.Id, housetest.Noon); err != nil {
		t.Fatal(err)
	}
	callHooks(t, house, housetest.Noon)
	if e.total() != 2 {
		t.Errorf("heard %v", e.heard)
	}
}

// A topic that is added is heard of from then on; one that is taken away was heard of until then.
func TestNewWishesHoldFromThenOn(t *testing.T) {
	t.Parallel()
	house, e, h, manager := hooked(t)
	happen(t, house, "offer.accept", "intake.open")
	h, err := notify.EditHook(house, manager, h.Id, "Sổ", []string{"offer.accept"}, 0, housetest.Noon)
	if err != nil {
		t.Fatal(err)
	}
	happen(t, house, "offer.accept", "intake.open")
	callHooks(t, house, housetest.Noon)
	types := map[string]int{}
	for _, body := range e.bodies {
		var said struct{ Type string }
		if err := json.Unmarshal([]byte(body), &said); err != nil {
			t.Fatal(err)
		}
		types[said.Type]++
	}
	if !maps.Equal(types, map[string]int{"intake.open": 1, "offer.accept": 1}) || h.Title() != "Sổ" {
		t.Errorf("heard %v", types)
	}
}

// The old secret signs for a day beside the new one, and none is ever shown again.
func TestASecretIsShownOnceAndItsHeirSignsBesideIt(t *testing.T) {
	t.Parallel()
	house, e, h, manager := hooked(t)
	old := e.secret
	h, heir, err := notify.RotateSecret(house, manager, h.Id, housetest.Noon)
	if err != nil || heir == old || len(heir) < 40 {
		t.Fatalf("the heir is %q (%v)", heir, err)
	}
	if raw, err := json.Marshal(h); err != nil || strings.Contains(string(raw), "whsec_") {
		t.Errorf("the row shows a secret: %s (%v)", raw, err)
	}
	for _, c := range []struct {
		secret string
		after  time.Duration
		holds  bool
	}{{old, time.Hour, true}, {heir, time.Hour, true}, {old, 25 * time.Hour, false}, {heir, 25 * time.Hour, true}} {
		e.secret, e.wrong = c.secret, nil
		happen(t, house, "intake.open")
		callHooks(t, house, housetest.Noon.Add(c.after))
		if holds := len(e.wrong) == 0; holds != c.holds {
			t.Errorf("after %v a secret holds: %v", c.after, holds)
		}
	}
}

// A house that dies between the answer and its mark calls again, under the same id.
func TestACrashBeforeTheMarkRepeatsUnderTheSameID(t *testing.T) {
	t.Parallel()
	house, e, _, _ := hooked(t)
	for _, sql := range []string{
		"CREATE TRIGGER power_cut BEFORE UPDATE ON hook_calls WHEN NEW.done_at != '' BEGIN SELECT RAISE(ABORT, 'power cut'); END", "DROP TRIGGER power_cut",
	} {
		if _, err := house.NonconcurrentDB().NewQuery(sql).Execute(); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(sql, "CREATE") {
			happen(t, house, "intake.open")
			if err := notify.CallHooks(house, housetest.Noon); err == nil {
				t.Fatal("the mark was made")
			}
		}
	}
	callHooks(t, house, housetest.Noon.Add(time.Minute))
	if e.total() != 1 {
		t.Fatal("a call that may be under way is made by somebody else")
	}
	callHooks(t, house, housetest.Noon.Add(3*time.Minute))
	callHooks(t, house, housetest.Noon.Add(4*time.Minute))
	if len(e.heard) != 1 || e.total() != 2 || len(e.wrong) != 0 || callsIn(t, house)[notify.CallDone] != 1 {
		t.Errorf("heard %v, wrong %v, %v", e.heard, e.wrong, callsIn(t, house))
	}
}

func TestRaceManyCallersCallOnce(t *testing.T) {
	t.Parallel()
	house, e, _, _ := hooked(t)
	happen(t, house, slices.Repeat([]string{"intake.open"}, 20)...)
	housetest.Race(6, func(int) error { return notify.CallHooks(house, housetest.Noon) })
	if len(e.heard) != 20 || e.total() != 20 {
		t.Errorf("%d calls, made %d times", len(e.heard), e.total())
	}
}

// Whatever receivers do and whenever the house starts anew: every entry of a topic after the hook was made is heard, and but
// for those whose answer was lost, once. In which order is not promised.
func TestEveryEntryIsHeardWhateverReceiversDo(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			dice, luck := rand.New(rand.NewPCG(seed, 7)), rand.New(rand.NewPCG(seed, 8)) // luck is the receivers' alone
			house, e, _, _ := hooked(t)
			happen(t, house, "letter.done")
			unsure := map[string]bool{}
			e.does = func(w http.ResponseWriter, id string, nth int) bool {
				if nth > 5 {
					return true // nobody is deaf for so long
				}
				switch luck.IntN(6) {
				case 0:
					w.WriteHeader(http.StatusServiceUnavailable)
					return false
				case 1:
					w.Header().Set("Location", e.url)
					w.WriteHeader(http.StatusFound)
					return false
				case 2: // it has heard, and nobody knows
					unsure[id] = true
					if conn, _, err := w.(http.Hijacker).Hijack(); err == nil {
						_ = conn.Close()
					}
				}
				return true
			}
			now, wanted := housetest.Noon, 0
			for range 40 {
				var topics []string
				for range dice.IntN(8) {
					topic := []string{"intake.open", "application.submit", "offer.accept", "letter.done"}[dice.IntN(4)]
					if topic == "intake.open" || topic == "application.submit" {
						wanted++
					}
					topics = append(topics, topic)
				}
				happen(t, house, topics...)
				now = now.Add(time.Duration(dice.IntN(90)) * time.Second)
				if dice.IntN(8) == 0 {
					house = restarted(t, house)
				}
				housetest.Race(1+dice.IntN(2), func(int) error { return notify.CallHooks(house, now) })
			}
			for range 60 {
				now = now.Add(31 * time.Minute)
				callHooks(t, house, now)
			}
			if len(e.heard) != wanted || len(e.wrong) != 0 {
				t.Fatalf("%d heard, %d wanted, wrong %v", len(e.heard), wanted, e.wrong)
			}
			entries := map[string]string{}
			for id, body := range e.bodies {
				if n := e.yes[id]; n != 1 && !unsure[id] || n == 0 {
					t.Errorf("%s was heard %d times", id, n)
				}
				entries[body] = id
			}
			if n := callsIn(t, house); n[notify.CallDone] != wanted || len(n) != 1 {
				t.Errorf("%v", n)
			}
			housetest.Well(t, house)
		})
	}
}

// restarted is the same house after a restart.
func restarted(t testing.TB, house core.App) core.App {
	t.Helper()
	rebind(t, house, &kept{})
	return house
}
