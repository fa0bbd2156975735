package site

import (
	"context"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/locale"
	"vuon/internal/web"
)

// Needs are what the home page and the sitemap ask of other rooms. The roof fills them in; nil means that nobody knows.
// Every function reads only what is public.
type Needs struct {
	Figures  func(context.Context, core.App, time.Time) ([]Figure, error)
	Calls    func(context.Context, core.App, time.Time) ([]Call, error)
	Events   func(context.Context, core.App, time.Time) ([]Event, error)
	Startups func(context.Context, core.App, time.Time) ([]web.Card, error) // the newest first, four are shown
	Clusters func(context.Context, core.App, time.Time) ([]Cluster, error)
	// Intake answers with the id of an intake, called by it or by its slug, to whoever works over it. Error: record.not_found.
	Intake func(app core.App, by access.Actor, called string) (string, error)
	// Declared count in each room how many rows declare an administrative unit.
	Declared  []func(app core.App, unit string) (int, error)
	Addresses []func(context.Context, core.App) ([]web.URL, error) // the public pages of the rooms
}

// Figure is one number about the house. Key names the words for what is counted.
type Figure struct {
	Key    string
	Amount int64
	Money  bool   // Amount is đồng
	Cover  string // key of what the figure rests on, with {n} and {of}, such as "44 of 48 teams reported"; "" says nothing
	N, Of  int64
}

// Call is an invitation to apply that is open now.
type Call struct {
	Title, Summary locale.Pair
	Path           string
	Closes         time.Time
	Places         int64 // 0 is not said
}

// Event is something that happens soon.
type Event struct {
	Title locale.Pair
	Place string
	Path  string
	At    time.Time
}

// Cluster is one of the twelve.
type Cluster struct {
	Number int
	Title  locale.Pair
	Path   string // "" while it has no page
}

// asked are the needs as the roof has filled them in.
func asked(app core.App) Needs {
	needs, ok := app.Store().Get(needsKey).(Needs)
	if !ok {
		return Needs{}
	}
	return needs
}
