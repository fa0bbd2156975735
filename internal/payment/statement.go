package payment

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Statements are the files of banks that were taken in.
var Statements = record.Of[Statement]("statements")

// Statement is one file. The file itself is not kept: its lines are.
type Statement struct{ core.BaseRecordProxy }

// Bank is the bank's code, as the file was recognised.
func (s *Statement) Bank() string { return s.GetString("bank") }

// Account is the account it tells of.
func (s *Statement) Account() string { return s.GetString("account") }

// FileName is what whoever brought it called it.
func (s *Statement) FileName() string { return s.GetString("file_name") }

// Rows is how many credits it holds.
func (s *Statement) Rows() int { return s.GetInt("rows") }

// ImportedBy is who brought it.
func (s *Statement) ImportedBy() string { return s.GetString("imported_by") }

// At is when.
func (s *Statement) At() time.Time { return s.GetDateTime("at").Time() }

func newStatement(app core.App, bank, account, name, sum string, rows int, by string, now time.Time) (*Statement, error) {
	s, err := Statements.New(app)
	if err != nil {
		return nil, err
	}
	s.Set("bank", bank)
	s.Set("account", account)
	s.Set("file_name", name)
	s.Set("sha256", sum)
	s.Set("rows", rows)
	s.Set("imported_by", by)
	s.Set("at", now)
	return s, nil
}
