package intake

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// liveMembers are the people who are in an application beside its applicant, or were asked and may still come.
func liveMembers(app core.App, application string) ([]*Member, error) {
	return Members.Query(app.RecordQuery(Members.Collection).
		AndWhere(dbx.HashExp{"application": application}).
		AndWhere(dbx.In("status", lifecycle.Values(MemberInvited, MemberAccepted)...)).OrderBy("created ASC", "id ASC"))
}

// writersOf are the users who have accepted to write an application with its applicant.
func writersOf(app core.App, application string) (users []string, err error) {
	err = app.DB().NewQuery("SELECT user FROM application_members WHERE application = {:a} AND status = 'accepted' ORDER BY id").
		Bind(dbx.Params{"a": application}).Column(&users)
	if err != nil {
		return nil, fmt.Errorf("look for who writes %s: %w", application, err)
	}
	return users, nil
}

// papersOf are the applications that a person has accepted to write together with their applicants. Whoever was only asked
// is not near to one: an applicant cannot choose their judges by asking the others to join.
func papersOf(app core.App, person string) (ids []string, err error) {
	err = app.DB().NewQuery("SELECT application FROM application_members WHERE user = {:who} AND user != '' AND status = 'accepted'").
		Bind(dbx.Params{"who": person}).Column(&ids)
	if err != nil {
		return nil, fmt.Errorf("look for what %s writes with others: %w", person, err)
	}
	return ids, nil
}

// sharedWith lists the applications that a person writes with their applicants, the newest first.
func sharedWith(app core.App, person string) ([]*Application, error) {
	return Applications.Query(app.RecordQuery(Applications.Collection).
		AndWhere(dbx.NewExp("id IN (SELECT application FROM application_members WHERE user = {:who} AND user != '' AND status = 'accepted')",
			dbx.Params{"who": person})).OrderBy("created DESC", "id ASC"))
}

// questionsTo lists the places that the owner of an address was asked to take and has not answered.
func questionsTo(app core.App, email string) ([]*Member, error) {
	if email == "" {
		return nil, nil
	}
	return Members.Query(app.RecordQuery(Members.Collection).
		AndWhere(dbx.HashExp{"email": email, "status": string(MemberInvited)}).OrderBy("created DESC", "id ASC"))
}

// writersOfAll are the users who write some applications with their applicants, by application.
func writersOfAll(app core.App, papers []matter) (map[string][]string, error) {
	ids := make([]string, 0, len(papers))
	for _, p := range papers {
		ids = append(ids, p.ID)
	}
	var rows []struct {
		Application string `db:"application"`
		User        string `db:"user"`
	}
	err := app.DB().NewQuery(`SELECT application, user FROM application_members
		WHERE application IN (SELECT value FROM json_each({:ids})) AND status = 'accepted' ORDER BY id`).
		Bind(dbx.Params{"ids": record.InJSON(ids)}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for who writes along: %w", err)
	}
	by := map[string][]string{}
	for _, r := range rows {
		by[r.Application] = append(by[r.Application], r.User)
	}
	return by, nil
}

// placeAsked is a place that somebody was asked to take since an instant, and has not answered.
type placeAsked struct {
	matter
	Place  string `db:"place"`
	Email  string `db:"email"`
	User   string `db:"user"`
	Locale string `db:"locale"`
}

// placesAsked are those places.
func placesAsked(app core.App, since time.Time) ([]placeAsked, error) {
	var all []placeAsked
	err := app.DB().NewQuery(`
		SELECT ` + paperColumns + `, j.seq, j.at, m.id AS place, m.email, m.locale, coalesce(u.id, '') AS user
		FROM journal j JOIN application_members m ON m.id = j.subject JOIN applications a ON a.id = m.application JOIN intakes i ON i.id = a.intake
		LEFT JOIN users u ON u.email = m.email AND u.email != '' AND u.status = 'active'
		WHERE j.notice = 'application_members.invite' AND j.at >= {:since} AND m.status = 'invited' ORDER BY j.seq`).
		Bind(dbx.Params{"since": record.Stamp(since)}).All(&all)
	if err != nil {
		return nil, fmt.Errorf("look for who was asked to write along: %w", err)
	}
	return all, nil
}

func startOf(app core.App, ticket string) (*Start, error) {
	return Starts.First(app, dbx.HashExp{"ticket": ticket})
}

func linkOf(app core.App, token string) (*Link, error) {
	return Links.First(app, dbx.HashExp{"token_hash": hashed(token)})
}

// linksAsked counts how often a link to an application was asked for since an instant.
func linksAsked(app core.App, application string, since time.Time) (n int, err error) {
	err = app.DB().NewQuery(`SELECT count(*) FROM journal WHERE subject_kind = 'applications' AND subject = {:a} AND verb = 'ask_link' AND at > {:since}`).
		Bind(dbx.Params{"a": application, "since": record.Stamp(since)}).Row(&n)
	if err != nil {
		return 0, fmt.Errorf("count the links asked for to %s: %w", application, err)
	}
	return n, nil
}

// sweepStarts deletes beginnings that are over at now, and links that have been for a month.
func sweepStarts(app core.App, now time.Time) error {
	for sql, until := range map[string]time.Time{
		"DELETE FROM application_starts WHERE expires_at <= {:until}": now,
		"DELETE FROM application_links WHERE expires_at <= {:until}":  now.Add(-linkKept),
	} {
		if _, err := app.NonconcurrentDB().NewQuery(sql).Bind(dbx.Params{"until": record.Stamp(until)}).Execute(); err != nil {
			return fmt.Errorf("sweep what was not begun: %w", err)
		}
	}
	return nil
}
