package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

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

// SHA256 is the digest of title and answers: part of the receipt.
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
	raw, err := json.Marshal([]any{a.Title(), given}) // maps are written in the order of their keys
	if err != nil {
		return nil, fmt.Errorf("digest application %s: %w", a.Id, err)
	}
	digest := sha256.Sum256(raw)
	s, err := Snapshots.New(app)
	if err != nil {
		return nil, err
	}
	s.Set("application", a.Id)
	s.Set("number", a.SubmitNo())
	s.Set("title", a.Title())
	s.Set("answers", given)
	s.Set("form_version", formVersion)
	s.Set("sha256", hex.EncodeToString(digest[:]))
	s.Set("at", now)
	return s, nil
}
