package slip_test

import (
	"bytes"
	"compress/zlib"
	"io"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"
)

// streams are the parts of a file, unpacked.
func streams(t *testing.T, raw []byte) (all [][]byte) {
	t.Helper()
	for _, part := range bytes.Split(raw, []byte("stream\n"))[1:] {
		packed, _, _ := bytes.Cut(part, []byte("\nendstream"))
		if r, err := zlib.NewReader(bytes.NewReader(packed)); err == nil {
			if plain, err := io.ReadAll(r); err == nil {
				packed = plain
			}
		}
		all = append(all, packed)
	}
	return all
}

// shown is a text that a page shows: letters in two bytes each, within brackets.
var shown = regexp.MustCompile(`(?s)\(((?:[^\\()]|\\.)*)\)\s*Tj`)

// unescaped takes the backslashes away that keep brackets from ending a text.
var unescaped = regexp.MustCompile(`(?s)\\(.)`)

// read takes the text out of a file as its own map of letters has it: each code is the letter of that number.
func read(t *testing.T, raw []byte) string {
	t.Helper()
	var b strings.Builder
	mapped := false
	for _, part := range streams(t, raw) {
		mapped = mapped || bytes.Contains(part, []byte("<0000> <FFFF> <0000>"))
		for _, m := range shown.FindAllSubmatch(part, -1) {
			text := unescaped.ReplaceAllFunc(m[1], func(pair []byte) []byte {
				if pair[1] == 'r' {
					return []byte{'\r'}
				}
				return pair[1:]
			})
			units := make([]uint16, 0, len(text)/2)
			for i := 0; i+1 < len(text); i += 2 {
				units = append(units, uint16(text[i])<<8|uint16(text[i+1]))
			}
			b.WriteString(string(utf16.Decode(units)) + "\n")
		}
	}
	if !mapped {
		t.Error("the file does not say which letters its codes are: nobody can search it")
	}
	return b.String()
}

// readByOthers takes the text out with poppler, where it is installed.
func readByOthers(t *testing.T, raw []byte) (string, bool) {
	t.Helper()
	name, err := exec.LookPath("pdftotext")
	if err != nil {
		return "", false
	}
	cmd := exec.CommandContext(t.Context(), name, "-enc", "UTF-8", "-", "-")
	cmd.Stdin = bytes.NewReader(raw)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out), true
}
