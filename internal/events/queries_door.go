package events

import (
	"context"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/events/pass"
	"vuon/internal/record"
	"vuon/internal/vn"
	"vuon/internal/web"
)

// passesOf are the scans that count of a ticket on a list, on one day where it counts by days.
func passesOf(app core.App, ticket, list, day string) ([]*Scan, error) {
	if ticket == "" {
		return nil, nil
	}
	return Scans.Query(app.RecordQuery(Scans.Collection).AndWhere(dbx.HashExp{"ticket": ticket, "list": list, "day": day, "result": string(ScanOK)}).
		AndWhere(dbx.NewExp("(finding IN ('', 'already') OR forced = 1)")).OrderBy("scanned_at ASC", "id ASC"))
}

// keepPresence writes where the ticket of a scan stands on its list.
func keepPresence(tx core.App, s *Scan, at pass.Standing, now time.Time) error {
	first, gate, device := "", "", ""
	if at.First != nil {
		first, gate, device = record.Stamp(at.First.At), at.First.Gate, at.First.Device
	}
	_, err := tx.DB().NewQuery(`INSERT INTO presences (id, event, ticket, list, day, entries, inside, first_at, first_gate, changed_at)
		VALUES ({:id}, {:event}, {:ticket}, {:list}, {:day}, {:entries}, {:inside}, {:first},
			coalesce((SELECT name FROM gates WHERE id = {:gate}), (SELECT name FROM devices WHERE id = {:device}), ''), {:now})
		ON CONFLICT (ticket, list, day) DO UPDATE SET entries = excluded.entries, inside = excluded.inside, first_at = excluded.first_at,
			first_gate = excluded.first_gate, changed_at = excluded.changed_at`).
		Bind(dbx.Params{
			"id": core.GenerateDefaultRandomId(), "event": s.EventID(), "ticket": s.TicketID(), "list": s.ListID(), "day": s.Day(),
			"entries": at.Entries, "inside": at.Inside, "first": first, "gate": gate, "device": device, "now": record.Stamp(now),
		}).Execute()
	if err != nil {
		return fmt.Errorf("note where ticket %s stands: %w", s.TicketID(), err)
	}
	return nil
}

// heardOf notes that a phone was heard of, and how much it has still to tell. It counts no revision: staff may name it meanwhile.
func heardOf(app core.App, device string, left int, now time.Time) error {
	_, err := app.DB().NewQuery(`UPDATE devices SET last_seen_at = {:now}, waiting = {:left},
		synced_at = CASE WHEN {:left} = 0 THEN {:now} ELSE synced_at END WHERE id = {:id}`).
		Bind(dbx.Params{"id": device, "left": left, "now": record.Stamp(now)}).Execute()
	if err != nil {
		return fmt.Errorf("note that device %s was heard of: %w", device, err)
	}
	return nil
}

// listedTicket is a ticket as the phones of its event keep it.
type listedTicket struct {
	ID         string `db:"id"`
	Code       string `db:"code"`
	Type       string `db:"type"`
	Status     string `db:"status"`
	Generation int    `db:"generation"`
	Name       string `db:"name"`
	Replies    string `db:"replies"`
}

const ticketName = "coalesce(nullif(k.holder_name, ''), o.buyer_name)"

// listedTickets are all tickets of an event, those too that let nobody in.
func listedTickets(ctx context.Context, app core.App, event string) (rows []listedTicket, err error) {
	err = app.DB().NewQuery("SELECT k.id, k.code, k.type, k.status, k.generation, " + ticketName + " AS name, coalesce(k.answers, '') AS replies" +
		" FROM tickets k JOIN orders o ON o.id = k.`order` WHERE k.event = {:event} ORDER BY k.id").
		Bind(dbx.Params{"event": event}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list the tickets of event %s: %w", event, err)
	}
	return rows, nil
}

// standingRow is where a ticket stands on a list, as phones are told.
type standingRow struct {
	Ticket  string         `db:"ticket" json:"ticket"`
	List    string         `db:"list" json:"list"`
	Day     string         `db:"day" json:"day"`
	Entries int            `db:"entries" json:"entries"`
	Inside  bool           `db:"inside" json:"inside"`
	FirstAt types.DateTime `db:"first_at" json:"first_at"`
	Gate    string         `db:"first_gate" json:"gate"`
}

