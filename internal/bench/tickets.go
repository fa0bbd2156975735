package bench

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"vuon/internal/app"
	"vuon/internal/events"
	"vuon/pb_public"
)

// seatsEach is how many seats every order takes.
const seatsEach = 2

func ticketsCommand(now func() time.Time) *cobra.Command {
	var callers, seconds int
	c := app.WithoutHouse(&cobra.Command{
		Use: "tickets", Short: "Orders of two seats a second: over HTTP, by the house's verb, by one save after the other, and by bare SQL", Args: cobra.NoArgs,
		Long: `Orders of two seats of one event, at synchronous=FULL, in a scratch directory that is gone afterwards. Each part has a house of
its own, and the parts take turns of a second, so that what else the machine does weighs on all alike.

  raw    for each order one conditional UPDATE, one INSERT and one INSERT of two rows, prepared, 256 orders a commit, no journal,
         ids as PocketBase draws them
  naive  for each order a transaction of its own: the conditional UPDATE, and three rows saved through every hook
  verb   the house's own function, by so many callers at once
  http   its route on loopback, the client on the same machine; limits by address are lifted for it

It prints {"http":{"orders_per_second","p50_ms","p99_ms"},"verb":{…},"naive":{…},"raw":{…},"ratios":{"verb_naive","verb_raw","http_raw"}}.`,
		RunE: func(c *cobra.Command, _ []string) error {
			if callers < 1 || callers > 4096 || seconds < 1 || seconds > 600 {
				return errors.New("--callers is 1 to 4096, --seconds 1 to 600")
			}
			r, err := measureTickets(c.Context(), now, callers, seconds)
			if err != nil {
				return err
			}
			return json.NewEncoder(c.OutOrStdout()).Encode(r)
		},
	})
	c.Flags().IntVar(&callers, "callers", 64, "how many ask at once")
	c.Flags().IntVar(&seconds, "seconds", 5, "how long each part lasts")
	return c
}

// Pace is how many orders a part made a second, and how long half of them and all but one in a hundred took at most.
type Pace struct {
	Orders float64 `json:"orders_per_second"`
	P50    float64 `json:"p50_ms"`
	P99    float64 `json:"p99_ms"`
}

// TicketReport is what was found.
type TicketReport struct {
	HTTP   Pace               `json:"http"`
	Verb   Pace               `json:"verb"`
	Naive  Pace               `json:"naive"`
	Raw    Pace               `json:"raw"`
	Ratios map[string]float64 `json:"ratios"`
}

// part is one way to make orders, in a house of its own.
type part struct {
	key   string
	lanes int                                                    // how many go at once
	turn  func(ctx context.Context, lane int) (n int, err error) // makes some orders, and says how many
	house core.App
	event sale
	took  [][]time.Duration // by lane, one for each order
	lasts time.Duration
	stop  func()
}

func measureTickets(ctx context.Context, now func() time.Time, callers, seconds int) (r TicketReport, err error) {
	dir, err := os.MkdirTemp("", "vuon-bench-")
	if err != nil {
		return r, err
	}
	var parts []*part
	defer func() {
		for _, p := range parts {
			if p.stop != nil {
				p.stop()
			}
			err = errors.Join(err, p.house.(*core.BaseApp).ResetBootstrapState()) //nolint:forcetypeassert // made below
		}
		err = errors.Join(err, os.RemoveAll(dir))
	}()
	at := now()
	seed, sold, err := seedSale(filepath.Join(dir, "seed"), at)
	if err != nil {
		return r, err
	}
	for _, key := range []string{"raw", "naive", "verb", "http"} {
		p, err := openPart(ctx, key, filepath.Join(dir, key), seed, sold, now, callers)
		if p != nil {
			parts = append(parts, p)
		}
		if err != nil {
			return r, err
		}
	}
	for range seconds {
		for _, p := range parts {
			if err := p.run(ctx, now, time.Second); err != nil {
				return r, fmt.Errorf("%s: %w", p.key, err)
			}
		}
	}
	paces := map[string]Pace{}
	for _, p := range parts {
		if paces[p.key], err = p.pace(); err != nil {
			return r, err
		}
	}
	r = TicketReport{HTTP: paces["http"], Verb: paces["verb"], Naive: paces["naive"], Raw: paces["raw"]}
	r.Ratios = map[string]float64{
		"verb_naive": r.Verb.Orders / r.Naive.Orders, "verb_raw": r.Verb.Orders / r.Raw.Orders, "http_raw": r.HTTP.Orders / r.Raw.Orders,
	}
	return r, nil
}

// seedSale makes a house with one event on sale, closes it and gives its database.
func seedSale(dir string, at time.Time) (database []byte, s sale, err error) {
	house := core.NewBaseApp(core.BaseAppConfig{DataDir: dir, DBConnect: app.Connect})
	if err := furnish(house, at); err != nil {
		return nil, s, err
	}
	if s, err = plantSale(house, at); err != nil {
		return nil, s, errors.Join(err, house.ResetBootstrapState())
	}
	if err := house.ResetBootstrapState(); err != nil { // closes the database, so that the file is whole
		return nil, s, err
	}
	database, err = os.ReadFile(filepath.Join(dir, "data.db"))
	return database, s, err
}

