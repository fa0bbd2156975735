package app_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// spoken are the keys that pages and browser modules say.
type spoken struct {
	keys    map[string]string // key → the file that says it; a plural is said without .one and .other
	starts  []string          // "error." says every key that starts so
	phrases map[string]bool   // any quoted text of a browser module, a key or not
}

var (
	action = regexp.MustCompile(`(?s){{.*?}}`)
	said   = regexp.MustCompile(`\b(?:t|n) "([a-z0-9_.]+)"`)
	begun  = regexp.MustCompile(`\(print "([a-z0-9_.]+[._])"`)
	listed = regexp.MustCompile(`\(empty ("[^)]*")\)`)
	quoted = regexp.MustCompile("[\"'`]([a-z][a-z0-9_]*(?:\\.[a-z0-9_]+)*[._]?)[\"'`$]")
)

// templates reads every page of every room, and every module of ours that a browser runs.
func templates(t *testing.T) spoken {
	t.Helper()
	all := spoken{keys: map[string]string{}, phrases: map[string]bool{}}
	visit := func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "vendor" || d.Name() == "testdata"):
			return filepath.SkipDir
		case d.IsDir():
			return nil
		}
		text, err := os.ReadFile(path)
		switch {
		case err != nil:
			return err
		case strings.HasSuffix(path, ".html"):
			all.template(path, string(text))
		case strings.HasSuffix(path, ".js"):
			for _, found := range quoted.FindAllStringSubmatch(string(text), -1) {
				all.phrases[found[1]] = true
			}
		}
		return nil
	}
	for _, root := range []string{"..", "../../pb_public"} {
		if err := filepath.WalkDir(root, visit); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func (s *spoken) template(path, text string) {
	for _, do := range action.FindAllString(text, -1) {
		for _, found := range said.FindAllStringSubmatch(do, -1) {
			s.keys[found[1]] = path
		}
		for _, found := range begun.FindAllStringSubmatch(do, -1) {
			s.starts = append(s.starts, found[1])
		}
		for _, found := range listed.FindAllStringSubmatch(do, -1) {
			for i, word := range strings.Fields(found[1]) {
				if key := strings.Trim(word, `"`); i > 0 && !strings.Contains(key, "/") {
					s.keys[key] = path
				}
			}
		}
	}
}

// say tells whether a page says key.
func (s *spoken) say(key string) bool {
	base := strings.TrimSuffix(strings.TrimSuffix(key, ".one"), ".other")
	if s.keys[key] != "" || s.keys[base] != "" || s.phrases[key] || s.phrases[base] {
		return true
	}
	for i := range key {
		if (key[i] == '.' || key[i] == '_') && s.phrases[key[:i+1]] {
			return true
		}
	}
	for _, start := range s.starts {
		if strings.HasPrefix(key, start) {
			return true
		}
	}
	return false
}
