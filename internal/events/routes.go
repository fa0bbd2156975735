package events

import (
	"maps"

	"github.com/pocketbase/pocketbase/core"
)

// Routes are the room's public pages and its verbs over HTTP, keyed as net/http writes a pattern.
func Routes() map[string]func(*core.RequestEvent) error {
	all := staffRoutes()
	maps.Copy(all, staffOrderRoutes())
	maps.Copy(all, orderRoutes())
	maps.Copy(all, doorRoutes())
	maps.Copy(all, feedRoutes())
	maps.Copy(all, publicRoutes())
	return all
}

// Secretive says whether the answer to a path carries a secret link. Such an answer is kept nowhere.
func Secretive(path string) bool { return isSecretOrder(path) || isSecretDoor(path) }
