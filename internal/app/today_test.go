package app_test

import (
	"net/http"
	"strings"
	"testing"

	"vuon/internal/access"
	"vuon/internal/housetest"
)

// The home page and the menus live from this answer.
func TestTodayTellsRolesAndTeams(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	server := housetest.Server(t, house)
	_, founder := housetest.Enrolled(t, house, housetest.Places(t, house, 1), "Gốm Lái", housetest.Noon)
	for name, c := range map[string]struct{ body, want string }{
		"a manager": {housetest.Ask(t, server, housetest.Holder(t, house, access.Manager, access.House), http.MethodGet, "/api/vuon/today", "").Body.String(), `"roles":["manager"]`},
		"a founder": {housetest.Ask(t, server, founder, http.MethodGet, "/api/vuon/today", "").Body.String(), `"name":"Gốm Lái"`},
		"nobody":    {housetest.Ask(t, server, housetest.User(t, house), http.MethodGet, "/api/vuon/today", "").Body.String(), `"roles":[],"startups":[]`},
	} {
		if !strings.Contains(c.body, c.want) {
			t.Errorf("%s: %s", name, c.body)
		}
	}
}
