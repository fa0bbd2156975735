package app_test

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/notify"
	"vuon/internal/startups"
)

// wholeTable is a line of a plan that reads a table from its first row to its last.
var wholeTable = regexp.MustCompile(`^SCAN \w+$`)

// ofMoney are the lists that finance reads.
var ofMoney = regexp.MustCompile(`^/api/vuon/(bank-lines|refunds|receipts)`)

// A page of a list that grows for years is read along an index: what it costs does not grow with the list.
func TestAPageOfALongListIsReadAlongAnIndex(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	server, staff, finance := housetest.Server(t, house), housetest.Holder(t, house, access.Staff, access.House), housetest.Holder(t, house, access.Finance, access.House)
	db, ok := house.ConcurrentDB().(*dbx.DB)
	if !ok {
		t.Fatal("nobody hears the queries")
	}
	call := housetest.OpenIntake(t, house, time.Now(), 1)
	for _, path := range []string{
		"/api/vuon/reports", "/api/vuon/enrolments", "/api/vuon/enrolments?q=den", "/api/vuon/startups", "/api/vuon/outbox", "/api/vuon/alerts", "/api/vuon/alerts?status=all&severity=red", "/api/vuon/alerts?status=asked",
		"/api/vuon/alerts?status=resolved&owner=none", "/api/vuon/alerts?q=den&rule=revenue_fell",
		"/api/vuon/figures/revenue/rows?period=2026", "/api/vuon/figures/jobs/rows?period=2026-11&q=den", "/api/vuon/portfolio/enrolled/rows", "/api/vuon/portfolio/graduated/rows", "/api/vuon/intakes/" + call.Id + "/applications", "/api/vuon/intakes/" + call.Id + "/board/new?limit=50",
		"/api/vuon/bank-lines", "/api/vuon/bank-lines?status=waiting&q=den", "/api/vuon/refunds", "/api/vuon/refunds?status=waiting&q=den", "/api/vuon/receipts", "/api/vuon/receipts?kind=correction&q=den",
		"/api/vuon/intakes/" + call.Id + "/board/new?limit=50&order=mean", "/api/vuon/intakes/" + call.Id + "/board/new?limit=50&order=newest&q=den&owner=none",
	} {
		var pages []string
		db.QueryLogFunc = func(_ context.Context, _ time.Duration, query string, _ *sql.Rows, _ error) {
			if strings.HasSuffix(query, " LIMIT 51") {
				pages = append(pages, query)
			}
		}
		who := staff
		if ofMoney.MatchString(path) {
			who = finance
		}
		got := housetest.Ask(t, server, who, http.MethodGet, path, "")
		db.QueryLogFunc = nil
		if got.Code != http.StatusOK || len(pages) != 1 {
			t.Fatalf("%s answers %d after %d queries for a page", path, got.Code, len(pages))
		}
		var plan []struct {
			Detail string `db:"detail"`
		}
		if err := house.DB().NewQuery("EXPLAIN QUERY PLAN " + pages[0]).All(&plan); err != nil {
			t.Fatal(err)
		}
		for _, step := range plan {
			if wholeTable.MatchString(step.Detail) && step.Detail != "SCAN report_templates" { // of which there are a few for ever
				t.Errorf("%s: %s", path, step.Detail)
			}
		}
	}
}

// What the minute asks of the outbox is read along an index too: a long outbox does not make it slower.
func TestTheMinuteDoesNotWalkTheOutbox(t *testing.T) {
	t.Parallel()
	house := housetest.At(t, func() time.Time { return housetest.Noon })
	db, ok := house.ConcurrentDB().(*dbx.DB)
	if !ok {
		t.Fatal("nobody hears the queries")
	}
	var asked []string
	db.QueryLogFunc = func(_ context.Context, _ time.Duration, query string, _ *sql.Rows, _ error) {
		if strings.Contains(query, "outbox") {
			asked = append(asked, query)
		}
	}
	err := notify.Deliver(house, housetest.Noon)
	db.QueryLogFunc = nil
	if err != nil || len(asked) < 2 {
		t.Fatalf("%d queries (%v)", len(asked), err)
	}
	for _, query := range asked {
		var plan []struct {
			Detail string `db:"detail"`
		}
		if err := house.DB().NewQuery("EXPLAIN QUERY PLAN " + query).All(&plan); err != nil {
			t.Fatal(err)
		}
		for _, step := range plan {
			if wholeTable.MatchString(step.Detail) {
				t.Errorf("%s: %s", step.Detail, query)
			}
		}
	}
}

// What people are told of alerts is asked along an index: alerts that were closed long ago do not slow it down.
func TestWhatIsToldOfAlertsIsReadAlongAnIndex(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	db, ok := house.ConcurrentDB().(*dbx.DB)
	if !ok {
		t.Fatal("nobody hears the queries")
	}
	var asked []string
	db.QueryLogFunc = func(_ context.Context, _ time.Duration, query string, _ *sql.Rows, _ error) {
		if strings.Contains(query, "FROM alerts") {
			asked = append(asked, query)
		}
	}
	for _, rule := range startups.Notices() {
		if _, err := rule.Due(house, housetest.Noon); err != nil {
			t.Fatal(err)
		}
	}
	staff := housetest.Acting(t, house, access.Staff, access.House)
	_, err := startups.Duties(house, staff, housetest.Noon)
	err = errors.Join(err, startups.RaiseAlerts(house, housetest.Noon))
	db.QueryLogFunc = nil
	if err != nil || len(asked) < 6 {
		t.Fatalf("%d queries (%v)", len(asked), err)
	}
	for _, query := range asked {
		var plan []struct {
			Detail string `db:"detail"`
		}
		if err := house.DB().NewQuery("EXPLAIN QUERY PLAN " + query).All(&plan); err != nil {
			t.Fatal(err)
		}
		for _, step := range plan {
			if wholeTable.MatchString(step.Detail) {
				t.Errorf("%s: %s", step.Detail, query)
			}
		}
	}
}
