package events

import (
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// CheckinLists say what a door lets in: an entry, a workshop's room, a bag for each guest.
var CheckinLists = record.Of[CheckinList]("checkin_lists")

// CheckinList is one of them.
type CheckinList struct{ core.BaseRecordProxy }

// EventID is whose door it is.
func (l *CheckinList) EventID() string { return l.GetString("event") }

// Name is what the door calls it.
func (l *CheckinList) Name() string { return l.GetString("name") }

// Types are the ticket types it lets in; none is every type.
func (l *CheckinList) Types() []string { return l.GetStringSlice("types") }

// MaxEntries is how often one ticket comes in, after it went out; 0 is any number of times.
func (l *CheckinList) MaxEntries() int { return l.GetInt("max_entries") }

// PerDay says whether it counts anew each local day.
func (l *CheckinList) PerDay() bool { return l.GetBool("per_day") }

// OpensAt is from when it lets in; zero is from the beginning.
func (l *CheckinList) OpensAt() time.Time { return l.GetDateTime("opens_at").Time() }

// ClosesAt is until when it lets in; zero is to the end.
func (l *CheckinList) ClosesAt() time.Time { return l.GetDateTime("closes_at").Time() }

// Takes says whether it lets tickets of a type in.
func (l *CheckinList) Takes(kind string) bool {
	return len(l.Types()) == 0 || slices.Contains(l.Types(), kind)
}

// OpenAt says whether it lets anybody in at now.
func (l *CheckinList) OpenAt(now time.Time) bool {
	return !now.Before(l.OpensAt()) && (l.ClosesAt().IsZero() || now.Before(l.ClosesAt()))
}

// ListTerms are what staff say of a list; what is nil stays as it is.
type ListTerms struct {
	Name       *string    `json:"name"`
	Types      *[]string  `json:"types"`
	MaxEntries *int       `json:"max_entries"`
	PerDay     *bool      `json:"per_day"`
	OpensAt    *time.Time `json:"opens_at"`
	ClosesAt   *time.Time `json:"closes_at"`
	Rev        int        `json:"rev"`
}

func (l *CheckinList) write(t ListTerms) {
	record.At(l, t.Rev)
	if t.Name != nil {
		l.Set("name", strings.Join(strings.Fields(*t.Name), " "))
	}
	if t.Types != nil {
		l.Set("types", *t.Types)
	}
	if t.MaxEntries != nil {
		l.Set("max_entries", *t.MaxEntries)
	}
	if t.PerDay != nil {
		l.Set("per_day", *t.PerDay)
	}
	if t.OpensAt != nil {
		l.Set("opens_at", t.OpensAt.UTC())
	}
	if t.ClosesAt != nil {
		l.Set("closes_at", t.ClosesAt.UTC())
	}
}

// sameCount says whether both count alike.
func (l *CheckinList) sameCount(was *CheckinList) bool {
	return l.MaxEntries() == was.MaxEntries() && l.PerDay() == was.PerDay()
}

// opened describes a list that is not yet stored.
func opened(app core.App, event string, t ListTerms) (*CheckinList, error) {
	l, err := CheckinLists.New(app)
	if err != nil {
		return nil, err
	}
	l.Set("event", event)
	l.Set("max_entries", 1)
	l.write(t)
	return l, nil
}
