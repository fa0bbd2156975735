// Package startups follows a startup from its first day in a cohort: its cards, its people, its reports, what they add up to,
// and what the house notices.
//
// # The road
//
// Enrol is where a startup begins: whoever accepted an offer becomes founder, admin and the one whom the centre writes to, the
// enrolment stands invited, and a baseline report is open. Handing it in makes the enrolment active. From then on the house
// asks every active startup to report on each month: on its 25th ahead, and on the first of the next the report opens.
//
//	invited ──baseline──▶ active ◀──▶ on_leave          scheduled ──▶ open ──▶ submitted ──▶ accepted
//	   │                    │  └──▶ graduated                │          │ ▲         │ ▲
//	   └──▶ withdrawn ◀─────┤                                │          ▼ │         ▼ │
//	   └──▶ terminated ◀────┘                                │       missed      returned
//	                                                         └──▶ waived ◀── open, missed
//
// A report is late after its due day, missing after its grace. A startup's own life (active, dormant, and the four ways in
// which it ends) is a manager's.
//
// # What the house notices
//
//	open ──▶ acked ──▶ resolved    open may be resolved or muted at once
//	  ▲        └─────▶ muted
//	  └── reopened: what resolved by itself and is so again, and what was muted until a day that is over
//
// Every morning RaiseAlerts looks: a report is missing (amber two days after its due day, red once the grace is over), two in a
// row, and what the figures say (package watch): revenue and people that fall, cash that runs short, a zero after a value, a round
// of funding while cash does not rise. An alert keeps the facts on which it rests, has an owner who is told of it, and is heard by
// a manager when nobody has taken it up for five working days. What is no longer so resolves by itself; what staff resolved, and
// what they muted for good, stays. Whether it was right is asked when it is closed and again a month later, and from that comes
// how often each rule is right (precisionOver).
//
// # What is not zero
//
// An answer says what it is: a value, not reported, not applicable, or refused. Only the first holds a number. No row at all
// means that nobody has answered. A figure of many startups therefore never comes without what it rests on: how many reports
// were asked for, how many hold a value, and what became of the others (Figures). It opens down to those reports (FigureRows),
// and an official sees none that could show one startup, nor any from which one could be reckoned (official).
//
// A startup graduates on what its cohort asks, or on a manager's written waiver (Graduate). What it sets out to reach on the way
// is planned by its people and verified by staff (Milestones). For five years after it graduated it is asked once a year how it is,
// by a link that needs no account; who is silent is unknown, not dead (AlumniReports).
//
// What was accepted changes by Revise alone, which keeps what stood there before.
//
// # Who sees what
//
// The card is for whom the startup says; what everybody may read is the list of columns in Listing and nothing else. The
// private card, the reports and their answers are for the startup's people and for whoever looks after its cohort. To all
// others they do not exist. What a startup seeks from investors is shown to them by its own admins' word and hidden again by it
// (Deals); who owns it and where its money goes is read by its admins, finance and managers, and sealed where it must not be
// copied (Equities, BankAccounts); each of its papers says who may read it (Documents); what others have certified is checked
// against such a paper (Recognitions). A secret link opens one report of one startup, until it is handed in or a month has gone; only
// the hash of its token is kept (flow_link.go).
//
// # What a cohort does together
//
// Staff plan workshops; a startup says how many people it sends, and staff mark at the door who came. Staff write announcements
// and send them once; people hear that there is something to read, and read it here. Twice a cohort is asked what it thinks, and
// nobody can know who said what (flow_pulse.go, pulse_result.go). What it gives to a startup takes two people and a receipt
// (flow_support.go).
package startups
