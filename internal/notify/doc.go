// Package notify tells people what they must know: in the inbox of the house, and by mail.
//
// # The way of a notice
//
// A room never sends. Its notices.go gives rules (package notice): each computes the whole set of who is to hear what, and
// Deliver asks them all, once a minute and right after a change. What nobody has heard yet becomes a line in the person's
// inbox and, where the rule says so, a row of the outbox. Its dedup key, unique for ever, lets each notice out once,
// however often and by however many processes the rules are asked.
//
//	rule ──Due──▶ inbox_items          the bell
//	        └────▶ outbox: queued ──take──▶ sending ──done──▶ sent ──bounce, complain──▶
//	                         ▲                 ├──retry──▶ queued, later
//	                         │                 ├──lose───▶ lost: it may have arrived
//	                         │                 └──fail───▶ failed, for staff to see
//	                         ├──fold─────▶ folded: part of the day's mail
//	                         ├──suppress─▶ suppressed: nobody to write to any more
//	                         └──stale────▶ stale: too late to be of use
//
// A row is taken in one transaction, sent outside of any, and marked in another. Whoever takes it owns it: two processes
// never send the same row. A process that dies between the carrier's yes and the mark leaves a row in sending. Half an
// hour later a carrier that remembers what it was given is asked once more under the same key; with any other the row is
// lost, and staff decide.
//
// What a carrier tells afterwards (delivered, back for good, called spam) is kept once by its own name, and its letter
// follows as soon as it is no longer ours to send; an address from which mail comes back is closed to all but codes.
// Staff send a letter again by a new one: Again.
//
// # When it goes
//
// What is owed (class T) goes at once. A reminder waits for the next open minute: from half past seven to nine in the
// evening, not on Sundays and holidays. If that were too late for its event it goes in the last open minute before it;
// for that a rule tells what is due two weeks ahead. Of a row of reminders one takes over from the other: what was missed
// is stale. A person gets six reminders a day by themselves at most; more become one mail, and what comes later waits for
// the next day. Whoever wants a kind daily, weekly or not at all says so (notice_prefs), in the house or by the link at the
// foot of each reminder.
//
// # What a mail holds
//
// A greeting, a short line and a link: no figure, no outcome, no name but the reader's own. The words of a kind stand in
// texts/<language>/<kind>.txt, unless managers say it in their own (notice_texts); a rule without a file of its own is told in the words of its inbox line, in the frame that
// all mails share, with those of link.<kind>.txt when it carries a secret link. A new kind of mail is a new file in both
// languages.
//
// # Other systems
//
// A hook is an address outside that is told what happens: of the journal's entries after it was made, those whose keys it
// wants. Its cursor and the rows of its calls move in one transaction, so nothing is left out or told twice; each call is
// claimed in one statement, made outside of any transaction, and marked if the claim still stands. Who dies in between
// leaves a claim that runs out, and the call is made again under the same id. A call holds ids and codes alone. The dialer
// looks at the very address that it connects to, so that no name leads inside. A hook for which nothing went well for
// three days is disabled, and managers are told.
//
// # What is never stored
//
// A one-time code and the token of a link. Codes are handed to SendCode, held in memory and sent at once: their row in
// the outbox says that a mail went, to whom and whether it arrived, and nothing else. A secret link is asked from its
// room at the moment of sending. The mails that PocketBase writes itself (a password reset, say) go the same way.
package notify