// standingsSince are where tickets stand that moved at or after an instant; the zero instant asks for all.
func standingsSince(ctx context.Context, app core.App, event string, since time.Time) (rows []standingRow, err error) {
	err = app.DB().NewQuery(`SELECT ticket, list, day, entries, inside, first_at, first_gate FROM presences
		WHERE event = {:event} AND changed_at >= {:since} ORDER BY changed_at, id`).
		Bind(dbx.Params{"event": event, "since": record.Stamp(since)}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list who came to event %s: %w", event, err)
	}
	return rows, nil
}

// guest is somebody whom a door looks for by name.
type guest struct {
	Code    string         `db:"code" json:"code"`
	Name    string         `db:"name" json:"name"`
	Buyer   string         `db:"buyer" json:"buyer"`
	Type    string         `db:"type" json:"type"`
	Status  string         `db:"status" json:"status"`
	Inside  bool           `db:"inside" json:"inside"`
	FirstAt types.DateTime `db:"first_at" json:"first_at"`
}

// guestsNamed finds guests of an event by a part of a name or a code, without marks, at most n.
func guestsNamed(ctx context.Context, app core.App, event, list, day, q string, n int) (rows []guest, err error) {
	err = app.DB().NewQuery("SELECT k.code, " + ticketName + " AS name, o.buyer_name AS buyer, k.type, k.status, coalesce(p.inside, 0) AS inside, " +
		"coalesce(p.first_at, '') AS first_at FROM tickets k JOIN orders o ON o.id = k.`order` " +
		"LEFT JOIN presences p ON p.ticket = k.id AND p.list = {:list} AND p.day = {:day} " +
		"WHERE k.event = {:event} AND k.status IN ('valid', 'suspended', 'held') AND o.submitted_at != '' " +
		"AND (instr(k.search_key, {:q}) > 0 OR instr(o.search_key, {:q}) > 0) ORDER BY k.search_key, k.id LIMIT {:n}").
		Bind(dbx.Params{"event": event, "list": list, "day": day, "q": vn.Fold(q), "n": n}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for a guest of event %s: %w", event, err)
	}
	return rows, nil
}

// listCount is how many came to a list.
type listCount struct {
	List    string `db:"list"`
	Came    int    `db:"came"`   // tickets with which somebody came in, today where it counts by days
	Inside  int    `db:"inside"` // of these, those who are in
	Expects int    `db:"expects"`
}

// countsOf counts at every list of an event, on a day where it counts by days.
func countsOf(ctx context.Context, app core.App, event, day string) (map[string]listCount, error) {
	var rows []listCount
	err := app.DB().NewQuery(`SELECT l.id AS list,
			(SELECT count(*) FROM presences p WHERE p.list = l.id AND p.entries > 0 AND p.day = CASE WHEN l.per_day THEN {:day} ELSE '' END) AS came,
			(SELECT count(*) FROM presences p WHERE p.list = l.id AND p.inside = 1 AND p.day = CASE WHEN l.per_day THEN {:day} ELSE '' END) AS inside,
			(SELECT count(*) FROM tickets k WHERE k.event = l.event AND k.status = 'valid'
				AND (json_array_length(l.types) = 0 OR EXISTS (SELECT 1 FROM json_each(l.types) t WHERE t.value = k.type))) AS expects
		FROM checkin_lists l WHERE l.event = {:event}`).Bind(dbx.Params{"event": event, "day": day}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("count who came to event %s: %w", event, err)
	}
	counts := map[string]listCount{}
	for _, r := range rows {
		counts[r.List] = r
	}
	return counts, nil
}

// gateCount is how many a gate let through to a list, today where it counts by days.
type gateCount struct {
	Gate   string         `db:"gate" json:"gate"` // "" for phones that stand at none
	List   string         `db:"list" json:"list"`
	In     int            `db:"came_in" json:"in"`
	Out    int            `db:"went_out" json:"out"`
	LastAt types.DateTime `db:"last_at" json:"last_at"`
}

// gateCountsOf counts by gate and list, on a day where the list counts by days. Whoever comes in twice counts twice.
func gateCountsOf(ctx context.Context, app core.App, event, day string) (rows []gateCount, err error) {
	err = app.DB().NewQuery(`SELECT s.gate, s.list, sum(s.kind = 'entry') AS came_in, sum(s.kind = 'exit') AS went_out, max(s.scanned_at) AS last_at
		FROM scans s JOIN checkin_lists l ON l.id = s.list
		WHERE s.event = {:event} AND s.result = 'ok' AND (NOT l.per_day OR s.day = {:day}) GROUP BY s.gate, s.list`).
		Bind(dbx.Params{"event": event, "day": day}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("count at the gates of event %s: %w", event, err)
	}
	return rows, nil
}

