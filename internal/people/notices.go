package people

import (
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/notice"
	"vuon/internal/vn"
)

// tellFor is how long after it happened something is still news: a house that was asleep for a week tells no more.
const tellFor = 7 * 24 * time.Hour

// Where the notices and duties of this room lead.
const (
	linkAccount  = "/app/account"
	linkRequests = "/app/data-requests"
	linkJournal  = "/app/journal"
)

// Notices are what the room has people told.
func Notices() []notice.Rule {
	return []notice.Rule{
		{Key: "invitation", Class: notice.Transactional, Due: tellInvitations},
		{Key: "role_granted", Class: notice.Transactional, Due: tellGrants},
		{Key: "data_request_received", Class: notice.Transactional, Due: tellReceived},
		{Key: "data_request_answered", Class: notice.Transactional, Due: tellAnswered},
		{Key: "data_request_due", Class: notice.Transactional, Due: tellDue},
		{Key: "identity_linked", Class: notice.Transactional, Due: tellLinked},
		{Key: "operator_signed_in", Class: notice.Transactional, Due: tellOperators},
	}
}

// tellInvitations tells whoever was invited, by mail, with a link that is made when the mail is sent.
func tellInvitations(tx core.App, now time.Time) ([]notice.Due, error) {
	open, err := invitedSince(tx, now.Add(-tellFor), now)
	due := make([]notice.Due, 0, len(open))
	for _, i := range open {
		d := notice.Due{
			Dedup: "invitation:" + i.ID, User: i.User, Link: linkAccount, Mail: true, Until: i.Expires.Time(),
			Secret: notice.Secret{Kind: "invitation", ID: i.ID}, Why: "invited",
		}
		if i.User == "" {
			d.Address, d.Locale, d.Link = i.Email, i.Locale, ""
		}
		due = append(due, d)
	}
	return due, err
}

// tellGrants tells people of the roles they were given.
func tellGrants(tx core.App, now time.Time) ([]notice.Due, error) {
	return each(tx, now, "users.granted", func(e *lifecycle.Entry) ([]notice.Due, error) {
		var g gift
		if err := e.Detail(&g); err != nil || e.Actor() == e.Subject() { // who accepted an invitation knows
			return nil, err
		}
		return []notice.Due{{Dedup: "role_granted:" + g.Grant, User: e.Subject(), Link: linkAccount, Mail: true, Why: "a role was given"}}, nil
	})
}

// tellLinked tells people that an identity opens their account from now on: whoever did not link it must hear of it.
func tellLinked(tx core.App, now time.Time) ([]notice.Due, error) {
	return each(tx, now, "users.identity_linked", func(e *lifecycle.Entry) ([]notice.Due, error) {
		return []notice.Due{{
			Dedup: "identity_linked:" + e.Id, User: e.Subject(), Args: map[string]string{"at": e.At().Format(time.RFC3339)},
			Link: linkAccount, Mail: true, Why: "an identity was linked",
		}}, nil
	})
}

// tellReceived tells privacy officers what was asked, and whoever asked that it has arrived.
func tellReceived(tx core.App, now time.Time) ([]notice.Due, error) {
	some, err := dataRequestsTold(tx, now.Add(-tellFor), "data_requests.received")
	if err != nil || len(some) == 0 {
		return nil, err
	}
	officers, err := liveHolders(tx, access.Privacy, now)
	var all []notice.Due
	for _, r := range some {
		args, why := map[string]string{"due": r.Due.Time().Format(time.RFC3339)}, "a data request was received"
		all = append(all, notice.Due{Dedup: "data_request:" + r.ID, User: r.User, Args: args, Link: linkAccount, Mail: true, Why: why})
		for _, id := range officers {
			all = append(all, notice.Due{Dedup: "data_request:" + r.ID + ":" + id, User: id, Args: args, Link: linkRequests, Mail: true, Why: why})
		}
	}
	return all, err
}

