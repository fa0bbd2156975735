package people

import (
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/web"
)

// dataRequests lists what people ask about their data; ?status= narrows it.
func dataRequests(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MayGuardPrivacy(by); err != nil {
		return err
	}
	page, next, err := listDataRequests(e.App, e.Request.URL.Query().Get("status"), searched(e))
	if err != nil {
		return err
	}
	list, err := rows(page, next, func(r *DataRequest) (requestView, error) { return viewWithPerson(e.App, r, now) })
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, list)
}

// viewWithPerson names whoever asks, as the privacy officer must know.
func viewWithPerson(app core.App, r *DataRequest, now time.Time) (requestView, error) {
	v := viewOfRequest(r)
	v.Late = r.Open() && !now.Before(r.NextDue())
	u, err := Users.Find(app, r.UserID())
	if err != nil {
		return v, err
	}
	v.Name, v.Email = u.FullName(), u.Email()
	return v, nil
}

func showRequest(_ core.App, r *DataRequest) (requestView, error) { return viewOfRequest(r), nil }

func dropRequest(e *core.RequestEvent) error { return verb(Drop, showRequest)(e) }

// answerRequest serves a verb of the privacy officer, with the answer that closes a request.
func answerRequest(
	do func(core.App, access.Actor, string, string, time.Time) (*DataRequest, error),
) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		var said struct {
			Answer string `json:"answer"`
		}
		if err := web.Body(e, &said); err != nil {
			return err
		}
		return verb(func(app core.App, by access.Actor, id string, now time.Time) (*DataRequest, error) {
			return do(app, by, id, said.Answer, now)
		}, showRequest)(e)
	}
}
