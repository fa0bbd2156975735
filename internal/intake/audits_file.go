package intake

import (
	"context"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"vuon/internal/lifecycle"
	"vuon/internal/uploads"
)

// Inspections are what must be true of what was handed in, and of what lies in the storage.
func Inspections() []lifecycle.Inspection {
	return []lifecycle.Inspection{
		{ID: "intake.digests", Says: "what was handed in is still what its digest says", Broken: brokenSnapshots},
		{ID: "intake.files_whole", Says: "the bytes of every file are there, and are those of its digest", Broken: brokenFiles},
		{ID: "intake.files_named", Says: "no bytes lie among the files of applications that no row names", Broken: lostFiles},
	}
}

func brokenSnapshots(ctx context.Context, app core.App, _ *filesystem.System, _ time.Time, limit int) (broken []string, err error) {
	const rows = 200
	for after := ""; ; {
		some, err := snapshotsBehind(ctx, app, after, rows)
		if err != nil || len(some) == 0 {
			return broken, err
		}
		for _, s := range some {
			if !s.whole() {
				broken = append(broken, s.Id)
			}
			if after = s.Id; len(broken) == limit {
				return broken, nil
			}
		}
	}
}

func brokenFiles(ctx context.Context, app core.App, storage *filesystem.System, _ time.Time, limit int) ([]string, error) {
	root, err := filesRoot(app)
	if err != nil {
		return nil, err
	}
	return uploads.Damaged(ctx, storage, func(after string, most int) ([]uploads.Named, error) { return filesBehind(ctx, app, root, after, most) }, limit)
}

func lostFiles(ctx context.Context, app core.App, storage *filesystem.System, before time.Time, limit int) ([]string, error) {
	root, err := filesRoot(app)
	if err != nil {
		return nil, err
	}
	return uploads.Lost(ctx, storage, root, before, func(names []string) ([]string, error) { return blobsAmong(app, names) }, limit)
}

// filesRoot is the folder of the storage in which the files of applications lie.
func filesRoot(app core.App) (string, error) {
	c, err := app.FindCachedCollectionByNameOrId(Files.Collection)
	if err != nil {
		return "", err
	}
	return c.BaseFilesPath() + "/", nil
}