// tellAnswered tells people that their request was answered. How stands behind the sign-in.
func tellAnswered(tx core.App, now time.Time) ([]notice.Due, error) {
	some, err := dataRequestsTold(tx, now.Add(-tellFor), "data_request.fulfil", "data_request.refuse")
	var all []notice.Due
	for _, r := range some {
		if r.Kind == forErasure && r.Status == string(DataRequestFulfilled) { // there is nobody left to tell
			continue
		}
		all = append(all, notice.Due{Dedup: "data_answer:" + r.ID, User: r.User, Link: linkAccount, Mail: true, Why: "a data request was answered"})
	}
	return all, err
}

// The clock of a data request, as privacy officers hear it: a working day before it must have been acknowledged, five days
// and one day before it must be answered. A day on which nobody works is heard on the working day before.
var (
	beforeAck = 1
	beforeDue = []int{5, 1}
)

// tellDue reminds privacy officers of the law's deadlines. Nobody can switch it off.
func tellDue(tx core.App, now time.Time) ([]notice.Due, error) {
	open, err := openDataRequests(tx)
	if err != nil || len(open) == 0 {
		return nil, err
	}
	officers, err := liveHolders(tx, access.Privacy, now)
	if err != nil {
		return nil, err
	}
	var calendar vn.Calendar
	if ask := needs(tx).Calendar; ask != nil {
		if calendar, err = ask(tx); err != nil {
			return nil, err
		}
	}
	var all []notice.Due
	for _, r := range open {
		hours := r.clock(calendar)
		for n, at := range hours {
			end, until := r.NextDue(), r.NextDue()
			if next := hours["due-1"]; next.After(at) {
				until = next // one takes over from the other
			}
			if !now.Before(end) || at.Before(r.Received()) || at.After(now.Add(notice.Ahead)) {
				continue
			}
			for _, id := range officers {
				all = append(all, notice.Due{
					Dedup: "dsr:" + r.Id + ":" + n + ":" + id, User: id, Link: linkRequests, Mail: true, At: at, Until: until,
					Args: map[string]string{"due": end.Format(time.RFC3339)}, Why: n + " of " + end.In(locale.Zone).Format(time.RFC3339),
					When: notice.When{UID: "data_request." + r.Id + "." + string(r.Status()), Starts: end, Ends: end},
				})
			}
		}
	}
	return all, nil
}

// clock are the hours at which officers hear of what they owe next, by the name of each.
func (r *DataRequest) clock(calendar vn.Calendar) map[string]time.Time {
	eight := func(d vn.Day) time.Time {
		for !calendar.Workday(d) {
			d--
		}
		return d.Starts().Add(8 * time.Hour)
	}
	if r.Status() == DataRequestReceived {
		return map[string]time.Time{"ack-1": eight(calendar.AddWorkdays(vn.DayOf(r.AckDue()), -beforeAck))}
	}
	hours := map[string]time.Time{}
	for _, n := range beforeDue {
		hours["due-"+strconv.Itoa(n)] = eight(vn.DayOf(r.Due()) - vn.Day(n))
	}
	return hours
}

// tellOperators tells the managers of the house of every sign-in with the machine's keys.
func tellOperators(tx core.App, now time.Time) ([]notice.Due, error) {
	return each(tx, now, "operators.signed_in", func(e *lifecycle.Entry) (all []notice.Due, err error) {
		managers, err := liveHolders(tx, access.Manager, now)
		for _, id := range managers {
			all = append(all, notice.Due{
				Dedup: "operator:" + e.Id + ":" + id, User: id, Link: linkJournal, Args: map[string]string{"at": e.At().Format(time.RFC3339)},
			})
		}
		return all, err
	})
}

// each gathers what is due for what was written down under a key lately.
func each(tx core.App, now time.Time, key string, due func(*lifecycle.Entry) ([]notice.Due, error)) ([]notice.Due, error) {
	entries, err := lifecycle.Since(tx, key, now.Add(-tellFor))
	if err != nil {
		return nil, err
	}
	var all []notice.Due
	for _, e := range entries {
		some, err := due(e)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// liveHolders are the people who hold a role over the whole house at now.
func liveHolders(tx core.App, role access.Role, now time.Time) (ids []string, err error) {
	all, err := holders(tx, role)
	for _, g := range all {
		if g.LiveAt(now) {
			ids = append(ids, g.UserID())
		}
	}
	return ids, err
}
