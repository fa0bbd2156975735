package access

import (
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Holding are all who hold one role at one instant, over anything. It is read once and asked about many places.
type Holding []*RoleGrant

// Standing reads who holds role at now.
func Standing(app core.App, role Role, now time.Time) (Holding, error) {
	rows, err := RoleGrants.All(app, dbx.HashExp{"role": string(role)})
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(g *RoleGrant) bool { return !g.LiveAt(now) })
	slices.SortFunc(rows, func(a, b *RoleGrant) int { return strings.Compare(a.Id, b.Id) })
	return rows, nil
}

// Over lists who holds the role over one of the scopes: first those of the first scope, then of the next, at last those
// of the whole house. Each person once.
func (h Holding) Over(path ...Scope) []string {
	var who []string
	for _, scope := range append(slices.Clone(path), House) {
		for _, g := range h {
			if g.Scope() == scope && !slices.Contains(who, g.UserID()) {
				who = append(who, g.UserID())
			}
		}
	}
	return who
}

// Everybody lists who holds the role over anything at all. Each person once.
func (h Holding) Everybody() []string {
	var who []string
	for _, g := range h {
		if !slices.Contains(who, g.UserID()) {
			who = append(who, g.UserID())
		}
	}
	return who
}

// Holders lists who holds role at now over one of the scopes, in the order of Over.
func Holders(app core.App, role Role, now time.Time, path ...Scope) ([]string, error) {
	all, err := Standing(app, role, now)
	return all.Over(path...), err
}
