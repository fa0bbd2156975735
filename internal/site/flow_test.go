package site_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/site"
)

func TestManagersSayWhoseHouseThisIs(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	server := housetest.Server(t, house)
	manager := housetest.Holder(t, house, access.Manager, access.House)
	change := func(who *core.Record, body string) (int, string) {
		got := housetest.Ask(t, server, who, http.MethodPatch, "/api/vuon/centre", body)
		return got.Code, got.Body.String()
	}
	if status, body := change(manager, `{"rev": 1, "short": "Ươm", "name_en": "Seedbed"}`); status != http.StatusOK || !strings.Contains(body, `"rev":2`) {
		t.Fatalf("%d %s", status, body)
	}
	got := housetest.Ask(t, server, nil, http.MethodGet, "/api/vuon/centre", "").Body.String()
	for _, want := range []string{`"short":"Ươm"`, `"name_en":"Seedbed"`, `"name_vi":"Trung tâm đổi mới sáng tạo"`} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
	if strings.Contains(got, "bank") {
		t.Errorf("everybody reads the bank account: %s", got)
	}
	if status, body := change(manager, `{"rev": 1, "short": "Cũ"}`); status != http.StatusConflict || !strings.Contains(body, "record.stale") {
		t.Errorf("an old revision: %d %s", status, body)
	}
	for field, body := range map[string]string{
		"name_vi": `{"rev": 2, "name_vi": ""}`, "email": `{"rev": 2, "email": "không phải thư"}`, "short": `{"rev": 2, "short": "` + strings.Repeat("dài ", 20) + `"}`,
	} {
		if status, told := change(manager, body); status != http.StatusBadRequest || !strings.Contains(told, `"`+field+`":{"code"`) {
			t.Errorf("%s: %d %s", field, status, told)
		}
	}
}

func TestOnlyManagersOfTheHouseDescribeIt(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	for who, actor := range map[string]access.Actor{
		"a visitor":              {},
		"staff":                  housetest.Actor(t, house, housetest.Holder(t, house, access.Staff, access.House), housetest.Noon),
		"a manager of an intake": housetest.Actor(t, house, housetest.Holder(t, house, access.Manager, access.Scope{Type: access.Intake, ID: "elsewhere000000"}), housetest.Noon),
	} {
		_, err := site.Describe(house, actor, 0, func(*site.Description) error { return nil }, housetest.Noon)
		if err == nil {
			t.Errorf("%s describes the house", who)
		}
	}
}
