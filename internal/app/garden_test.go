package app_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/plugins/jsvm"

	"vuon/internal/app"
	"vuon/internal/housetest"
	"vuon/internal/lifecycle"
)

// withScripts is a house whose operator uses the examples, and the scripts given.
func withScripts(t *testing.T, scripts map[string]string) core.App {
	t.Helper()
	house, dir := housetest.App(t), t.TempDir()
	examples, err := filepath.Glob("../../pb_hooks/*.pb.js.example")
	if err != nil || len(examples) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	for _, path := range examples {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		scripts[strings.TrimSuffix(filepath.Base(path), ".example")] = string(raw)
	}
	for name, text := range scripts {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := jsvm.Register(house, jsvm.Config{HooksDir: dir, TypesDir: t.TempDir(), OnInit: app.GiveVerbs(house, housetest.Deps())}); err != nil {
		t.Fatal(err)
	}
	return house
}

func org(t *testing.T, house core.App, fields map[string]any) (*core.Record, error) {
	t.Helper()
	orgs, err := house.FindCollectionByNameOrId("orgs")
	if err != nil {
		t.Fatal(err)
	}
	r := core.NewRecord(orgs)
	r.Load(map[string]any{"name_vi": "Trường nghề", "kind": "school", "house": "academia"})
	r.Load(fields)
	return r, house.Save(r)
}

func TestTheExamplesOfTheGardenWork(t *testing.T) {
	t.Parallel()
	house := withScripts(t, map[string]string{})
	got := housetest.Ask(t, housetest.Server(t, house), nil, http.MethodGet, "/garden/greeting", "")
	if got.Code != http.StatusOK || !strings.Contains(got.Body.String(), "Chào bạn đến với Trung tâm") {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	if _, err := org(t, house, map[string]any{"public": true}); err == nil {
		t.Error("a public organisation without a website was taken")
	}
	stored, err := org(t, house, nil)
	housetest.Refused(t, err, "")
	told, err := lifecycle.Told(house, "orgs", stored.Id)
	housetest.Refused(t, err, "")
	if len(told) != 1 || told[0].Verb() != "added" || told[0].Actor() != "hook:pb_hooks" {
		t.Errorf("the journal tells %v", told)
	}
}

func TestAHookMovesByVerbsOnly(t *testing.T) {
	t.Parallel()
	house := withScripts(t, map[string]string{"moves.pb.js": `
		routerAdd("POST", "/garden/{verb}", (e) => {
			try {
				vuon.fire("programmes", e.request.url.query().get("id"), e.request.pathValue("verb"));
				return e.json(200, {});
			} catch (err) {
				return e.json(409, { code: String(err) });
			}
		});
	`})
	programmes, err := house.FindCollectionByNameOrId("programmes")
	housetest.Refused(t, err, "")
	p := core.NewRecord(programmes)
	p.Load(map[string]any{"code": "thu", "title_vi": "Thử", "kind": "training"})
	housetest.Save(t, house, p)
	server := housetest.Server(t, house)
	for _, c := range []struct {
		verb, want string
		status     int
	}{{"activate", "", 200}, {"activate", "lifecycle.not_now", 409}} {
		got := housetest.Ask(t, server, nil, http.MethodPost, "/garden/"+c.verb+"?id="+p.Id, "{}")
		if got.Code != c.status || !strings.Contains(got.Body.String(), c.want) {
			t.Errorf("%s: %d %s", c.verb, got.Code, got.Body)
		}
	}
}

// A hook within a transaction that forgets to say so is refused. Otherwise it would wait for itself, and the house for it.
func TestAHookWithinATransactionDoesNotStopTheHouse(t *testing.T) {
	t.Parallel()
	house := withScripts(t, map[string]string{"noted.pb.js": `
		onRecordUpdate((e) => {
			if (e.record.get("short") == "whole") vuon.note("orgs", e.record.id, "noted", "", e.app);
			if (e.record.get("short") == "half") vuon.note("orgs", e.record.id, "noted", "");
			e.next();
		}, "orgs");
	`})
	stored, err := org(t, house, nil)
	housetest.Refused(t, err, "")
	save := func(short string) error {
		return house.RunInTransaction(func(tx core.App) error {
			row, err := tx.FindRecordById("orgs", stored.Id)
			if err != nil {
				return err
			}
			row.Set("short", short)
			return tx.Save(row)
		})
	}
	housetest.Refused(t, save("whole"), "")
	if err := save("half"); err == nil || !strings.Contains(err.Error(), "want e.app") {
		t.Errorf("got %v", err)
	}
	housetest.Refused(t, save("quiet"), "")
	told, err := lifecycle.Told(house, "orgs", stored.Id)
	housetest.Refused(t, err, "")
	if len(told) != 2 || told[1].Verb() != "noted" { // "added" is of an example
		t.Errorf("the journal tells %d lines", len(told))
	}
}
