package demo

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"vuon/internal/app"
	"vuon/internal/notify"
)

// goodbye is how long a stop may take before the demo leaves without its hat.
const goodbye = 7 * time.Second

// serve opens the demo in dir and serves it until the process is told to stop.
func serve(ctx context.Context, out io.Writer, address, dir string, cfg app.Config, deps app.Deps) error {
	ctx, cancel := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer cancel()
	f, err := claim(dir, func() (string, error) { return randomKey(deps.Random) })
	if err != nil {
		return err
	}
	if err := os.Setenv(app.SettingsKeyEnv, f.Key); err != nil { // PocketBase reads the key nowhere else
		return err
	}
	now := &clock{wall: deps.Now, folder: f, stop: ctx.Done()}
	box := notify.NewMailbox(now.Now)
	cfg = app.Config{Jobs: true, SettingsKey: app.Secret(f.Key), PublicURL: "http://" + address, PublicDir: cfg.PublicDir, Metrics: cfg.Metrics, Identity: cfg.Identity}
	deps.Now, deps.Mail, deps.Demo = now.Now, box, true

	house := core.NewBaseApp(core.BaseAppConfig{DataDir: dir, EncryptionEnv: app.SettingsKeyEnv, DBConnect: app.ConnectCarelessly})
	if err := open(house, cfg, deps, now); err != nil {
		return err
	}
	bindRoutes(house, box, now)
	house.OnServe().Bind(&hook.Handler[*core.ServeEvent]{
		Id: "demo.welcome", Priority: 99999, // once the address is taken
		Func: func(e *core.ServeEvent) error {
			if err := e.Next(); err != nil {
				return err
			}
			return welcome(out, address)
		},
	})
	served := make(chan error, 1)
	go func() { served <- apis.Serve(house, apis.ServeConfig{HttpAddr: address}) }()
	select {
	case err := <-served:
		return errors.Join(err, house.ResetBootstrapState())
	case <-ctx.Done():
	}
	return leave(house)
}

// open bootstraps, furnishes and, the first time, plants the house.
func open(house core.App, cfg app.Config, deps app.Deps, now *clock) error {
	if err := house.Bootstrap(); err != nil {
		return fmt.Errorf("open the database of the demo: %w", err)
	}
	if err := house.RunAllMigrations(); err != nil {
		return err
	}
	if err := app.Bind(house, cfg, deps); err != nil {
		return err
	}
	f := now.folder
	if f.Ready { // what its jobs owe for the days on which it was not served
		_, err := app.RunJobs(house, deps.Now())
		return err
	}
	if err := Plant(house, now.Now(), now.pretend); err != nil {
		return fmt.Errorf("plant the demo: %w", err)
	}
	now.pretend(time.Time{})
	f.Ready = true
	return f.save()
}

// leave closes the house as PocketBase would, but does not wait for ever: what was answered is stored already.
func leave(house core.App) error {
	done := make(chan error, 1)
	go func() {
		done <- house.OnTerminate().Trigger(&core.TerminateEvent{App: house}, func(e *core.TerminateEvent) error {
			return e.App.ResetBootstrapState()
		})
	}()
	bounded, cancel := context.WithTimeout(context.Background(), goodbye)
	defer cancel()
	select {
	case err := <-done:
		return err
	case <-bounded.Done():
		return nil
	}
}

// randomKey makes the 32 characters that PocketBase wants.
func randomKey(random io.Reader) (string, error) {
	raw := make([]byte, 16)
	if _, err := io.ReadFull(random, raw); err != nil {
		return "", fmt.Errorf("make a key: %w", err)
	}
	return hex.EncodeToString(raw), nil
}
