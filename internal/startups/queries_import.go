package startups

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// taxCodes are all that stand in the database.
func taxCodes(app core.App) (map[string]bool, error) {
	var codes []string
	err := app.DB().Select("tax_code").From(Privates.Collection).Where(dbx.NewExp("tax_code != ''")).Column(&codes)
	if err != nil {
		return nil, fmt.Errorf("read the tax codes of startups: %w", err)
	}
	taken := make(map[string]bool, len(codes))
	for _, code := range codes {
		taken[code] = true
	}
	return taken, nil
}

// addresses are those that startups have, and the next number to try of each name.
type addresses struct {
	taken map[string]bool
	next  map[string]int
}

func slugsOf(app core.App) (*addresses, error) {
	var slugs []string
	if err := app.DB().Select("slug").From(Startups.Collection).Column(&slugs); err != nil {
		return nil, fmt.Errorf("read the addresses of startups: %w", err)
	}
	a := &addresses{taken: make(map[string]bool, len(slugs)), next: map[string]int{}}
	for _, slug := range slugs {
		a.taken[slug] = true
	}
	return a, nil
}

// free is an address of a name that nobody has, and is somebody's from now on.
func (a *addresses) free(name string) string {
	base := slugged(name)
	slug := base
	for n := max(a.next[base], 1); ; n++ {
		if n > 1 {
			slug = base + "-" + itoa(n)
		}
		if !a.taken[slug] {
			a.taken[slug], a.next[base] = true, n+1
			return slug
		}
	}
}
