package people

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// userOf finds whose address it is. Error: record.not_found.
func userOf(app core.App, email string) (*User, error) {
	return Users.First(app, dbx.HashExp{"email": address(email)})
}

// failureOf finds the count of an account, or begins one that is not stored.
func failureOf(app core.App, key string) (*Failure, error) {
	f, err := Failures.First(app, dbx.HashExp{"key": key})
	if fault.Code(err) == "record.not_found" {
		return noFailure(app, key)
	}
	return f, err
}

// liveCodes are the codes of an address that have not expired and that nobody has used, the oldest first: who enters theirs is no
// flood.
func liveCodes(app core.App, p Purpose, email string, now time.Time) ([]*Code, error) {
	return Codes.Query(app.RecordQuery(Codes.Collection).
		AndWhere(dbx.HashExp{"purpose": string(p), "email": email}).
		AndWhere(dbx.NewExp("used_at = '' AND expires_at > {:now}", dbx.Params{"now": record.Stamp(now)})).OrderBy("expires_at"))
}

// sweep removes what is of no use any more: codes and errands that expired, and failures whose delay was over, before an instant.
func sweep(app core.App, before time.Time) (int, error) {
	all := 0
	for _, sql := range []string{
		"DELETE FROM codes WHERE expires_at < {:before}",
		"DELETE FROM identity_errands WHERE expires_at < {:before}",
		"DELETE FROM sign_in_failures WHERE blocked_until < {:before}", // one that blocks nobody counts from zero again
	} {
		gone, err := app.NonconcurrentDB().NewQuery(sql).Bind(dbx.Params{"before": record.Stamp(before)}).Execute()
		if err != nil {
			return all, err
		}
		n, err := gone.RowsAffected()
		if err != nil {
			return all, err
		}
		all += int(n)
	}
	return all, nil
}

// signIns are the latest sign-ins of a person, newest first.
func signIns(app core.App, user string, limit int) ([]*lifecycle.Entry, error) {
	return lifecycle.Journal.Query(app.RecordQuery(lifecycle.Journal.Collection).
		AndWhere(dbx.HashExp{"subject_kind": Users.Collection, "subject": user, "verb": "signed_in"}).
		OrderBy("seq DESC").Limit(int64(limit)))
}

// noted says whether something was ever written down about a person.
func noted(app core.App, user, verb string) (bool, error) {
	n, err := app.CountRecords(lifecycle.Journal.Collection,
		dbx.HashExp{"subject_kind": Users.Collection, "subject": user, "verb": verb})
	return n > 0, err
}

// unrevoked are the grants of some people that nobody has taken back, expired ones too.
func unrevoked(app core.App, users ...string) ([]*access.RoleGrant, error) {
	list, err := json.Marshal(users) // one value, however many they are
	if err != nil {
		return nil, err
	}
	return access.RoleGrants.Query(app.RecordQuery(access.RoleGrants.Collection).
		AndWhere(dbx.NewExp("user IN (SELECT value FROM json_each({:users}))", dbx.Params{"users": string(list)})).AndWhere(dbx.HashExp{"revoked_at": ""}).OrderBy("role", "scope_type", "scope"))
}

// standing finds the grant of one role over one scope that nobody has taken back. Error: record.not_found.
func standing(app core.App, user string, role access.Role, over access.Scope) (*access.RoleGrant, error) {
	return access.RoleGrants.First(app, dbx.HashExp{
		"user": user, "role": string(role), "scope_type": string(over.Type), "scope": over.ID, "revoked_at": "",
	})
}

// holders are the grants of a role over the whole house that nobody has taken back.
func holders(app core.App, role access.Role) ([]*access.RoleGrant, error) {
	return access.RoleGrants.All(app, dbx.HashExp{"role": string(role), "scope_type": string(access.Global), "revoked_at": ""})
}

// listUsers is one page of people, by name; next is "" at the end.
func listUsers(app core.App, s search, now time.Time) (page []*User, next string, err error) {
	q := app.RecordQuery(Users.Collection).AndWhere(dbx.NewExp("status != 'erased'"))
	if words := vn.Fold(s.Search); words != "" {
		q.AndWhere(dbx.NewExp(`(search_key LIKE {:words} ESCAPE '\' OR email LIKE {:words} ESCAPE '\')`, dbx.Params{"words": like(words)}))
	}
	if s.role != "" {
		q.AndWhere(dbx.NewExp(`id IN (SELECT user FROM role_grants WHERE role = {:role} AND revoked_at = ''
			AND (expires_at = '' OR expires_at > {:now}))`, dbx.Params{"role": s.role, "now": record.Stamp(now)}))
	}
	return paged(Users, q, s, func(u *User) string { return u.searchKey() })
}

