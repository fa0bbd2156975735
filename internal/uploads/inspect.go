package uploads

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/tools/filesystem"
)

// Named is a file as the row says that names it.
type Named struct {
	ID     string `db:"id"`
	Key    string `db:"key"` // where its bytes lie
	SHA256 string `db:"sha256"`
}

// Settled is how old bytes without a row are before the doctor minds: Sweep, which runs once a day, has passed them by.
const Settled = 2 * forgotten

// Damaged reads every file that a row names and returns the ids of those whose bytes are missing, or are not those of their
// digest, at most limit, each with what is wrong. page lists rows behind an id in the order of their ids, none at the end;
// what it lists no more when it is asked again was removed meanwhile, and nothing is wrong with it.
func Damaged(
	ctx context.Context, storage *filesystem.System, page func(after string, most int) ([]Named, error), limit int,
) (damaged []string, err error) {
	const rows = 200
	for after := ""; ; {
		some, err := page(after, rows)
		if err != nil || len(some) == 0 {
			return damaged, err
		}
		for _, f := range some {
			before := after
			after = f.ID
			wrong, err := wrongWith(ctx, storage, f)
			if err != nil {
				return nil, err
			}
			if wrong == "" {
				continue
			}
			again, err := page(before, 1)
			if err != nil {
				return nil, err
			}
			if slices.Contains(again, f) {
				damaged = append(damaged, f.ID+" ("+wrong+")")
			}
			if len(damaged) == limit {
				return damaged, nil
			}
		}
	}
}

func wrongWith(ctx context.Context, storage *filesystem.System, f Named) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	if storage == nil {
		return "missing", nil
	}
	r, err := storage.GetReader(f.Key)
	switch {
	case errors.Is(err, filesystem.ErrNotFound):
		return "missing", nil
	case err != nil:
		return "", fmt.Errorf("open file %s: %w", f.ID, err)
	}
	digest := sha256.New()
	_, err = io.Copy(digest, r)
	if err := errors.Join(err, r.Close()); err != nil {
		return "", fmt.Errorf("read file %s: %w", f.ID, err)
	}
	if hex.EncodeToString(digest.Sum(nil)) != f.SHA256 {
		return "other bytes", nil
	}
	return "", nil
}

// Lost lists what lies under root, such as "collection/", was laid down before an instant, and is named by no row, at most
// limit. named returns those of some names, each "id/file", that rows have.
func Lost(
	ctx context.Context, storage *filesystem.System, root string, before time.Time, named func([]string) ([]string, error), limit int,
) ([]string, error) {
	if storage == nil {
		return nil, nil
	}
	all, err := storage.List(root)
	if err != nil {
		return nil, fmt.Errorf("list the storage: %w", err)
	}
	var old, lost []string
	for _, o := range all {
		if o.ModTime.Before(before) {
			old = append(old, strings.TrimPrefix(o.Key, root))
		}
	}
	for some := range slices.Chunk(old, 500) {
		known, err := named(some)
		if err = errors.Join(err, ctx.Err()); err != nil {
			return nil, err
		}
		for _, name := range some {
			if !slices.Contains(known, name) && len(lost) < limit {
				lost = append(lost, name)
			}
		}
	}
	return lost, nil
}
