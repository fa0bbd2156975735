package app_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
)

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /api/vuon/inbox":            anInbox,
	"POST /api/vuon/inbox/{id}/read": anInbox,
	"POST /api/vuon/inbox/read-all":  anInbox,
	"GET /api/vuon/outbox":           func(testing.TB, core.App) scene { return scene{over: access.House} },

	"GET /api/vuon/notices/wishes":  func(testing.TB, core.App) scene { return scene{over: access.House} },
	"POST /api/vuon/notices/wishes": aboutReports(`{"kind":"report_due","mode":"off"}`),
	"GET /u/{token}":                noLink,
	"GET /en/u/{token}":             noLink,
	"POST /u/{token}":               noLink,
	"POST /en/u/{token}":            noLink,

	"GET /api/vuon/notices/texts":                         aboutReports(``),
	"GET /api/vuon/notices/texts/{kind}":                  aboutReports(``),
	"PATCH /api/vuon/notices/texts/{kind}/{lang}":         aboutReports(`{"subject":"Hạn {due}","body":"Báo cáo của {startup} còn chờ bạn.","rev":0}`),
	"POST /api/vuon/notices/texts/{kind}/{lang}/original": aboutReports(`{"rev":0}`),
	"POST /api/vuon/notices/texts/{kind}/{lang}/preview":  aboutReports(`{"subject":"Hạn {due}","body":"Báo cáo của {startup} còn chờ bạn."}`),
	"POST /api/vuon/notices/texts/{kind}/{lang}/test":     aboutReports(`{"subject":"Hạn {due}","body":"Báo cáo của {startup} còn chờ bạn."}`),
	"POST /notices/preview":                               aboutReports(``),
})

// anInbox has one line in it.
func anInbox(t testing.TB, house core.App) scene {
	owner := housetest.User(t, house)
	item := housetest.InboxItem(t, house, owner)
	return scene{path: map[string]string{"id": item.Id}, owner: owner, over: access.House}
}

// aboutReports is somebody saying something about one kind of notice.
func aboutReports(body string) func(testing.TB, core.App) scene {
	return func(testing.TB, core.App) scene {
		return scene{path: map[string]string{"kind": "report_due", "lang": "vi"}, over: access.House, body: body}
	}
}

// noLink is a link that nobody was mailed.
func noLink(testing.TB, core.App) scene {
	return scene{path: map[string]string{"token": "bm9ib2R5"}, over: access.House}
}
