package intake_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/xuri/excelize/v2"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
)

// bookOf opens the table of an intake as somebody gets it.
func bookOf(t *testing.T, server http.Handler, who *core.Record, path string, headers ...string) [][]string {
	t.Helper()
	w := housetest.Ask(t, server, who, "GET", path, "", headers...)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", path, w.Code, w.Body)
	}
	book, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows(book.GetSheetName(0))
	housetest.Refused(t, err, "")
	return rows
}

func TestTheBookOfAnIntakeHoldsEveryAnswerInTheLanguageOfItsReader(t *testing.T) {
	t.Parallel()
	house, then := housetest.App(t), time.Now().Add(-2*time.Hour)
	call := housetest.OpenIntake(t, house, then, 2)
	a, _ := housetest.Submitted(t, house, call, then)
	titled(t, house, call, then, "=1+1")
	after := housetest.Deciding(t, house, call, then)
	housetest.Decided(t, house, call, a, intake.Admitted, after)
	staff := housetest.Holder(t, house, access.Staff, access.House)
	manager := housetest.Holder(t, house, access.Manager, access.House)
	server, path := housetest.Server(t, house), "/api/vuon/intakes/"+call.Id+"/applications?format=xlsx"
	said := func(rows [][]string) string {
		var lines []string
		for _, r := range rows {
			lines = append(lines, strings.Join(r, "|"))
		}
		return strings.Join(lines, "\n")
	}
	vi, en := said(bookOf(t, server, staff, path)), said(bookOf(t, server, staff, path, "Accept-Language", "en"))
	for text, where := range map[string]string{
		"Nước sạch Đại Nam|": vi, "=1+1|": vi, "Máy lọc nước dùng chung, trả theo lít.": vi, "|Y tế|3": vi, "Mã hồ sơ|": vi, "Receipt code|": en, "|Health|3": en,
		"Đang xét|": vi, "/app/applications/" + a.Id: vi,
	} {
		if !strings.Contains(where, text) {
			t.Errorf("%q does not stand in\n%s", text, where)
		}
	}
	if strings.Contains(vi, "Nhận") {
		t.Errorf("staff read a decision before the release:\n%s", vi)
	}
	if all := said(bookOf(t, server, manager, path)); !strings.Contains(all, "Nhận") {
		t.Errorf("a manager reads no decision:\n%s", all)
	}
	if n := len(bookOf(t, server, staff, path+"&q=dai+nam")); n != 2 {
		t.Errorf("a table of one that is looked for has %d lines", n)
	}
	if w := housetest.Ask(t, server, staff, "GET", path+"&sensitive=1", ""); w.Code != http.StatusForbidden {
		t.Errorf("staff ask for what is sensitive: %d", w.Code)
	}
	bookOf(t, server, manager, path+"&sensitive=1")
}

// What the law calls sensitive stands in a table only when a manager asks for it.
func TestATableHoldsNoSensitiveAnswerUnasked(t *testing.T) {
	t.Parallel()
	house, then := housetest.App(t), time.Now().Add(-30*time.Minute)
	call := housetest.IntakeAsking(t, house, housetest.StaffActing(t, house), then, 1, "sensitive", "Có câu nhạy cảm",
		intake.Schema{{Key: "health", Type: "text", LabelVI: "Sức khỏe", PIIClass: "sensitive"}}, intake.Terms{})
	a, u := housetest.Beginner(t, house, call, then)
	by := housetest.Actor(t, house, u, then)
	_, err := intake.Save(house, by, a.Id, intake.Words{Answers: intake.Answers{"health": "Hen suyễn"}}, 0, then)
	housetest.Refused(t, err, "")
	_, err = intake.Submit(house, by, a.Id, 0, then)
	housetest.Refused(t, err, "")
	manager := housetest.Holder(t, house, access.Manager, access.House)
	server, path := housetest.Server(t, house), "/api/vuon/intakes/"+call.Id+"/applications?format=xlsx"
	for more, want := range map[string]bool{"": false, "&sensitive=1": true} {
		rows := bookOf(t, server, manager, path+more)
		var all []string
		for _, r := range rows {
			all = append(all, r...)
		}
		if got := strings.Join(all, "|"); strings.Contains(got, "Hen suyễn") != want || strings.Contains(got, "Sức khỏe") != want {
			t.Errorf("%q: %s", more, got)
		}
	}
}
