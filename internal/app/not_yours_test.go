package app_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"vuon/internal/app"
	"vuon/internal/housetest"
)

// nowhere is the id of no row.
const nowhere = "nowhere00000000"

// outsiders are the visitors of the golden page who have nothing to do with the row of a scene.
var outsiders = []string{"visitor", "stranger", "judge", "manager elsewhere", "official"}

// knownAnyway are the routes whose rows are no secret, each with the reason.
var knownAnyway = map[string]string{}

func TestNotYoursIsNotThere(t *testing.T) {
	t.Parallel()
	for pattern := range knownAnyway {
		if _, there := app.Routes()[pattern]; !there {
			t.Errorf("%s is excepted, and there is no such route", pattern)
		}
	}
	street := housetest.NewStreet(t)
	for _, pattern := range slices.Sorted(maps.Keys(app.Routes())) {
		if !strings.Contains(pattern, "{id}") || knownAnyway[pattern] != "" {
			continue
		}
		t.Run(strings.ReplaceAll(pattern, "/", "|"), func(t *testing.T) {
			t.Parallel()
			sameRefusal(t, street, pattern)
		})
	}
}

// sameRefusal lets everybody who is refused at a row ask for one that is not there: the two answers are the same, word for
// word.
func sameRefusal(t *testing.T, street *housetest.Street, pattern string) {
	t.Helper()
	method, path, _ := strings.Cut(pattern, " ")
	of := street.Rent(t)
	house, server := of.House, of.Server
	s := scenes[pattern](t, house)
	for _, v := range visitors {
		if !slices.Contains(outsiders, v.name) {
			continue
		}
		who := v.who(t, house, s)
		ask := func(id string) (int, string) {
			way := strings.ReplaceAll(path, "{id}", id)
			for name, value := range s.path {
				way = strings.ReplaceAll(way, "{"+name+"}", value)
			}
			got := housetest.Ask(t, server, who, method, way, s.body)
			return got.Code, got.Body.String()
		}
		if missing, said := ask(nowhere); missing >= http.StatusBadRequest {
			if there, told := ask(s.path["id"]); there >= http.StatusBadRequest && (there != missing || told != said) {
				t.Errorf("%s is answered %d %sof a row, and %d %sof none", v.name, there, told, missing, said)
			}
		}
	}
}
