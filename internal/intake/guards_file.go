package intake

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/uploads"
)

// fileLaw holds a question to the number of files that it takes, and an application to what it may carry. What a file is never
// changes; a trigger holds that too. Errors: file.none, file.too_many, file.too_large, file.together, file.final.
func fileLaw(e *core.RecordEvent, was *core.Record) error {
	f := Files.From(e.Record)
	if was != nil {
		if Files.From(was).Removed() || !f.Removed() {
			return fault.Conflict("file.final")
		}
		return nil
	}
	a, err := Applications.Find(e.App, f.ApplicationID())
	if err != nil {
		return err
	}
	q, err := fileQuestion(e.App, a, f.Question())
	if err != nil {
		return err
	}
	all, err := filesOf(e.App, a.Id)
	if err != nil {
		return err
	}
	var live []*File
	together, ever := f.Size(), f.Size()
	for _, x := range all {
		ever += x.Size()
		if !x.Removed() {
			live, together = append(live, x), together+x.Size()
		}
	}
	most, mb := q.Files()
	switch {
	case answering(live, q.Key) >= most:
		return tooMany(most)
	case f.Size() > int64(mb)*mega:
		return uploads.TooLarge(int64(mb) * mega)
	case together > mostTogether, ever > mostEver:
		return fault.Field("file", "file.together")
	}
	return nil
}
