package vn

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// alphabet is the Vietnamese one, with the four Latin letters it lacks in their usual places.
const alphabet = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"

// tones are the marks of the tones in the order of dictionaries after the level tone: huyền, hỏi, ngã, sắc, nặng.
var tones = map[rune]byte{'\u0300': '1', '\u0309': '2', '\u0303': '3', '\u0301': '4', '\u0323': '5'}

var places = func() map[rune]byte {
	all := map[rune]byte{}
	for i, letter := range []rune(alphabet) {
		all[letter] = byte('A' + i)
	}
	return all
}()

// SortKey returns what to compare, byte by byte, for the order of a Vietnamese dictionary: word by word, ă and â after a,
// đ after d, and tones only where the letters are equal (ma, mà, mả, mã, má, mạ). Capitals do not count.
// SQLite knows no Vietnamese order, so the key is stored beside the text.
func SortKey(s string) string {
	var letters, marks strings.Builder
	for _, r := range norm.NFC.String(strings.ToLower(strings.Join(strings.Fields(s), " "))) {
		letter, tone := apart(r)
		switch place, known := places[letter]; {
		case known:
			letters.WriteByte(place)
		case letter >= '0' && letter <= '9', letter == ' ':
			letters.WriteRune(letter)
		case unicode.IsLetter(letter):
			letters.WriteString("z" + string(letter)) // of another script: after ours
		default:
			continue // a dash or a dot moves nothing
		}
		marks.WriteByte(tone)
	}
	return letters.String() + "\t" + strings.TrimRight(marks.String(), "0")
}

// apart takes the tone off a letter and leaves what makes it a letter of its own: ặ is ă and nặng.
func apart(r rune) (letter rune, tone byte) {
	tone = '0'
	var rest []rune
	for _, part := range norm.NFD.String(string(r)) {
		if mark, ok := tones[part]; ok {
			tone = mark
			continue
		}
		rest = append(rest, part)
	}
	letter = []rune(norm.NFC.String(string(rest)))[0]
	if places[letter] == 0 && len(rest) > 0 && places[rest[0]] != 0 {
		letter = rest[0] // ü sorts as u
	}
	return letter, tone
}
