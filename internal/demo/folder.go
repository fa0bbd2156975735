package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"vuon/internal/app"
)

// markFile says that a folder is the demo's own. Without it nothing in a folder is touched.
const markFile = "demo.json"

// mark is what the demo remembers of itself.
type mark struct {
	Key    string        `json:"key"`    // encrypts PocketBase's settings; nothing here is worth stealing
	Ready  bool          `json:"ready"`  // the data was planted to the end
	Offset time.Duration `json:"offset"` // how far the clock was moved on, in nanoseconds
}

// folder is where one demo lives.
type folder struct {
	dir string
	mark
}

// claim opens the demo's folder or makes one. A folder with anything else in it is refused; a demo that was never finished
// is cleared away and begun again.
func claim(dir string, newKey func() (string, error)) (*folder, error) {
	f := &folder{dir: dir}
	raw, err := os.ReadFile(filepath.Join(dir, markFile))
	switch {
	case err == nil:
		if err := json.Unmarshal(raw, &f.mark); err != nil {
			return nil, fmt.Errorf("read %s: %w", filepath.Join(dir, markFile), err)
		}
		if f.Ready {
			return f, nil
		}
		if err := clear(dir); err != nil {
			return nil, err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	list, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, err
		}
	case err != nil:
		return nil, err
	case len(list) > 0:
		return nil, fmt.Errorf("%s holds something that is not a demo; give --dir an empty folder", dir)
	}
	if f.Key, err = newKey(); err != nil {
		return nil, err
	}
	return f, f.save()
}

// clear empties a folder that the demo had begun to fill.
func clear(dir string) error {
	list, err := os.ReadDir(dir)
	for _, entry := range list {
		err = errors.Join(err, os.RemoveAll(filepath.Join(dir, entry.Name())))
	}
	return err
}

// save writes the mark beside itself first: a demo that is killed while it writes still knows itself.
func (f *folder) save() error {
	raw, err := json.MarshalIndent(f.mark, "", "  ")
	if err != nil {
		return err
	}
	next := filepath.Join(f.dir, markFile+".next")
	if err := os.WriteFile(next, append(raw, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(next, filepath.Join(f.dir, markFile))
}

// LendKey lets the other commands, the doctor say, read a demo's folder: its key lies there. Where dir is no demo's, or the
// operator has given a key, it does nothing. `serve` still asks for a key of its own.
func LendKey(dir string) error {
	raw, err := os.ReadFile(filepath.Join(dir, markFile))
	if errors.Is(err, fs.ErrNotExist) || os.Getenv(app.SettingsKeyEnv) != "" {
		return nil
	}
	var m mark
	if err := errors.Join(err, json.Unmarshal(raw, &m)); err != nil {
		return fmt.Errorf("read the key of the demo in %s: %w", dir, err)
	}
	return os.Setenv(app.SettingsKeyEnv, m.Key)
}
