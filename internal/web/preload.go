package web

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// imports finds `import … from "./x.js"`, `export … from "./x.js"` and `import "./x.js"`, also over several lines.
// A dynamic import(…) is a promise to load later, and is left alone.
var imports = regexp.MustCompile(`(?m)^\s*(?:import|export)\s(?:[^"';]*?\sfrom\s*)?["'](\.[^"']+)["']`)

// Preloads returns the addresses of everything the entry module and the given page modules import statically, page
// modules included, entry excluded. Written as <link rel=modulepreload> they make one round trip of a chain of imports.
// A module that does not exist is left out.
func (a *Assets) Preloads(entry string, pages ...string) []string {
	var all []string
	for _, name := range a.closure([]*regexp.Regexp{imports}, append([]string{entry}, pages...)...) {
		if name != entry {
			all = append(all, a.Path(name))
		}
	}
	slices.Sort(all)
	return all
}

// closure lists modules and all that they import, in one of the given ways, each once.
func (a *Assets) closure(ways []*regexp.Regexp, modules ...string) []string {
	var all []string
	var walk func(name string)
	walk = func(name string) {
		if slices.Contains(all, name) {
			return
		}
		file, err := a.read(name)
		if err != nil {
			return
		}
		all = append(all, name)
		if strings.HasPrefix(name, "vendor/") {
			return // one bundle each
		}
		for _, way := range ways {
			for _, found := range way.FindAllSubmatch(file.plain, -1) {
				walk(path.Join(path.Dir(name), string(found[1])))
			}
		}
	}
	for _, name := range modules {
		walk(name)
	}
	return all
}
