package ics

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longest is how many bytes a line may have, without its end (RFC 5545, 3.1).
const longest = 75

// writer writes content lines.
type writer struct{ out *bytes.Buffer }

// line writes a property whose value is our own: codes, numbers, dates, addresses that were looked at.
func (w writer) line(name, value string) { w.fold(name + ":" + value) }

// text writes a property whose value is somebody's words.
func (w writer) text(name, words string) { w.fold(name + ":" + escaped(words)) }

func (w writer) optional(name, words string) {
	if clean(words) != "" {
		w.text(name, words)
	}
}

// fold breaks a line that is too long: the next one begins with a space. No character is cut in two.
func (w writer) fold(line string) {
	room := longest
	for len(line) > room {
		cut := room
		for !utf8.RuneStart(line[cut]) {
			cut--
		}
		w.out.WriteString(line[:cut] + "\r\n ")
		line, room = line[cut:], longest-1
	}
	w.out.WriteString(line + "\r\n")
}

var marks = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

// escaped writes words as the value of a text (3.3.11).
func escaped(words string) string { return marks.Replace(clean(words)) }

// clean leaves of words what may stand in a text: every kind of line break becomes the one, and no other control character
// is left, nor anything that is no UTF-8.
func clean(words string) string {
	words = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(words, "\uFFFD"))
	words = strings.Map(func(r rune) rune {
		switch {
		case r == '\u0085', r == '\u2028', r == '\u2029': // line breaks to some readers
			return '\n'
		case unicode.IsControl(r) && r != '\n' && r != '\t', r == '\uFEFF':
			return -1
		}
		return r
	}, words)
	return strings.TrimSpace(words)
}
