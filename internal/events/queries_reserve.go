package events

import (
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/record"
)

// statement is prepared once for a transaction; its values are written into the same map each time.
type statement struct {
	*dbx.Query
	values dbx.Params
}

// statement prepares a text once.
func (d *desk) statement(text string) *statement {
	if s := d.prepared[text]; s != nil {
		return s
	}
	s := &statement{d.tx.NonconcurrentDB().NewQuery(text).Prepare(), dbx.Params{"": nil}}
	s.Bind(s.values)
	d.prepared[text] = s
	return s
}

func (d *desk) close() (err error) {
	for _, s := range d.prepared {
		err = errors.Join(err, s.Close())
	}
	return err
}

// shelf reads an event and its types once; nil is that there is no such event.
func (d *desk) shelf(event string) (*shelf, error) {
	if s, known := d.stock[event]; known {
		return s, nil
	}
	v, err := Events.First(d.tx, dbx.Or(dbx.HashExp{"slug": event}, dbx.HashExp{"id": event}))
	if fault.As(err) != nil {
		d.stock[event] = nil
		return nil, nil //nolint:nilerr // nothing on the shelf is an answer
	}
	if err != nil {
		return nil, err
	}
	kinds, err := kindsByID(d.tx, v.Id)
	if err != nil {
		return nil, err
	}
	s := &shelf{v, kinds}
	d.stock[event] = s
	return s, nil
}

// sameKey is the order that a key has made; nil is none.
func (d *desk) sameKey(event, key string) (*keyed, error) {
	s := d.statement("SELECT id, user, seats FROM orders WHERE event = {:event} AND key = {:key} AND key != ''")
	s.values["event"], s.values["key"] = event, key
	k := &keyed{}
	err := s.Row(&k.ID, &k.User, &k.Seats)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil //nolint:nilnil // no such order is an answer
	}
	return k, err
}

// keyed is what is known of an order that a key has made.
type keyed struct {
	ID, User string
	Seats    int
}

// fits refuses a key that was used for something else, or by somebody else: request.key_reused. As many seats, and of each kind no
// fewer, are the same.
func (d *desk) fits(a *ask, k *keyed) (refused, err error) {
	if k.Seats != a.seats || k.User != userOf(a.By) {
		return fault.Conflict("request.key_reused"), nil
	}
	for _, l := range a.Lines {
		s := d.statement("SELECT count(*) FROM tickets WHERE `order` = {:order} AND type = {:type}")
		s.values["order"], s.values["type"] = k.ID, l.Type
		n := 0
		if err := s.Row(&n); err != nil {
			return nil, fmt.Errorf("compare order %s: %w", k.ID, err)
		}
		if n < l.Count {
			return fault.Conflict("request.key_reused"), nil
		}
	}
	return nil, nil
}

// hold takes seats of a quota where there are as many.
func (d *desk) hold(quota string, seats int) (bool, error) {
	s := d.statement("UPDATE quotas SET held = held + {:n} WHERE id = {:id} AND (unlimited OR held + sold + {:n} <= size)")
	s.values["n"], s.values["id"] = seats, quota
	done, err := s.Execute()
	if err != nil {
		return false, fmt.Errorf("hold seats of %s: %w", quota, err)
	}
	rows, err := done.RowsAffected()
	return rows == 1, err
}

// unhold gives seats of a quota back.
func (d *desk) unhold(quota string, seats int) error {
	s := d.statement("UPDATE quotas SET held = held - {:n} WHERE id = {:id}")
	s.values["n"], s.values["id"] = seats, quota
	_, err := s.Execute()
	return err
}

// insert stores a cart and its tickets, which are held.
func (d *desk) insert(a *ask, rows []seat) error {
	now := record.Stamp(a.now)
	s := d.statement(`INSERT INTO orders (id, code, event, user, locale, total_vnd, vat_vnd, key, hold_until, link_gen, seats, status, rev, created, updated)
		VALUES ({:id}, {:code}, {:event}, {:user}, {:locale}, {:total}, {:vat}, {:key}, {:until}, 1, {:seats}, 'cart', 1, {:now}, {:now})`)
	v := s.values
	v["id"], v["code"], v["event"], v["user"], v["locale"] = a.id, a.code, a.event, userOf(a.By), string(a.Locale)
	v["total"], v["vat"], v["key"], v["until"], v["seats"], v["now"] = a.total, a.vat, a.Key, record.Stamp(a.now.Add(holdFor)), a.seats, now
	if _, err := s.Execute(); err != nil {
		return fmt.Errorf("store an order: %w", err)
	}
	for len(rows) > 0 {
		n := 1
		for n < mostTickets && 2*n <= len(rows) {
			n *= 2
		}
		s := d.statement(insertTickets[n])
		s.values["order"], s.values["event"], s.values["now"] = a.id, a.event, now
		for i, t := range rows[:n] {
			of := ticketValues[i]
			s.values[of.id], s.values[of.code], s.values[of.kind], s.values[of.price], s.values[of.vat] = t.id, t.code, t.kind, t.price, t.vat
		}
		if _, err := s.Execute(); err != nil {
			return fmt.Errorf("store tickets: %w", err)
		}
		rows = rows[n:]
	}
	return nil
}

// mostTickets is how many tickets one statement stores at most.
const mostTickets = 4

// ticketValues are the names of a ticket's values in such a statement, by its place.
var ticketValues = [mostTickets]struct{ id, code, kind, price, vat string }{
	{"id0", "code0", "type0", "price0", "vat0"},
	{"id1", "code1", "type1", "price1", "vat1"},
	{"id2", "code2", "type2", "price2", "vat2"},
	{"id3", "code3", "type3", "price3", "vat3"},
}

// insertTickets are the statements that store one, two and four tickets.
var insertTickets = map[int]string{1: insertingTickets(1), 2: insertingTickets(2), 4: insertingTickets(4)}

func insertingTickets(n int) string {
	rows := make([]string, n)
	for i := range rows {
		rows[i] = strings.ReplaceAll("({:id#}, {:code#}, {:order}, {:event}, {:type#}, {:price#}, {:vat#}, 1, 'held', 1, {:now}, {:now})", "#", strconv.Itoa(i))
	}
	return "INSERT INTO tickets (id, code, `order`, event, type, price_vnd, vat_vnd, generation, status, rev, created, updated) VALUES " +
		strings.Join(rows, ", ")
}

// typesOf lists the types of an event in their order.
func typesOf(app core.App, event string) ([]*Type, error) {
	return Types.Query(app.RecordQuery(Types.Collection).AndWhere(dbx.HashExp{"event": event}).OrderBy("position ASC", "id ASC"))
}

// orderByCode finds an order by its code. Error: record.not_found.
func orderByCode(app core.App, code string) (*Order, error) {
	return Orders.First(app, dbx.HashExp{"code": code})
}

// ticketByCode finds a ticket by its code. Error: record.not_found.
func ticketByCode(app core.App, code string) (*Ticket, error) {
	return Tickets.First(app, dbx.HashExp{"code": code})
}
