package intake

import (
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"

	"vuon/internal/intake/form"
	"vuon/internal/intake/sniff"
	"vuon/internal/record"
	"vuon/internal/uploads"
)

// Files are what applicants send along. A row never changes but for being removed, and one that was handed in never goes.
// Its bytes lie in the storage; nothing but this room's routes reads them.
var Files = record.Of[File]("application_files")

// File is one of them.
type File struct{ core.BaseRecordProxy }

// What an application may carry, whatever its form says.
const (
	mostTogether = form.Together << 20 // bytes of the files that it has
	mostEver     = 600 << 20           // bytes of these and of those that were handed in and taken out again
)

// ApplicationID is the application that it belongs to.
func (f *File) ApplicationID() string { return f.GetString("application") }

// Question is the key of the question that it answers.
func (f *File) Question() string { return f.GetString("question") }

// Name is what its owner calls it, in normal form and with the ending of its kind.
func (f *File) Name() string { return f.GetString("name") }

// Kind is what it is by its bytes.
func (f *File) Kind() sniff.Kind { return sniff.Kind(f.GetString("kind")) }

// Size is its length in bytes.
func (f *File) Size() int64 { return int64(f.GetInt("size")) }

// SHA256 is the digest of its bytes.
func (f *File) SHA256() string { return f.GetString("sha256") }

// At is when it arrived: when its first byte did.
func (f *File) At() time.Time { return f.GetDateTime("at").Time() }

// Removed says whether it was taken out of the working copy.
func (f *File) Removed() bool { return !f.GetDateTime("removed_at").IsZero() }

// key is where its bytes lie.
func (f *File) key() string { return f.BaseFilesPath() + "/" + f.GetString("file") }

func (f *File) remove(by string, now time.Time) {
	f.Set("removed_at", now)
	f.Set("removed_by", by)
}

func newFile(app core.App, application string, on Sending, r arrived, by string, now time.Time) (*File, error) {
	f, err := Files.New(app)
	if err != nil {
		return nil, err
	}
	f.Id = core.GenerateDefaultRandomId()
	f.Set("application", application)
	f.Set("question", on.Question)
	f.Set("name", uploads.SafeName(on.Name, r.kind.Ext()))
	f.Set("kind", string(r.kind))
	f.Set("size", r.Size)
	f.Set("sha256", r.SHA256)
	f.Set("file", security.RandomString(24)+r.kind.Ext())
	f.Set("uploaded_by", by)
	f.Set("at", now)
	return f, nil
}

func (f *File) view() FileView {
	return FileView{
		f.Id, f.Question(), f.Name(), f.Kind(), f.Size(), f.SHA256(), f.At(), "/applications/" + f.ApplicationID() + "/files/" + f.Id,
	}
}

func viewsOf(some []*File) []FileView {
	views := make([]FileView, 0, len(some))
	for _, f := range some {
		views = append(views, f.view())
	}
	return views
}
