package vietqr

import (
	"strconv"
	"strings"
)

// Parse reads the text behind a picture. What other networks and a merchant's name add to it is let pass where it is well
// formed; every part that says where the money goes must be whole and stand there once.
// Errors: all of the package's; the first that is found.
func Parse(payload string) (Transfer, error) {
	if !only(payload, plain) {
		return Transfer{}, ErrText
	}
	at := len(payload) - len("6304FFFF")
	if at < 0 || !strings.HasPrefix(payload[at:], "6304") || checksum(payload[:at+4]) != payload[at+4:] {
		return Transfer{}, ErrChecksum
	}
	parts, err := apart(payload[:at])
	if err != nil {
		return Transfer{}, err
	}
	method := parts["01"]
	if _, again := parts["63"]; again {
		return Transfer{}, ErrTwice
	}
	switch {
	case !strings.HasPrefix(payload, part("00", version)), method != static && method != dynamic:
		return Transfer{}, ErrFormat
	case parts["53"] != dong || parts["58"] != country:
		return Transfer{}, ErrCountry
	}
	t := Transfer{Dynamic: method == dynamic}
	if t.Bank, t.Account, err = receiver(parts["38"]); err != nil {
		return Transfer{}, err
	}
	if t.Amount, err = amountOf(parts); err != nil {
		return Transfer{}, err
	}
	if t.Memo, err = memoOf(parts); err != nil {
		return Transfer{}, err
	}
	return t, nil
}

// receiver reads whose account it is.
func receiver(text string) (bank, account string, err error) {
	whole, err := apart(text)
	if err != nil {
		return "", "", err
	}
	service := whole["02"]
	if whole["00"] != network || len(whole) != 3 || service != toAccount && service != toCard {
		return "", "", ErrNetwork
	}
	who, err := apart(whole["01"])
	switch {
	case err != nil:
		return "", "", err
	case !isBank(who["00"]):
		return "", "", ErrBank
	case !isAccount(who["01"]) || len(who) != 2:
		return "", "", ErrAccount
	}
	return who["00"], who["01"], nil
}

func amountOf(parts map[string]string) (int64, error) {
	text, given := parts["54"]
	switch {
	case !given:
		return 0, nil
	case !isAmount(text):
		return 0, ErrAmount
	}
	return strconv.ParseInt(text, 10, 64)
}

func memoOf(parts map[string]string) (string, error) {
	text, given := parts["62"]
	if !given {
		return "", nil
	}
	more, err := apart(text)
	if err != nil {
		return "", err
	}
	memo, given := more["08"]
	if len(memo) > LongestMemo || given && memo == "" {
		return "", ErrMemo
	}
	return memo, nil
}

// apart cuts a text into its parts. Lengths count bytes, and the text is ASCII. Errors: ErrLength, ErrTwice.
func apart(text string) (map[string]string, error) {
	parts := map[string]string{}
	for text != "" {
		if len(text) < 4 || !only(text[:4], digit) {
			return nil, ErrLength
		}
		name, rest := text[:2], text[4:]
		long := int(text[2]-'0')*10 + int(text[3]-'0')
		if long == 0 || long > len(rest) { // no part is written for nothing
			return nil, ErrLength
		}
		if _, again := parts[name]; again {
			return nil, ErrTwice
		}
		parts[name], text = rest[:long], rest[long:]
	}
	return parts, nil
}
