package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What people order, and a ticket for each seat from the first moment on. Neither is ever deleted, and what was ordered at which
// price never changes.
func init() {
	m.Register(func(app core.App) error {
		events, err := found(app, "events")
		if err != nil {
			return err
		}
		types, err := found(app, "ticket_types")
		if err != nil {
			return err
		}
		users, err := found(app, "users")
		if err != nil {
			return err
		}
		orders := core.NewBaseCollection("orders")
		orders.Fields.Add(
			words("code", 8), one("event", events), text("buyer_name", 120), text("buyer_email", 255), text("email_key", 255), text("buyer_phone", 40),
			perhaps("user", users), choice("locale", "vi", "en"), text("search_key", 500), whole("total_vnd"), whole("vat_vnd"),
			option("provider", "free", "vietqr", "cash", "invoice", "stripe"), &core.JSONField{Name: "invoice", MaxSize: 4 << 10, Hidden: true},
			secret("key", 64), instant("hold_until"), instant("pay_by"), instant("release_at"), instant("submitted_at"), instant("confirmed_at"),
			text("approve_note", 1000), whole("link_gen"), whole("seats"),
			choice("status", "cart", "awaiting_approval", "awaiting_payment", "processing", "cancelling", "confirmed", "expired", "abandoned",
				"cancelled", "needs_attention"), rev(),
		)
		dates(orders)
		orders.AddIndex("orders_code", true, "code", "")
		orders.AddIndex("orders_key", true, "event, key", "key != ''")
		orders.AddIndex("orders_list", false, "event, submitted_at, id", "submitted_at != ''")
		orders.AddIndex("orders_email", false, "event, email_key", "email_key != ''")
		orders.AddIndex("orders_user", false, "user, submitted_at, id", "user != ''")
		orders.AddIndex("orders_carts", false, "hold_until, id", "status = 'cart'")
		orders.AddIndex("orders_due", false, "release_at, id", "status = 'awaiting_payment'")
		if err := app.Save(orders); err != nil {
			return err
		}
		tickets := core.NewBaseCollection("tickets")
		tickets.Fields.Add(
			words("code", 12), one("order", orders), one("event", events), one("type", types), text("holder_name", 120), text("holder_email", 255),
			data("answers", 20), text("search_key", 500), whole("price_vnd"), whole("vat_vnd"), whole("generation"),
			choice("status", "held", "valid", "suspended", "void"), instant("voided_at"), rev(),
		)
		dates(tickets)
		tickets.AddIndex("tickets_code", true, "code", "")
		tickets.AddIndex("tickets_order", false, "`order`", "")
		tickets.AddIndex("tickets_event", false, "event, status", "")
		tickets.AddIndex("tickets_type", false, "type", "")
		if err := app.Save(tickets); err != nil {
			return err
		}
		return exec(app,
			`CREATE TRIGGER orders_moves BEFORE UPDATE OF status ON orders
			 WHEN OLD.status != NEW.status AND (OLD.status || '>' || NEW.status) NOT IN (
				'cart>awaiting_approval', 'cart>awaiting_payment', 'cart>confirmed', 'cart>expired', 'cart>abandoned',
				'awaiting_approval>awaiting_payment', 'awaiting_approval>confirmed', 'awaiting_approval>cancelled',
				'awaiting_payment>processing', 'awaiting_payment>confirmed', 'awaiting_payment>expired', 'awaiting_payment>cancelling',
				'processing>confirmed', 'processing>awaiting_payment', 'processing>expired', 'processing>cancelling',
				'cancelling>cancelled', 'cancelling>confirmed', 'confirmed>cancelled',
				'expired>confirmed', 'expired>needs_attention', 'cancelled>confirmed', 'cancelled>needs_attention',
				'needs_attention>confirmed', 'needs_attention>cancelled')
			 BEGIN SELECT RAISE(ABORT, 'no such move'); END`,
			`CREATE TRIGGER orders_stay BEFORE UPDATE OF code, event, total_vnd, vat_vnd, seats ON orders
			 WHEN OLD.code != NEW.code OR OLD.event != NEW.event OR OLD.total_vnd != NEW.total_vnd OR OLD.vat_vnd != NEW.vat_vnd OR OLD.seats != NEW.seats
			 BEGIN SELECT RAISE(ABORT, 'what was ordered stays'); END`,
			`CREATE TRIGGER orders_never_go BEFORE DELETE ON orders BEGIN SELECT RAISE(ABORT, 'orders stay'); END`,
			`CREATE TRIGGER tickets_moves BEFORE UPDATE OF status ON tickets
			 WHEN OLD.status != NEW.status AND (OLD.status || '>' || NEW.status) NOT IN (
				'held>valid', 'held>void', 'valid>void', 'valid>suspended', 'suspended>valid', 'suspended>void')
			 BEGIN SELECT RAISE(ABORT, 'no such move'); END`,
			"CREATE TRIGGER tickets_stay BEFORE UPDATE OF code, `order`, event, type, price_vnd, vat_vnd ON tickets"+
				" WHEN OLD.code != NEW.code OR OLD.`order` != NEW.`order` OR OLD.event != NEW.event OR OLD.type != NEW.type"+
				" OR OLD.price_vnd != NEW.price_vnd OR OLD.vat_vnd != NEW.vat_vnd"+
				" BEGIN SELECT RAISE(ABORT, 'what was sold stays'); END",
			`CREATE TRIGGER tickets_never_go BEFORE DELETE ON tickets BEGIN SELECT RAISE(ABORT, 'tickets stay'); END`,
			`CREATE TRIGGER ticket_types_never_go BEFORE DELETE ON ticket_types WHEN EXISTS (SELECT 1 FROM tickets WHERE type = OLD.id)
			 BEGIN SELECT RAISE(ABORT, 'a type of which there are tickets stays'); END`,
		)
	}, nil)
}
