package events

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// alphabet is what codes are made of: no character that is taken for another. It has a prime number of them, so that a weighted
// sum finds every single mistake and every two characters that changed places.
const alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

const (
	orderCode  = 8  // characters of an order's code, the last of which proves the others
	ticketCode = 10 // characters of a ticket's code
)

// MemoPrefix stands before the code of an order in what people write on a bank transfer.
const MemoPrefix = "VUON"

// dice draws characters from random bytes without preferring any.
type dice struct {
	random io.Reader
	bytes  []byte
}

func (d *dice) draw(n int) ([]byte, error) {
	const fair = 256 / len(alphabet) * len(alphabet)
	out := make([]byte, 0, n)
	for len(out) < n {
		if len(d.bytes) == 0 {
			d.bytes = make([]byte, 64)
			if _, err := io.ReadFull(d.random, d.bytes); err != nil {
				return nil, fmt.Errorf("draw a code: %w", err)
			}
		}
		if b := int(d.bytes[0]); b < fair {
			out = append(out, alphabet[b%len(alphabet)])
		}
		d.bytes = d.bytes[1:]
	}
	return out, nil
}

// order draws the code of an order.
func (d *dice) order() (string, error) {
	code, err := d.draw(orderCode - 1)
	if err != nil {
		return "", err
	}
	return string(append(code, proof(string(code)))), nil
}

// ticket draws the code of a ticket.
func (d *dice) ticket() (string, error) {
	code, err := d.draw(ticketCode)
	return string(code), err
}

// proof is the character that proves those before it.
func proof(code string) byte {
	sum := 0
	for i := range len(code) {
		sum += (i + 1) * strings.IndexByte(alphabet, code[i])
	}
	// The last place has the weight 8, of which 4 is the inverse: 8 · 4 = 32 = 1 modulo 31.
	return alphabet[(len(alphabet)-sum%len(alphabet))*4%len(alphabet)]
}

// SoundCode says whether a text can be the code of an order: eight characters of which the last proves the others.
func SoundCode(code string) bool {
	return len(code) == orderCode && strings.Trim(code, alphabet) == "" && proof(code[:orderCode-1]) == code[orderCode-1]
}

// CodesIn finds the codes of orders in what a bank passes on of a transfer, wherever they stand there, each once: banks put words
// before it, drop blanks and write small letters.
func CodesIn(memo string) (codes []string) {
	bare := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z':
			return r
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		}
		return -1
	}, memo)
	for rest := bare; ; rest = rest[1:] {
		at := strings.Index(rest, MemoPrefix)
		if at < 0 || len(rest) < at+len(MemoPrefix)+orderCode {
			return codes
		}
		rest = rest[at:]
		if code := rest[len(MemoPrefix):][:orderCode]; SoundCode(code) && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
}