// scanRow is a scan as staff read it.
type scanRow struct {
	ID         string         `db:"id" json:"id"`
	ScannedAt  types.DateTime `db:"scanned_at" json:"scanned_at"`
	ReceivedAt types.DateTime `db:"received_at" json:"received_at"`
	Kind       string         `db:"kind" json:"kind"`
	Result     string         `db:"result" json:"result"`
	Finding    string         `db:"finding" json:"finding"`
	Offline    bool           `db:"offline" json:"offline"`
	Forced     bool           `db:"forced" json:"forced"`
	Conflict   bool           `db:"conflict" json:"conflict"`
	Resolution string         `db:"resolution" json:"resolution"`
	Note       string         `db:"note" json:"note"`
	Ticket     string         `db:"ticket" json:"ticket"`
	Code       string         `db:"code" json:"code"`
	Name       string         `db:"name" json:"name"`
	List       string         `db:"list" json:"list"`
	Gate       string         `db:"gate" json:"gate"`
	Device     string         `db:"device" json:"device"`
	FirstAt    types.DateTime `db:"first_at" json:"first_at"`
	FirstGate  string         `db:"first_gate" json:"first_gate"`
}

// scansIn are the scans at an event, the newest first: all, or those that contradict one another (open: not yet settled).
func scansIn(ctx context.Context, app core.App, event, which, list string, ask web.Ask) (rows []scanRow, err error) {
	from, err := ask.From(2)
	if err != nil {
		return nil, err
	}
	where, params := "s.event = {:event}", dbx.Params{"event": event, "list": list, "q": vn.Fold(ask.Search), "n": ask.Limit + 1}
	switch which {
	case "conflict":
		where += " AND s.conflict = 1"
	case "open":
		where += " AND s.conflict = 1 AND s.resolution = ''"
	}
	if list != "" {
		where += " AND s.list = {:list}"
	}
	if ask.Search != "" {
		where += " AND (instr(k.search_key, {:q}) > 0 OR instr(o.search_key, {:q}) > 0)"
	}
	if from != nil {
		where += " AND (s.scanned_at < {:at} OR s.scanned_at = {:at} AND s.id < {:after})"
		params["at"], params["after"] = from[0], from[1]
	}
	err = app.DB().NewQuery("SELECT s.id, s.scanned_at, s.received_at, s.kind, s.result, s.finding, s.offline, s.forced, s.conflict, s.resolution, s.note, " +
		"s.ticket, coalesce(k.code, '') AS code, coalesce(" + ticketName + ", '') AS name, l.name AS list, coalesce(g.name, '') AS gate, d.name AS device, " +
		"coalesce(p.first_at, '') AS first_at, coalesce(p.first_gate, '') AS first_gate " +
		"FROM scans s JOIN checkin_lists l ON l.id = s.list JOIN devices d ON d.id = s.device LEFT JOIN gates g ON g.id = s.gate " +
		"LEFT JOIN tickets k ON k.id = s.ticket LEFT JOIN orders o ON o.id = k.`order` " +
		"LEFT JOIN presences p ON p.ticket = s.ticket AND p.list = s.list AND p.day = s.day " +
		"WHERE " + where + " ORDER BY s.scanned_at DESC, s.id DESC LIMIT {:n}").Bind(params).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list the scans at event %s: %w", event, err)
	}
	return rows, nil
}

// openConflicts is how many scans at an event contradict others and were not settled.
func openConflicts(ctx context.Context, app core.App, event string) (n int, err error) {
	err = app.DB().NewQuery("SELECT count(*) FROM scans WHERE event = {:event} AND conflict = 1 AND resolution = ''").
		Bind(dbx.Params{"event": event}).WithContext(ctx).Row(&n)
	if err != nil {
		return 0, fmt.Errorf("count the conflicts at event %s: %w", event, err)
	}
	return n, nil
}

// wasScanned says whether anybody was ever scanned at a list.
func wasScanned(app core.App, list string) (there bool, err error) {
	err = app.DB().NewQuery("SELECT EXISTS (SELECT 1 FROM scans WHERE list = {:list})").Bind(dbx.Params{"list": list}).Row(&there)
	return there, err
}

// gateNamed says whether another gate of the same event is called so.
func gateNamed(app core.App, g *Gate) (there bool, err error) {
	err = app.DB().NewQuery("SELECT EXISTS (SELECT 1 FROM gates WHERE event = {:event} AND name = {:name} AND id != {:id})").
		Bind(dbx.Params{"event": g.EventID(), "name": g.Name(), "id": g.Id}).Row(&there)
	return there, err
}
