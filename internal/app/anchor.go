package app

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
)

// anchorFile lies beside the database and grows by a line an hour. Copy it elsewhere: then nobody who can write to this
// machine can cut the end off the journal unseen.
const anchorFile = "journal.anchors"

// dropAnchor writes the newest entry of the journal into the log and into the anchor file.
func dropAnchor(app core.App, slot time.Time) error {
	newest, err := lifecycle.Newest(app)
	if err != nil || newest.Seq == 0 {
		return err
	}
	app.Logger().Info("the journal is anchored", "seq", newest.Seq, "hash", newest.Hash)
	f, err := os.OpenFile(filepath.Join(app.DataDir(), anchorFile), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("open the anchors: %w", err)
	}
	_, err = fmt.Fprintf(f, "%s %d %s\n", slot.UTC().Format(time.RFC3339), newest.Seq, newest.Hash)
	return errors.Join(err, f.Close())
}

// anchors reads the anchor file of a house; a house without one has no anchors yet.
func anchors(dir string) ([]lifecycle.Anchor, error) {
	f, err := os.Open(filepath.Join(dir, anchorFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("open the anchors: %w", err)
	}
	defer f.Close() //nolint:errcheck // it was only read
	var kept []lifecycle.Anchor
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var at string
		var a lifecycle.Anchor
		if _, err := fmt.Sscan(lines.Text(), &at, &a.Seq, &a.Hash); err != nil {
			return nil, fmt.Errorf("line %d of the anchors: %w", len(kept)+1, err)
		}
		kept = append(kept, a)
	}
	return kept, lines.Err()
}
