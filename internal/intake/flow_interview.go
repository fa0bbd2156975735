package intake

import (
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Slot is one application and when it is heard.
type Slot struct {
	Application string    `json:"application"`
	StartsAt    time.Time `json:"starts_at"`
}

// mostSlots is how many interviews are set at once.
const mostSlots = 200

// Meet sets interviews of some applications of an intake, all with the same panel at the same place: all of them or none.
// Staff over the intake, but not about what is near to them. Applications that are handed in and not told a decision.
// Errors: record.not_found, interview.none, interview.past, application.own, application.not_handed_in, interview.related,
// interview.stranger, and those of the guard.
func Meet(app core.App, by access.Actor, id string, slots []Slot, m Meeting, now time.Time) (set []*Interview, err error) {
	_, err = record.Change(app, Intakes, id, func(tx core.App, i *Intake) error {
		if err := access.MayWorkOn(by, i.Path()...); err != nil {
			return err
		}
		if len(slots) == 0 || len(slots) > mostSlots {
			return fault.Field("slots", "interview.none")
		}
		r, err := readerOf(tx, by)
		if err != nil {
			return err
		}
		for _, s := range slots {
			a, err := Applications.Find(tx, s.Application)
			switch {
			case err != nil:
				return err
			case a.IntakeID() != i.Id:
				return fault.NotFound("record.not_found")
			case r.near(a):
				return fault.Conflict("application.own")
			case !hears(i, a):
				return fault.Conflict("application.not_handed_in")
			}
			m.StartsAt = &s.StartsAt
			v, err := newInterview(tx, a, by.ID)
			if err != nil {
				return err
			}
			if err := arrange(tx, i, a, v, m, now); err != nil {
				return err
			}
			if err := tx.Save(v); err != nil {
				return err
			}
			if err := lifecycle.Note(tx, by, now, Interviews.Collection, v.Id, "arrange"); err != nil {
				return err
			}
			set = append(set, v)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return set, nil
}

// hears says whether an application of an intake is still looked at, so that whoever wrote it can be heard.
func hears(i *Intake, a *Application) bool {
	return !i.in(IntakeCancelled) && a.in(ApplicationSubmitted, ApplicationNeedsInfo, ApplicationInReview)
}

// arrange writes when, where and by whom, and refuses a time that is past and a panel that may not hear this application.
func arrange(tx core.App, i *Intake, a *Application, v *Interview, m Meeting, now time.Time) error {
	v.write(m)
	if !now.Before(v.StartsAt()) {
		return fault.Field("starts_at", "interview.past")
	}
	may, err := whoMayHear(tx, i, now)
	if err != nil {
		return err
	}
	for _, who := range v.Panel() {
		if !may[who] {
			return fault.Field("panel", "interview.stranger")
		}
		why, err := Related(tx, who, subjectType, a.Id)
		if err != nil {
			return err
		}
		if why != "" {
			return fault.Field("panel", "interview.related")
		}
	}
	return nil
}

// whoMayHear are the people who judge, or work, over an intake at now.
func whoMayHear(tx core.App, i *Intake, now time.Time) (map[string]bool, error) {
	may := map[string]bool{}
	for _, role := range []access.Role{access.Judge, access.Chair, access.Mentor, access.Staff, access.Manager} {
		some, err := access.Standing(tx, role, now)
		if err != nil {
			return nil, err
		}
		for _, who := range some.Over(i.Path()...) {
			may[who] = true
		}
	}
	return may, nil
}

// Rearrange changes when, where or by whom somebody is heard: its applicant is asked anew, and calendars follow. Staff over
// the intake, as long as the application is looked at. Errors: those of Meet, record.stale, interview.over.
func Rearrange(app core.App, by access.Actor, id string, m Meeting, rev int, now time.Time) (*Interview, error) {
	return onInterview(app, by, id, func(tx core.App, v *Interview, a *Application, i *Intake) error {
		if v.over() {
			return fault.Conflict("interview.over")
		}
		if !hears(i, a) {
			return fault.Conflict("application.not_handed_in")
		}
		if err := record.Seen(v, rev); err != nil {
			return err
		}
		if err := arrange(tx, i, a, v, m, now); err != nil {
			return err
		}
		v.moved(by.ID)
		if v.Status() != InterviewSet {
			return InterviewLife.Fire(tx, v, "reset", by, now)
		}
		if err := tx.Save(v); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Interviews.Collection, v.Id, "rearrange")
	})
}

// CallOff cancels an interview; everybody's calendar is told. Staff over the intake, with a reason that the applicant reads.
// Errors: record.not_found, interview.no_reason, lifecycle.not_now.
func CallOff(app core.App, by access.Actor, id, reason string, now time.Time) (*Interview, error) {
	return onInterview(app, by, id, func(tx core.App, v *Interview, _ *Application, _ *Intake) error {
		if strings.TrimSpace(reason) == "" {
			return fault.Field("reason", "interview.no_reason")
		}
		v.moved(by.ID)
		return InterviewLife.Fire(tx, v, "cancel", by, now, lifecycle.Because(reason))
	})
}

// Hold writes down that an interview took place. Staff over the intake, once it has begun.
// Errors: record.not_found, interview.not_yet, lifecycle.not_now.
func Hold(app core.App, by access.Actor, id string, now time.Time) (*Interview, error) {
	return onInterview(app, by, id, func(tx core.App, v *Interview, _ *Application, _ *Intake) error {
		if now.Before(v.StartsAt()) {
			return fault.Conflict("interview.not_yet")
		}
		return InterviewLife.Fire(tx, v, "hold", by, now)
	})
}

// onInterview lets staff over the intake work on an interview of somebody who is not near to them.
func onInterview(app core.App, by access.Actor, id string, do func(core.App, *Interview, *Application, *Intake) error) (*Interview, error) {
	return record.Change(app, Interviews, id, func(tx core.App, v *Interview) error {
		i, err := Intakes.Find(tx, v.IntakeID())
		if err != nil {
			return err
		}
		if err := access.MayWorkOn(by, i.Path()...); err != nil {
			return err
		}
		a, err := Applications.Find(tx, v.ApplicationID())
		if err != nil {
			return err
		}
		if err := notOwn(tx, by, a); err != nil {
			return err
		}
		return do(tx, v, a, i)
	})
}

// ConfirmInterview says that the applicant comes. The applicant only, before it begins. rev is the revision they saw; 0 for none.
// Errors: record.not_found, record.stale, interview.began, lifecycle.not_now.
func ConfirmInterview(app core.App, by access.Actor, id string, rev int, now time.Time) (*Interview, error) {
	return onOwnInterview(app, by, id, rev, now, func(tx core.App, v *Interview) error {
		return InterviewLife.Fire(tx, v, "confirm", by, now)
	})
}

// DeclineInterview says that the applicant cannot come, and why. The applicant only, before it begins.
// Errors: record.not_found, record.stale, interview.began, interview.no_words, lifecycle.not_now.
func DeclineInterview(app core.App, by access.Actor, id, words string, rev int, now time.Time) (*Interview, error) {
	return onOwnInterview(app, by, id, rev, now, func(tx core.App, v *Interview) error {
		if strings.TrimSpace(words) == "" {
			return fault.Field("words", "interview.no_words")
		}
		v.said(words)
		return InterviewLife.Fire(tx, v, "decline", by, now)
	})
}

func onOwnInterview(app core.App, by access.Actor, id string, rev int, now time.Time, do func(core.App, *Interview) error) (*Interview, error) {
	return record.Change(app, Interviews, id, func(tx core.App, v *Interview) error {
		a, err := Applications.Find(tx, v.ApplicationID())
		if err != nil {
			return err
		}
		if err := access.MayKeep(by, a.ApplicantID()); err != nil {
			return err
		}
		if !now.Before(v.StartsAt()) {
			return fault.Conflict("interview.began")
		}
		if err := record.Seen(v, rev); err != nil {
			return err
		}
		return do(tx, v)
	})
}

// callOffAll cancels the interviews to come of an application that is taken back, ruled out or told what was decided. What has
// begun was heard.
func callOffAll(tx core.App, by access.Actor, application string, now time.Time) error {
	all, err := interviewsOf(tx, application)
	if err != nil {
		return err
	}
	return callOff(tx, by, all, now)
}

// callOff cancels those of some interviews that are to come.
func callOff(tx core.App, by access.Actor, some []*Interview, now time.Time) error {
	for _, v := range some {
		if v.over() || !now.Before(v.StartsAt()) {
			continue
		}
		v.moved(by.ID)
		if err := InterviewLife.Fire(tx, v, "cancel", by, now); err != nil {
			return fmt.Errorf("call off interview %s: %w", v.Id, err)
		}
	}
	return nil
}

// Series is how a row of interviews is laid out: one after another, with a pause after each and a break in between.
type Series struct {
	Applications []string  `json:"applications"`
	From         time.Time `json:"from"`
	Minutes      int       `json:"minutes"`
	Pause        int       `json:"pause"`     // minutes after each
	BreakAt      time.Time `json:"break_at"`  // zero: none
	BreakFor     int       `json:"break_for"` // minutes
}

// Lay lays a series out. It knows no house: whether people are free is the guard's word when it is set.
// Errors: interview.none, interview.minutes, interview.pause.
func (s Series) Lay() ([]Slot, error) {
	switch {
	case len(s.Applications) == 0 || len(s.Applications) > mostSlots:
		return nil, fault.Field("applications", "interview.none")
	case s.Minutes < leastMinutes || s.Minutes > mostMinutes:
		return nil, fault.Field("minutes", "interview.minutes")
	case s.Pause < 0 || s.Pause > mostMinutes || s.BreakFor < 0 || s.BreakFor > mostMinutes:
		return nil, fault.Field("pause", "interview.pause")
	}
	length, at := time.Duration(s.Minutes)*time.Minute, s.From.UTC().Truncate(time.Minute)
	broken := s.BreakAt.UTC().Add(time.Duration(s.BreakFor) * time.Minute)
	slots := make([]Slot, 0, len(s.Applications))
	for _, a := range s.Applications {
		if s.BreakFor > 0 && at.Before(broken) && at.Add(length).After(s.BreakAt.UTC()) {
			at = broken
		}
		slots = append(slots, Slot{a, at})
		at = at.Add(length + time.Duration(s.Pause)*time.Minute)
	}
	return slots, nil
}
