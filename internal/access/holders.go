package access

import (
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Holders lists who holds role at now over one of the scopes: first those of the first scope, then of the next, at last those
// of the whole house. Each person once.
func Holders(app core.App, role Role, now time.Time, path ...Scope) ([]string, error) {
	rows, err := RoleGrants.All(app, dbx.HashExp{"role": string(role)})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b *RoleGrant) int { return strings.Compare(a.Id, b.Id) })
	var who []string
	for _, scope := range append(slices.Clone(path), House) {
		for _, g := range rows {
			if g.Scope() == scope && g.LiveAt(now) && !slices.Contains(who, g.UserID()) {
				who = append(who, g.UserID())
			}
		}
	}
	return who, nil
}
