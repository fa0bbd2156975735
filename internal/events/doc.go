// Package events is what the house invites people to: the events, the seats, who ordered which, and the tickets they come with.
//
// # Seats are counted, never looked for
//
// A quota is one row with two numbers: seats that somebody holds, and seats that are sold. A ticket type draws on one quota or on
// several. Whoever wants a seat raises the number of seats held by an UPDATE that does nothing where there is no room; what it
// changed is theirs. Behind it stands a trigger that refuses a number above the size, to everybody.
//
//	            room?         submit, pay               void
//	free seat ──────────▶ held ──────────▶ sold ──────────────▶ free seat
//	                       └── hold is over, called off ──────▶
//
// Each seat is a ticket from the first moment: held, then valid. There are no order lines; a line is the tickets of one type.
// Price and tax stand on the ticket as they were at that moment, whatever becomes of the catalogue.
//
//	held ──▶ valid ◀──▶ suspended
//	  └──────▶ void ◀──────┘
//
// # An order
//
//	cart ──▶ awaiting_approval ──▶ awaiting_payment ──▶ confirmed ──▶ cancelled
//	 │  └──────── free ───────────────────┼───────────────▲
//	 │                                    ├──▶ processing ┘
//	 ├──▶ abandoned                       ├──▶ cancelling ──▶ cancelled
//	 └──▶ expired ◀───────────────────────┘
//
// A cart holds its seats for a quarter of an hour. What is to be paid by bank transfer holds them until some time after the day
// that people are told, for statements come late. Money that comes for an order whose seats are gone is not turned away: the seats
// are taken again if there are any, and otherwise the order stands as needs_attention until somebody of the house decides.
//
// # The committer
//
// In the seconds in which an event sells out, hundreds ask for seats at once. Each would be a transaction of its own, and each
// waits for the disk. The committer (committer.go) lets whoever finds the writer idle store for all who wait, up to 256 in one
// transaction. It is the one writer of orders that does not go through a record's save: it takes its states from the table of
// orders, writes their journal in the same transaction, and the triggers of the schema hold for it too.
//
// # Links without an account
//
// A guest comes back by the address of the order or of the ticket. Its secret is derived from a key of the house, what the link
// opens, and a count that grows when the link is to die (link.go): nothing is stored, and every link can be sent again.
//
// # At the door
//
// A ticket is signed, and phones at the door hold the public half of the key and nothing that they could read: what they keep of a
// ticket opens with the ticket alone. With a network the house decides; without one a phone does, and tells later. Scans are never
// changed. Where a ticket stands is folded from them in the order of their time, so two phones that were alone end as if they had
// not been, but for the contradictions that staff then find.
package events
