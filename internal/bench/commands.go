package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"vuon/internal/app"
)

// Command is `vuon bench`; now is the wall's clock.
func Command(now func() time.Time) *cobra.Command {
	c := &cobra.Command{Use: "bench", Short: "Measure this binary on this machine"}
	c.AddCommand(startCommand(now), noticesCommand(now), listsCommand(now), ticketsCommand(now))
	return c
}

func startCommand(now func() time.Time) *cobra.Command {
	var runs int
	c := measuring("start", "Time from start to /readyz on an existing database, and memory at rest", func(ctx context.Context) (Report, error) {
		if runs < 1 {
			return Report{}, errors.New("--runs is at least one")
		}
		return measureStart(ctx, now, runs)
	})
	c.Flags().IntVar(&runs, "runs", 3, "how often to start; the median counts")
	return c
}

func noticesCommand(now func() time.Time) *cobra.Command {
	var due, rows int
	c := measuring("notices", "Time to compute and queue notices that fall due together, and what a long outbox costs the minute", func(context.Context) (Report, error) {
		if due < 1 || rows < 1 {
			return Report{}, errors.New("--due and --rows are at least one")
		}
		return measureNotices(now, due, rows)
	})
	c.Flags().IntVar(&due, "due", 10_000, "how many notices fall due")
	c.Flags().IntVar(&rows, "rows", 100_000, "how many letters lie in the outbox")
	return c
}

// measuring is a command that measures something and holds it against its limits.
func measuring(use, short string, measure func(context.Context) (Report, error)) *cobra.Command {
	var asJSON, strict bool
	c := app.WithoutHouse(&cobra.Command{
		Use: use, Short: short, Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			r, err := measure(c.Context())
			if err != nil {
				return err
			}
			if err := r.print(c.OutOrStdout(), asJSON); err != nil {
				return err
			}
			if strict && !r.OK {
				return errors.New("the limits do not hold")
			}
			return nil
		},
	})
	c.Flags().BoolVar(&asJSON, "json", false, `print {"ok","figures":[{"key","value","limit","unit","ratio"}]}`)
	c.Flags().BoolVar(&strict, "strict", false, "fail when a limit does not hold")
	return c
}

// Figure is one measurement beside its limit.
type Figure struct {
	Key   string  `json:"key"`
	Value float64 `json:"value"`
	Limit float64 `json:"limit"`
	Unit  string  `json:"unit"`
	Ratio float64 `json:"ratio"` // value by limit
}

// Report is what a bench found.
type Report struct {
	OK      bool     `json:"ok"`
	Figures []Figure `json:"figures"`
}

func report(figures ...Figure) Report {
	r := Report{OK: true}
	for _, f := range figures {
		f.Ratio = f.Value / f.Limit
		r.OK = r.OK && f.Ratio <= 1
		r.Figures = append(r.Figures, f)
	}
	return r
}

func (r Report) print(out io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(out).Encode(r)
	}
	for _, f := range r.Figures {
		if _, err := fmt.Fprintf(out, "%-12s %8.1f %-3s of %6.0f  = %.2f\n", f.Key, f.Value, f.Unit, f.Limit, f.Ratio); err != nil {
			return err
		}
	}
	return nil
}
