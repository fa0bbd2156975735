package startups

import (
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// Milestones are what startups set out to reach, by when, and what shows that they have.
var Milestones = record.Of[Milestone]("milestones")

// Milestone is one of them.
type Milestone struct{ core.BaseRecordProxy }

// The states of a milestone. That it is overdue is no state: the calendar says so.
const (
	MilestonePlanned    lifecycle.State = "planned"
	MilestoneInProgress lifecycle.State = "in_progress"
	MilestoneSubmitted  lifecycle.State = "submitted"
	MilestoneVerified   lifecycle.State = "verified"
	MilestoneMissed     lifecycle.State = "missed"
	MilestoneDropped    lifecycle.State = "dropped"
)

// MilestoneLife is every legal move of a milestone.
var MilestoneLife = lifecycle.Table{
	Collection: Milestones.Collection,
	Start:      MilestonePlanned,
	Ends:       []lifecycle.State{MilestoneVerified, MilestoneDropped},
	Moves: []lifecycle.Move{
		lifecycle.Moved("milestone", "begin", MilestoneInProgress, MilestonePlanned),
		lifecycle.Moved("milestone", "submit", MilestoneSubmitted, MilestoneInProgress),
		lifecycle.Moved("milestone", "return", MilestoneInProgress, MilestoneSubmitted),
		lifecycle.Moved("milestone", "verify", MilestoneVerified, MilestoneSubmitted),
		lifecycle.Moved("milestone", "miss", MilestoneMissed, MilestonePlanned, MilestoneInProgress),
		lifecycle.Moved("milestone", "reopen", MilestoneInProgress, MilestoneMissed),
		lifecycle.Moved("milestone", "drop", MilestoneDropped, MilestonePlanned, MilestoneInProgress, MilestoneSubmitted, MilestoneMissed),
	},
}

const (
	heaviest  = 100 // the most that a milestone may weigh
	missAfter = 30  // days after which an overdue milestone is missed
)

// Status is where the milestone stands.
func (m *Milestone) Status() lifecycle.State { return lifecycle.State(m.GetString("status")) }

// StartupID is whose it is.
func (m *Milestone) StartupID() string { return m.GetString("startup") }

// Title is what is to be reached.
func (m *Milestone) Title() string { return m.GetString("title") }

// Description is by what it will be known.
func (m *Milestone) Description() string { return m.GetString("description") }

// DueOn is the last local day on which it is in time.
func (m *Milestone) DueOn() string { return m.GetString("due_on") }

// Weight is how much it counts beside the others, from 1 to 100.
func (m *Milestone) Weight() int { return m.GetInt("weight") }

// Owner is who of the startup looks after it, or empty.
func (m *Milestone) Owner() string { return m.GetString("owner") }

// DocumentID is the paper that shows it, or empty.
func (m *Milestone) DocumentID() string { return m.GetString("document") }

// Link is a page that shows it, or empty.
func (m *Milestone) Link() string { return m.GetString("link") }

// Note is what the startup says of it.
func (m *Milestone) Note() string { return m.GetString("note") }

// SubmittedAt is when it was last handed in; zero is never.
func (m *Milestone) SubmittedAt() time.Time { return m.GetDateTime("submitted_at").Time() }

// SubmittedBy is who handed it in.
func (m *Milestone) SubmittedBy() string { return m.GetString("submitted_by") }

// DecidedAt is when staff last looked at it; zero is not yet.
func (m *Milestone) DecidedAt() time.Time { return m.GetDateTime("decided_at").Time() }

// DecidedBy is who did.
func (m *Milestone) DecidedBy() string { return m.GetString("decided_by") }

// Reason is why it was returned or dropped.
func (m *Milestone) Reason() string { return m.GetString("reason") }

// Waits says whether it is still to be reached.
func (m *Milestone) Waits() bool {
	s := m.Status()
	return s == MilestonePlanned || s == MilestoneInProgress || s == MilestoneMissed
}

// DaysLate is how many days have gone since it was due; none before, and none once it was handed in or given up.
func (m *Milestone) DaysLate(now time.Time) int {
	if !m.Waits() {
		return 0
	}
	return max(0, daysBetween(m.DueOn(), locale.Day(now)))
}

// MilestoneFields are what a milestone is; what is nil stays as it is.
type MilestoneFields struct {
	Title       *string `json:"title"`
	Description *string `json:"description"`
	DueOn       *string `json:"due_on"`
	Weight      *int    `json:"weight"`
	Owner       *string `json:"owner"`
	Rev         int     `json:"rev"`
}

func (m *Milestone) write(f MilestoneFields) {
	record.At(m, f.Rev)
	if f.Title != nil {
		*f.Title = strings.Join(strings.Fields(*f.Title), " ")
	}
	record.Sent(m, "title", f.Title)
	record.Sent(m, "description", f.Description)
	record.Sent(m, "due_on", f.DueOn)
	record.Sent(m, "weight", f.Weight)
	record.Sent(m, "owner", f.Owner)
}

// Evidence is what shows that a milestone was reached: a paper of the startup, or a page, or both.
type Evidence struct {
	Document string `json:"document"`
	Link     string `json:"link"`
	Note     string `json:"note"`
	Rev      int    `json:"rev"`
}

func (m *Milestone) setSubmitted(e Evidence, by string, now time.Time) {
	record.At(m, e.Rev)
	m.Set("document", e.Document)
	m.Set("link", strings.TrimSpace(e.Link))
	m.Set("note", strings.TrimSpace(e.Note))
	m.Set("submitted_by", by)
	m.Set("submitted_at", now)
	m.Set("reason", "")
}

func (m *Milestone) setDecided(by, reason string, now time.Time) {
	m.Set("decided_by", by)
	m.Set("decided_at", now)
	m.Set("reason", reason)
}

func (m *Milestone) setDue(day string) { m.Set("due_on", day) }

// sameTerms says whether both are to reach the same.
func (m *Milestone) sameTerms(was *Milestone) bool {
	return m.Title() == was.Title() && m.Description() == was.Description() && m.DueOn() == was.DueOn() && m.Weight() == was.Weight() && m.Owner() == was.Owner()
}

// sameProof says whether nothing changed that only a verb may set.
func (m *Milestone) sameProof(was *Milestone) bool {
	return m.DocumentID() == was.DocumentID() && m.Link() == was.Link() && m.Note() == was.Note() && m.Reason() == was.Reason() &&
		m.SubmittedBy() == was.SubmittedBy() && m.GetDateTime("submitted_at").String() == was.GetDateTime("submitted_at").String() &&
		m.DecidedBy() == was.DecidedBy() && m.GetDateTime("decided_at").String() == was.GetDateTime("decided_at").String()
}

// planned describes a milestone that is not yet stored.
func planned(app core.App, startup string, f MilestoneFields) (*Milestone, error) {
	m, err := Milestones.New(app)
	if err != nil {
		return nil, err
	}
	m.Set("startup", startup)
	m.Set("weight", 1)
	m.write(f)
	return m, nil
}
