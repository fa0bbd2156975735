// Package people knows who people are: accounts, roles, organisations, invitations, and what they agreed to.
//
// # Ways in
//
// A person signs in by password or by a code of six digits that is mailed to them; whoever works for the centre (staff,
// manager, finance) and every operator needs both. The first right code for an address makes the account. Which factor
// comes first does not matter: the first is answered with 401 and an mfaId, the second carries it.
//
//	ask for a code ──▶ codes ──▶ mail            one answer and one timing for any address
//	     code, password ──▶ throttled ──▶ RecordAuthResponse ──▶ one factor due: token, and "signed_in" in the journal
//	                           │                      └────────▶ two due: 401 {mfaId}, and again from the left
//	                           └── five failures in a row of one account: it rests 1, 2, 4 … 60 minutes
//
//	go to the provider of identities ──▶ errands ──▶ come back ──▶ known: as by the other ways, a mailed code being the second factor
//	                                                     └───────▶ unknown: an account by its word, or an address to prove first
//
// The protocol is package openid's; what the browser and the house know of an errand is errand.go's. Staff are never let in
// by a provider alone, unless it says that it took two factors in a way that the operator accepts.
//
// An attempt is counted before it is judged and taken back when it was none, so that a hundred guesses at once are five.
// The count belongs to the address, not to an account: nobody learns by it who has one. Two passwords are hashed at a
// time; whoever has waited three seconds is asked to come again. PocketBase's own codes for people are closed, for they
// answer faster where there is no account (see closed).
//
// # Roles
//
// A role is a grant over a scope, given and taken back by managers of the scope or of what it lies in, never by oneself.
// Whoever is not here yet is invited: the invitation is a row, its link is made when the mail goes out, and the database
// keeps the hash of the token alone. It is accepted by whoever is signed in with the address it was sent to. A new role
// at the centre ends all sessions of its holder, for their next sign-in asks for both factors.
//
//	users:          active ⇄ suspended        active, suspended ──erase──▶ erased
//	invitations:    sent ──accept──▶ accepted       sent ──revoke──▶ revoked       expired is computed
//	org_members:    invited ──join──▶ active        invited, active ──leave──▶ left
//	data_requests:  received ──verify──▶ verifying ──begin──▶ in_progress ──fulfil──▶ fulfilled
//	                received ──drop──▶ dropped      each open one ──refuse──▶ refused
//
// # Personal data
//
// People ask about their data here, and privacy officers answer within the days of data_request.go. To fulfil a demand
// for deletion erases the account: the row stays, for what the person did stays true, but nothing in it says who they
// were. The journal names people by id only and needs no change. Consents are proof: added and withdrawn, never edited.
package people
