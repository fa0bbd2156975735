package access

import (
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// The keys under which one request carries its instant, its name and its actor.
const (
	keyNow     = "vuon.now"
	keyRequest = "vuon.request"
	keyActor   = "vuon.actor"
)

// Stamp notes when a request arrived and what it is called. The first middleware does it, once: everything that the
// request causes happens at that instant.
func Stamp(e *core.RequestEvent, now time.Time, request string) {
	e.Set(keyNow, now)
	e.Set(keyRequest, request)
}

// Now is the instant at which the request arrived.
func Now(e *core.RequestEvent) time.Time {
	now, ok := e.Get(keyNow).(time.Time)
	if !ok {
		return time.Time{} // nothing is open at the beginning of time
	}
	return now
}

// Of says who asks, and when. The roles are read once a request.
func Of(e *core.RequestEvent) (Actor, time.Time, error) {
	now := Now(e)
	if by, ok := e.Get(keyActor).(Actor); ok {
		return by, now, nil
	}
	by, err := At(e.App, e.Auth, now)
	if err != nil {
		return Actor{}, now, err
	}
	if name, ok := e.Get(keyRequest).(string); ok {
		by.Request = name
	}
	e.Set(keyActor, by)
	return by, now, nil
}
