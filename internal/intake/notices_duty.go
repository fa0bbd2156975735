package intake

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/judging"
	"vuon/internal/locale"
	"vuon/internal/notice"
)

// Duties are what the actor can do today in this room: finish, answer, say whether they come and accept as an applicant; assign, weigh, decide and
// release where they work.
func Duties(app core.App, by access.Actor, now time.Time) ([]notice.Duty, error) {
	if !by.Signed() {
		return nil, nil
	}
	todo, err := applicantDuties(app, by, now)
	if err != nil {
		return nil, err
	}
	after, err := outcomeDuties(app, by, now)
	todo = append(todo, after...)
	if err != nil || !by.HoldsAnywhere(access.Staff, access.Manager) {
		return todo, err
	}
	busy, err := intakesAtWork(app)
	if err != nil {
		return nil, err
	}
	r, err := readerOf(app, by)
	if err != nil {
		return nil, err
	}
	for _, i := range busy {
		if !staffing(by, i) {
			continue
		}
		more, err := staffDuties(app, by, r, i, now)
		if err != nil {
			return nil, err
		}
		todo = append(todo, more...)
	}
	return todo, nil
}

func applicantDuties(app core.App, by access.Actor, now time.Time) ([]notice.Duty, error) {
	all, err := mine(app, by.ID)
	if err != nil {
		return nil, err
	}
	var todo []notice.Duty
	for _, a := range all {
		i, err := Intakes.Find(app, a.IntakeID())
		if err != nil {
			return nil, err
		}
		duty := notice.Duty{Args: map[string]string{"title_vi": i.TitleVI(), "title_en": i.TitleEN()}, Link: paperAt(a.Id)}
		if a.in(ApplicationSubmitted, ApplicationNeedsInfo, ApplicationInReview) {
			v, err := nextInterview(app, a, now, InterviewSet)
			if err != nil {
				return nil, err
			}
			if v != nil {
				asked := duty
				asked.Key, asked.Due = "interview_answer", v.StartsAt()
				todo = append(todo, asked)
			}
		}
		switch a.Status() {
		case ApplicationDraft:
			duty.Key = "application_draft"
			closes, grace, err := promised(app, i.Id, a.Id)
			if err != nil {
				return nil, err
			}
			if !i.takesAt(now, closes.Add(grace)) {
				continue
			}
			duty.Due = closes
		case ApplicationNeedsInfo:
			duty.Key, duty.Due = "application_question", a.AnswerBy()
		case ApplicationAdmitted:
			o, err := offerTo(app, a.Id)
			if err != nil {
				return nil, err
			}
			if o == nil || !o.StandsAt(now) {
				continue
			}
			duty.Key, duty.Due = "offer_answer", o.ExpiresAt()
		default:
			continue
		}
		duty.Late = !now.Before(duty.Due)
		todo = append(todo, duty)
	}
	return todo, nil
}

// staffDuties are what an intake waits for.
func staffDuties(app core.App, by access.Actor, r reader, i *Intake, now time.Time) ([]notice.Duty, error) {
	waiting, err := applicationsIn(app, i.Id, ApplicationInReview, ApplicationSubmitted, ApplicationNeedsInfo)
	if err != nil {
		return nil, err
	}
	waiting = r.far(waiting) // what becomes of their own they learn by the release
	decisions, err := decisionsFor(app, i.Id)
	if err != nil {
		return nil, err
	}
	tallies, err := judging.Tallies(app, ownerType, i.Id)
	if err != nil {
		return nil, err
	}
	lonely, ids := 0, []string{}
	for _, a := range waiting {
		ids = append(ids, a.Id)
		if tallies[a.Id].Asked < judgesEach && decisions[a.Id] == nil {
			lonely++
		}
	}
	raised, err := judging.Raised(app, subjectType, ids)
	if err != nil {
		return nil, err
	}
	todo := counted(i, now, "/board", map[string]int{"applications_assign": lonely, "conflicts_weigh": raised})
	if !by.Holds(access.Manager, i.Path()...) {
		return todo, nil
	}
	switch undecided := left(waiting, decisions); {
	case i.in(IntakeClosed):
		return append(todo, counted(i, now, "", map[string]int{"intake_begin_deciding": 1})...), nil
	case undecided > 0:
		return append(todo, counted(i, now, "/board", map[string]int{"applications_decide": undecided})...), nil
	}
	return append(todo, counted(i, now, "", map[string]int{"intake_release": 1})...), nil
}

// judgesEach is how many judges an application should have.
const judgesEach = 2

// counted are duties over an intake, to be done on one of its pages. A count of nothing is no duty.
func counted(i *Intake, now time.Time, page string, counts map[string]int) []notice.Duty {
	var todo []notice.Duty
	due := endOfDay(i.DecisionDue())
	for _, key := range slices.Sorted(maps.Keys(counts)) {
		if counts[key] == 0 {
			continue
		}
		todo = append(todo, notice.Duty{
			Key: key, Args: map[string]string{"n": strconv.Itoa(counts[key]), "title_vi": i.TitleVI(), "title_en": i.TitleEN()},
			Link: "/app/intakes/" + i.Id + page, Due: due, Late: !due.IsZero() && !now.Before(due),
		})
	}
	return todo
}

// endOfDay is the first instant after a local day; zero for none.
func endOfDay(day string) time.Time {
	at, err := time.ParseInLocation(time.DateOnly, day, locale.Zone)
	if err != nil {
		return time.Time{}
	}
	return at.AddDate(0, 0, 1).UTC()
}
