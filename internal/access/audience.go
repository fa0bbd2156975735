package access

import "slices"

// Audience is who may know that a row has changed: these people, and whoever holds one of the roles over the path.
type Audience struct {
	Users []string
	Roles []Role
	Path  []Scope
}

// Includes says whether the actor is part of the audience.
func (a Audience) Includes(by Actor) bool {
	return by.Signed() && (slices.Contains(a.Users, by.ID) || by.holdsOne(a.Roles, a.Path))
}
