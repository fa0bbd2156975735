package startups

import (
	"io"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"

	"vuon/internal/record"
	"vuon/internal/uploads"
)

// Documents are the papers of startups. A paper never changes but for who may read it and what it is filed under; one that is
// taken out loses its bytes and keeps its row. Nothing but this room's routes reads the bytes.
var Documents = record.Of[Document]("startup_documents")

// Document is one of them.
type Document struct{ core.BaseRecordProxy }

// What a startup may keep here.
const (
	mostDocument  = 20 << 20  // bytes of one paper
	mostDocuments = 100       // papers that are there
	mostKept      = 400 << 20 // bytes of all that are there
)

// Readers is who may read a paper beside those who are named before it.
type Readers string

// The readers, from the fewest.
const (
	ForAdmins Readers = "admins"
	ForTeam   Readers = "team"
	ForCentre Readers = "centre" // the team, and staff and managers over the startup
)

// Judged is what a file is by its bytes.
type Judged struct {
	Kind   string // as the column kind has it
	MIME   string
	Ending string // with its dot
	Shown  bool   // whether a browser may show it in its place
}

// Sniffer says what the bytes of a file are, and refuses what could hurt whoever opens it.
type Sniffer func(r io.ReaderAt, size int64) (Judged, error)

// StartupID is whose paper it is.
func (d *Document) StartupID() string { return d.GetString("startup") }

// Class is what it is filed under.
func (d *Document) Class() string { return d.GetString("class") }

// Readers is who may read it.
func (d *Document) Readers() Readers { return Readers(d.GetString("readers")) }

// Name is what its owner calls it, in normal form and with the ending of its kind.
func (d *Document) Name() string { return d.GetString("name") }

// Kind is what it is by its bytes.
func (d *Document) Kind() string { return d.GetString("kind") }

// Size is its length in bytes.
func (d *Document) Size() int64 { return int64(d.GetInt("size")) }

// SHA256 is the digest of its bytes.
func (d *Document) SHA256() string { return d.GetString("sha256") }

// UploadedBy is who sent it.
func (d *Document) UploadedBy() string { return d.GetString("uploaded_by") }

// At is when it arrived.
func (d *Document) At() time.Time { return d.GetDateTime("at").Time() }

// Removed says whether it was taken out.
func (d *Document) Removed() bool { return !d.GetDateTime("removed_at").IsZero() }

// key is where its bytes lie.
func (d *Document) key() string { return d.BaseFilesPath() + "/" + d.GetString("file") }

func (d *Document) remove(by string, now time.Time) {
	d.Set("removed_at", now)
	d.Set("removed_by", by)
}

// Filing is what a paper is filed under and who may read it.
type Filing struct {
	Class   *string `json:"class"`
	Readers *string `json:"readers"`
	Rev     int     `json:"rev"`
}

func (d *Document) file(f Filing) {
	record.At(d, f.Rev)
	record.Sent(d, "class", f.Class)
	record.Sent(d, "readers", f.Readers)
}

func (d *Document) sameRoots(was *Document) bool {
	return d.StartupID() == was.StartupID() && d.key() == was.key() && d.SHA256() == was.SHA256() && d.Name() == was.Name()
}

// Handing is a paper before it has arrived.
type Handing struct {
	Class, Readers, Name string
	Size                 int64 // in bytes, or -1 where nobody says it
}

func newDocument(app core.App, startup string, on Handing, r uploads.Arrived, is Judged, by string, now time.Time) (*Document, error) {
	d, err := Documents.New(app)
	if err != nil {
		return nil, err
	}
	d.Id = core.GenerateDefaultRandomId()
	d.Set("startup", startup)
	d.Set("class", on.Class)
	d.Set("readers", on.Readers)
	d.Set("name", uploads.SafeName(on.Name, is.Ending))
	d.Set("kind", is.Kind)
	d.Set("size", r.Size)
	d.Set("sha256", r.SHA256)
	d.Set("file", security.RandomString(24)+is.Ending)
	d.Set("uploaded_by", by)
	d.Set("at", now)
	return d, nil
}
