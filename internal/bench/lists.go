package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"vuon/internal/app"
)

// atMost is how many times slower a list of the house may be than a bare handler that runs the same query and writes the same
// JSON.
const atMost = 4

// asks is how often each list is asked for, of the house and of the bare handler in turn.
const asks = 120

// suite is the lists of one room: what is planted, and what is asked for then.
type suite struct {
	rows  int // as many as were promised
	plant func(house core.App, rows int, at time.Time) error
	lists []listed
}

// listed is one list: an address without its beginning, for each turn, and how the bare handler writes what its queries find.
type listed struct {
	key    string
	path   func(turn int) string
	pages  []string // how the queries of the page end, in order; the bare handler runs those
	bare   func(ctx context.Context, db *dbx.DB, sqls []string, w io.Writer) error
	within float64 // milliseconds that all but one in twenty answers take at most; 0 is as long as it takes
}

// suites are the rooms whose lists can be measured.
func suites(now func() time.Time) map[string]suite {
	return map[string]suite{"intake": intakeSuite(), "startups": startupsSuite(now)}
}

func listsCommand(now func() time.Time) *cobra.Command {
	var only string
	var rows int
	var asJSON, strict bool
	c := app.WithoutHouse(&cobra.Command{
		Use: "lists", Short: "Time of a page of long lists over HTTP, beside a bare handler with the same query and the same JSON", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			room, known := suites(now)[only]
			if !known {
				return fmt.Errorf("--only is one of: %s", strings.Join(slices.Sorted(keys(suites(now))), ", "))
			}
			if rows == 0 {
				rows = room.rows
			}
			if rows < 100 {
				return errors.New("--rows is at least 100")
			}
			r, err := measureLists(c.Context(), now, only, room, rows)
			if err != nil {
				return err
			}
			if err := r.write(c.OutOrStdout(), asJSON); err != nil {
				return err
			}
			if strict && !r.OK {
				return errors.New("the limits do not hold")
			}
			return nil
		},
	})
	c.Flags().StringVar(&only, "only", "intake", "whose lists")
	c.Flags().IntVar(&rows, "rows", 0, "how many rows lie in them: applications, or startups of sixty months; 0 is as many as were promised")
	c.Flags().BoolVar(&asJSON, "json", true, `print {"ok","only","rows","lists":[{"key","house":{"p50","p95"},"bare":{"p50","p95"},"ratio","limit","within","bytes"}]}, times in milliseconds`)
	c.Flags().BoolVar(&strict, "strict", false, "fail when a limit does not hold")
	return c
}

// Times are how long answers took, in milliseconds: half of them at most p50, all but one in twenty at most p95.
type Times struct {
	P50 float64 `json:"p50"`
	P95 float64 `json:"p95"`
}

// ListFigure is one list, of the house and bare.
type ListFigure struct {
	Key   string  `json:"key"`
	House Times   `json:"house"`
	Bare  Times   `json:"bare"`
	Ratio float64 `json:"ratio"` // of the medians
	Limit float64 `json:"limit"`

	Within float64 `json:"within"` // milliseconds for the p95 of the house; 0 is no limit
	Bytes  int     `json:"bytes"`  // of the last answer: both gave the same
}

// ListReport is what was found.
type ListReport struct {
	OK    bool         `json:"ok"`
	Only  string       `json:"only"`
	Rows  int          `json:"rows"`
	Lists []ListFigure `json:"lists"`
}

func (r ListReport) write(out io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(out).Encode(r)
	}
	for _, f := range r.Lists {
		if _, err := fmt.Fprintf(out, "%-16s house %7.2f / %7.2f ms, bare %7.2f / %7.2f ms = %.2f of %.0f\n",
			f.Key, f.House.P50, f.House.P95, f.Bare.P50, f.Bare.P95, f.Ratio, f.Limit); err != nil {
			return err
		}
	}
	return nil
}

// measureLists plants a house of its own, serves it on loopback, and asks for each list in turn: of the house, then bare.
func measureLists(ctx context.Context, now func() time.Time, only string, room suite, rows int) (r ListReport, err error) {
	dir, err := os.MkdirTemp("", "vuon-bench-")
	if err != nil {
		return r, err
	}
	house := core.NewBaseApp(core.BaseAppConfig{DataDir: dir, DBConnect: app.Connect})
	defer func() { err = errors.Join(err, house.ResetBootstrapState(), os.RemoveAll(dir)) }()
	at := workday(now())
	if err := furnish(house, at); err != nil {
		return r, err
	}
	if err := room.plant(house, rows, at); err != nil {
		return r, err
	}
	db, ok := house.ConcurrentDB().(*dbx.DB)
	if !ok {
		return r, errors.New("nobody hears the queries")
	}
	served, stop, err := open(ctx, house)
	if err != nil {
		return r, err
	}
	defer stop()
	token, err := staffToken(house, at)
	if err != nil {
		return r, err
	}
	r = ListReport{OK: true, Only: only, Rows: rows}
	for _, l := range room.lists {
		f, err := l.measure(ctx, now, db, served, token)
		if err != nil {
			return r, fmt.Errorf("%s: %w", l.key, err)
		}
		r.OK = r.OK && f.Ratio <= atMost && (l.within == 0 || f.House.P95 <= l.within)
		r.Lists = append(r.Lists, f)
	}
	return r, nil
}

// listen serves a handler on loopback.
func listen(ctx context.Context, h http.Handler) (address string, stop func(), err error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	s := &http.Server{Handler: h, ReadHeaderTimeout: tooLong}
	go func() { _ = s.Serve(l) }()
	return "http://" + l.Addr().String(), func() { _ = s.Close() }, nil
}

// open serves the house with every middleware that it has. Only the counting of requests by the minute is off: this is one
// client that asks more often than one may.
func open(ctx context.Context, house core.App) (address string, stop func(), err error) {
	router, err := apis.NewRouter(house)
	if err != nil {
		return "", nil, err
	}
	var mux http.Handler
	err = house.OnServe().Trigger(&core.ServeEvent{App: house, Router: router, Server: &http.Server{ReadHeaderTimeout: tooLong}}, func(e *core.ServeEvent) (err error) {
		mux, err = e.Router.BuildMux()
		return err
	})
	if err != nil {
		return "", nil, err
	}
	house.Settings().RateLimits.Enabled = false
	return listen(ctx, mux)
}
