package events

import "github.com/pocketbase/pocketbase/core"

// Routes are the room's public pages and its verbs over HTTP, keyed as net/http writes a pattern.
func Routes() map[string]func(*core.RequestEvent) error {
	return staffRoutes()
}
