package intake

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/intake/form"
	"vuon/internal/intake/sniff"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/uploads"
)

// Receive takes a file as the answer to a question, or as one more of them. Whoever may write the application, while it can
// be written at now, the instant at which the upload began; in the last minutes before the deadline a ticket is made first.
// What was sent already is not kept twice. The bytes are read and looked at before any transaction begins.
//
// Errors: record.not_found, intake.not_open, application.frozen, file.none, file.too_many, file.together, file.too_large,
// file.cut_off, and those of sniff.Look.
func Receive(app core.App, by access.Actor, id string, on Sending, body io.Reader, now time.Time) (*File, error) {
	q, err := expect(app, by, id, &on, now)
	if err != nil {
		return nil, err
	}
	_, mb := q.Files()
	if most := int64(mb) * mega; on.Size > most {
		return nil, uploads.TooLarge(most)
	}
	r, err := uploads.Spool(app, body, int64(mb)*mega)
	if err != nil {
		return nil, err
	}
	f, err := keepFile(app, by, id, q, on, arrived{Arrived: r}, now)
	return f, errors.Join(err, os.Remove(r.Path))
}

// expect refuses a file before the first byte of it is read, and gives a ticket where one is due.
func expect(app core.App, by access.Actor, id string, on *Sending, now time.Time) (q Question, err error) {
	a, err := Applications.Find(app, id)
	if err != nil {
		return q, err
	}
	if err := mayHold(app, by, a); err != nil {
		return q, err
	}
	if q, err = fileQuestion(app, a, on.Question); err != nil {
		return q, err
	}
	on.Question = q.Key
	if err := mayAttach(app, by, a, *on, now); err != nil {
		return q, err
	}
	there, err := liveFiles(app, a.Id)
	if err != nil {
		return q, err
	}
	if most, _ := q.Files(); answering(there, q.Key) >= most {
		return q, tooMany(most)
	}
	_, err = GiveTicket(app, by, id, *on, now)
	if code := fault.Code(err); code == "ticket.too_early" || code == "ticket.used" || code == "application.frozen" {
		err = nil // it needs none, or goes without
	}
	return q, err
}

// keepFile looks at what has arrived, lays it down and writes its row.
func keepFile(app core.App, by access.Actor, id string, q Question, on Sending, r arrived, now time.Time) (*File, error) {
	raw, err := os.Open(r.Path)
	if err != nil {
		return nil, fmt.Errorf("look at a file: %w", err)
	}
	r.kind, err = sniff.Look(raw, r.Size, accepted(q))
	if err := errors.Join(err, raw.Close()); err != nil {
		return nil, err
	}
	f, err := newFile(app, id, on, r, by.ID, now)
	if err != nil {
		return nil, err
	}
	if err := uploads.Put(app, f.key(), f.Id, r.Path); err != nil {
		return nil, err
	}
	laid := f
	_, err = record.Change(app, Applications, id, func(tx core.App, a *Application) error {
		if err := mayAttach(tx, by, a, on, now); err != nil {
			return err
		}
		there, err := liveFiles(tx, a.Id)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(there, func(x *File) bool { return x.Question() == q.Key && x.SHA256() == r.SHA256 }); i >= 0 {
			f = there[i]
			return nil
		}
		if err := tx.Save(f); err != nil {
			return fmt.Errorf("keep a file of %s: %w", a.Id, err)
		}
		return lifecycle.Note(tx, by, now, Files.Collection, f.Id, "upload",
			lifecycle.With(map[string]any{"application": a.Id, "question": q.Key, "size": r.Size, "sha256": r.SHA256}))
	})
	if err != nil || f != laid {
		err = errors.Join(err, drop(app, laid))
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

// TakeOut removes a file from the working copy. Whoever may write the application, while it can be written at now. What was
// handed in with it stays in its snapshot; a file that never was is gone. Errors: record.not_found, intake.not_open,
// application.frozen.
func TakeOut(app core.App, by access.Actor, id, file string, now time.Time) error {
	var gone *File
	_, err := record.Change(app, Applications, id, func(tx core.App, a *Application) error {
		if err := mayWrite(tx, by, a, now); err != nil {
			return err
		}
		f, err := Files.Find(tx, file)
		if err != nil || f.ApplicationID() != a.Id || f.Removed() {
			return notThere(err)
		}
		kept, err := wasHandedIn(tx, f)
		if err != nil {
			return err
		}
		if kept {
			f.remove(by.ID, now)
			err = tx.Save(f)
		} else {
			gone, err = f, tx.Delete(f)
		}
		if err != nil {
			return fmt.Errorf("take a file out of %s: %w", a.Id, err)
		}
		return lifecycle.Note(tx, by, now, Files.Collection, f.Id, "remove", lifecycle.With(map[string]any{"application": a.Id}))
	})
	if err != nil || gone == nil {
		return err
	}
	if err := drop(app, gone); err != nil {
		app.Logger().Warn("the bytes of a removed file stay until they are swept", "file", gone.Id, "error", err)
	}
	return nil
}

// attach makes the files of the working copy the answers to their questions: whatever a client sent, the rows are right.
func attach(app core.App, a *Application) error {
	schema, err := asked(app, a)
	if err != nil || !slices.ContainsFunc(schema, func(q Question) bool { return q.Type == form.File }) {
		return err
	}
	given, err := a.Answers()
	if err != nil {
		return err
	}
	there, err := liveFiles(app, a.Id)
	if err != nil {
		return err
	}
	for _, q := range schema {
		if q.Type != form.File {
			continue
		}
		var ids []any
		for _, f := range there {
			if f.Question() == q.Key {
				ids = append(ids, f.Id)
			}
		}
		if given[q.Key] = ids; ids == nil {
			delete(given, q.Key)
		}
	}
	a.SetAnswers(given)
	return nil
}

// fileQuestion finds a question that is answered by files; without a key the only one. Error: file.none.
func fileQuestion(app core.App, a *Application, key string) (Question, error) {
	schema, err := asked(app, a)
	if err != nil {
		return Question{}, err
	}
	var some []Question
	for _, q := range schema {
		if q.Type == form.File && (key == "" || key == q.Key) {
			some = append(some, q)
		}
	}
	if len(some) != 1 {
		return Question{}, fault.Field("question", "file.none")
	}
	return some[0], nil
}

func accepted(q Question) []string {
	if len(q.Accept) == 0 {
		return sniff.Families()
	}
	return q.Accept
}

func answering(some []*File, question string) (n int) {
	for _, f := range some {
		if f.Question() == question {
			n++
		}
	}
	return n
}

func tooMany(most int) error { return fault.Field("file", "file.too_many", "max", fmt.Sprint(most)) }
