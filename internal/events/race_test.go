package events_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/fault"
	"vuon/internal/housetest"
	"vuon/internal/lifecycle"
)

// crowd lets so many buyers ask for two seats each over HTTP, at once and over so many connections, and counts the answers.
func crowd(t *testing.T, handler http.Handler, buyers int, path, body string) map[string]int {
	t.Helper()
	server := httptest.NewServer(handler)
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: 100, MaxIdleConnsPerHost: 100}}
	defer client.CloseIdleConnections()
	var mu sync.Mutex
	answers := map[string]int{}
	housetest.Race(buyers, func(int) error {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+path, strings.NewReader(body))
		if err != nil {
			return err
		}
		r.Header.Set("Content-Type", "application/json")
		got, err := client.Do(r)
		said := fmt.Sprint(err)
		if err == nil {
			said = fmt.Sprint(got.StatusCode)
			raw := make([]byte, 4096)
			n, _ := got.Body.Read(raw)
			if strings.Contains(string(raw[:n]), "order.sold_out") {
				said += " sold out"
			}
			_ = got.Body.Close()
		}
		mu.Lock()
		defer mu.Unlock()
		answers[said]++
		return nil
	})
	return answers
}

func TestTwoThousandBuyersOfFiveHundredAndOneSeats(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 501, time.Now(), 0)
	server := housetest.Server(t, house)
	house.Settings().RateLimits.Enabled = false // they all sit at one address
	answers := crowd(t, server, 2000, "/api/vuon/events/"+s.Event.Slug()+"/orders", `{"lines":[{"type":"`+s.Types[0].Id+`","count":2}]}`)
	if answers["200"] != 250 || answers["409 sold out"]+answers["503"] != 1750 {
		t.Errorf("answered %v", answers)
	}
	counts(t, house, s.Quota, 500, 0)
	housetest.Well(t, house)
}

// The negative control: look whether there is room, then take it. Without the trigger, far more seats are sold than there are.
func TestWhoLooksAndThenTakesOversells(t *testing.T) {
	t.Parallel()
	house, meet := housetest.App(t), housetest.Meeting(50) // of 100 who are served at once
	s := housetest.OnSale(t, house, 51, now, 0)
	if _, err := house.DB().NewQuery("DROP TRIGGER quotas_never_oversell").Execute(); err != nil {
		t.Fatal(err)
	}
	answers := crowd(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		q, err := events.Quotas.Find(house, s.Quota.Id)
		meet()
		if err != nil || q.Room() < 2 {
			w.WriteHeader(http.StatusConflict)
			return
		}
		if _, err := house.NonconcurrentDB().NewQuery("UPDATE quotas SET held = held + 2 WHERE id = {:id}").Bind(dbx.Params{"id": q.Id}).Execute(); err != nil {
			w.WriteHeader(http.StatusInternalServerError)
		}
	}), 200, "/", "")
	if held, _ := housetest.Counts(t, house, s.Quota); answers["200"] <= 25 || held <= 51 {
		t.Errorf("%v, and %d seats of 51 are held: what was taken away is not what holds them", answers, held)
	}
}

func TestRaceTheLastSeatHasOneBuyer(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 1, now, 0)
	won := housetest.Race(50, func(int) error {
		_, err := events.Reserve(context.Background(), house, s.Wants(1), now)
		return err
	})
	if won != 1 {
		t.Errorf("%d of 50 have the last seat", won)
	}
	counts(t, house, s.Quota, 1, 0)
	housetest.Well(t, house)
}

// Whoever is first ends the order: its seats come back once, whoever else tried.
func TestRaceAnOrderEndsOnce(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 10, now, 110_000)
	staff := housetest.StaffActing(t, house)
	for range 5 {
		o := s.Bought(t, house, 2, now)
		late := now.Add(27 * time.Hour)
		housetest.Race(8, func(i int) error {
			switch i % 4 {
			case 0:
				return events.Expire(house, late)
			case 1:
				_, err := events.CancelOrder(house, staff, o.Id, "trùng", late)
				return err
			case 2:
				_, err := events.CallOff(house, access.Link(o.Id), o.Id, late)
				return err
			}
			_, err := events.Abandon(house, access.Link(o.Id), o.Id, late)
			return err
		})
		counts(t, house, s.Quota, 0, 0)
	}
	housetest.Well(t, house)
}

// Money, the clock and the buyer at once: whatever comes first, the seats add up.
func TestRaceMoneyAndTheClock(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 3, now, 110_000)
	for range 3 {
		o := s.Bought(t, house, 1, now)
		late := now.Add(27 * time.Hour)
		housetest.Race(3, func(i int) error {
			if i == 0 {
				return events.Expire(house, late)
			}
			_, err := events.Pay(house, o.Id, "payment00000001", access.Job("test"), late)
			return err
		})
		stands(t, house, o, events.OrderConfirmed) // paid in time, or its seats were taken again
	}
	counts(t, house, s.Quota, 0, 3)
	housetest.Well(t, house)
}

