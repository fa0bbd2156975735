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

	"GET /api/vuon/hooks":                   aHook(``),
	"POST /api/vuon/hooks":                  aHook(`{"title":"Sổ","url":"https://example.org/hook","topics":["application.submit"]}`),
	"PATCH /api/vuon/hooks/{id}":            aHook(`{"title":"Sổ khác","topics":["application.submit"],"rev":1}`),
	"DELETE /api/vuon/hooks/{id}":           aHook(``),
	"POST /api/vuon/hooks/{id}/pause":       aHook(``),
	"POST /api/vuon/hooks/{id}/resume":      aHook(``), // which nobody has paused
	"POST /api/vuon/hooks/{id}/ping":        aHook(``),
	"POST /api/vuon/hooks/{id}/rotate":      aHook(``),
	"POST /api/vuon/hooks/{id}/replay":      aHook(`{}`),
	"GET /api/vuon/hooks/{id}/calls":        aHook(``),
	"POST /api/vuon/hook-calls/{id}/replay": aCall,

	"GET /api/vuon/outbox/waiting":          func(testing.TB, core.App) scene { return scene{over: access.House} },
	"POST /api/vuon/outbox/{id}/again":      aFailedLetter,
	"GET /api/vuon/suppressions":            aClosedAddress,
	"POST /api/vuon/suppressions/{id}/lift": aClosedAddress,
	"POST /api/vuon/carriers/mail":          func(testing.TB, core.App) scene { return scene{over: access.House, body: "{}"} }, // without a secret it is not there
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

// aFailedLetter could not be sent.
func aFailedLetter(t testing.TB, house core.App) scene {
	return scene{path: map[string]string{"id": raw(t, house, `INSERT INTO outbox (id, dedup_key, kind, class, address, status, rev, created, updated)
		VALUES ({:id}, 'n', 'report_due', 'T', 'an@example.org', 'failed', 1, '2026-11-20 05:00:00.000Z', '2026-11-20 05:00:00.000Z')`)}, over: access.House}
}

// aClosedAddress sent a mail back.
func aClosedAddress(t testing.TB, house core.App) scene {
	return scene{path: map[string]string{"id": raw(t, house, `INSERT INTO suppressions (id, address, reason, at, rev)
		VALUES ({:id}, 'an@example.org', 'bounced', '2026-11-20 05:00:00.000Z', 1)`)}, over: access.House}
}

// aHook is called when an application is handed in.
func aHook(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		t.Helper()
		return scene{path: map[string]string{"id": hooked(t, house)}, over: access.House, body: body}
	}
}

// aCall to a hook was given up.
func aCall(t testing.TB, house core.App) scene {
	id := raw(t, house, `INSERT INTO hook_calls (id, hook, seq, topic, body, at, failed_at)
		VALUES ({:id}, '`+hooked(t, house)+`', 1, 'application.submit', '{}', '2026-11-20 05:00:00.000Z', '2026-11-21 05:00:00.000Z')`)
	return scene{path: map[string]string{"id": id}, over: access.House}
}

func hooked(t testing.TB, house core.App) string {
	t.Helper()
	return raw(t, house, `INSERT INTO hooks (id, title, url, topics, secret, status, rev)
		VALUES ({:id}, 'Sổ', 'https://example.org/hook', '["application.submit"]', 'whsec_x', 'active', 1)`)
}

// raw writes a row that nobody but a room itself may write, and names it.
func raw(t testing.TB, house core.App, insert string) string {
	t.Helper()
	id := core.GenerateDefaultRandomId()
	if _, err := house.NonconcurrentDB().NewQuery(insert).Bind(map[string]any{"id": id}).Execute(); err != nil {
		t.Fatal(err)
	}
	return id
}
