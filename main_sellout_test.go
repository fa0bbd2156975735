package main

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/pocketbase/pocketbase/tools/types"
	"github.com/rogpeppe/go-internal/testscript"

	"vuon/internal/app"
)

// plantSale puts an event on sale with so many seats: plantsale FILE SEATS.
func plantSale(ts *testscript.TestScript, _ bool, args []string) {
	db, err := app.Connect(ts.MkAbs(args[0]))
	ts.Check(err)
	for _, statement := range []string{
		`INSERT INTO events (id, slug, title_vi, mode, starts_at, ends_at, status, rev) VALUES ('sellout00000001', 'sell-out', 'Một đêm', 'onsite', {:starts}, {:ends}, 'published', 1)`,
		`INSERT INTO quotas (id, event, name, size, rev) VALUES ('selloutquota001', 'sellout00000001', 'Hội trường', {:seats}, 1)`,
		`INSERT INTO ticket_types (id, event, name_vi, quotas, visibility, rev)
			VALUES ('sellouttype0001', 'sellout00000001', 'Vé', '["selloutquota001"]', 'public', 1)`,
	} {
		_, err := db.NewQuery(statement).Bind(map[string]any{
			"seats": args[1], "starts": time.Now().AddDate(0, 0, 7).UTC().Format(types.DefaultDateLayout), "ends": time.Now().AddDate(0, 0, 8).UTC().Format(types.DefaultDateLayout),
		}).Execute()
		ts.Check(err)
	}
	ts.Check(db.Close())
}

// sellOut lets a crowd order two seats each, kills what runs in the background as soon as so many orders were answered, and writes
// their addresses into a file: sellout ADDRESS FILE ORDERS.
func sellOut(ts *testscript.TestScript, _ bool, args []string) {
	enough, err := strconv.Atoi(args[2])
	ts.Check(err)
	var mu sync.Mutex
	var answered []string
	var all sync.WaitGroup
	kill := sync.OnceFunc(func() {
		for _, c := range ts.BackgroundCmds() {
			_ = c.Process.Kill()
		}
	})
	for buyer := range 24 {
		all.Go(func() { // each sits at an address of its own, for an address may ask only so much
			home := &net.TCPAddr{IP: net.IPv4(127, 0, 1, byte(buyer+1))}
			client := &http.Client{Transport: &http.Transport{DialContext: (&net.Dialer{LocalAddr: home}).DialContext}, Timeout: 20 * time.Second}
			defer client.CloseIdleConnections()
			for {
				link, open := order(client, args[0])
				if link == "" {
					if open {
						continue
					}
					return
				}
				mu.Lock()
				answered = append(answered, link)
				if len(answered) >= enough {
					kill()
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	kill()
	for _, c := range ts.BackgroundCmds() {
		for c.Process.Signal(syscall.Signal(0)) == nil {
			time.Sleep(10 * time.Millisecond)
		}
	}
	if len(answered) < enough || len(answered) > 200 {
		ts.Fatalf("%d orders were answered", len(answered))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(strings.Join(answered, "\n")), 0o600))
}

// order asks for two seats and gives the address of the order; without one, open says whether the house still answers.
func order(client *http.Client, address string) (link string, open bool) {
	answer, err := client.Post("http://"+address+"/api/vuon/events/sell-out/orders", "application/json", strings.NewReader(`{"lines":[{"type":"sellouttype0001","count":2}]}`)) //nolint:noctx // a script has no context
	if err != nil {
		return "", false
	}
	raw, err := io.ReadAll(answer.Body)
	if err = errors.Join(err, answer.Body.Close()); err != nil {
		return "", false
	}
	var o struct{ Link string }
	if answer.StatusCode == http.StatusOK && json.Unmarshal(raw, &o) == nil {
		return o.Link, true
	}
	return "", answer.StatusCode == http.StatusServiceUnavailable
}

// stillThere opens every order of a file: stillthere ADDRESS FILE.
func stillThere(ts *testscript.TestScript, _ bool, args []string) {
	for _, link := range strings.Fields(ts.ReadFile(args[1])) {
		answer, err := http.Get("http://" + args[0] + "/api/vuon" + link) //nolint:noctx // a script has no context
		ts.Check(err)
		raw, err := io.ReadAll(answer.Body)
		ts.Check(errors.Join(err, answer.Body.Close()))
		if answer.StatusCode != http.StatusOK || strings.Count(string(raw), `"status":"held"`) != 2 {
			ts.Fatalf("%s is answered %s: %s", link, answer.Status, raw)
		}
	}
}
