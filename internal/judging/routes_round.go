package judging

import (
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/judging/allot"
)

// roundRoutes are the verbs on a round and its panel.
func roundRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/rounds/{id}":                              showRound,
		"PATCH /api/vuon/rounds/{id}":                            editRound,
		"POST /api/vuon/rounds/{id}/begin":                       beginRound,
		"POST /api/vuon/rounds/{id}/open":                        openRound,
		"POST /api/vuon/rounds/{id}/grace":                       graceRound,
		"POST /api/vuon/rounds/{id}/close":                       closeRound,
		"POST /api/vuon/rounds/{id}/compute":                     computeRound,
		"POST /api/vuon/rounds/{id}/reopen":                      reopenRound,
		"POST /api/vuon/rounds/{id}/advance":                     advanceRound,
		"POST /api/vuon/rounds/{id}/propose":                     proposeAll,
		"POST /api/vuon/rounds/{id}/forget":                      forgetAll,
		"POST /api/vuon/rounds/{id}/offer":                       offerAll,
		"POST /api/vuon/rounds/{id}/invite":                      inviteJudge,
		"POST /api/vuon/rounds/{id}/nudge":                       nudgeJudges,
		"POST /api/vuon/rounds/{id}/subjects/{subject}/reopen":   reopenSheets,
		"GET /api/vuon/rounds/{id}/subjects/{subject}/comments":  listComments,
		"POST /api/vuon/rounds/{id}/subjects/{subject}/comments": addComment,
		"GET /api/vuon/assignments/{id}/comments":                listOwnComments,
		"POST /api/vuon/assignments/{id}/comments":               addOwnComment,
		"POST /api/vuon/comments/{id}/withdraw":                  withdrawComment,
		"GET /api/vuon/commitments":                              listCommitments,
		"POST /api/vuon/commitments/{id}/accept":                 acceptCommitment,
		"POST /api/vuon/commitments/{id}/decline":                declineCommitment,
	}
}

func showRound(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	p, err := Planned(e.App, by, e.Request.PathValue("id"), now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, p)
}

// planned is what staff send of a round.
type planned struct {
	Terms
	Rev int `json:"rev"`
}

func editRound(e *core.RequestEvent) error {
	return do(e, &planned{}, func(by access.Actor, id string, p *planned, now time.Time) (any, error) {
		r, err := Rewrite(e.App, by, id, p.Terms, p.Rev, now)
		return stateOf(r, err)
	})
}

func beginRound(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, _ *told, now time.Time) (any, error) {
		r, err := Begin(e.App, by, id, now)
		return stateOf(r, err)
	})
}

func openRound(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, w *told, now time.Time) (any, error) {
		r, err := Open(e.App, by, id, w.ClosesAt, now)
		return stateOf(r, err)
	})
}

func graceRound(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, _ *told, now time.Time) (any, error) {
		r, err := Wait(e.App, by, id, now)
		return stateOf(r, err)
	})
}

func closeRound(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, _ *told, now time.Time) (any, error) {
		r, err := Close(e.App, by, id, now)
		return stateOf(r, err)
	})
}

func computeRound(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, _ *told, now time.Time) (any, error) {
		r, err := Compute(e.App, by, id, now)
		return stateOf(r, err)
	})
}

func reopenRound(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, w *told, now time.Time) (any, error) {
		done, err := Reopen(e.App, by, id, w.Reason, w.ClosesAt, now)
		return map[string]any{"reopened": done}, err
	})
}

// confirmed is what staff send when they confirm who goes on.
type confirmed struct {
	Changes []Change `json:"changes"`
	Seal    string   `json:"seal"`
}

func advanceRound(e *core.RequestEvent) error {
	return do(e, &confirmed{}, func(by access.Actor, id string, c *confirmed, now time.Time) (any, error) {
		r, err := Advance(e.App, by, id, c.Changes, c.Seal, now)
		return stateOf(r, err)
	})
}

func proposeAll(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, w *told, now time.Time) (any, error) {
		added, short, err := Propose(e.App, by, id, w.Again, now)
		return map[string]any{"proposed": added, "short": lacks(short)}, err
	})
}

func lacks(short []allot.Shortage) []Lack {
	all := []Lack{}
	for _, s := range short {
		all = append(all, Lack(s))
	}
	return all
}

func forgetAll(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, _ *told, now time.Time) (any, error) {
		n, err := Forget(e.App, by, id, now)
		return map[string]any{"forgotten": n}, err
	})
}

func offerAll(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, _ *told, now time.Time) (any, error) {
		n, err := OfferAll(e.App, by, id, now)
		return map[string]any{"offered": n}, err
	})
}

func inviteJudge(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, w *told, now time.Time) (any, error) {
		c, err := Invite(e.App, by, id, w.Judge, w.N, now)
		return stateOf(c, err)
	})
}

func nudgeJudges(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, w *told, now time.Time) (any, error) {
		nudged, heard, err := Nudge(e.App, by, id, w.Judges, now)
		return map[string]any{"nudged": len(nudged), "heard": len(heard)}, err
	})
}

func reopenSheets(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, w *told, now time.Time) (any, error) {
		n, err := ReopenSheets(e.App, by, id, e.Request.PathValue("subject"), w.Reason, w.Until, now)
		return map[string]any{"reopened": n}, err
	})
}

func acceptCommitment(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, w *told, now time.Time) (any, error) {
		c, err := Commit(e.App, by, id, w.N, now)
		return stateOf(c, err)
	})
}

func declineCommitment(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, w *told, now time.Time) (any, error) {
		c, err := Excuse(e.App, by, id, w.Reason, now)
		return stateOf(c, err)
	})
}

func listCommitments(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	all, err := Committed(e.App, by)
	return listed(e, all, err)
}

func listComments(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	all, err := Talk(e.App, by, e.Request.PathValue("id"), e.Request.PathValue("subject"))
	return listed(e, all, err)
}

func addComment(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, w *told, now time.Time) (any, error) {
		c, err := Say(e.App, by, id, e.Request.PathValue("subject"), w.Body, now)
		return saidAt(c, err)
	})
}

func listOwnComments(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	a, err := own(e.App, by, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	all, err := Talk(e.App, by, a.RoundID(), a.Subject())
	return listed(e, all, err)
}

func addOwnComment(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, w *told, now time.Time) (any, error) {
		a, err := own(e.App, by, id)
		if err != nil {
			return nil, err
		}
		c, err := Say(e.App, by, a.RoundID(), a.Subject(), w.Body, now)
		return saidAt(c, err)
	})
}

func withdrawComment(e *core.RequestEvent) error {
	return do(e, &told{}, func(by access.Actor, id string, _ *told, now time.Time) (any, error) {
		c, err := Unsay(e.App, by, id, now)
		return saidAt(c, err)
	})
}

// own is a judge's assignment while it is theirs: judges are told no id of a subject.
func own(app core.App, by access.Actor, id string) (*Assignment, error) {
	a, err := Assignments.Find(app, id)
	if err != nil {
		if !by.Signed() {
			return nil, access.MaySignedIn(by)
		}
		return nil, err
	}
	return a, mine(app, by, a)
}

func saidAt(c *Comment, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return map[string]any{"id": c.Id, "at": c.At(), "withdrawn_at": instant(c.WithdrawnAt())}, nil
}
