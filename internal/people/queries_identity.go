package people

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/people/openid"
)

// errandOf finds the errand of a thread. Error: identity.lost.
func errandOf(app core.App, t openid.Thread) (*Errand, error) {
	e, err := Errands.First(app, dbx.HashExp{"key": t.Key()})
	if fault.Code(err) == "record.not_found" {
		return nil, fault.Gone("identity.lost")
	}
	return e, err
}

// identityOf finds the identity that an errand has found. Error: record.not_found.
func identityOf(app core.App, e *Errand) (*Identity, error) {
	return Identities.First(app, dbx.HashExp{"issuer": e.issuer(), "subject": e.subject()})
}

// identitiesOf are the identities that open an account, the oldest first.
func identitiesOf(app core.App, user string) ([]*Identity, error) {
	return Identities.Query(app.RecordQuery(Identities.Collection).AndWhere(dbx.HashExp{"user": user}).OrderBy("linked_at", "id"))
}

// readsMail says whether a person has ever entered by a code that was mailed to them.
func readsMail(app core.App, user string) (bool, error) {
	n, err := app.CountRecords(lifecycle.Journal.Collection,
		dbx.HashExp{"subject_kind": Users.Collection, "subject": user, "verb": "signed_in"},
		dbx.NewExp("json_extract(detail, '$.method') = 'otp'"))
	return n > 0, err
}

// forgetIdentities takes away every identity of a person, and what their browsers have brought.
func forgetIdentities(tx core.App, user string) error {
	for _, sql := range []string{
		"DELETE FROM identity_errands WHERE user = {:user} OR EXISTS (SELECT 1 FROM identities i WHERE i.user = {:user} AND i.issuer = identity_errands.issuer AND i.subject = identity_errands.subject)",
		"DELETE FROM identities WHERE user = {:user}",
	} {
		if _, err := tx.NonconcurrentDB().NewQuery(sql).Bind(dbx.Params{"user": user}).Execute(); err != nil {
			return err
		}
	}
	return nil
}
