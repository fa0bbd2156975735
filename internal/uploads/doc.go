// Package uploads receives what people send, keeps it in the storage, and gives it back so that it can hurt nobody.
//
// It is ground: whose a file is, who may read it and what it is worth, a room says. A room keeps a row for each file and names
// in it where the bytes lie; PocketBase's own file fields are not used, for PocketBase would serve them by itself.
//
//	Arriving ──▶ Spool ──▶ (the room looks at the bytes, and at its own law) ──▶ Put ──▶ Serve
//	                                                                             │
//	                                                                   Drop, Sweep ◀┘ what no row names any more
//
// Bytes are read before any transaction begins, and laid down before the row that names them is stored: a house that falls
// between the two has bytes too many, which Sweep finds, and never a row without bytes.
package uploads
