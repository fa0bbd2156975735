package app

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
)

func TestASQLiteThatDamagesDatabasesIsRefused(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]bool{"3.51.2": false, "3.9.0": false, "": false, "3.51.3": true, "3.53.3": true, "4.0.0": true} {
		if got := sound(version) == nil; got != want {
			t.Errorf("%q: %v", version, got)
		}
	}
}

// What is answered is on the disk, in data.db; the log beside it may lose its last lines.
func TestAnAnsweredWriteSurvivesAPowerCut(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]int{"data.db": 2, "auxiliary.db": 1} { // FULL, NORMAL
		db := connected(t, filepath.Join(t.TempDir(), name))
		var level int
		var mode string
		if err := db.NewQuery("PRAGMA synchronous").Row(&level); err != nil {
			t.Fatal(err)
		}
		if err := db.NewQuery("PRAGMA journal_mode").Row(&mode); err != nil {
			t.Fatal(err)
		}
		if level != want || mode != "wal" {
			t.Errorf("%s: synchronous %d, journal %s", name, level, mode)
		}
	}
}

// A transaction takes the write lock when it begins: a second process waits there, and does not fail half way.
func TestATransactionBeginsWithItsLock(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data.db")
	one, other := connected(t, path), connected(t, path)
	first, err := one.Begin()
	if err != nil {
		t.Fatal(err)
	}
	begun := make(chan error, 1)
	go func() {
		second, err := other.Begin()
		if err == nil {
			err = second.Rollback()
		}
		begun <- err
	}()
	select {
	case err := <-begun:
		t.Errorf("two transactions write at once (%v)", err)
	case <-time.After(200 * time.Millisecond):
		if err := first.Rollback(); err != nil {
			t.Fatal(err)
		}
		if err := <-begun; err != nil {
			t.Error(err)
		}
	}
}

func connected(t *testing.T, path string) *dbx.DB {
	t.Helper()
	db, err := Connect(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}
