package access

import "slices"

// Audience is who may know that a row has changed: these people, and whoever holds one of the roles over the path, but for
// those who must never know of it, whatever role they hold.
type Audience struct {
	Users []string
	Roles []Role
	Path  []Scope
	Never []string
}

// Includes says whether the actor is part of the audience.
func (a Audience) Includes(by Actor) bool {
	return by.Signed() && !slices.Contains(a.Never, by.ID) && (slices.Contains(a.Users, by.ID) || by.holdsOne(a.Roles, a.Path))
}
