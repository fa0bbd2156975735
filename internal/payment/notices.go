package payment

import (
	"slices"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/notice"
	"vuon/internal/vn"
)

// Notices are the rules of what whoever keeps the books is told: once on the morning of a working day, while something waits.
func Notices() []notice.Rule {
	return []notice.Rule{
		{Key: "bank_waiting", Class: notice.Reminder, Due: eachMorning("bank", "/app/payments", func(w waits) int { return w.Lines }, access.Finance)},
		{Key: "refunds_approve", Class: notice.Reminder, Due: eachMorning("refunds-yes", "/app/refunds?status=requested", func(w waits) int { return w.ToApprove }, access.Finance, access.Manager)},
		{Key: "refunds_send", Class: notice.Reminder, Due: eachMorning("refunds-go", "/app/refunds?status=approved", func(w waits) int { return w.ToSend }, access.Finance)},
	}
}

// When a morning's reminder is told, and how long it is of use.
const (
	morning = 9 * time.Hour
	useful  = 8 * time.Hour
)

// eachMorning tells those who hold one of the roles over the whole house how much waits. Where nobody holds the first, managers do it.
func eachMorning(key, page string, of func(waits) int, roles ...access.Role) func(core.App, time.Time) ([]notice.Due, error) {
	return func(tx core.App, now time.Time) ([]notice.Due, error) {
		today := vn.DayOf(now)
		at := today.Starts().Add(morning)
		if today.Weekday() == time.Saturday || today.Weekday() == time.Sunday || now.Before(at) || !now.Before(at.Add(useful)) {
			return nil, nil
		}
		w, err := waitingFor(tx, "", 0)
		if err != nil || of(w) == 0 {
			return nil, err
		}
		who, err := keepers(tx, now, roles...)
		var due []notice.Due
		for _, user := range who {
			due = append(due, notice.Due{
				Dedup: key + ":" + user + ":" + today.String(), User: user, Mail: true, Link: page, At: at, Until: at.Add(useful),
				Args: map[string]string{"n": strconv.Itoa(of(w))}, Why: strconv.Itoa(of(w)) + " wait on " + today.String(),
			})
		}
		return due, err
	}
}

// keepers are those who hold one of the roles over the whole house; managers where nobody holds the first.
func keepers(app core.App, now time.Time, roles ...access.Role) ([]string, error) {
	var who []string
	for i, role := range roles {
		holding, err := access.Standing(app, role, now)
		if err != nil {
			return nil, err
		}
		if who = append(who, holding.Over()...); i == 0 && len(who) == 0 && !slices.Contains(roles, access.Manager) {
			return keepers(app, now, access.Manager)
		}
	}
	slices.Sort(who)
	return slices.Compact(who), nil
}

// Duties are what whoever keeps the books of the whole house can do today.
func Duties(app core.App, by access.Actor, _ time.Time) ([]notice.Duty, error) {
	if !by.Signed() || access.MayKeepBooks(by) != nil {
		return nil, nil //nolint:nilerr // whoever keeps no books has none of this to do
	}
	to, err := needs(app).Account(app)
	if err != nil {
		return nil, err
	}
	w, err := waitingFor(app, by.ID, to.Alone)
	var todo []notice.Duty
	for _, d := range []struct {
		key, page string
		n         int
	}{
		{"bank_clear", "/app/payments", w.Lines}, {"refunds_approve", "/app/refunds?status=requested", w.ToApprove}, {"refunds_send", "/app/refunds?status=approved", w.ToSend},
	} {
		if d.n > 0 {
			todo = append(todo, notice.Duty{Key: d.key, Args: map[string]string{"n": strconv.Itoa(d.n)}, Link: d.page})
		}
	}
	return todo, err
}
