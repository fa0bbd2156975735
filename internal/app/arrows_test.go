package app_test

import (
	"go/ast"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The floors of the house, from the ground up. A room imports rooms of lower floors only; ground rooms of one floor may not
// know each other unless mayKnow says so, and domain rooms never do.
var floors = [][]string{
	{"fault", "locale", "vn"},
	{"record"},
	{"access"},
	{"lifecycle"},
	{"booking", "judging", "payment", "notice", "chore", "uploads", "web"},
	{
		"people", "intake", "startups", "mentoring", "facilities", "contests", "investing", "projects", "clusters", "events",
		"requests", "notify", "site",
	},
	{"app"},
	{"demo", "bench", "housetest"},
}

var mayKnow = map[string][]string{
	"judging": {"notice"},        // a judge is told
	"payment": {"notice", "web"}, // who keeps the books is told, and asks for lists and tables
	"locale":  {},
}

func floorOf(room string) int {
	return slices.IndexFunc(floors, func(rooms []string) bool { return slices.Contains(rooms, room) })
}

func TestNoArrowPointsUpOrAside(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		room := roomOf(s.path)
		at := floorOf(room)
		if at < 0 {
			t.Errorf("%s: nobody knows on which floor room %s lies", s.path, room)
			continue
		}
		for _, spec := range s.tree.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			other, inside := strings.CutPrefix(path, "vuon/internal/")
			other, _, _ = strings.Cut(other, "/")
			switch {
			case path == "vuon/pb_migrations" && room != "demo" && room != "bench":
				t.Errorf("%s imports the history of the schema", s.path)
			case !inside || other == room:
			case floorOf(other) > at, floorOf(other) == at && !slices.Contains(mayKnow[room], other):
				t.Errorf("%s: room %s may not know room %s", s.path, room, other)
			case at == 0 && strings.Contains(path, "pocketbase"):
				t.Errorf("%s: room %s is pure", s.path, room)
			}
		}
	}
}

func TestTheHistoryKnowsNothingOfTheHouse(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../pb_migrations/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no migrations: %v", err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(raw), "vuon/internal") {
			t.Errorf("%s imports the house", file)
		}
	}
}

// The names of files are the same in every room, so that who has read one has read them all. Beside these, a room has one
// file for each of its nouns, which declares a collection, and files of a name split by noun: flow_order.go.
var fileNames = []string{
	"doc", "flow", "guards", "routes", "pages", "queries", "audits", "jobs", "notices", "commands",
}

func TestEveryFileHasANameOfTheHouse(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if floorOf(roomOf(s.path)) != floorOf("people") {
			continue // the ground and the roof name their files after what they are
		}
		name := strings.TrimSuffix(filepath.Base(s.path), ".go")
		first, _, _ := strings.Cut(name, "_")
		if !slices.Contains(fileNames, name) && !slices.Contains(fileNames, first) && !declaresNoun(s) {
			t.Errorf("%s: neither a noun nor a name of the house", s.path)
		}
	}
}

// declaresNoun says whether a file declares a collection's kind, or a type that such a kind reads.
func declaresNoun(s source) bool {
	found := false
	s.calls(func(name string, _ []string) { found = found || name == "record.Of" })
	ast.Inspect(s.tree, func(n ast.Node) bool {
		if _, ok := n.(*ast.TypeSpec); ok {
			found = true
		}
		return true
	})
	return found
}

// A hook takes the place of an older one of the same name: a second guard of one name would take the first away unnoticed.
func TestNoTwoGuardsBearOneName(t *testing.T) {
	t.Parallel()
	home := map[string]string{}
	for _, s := range sources(t) {
		ast.Inspect(s.tree, func(n ast.Node) bool {
			pair, ok := n.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			key, _ := pair.Key.(*ast.Ident)
			name, ok := literal(pair.Value)
			if key == nil || key.Name != "ID" || !ok || !strings.HasSuffix(s.path, "guards.go") {
				return true
			}
			if other := home[name]; other != "" {
				t.Errorf("%s and %s both name a guard %s", other, s.path, name)
			}
			home[name] = s.path
			return true
		})
	}
	if len(home) == 0 {
		t.Error("nobody guards anything")
	}
}

func TestNoFileHasTwoSubjects(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		raw, err := os.ReadFile(s.path)
		if err != nil {
			t.Fatal(err)
		}
		if lines := strings.Count(string(raw), "\n"); lines > 300 {
			t.Errorf("%s has %d lines: two subjects", s.path, lines)
		}
	}
}

// forbidden calls, with who may make them all the same.
var forbidden = map[string]func(path string) bool{
	"time.Now":              func(path string) bool { return strings.HasSuffix(path, "app/metrics.go") },
	"time.Since":            func(path string) bool { return strings.HasSuffix(path, "app/metrics.go") },
	"panic":                 func(string) bool { return false },
	"fmt.Print":             func(string) bool { return false },
	"fmt.Println":           func(string) bool { return false },
	"fmt.Printf":            func(string) bool { return false },
	"SaveNoValidate":        func(string) bool { return false },
	"DeleteNoValidate":      func(string) bool { return false },
	"types.NowDateTime":     func(string) bool { return false },
	"UnsafeWithoutHooks":    func(string) bool { return false },
	"slog.SetDefault":       func(string) bool { return false },
	"SaveNoValidateContext": func(string) bool { return false },
}

func TestNobodyMakesAForbiddenCall(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if room := roomOf(s.path); room == "bench" || room == "demo" {
			continue // beside the roof: they measure and they furnish
		}
		ast.Inspect(s.tree, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			name := called(call.Fun)
			if sel, ok := call.Fun.(*ast.SelectorExpr); ok {
				if pkg, ok := sel.X.(*ast.Ident); ok {
					name = pkg.Name + "." + sel.Sel.Name
				}
			}
			for _, one := range []string{name, called(call.Fun)} {
				if may, is := forbidden[one]; is && !may(filepath.ToSlash(s.path)) {
					t.Errorf("%s calls %s", s.path, one)
					return true
				}
			}
			return true
		})
	}
}

// sqlVerb begins a line of SQL.
var sqlVerbs = []string{"SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "WITH ", "select ", "insert into ", "delete from "}

func TestSQLStandsInItsFilesOnly(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		base := filepath.Base(s.path)
		if strings.HasPrefix(base, "queries") || strings.HasPrefix(base, "audits") {
			continue
		}
		ast.Inspect(s.tree, func(n ast.Node) bool {
			e, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			text, ok := literal(e)
			if ok && slices.ContainsFunc(sqlVerbs, func(v string) bool { return strings.HasPrefix(strings.TrimSpace(text), v) }) {
				t.Errorf("%s: SQL outside queries.go and audits.go: %.60q", s.path, text)
			}
			return true
		})
	}
}

func roomOf(path string) string {
	room, _, _ := strings.Cut(strings.TrimPrefix(filepath.ToSlash(path), "../"), "/")
	return room
}
