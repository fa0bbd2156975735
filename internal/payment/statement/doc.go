// Package statement reads what banks in Viet Nam say of an account: the money that came in, line by line, from the CSV and XLSX
// files that their pages give. It knows no room and no database.
//
// No layout is laid down in code. The line with the columns' names is found by its words, Vietnamese or English, wherever it
// stands; what is above it may tell the bank and the account. A line that tells of money in and cannot be read whole is named,
// never left out in silence.
package statement

import "time"

// Sheet is one file.
type Sheet struct {
	Bank    string // a code such as vietcombank, "other" where nothing tells
	Account string // digits, "" where the file does not say
	Credits []Credit
	Debits  int   // lines of money out, which nobody wants to know here
	Bad     []Bad // lines of money in that cannot be read
}

// Credit is money that came in.
type Credit struct {
	Row    int // of the file, from 1
	At     time.Time
	Amount int64
	Memo   string
	Ref    string // what the bank calls it, or a name made of what the line says
	Nth    int    // which it is of those in the file that say the same, from 1
}

// Bad is a line that cannot be read.
type Bad struct {
	Row  int    `json:"row"`
	Cell string `json:"cell"` // date or amount
	Text string `json:"text"`
}

// Total is how much came in.
func (s Sheet) Total() (sum int64) {
	for _, c := range s.Credits {
		sum += c.Amount
	}
	return sum
}
