package app_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"vuon/internal/housetest"
	"vuon/internal/intake"
)

// A page saves by itself while somebody writes. One answer that is too long is told at its question; the rest is kept, and the
// stored answer stays as it was. Where nothing is left to keep, and of an unknown question, the whole is refused.
func TestAnAnswerThatIsTooLongLeavesTheRestOfTheDraft(t *testing.T) {
	t.Parallel()
	house := housetest.At(t, func() time.Time { return housetest.Noon })
	call := housetest.OpenIntake(t, house, housetest.Noon, 1)
	a, u := housetest.Draft(t, house, call, housetest.Noon)
	before, err := a.Answers()
	housetest.Refused(t, err, "")
	server := housetest.Server(t, house)
	long := strings.Repeat("a", 20001)
	path := "/api/vuon/applications/" + a.Id
	got := housetest.Ask(t, server, u, http.MethodPatch, path, `{"title":"Tên mới","answers":{"team":"Ba người","problem":"`+long+`"},"rev":0}`)
	if body := got.Body.String(); got.Code != http.StatusOK || !strings.Contains(body, `"refused":[{"field":"answers.problem","code":"answer.too_long","slots":{"max":"`) {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	now, err := intake.Applications.Find(house, a.Id)
	housetest.Refused(t, err, "")
	after, err := now.Answers()
	housetest.Refused(t, err, "")
	if now.Title() != "Tên mới" || after["team"] != "Ba người" || after["problem"] != before["problem"] {
		t.Errorf("kept: %s %v", now.Title(), after)
	}
	for _, body := range []string{`{"answers":{"problem":"` + long + `"}}`, `{"title":"Khác","answers":{"colour":"red"}}`} {
		if got := housetest.Ask(t, server, u, http.MethodPatch, path, body); got.Code != http.StatusBadRequest {
			t.Errorf("%d %s", got.Code, got.Body)
		}
	}
	got = housetest.Ask(t, server, u, http.MethodPatch, path, `{"title":"Rau","answers":{"team":"Bốn"}}`)
	if got.Code != http.StatusOK || !strings.Contains(got.Body.String(), `"refused":[]`) {
		t.Errorf("%d %s", got.Code, got.Body)
	}
}
