package intake

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/chore"
	"vuon/internal/intake/sniff"
	"vuon/internal/uploads"
)

const mega = uploads.Mega

// arrived is a file that has arrived, before it has a row.
type arrived struct {
	uploads.Arrived
	kind sniff.Kind
}

// drop takes the bytes of a file out of the storage.
func drop(app core.App, f *File) error { return uploads.Drop(app, f.key()) }

// SweepFiles takes bytes out of the storage that no row names.
func SweepFiles(app core.App, now time.Time) error {
	swept, err := uploads.Sweep(app, Files.Collection, now, func() ([]string, error) { return blobs(app) })
	chore.Of(app, "sweep_files").Did(swept)
	return err
}
