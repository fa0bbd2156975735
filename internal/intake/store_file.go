package intake

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

	"vuon/internal/chore"
	"vuon/internal/fault"
	"vuon/internal/intake/sniff"
)

const mega = 1 << 20

// arrived is a file that has arrived, before it has a row.
type arrived struct {
	path   string // of the temporary copy
	size   int64
	sha256 string
	kind   sniff.Kind
}

// spool writes what arrives into a temporary file, no more than most bytes of it, and reckons its digest on the way. Whoever
// calls it removes the file. Errors: file.too_large, file.cut_off.
func spool(app core.App, body io.Reader, most int64) (arrived, error) {
	dir := filepath.Join(app.DataDir(), core.LocalTempDirName) // PocketBase empties it when it starts
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return arrived{}, fmt.Errorf("make room for a file: %w", err)
	}
	temp, err := os.CreateTemp(dir, "upload-*")
	if err != nil {
		return arrived{}, fmt.Errorf("make room for a file: %w", err)
	}
	digest := sha256.New()
	n, err := io.Copy(io.MultiWriter(temp, digest), io.LimitReader(body, most+1))
	var written *os.PathError
	switch {
	case n > most:
		err = tooLarge(most)
	case errors.As(err, &written):
		err = fmt.Errorf("keep what arrives: %w", err)
	case err != nil: // whoever sent it has hung up, or was too slow
		err = fault.Field("file", "file.cut_off")
	}
	if err = errors.Join(err, temp.Close()); err != nil {
		return arrived{}, errors.Join(err, os.Remove(temp.Name()))
	}
	return arrived{path: temp.Name(), size: n, sha256: hex.EncodeToString(digest.Sum(nil))}, nil
}

func tooLarge(most int64) error {
	return fault.Field("file", "file.too_large", "mb", strconv.FormatInt(most/mega, 10))
}

// put lays the bytes of a file down in the storage. It may be on another machine: no transaction is open meanwhile.
func put(app core.App, f *File, from string) error {
	return stored(app, func(s *filesystem.System) error {
		file, err := filesystem.NewFileFromPath(from)
		if err != nil {
			return err
		}
		file.OriginalName = f.Id // its name is nobody's business but the row's
		return s.UploadFile(file, f.key())
	})
}

// drop takes the bytes of a file out of the storage.
func drop(app core.App, f *File) error {
	return stored(app, func(s *filesystem.System) error { return s.Delete(f.key()) })
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

// SweepFiles takes bytes out of the storage that no row names: of uploads that were cut off between the storage and the
// database, and of files that were removed when the storage did not answer.
func SweepFiles(app core.App, now time.Time) error {
	c, err := app.FindCachedCollectionByNameOrId(Files.Collection)
	if err != nil {
		return err
	}
	swept := 0
	err = stored(app, func(s *filesystem.System) error {
		all, err := s.List(c.BaseFilesPath() + "/")
		if err != nil {
			return err
		}
		known, err := blobs(app) // read after the list: what is laid down meanwhile is not on it
		if err != nil {
			return err
		}
		var failed error
		for _, o := range all {
			if !known[strings.TrimPrefix(o.Key, c.BaseFilesPath()+"/")] && o.ModTime.Before(now.Add(-forgotten)) {
				failed = errors.Join(failed, s.Delete(o.Key))
				swept++
			}
		}
		return failed
	})
	chore.Of(app, "sweep_files").Did(swept)
	return err
}
