// Package vietqr writes and reads the text behind a VietQR picture: a transfer to an account of a bank in Viet Nam, as NAPAS
// lays it down (QR format 1.5.2) on top of EMVCo's merchant-presented codes. It knows no room and no database.
//
//	00 = 01                     the format
//	01 = 11 | 12                one picture for many transfers, or for one
//	38 = 00 = A000000727        NAPAS
//	     01 = 00 = bank, 01 = account
//	     02 = QRIBFTTA          to an account (QRIBFTTC: to a card)
//	53 = 704, 54 = amount, 58 = VN
//	62 = 08 = memo
//	63 = CRC-16/CCITT-FALSE over everything before it, its own name and length included
//
// The reader is strict: a text that any part of contradicts any other is refused whole, for money follows it.
package vietqr

import (
	"fmt"
	"strconv"
	"strings"
)

// The most that the parts of a transfer may hold.
const (
	LongestAccount = 19
	LongestMemo    = 25
	Greatest       = 9_999_999_999_999 // thirteen digits
)

// What is wrong with a transfer or with a text. Its words are a code.
var (
	ErrBank     = refusal("vietqr.bank")     // no bank identification number of six digits
	ErrAccount  = refusal("vietqr.account")  // no account: one to nineteen letters and digits
	ErrAmount   = refusal("vietqr.amount")   // not a whole number of đồng between 1 and Greatest, written without noughts before it
	ErrMemo     = refusal("vietqr.memo")     // longer than LongestMemo, or not plain ASCII
	ErrText     = refusal("vietqr.text")     // characters that no payload has
	ErrLength   = refusal("vietqr.length")   // a length that does not fit what follows
	ErrTwice    = refusal("vietqr.twice")    // a part that stands there twice
	ErrFormat   = refusal("vietqr.format")   // does not begin with the version, or does not say how often it may be used
	ErrChecksum = refusal("vietqr.checksum") // the checksum is missing, not at the end or not that of the text
	ErrNetwork  = refusal("vietqr.network")  // no account in the network of NAPAS, or of a service it does not know
	ErrCountry  = refusal("vietqr.country")  // not đồng, or not in Viet Nam
)

type refusal string

// Error is the code of the refusal.
func (r refusal) Error() string { return string(r) }

// The fixed values.
const (
	version   = "01"
	static    = "11"
	dynamic   = "12"
	network   = "A000000727"
	toAccount = "QRIBFTTA"
	toCard    = "QRIBFTTC"
	dong      = "704"
	country   = "VN"
)

// Transfer is what a picture asks a bank's app to do.
type Transfer struct {
	Bank    string `json:"bin"`     // bank identification number, six digits
	Account string `json:"account"` // or the number of a card
	Amount  int64  `json:"amount"`  // đồng; 0: the payer says how much
	Memo    string `json:"memo"`
	Dynamic bool   `json:"dynamic"` // for one transfer only; Payload sets it where there is an amount
}

// Payload writes the text behind the picture.
// Errors: ErrBank, ErrAccount, ErrAmount, ErrMemo.
func (t Transfer) Payload() (string, error) {
	switch {
	case !isBank(t.Bank):
		return "", ErrBank
	case !isAccount(t.Account):
		return "", ErrAccount
	case t.Amount < 0 || t.Amount > Greatest:
		return "", ErrAmount
	case !isMemo(t.Memo):
		return "", ErrMemo
	}
	method, amount, more := static, "", ""
	if t.Amount > 0 {
		method, amount = dynamic, part("54", strconv.FormatInt(t.Amount, 10))
	}
	if t.Memo != "" {
		more = part("62", part("08", t.Memo))
	}
	account := part("00", network) + part("01", part("00", t.Bank)+part("01", t.Account)) + part("02", toAccount)
	body := part("00", version) + part("01", method) + part("38", account) + part("53", dong) + amount + part("58", country) + more + "6304"
	return body + checksum(body), nil
}

// part is one value under its name, and its length between them. No value of ours is longer than 99.
func part(name, value string) string { return fmt.Sprintf("%s%02d%s", name, len(value), value) }

// checksum is CRC-16/CCITT-FALSE: polynomial 1021, begun with FFFF, nothing reflected, nothing turned at the end.
func checksum(text string) string {
	crc := uint16(0xFFFF)
	for i := range len(text) {
		crc ^= uint16(text[i]) << 8
		for range 8 {
			if crc&0x8000 != 0 {
				crc = crc<<1 ^ 0x1021
			} else {
				crc <<= 1
			}
		}
	}
	return fmt.Sprintf("%04X", crc)
}

func isBank(text string) bool { return len(text) == 6 && only(text, digit) }

func isAccount(text string) bool {
	return text != "" && len(text) <= LongestAccount && only(text, func(c byte) bool {
		return digit(c) || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
	})
}

func isMemo(text string) bool { return len(text) <= LongestMemo && only(text, plain) }

func digit(c byte) bool { return c >= '0' && c <= '9' }

// plain is what a payload may be written with: visible ASCII and the blank.
func plain(c byte) bool { return c >= ' ' && c <= '~' }

func only(text string, may func(byte) bool) bool {
	for i := range len(text) {
		if !may(text[i]) {
			return false
		}
	}
	return true
}

// isAmount says whether text is a whole number of đồng as Payload would write it.
func isAmount(text string) bool {
	return text != "" && len(text) <= 13 && text[0] != '0' && strings.Trim(text, "0123456789") == ""
}
