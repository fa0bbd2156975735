package intake

import (
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/judging"
	"vuon/internal/locale"
	"vuon/internal/notice"
)

// opened tells people on the day on which an intake opens: whoever has handed something in to an earlier one, and the
// people of startups, unless they have begun already. An intake is not made for a sector, so all of them are meant. Who does
// not want to hear of it turns the kind off.
func opened(tx core.App, now time.Time) ([]notice.Due, error) {
	calls, err := intakesOpening(tx, now.Add(-recent), now.Add(day))
	if err != nil || len(calls) == 0 {
		return nil, err
	}
	members, err := needs(tx).Everybody(tx)
	if err != nil {
		return nil, err
	}
	var due []notice.Due
	for _, i := range calls {
		people, err := audienceOf(tx, i.Id, members)
		if err != nil {
			return nil, err
		}
		closes, _, err := promised(tx, i.Id, "")
		if err != nil {
			return nil, err
		}
		at := endOfDay(locale.Day(i.OpensAt())).Add(8*time.Hour - day)
		if at.Before(i.OpensAt()) {
			at = i.OpensAt()
		}
		for _, who := range people {
			due = append(due, notice.Due{
				Dedup: "call-open:" + i.Id + ":" + who, User: who, Link: "/intakes/" + i.Slug(), Mail: true,
				Args: map[string]string{"title_vi": i.TitleVI(), "title_en": i.TitleEN(), "until": lastMoment(closes).UTC().Format(time.RFC3339)},
				At:   at, Until: closes, Why: "opens on " + locale.Day(i.OpensAt()),
			})
		}
	}
	return due, nil
}

// coverage is how long before a round closes staff hear every weekday what it lacks.
const coverage = 3 * day

// uncovered tells staff on the last weekdays before a round closes that applications lack sheets.
func uncovered(tx core.App, now time.Time) ([]notice.Due, error) {
	midnight := endOfDay(locale.Day(now)).Add(-day)
	at := midnight.Add(8 * time.Hour)
	if !weekday(at).Equal(at) {
		return nil, nil
	}
	closing, err := judging.Closing(tx, ownerType, now, now.Add(coverage))
	if err != nil || len(closing) == 0 {
		return nil, err
	}
	staff, err := access.Standing(tx, access.Staff, now)
	if err != nil {
		return nil, err
	}
	var due []notice.Due
	for _, r := range closing {
		i, err := Intakes.Find(tx, r.Owner)
		if err != nil {
			return nil, err
		}
		n, err := lacking(tx, i.Id, r)
		if err != nil || n == 0 || r.Closes.Sub(at) > coverage {
			if err != nil {
				return nil, err
			}
			continue
		}
		until := midnight.Add(day)
		if r.Closes.Before(until) {
			until = r.Closes
		}
		for _, who := range staff.Over(i.Path()...) {
			due = append(due, notice.Due{
				Dedup: "cover:" + r.Round + ":" + locale.Day(now) + ":" + who, User: who, Link: "/app/intakes/" + i.Id + "/board", Mail: true,
				Args: map[string]string{
					"n": strconv.Itoa(n), "title_vi": i.TitleVI(), "title_en": i.TitleEN(), "until": lastMoment(r.Closes).UTC().Format(time.RFC3339),
				},
				At: at, Until: until, Why: strconv.Itoa(n) + " applications lack sheets; the round closes at " + r.Closes.In(locale.Zone).Format(time.RFC3339),
			})
		}
	}
	return due, nil
}

// remindManagers tells the managers of an intake once a week, on its first weekday after the day by which applicants were
// promised an answer, that there is none.
func remindManagers(tx core.App, now time.Time) ([]notice.Due, error) {
	late, err := decisionsLate(tx, now)
	if err != nil || len(late) == 0 {
		return nil, err
	}
	managers, err := access.Standing(tx, access.Manager, now)
	if err != nil {
		return nil, err
	}
	monday, week := weekOf(now)
	var due []notice.Due
	for _, i := range late {
		at := weekday(endOfDay(i.DecisionDue()).Add(8 * time.Hour))
		if begins := monday.Add(8 * time.Hour); at.Before(begins) {
			at = begins
		}
		if !at.Before(monday.Add(7 * day)) {
			continue // it begins to be late with the next week
		}
		for _, who := range managers.Over(i.Path()...) {
			due = append(due, notice.Due{
				Dedup: "dec-late:" + i.Id + ":" + week + ":" + who, User: who, Mail: true, Link: "/app/intakes/" + i.Id,
				Args: map[string]string{"title_vi": i.TitleVI(), "title_en": i.TitleEN(), "until": i.DecisionDue()},
				At:   at, Until: monday.Add(7 * day), Why: "an answer was promised by " + i.DecisionDue(),
			})
		}
	}
	return due, nil
}

// answeredOffers tells staff that somebody has answered an offer.
func answeredOffers(tx core.App, now time.Time) ([]notice.Due, error) {
	answered, err := offersAnswered(tx, now.Add(-recent))
	if err != nil || len(answered) == 0 {
		return nil, err
	}
	staff, err := access.Standing(tx, access.Staff, now)
	if err != nil {
		return nil, err
	}
	var due []notice.Due
	for _, o := range answered {
		path := []access.Scope{{Type: access.Intake, ID: o.Intake}, {Type: access.Cohort, ID: o.Cohort}, {Type: access.Programme, ID: o.Programme}}
		for _, who := range staff.Over(path...) {
			due = append(due, notice.Due{
				Dedup: "offer-ans:" + o.ID + ":" + who, User: who, Link: "/app/intakes/" + o.Intake + "/board", Mail: true,
				Args: map[string]string{"receipt": o.Code, "title_vi": o.TitleVI, "title_en": o.TitleEN}, At: o.At.Time(), Why: "the offer was answered",
			})
		}
	}
	return due, nil
}
