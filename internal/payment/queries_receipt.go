package payment

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
	"vuon/internal/web"
)

// receiptRow is a receipt in the list.
type receiptRow struct {
	ID       string `db:"id"`
	Number   string `db:"number"`
	Year     int    `db:"year"`
	Seq      int    `db:"seq"`
	Kind     string `db:"kind"`
	Snapshot string `db:"snapshot"`
	IssuedAt string `db:"issued_at"`
	IssuedBy string `db:"issued_by"`
	Of       string `db:"of"`        // number of the receipt that it corrects
	OfID     string `db:"of_id"`     // its id
	Mended   string `db:"mended"`    // number of the receipt that corrects its words
	MendedID string `db:"mended_id"` // its id
}

// receiptColumns are what is shown of a receipt in the row r.
var receiptColumns = []string{
	"r.id", "r.number", "r.year", "r.seq", "r.kind", "r.snapshot", "r.issued_at", "r.issued_by", "coalesce(c.number, '') AS of", "r.corrects AS of_id",
	"coalesce(m.number, '') AS mended", "coalesce(m.id, '') AS mended_id",
}

func receiptsQuery(ctx context.Context, app core.App) *dbx.SelectQuery {
	return app.DB().Select(receiptColumns...).From("receipts r").LeftJoin("receipts c", dbx.NewExp("c.id = r.corrects AND r.corrects != ''")).
		LeftJoin("receipts m", dbx.NewExp("m.cause = r.id")).WithContext(ctx)
}

// receiptsListed lists receipts, the newest first: of one kind, or of all.
func receiptsListed(ctx context.Context, app core.App, a web.Ask, kind string, payables []string) ([]receiptRow, error) {
	from, err := a.From(2)
	if err != nil {
		return nil, err
	}
	q := receiptsQuery(ctx, app).OrderBy("r.year DESC", "r.seq DESC").Limit(int64(a.Limit) + 1)
	if kind != "" {
		q.AndWhere(dbx.HashExp{"r.kind": kind})
	}
	if a.Search != "" {
		q.AndWhere(dbx.Or(dbx.Like("r.number", strings.TrimSpace(a.Search)),
			dbx.NewExp("r.payable IN (SELECT value FROM json_each({:payables}))", dbx.Params{"payables": record.InJSON(payables)})))
	}
	if from != nil {
		year, _ := strconv.Atoi(from[0])
		seq, err := strconv.Atoi(from[1])
		if err != nil {
			return nil, err
		}
		q.AndWhere(dbx.NewExp("(r.year, r.seq) < ({:year}, {:seq})", dbx.Params{"year": year, "seq": seq}))
	}
	var rows []receiptRow
	if err := q.All(&rows); err != nil {
		return nil, fmt.Errorf("list receipts: %w", err)
	}
	return rows, nil
}

// receiptShown is one receipt, as the list shows it.
func receiptShown(ctx context.Context, app core.App, id string) (row receiptRow, err error) {
	if err := receiptsQuery(ctx, app).AndWhere(dbx.HashExp{"r.id": id}).One(&row); err != nil {
		return row, fmt.Errorf("show receipt %s: %w", id, err)
	}
	return row, nil
}
