package clusters_test

import (
	"net/http"
	"strings"
	"testing"

	"vuon/internal/clusters"
	"vuon/internal/housetest"
)

func TestTheTwelveStandInTheirOrder(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	all, err := clusters.Twelve(house)
	housetest.Refused(t, err, "")
	if len(all) != 12 {
		t.Fatalf("there are %d clusters", len(all))
	}
	for i, c := range all {
		if c.Number() != i+1 || c.Title().VI == "" || c.Title().EN == "" {
			t.Errorf("in place %d stands %d, %q", i+1, c.Number(), c.Title().VI)
		}
	}
	got := housetest.Ask(t, housetest.Server(t, house), nil, http.MethodGet, "/api/vuon/clusters", "").Body.String()
	if strings.Index(got, "Chiếu sáng LED") < strings.Index(got, "Sản xuất tiên tiến") || !strings.Contains(got, `"number":12`) {
		t.Errorf("the route answers %s", got)
	}
}

func TestAClusterKeepsItsNumber(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	all, err := clusters.Twelve(house)
	housetest.Refused(t, err, "")
	all[3].ProxyRecord().Set("title_vi", "Sản xuất tiên tiến và xanh")
	housetest.Refused(t, house.Save(all[3]), "")
	all[3].ProxyRecord().Set("number", 13)
	housetest.Refused(t, house.Save(all[3]), "cluster.number_stays")
}
