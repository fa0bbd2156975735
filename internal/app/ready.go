package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

// What a command asks for before it may run, as annotations of the command.
const (
	noHouse = "vuon.no_house" // it runs without a bootstrapped PocketBase, and makes no data folder
	inHouse = "vuon.in_house" // the data folder must be there already
)

// NeedsNoHouse says whether a command runs without a bootstrapped PocketBase.
func NeedsNoHouse(c *cobra.Command) bool { return c.Annotations[noHouse] != "" }

// WithoutHouse marks a command of another room that opens its own house, or none.
func WithoutHouse(c *cobra.Command) *cobra.Command {
	c.Annotations = map[string]string{noHouse: "yes"}
	return c
}

// Misuse is a command line that cannot be carried out, whatever lies in the folder.
type Misuse string

func (m Misuse) Error() string { return string(m) }

// ExitCode is that of wrong usage.
func (m Misuse) ExitCode() int { return 2 }

// asksForHouse says whether a command works on a data folder that must be there already. Of PocketBase's commands for
// superusers the first start needs only those that make one.
func asksForHouse(c *cobra.Command) bool {
	if c.HasParent() && c.Parent().Name() == "superuser" {
		return c.Name() != "create" && c.Name() != "upsert"
	}
	return c.Annotations[inHouse] != ""
}

// Ready refuses a command before anything is touched: one that works on a data folder which is not there, and a server
// that would keep its settings unencrypted.
func Ready(c *cobra.Command, cfg Config, dir string, dev bool) error {
	if asksForHouse(c) && !stands(dir) {
		return fmt.Errorf("there is no house in %s", dir)
	}
	if c.Name() == "serve" && !dev && cfg.SettingsKey == "" {
		return errors.New(SettingsKeyEnv + " is missing: 32 characters that encrypt the settings; keep them outside the data folder")
	}
	return nil
}

// stands says whether there is a house in a folder.
func stands(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "data.db"))
	return err == nil
}
