package events_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/housetest"
)

// Whoever signs in finds what they ordered with the account, and what was ordered under their address; under an address that they
// have not shown to be theirs they find nothing.
func TestWhoSignsInFindsTheirTickets(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	server, now := housetest.Server(t, house), time.Now()
	s := housetest.OnSale(t, house, 100, now, 0)
	me, other := housetest.User(t, house), housetest.User(t, house)
	verified := func(u *core.Record, yes bool) {
		t.Helper()
		u.SetVerified(yes)
		housetest.Save(t, house, u)
	}
	verified(me, true)
	buys := func(by *core.Record, mail string) string {
		t.Helper()
		basket := s.Wants(2)
		if by != nil {
			actor, err := access.At(house, by, now)
			housetest.Refused(t, err, "")
			basket.By = actor
		}
		o, err := events.Reserve(t.Context(), house, basket, now)
		housetest.Refused(t, err, "")
		if mail != "" {
			_, err = events.Submit(house, o.Id, housetest.Buying(mail), nil, now)
			housetest.Refused(t, err, "")
		}
		return o.Code()
	}
	signed, guest := buys(me, "work@example.org"), buys(nil, me.Email())
	buys(me, "")                                                     // a cart
	buys(nil, "x"+me.Email())                                        // somebody else's
	buys(nil, strings.Replace(me.Email(), "@", "+x@", 1))            // whose mailbox it is, only their provider knows
	buys(nil, "other.person@example.org")                            // and another's
	alias := buys(other, "me+alias@"+me.Email()[len(me.Email())-5:]) // nobody's mailbox
	finds := func(who *core.Record, path string) (codes []string) {
		t.Helper()
		got := housetest.Ask(t, server, who, http.MethodGet, path, "")
		var list struct {
			Rows []struct {
				Code    string `json:"code"`
				Link    string `json:"link"`
				Tickets []struct {
					Link string `json:"link"`
				} `json:"tickets"`
			} `json:"rows"`
		}
		if err := json.Unmarshal(got.Body.Bytes(), &list); got.Code != http.StatusOK || err != nil || got.Header().Get("Cache-Control") != "private, no-store" {
			t.Fatalf("%s: %d %v %q", path, got.Code, err, got.Header().Get("Cache-Control"))
		}
		for _, r := range list.Rows {
			codes = append(codes, r.Code)
			if len(r.Tickets) != 2 || housetest.Ask(t, server, nil, http.MethodGet, r.Tickets[1].Link, "").Code != http.StatusOK {
				t.Errorf("%s has tickets %v", r.Code, r.Tickets)
			}
		}
		slices.Sort(codes)
		return codes
	}
	both := []string{signed, guest}
	slices.Sort(both)
	if got := finds(me, "/api/vuon/tickets"); !slices.Equal(got, both) {
		t.Errorf("they find %v, not %v", got, both)
	}
	if got := finds(other, "/api/vuon/tickets"); !slices.Equal(got, []string{alias}) {
		t.Errorf("another finds %v", got)
	}
	if got := finds(me, "/api/vuon/tickets?when=past"); len(got) != 0 {
		t.Errorf("what is to come is over: %v", got)
	}
	verified(me, false)
	if got := finds(me, "/api/vuon/tickets"); !slices.Equal(got, []string{signed}) {
		t.Errorf("under an address that nobody has proven they find %v", got)
	}
	if got := housetest.Ask(t, server, nil, http.MethodGet, "/api/vuon/tickets", ""); got.Code != http.StatusUnauthorized {
		t.Errorf("a visitor: %d", got.Code)
	}
	housetest.SQL(t, house, "UPDATE events SET starts_at = '2026-01-01 01:00:00.000Z', ends_at = '2026-01-01 03:00:00.000Z' WHERE id = {:id}", map[string]any{"id": s.Event.Id})
	if got := finds(me, "/api/vuon/tickets?when=past"); !slices.Equal(got, []string{signed}) {
		t.Errorf("of what is over they find %v", got)
	}
}

// A page of five orders costs as many queries as a page of one.
func TestAPageOfOwnOrdersTakesNoMoreQueries(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), time.Now()
	server, me := housetest.Server(t, house), housetest.User(t, house)
	by, err := access.At(house, me, now)
	housetest.Refused(t, err, "")
	db, ok := house.ConcurrentDB().(*dbx.DB)
	if !ok {
		t.Fatal("nobody hears the queries")
	}
	count := func(orders int) int {
		t.Helper()
		for range orders {
			basket := housetest.OnSale(t, house, 9, now, 0).Wants(2)
			basket.By = by
			o, err := events.Reserve(t.Context(), house, basket, now)
			housetest.Refused(t, err, "")
			_, err = events.Submit(house, o.Id, housetest.Buying("lan@example.org"), nil, now)
			housetest.Refused(t, err, "")
		}
		n := 0
		db.QueryLogFunc = func(context.Context, time.Duration, string, *sql.Rows, error) { n++ }
		defer func() { db.QueryLogFunc = nil }()
		if got := housetest.Ask(t, server, me, http.MethodGet, "/api/vuon/tickets", ""); got.Code != http.StatusOK {
			t.Fatalf("%d: %s", got.Code, got.Body)
		}
		return n
	}
	if one, five := count(1), count(4); five != one || one == 0 {
		t.Errorf("a page of one order takes %d queries, and one of five %d", one, five)
	}
}
