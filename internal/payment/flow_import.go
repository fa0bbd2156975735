package payment

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/payment/statement"
	"vuon/internal/payment/vietqr"
	"vuon/internal/vn"
)

// Taken is what became of a statement.
type Taken struct {
	Bank     string          `json:"bank"`
	Account  string          `json:"account"`
	Credits  int             `json:"credits"` // lines of money in
	Total    Dong            `json:"total_vnd"`
	New      int             `json:"new"`     // of them, those that were not known
	Known    int             `json:"known"`   // and those that were
	Matched  int             `json:"matched"` // of the new ones, those that paid for something
	Waiting  int             `json:"waiting"` // and those that a person must clear
	Debits   int             `json:"debits"`
	Bad      []statement.Bad `json:"bad"`
	Imported bool            `json:"imported"` // false: this is only what it would be
	Other    bool            `json:"other"`    // it tells of another account than the centre's
}

// inOneGo is how many lines one transaction stores: others write as well.
const inOneGo = 100

// ImportStatement takes in what a bank says and lets every line pay for what its memo names. A line that is known is left as it is,
// so that statements may overlap and the same file may be brought again; what broke off goes on where it stopped. With look nothing
// is stored. Finance and managers of the whole house.
// Errors: access.sign_in, access.needs_finance, and those of statement.Read.
func ImportStatement(app core.App, by access.Actor, name string, raw []byte, look bool, now time.Time) (*Taken, error) {
	if err := access.MayKeepBooks(by); err != nil {
		return nil, err
	}
	sheet, err := statement.Read(raw)
	if err != nil {
		return nil, err
	}
	other, err := ours(app, &sheet)
	if err != nil {
		return nil, err
	}
	t := &Taken{
		Other: other, Bank: sheet.Bank, Account: sheet.Account, Credits: len(sheet.Credits), Total: sheet.Total(), Debits: sheet.Debits,
		Bad: append([]statement.Bad{}, sheet.Bad...), Imported: !look,
	}
	if look {
		for _, c := range sheet.Credits {
			_, known, err := named(app, sheet, c)
			if err != nil {
				return nil, err
			}
			t.count(known)
		}
		return t, nil
	}
	s, err := filed(app, by, sheet, name, raw, now)
	if err != nil {
		return nil, err
	}
	fresh, err := t.store(app, s, sheet)
	if err != nil {
		return nil, err
	}
	return t, t.settle(app, by, fresh, now)
}

// ours fills in what a file does not say, for files of one account must name it alike, and says whether it tells of another one.
func ours(app core.App, sheet *statement.Sheet) (other bool, err error) {
	to, err := needs(app).Account(app)
	if err != nil || to.Bank == "" {
		return false, err
	}
	if sheet.Bank == "other" {
		if name := vn.Fold(vietqr.BankName(to.Bank)); name != "" {
			sheet.Bank = strings.ReplaceAll(name, " ", "")
		}
	}
	if sheet.Account == "" {
		sheet.Account = to.Number
	}
	return sheet.Account != to.Number, nil
}

func (t *Taken) count(known bool) {
	if known {
		t.Known++
	} else {
		t.New++
	}
}

// filed is the row of a file; one that was brought before has one.
func filed(app core.App, by access.Actor, sheet statement.Sheet, name string, raw []byte, now time.Time) (s *Statement, err error) {
	sum := sha256.Sum256(raw)
	digest := hex.EncodeToString(sum[:])
	err = app.RunInTransaction(func(tx core.App) error {
		if s, err = statementKnown(tx, digest); err != nil || s != nil {
			return err
		}
		if s, err = newStatement(tx, sheet.Bank, sheet.Account, shortName(name), digest, len(sheet.Credits), by.ID, now); err != nil {
			return err
		}
		if err := tx.Save(s); err != nil {
			return fmt.Errorf("file a statement: %w", err)
		}
		return lifecycle.Note(tx, by, now, Statements.Collection, s.Id, "import",
			lifecycle.With(map[string]any{"bank": sheet.Bank, "credits": len(sheet.Credits), "total_vnd": sheet.Total()}))
	})
	return s, err
}

// shortName is a file's name without the folders of whoever brought it.
func shortName(name string) string {
	r := []rune(strings.TrimSpace(path.Base(strings.ReplaceAll(name, `\`, "/"))))
	return string(r[:min(len(r), 200)])
}

// store writes the lines that are not known, a hundred in one transaction, and names them.
func (t *Taken) store(app core.App, s *Statement, sheet statement.Sheet) (fresh []string, err error) {
	for rest := sheet.Credits; len(rest) > 0; {
		some := rest[:min(inOneGo, len(rest))]
		rest = rest[len(some):]
		var ids []string
		known := 0
		if err := app.RunInTransaction(func(tx core.App) error {
			ids, known = nil, 0
			for _, c := range some {
				id, err := add(tx, s, sheet, c)
				switch {
				case err != nil:
					return err
				case id == "":
					known++
				default:
					ids = append(ids, id)
				}
			}
			return nil
		}); err != nil {
			return nil, err
		}
		fresh = append(fresh, ids...)
		t.Known, t.New = t.Known+known, t.New+len(ids)
	}
	return fresh, nil
}

// add stores one line; "" where it is known.
func add(tx core.App, s *Statement, sheet statement.Sheet, c statement.Credit) (string, error) {
	ref, known, err := named(tx, sheet, c)
	if err != nil || known {
		return "", err
	}
	l, err := newLine(tx, s.Id, sheet.Bank, sheet.Account, ref, c.At, c.Amount, c.Memo)
	if err != nil {
		return "", err
	}
	if err := tx.Save(l); err != nil {
		return "", fmt.Errorf("store line %d of a statement: %w", c.Row, err)
	}
	return l.Id, nil
}

// named finds the name under which a line is kept. A bank may give one name to several transfers, and a file may hold several that
// say the same: they are counted, so that no money is taken for known that is not, and none for new that is known.
func named(app core.App, sheet statement.Sheet, c statement.Credit) (ref string, known bool, err error) {
	ref = c.Ref
	for n, same := 2, 0; ; n++ {
		there, err := lineNamed(app, sheet.Bank, sheet.Account, ref)
		switch {
		case err != nil:
			return "", false, err
		case there == nil:
			return ref, false, nil
		case there.says(c):
			if same++; same == c.Nth {
				return ref, true, nil
			}
		}
		ref = c.Ref + "~" + strconv.Itoa(n)
	}
}

// says whether a line is what a statement tells of.
func (l *Line) says(c statement.Credit) bool {
	return l.Amount() == c.Amount && l.BookedAt().Equal(c.At) && l.Memo() == c.Memo
}

// settle looks for what each new line pays for. What one line meets keeps up no other.
func (t *Taken) settle(app core.App, by access.Actor, fresh []string, now time.Time) error {
	var failed error
	for _, id := range fresh {
		if err := match(app, access.Job(jobMatch), id, now); err != nil {
			failed = errors.Join(failed, err)
		}
		l, err := Lines.Find(app, id)
		if err != nil {
			return errors.Join(failed, err)
		}
		if l.Waits() {
			t.Waiting++
		} else {
			t.Matched++
		}
	}
	if failed != nil && fault.As(failed) == nil {
		app.Logger().Error("lines of a statement could not be matched", "by", by.ID, "error", failed)
	}
	return nil // they wait in the queue, and the job tries again
}
