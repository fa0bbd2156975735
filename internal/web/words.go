package web

import (
	"encoding/json"
	"io/fs"
	"regexp"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
)

// The dictionary is one, and a browser that opens one page need not read all of it: it asks for the words that its modules
// say. app/main.words.vi.json holds the shell's, app/pages/people/account.words.vi.json what that page says besides, and
// account.all.vi.json both, for whoever comes to that page first.
//
// A module says a key as a quoted text, "people.title", and a family of keys by its beginning, `duty.${key}`. States are the
// exception: a page names the collections whose states it shows, of="intakes", and gets theirs alone. The door's own little app
// stands for itself: its words are all that it says.
//
// What a module draws travels with what it says: "#i-bell" holds the drawing of that name.
var (
	partOf   = regexp.MustCompile(`^(app/(?:main|pages/[a-z-]+/[a-z-]+)|checkin/main)\.(words|all)\.(vi|en)\.json$`)
	quoted   = regexp.MustCompile("[\"'`]([a-z][a-z0-9_]*(?:\\.[a-z0-9_]+)*[._]?)(?:[\"'`]|\\$\\{)")
	statesOf = regexp.MustCompile(`\bof="([a-z_]+)"`)
	later    = regexp.MustCompile(`\bimport\("(\.[^"]+)"\)`)
)

const everyState = "status."

// part makes a part of the dictionary: what the module says and the shell does not, or with whole what both say.
func (a *Assets) part(module string, whole bool, lang string) ([]byte, error) {
	raw, err := fs.ReadFile(a.files, "i18n/"+lang+".json")
	if err != nil {
		return nil, err
	}
	var all map[string]string
	if err := json.Unmarshal(raw, &all); err != nil {
		return nil, err
	}
	said := a.said(module + ".js")
	if len(said) == 0 {
		return nil, fs.ErrNotExist
	}
	shell := map[string]bool{}
	if module+".js" != shellEntry && strings.HasPrefix(module, "app/") { // what stands for itself has no shell
		shell = a.said(shellEntry)
	}
	part := map[string]string{}
	for key, text := range all {
		if inShell := says(shell, key); whole && inShell || !inShell && says(said, key) {
			part[key] = text
		}
	}
	if !strings.HasPrefix(module, "app/") {
		return json.Marshal(part) // its page has its drawings in it
	}
	drawn, known := a.drawn(module+".js"), map[string]bool{}
	if module+".js" != shellEntry {
		known = a.drawn(shellEntry)
	}
	for id, symbol := range symbols {
		if whole && known[id] || !known[id] && drawn[id] {
			part["#"+id] = string(symbol)
		}
	}
	return json.Marshal(part)
}

// said gathers what a module says, and all that it imports now or later: keys, and beginnings of keys.
func (a *Assets) said(entry string) map[string]bool {
	said := map[string]bool{}
	for _, name := range a.closure([]*regexp.Regexp{imports, later}, entry) {
		file, err := a.read(name)
		if err != nil || strings.HasPrefix(name, "vendor/") {
			continue
		}
		for _, found := range quoted.FindAllSubmatch(file.plain, -1) {
			if key := string(found[1]); strings.Contains(key, ".") && key != everyState {
				said[key] = true
			}
		}
		for _, found := range statesOf.FindAllSubmatch(file.plain, -1) {
			said[everyState+string(found[1])+"."] = true
		}
	}
	return said
}

// says tells whether a key, or a beginning of it, is among what was said.
func says(said map[string]bool, key string) bool {
	base := strings.TrimSuffix(strings.TrimSuffix(key, ".one"), ".other")
	if said[key] || said[base] {
		return true
	}
	for i := range key {
		if (key[i] == '.' || key[i] == '_') && said[key[:i+1]] {
			return true
		}
	}
	return false
}

// Say answers with the words of a language, for what is no page: the head of a table.
func Say(app core.App, lang locale.Lang) (func(key string, values ...string) string, error) {
	site, err := Of(app)
	if err != nil {
		return nil, err
	}
	return func(key string, values ...string) string { return site.deps.Words.Text(lang, key, values...) }, nil
}