// listOrgs is one page of organisations, by name.
func listOrgs(app core.App, s search) (page []*Org, next string, err error) {
	q := app.RecordQuery(Orgs.Collection)
	if words := vn.Fold(s.Search); words != "" {
		q.AndWhere(dbx.NewExp(`(search_key LIKE {:words} ESCAPE '\' OR tax_code = {:exact})`, dbx.Params{"words": like(words), "exact": s.Search}))
	}
	return paged(Orgs, q, s, func(o *Org) string { return o.searchKey() })
}

// listInvitations is one page of invitations, newest first: all of them, or those that somebody sent or that reach over
// scopes they keep.
func listInvitations(app core.App, by access.Actor, s search) (page []*Invitation, next string, err error) {
	q := app.RecordQuery(Invitations.Collection)
	if _, all := by.Over(access.Global, access.Staff, access.Manager); !all {
		mine := dbx.Or(dbx.HashExp{"invited_by": by.ID})
		for _, g := range by.Grants() {
			if g.Role == access.Staff || g.Role == access.Manager {
				mine = dbx.Or(mine, dbx.HashExp{"scope_type": string(g.Scope.Type), "scope": g.Scope.ID})
			}
		}
		q.AndWhere(mine)
	}
	if words := strings.TrimSpace(s.Search); words != "" {
		q.AndWhere(dbx.NewExp(`(email LIKE {:words} ESCAPE '\' OR full_name LIKE {:words} ESCAPE '\')`, dbx.Params{"words": like(words)}))
	}
	return latest(Invitations, q, s, "created", (*Invitation).made)
}

// invitationsTo are the invitations of one address that are not answered, expired ones too.
func invitationsTo(app core.App, email string) ([]*Invitation, error) {
	return Invitations.Query(app.RecordQuery(Invitations.Collection).
		AndWhere(dbx.HashExp{"email": address(email), "status": string(InvitationSent)}).OrderBy("created"))
}

// sentTo finds the invitation of one address to one role that is not answered. Error: record.not_found.
func sentTo(app core.App, o Offer) (*Invitation, error) {
	return Invitations.First(app, dbx.HashExp{
		"email": address(o.Email), "role": string(o.Role), "scope_type": string(o.Scope.Type), "scope": o.Scope.ID,
		"status": string(InvitationSent),
	})
}

// opened finds the invitation that a token opens. Error: record.not_found.
func opened(app core.App, token string) (*Invitation, error) {
	return Invitations.First(app, dbx.HashExp{"token_hash": hashed(token)})
}

// consentsOf are what a person agreed to, oldest first.
func consentsOf(app core.App, user string) ([]*Consent, error) {
	return Consents.Query(app.RecordQuery(Consents.Collection).AndWhere(dbx.HashExp{"user": user}).OrderBy("given_at"))
}

// dataRequestsOf are what a person has asked about their data, newest first.
func dataRequestsOf(app core.App, user string) ([]*DataRequest, error) {
	return DataRequests.Query(app.RecordQuery(DataRequests.Collection).AndWhere(dbx.HashExp{"user": user}).OrderBy("received_at DESC"))
}

// openDataRequests are what the privacy officer still has to answer, the most urgent first.
func openDataRequests(app core.App) ([]*DataRequest, error) {
	return DataRequests.Query(app.RecordQuery(DataRequests.Collection).
		AndWhere(dbx.In("status", string(DataRequestReceived), string(DataRequestVerifying), string(DataRequestInProgress))).
		OrderBy("due", "id"))
}

// listDataRequests is one page of data requests, newest first; status may narrow it.
func listDataRequests(app core.App, status string, s search) (page []*DataRequest, next string, err error) {
	q := app.RecordQuery(DataRequests.Collection)
	if status != "" {
		q.AndWhere(dbx.HashExp{"status": status})
	}
	return latest(DataRequests, q, s, "received_at", (*DataRequest).Received)
}

// Colleagues are, for each of some, the people who work in one organisation with them. Memberships that were not taken up, or
// have ended, make nobody a colleague.
func Colleagues(app core.App, of, people []string) (map[string][]string, error) {
	some, err := json.Marshal([2][]string{append([]string{}, of...), append([]string{}, people...)})
	if err != nil {
		return nil, err
	}
	var rows []struct {
		One   string `db:"one"`
		Other string `db:"other"`
	}
	err = app.DB().NewQuery(`SELECT DISTINCT a.user AS one, b.user AS other FROM org_members a JOIN org_members b ON b.org = a.org AND b.user != a.user AND b.status = 'active'
		WHERE a.status = 'active' AND a.user IN (SELECT value FROM json_each({:some}, '$[0]')) AND b.user IN (SELECT value FROM json_each({:some}, '$[1]'))
		ORDER BY one, other`).Bind(dbx.Params{"some": string(some)}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for colleagues: %w", err)
	}
	by := map[string][]string{}
	for _, r := range rows {
		by[r.One] = append(by[r.One], r.Other)
	}
	return by, nil
}

// Declaring counts the organisations that declare an administrative unit.
func Declaring(app core.App, unit string) (int, error) {
	n, err := app.CountRecords(Orgs.Collection, dbx.HashExp{"admin_unit": unit})
	return int(n), err
}