// many are baskets of all kinds, some of which make no sense.
func many(s housetest.Sale, dice *rand.Rand, n int) []events.Basket {
	baskets := make([]events.Basket, n)
	for i := range baskets {
		b := events.Basket{Event: s.Event.Id}
		for _, y := range s.Types {
			if dice.IntN(3) > 0 {
				b.Lines = append(b.Lines, events.Line{Type: y.Id, Count: dice.IntN(6)})
			}
		}
		switch dice.IntN(8) {
		case 0:
			b.Event = "nowhere"
		case 1:
			b.Key = fmt.Sprintf("the same key twice %d", dice.IntN(3))
		case 2:
			b.Lines = append(b.Lines, events.Line{Type: "nosuchtype00000", Count: 1})
		}
		baskets[i] = b
	}
	return baskets
}

// A batch gives everybody what they would have been given one after the other.
func TestABatchIsAsOneAfterTheOther(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		houses := [2]core.App{housetest.App(t), housetest.App(t)}
		var told [2][]string
		var held [2]int
		for i, house := range houses {
			s := housetest.OnSale(t, house, 60, now, 0, 10_000, 0)
			housetest.Change(t, house, s.Types[2], map[string]any{"max_per_order": 3})
			baskets := many(s, rand.New(rand.NewPCG(seed, 1)), 60)
			results := make([]events.Reserved, len(baskets))
			if i == 0 {
				results = events.ReserveAll(house, baskets, now)
			} else {
				for n, b := range baskets {
					results[n].Order, results[n].Err = events.Reserve(context.Background(), house, b, now)
				}
			}
			for _, r := range results {
				said := fault.Code(r.Err)
				if r.Err == nil {
					said = fmt.Sprintf("%d seats for %d", r.Order.Seats(), r.Order.Total())
				}
				told[i] = append(told[i], said)
			}
			held[i], _ = housetest.Counts(t, house, s.Quota)
			housetest.Well(t, house)
		}
		if together, alone := strings.Join(told[0], "\n"), strings.Join(told[1], "\n"); together != alone || held[0] != held[1] {
			t.Errorf("seed %d: together\n%s\nalone\n%s", seed, together, alone)
		}
	}
}

// What nobody expected of one does no harm to the others.
func TestAPoisonedReservationHarmsNobodyElse(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 100, now, 0)
	_, err := house.NonconcurrentDB().NewQuery(`CREATE TRIGGER poison BEFORE INSERT ON orders WHEN NEW.key = 'poison poison poison'
		BEGIN SELECT RAISE(ABORT, 'poison'); END`).Execute()
	housetest.Refused(t, err, "")
	baskets := make([]events.Basket, 9)
	for i := range baskets {
		if baskets[i] = s.Wants(2); i == 4 {
			baskets[i].Key = "poison poison poison"
		}
	}
	for i, r := range events.ReserveAll(house, baskets, now) {
		if want := map[bool]string{true: "internal"}[i == 4]; fault.Code(r.Err) != want {
			t.Errorf("%d: %v", i, r.Err)
		}
	}
	won := housetest.Race(9, func(i int) error {
		_, err := events.Reserve(context.Background(), house, baskets[i], now)
		return err
	})
	if won != 8 {
		t.Errorf("%d of 8 were served", won)
	}
	counts(t, house, s.Quota, 32, 0)
	housetest.Refused(t, lifecycle.Verify(house), "")
	housetest.Well(t, house)
}

// While the writer is kept from writing, so many wait and no more; who has waited too long leaves, and nothing is stored for them.
func TestWhoCannotBeServedIsToldSo(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 10_000, now, 0)
	server := housetest.Server(t, house)
	const waiting, impatient = 2030, 9 // within the queue's 2048
	begun, end := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		_ = house.RunInTransaction(func(core.App) error {
			close(begun)
			<-end
			return nil
		})
	})
	<-begun
	leave, left := context.WithCancel(t.Context())
	served, gone, full := 0, 0, 0
	var mu sync.Mutex
	ask := func(ctx context.Context, n int) {
		for range n {
			all.Go(func() {
				_, err := events.Reserve(ctx, house, s.Wants(1), now)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					served++
				case fault.Code(err) == "order.busy" && ctx.Err() != nil:
					gone++
				case fault.Code(err) == "order.busy":
					full++
				default:
					t.Error(err)
				}
			})
		}
	}
	wait := func(count *int, most int) {
		for range 2000 {
			mu.Lock()
			reached := *count >= most
			mu.Unlock()
			if reached {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	ask(t.Context(), waiting)
	ask(leave, impatient)
	time.Sleep(100 * time.Millisecond) // so that they stand in the queue when they leave; who comes later finds that it is over too
	left()
	wait(&gone, impatient-1) // one of them may be the writer, who is not let go
	ask(t.Context(), 200)
	wait(&full, 1)
	busy := housetest.Ask(t, server, nil, http.MethodPost, "/api/vuon/events/"+s.Event.Slug()+"/orders", `{"lines":[{"type":"`+s.Types[0].Id+`","count":1}]}`)
	if busy.Code != http.StatusServiceUnavailable || busy.Header().Get("Retry-After") != "2" || !strings.Contains(busy.Body.String(), "order.busy") {
		t.Errorf("answered %d, Retry-After %q: %s", busy.Code, busy.Header().Get("Retry-After"), busy.Body)
	}
	close(end)
	all.Wait()
	if gone < impatient-1 || served+full+gone != waiting+impatient+200 || full == 0 {
		t.Errorf("%d were served, %d left, %d found no place", served, gone, full)
	}
	counts(t, house, s.Quota, served, 0)
	housetest.Well(t, house)
}
