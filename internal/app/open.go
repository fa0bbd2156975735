package app

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"golang.org/x/mod/semver"
)

// oldestSQLite is the first version without a bug that could damage a database whose log is checkpointed by two
// connections at once.
const oldestSQLite = "3.51.3"

// sqliteIsSound refuses a database library with a known fault.
func sqliteIsSound(app core.App) error {
	v, err := sqliteVersion(app)
	if err != nil {
		return fmt.Errorf("ask SQLite for its version: %w", err)
	}
	return sound(v)
}

func sound(v string) error {
	if semver.Compare("v"+v, "v"+oldestSQLite) < 0 {
		return fmt.Errorf("SQLite %s can damage a database; %s or newer is needed", v, oldestSQLite)
	}
	return nil
}

// databaseIsKnown refuses a database that a newer binary has migrated: an old one would serve it and break it.
func databaseIsKnown(app core.App) error {
	files, _, err := appliedMigrations(app)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, list := range []core.MigrationsList{core.SystemMigrations, core.AppMigrations} {
		for _, m := range list.Items() {
			known[m.File] = true
		}
	}
	unknown := slices.DeleteFunc(files, func(file string) bool { return known[file] })
	if len(unknown) > 0 {
		return fmt.Errorf("this database is newer than this binary: it does not know %s", strings.Join(unknown, ", "))
	}
	return nil
}

// triggersStand refuses a database in which a trigger is missing.
func triggersStand(app core.App) error {
	missing, err := missingTriggers(app)
	if err != nil {
		return err
	}
	if len(missing) > 0 {
		return fmt.Errorf("missing in the database: trigger %s", strings.Join(missing, ", trigger "))
	}
	return nil
}
