// Package judging lets people judge what others handed in. Intakes use it to screen applications; contests will use it for
// entries, in the same tables.
//
// A round belongs to an owner and has a rubric, frozen when it opens. Staff assign judges; each judge writes one sheet for
// one subject and says with it that they have no conflict of interest:
//
//	round       configured ──open──► open ──close──► closed ──compute──► computed
//	                                  ▲─────────── reopen (two people) ──┴──────┘
//	assignment  offered ──accept──► accepted ──begin──► in_progress ──complete──► completed
//	               └─ decline, expire, revoke, recuse (the judge), void (a confirmed conflict) ─► over
//	sheet       empty ──► draft ──submit──► submitted ──seal──► sealed ──count──► counted      exclude: from any
//	conflict    raised ──► confirmed ──► pinned, or dismissed by a second person
//
// A conflict that is raised blocks its judge at once. A submitted sheet stays submitted while the round is open: what the
// judge changes is a revision, and every version is kept.
//
// The room knows nothing of who is judged: the roof gives it Needs, by which a subject tells what judges may read of it,
// and which judges stand too near. Judges are told no id of a subject and no other judge's points.
package judging
