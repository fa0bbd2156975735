package roster

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"vuon/internal/fault"
)

// Line is one row of a table as it stands in the file.
type Line struct {
	Row   int // the line of the file on which it begins, from 1
	Cells []string
}

// largest is how many bytes a file may have.
const largest = 64 << 20

// Read takes a file apart into its lines, the head among them, whatever it is called. Lines on which nothing stands are left
// out. Errors, all of the field "file": import.too_large, import.empty, import.unreadable for what is neither a book of a
// spreadsheet nor text in UTF-8, import.open_quote for a quote that never ends.
func Read(raw []byte) ([]Line, error) {
	if len(raw) > largest {
		return nil, fault.Field("file", "import.too_large")
	}
	var all []Line
	var err error
	if bytes.HasPrefix(raw, []byte("PK\x03\x04")) {
		all, err = book(raw)
	} else {
		all, err = plain(raw)
	}
	switch {
	case err != nil:
		return nil, err
	case len(all) == 0:
		return nil, fault.Field("file", "import.empty")
	}
	return all, nil
}

// plain reads text. The separator is the one that makes the most of the head.
func plain(raw []byte) ([]Line, error) {
	text := string(bytes.TrimPrefix(raw, []byte("\ufeff")))
	if !utf8.ValidString(text) || strings.Contains(text, "\x00") {
		return nil, fault.Field("file", "import.unreadable")
	}
	breaks := "\n"
	if !strings.Contains(text, "\n") {
		breaks = "\r"
	}
	mark, most := byte(','), 0
	for _, candidate := range []byte{',', ';', '\t'} {
		r := reader{text: text, mark: candidate, breaks: breaks[0], line: 1}
		for {
			cells, more, err := r.next()
			if err != nil || !more {
				break
			}
			if blank(cells) {
				continue
			}
			if n := familiar(cells); n > most {
				mark, most = candidate, n
			}
			break
		}
	}
	r := reader{text: text, mark: mark, breaks: breaks[0], line: 1}
	var all []Line
	for {
		began := r.line
		cells, more, err := r.next()
		switch {
		case err != nil:
			return nil, fault.Field("file", "import.open_quote", "row", strconv.Itoa(began))
		case !more:
			return all, nil
		case !blank(cells):
			all = append(all, Line{began, cells})
		}
	}
}

// blank says whether nothing stands on a line, not even a separator.
func blank(cells []string) bool { return len(cells) == 1 && strings.TrimSpace(cells[0]) == "" }

// familiar weighs a head: a column that is known counts more than one that is only there.
func familiar(cells []string) int {
	n := len(cells)
	for _, c := range cells {
		if known(c) {
			n += 100
		}
	}
	return n
}
