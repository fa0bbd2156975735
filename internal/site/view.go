package site

import (
	"regexp"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Views are how people want to see lists again: an address without its house, and a name.
var Views = record.Of[View]("saved_views")

// View is one of them. Only its owner changes it; whoever works over the intake of its page may read a shared one.
type View struct{ core.BaseRecordProxy }

// pagePath is the address of a list in the workspace: /startups, /intakes/{id}/board.
var pagePath = regexp.MustCompile(`^(/[a-zA-Z0-9_-]{1,60}){1,4}$`)

// Terms are what an owner says of a view; what is nil stays as it is.
type Terms struct {
	Title    *string `json:"title"`
	Query    *string `json:"query"`
	Shared   *bool   `json:"shared"`   // with whoever works over the intake of the page
	Standing *bool   `json:"standing"` // the page opens with it; one of a page is
}

func newView(app core.App, owner, page string) (*View, error) {
	v, err := Views.New(app)
	if err != nil {
		return nil, err
	}
	v.Set("owner", owner)
	v.Set("page", page)
	return v, nil
}

// OwnerID is whose it is.
func (v *View) OwnerID() string { return v.GetString("owner") }

// Page is the address of the list that it shows.
func (v *View) Page() string { return v.GetString("page") }

// Title is what its owner calls it.
func (v *View) Title() string { return v.GetString("title") }

// Query is how the list is asked, as it stands in an address.
func (v *View) Query() string { return v.GetString("query") }

// Shared says whether others read it.
func (v *View) Shared() bool { return v.GetBool("shared") }

// Standing says whether the page opens with it.
func (v *View) Standing() bool { return v.GetBool("standing") }

// Rev is the revision of the row.
func (v *View) Rev() int { return record.Rev(v) }

func (v *View) write(t Terms) {
	if t.Title != nil {
		v.Set("title", strings.Join(strings.Fields(*t.Title), " "))
	}
	if t.Query != nil {
		v.Set("query", strings.TrimPrefix(*t.Query, "?"))
	}
	if t.Shared != nil {
		v.Set("shared", *t.Shared)
	}
	if t.Standing != nil {
		v.Set("standing", *t.Standing)
	}
}

func (v *View) sameRoots(b *View) bool { return v.OwnerID() == b.OwnerID() && v.Page() == b.Page() }
