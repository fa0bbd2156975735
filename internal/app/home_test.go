package app_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"vuon/internal/housetest"
	"vuon/internal/startups"
)

// home is the home page as a visitor sees it.
func home(t *testing.T, server http.Handler) string {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
	w := httptest.NewRecorder()
	server.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("answered %d: %s", w.Code, w.Body)
	}
	return w.Body.String()
}

func TestTheHomePageShowsWhatIsPublicAndNothingElse(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	server := housetest.Server(t, house)
	if page := home(t, server); strings.Contains(page, "startup đang hoạt động") || !strings.Contains(page, "Chiếu sáng LED") {
		t.Error("an empty house shows figures, or hides its clusters")
	}
	for name, visibility := range map[string]startups.Visibility{
		"Gốm Lái Tech": startups.Public, "Mủ Kín": startups.Private, "Tre Quen": startups.Ecosystem,
	} {
		row, err := startups.Startups.New(house)
		if err != nil {
			t.Fatal(err)
		}
		row.ProxyRecord().Load(map[string]any{
			"name": name, "slug": string(visibility) + "-startup", "sector": "safety", "stage": "growth", "status": "active", "visibility": string(visibility),
			"one_liner_vi": "Một câu của " + name, "headcount": 7,
		})
		housetest.Save(t, house, row)
	}
	page := home(t, server)
	for _, want := range []string{"Gốm Lái Tech", "Một câu của Gốm Lái Tech", "An toàn", "Tăng trưởng · 7 người", "trên 3 đội từng nhận vào"} {
		if !strings.Contains(page, want) {
			t.Errorf("the home page lacks %q", want)
		}
	}
	for _, never := range []string{"Mủ Kín", "Tre Quen", "sector.", "stage.", "home."} {
		if strings.Contains(page, never) {
			t.Errorf("the home page shows %q", never)
		}
	}
}
