package web

import (
	"bytes"
	"regexp"
	"strings"
)

var (
	remarks = regexp.MustCompile(`(?s)/\*.*?\*/`)
	margins = regexp.MustCompile(`\n\s*`)
	casts   = regexp.MustCompile(`/\*\* @type [^*]*\*/ ?`)
)

// lean takes out of a file what only its writers read. A module keeps its lines, so that an error still names the right one.
func lean(ext string, content []byte) []byte {
	switch ext {
	case ".css":
		return bytes.TrimSpace(margins.ReplaceAll(remarks.ReplaceAll(content, nil), []byte("\n")))
	case ".js":
		return leanModule(content)
	}
	return content
}

// leanModule empties the lines that are nothing but a remark, and takes out types within a line. A remark behind code
// stays: only a parser could tell it from a text.
func leanModule(module []byte) []byte {
	lines := strings.Split(string(module), "\n")
	within := false
	for i, line := range lines {
		bare := strings.TrimSpace(line)
		switch {
		case within:
			within = !strings.HasSuffix(bare, "*/")
			lines[i] = ""
		case strings.HasPrefix(bare, "//"):
			lines[i] = ""
		case strings.HasPrefix(bare, "/*") && !strings.Contains(bare, "*/"):
			within, lines[i] = true, ""
		case strings.HasPrefix(bare, "/*") && strings.Index(bare, "*/") == len(bare)-2:
			lines[i] = ""
		default:
			lines[i] = casts.ReplaceAllString(line, "")
		}
	}
	return []byte(strings.Join(lines, "\n"))
}
