package startups

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/chore"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/uploads"
)

// Receive takes a paper of a startup. Its admins, and staff who look after it, who can leave papers for the centre alone. The
// bytes are read and looked at before any transaction begins; what is there already is not kept twice.
//
// Errors: access.sign_in, record.not_found, startup.needs_admin, document.readers, document.class, document.full,
// file.too_large, file.cut_off, and what the roof's sniffer finds wrong with the bytes.
func Receive(app core.App, by access.Actor, startup string, on Handing, body io.Reader, now time.Time) (*Document, error) {
	if err := mayFile(app, by, startup, Readers(on.Readers)); err != nil {
		return nil, err
	}
	if on.Size > mostDocument {
		return nil, uploads.TooLarge(mostDocument)
	}
	r, err := uploads.Spool(app, body, mostDocument)
	if err != nil {
		return nil, err
	}
	d, err := keepDocument(app, by, startup, on, r, now)
	return d, errors.Join(err, os.Remove(r.Path))
}

// mayFile permits who may edit a startup to keep a paper there for these readers: nobody leaves a paper that they could not read.
func mayFile(app core.App, by access.Actor, startup string, to Readers) error {
	if _, err := Startups.Find(app, startup); err != nil {
		return err
	}
	if err := mayEdit(app, by, startup); err != nil {
		return err
	}
	m, err := seat(app, by, startup)
	switch {
	case err != nil:
		return err
	case !slices.Contains([]Readers{ForAdmins, ForTeam, ForCentre}, to), m == nil && to != ForCentre:
		return fault.Field("readers", "document.readers")
	}
	return nil
}

// keepDocument looks at what has arrived, lays it down and writes its row.
func keepDocument(app core.App, by access.Actor, startup string, on Handing, r uploads.Arrived, now time.Time) (*Document, error) {
	raw, err := os.Open(r.Path)
	if err != nil {
		return nil, fmt.Errorf("look at a paper: %w", err)
	}
	is, err := asked(app).Sniff(raw, r.Size)
	if err := errors.Join(err, raw.Close()); err != nil {
		return nil, err
	}
	d, err := newDocument(app, startup, on, r, is, by.ID, now)
	if err != nil {
		return nil, err
	}
	if err := uploads.Put(app, d.key(), d.Id, r.Path); err != nil {
		return nil, err
	}
	laid := d
	err = app.RunInTransaction(func(tx core.App) error {
		if err := mayFile(tx, by, startup, Readers(on.Readers)); err != nil {
			return err
		}
		there, err := liveDocuments(tx, startup)
		if err != nil {
			return err
		}
		same := func(x *Document) bool {
			return x.SHA256() == r.SHA256 && x.Class() == on.Class && x.Readers() == Readers(on.Readers)
		}
		if i := slices.IndexFunc(there, same); i >= 0 {
			d = there[i]
			return nil
		}
		if err := tx.Save(d); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Documents.Collection, d.Id, "upload",
			lifecycle.With(map[string]any{"startup": startup, "class": on.Class, "size": r.Size, "sha256": r.SHA256}))
	})
	if err != nil || d != laid {
		err = errors.Join(err, uploads.Drop(app, laid.key()))
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}

// liveDocuments are the papers that are there, the latest first.
func liveDocuments(app core.App, startup string) ([]*Document, error) {
	all, err := Documents.All(app, dbx.HashExp{"startup": startup, "removed_at": ""})
	slices.SortFunc(all, func(a, b *Document) int {
		if n := b.At().Compare(a.At()); n != 0 {
			return n
		}
		return strings.Compare(a.Id, b.Id)
	})
	return all, err
}

// reader is how somebody stands to the papers of a startup.
type reader struct{ admin, team, keeper bool }

func (r reader) may(d *Document) bool {
	switch d.Readers() {
	case ForAdmins:
		return r.admin
	case ForTeam:
		return r.team
	case ForCentre:
	}
	return r.team || r.keeper
}

// readerOf says how an actor stands to the papers of a startup. Errors: access.sign_in, record.not_found.
func readerOf(app core.App, by access.Actor, startup string) (reader, error) {
	m, err := seat(app, by, startup)
	if err != nil {
		return reader{}, err
	}
	r := reader{team: m != nil, admin: m != nil && m.Admin()}
	if err := mayLookAfter(app, by, startup); err == nil {
		r.keeper = true
	} else if m == nil {
		return reader{}, err
	}
	return r, nil
}

// Papers lists the papers of a startup that the actor may read, the latest first. Errors: access.sign_in, record.not_found.
func Papers(app core.App, by access.Actor, startup string) ([]*Document, error) {
	r, err := readerOf(app, by, startup)
	if err != nil {
		return nil, err
	}
	all, err := liveDocuments(app, startup)
	return slices.DeleteFunc(all, func(d *Document) bool { return !r.may(d) }), err
}

// Readable finds a paper for somebody who may read it. To everybody else it does not exist.
// Errors: access.sign_in, record.not_found.
func Readable(app core.App, by access.Actor, id string) (*Document, error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	d, err := Documents.Find(app, id)
	if err != nil {
		return nil, err
	}
	r, err := readerOf(app, by, d.StartupID())
	if err != nil {
		return nil, err
	}
	if d.Removed() || !r.may(d) {
		return nil, fault.NotFound("record.not_found")
	}
	return d, nil
}

// File says anew what a paper is filed under and who may read it. Who may read it and edit its startup.
// Errors: access.sign_in, record.not_found, startup.needs_admin, record.stale, document.readers, document.class, document.in_use.
func File(app core.App, by access.Actor, id string, f Filing, now time.Time) (*Document, error) {
	return record.Change(app, Documents, id, func(tx core.App, d *Document) error {
		if _, err := Readable(tx, by, id); err != nil {
			return err
		}
		d.file(f)
		if err := mayFile(tx, by, d.StartupID(), d.Readers()); err != nil {
			return err
		}
		return edited(tx, by, Documents.Collection, d, now)
	})
}

// TakeOut removes a paper: its bytes are gone, that it was there is not. Who may read it and edit its startup; a paper on which
// something rests stays. Errors: access.sign_in, record.not_found, startup.needs_admin, document.in_use.
func TakeOut(app core.App, by access.Actor, id string, now time.Time) error {
	d, err := record.Change(app, Documents, id, func(tx core.App, d *Document) error {
		if _, err := Readable(tx, by, id); err != nil {
			return err
		}
		if err := mayEdit(tx, by, d.StartupID()); err != nil {
			return err
		}
		d.remove(by.ID, now)
		if err := tx.Save(d); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Documents.Collection, d.Id, "remove", lifecycle.With(map[string]string{"startup": d.StartupID()}))
	})
	if err != nil {
		return err
	}
	if err := uploads.Drop(app, d.key()); err != nil {
		app.Logger().Warn("the bytes of a removed paper stay until they are swept", "document", d.Id, "error", err)
	}
	return nil
}

// SweepDocuments takes bytes out of the storage that no paper names any more.
func SweepDocuments(app core.App, now time.Time) error {
	swept, err := uploads.Sweep(app, Documents.Collection, now, func() ([]string, error) { return documentBlobs(app) })
	chore.Of(app, "sweep_documents").Did(swept)
	return err
}
