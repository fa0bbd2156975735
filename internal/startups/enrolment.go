package startups

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// Enrolments are startups' times in cohorts.
var Enrolments = record.Of[Enrolment]("enrolments")

// Enrolment is one startup's time in one cohort: it begins with the baseline report.
type Enrolment struct{ core.BaseRecordProxy }

// The states of an enrolment.
const (
	EnrolmentInvited    lifecycle.State = "invited"
	EnrolmentActive     lifecycle.State = "active"
	EnrolmentOnLeave    lifecycle.State = "on_leave"
	EnrolmentGraduated  lifecycle.State = "graduated"
	EnrolmentWithdrawn  lifecycle.State = "withdrawn"
	EnrolmentTerminated lifecycle.State = "terminated"
)

// EnrolmentLife is every legal move of an enrolment.
var EnrolmentLife = lifecycle.Table{
	Collection: Enrolments.Collection,
	Start:      EnrolmentInvited,
	Ends:       []lifecycle.State{EnrolmentGraduated, EnrolmentWithdrawn, EnrolmentTerminated},
	Moves: []lifecycle.Move{
		lifecycle.Moved("enrolment", "activate", EnrolmentActive, EnrolmentInvited),
		lifecycle.Moved("enrolment", "pause", EnrolmentOnLeave, EnrolmentActive),
		lifecycle.Moved("enrolment", "resume", EnrolmentActive, EnrolmentOnLeave),
		lifecycle.Moved("enrolment", "graduate", EnrolmentGraduated, EnrolmentActive),
		lifecycle.Moved("enrolment", "withdraw", EnrolmentWithdrawn, EnrolmentInvited, EnrolmentActive, EnrolmentOnLeave),
		lifecycle.Moved("enrolment", "terminate", EnrolmentTerminated, EnrolmentInvited, EnrolmentActive, EnrolmentOnLeave),
	},
}

// placed are the states that take a place in the cohort.
var placed = []any{string(EnrolmentInvited), string(EnrolmentActive), string(EnrolmentOnLeave)}

// Status is where the enrolment stands.
func (n *Enrolment) Status() lifecycle.State { return lifecycle.State(n.GetString("status")) }

// StartupID is who is enrolled.
func (n *Enrolment) StartupID() string { return n.GetString("startup") }

// CohortID is the cohort.
func (n *Enrolment) CohortID() string { return n.GetString("cohort") }

// ApplicationID is the application that led here, or empty.
func (n *Enrolment) ApplicationID() string { return n.GetString("application") }

// JoinedOn is the local day on which it became active, or empty.
func (n *Enrolment) JoinedOn() string { return n.GetString("joined_on") }

// LeftOn is the local day on which it ended, or empty.
func (n *Enrolment) LeftOn() string { return n.GetString("left_on") }

// ExitReason is why it was ended early.
func (n *Enrolment) ExitReason() string { return n.GetString("exit_reason") }

// GraduatedWith is what was asked and found on the day it graduated; none where nothing was asked.
func (n *Enrolment) GraduatedWith() ([]GraduationFact, error) {
	facts := []GraduationFact{}
	err := n.UnmarshalJSONField("graduated_with", &facts)
	return facts, err
}

// Waiver is why it graduated although something was open, in the words of a manager.
func (n *Enrolment) Waiver() string { return n.GetString("waiver") }

func (n *Enrolment) setGraduated(facts []GraduationFact, waiver string) {
	n.Set("graduated_with", facts)
	n.Set("waiver", waiver)
}

func (n *Enrolment) setJoined(now time.Time) { n.Set("joined_on", locale.Day(now)) }

func (n *Enrolment) setLeft(now time.Time, reason string) {
	n.Set("left_on", locale.Day(now))
	n.Set("exit_reason", reason)
}

func (n *Enrolment) sameRoots(was *Enrolment) bool {
	return n.StartupID() == was.StartupID() && n.CohortID() == was.CohortID() && n.ApplicationID() == was.ApplicationID()
}

// sameDays says whether nothing changed that only a verb may set.
func (n *Enrolment) sameDays(was *Enrolment) bool {
	return n.JoinedOn() == was.JoinedOn() && n.LeftOn() == was.LeftOn() && n.ExitReason() == was.ExitReason() && n.sameGraduation(was)
}

// sameGraduation says whether both keep the same of how it graduated.
func (n *Enrolment) sameGraduation(was *Enrolment) bool {
	return n.Waiver() == was.Waiver() && n.GetString("graduated_with") == was.GetString("graduated_with")
}

// invited describes an enrolment that is not yet stored.
func invited(app core.App, startup, cohort, application string) (*Enrolment, error) {
	n, err := Enrolments.New(app)
	if err != nil {
		return nil, err
	}
	n.Set("startup", startup)
	n.Set("cohort", cohort)
	n.Set("application", application)
	return n, nil
}
