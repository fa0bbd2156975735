package uploads

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"vuon/internal/vn"
)

// Unnamed is what a file without a name is called.
const Unnamed = "tep"

// longestName is how many characters of a name are kept, without its ending.
const longestName = 100

// SafeName is what a file is called: its own name in normal form, without folders and without letters that no one sees, and
// with the ending of what it is, ".pdf" say.
func SafeName(name, ending string) string {
	if !utf8.ValidString(name) {
		name = ""
	}
	name = path.Base(strings.ReplaceAll(strings.TrimSpace(norm.NFC.String(name)), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`<>:"|?*`, r), unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cf, r), unicode.IsControl(r): // among them those that turn a name around: exe.fdp
			return -1
		}
		return r
	}, name)
	if ext := strings.ToLower(path.Ext(name)); ext == ending || ext == ".jpeg" && ending == ".jpg" {
		name = name[:len(name)-len(ext)]
	}
	name = strings.Trim(strings.Join(strings.Fields(name), " "), ". ")
	if letters := []rune(name); len(letters) > longestName {
		name = strings.TrimSpace(string(letters[:longestName]))
	}
	if name == "" {
		name = Unnamed
	}
	return name + ending
}

// plain is a name for programs that know no letters but those of English.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' || r == '%' {
			return '_'
		}
		return r
	}, vn.Fold(name))
}