// openPart opens a copy of the seed.
func openPart(ctx context.Context, key, dir string, seed []byte, s sale, now func() time.Time, callers int) (*part, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(dir, "data.db"), seed, 0o600); err != nil {
		return nil, err
	}
	house := core.NewBaseApp(core.BaseAppConfig{DataDir: dir, DBConnect: app.Connect})
	if err := house.Bootstrap(); err != nil {
		return nil, err
	}
	p := &part{key: key, lanes: callers, house: house, event: s}
	if err := app.Bind(house, app.Config{}, app.Deps{Now: now, Random: rand.Reader, Public: pb_public.Files}); err != nil {
		return p, err
	}
	switch key {
	case "raw":
		p.lanes, p.turn = 1, func(ctx context.Context, _ int) (int, error) { return bareOrders(ctx, house, s, now(), 256) }
	case "naive":
		p.turn = func(context.Context, int) (int, error) { return 1, savedOrder(house, s, now()) }
	case "verb":
		p.turn = func(ctx context.Context, _ int) (int, error) {
			_, err := events.Reserve(ctx, house, events.Basket{Event: s.event, Lines: []events.Line{{Type: s.kind, Count: seatsEach}}}, now())
			return 1, err
		}
	case "http":
		address, stop, err := open(ctx, house)
		if err != nil {
			return p, err
		}
		p.stop = stop
		callers := make([]*caller, p.lanes)
		p.turn = func(ctx context.Context, lane int) (int, error) {
			if callers[lane] == nil {
				c, err := call(ctx, strings.TrimPrefix(address, "http://"))
				if err != nil {
					return 0, err
				}
				callers[lane] = c
			}
			return 1, callers[lane].order(s)
		}
	}
	p.took = make([][]time.Duration, p.lanes)
	return p, nil
}

// run lets every lane make orders for a while.
func (p *part) run(ctx context.Context, now func() time.Time, lasts time.Duration) error {
	began := now()
	var all sync.WaitGroup
	failed := make([]error, p.lanes)
	for lane := range p.lanes {
		all.Go(func() {
			for asked := now(); asked.Sub(began) < lasts; {
				n, err := p.turn(ctx, lane)
				if err != nil {
					failed[lane] = err
					return
				}
				answered := now()
				for range n {
					p.took[lane] = append(p.took[lane], answered.Sub(asked))
				}
				asked = answered
			}
		})
	}
	all.Wait()
	p.lasts += now().Sub(began)
	return errors.Join(failed...)
}

// pace reckons what a part reached, and refuses to where its seats do not add up.
func (p *part) pace() (Pace, error) {
	took := slices.Concat(p.took...)
	if len(took) == 0 {
		return Pace{}, errors.New("no order was made")
	}
	slices.Sort(took)
	held, tickets, orders, err := seatsHeld(p.house, p.event)
	if err != nil {
		return Pace{}, err
	}
	if orders != len(took) || held != seatsEach*orders || tickets != held {
		return Pace{}, fmt.Errorf("%s: %d orders were answered, %d are stored with %d tickets, and %d seats are held", p.key, len(took), orders, tickets, held)
	}
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	return Pace{float64(len(took)) / p.lasts.Seconds(), ms(took[len(took)/2]), ms(took[len(took)*99/100])}, nil
}

// caller is one connection to the house. It is no more than a request needs: what it costs is not the house's.
type caller struct {
	conn net.Conn
	in   *bufio.Reader
}

func call(ctx context.Context, address string) (*caller, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return &caller{conn, bufio.NewReader(conn)}, nil
}

// order asks for seats as a browser does, with a key of its own, and reads the answer to its end.
func (c *caller) order(s sale) error {
	body := `{"lines":[{"type":"` + s.kind + `","count":` + strconv.Itoa(seatsEach) + `}],"locale":"vi"}`
	_, err := io.WriteString(c.conn, "POST /api/vuon/events/"+s.slug+"/orders HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"+
		"Idempotency-Key: "+rand.Text()+"\r\nContent-Length: "+strconv.Itoa(len(body))+"\r\n\r\n"+body)
	if err != nil {
		return err
	}
	status, length := "", -1
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return err
		}
		name, value, _ := bytes.Cut(bytes.TrimSpace(line), []byte(":"))
		switch {
		case status == "":
			status = string(bytes.TrimSpace(line))
		case len(name) == 0:
			answer := make([]byte, max(length, 0))
			if _, err := io.ReadFull(c.in, answer); err != nil {
				return err
			}
			if !strings.HasPrefix(status, "HTTP/1.1 200 ") || length < 0 {
				return fmt.Errorf("answered %s: %s", status, answer)
			}
			return nil
		case strings.EqualFold(string(name), "Content-Length"):
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return err
			}
		}
	}
}
