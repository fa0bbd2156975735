package app

import (
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/locale"
	"vuon/internal/notice"
	"vuon/internal/notify"
	"vuon/internal/people"
	"vuon/internal/site"
	"vuon/internal/vn"
)

// ownNotices are what people are told about the house as a whole: their day, their month, and what is broken.
func ownNotices() []notice.Rule {
	return []notice.Rule{
		{Key: "worklist", Class: notice.Digest, Due: worklists},
		{Key: "figures_month", Class: notice.Digest, Due: monthlyFigures},
		{Key: "ops_outbox", Class: notice.Transactional, Due: toManagers(outboxWaits)},
		{Key: "ops_letters", Class: notice.Transactional, Due: toManagers(lettersFail)},
		{Key: "ops_job", Class: notice.Transactional, Due: toManagers(jobsFail)},
		{Key: "ops_journal", Class: notice.Transactional, Due: toManagers(journalBroken)},
	}
}

// A worklist is made in the morning of a working day. What could not be told until ten is the next day's. To look for what
// somebody can do is dear, and whoever has nothing to do is looked at again: each quarter of an hour is often enough.
const (
	worklistAt   = 7*time.Hour + 30*time.Minute
	worklistFor  = 150 * time.Minute
	worklistStep = 15
)

// worklists tell staff each working day how much there is to do. Who has nothing to do is told nothing.
func worklists(tx core.App, now time.Time) ([]notice.Due, error) {
	today := vn.DayOf(now)
	at := today.Starts().Add(worklistAt)
	if now.Before(at) || !now.Before(at.Add(worklistFor)) || now.Minute()%worklistStep != 0 {
		return nil, nil
	}
	calendar, err := site.CalendarOf(tx)
	if err != nil || !calendar.Workday(today) {
		return nil, err
	}
	staff, err := access.Standing(tx, access.Staff, now)
	if err != nil {
		return nil, err
	}
	keys := []string{}
	for _, who := range staff.Everybody() {
		keys = append(keys, "work:"+who+":"+today.String())
	}
	told, err := notify.Heard(tx, keys)
	if err != nil {
		return nil, err
	}
	var due []notice.Due
	for i, who := range staff.Everybody() {
		if told[keys[i]] {
			continue
		}
		n, err := thingsToDo(tx, who, now)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			due = append(due, notice.Due{
				Dedup: keys[i], User: who, Link: "/app", Mail: true, Args: map[string]string{"n": strconv.Itoa(n)},
				At: at, Until: at.Add(worklistFor), Why: strconv.Itoa(n) + " things to do on " + today.String(),
			})
		}
	}
	return due, nil
}

// thingsToDo counts the duties of a person, room by room.
func thingsToDo(app core.App, who string, now time.Time) (n int, err error) {
	u, err := people.Users.Find(app, who)
	if fault.Code(err) == "record.not_found" {
		return 0, nil // one grant that leads nowhere must not silence the others' morning
	}
	if err != nil {
		return 0, err
	}
	by, err := access.At(app, u.ProxyRecord(), now)
	if err != nil {
		return 0, err
	}
	for _, of := range duties() {
		todo, err := of(app, by, now)
		if err != nil {
			return 0, err
		}
		n += len(todo)
	}
	return n, nil
}

// monthly is how long into a month its digest may still be told.
const monthly = 7 * 24 * time.Hour

// monthlyFigures tell officials on the first of a month that there are figures of the month before. The figures stand behind
// the sign-in, where they see what they may.
func monthlyFigures(tx core.App, now time.Time) ([]notice.Due, error) {
	here := now.In(locale.Zone)
	first := time.Date(here.Year(), here.Month(), 1, 7, 0, 0, 0, locale.Zone)
	if now.Before(first) || !now.Before(first.Add(monthly)) {
		return nil, nil
	}
	officials, err := access.Standing(tx, access.Official, now)
	var due []notice.Due
	last := first.AddDate(0, -1, 0)
	for _, who := range officials.Everybody() {
		due = append(due, notice.Due{
			Dedup: "av:" + who + ":" + first.Format("2006-01"), User: who, Link: "/app/figures", Mail: true,
			Args: map[string]string{"month_vi": locale.MonthYear(locale.Vietnamese, last), "month_en": locale.MonthYear(locale.English, last)},
			At:   first, Until: first.Add(monthly), Why: "the figures of " + last.Format("2006-01"),
		})
	}
	return due, err
}
