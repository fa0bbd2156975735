package payment

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
)

// Audiences say who may know that a row of the room has changed: whoever keeps the books of the whole house.
func Audiences() map[string]func(core.App, *core.Record) access.Audience {
	keepers := func(core.App, *core.Record) access.Audience {
		return access.Audience{Roles: []access.Role{access.Finance, access.Manager}, Path: []access.Scope{access.House}}
	}
	return map[string]func(core.App, *core.Record) access.Audience{Lines.Collection: keepers, Refunds.Collection: keepers}
}
