package notify_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/locale"
	"vuon/internal/notice"
	"vuon/internal/notify"
)

// What staff paste into a chat says what the notice says, leads to a page that asks who opens it, and holds no code.
func TestANoticeCanBePastedWithoutItsSecret(t *testing.T) {
	t.Parallel()
	args := map[string]string{"report_vi": "Tháng 11, 2026", "report_en": "November 2026", "startup": "Gốm Lái Tech", "due": "2026-12-20"}
	house := post(t, &kept{}, saying("report_due", notice.Transactional,
		notice.Due{Dedup: "a", Address: "a@example.org", Locale: "vi", Mail: true, Args: args, Link: "/app/reports/x", Secret: notice.Secret{Kind: "report", ID: "x"}},
	), saying("invitation", notice.Transactional,
		notice.Due{Dedup: "b", Address: "b@example.org", Locale: "en", Mail: true, Secret: notice.Secret{Kind: "invitation", ID: "y"}},
	))
	deliver(t, house, housetest.Noon)
	if err := notify.SendCode(house, "sign_in", notify.Reader{Address: "c@example.org", Lang: locale.English}, "407193", housetest.Noon); err != nil {
		t.Fatal(err)
	}
	server, staff := housetest.Server(t, house), housetest.Holder(t, house, access.Staff, access.House)
	got := housetest.Ask(t, server, staff, http.MethodGet, "/api/vuon/outbox", "")
	var answer struct {
		Rows []struct{ Address, Zalo string }
	}
	if err := json.Unmarshal(got.Body.Bytes(), &answer); err != nil || len(answer.Rows) != 3 {
		t.Fatalf("%d: %s", got.Code, got.Body)
	}
	for _, row := range answer.Rows {
		if strings.Contains(row.Zalo, "secret") || strings.Contains(row.Zalo, "407193") || strings.Contains(row.Zalo, "{") {
			t.Errorf("%s: %q", row.Address, row.Zalo)
		}
		if want := map[string]string{
			"a@example.org": "Tháng 11, 2026: hạn nộp 20 tháng 12, 2026\n\nBáo cáo của Gốm Lái Tech",
			"b@example.org": "", "c@example.org": "",
		}[row.Address]; !strings.HasPrefix(row.Zalo, want) {
			t.Errorf("%s: %q", row.Address, row.Zalo)
		}
		if end := map[string]string{
			"a@example.org": "\n\nhttps://vuon.example/app/reports/x", "b@example.org": "\n\nhttps://vuon.example/", "c@example.org": "",
		}[row.Address]; !strings.HasSuffix(row.Zalo, end) || end == "" && row.Zalo != "" {
			t.Errorf("%s: %q", row.Address, row.Zalo)
		}
	}
}
