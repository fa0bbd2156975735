package people

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/record"
)

// open is an invitation that somebody is to hear of; User is "" for somebody without an account.
type open struct {
	ID      string         `db:"id"`
	Email   string         `db:"email"`
	Locale  string         `db:"locale"`
	Expires types.DateTime `db:"expires_at"`
	User    string         `db:"user"`
}

// invitedSince are the invitations since an instant that can be accepted at now.
func invitedSince(app core.App, since, now time.Time) ([]open, error) {
	var all []open
	err := app.DB().NewQuery(`
		SELECT i.id, i.email, i.locale, i.expires_at, coalesce(u.id, '') AS user
		FROM journal j JOIN invitations i ON i.id = j.subject AND i.status = 'sent' AND i.expires_at > {:now} LEFT JOIN users u ON u.email = i.email
		WHERE j.notice = 'invitations.invited' AND j.at >= {:since} ORDER BY j.seq`).
		Bind(dbx.Params{"since": record.Stamp(since), "now": record.Stamp(now)}).All(&all)
	if err != nil {
		return nil, fmt.Errorf("look for invitations: %w", err)
	}
	return all, nil
}

// question is a data request as notices tell of it.
type question struct {
	ID     string         `db:"id"`
	User   string         `db:"user"`
	Kind   string         `db:"kind"`
	Status string         `db:"status"`
	Due    types.DateTime `db:"due"`
}

// dataRequestsTold are the data requests of which something was written down since an instant.
func dataRequestsTold(app core.App, since time.Time, keys ...string) ([]question, error) {
	list, err := json.Marshal(keys)
	if err != nil {
		return nil, err
	}
	var all []question
	err = app.DB().NewQuery(`
		SELECT r.id, r.user, r.kind, r.status, r.due FROM journal j JOIN data_requests r ON r.id = j.subject
		WHERE j.notice IN (SELECT value FROM json_each({:keys})) AND j.at >= {:since} ORDER BY j.seq`).
		Bind(dbx.Params{"keys": string(list), "since": record.Stamp(since)}).All(&all)
	if err != nil {
		return nil, fmt.Errorf("look for data requests: %w", err)
	}
	return all, nil
}
