package payment

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// Lines are what the bank says came in, each line once.
var Lines = record.Of[Line]("bank_lines")

// Line is one credit of a statement. What the bank says of it never changes; what it pays for may.
type Line struct{ core.BaseRecordProxy }

// The states of a line.
const (
	LineUnmatched lifecycle.State = "unmatched" // nobody knows for what
	LineMatched   lifecycle.State = "matched"   // it pays for something that is paid whole
	LinePartial   lifecycle.State = "partial"   // it pays for a part, and the rest has not come
	LineOver      lifecycle.State = "over"      // it pays for something, and more came than was asked
	LineLate      lifecycle.State = "late"      // what it would pay for was over, and could not be had any more
	LineDuplicate lifecycle.State = "duplicate" // what it would pay for was paid already
	LineIgnored   lifecycle.State = "ignored"   // a person said that it is no money for what is sold here
	LineReturned  lifecycle.State = "returned"  // it went back, or what was too much of it
)

// LineLife is every legal move of a line.
var LineLife = lifecycle.Table{
	Collection: Lines.Collection,
	Start:      LineUnmatched,
	Ends:       []lifecycle.State{LineMatched, LineReturned},
	Moves: []lifecycle.Move{
		lifecycle.Moved("bank_line", "match", LineMatched, LineUnmatched, LinePartial, LineLate, LineOver),
		lifecycle.Moved("bank_line", "fall_short", LinePartial, LineUnmatched),
		lifecycle.Moved("bank_line", "exceed", LineOver, LineUnmatched, LineLate),
		lifecycle.Moved("bank_line", "come_late", LineLate, LineUnmatched),
		lifecycle.Moved("bank_line", "repeat", LineDuplicate, LineUnmatched),
		lifecycle.Moved("bank_line", "ignore", LineIgnored, LineUnmatched),
		lifecycle.Moved("bank_line", "reopen", LineUnmatched, LineIgnored, LineLate, LinePartial),
		lifecycle.Moved("bank_line", "return", LineReturned, LineUnmatched, LineLate, LinePartial, LineOver, LineDuplicate),
	},
}

// waiting are the states that a person must clear.
var waiting = []lifecycle.State{LineUnmatched, LinePartial, LineOver, LineLate, LineDuplicate}

// Suggestion is what a line may pay for, and why the house thinks so.
type Suggestion struct {
	Payable string `json:"payable"`
	Why     string `json:"why"` // code, amount or both_codes
}

// Status is where the line stands.
func (l *Line) Status() lifecycle.State { return lifecycle.State(l.GetString("status")) }

// Waits says whether a person must clear it.
func (l *Line) Waits() bool { return slices.Contains(waiting, l.Status()) }

// StatementID is the statement in which it was first seen.
func (l *Line) StatementID() string { return l.GetString("statement") }

// Bank is the bank's code, as the statement was recognised.
func (l *Line) Bank() string { return l.GetString("bank") }

// Account is the account into which the money came.
func (l *Line) Account() string { return l.GetString("account") }

// Ref is what the bank calls the transfer.
func (l *Line) Ref() string { return l.GetString("bank_ref") }

// BookedAt is when the bank booked it.
func (l *Line) BookedAt() time.Time { return l.GetDateTime("booked_at").Time() }

// Amount is what came.
func (l *Line) Amount() Dong { return int64(l.GetInt("amount_vnd")) }

// Moved is how much of it was split off into lines of its own.
func (l *Line) Moved() Dong { return int64(l.GetInt("moved_vnd")) }

// Left is what of it is still this line's.
func (l *Line) Left() Dong { return l.Amount() - l.Moved() }

// Memo is what the payer wrote, as the bank passes it on.
func (l *Line) Memo() string { return l.GetString("memo") }

// PaymentID is the payment that its money counts for, or "".
func (l *Line) PaymentID() string { return l.GetString("payment") }

// SplitOf is the line of which this one is a part, or "".
func (l *Line) SplitOf() string { return l.GetString("split_of") }

// Note is what a person said when they cleared it.
func (l *Line) Note() string { return l.GetString("note") }

// HandledBy is who cleared it, "" where nobody had to.
func (l *Line) HandledBy() string { return l.GetString("handled_by") }

// Suggestions are what it may pay for; tried is false while nobody has looked.
func (l *Line) Suggestions() (some []Suggestion, tried bool) {
	text := l.GetString("suggestion")
	if text == "" || text == "null" {
		return nil, false
	}
	return some, json.Unmarshal([]byte(text), &some) == nil
}

// newLine describes a line that is not yet stored.
func newLine(app core.App, statement, bank, account, ref string, booked time.Time, amount Dong, memo string) (*Line, error) {
	l, err := Lines.New(app)
	if err != nil {
		return nil, err
	}
	l.Set("statement", statement)
	l.Set("bank", bank)
	l.Set("account", account)
	l.Set("bank_ref", ref)
	l.Set("booked_at", booked)
	l.Set("amount_vnd", amount)
	l.Set("memo", memo)
	l.Set("search_key", vn.Fold(memo+" "+ref))
	return l, nil
}

func (l *Line) partOf(parent *Line)     { l.Set("split_of", parent.Id) }
func (l *Line) moveOut(more Dong)       { l.Set("moved_vnd", l.Moved()+more) }
func (l *Line) payFor(payment string)   { l.Set("payment", payment) }
func (l *Line) suggest(s []Suggestion)  { l.Set("suggestion", append([]Suggestion{}, s...)) }
func (l *Line) handled(by, note string) { l.Set("handled_by", by); l.Set("note", note) }

func (l *Line) sameFacts(was *Line) bool {
	return l.StatementID() == was.StatementID() && l.Bank() == was.Bank() && l.Account() == was.Account() && l.Ref() == was.Ref() &&
		l.BookedAt().Equal(was.BookedAt()) && l.Amount() == was.Amount() && l.Memo() == was.Memo() && l.SplitOf() == was.SplitOf()
}
