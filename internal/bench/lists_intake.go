package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strconv"

	"github.com/pocketbase/dbx"

	"vuon/internal/intake"
)

// benchCall is the intake whose lists are measured.
const benchCall = "benchintake0001"

// sought are words that are looked for: some stand in many titles, some in few, some in none.
var sought = []string{
	"đèn", "nuoc sach", "ĐỒNG", "mây tre 99", "hoc", "gạch 1234", "rau", "không có ở đâu", "may loc 7", "xanh 500",
	"cà phê", "den 42", "ong hut", "sấy 88", "thu gom", "áo mưa", "tro", "HS-0009", "nguyen 777", "bếp",
}

// intakeSuite are a column of a board, a search, several filters at once, and a page of the list.
func intakeSuite() suite {
	api := "/api/vuon/intakes/" + benchCall
	column := func(query func(int) string) func(int) string {
		return func(turn int) string { return api + "/board/new?limit=30&" + query(turn) }
	}
	return suite{rows: 100_000, plant: plantApplications, lists: []listed{
		{key: "board_column", pages: []string{" LIMIT 31"}, bare: bareLane, path: column(func(turn int) string {
			return "order=" + []string{"rank", "mean", "newest"}[turn%3] + "&sector=" + []string{"", "energy"}[turn/10%2]
		})},
		{key: "search", pages: []string{" LIMIT 31"}, bare: bareList, path: func(turn int) string {
			return api + "/applications?limit=30&q=" + url.QueryEscape(sought[turn%len(sought)])
		}},
		{key: "filters", pages: []string{" LIMIT 31"}, bare: bareLane, path: column(func(turn int) string {
			return "order=mean&owner=" + []string{"none", "me"}[turn%2] + "&min=" + strconv.Itoa(1+turn%3) + "&apart=1&answer.sector=health&proposal=" + []string{"", "none"}[turn/2%2]
		})},
		{key: "list", pages: []string{" LIMIT 51"}, bare: bareList, path: func(turn int) string {
			return api + "/applications?status=" + []string{"", "submitted"}[turn%2] + "&limit=50&max=" + []string{"", "5"}[turn/2%2]
		}},
	}}
}

func bareLane(ctx context.Context, db *dbx.DB, sqls []string, w io.Writer) error {
	page, err := bareRows[intake.CardLine](ctx, db, sqls[0])
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(intake.LaneFrom(page, pageRows(sqls[0])))
}

func bareList(ctx context.Context, db *dbx.DB, sqls []string, w io.Writer) error {
	page, err := bareRows[intake.CardLine](ctx, db, sqls[0])
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(intake.ListFrom(page, pageRows(sqls[0])))
}

// line is something that a row of a query is read into.
type line[T any] interface {
	*T
	Into() []any
}

// bareRows runs a query with database/sql and nothing else.
func bareRows[T any, P line[T]](ctx context.Context, db *dbx.DB, sql string) ([]T, error) {
	rows, err := db.DB().QueryContext(ctx, sql)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // what was read is read
	lines := []T{}
	for rows.Next() {
		var l T
		if err := rows.Scan(P(&l).Into()...); err != nil {
			return nil, fmt.Errorf("read a row: %w", err)
		}
		lines = append(lines, l)
	}
	return lines, rows.Err()
}

// pageRows is how many rows a query was asked for, less the one that shows another page.
func pageRows(sql string) int {
	n, err := strconv.Atoi(sql[len(sql)-2:])
	if err != nil {
		return 0
	}
	return n - 1
}
