package roster

import (
	"errors"
	"strings"
)

// errOpen is a quote that never ends.
var errOpen = errors.New("a quote that never ends")

// reader takes a text apart as spreadsheets write it. It forgives what people write by hand: blanks before a quote, and a
// quote within a cell that does not begin with one.
type reader struct {
	text   string
	at     int
	line   int // the one at which the reader stands
	mark   byte
	breaks byte // what ends a line: \n, with or without \r before it; or \r where a file knows no \n
}

// next is the next line of cells; more is false behind the last one. Error: errOpen.
func (r *reader) next() (cells []string, more bool, err error) {
	if r.at >= len(r.text) {
		return nil, false, nil
	}
	for {
		cell, err := r.cell()
		if err != nil {
			return nil, false, err
		}
		cells = append(cells, cell)
		if r.at >= len(r.text) {
			return cells, true, nil
		}
		ended := r.text[r.at] != r.mark
		r.at++
		if ended {
			r.line++
			return cells, true, nil
		}
	}
}

// cell reads up to the separator, the end of the line or the end of the text, and stands there.
func (r *reader) cell() (string, error) {
	var b strings.Builder
	from := r.at
	for r.at < len(r.text) && (r.text[r.at] == ' ' || r.text[r.at] == '\t' && r.mark != '\t') {
		r.at++
	}
	if r.at < len(r.text) && r.text[r.at] == '"' {
		if err := r.quoted(&b); err != nil {
			return "", err
		}
	} else {
		r.at = from
	}
	from = r.at
	for r.at < len(r.text) && r.text[r.at] != r.mark && r.text[r.at] != r.breaks {
		r.at++
	}
	b.WriteString(strings.TrimSuffix(r.text[from:r.at], "\r"))
	return b.String(), nil
}

// quoted reads what stands within quotes and counts the lines that break there.
func (r *reader) quoted(b *strings.Builder) error {
	for r.at++; r.at < len(r.text); r.at++ {
		c := r.text[r.at]
		switch {
		case c == '"' && r.at+1 < len(r.text) && r.text[r.at+1] == '"':
			r.at++
		case c == '"':
			r.at++
			return nil
		case c == r.breaks:
			r.line++
		}
		b.WriteByte(c)
	}
	return errOpen
}
