package intake

import (
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/locale"
	"vuon/internal/notice"
)

// matter is an application as a notice tells of it, and of what happened to it.
type matter struct {
	ID        string         `db:"id"`
	Code      string         `db:"code"`
	Status    string         `db:"status"`
	Applicant string         `db:"applicant"`
	Startup   string         `db:"startup"`
	TitleVI   string         `db:"title_vi"` // of the intake
	TitleEN   string         `db:"title_en"`
	Intake    string         `db:"intake"`
	AnswerBy  types.DateTime `db:"answer_by"`
	Seq       int            `db:"seq"`      // of the move that is told
	At        types.DateTime `db:"at"`       // when that was
	Handed    int            `db:"handed"`   // how often it had been handed in by then
	Asked     int            `db:"asked"`    // how often staff had asked by then
	Decision  string         `db:"decision"` // id of the decision on it, or ""
	Offer     string         `db:"offer"`    // id of the offer made to it
	Deadline  types.DateTime `db:"deadline"` // of itself, or of its offer
	Moved     int            `db:"moved"`    // how often the deadline was moved
	Appeal    string         `db:"appeal"`   // id of the appeal that was filed or moved
	DueOn     string         `db:"due_on"`   // the local day by which that is to be answered
	Panel     string         `db:"panel"`    // who hears it, as JSON
}

// told is a notice about an application to whoever wrote it.
func (p matter) told(dedup string) notice.Due {
	return notice.Due{
		Dedup: dedup, User: p.Applicant, Link: paperAt(p.ID), Mail: true,
		Args: map[string]string{"receipt": p.Code, "title_vi": p.TitleVI, "title_en": p.TitleEN},
	}
}

// until adds an end to a notice: in its words, and for the reader's calendar.
func (p matter) until(uid string, end time.Time, moved int, d notice.Due) notice.Due {
	last := lastMoment(end)
	d.Args["until"] = last.UTC().Format(time.RFC3339)
	d.When = notice.When{UID: uid, Starts: last, Ends: last, Sequence: moved}
	return d
}

func paperAt(application string) string { return "/app/applications/" + application }

// remindDrafts tells applicants seven, three and one day and six hours before the deadline that a draft is not handed in.
// The keys of a deadline that was moved carry its day: who was reminded of the old one is reminded of the new one too.
func remindDrafts(tx core.App, now time.Time) ([]notice.Due, error) {
	drafts, err := mattersDrafted(tx, now, now.Add(notice.Ahead+8*day))
	var due []notice.Due
	for _, p := range drafts {
		key := "app-draft:" + p.ID
		if p.Moved > 0 {
			key += ":" + locale.Day(lastMoment(p.Deadline.Time()))
		}
		for _, step := range notice.Steps(p.Deadline.Time(), now, -7*day, -3*day, -day, -6*time.Hour) {
			if step.At.After(p.At.Time()) { // who has just begun needs no reminder
				d := p.until("intake."+p.Intake, p.Deadline.Time(), p.Moved, p.told(key))
				d.Secret = p.opened()
				due = append(due, step.On(d))
			}
		}
	}
	return due, err
}

// extended tells everybody who is writing or has handed in that the deadline has moved. Whoever began later knows no other.
// Of several extensions each hears of the latest end.
func extended(tx core.App, now time.Time) ([]notice.Due, error) {
	papers, err := mattersExtended(tx, now.Add(-recent))
	last := map[string]matter{}
	var order []string
	for _, p := range papers {
		was, known := last[p.ID]
		if !known {
			order = append(order, p.ID)
		}
		if !known || was.Deadline.Time().Before(p.Deadline.Time()) {
			last[p.ID] = p
		}
	}
	due := make([]notice.Due, 0, len(order))
	for _, id := range order {
		p := last[id]
		end := p.Deadline.Time()
		d := p.until("intake."+p.Intake, end, p.Moved, p.told("call-ext:"+p.Intake+":"+end.UTC().Format(time.RFC3339)+":"+p.Applicant))
		d.Until, d.Why = end, "the deadline was moved"
		due = append(due, d)
	}
	return due, err
}

// remindOffers tells applicants three days and a day before an offer runs out that it waits. Nobody can switch that off:
// who misses it loses a place.
func remindOffers(tx core.App, now time.Time) ([]notice.Due, error) {
	standing, err := mattersOffered(tx, now, now.Add(notice.Ahead+4*day))
	var due []notice.Due
	for _, p := range standing {
		key := "offer:" + p.Offer
		if p.Moved > 0 {
			key += ":" + locale.Day(lastMoment(p.Deadline.Time()))
		}
		for _, step := range notice.Steps(p.Deadline.Time(), now, -3*day, -day) {
			if step.At.After(p.At.Time()) {
				due = append(due, step.On(p.until("offer."+p.Offer, p.Deadline.Time(), p.Moved, p.told(key))))
			}
		}
	}
	return due, err
}

// handings are the moves by which something is handed in.
var handings = []string{"application.submit", "applications.resubmit", "application.answer"}

// weekday is the first weekday at or after an instant, at the same hour.
func weekday(at time.Time) time.Time {
	for at.In(locale.Zone).Weekday() == time.Saturday || at.In(locale.Zone).Weekday() == time.Sunday {
		at = at.Add(day)
	}
	return at
}

// weekOf is the Monday midnight before an instant, and the name of its week: 2026-W48.
func weekOf(at time.Time) (monday time.Time, name string) {
	here := at.In(locale.Zone)
	year, week := here.ISOWeek()
	name = strconv.Itoa(year) + "-W"
	if week < 10 {
		name += "0"
	}
	y, m, d := here.Date()
	return time.Date(y, m, d-(int(here.Weekday())+6)%7, 0, 0, 0, 0, locale.Zone), name + strconv.Itoa(week)
}
