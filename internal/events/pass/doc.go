// Package pass writes and reads what stands in the QR code of a ticket, locks what a door may know of it, and tells from the
// scans of a ticket who is inside.
//
// A token is signed with the event's own key (ed25519) and says which ticket it is, which generation of it and until when it may
// be shown. A phone at the door holds public keys alone: whoever steals it can check tickets and make none.
//
//	"B1" + base45( version 1 · key 4 · ticket 10 · generation 2 · not after 4 · signature 64 )
//
// That is 130 characters that a QR code packs in its alphanumeric way: 41 × 41 modules at level M.
//
// What a door must know of a ticket when it has no network, its name and its type, is locked with a key that only the token
// holds: a phone that is lost tells nothing of tickets that were not shown to it.
package pass
