package housetest

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"modernc.org/sqlite"
)

// Street lends furnished houses to the subtests of one test, one tenant at a time: opening a house takes longer than most of
// what is asked in it.
type Street struct {
	t    testing.TB
	mu   sync.Mutex
	free []*Tenancy
}

// Tenancy is a house of a street, and the handler that serves it.
type Tenancy struct {
	House  core.App
	Server http.Handler
}

// NewStreet returns a street whose houses stand until t ends.
func NewStreet(t testing.TB) *Street { return &Street{t: t} }

// Rent returns a house that nobody else has until the subtest t ends; its rows are those of a new house.
func (s *Street) Rent(t testing.TB) *Tenancy {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	var of *Tenancy
	if n := len(s.free); n > 0 {
		of, s.free = s.free[n-1], s.free[:n-1]
		of.Clear(t)
	} else {
		house := App(s.t)
		of = &Tenancy{House: house, Server: Server(s.t, house)}
	}
	t.Cleanup(func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.free = append(s.free, of)
	})
	return of
}

// Clear takes every row away that a new house does not have. What the house remembers outside its databases stays, such as how
// often an address has asked.
func (of *Tenancy) Clear(t testing.TB) {
	t.Helper()
	files, err := template()
	if err != nil {
		t.Fatal(err)
	}
	for name, into := range map[string]dbx.Builder{
		databases[0]: of.House.NonconcurrentDB(), databases[1]: of.House.AuxNonconcurrentDB(),
	} {
		from := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(from, files[name], 0o600); err != nil {
			t.Fatal(err)
		}
		if err := restore(t, into.(*dbx.DB), from); err != nil {
			t.Fatalf("clear %s: %v", name, err)
		}
	}
}

// restore copies the pages of the database in a file over those of an open one.
func restore(t testing.TB, into *dbx.DB, from string) error {
	c, err := into.DB().Conn(t.Context())
	if err != nil {
		return err
	}
	return errors.Join(c.Raw(func(driver any) error {
		b, err := driver.(interface {
			NewRestore(from string) (*sqlite.Backup, error)
		}).NewRestore(from)
		if err != nil {
			return err
		}
		if _, err := b.Step(-1); err != nil {
			return err
		}
		return b.Finish()
	}), c.Close())
}
