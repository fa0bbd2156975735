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
//	        └────▶ outbox: queued ──take──▶ sending ──done──▶ sent
//	                         ▲                 ├──retry──▶ queued, later
//	                         │                 └──fail───▶ failed, for staff to see
//	                         ├──suppress──▶ suppressed: nobody to write to any more
//	                         └──stale─────▶ stale: too late to be of use
//
// A row is taken in one transaction, sent outside of any, and marked in another. Whoever takes it owns it: two processes
// never send the same row. A process that dies between the mail server's yes and the mark leaves a row in sending; half
// an hour later it is marked failed and not sent again, for it may have gone.
//
// # What a mail holds
//
// A greeting, a short line and a link: no figure, no outcome, no name but the reader's own. The words of a kind stand in
// texts/<language>/<kind>.txt; a rule without a file of its own is told in the words of its inbox line, in the frame that
// all mails share, with those of link.<kind>.txt when it carries a secret link. A new kind of mail is a new file in both
// languages.
//
// # What is never stored
//
// A one-time code and the token of a link. Codes are handed to SendCode, held in memory and sent at once: their row in
// the outbox says that a mail went, to whom and whether it arrived, and nothing else. A secret link is asked from its
// room at the moment of sending. The mails that PocketBase writes itself (a password reset, say) go the same way.
package notify
