package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/notify"
	"vuon/internal/people"
	"vuon/internal/startups"
	"vuon/internal/uploads"
)

// Commands are the house's own, beside PocketBase's serve, superuser and migrate.
func Commands(app core.App, cfg Config, deps Deps, version string) []*cobra.Command {
	rooms := people.Commands(app, func() error { return enter(app, cfg) }, deps.Now)
	for _, c := range rooms {
		c.Annotations = map[string]string{inHouse: "yes"}
	}
	for _, c := range notify.Commands(func(do func(core.App) error) error { return lookInside(app.DataDir(), cfg, deps, do) },
		func(says string) error { return Misuse(says) }) {
		for _, below := range c.Commands() {
			below.Annotations = map[string]string{noHouse: "yes", inHouse: "yes"}
		}
		rooms = append(rooms, c)
	}
	// A command of a table opens its house itself, and begins one where there is none: a table is how many a centre begins. To tell
	// what would be done it only reads, or asks a house that is begun elsewhere and thrown away.
	for _, c := range startups.Commands(func(do func(core.App) error) error { return inside(app, cfg, do) },
		func(do func(core.App) error) error {
			if stands(app.DataDir()) {
				return lookInside(app.DataDir(), cfg, deps, do)
			}
			return elsewhere(cfg, deps, do)
		}, deps.Now) {
		for _, below := range c.Commands() {
			below.Annotations = map[string]string{noHouse: "yes"}
		}
		rooms = append(rooms, c)
	}
	return append(rooms,
		doctorCommand(app, cfg, deps.Now), journalCommand(app), jobsCommand(app, cfg), repairCommand(app, cfg, deps), versionCommand(version),
		calendarCommand(cfg, deps), payCommand(),
	)
}

func versionCommand(version string) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version of this binary", Args: cobra.NoArgs,
		Annotations: map[string]string{noHouse: "yes"},
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(c.OutOrStdout(), version)
			return err
		},
	}
}

func doctorCommand(app core.App, cfg Config, now func() time.Time) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "doctor", Short: "Examine a database, without touching it, and name everything that is wrong with it",
		Args: cobra.NoArgs, Annotations: map[string]string{noHouse: "yes", inHouse: "yes"},
		RunE: func(c *cobra.Command, _ []string) (err error) {
			house, done, err := look(app.DataDir())
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, done()) }()
			kept, err := anchors(app.DataDir())
			if err != nil {
				return err
			}
			storage, err := storageOf(house, app.DataDir(), cfg)
			if err != nil {
				return err
			}
			if storage != nil {
				defer func() { err = errors.Join(err, storage.Close()) }()
			}
			checks, err := Doctor(c.Context(), house, storage, now().Add(-uploads.Settled), kept...)
			if err != nil {
				return err
			}
			return report(c.OutOrStdout(), checks, asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, `print {"ok","checks":[{"id","ok","says","rows"}]}`)
	return c
}

// report prints what the doctor found, as one JSON value or a line for each check, and fails if anything is wrong.
func report(out io.Writer, checks []Check, asJSON bool) error {
	var broken []string
	for _, check := range checks {
		if !check.OK {
			broken = append(broken, check.ID)
		}
		if asJSON {
			continue
		}
		word := "ok     "
		if !check.OK {
			word = "broken "
		}
		if _, err := fmt.Fprintln(out, word, check.ID, "–", check.Says, strings.Join(check.Rows, " ")); err != nil {
			return err
		}
	}
	if asJSON {
		if err := json.NewEncoder(out).Encode(map[string]any{"ok": len(broken) == 0, "checks": checks}); err != nil {
			return err
		}
	}
	if len(broken) > 0 {
		return fmt.Errorf("the database is not well: %s", strings.Join(broken, ", "))
	}
	return nil
}

func journalCommand(app core.App) *cobra.Command {
	c := &cobra.Command{Use: "journal", Short: "Look after the journal"}
	c.AddCommand(&cobra.Command{
		Use: "verify", Short: "Walk the journal and name the first row that was changed, taken out or put in",
		Args: cobra.NoArgs, Annotations: map[string]string{noHouse: "yes", inHouse: "yes"},
		RunE: func(c *cobra.Command, _ []string) (err error) {
			house, done, err := look(app.DataDir())
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, done()) }()
			kept, err := anchors(app.DataDir())
			if err != nil {
				return err
			}
			if err := lifecycle.Verify(house, kept...); err != nil {
				return err
			}
			newest, err := lifecycle.Newest(house)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "whole: %d entries, %d anchors, newest %s\n", newest.Seq, len(kept), newest.Hash)
			return err
		},
	})
	return c
}

func jobsCommand(app core.App, cfg Config) *cobra.Command {
	var at string
	run := &cobra.Command{
		Use: "run", Short: "Run every job that is due at an instant: for its latest slot, or for each that it missed where that is its way",
		Args: cobra.NoArgs, Annotations: map[string]string{inHouse: "yes"},
		RunE: func(c *cobra.Command, _ []string) error {
			now, err := time.Parse(time.RFC3339, at)
			if err != nil {
				return Misuse("--at is an instant such as 2026-11-25T08:00:00+07:00")
			}
			if err := enter(app, cfg); err != nil {
				return err
			}
			ran, err := RunJobs(app, now)
			for _, name := range ran {
				if _, err := fmt.Fprintln(c.OutOrStdout(), name); err != nil {
					return err
				}
			}
			return err
		},
	}
	run.Flags().StringVar(&at, "at", "", "the instant, as RFC 3339")
	if err := run.MarkFlagRequired("at"); err != nil {
		app.Logger().Error("a flag has no name", "error", err)
	}
	c := &cobra.Command{Use: "jobs", Short: "Look after the scheduled jobs"}
	c.AddCommand(run)
	return c
}

// repairCommand is the emergency exit: an operator fires one verb of one row, past every permission but past no guard, and
// the journal says who did it and why.
func repairCommand(app core.App, cfg Config, deps Deps) *cobra.Command {
	var who, reason string
	c := &cobra.Command{
		Use: "repair COLLECTION ID VERB", Short: "Fire one verb of one row, and write into the journal who did it and why",
		Args: cobra.ExactArgs(3), Annotations: map[string]string{inHouse: "yes"},
		RunE: func(c *cobra.Command, args []string) error {
			if strings.TrimSpace(who) == "" || strings.TrimSpace(reason) == "" {
				return Misuse("--by and --reason are what the journal will say; neither may be empty")
			}
			if err := enter(app, cfg); err != nil {
				return err
			}
			by := access.Actor{ID: "operator:" + who}
			if err := fire(app, args[0], args[1], args[2], by, deps.Now(), lifecycle.Because(reason)); err != nil {
				return err
			}
			_, err := fmt.Fprintln(c.OutOrStdout(), "done")
			return err
		},
	}
	c.Flags().StringVar(&who, "by", "", "who repairs")
	c.Flags().StringVar(&reason, "reason", "", "why")
	return c
}

// enter readies a house for a command that writes to it.
func enter(app core.App, cfg Config) error {
	if err := databaseIsKnown(app); err != nil {
		return err
	}
	if err := app.RunAllMigrations(); err != nil {
		return err
	}
	return open(app, cfg)
}

// inside lends the house that a command writes to, and shuts it.
func inside(app core.App, cfg Config, do func(house core.App) error) (err error) {
	if err := app.Bootstrap(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, app.ResetBootstrapState()) }()
	if err := enter(app, cfg); err != nil {
		return err
	}
	return do(app)
}
