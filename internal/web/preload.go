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
	seen := map[string]bool{}
	var walk func(name string)
	walk = func(name string) {
		if seen[name] {
			return
		}
		file, err := a.read(name)
		if err != nil {
			return
		}
		seen[name] = true
		if strings.HasPrefix(name, "vendor/") {
			return // one bundle each
		}
		for _, found := range imports.FindAllSubmatch(file.plain, -1) {
			walk(path.Join(path.Dir(name), string(found[1])))
		}
	}
	for _, name := range append([]string{entry}, pages...) {
		walk(name)
	}
	var all []string
	for name := range seen {
		if name != entry {
			all = append(all, a.Path(name))
		}
	}
	slices.Sort(all)
	return all
}
