package vn

import "strings"

// Unseen says whether a character steers a machine and is seen by nobody: NUL, the bell, an escape. Breaks of lines and tabs are none of them.
func Unseen(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7f }

// WithoutUnseen leaves such characters out of what another machine has written, whom nobody can ask to write it anew.
func WithoutUnseen(s string) string {
	return strings.Map(func(r rune) rune {
		if Unseen(r) {
			return -1
		}
		return r
	}, s)
}
