package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/intake/sniff"
	"vuon/internal/record"
)

// Snapshots are applications as they were handed in. Triggers refuse to change or delete them; judges read the latest.
var Snapshots = record.Of[Snapshot]("application_snapshots")

// Snapshot is one such state. Number counts from 1.
type Snapshot struct{ core.BaseRecordProxy }

// Number counts how often the application was handed in.
func (s *Snapshot) Number() int { return s.GetInt("number") }

// Title is what it was called.
func (s *Snapshot) Title() string { return s.GetString("title") }

// FormVersionID is what was asked.
func (s *Snapshot) FormVersionID() string { return s.GetString("form_version") }

// SHA256 is the digest of title, answers and files: part of the receipt.
func (s *Snapshot) SHA256() string { return s.GetString("sha256") }

// At is when it was handed in.
func (s *Snapshot) At() time.Time { return s.GetDateTime("at").Time() }

// Answers are what was answered.
func (s *Snapshot) Answers() (Answers, error) {
	given := Answers{}
	if err := json.Unmarshal([]byte(s.GetString("answers")), &given); err != nil {
		return nil, fmt.Errorf("read the answers of snapshot %s: %w", s.Id, err)
	}
	return given, nil
}

// KeptFile is a file as it was handed in. Its row is never deleted, and its bytes are those of the digest.
type KeptFile struct {
	ID       string     `json:"id"`
	Question string     `json:"question"`
	Name     string     `json:"name"`
	Kind     sniff.Kind `json:"kind"`
	Size     int64      `json:"size"`
	SHA256   string     `json:"sha256"`
}

// Files are those that were handed in with it.
func (s *Snapshot) Files() ([]KeptFile, error) {
	kept := []KeptFile{}
	if raw := s.GetString("files"); raw != "" && raw != "null" {
		if err := json.Unmarshal([]byte(raw), &kept); err != nil {
			return nil, fmt.Errorf("read the files of snapshot %s: %w", s.Id, err)
		}
	}
	return kept, nil
}

// digest is that of what is handed in. A form without files has the digest that it always had.
func digest(title string, given Answers, kept []KeptFile) (string, error) {
	all := []any{title, given}
	if len(kept) > 0 {
		all = append(all, kept)
	}
	raw, err := json.Marshal(all) // maps are written in the order of their keys
	if err != nil {
		return "", fmt.Errorf("make a digest of what is handed in: %w", err)
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
}

// whole says whether it is still what its digest says.
func (s *Snapshot) whole() bool {
	given, unread := s.Answers()
	kept, lost := s.Files()
	sum, failed := digest(s.Title(), given, kept)
	return unread == nil && lost == nil && failed == nil && sum == s.SHA256()
}

// newSnapshot describes an application as it stands. What was answered to questions that are hidden in the end stays in the
// working copy and is not handed in.
func newSnapshot(app core.App, a *Application, formVersion string, now time.Time) (*Snapshot, error) {
	given, err := a.Answers()
	if err != nil {
		return nil, err
	}
	v, err := FormVersions.Find(app, formVersion)
	if err != nil {
		return nil, err
	}
	schema, err := v.Schema()
	if err != nil {
		return nil, err
	}
	given = schema.Kept(given)
	there, err := liveFiles(app, a.Id)
	if err != nil {
		return nil, err
	}
	kept := []KeptFile{}
	for _, f := range there {
		if ids, _ := given[f.Question()].([]any); !slices.Contains(ids, any(f.Id)) {
			continue // its question is hidden in the end
		}
		kept = append(kept, KeptFile{f.Id, f.Question(), f.Name(), f.Kind(), f.Size(), f.SHA256()})
	}
	sum, err := digest(a.Title(), given, kept)
	if err != nil {
		return nil, err
	}
	s, err := Snapshots.New(app)
	if err != nil {
		return nil, err
	}
	s.Set("application", a.Id)
	s.Set("number", a.SubmitNo())
	s.Set("title", a.Title())
	s.Set("answers", given)
	s.Set("files", kept)
	s.Set("form_version", formVersion)
	s.Set("sha256", sum)
	s.Set("at", now)
	return s, nil
}
