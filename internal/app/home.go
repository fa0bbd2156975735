package app

import (
	"context"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/clusters"
	"vuon/internal/events"
	"vuon/internal/intake"
	"vuon/internal/locale"
	"vuon/internal/people"
	"vuon/internal/site"
	"vuon/internal/startups"
	"vuon/internal/web"
)

// siteNeeds are what the home page and the sitemap show of the other rooms.
func siteNeeds() site.Needs {
	return site.Needs{
		Figures: homeFigures, Calls: homeCalls, Events: homeEvents, Startups: homeStartups, Clusters: homeClusters,
		Intake:    intake.Worked,
		Declared:  []func(core.App, string) (int, error){startups.Declaring, people.Declaring},
		Addresses: []func(context.Context, core.App) ([]web.URL, error){intake.Addresses, startupAddresses, events.Addresses},
	}
}

// homeFigures leaves out what nobody reported: a missing figure is not nought.
func homeFigures(ctx context.Context, app core.App, now time.Time) ([]site.Figure, error) {
	active, ever, err := startups.Count(ctx, app)
	if err != nil || ever == 0 {
		return nil, err
	}
	shown := []site.Figure{{Key: "home.figure_startups", Amount: active, Cover: "home.figure_admitted", N: active, Of: ever}}
	reported, err := startups.PublicFigures(app, now)
	for _, f := range reported {
		words := map[string]string{"jobs": "home.figure_jobs", "revenue": "home.figure_revenue"}[f.Key]
		if f.Total == nil || words == "" {
			continue
		}
		shown = append(shown, site.Figure{
			Key: words, Amount: *f.Total, Money: f.Unit == "vnd", Cover: "home.figure_reported", N: int64(f.Reported), Of: int64(f.Asked),
		})
	}
	return shown, err
}

func homeCalls(ctx context.Context, app core.App, now time.Time) ([]site.Call, error) {
	open, err := intake.OpenCalls(ctx, app, now)
	shown := make([]site.Call, 0, len(open))
	for _, c := range open {
		shown = append(shown, site.Call{
			Title: locale.Pair{VI: c.TitleVI, EN: c.TitleEN}, Summary: locale.Pair{VI: c.SummaryVI, EN: c.SummaryEN},
			Path: "/intakes/" + c.Slug, Closes: c.ClosesAt, Places: int64(c.Capacity),
		})
	}
	return shown, err
}

func homeEvents(ctx context.Context, app core.App, now time.Time) ([]site.Event, error) {
	next, err := events.Upcoming(ctx, app, now)
	shown := make([]site.Event, 0, len(next))
	for _, v := range next {
		if v.Status != string(events.EventCancelled) {
			shown = append(shown, site.Event{Title: v.Title(), Place: v.Venue, Path: v.Address(), At: v.StartsAt()})
		}
	}
	return shown, err
}

func homeStartups(ctx context.Context, app core.App, _ time.Time) ([]web.Card, error) {
	newest, err := startups.Newest(ctx, app, 4)
	cards := make([]web.Card, 0, len(newest))
	for _, l := range newest {
		cards = append(cards, l.Card())
	}
	return cards, err
}

func homeClusters(_ context.Context, app core.App, _ time.Time) ([]site.Cluster, error) {
	twelve, err := clusters.Twelve(app)
	shown := make([]site.Cluster, 0, len(twelve))
	for _, c := range twelve {
		one := site.Cluster{Number: c.Number(), Title: c.Title()}
		if serves("/impact/{number}") {
			one.Path = "/impact/" + strconv.Itoa(c.Number())
		}
		shown = append(shown, one)
	}
	return shown, err
}

func startupAddresses(ctx context.Context, app core.App) ([]web.URL, error) {
	all, err := startups.Newest(ctx, app, 0)
	urls := []web.URL{{Path: "/startups"}}
	for _, l := range all {
		urls = append(urls, l.Address())
	}
	return urls, err
}

// serves says whether a room serves a page. Nothing is linked to before it is there.
func serves(path string) bool { return Routes()["GET "+path] != nil }
