package app_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
)

// What everybody may see is the same whoever asks.
func plain(path map[string]string) func(testing.TB, core.App) scene {
	return func(testing.TB, core.App) scene { return scene{path: path, over: access.House} }
}

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /{$}":              plain(map[string]string{"$": ""}),
	"GET /en/{$}":           plain(map[string]string{"$": ""}),
	"GET /privacy":          plain(nil),
	"GET /en/privacy":       plain(nil),
	"GET /accessibility":    plain(nil),
	"GET /en/accessibility": plain(nil),
	"GET /app/{path...}":    plain(map[string]string{"path...": "startups/report"}),
	"GET /api/vuon/centre":  plain(nil),
	"PATCH /api/vuon/centre": func(testing.TB, core.App) scene {
		return scene{over: access.House, body: `{"short": "Ươm"}`}
	},
	"GET /api/vuon/calendar": plain(nil),
	"POST /api/vuon/calendar": func(testing.TB, core.App) scene {
		return scene{over: access.House, body: `{"year": 2027, "source": "QĐ 1", "days": [{"day": "2027-01-01", "kind": "statutory", "name_vi": "Tết Dương lịch"}]}`}
	},
	"POST /api/vuon/calendar/days": func(t testing.TB, house core.App) scene {
		housetest.Holiday(t, house, "2027-01-01")
		return scene{over: access.House, body: `{"day": "2027-02-13", "kind": "makeup_workday", "name_vi": "Làm bù", "source": "QĐ 2"}`}
	},
	"DELETE /api/vuon/calendar/days/{id}": func(t testing.TB, house core.App) scene {
		return scene{over: access.House, path: map[string]string{"id": housetest.Holiday(t, house, "2027-01-01").Id}}
	},
	"GET /api/vuon/admin-units":      plain(nil),
	"GET /api/vuon/admin-units/{id}": plain(map[string]string{"id": "bphucuong000000"}),
	"POST /api/vuon/admin-units": func(testing.TB, core.App) scene {
		return scene{over: access.House, body: `{"code": "HCM-moi", "level": "ward", "kind": "ward", "name": "Mới", "valid_from": "2025-07-01"}`}
	},
	"PATCH /api/vuon/admin-units/{id}": func(testing.TB, core.App) scene {
		return scene{over: access.House, path: map[string]string{"id": "hdian0000000000"}, body: `{"checked": true}`}
	},
	"DELETE /api/vuon/admin-units/{id}": func(testing.TB, core.App) scene {
		return scene{over: access.House, path: map[string]string{"id": "hdian0000000000"}}
	},
	"POST /api/vuon/admin-units/{id}/end": func(testing.TB, core.App) scene {
		return scene{over: access.House, path: map[string]string{"id": "hdian0000000000"}, body: `{"valid_to": "2027-12-31"}`}
	},
	"POST /api/vuon/admin-units/{id}/split": func(testing.TB, core.App) scene {
		return scene{over: access.House, path: map[string]string{"id": "bhiepthanh00000"}, body: `{"on": "2025-07-01", "parts": [{"unit": "hthudaumot00000", "share": 10000}]}`}
	},
	"POST /api/vuon/admin-units/{id}/merge": func(t testing.TB, house core.App) scene {
		return scene{over: access.House, path: map[string]string{"id": "hdian0000000000"}, body: `{"units": ["` + housetest.OldWard(t, house, "An Bình").Id + `"]}`}
	},
	"GET /robots.txt":            plain(nil),
	"GET /sitemap.xml":           plain(nil),
	"GET /manifest.webmanifest":  plain(nil),
	"GET /favicon.ico":           plain(nil),
	"GET /v/{version}/{path...}": plain(map[string]string{"version": "old", "path...": "css/core.css"}),
})
