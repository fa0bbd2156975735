package uploads

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"vuon/internal/fault"
)

// Mega is a megabyte, as limits of files are written.
const Mega = 1 << 20

// Arrived is a file that has arrived, before it has a row.
type Arrived struct {
	Path   string // of the temporary copy; whoever called Spool removes it
	Size   int64
	SHA256 string
}

// Spool writes what arrives into a temporary file, no more than most bytes of it, and reckons its digest on the way. Whoever
// calls it removes the file. Errors: file.too_large, file.cut_off.
func Spool(app core.App, body io.Reader, most int64) (Arrived, error) {
	dir := filepath.Join(app.DataDir(), core.LocalTempDirName) // PocketBase empties it when it starts
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return Arrived{}, fmt.Errorf("make room for a file: %w", err)
	}
	temp, err := os.CreateTemp(dir, "upload-*")
	if err != nil {
		return Arrived{}, fmt.Errorf("make room for a file: %w", err)
	}
	digest := sha256.New()
	n, err := io.Copy(io.MultiWriter(temp, digest), io.LimitReader(body, most+1))
	var written *os.PathError
	switch {
	case n > most:
		err = TooLarge(most)
	case errors.As(err, &written):
		err = fmt.Errorf("keep what arrives: %w", err)
	case err != nil: // whoever sent it has hung up, or was too slow
		err = fault.Field("file", "file.cut_off")
	}
	if err = errors.Join(err, temp.Close()); err != nil {
		return Arrived{}, errors.Join(err, os.Remove(temp.Name()))
	}
	return Arrived{Path: temp.Name(), Size: n, SHA256: hex.EncodeToString(digest.Sum(nil))}, nil
}

// TooLarge refuses a file of more than most bytes.
func TooLarge(most int64) error {
	return fault.Field("file", "file.too_large", "mb", strconv.FormatInt(most/Mega, 10))
}

// Put lays the bytes of a temporary file down in the storage under key. It may be on another machine: no transaction is open
// meanwhile. The storage learns nothing of the file's name but name, which is nobody's business.
func Put(app core.App, key, name, from string) error {
	return stored(app, func(s *filesystem.System) error {
		file, err := filesystem.NewFileFromPath(from)
		if err != nil {
			return err
		}
		file.OriginalName = name
		return s.UploadFile(file, key)
	})
}

// Drop takes the bytes under key out of the storage.
func Drop(app core.App, key string) error {
	return stored(app, func(s *filesystem.System) error { return s.Delete(key) })
}

func stored(app core.App, do func(*filesystem.System) error) error {
	s, err := app.NewFilesystem()
	if err != nil {
		return fmt.Errorf("open the storage: %w", err)
	}
	if err := errors.Join(do(s), s.Close()); err != nil {
		return fmt.Errorf("use the storage: %w", err)
	}
	return nil
}

// forgotten is how long bytes without a row lie in the storage: longer than any upload lasts.
const forgotten = 24 * time.Hour

// Sweep takes bytes of a collection out of the storage that no row names: of uploads that were cut off between the storage and
// the database, and of files that were removed when the storage did not answer. named lists "id/file" of every row that has
// bytes; it is asked after the storage was listed, so that what is laid down meanwhile is not on the list. It returns how many
// went.
func Sweep(app core.App, collection string, now time.Time, named func() ([]string, error)) (swept int, err error) {
	c, err := app.FindCachedCollectionByNameOrId(collection)
	if err != nil {
		return 0, err
	}
	root := c.BaseFilesPath() + "/"
	err = stored(app, func(s *filesystem.System) error {
		all, err := s.List(root)
		if err != nil {
			return err
		}
		names, err := named()
		if err != nil {
			return err
		}
		known := make(map[string]bool, len(names))
		for _, name := range names {
			known[name] = true
		}
		var failed error
		for _, o := range all {
			if !known[strings.TrimPrefix(o.Key, root)] && o.ModTime.Before(now.Add(-forgotten)) {
				failed = errors.Join(failed, s.Delete(o.Key))
				swept++
			}
		}
		return failed
	})
	return swept, err
}
