package bench

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"

	"vuon/internal/fault"
	"vuon/internal/record"
)

// sale is an event on sale: its one quota and its one type.
type sale struct{ event, slug, quota, kind string }

// takeSeats is the conditional UPDATE of every part but the house's own.
const takeSeats = "UPDATE quotas SET held = held + 2 WHERE id = ? AND (unlimited OR held + sold + 2 <= size)"

// plantSale stores an event on sale with a million seats.
func plantSale(house core.App, at time.Time) (sale, error) {
	s := sale{"benchevent00001", "bench", "benchquota00001", "benchtype000001"}
	params := dbx.Params{"at": record.Stamp(at), "starts": record.Stamp(at.AddDate(0, 0, 30)), "ends": record.Stamp(at.AddDate(0, 0, 31)), "event": s.event, "quota": s.quota, "kind": s.kind}
	for _, statement := range []string{
		`INSERT INTO events (id, slug, title_vi, mode, starts_at, ends_at, status, rev, created, updated)
			VALUES ({:event}, 'bench', 'Bench', 'onsite', {:starts}, {:ends}, 'published', 1, {:at}, {:at})`,
		`INSERT INTO quotas (id, event, name, size, rev, created, updated) VALUES ({:quota}, {:event}, 'Bench', 1000000000, 1, {:at}, {:at})`,
		`INSERT INTO ticket_types (id, event, name_vi, price_vnd, quotas, visibility, rev, created, updated)
			VALUES ({:kind}, {:event}, 'Bench', 100000, json_array({:quota}), 'public', 1, {:at}, {:at})`,
	} {
		if _, err := house.NonconcurrentDB().NewQuery(statement).Bind(params).Execute(); err != nil {
			return s, fmt.Errorf("plant a sale: %w", err)
		}
	}
	return s, nil
}

// bareOrders makes orders in one transaction, with nothing but the database: prepared statements, no hook, no journal.
func bareOrders(ctx context.Context, house core.App, s sale, at time.Time, n int) (_ int, err error) {
	db, ok := house.NonconcurrentDB().(*dbx.DB)
	if !ok {
		return 0, errors.New("there is no database")
	}
	tx, err := db.DB().BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, tx.Rollback())
		}
	}()
	take, err := tx.PrepareContext(ctx, takeSeats)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, take.Close()) }()
	order, err := tx.PrepareContext(ctx, `INSERT INTO orders (id, code, event, locale, total_vnd, vat_vnd, hold_until, link_gen, seats, status, rev, created, updated)
		VALUES (?, ?, ?, 'vi', 200000, 0, ?, 1, 2, 'cart', 1, ?, ?)`)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, order.Close()) }()
	tickets, err := tx.PrepareContext(ctx, "INSERT INTO tickets (id, code, `order`, event, type, price_vnd, vat_vnd, generation, status, rev, created, updated) "+
		"VALUES (?, ?, ?, ?, ?, 100000, 0, 1, 'held', 1, ?, ?), (?, ?, ?, ?, ?, 100000, 0, 1, 'held', 1, ?, ?)")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, tickets.Close()) }()
	now, until := record.Stamp(at), record.Stamp(at.Add(15*time.Minute))
	for range n {
		took, err := take.ExecContext(ctx, s.quota)
		if err != nil {
			return 0, err
		}
		if had, err := took.RowsAffected(); err != nil || had != 1 {
			return 0, errors.Join(err, errors.New("sold out"))
		}
		id := core.GenerateDefaultRandomId()
		if _, err := order.ExecContext(ctx, id, security.RandomString(8), s.event, until, now, now); err != nil {
			return 0, err
		}
		if _, err := tickets.ExecContext(ctx, core.GenerateDefaultRandomId(), security.RandomString(10), id, s.event, s.kind, now, now,
			core.GenerateDefaultRandomId(), security.RandomString(10), id, s.event, s.kind, now, now); err != nil {
			return 0, err
		}
	}
	return n, tx.Commit()
}

// savedOrder makes one order in a transaction of its own, as one would without thinking of a crowd: three rows, each saved.
func savedOrder(house core.App, s sale, at time.Time) error {
	return house.RunInTransaction(func(tx core.App) error {
		took, err := tx.NonconcurrentDB().NewQuery("UPDATE quotas SET held = held + 2 WHERE id = {:id} AND (unlimited OR held + sold + 2 <= size)").
			Bind(dbx.Params{"id": s.quota}).Execute()
		if err != nil {
			return err
		}
		if had, err := took.RowsAffected(); err != nil || had != 1 {
			return fault.Conflict("order.sold_out")
		}
		orders, err := tx.FindCachedCollectionByNameOrId("orders")
		if err != nil {
			return err
		}
		tickets, err := tx.FindCachedCollectionByNameOrId("tickets")
		if err != nil {
			return err
		}
		o := core.NewRecord(orders)
		o.Load(map[string]any{
			"code": security.RandomString(8), "event": s.event, "locale": "vi", "total_vnd": 200000, "hold_until": at.Add(15 * time.Minute),
			"link_gen": 1, "seats": seatsEach, "status": "cart",
		})
		if err := tx.Save(o); err != nil {
			return err
		}
		for range seatsEach {
			k := core.NewRecord(tickets)
			k.Load(map[string]any{
				"code": security.RandomString(10), "order": o.Id, "event": s.event, "type": s.kind, "price_vnd": 100000, "generation": 1, "status": "held",
			})
			if err := tx.Save(k); err != nil {
				return err
			}
		}
		return nil
	})
}

// seatsHeld counts the seats that are held, their tickets and the orders.
func seatsHeld(house core.App, s sale) (held, tickets, orders int, err error) {
	err = house.DB().NewQuery(`SELECT q.held, (SELECT count(*) FROM tickets k WHERE k.event = q.event AND k.status = 'held'),
		(SELECT count(*) FROM orders o WHERE o.event = q.event) FROM quotas q WHERE q.id = {:id}`).Bind(dbx.Params{"id": s.quota}).Row(&held, &tickets, &orders)
	return held, tickets, orders, err
}
