package people

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/notice"
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
		{Key: "data_request_due", Class: notice.Reminder, Due: tellDue},
		{Key: "operator_signed_in", Class: notice.Transactional, Due: tellOperators},
	}
}

// tellInvitations tells whoever was invited, by mail, with a link that is made when the mail is sent.
func tellInvitations(tx core.App, now time.Time) ([]notice.Due, error) {
	return each(tx, now, "invitations.invited", func(e *lifecycle.Entry) ([]notice.Due, error) {
		i, err := Invitations.Find(tx, e.Subject())
		if err != nil || !i.OpenAt(now) {
			return nil, err
		}
		due := notice.Due{
			Dedup: "invitation:" + i.Id, Address: i.Email(), Locale: string(i.Lang()), Mail: true,
			Secret: notice.Secret{Kind: "invitation", ID: i.Id},
		}
		switch u, err := userOf(tx, i.Email()); {
		case err == nil:
			due.User, due.Address, due.Link = u.Id, "", linkAccount
		case fault.Code(err) != "record.not_found":
			return nil, err
		}
		return []notice.Due{due}, nil
	})
}

// tellGrants tells people of the roles they were given.
func tellGrants(tx core.App, now time.Time) ([]notice.Due, error) {
	return each(tx, now, "users.granted", func(e *lifecycle.Entry) ([]notice.Due, error) {
		var g gift
		if err := e.Detail(&g); err != nil || e.Actor() == e.Subject() { // who accepted an invitation knows
			return nil, err
		}
		return []notice.Due{{Dedup: "role_granted:" + g.Grant, User: e.Subject(), Link: linkAccount, Mail: true}}, nil
	})
}

// tellReceived tells privacy officers what was asked, and whoever asked that it has arrived.
func tellReceived(tx core.App, now time.Time) ([]notice.Due, error) {
	return each(tx, now, "data_requests.received", func(e *lifecycle.Entry) ([]notice.Due, error) {
		r, err := DataRequests.Find(tx, e.Subject())
		if err != nil {
			return nil, err
		}
		args := map[string]string{"due": r.Due().Format(time.RFC3339)}
		all := []notice.Due{{Dedup: "data_request:" + r.Id, User: r.UserID(), Args: args, Link: linkAccount, Mail: true}}
		officers, err := liveHolders(tx, access.Privacy, now)
		for _, id := range officers {
			all = append(all, notice.Due{Dedup: "data_request:" + r.Id + ":" + id, User: id, Args: args, Link: linkRequests, Mail: true})
		}
		return all, err
	})
}

// tellAnswered tells people that their request was answered. How stands behind the sign-in.
func tellAnswered(tx core.App, now time.Time) ([]notice.Due, error) {
	var all []notice.Due
	for _, key := range []string{"data_request.fulfil", "data_request.refuse"} {
		some, err := each(tx, now, key, func(e *lifecycle.Entry) ([]notice.Due, error) {
			r, err := DataRequests.Find(tx, e.Subject())
			if err != nil || r.Kind() == forErasure && r.Status() == DataRequestFulfilled { // there is nobody left to tell
				return nil, err
			}
			return []notice.Due{{Dedup: "data_answer:" + r.Id, User: r.UserID(), Link: linkAccount, Mail: true}}, nil
		})
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// remindBefore is how long before its day a request is recalled to the privacy officers.
const remindBefore = 24 * time.Hour

// tellDue reminds privacy officers of what is due within a day, once for each of its two days.
func tellDue(tx core.App, now time.Time) ([]notice.Due, error) {
	open, err := openDataRequests(tx)
	if err != nil {
		return nil, err
	}
	officers, err := liveHolders(tx, access.Privacy, now)
	var all []notice.Due
	for _, r := range open {
		if at := r.NextDue(); at.Sub(now) <= remindBefore {
			for _, id := range officers {
				all = append(all, notice.Due{
					Dedup: "data_due:" + r.Id + ":" + at.Format(time.DateOnly) + ":" + id, User: id, Link: linkRequests, Mail: true,
					Args: map[string]string{"due": at.Format(time.RFC3339)},
				})
			}
		}
	}
	return all, err
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
