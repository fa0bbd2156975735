package app

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
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
		a, err := anchorIn(lines.Text())
		if err != nil {
			return nil, fmt.Errorf("line %d of the anchors: %w", len(kept)+1, err)
		}
		kept = append(kept, a)
	}
	return kept, lines.Err()
}

func anchorIn(line string) (a lifecycle.Anchor, err error) {
	var at string
	_, err = fmt.Sscan(line, &at, &a.Seq, &a.Hash)
	return a, err
}

// longestAnchor is how many bytes of the end of the file hold the last line.
const longestAnchor = 512

// newestAnchor is the last of the anchors in a folder; its Seq is 0 where there is none. It reads the end of the file alone:
// years of anchors do not make it slower.
func newestAnchor(dir string) (lifecycle.Anchor, error) {
	f, err := os.Open(filepath.Join(dir, anchorFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return lifecycle.Anchor{}, nil
	case err != nil:
		return lifecycle.Anchor{}, fmt.Errorf("open the anchors: %w", err)
	}
	defer f.Close() //nolint:errcheck // it was only read
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return lifecycle.Anchor{}, err
	}
	end := make([]byte, min(size, longestAnchor))
	if _, err := f.ReadAt(end, size-int64(len(end))); err != nil {
		return lifecycle.Anchor{}, fmt.Errorf("read the newest anchor: %w", err)
	}
	lines := strings.Split(strings.TrimSpace(string(end)), "\n")
	if lines[len(lines)-1] == "" {
		return lifecycle.Anchor{}, nil
	}
	return anchorIn(lines[len(lines)-1])
}
