package people

import (
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/record"
)

// AskData receives what a person asks about their own data. Errors: access.sign_in, data_request.kind, data_request.already.
func AskData(app core.App, by access.Actor, kind, words string, now time.Time) (*DataRequest, error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	if answerDays[kind] == 0 {
		return nil, fault.Field("kind", "data_request.kind")
	}
	var r *DataRequest
	err := app.RunInTransaction(func(tx core.App) error {
		all, err := dataRequestsOf(tx, by.ID)
		if err != nil {
			return err
		}
		for _, old := range all {
			if old.Open() && old.Kind() == kind {
				return fault.Conflict("data_request.already")
			}
		}
		if r, err = asked(tx, by.ID, kind, strings.TrimSpace(words), now); err != nil {
			return err
		}
		if err := tx.Save(r); err != nil {
			return err
		}
		return note(tx, by, now, "data_requests.received", r.Id)
	})
	return r, err
}

// Drop takes back what one has asked. The person only, before anybody works on it.
// Errors: access.sign_in, record.not_found, lifecycle.not_now.
func Drop(app core.App, by access.Actor, id string, now time.Time) (*DataRequest, error) {
	return record.Change(app, DataRequests, id, func(tx core.App, r *DataRequest) error {
		if err := access.MayKeep(by, r.UserID()); err != nil {
			return err
		}
		return DataRequestLife.Fire(tx, r, "drop", by, now)
	})
}

// Verify begins to look whether it is really the person who asks. Privacy officers only.
// Errors: access.needs_privacy, record.not_found, lifecycle.not_now.
func Verify(app core.App, by access.Actor, id, _ string, now time.Time) (*DataRequest, error) {
	return attend(app, by, id, "verify", "", now)
}

// Begin begins the work that a request asks for. Privacy officers only.
// Errors: access.needs_privacy, record.not_found, lifecycle.not_now.
func Begin(app core.App, by access.Actor, id, _ string, now time.Time) (*DataRequest, error) {
	return attend(app, by, id, "begin", "", now)
}

// Fulfil answers a request with what was done. To fulfil a demand for deletion erases the account at once. Privacy
// officers only. Errors: access.needs_privacy, record.not_found, data_request.answer, lifecycle.not_now, those of Erase.
func Fulfil(app core.App, by access.Actor, id, answer string, now time.Time) (*DataRequest, error) {
	if strings.TrimSpace(answer) == "" {
		return nil, fault.Field("answer", "data_request.answer")
	}
	var r *DataRequest
	err := app.RunInTransaction(func(tx core.App) (err error) {
		if r, err = attend(tx, by, id, "fulfil", answer, now); err != nil || r.Kind() != forErasure {
			return err
		}
		_, err = Erase(tx, by, r.UserID(), now)
		return err
	})
	if err != nil {
		return nil, err
	}
	return r, nil
}

// Refuse answers a request with why it cannot be fulfilled. Privacy officers only.
// Errors: access.needs_privacy, record.not_found, data_request.answer, lifecycle.not_now.
func Refuse(app core.App, by access.Actor, id, answer string, now time.Time) (*DataRequest, error) {
	if strings.TrimSpace(answer) == "" {
		return nil, fault.Field("answer", "data_request.answer")
	}
	return attend(app, by, id, "refuse", answer, now)
}

// attend moves a request along. The journal says that it was answered, the row says how: an answer may name the person.
func attend(app core.App, by access.Actor, id, verb, answer string, now time.Time) (*DataRequest, error) {
	if err := access.MayGuardPrivacy(by); err != nil {
		return nil, err
	}
	return record.Change(app, DataRequests, id, func(tx core.App, r *DataRequest) error {
		if answer != "" {
			r.setAnswer(strings.TrimSpace(answer))
		}
		return DataRequestLife.Fire(tx, r, verb, by, now)
	})
}
