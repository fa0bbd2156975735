package judging

import (
	"fmt"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// Invite asks a judge onto the panel of a round, for so many sheets. Who has declined may be asked again; who has accepted
// is not. Staff of the owner.
// Errors: record.not_found, round.not_assigning, assignment.not_judge, commitment.number, commitment.exists.
func Invite(app core.App, by access.Actor, round, judge string, sheets int, now time.Time) (*Commitment, error) {
	var c *Commitment
	_, err := record.Change(app, Rounds, round, func(tx core.App, r *Round) error {
		over, err := needs(tx).Over(tx, r.OwnerType(), r.Owner())
		if err != nil {
			return err
		}
		if err := access.MayWorkOn(by, over...); err != nil {
			return err
		}
		able, err := isJudge(tx, judge, over, now)
		switch {
		case err != nil:
			return err
		case !r.assigns():
			return fault.Conflict("round.not_assigning")
		case !able:
			return fault.Field("judge", "assignment.not_judge")
		}
		if c, err = commitmentOf(tx, r.Id, judge); err != nil {
			return err
		}
		return invite(tx, by, r, judge, sheets, &c, now)
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

func invite(tx core.App, by access.Actor, r *Round, judge string, sheets int, at **Commitment, now time.Time) (err error) {
	c := *at
	asked := func(r *lifecycle.Row) { r.Detail = map[string]any{"asked": sheets} }
	switch {
	case c == nil:
		if c, err = newCommitment(tx, r.Id, judge); err != nil {
			return err
		}
		*at = c
	case c.Status() == CommitmentAccepted:
		return fault.Conflict("commitment.exists")
	case c.Status() == CommitmentDeclined:
		c.ask(sheets)
		return CommitmentLife.Fire(tx, c, "invite", by, now, asked)
	}
	c.ask(sheets)
	if err := tx.Save(c); err != nil {
		return fmt.Errorf("ask %s onto the panel: %w", judge, err)
	}
	return lifecycle.Note(tx, by, now, Commitments.Collection, c.Id, "invite", asked)
}

// Commit tells staff that the judge takes so many sheets; said again, it changes the number. The judge only, while the round
// is put together or open. Errors: record.not_found, round.not_assigning, commitment.number, commitment.below_load,
// lifecycle.not_now.
func Commit(app core.App, by access.Actor, id string, sheets int, now time.Time) (*Commitment, error) {
	return onPanel(app, by, id, func(tx core.App, c *Commitment) error {
		again := c.Status() == CommitmentAccepted
		c.take(sheets, now)
		told := lifecycle.With(map[string]any{"capacity": sheets})
		if !again {
			return CommitmentLife.Fire(tx, c, "accept", by, now, told)
		}
		if err := tx.Save(c); err != nil {
			return fmt.Errorf("change the number of %s: %w", c.JudgeID(), err)
		}
		return lifecycle.Note(tx, by, now, Commitments.Collection, c.Id, "renumber", told)
	})
}

// Excuse tells staff that the judge takes no part. The judge only; who has sheets in hand declines those first.
// Errors: record.not_found, round.not_assigning, commitment.below_load, lifecycle.not_now.
func Excuse(app core.App, by access.Actor, id, reason string, now time.Time) (*Commitment, error) {
	return onPanel(app, by, id, func(tx core.App, c *Commitment) error {
		c.decline(reason)
		return CommitmentLife.Fire(tx, c, "decline", by, now, lifecycle.Because(reason))
	})
}

func onPanel(app core.App, by access.Actor, id string, do func(core.App, *Commitment) error) (*Commitment, error) {
	return record.Change(app, Commitments, id, func(tx core.App, c *Commitment) error {
		r, err := judgeOf(tx, by, c.JudgeID(), c.RoundID())
		if err != nil {
			return err
		}
		if !r.assigns() {
			return fault.Conflict("round.not_assigning")
		}
		return do(tx, c)
	})
}

// judgeOf permits a judge to what is theirs in a round, while they hold the role. To everybody else it does not exist.
func judgeOf(app core.App, by access.Actor, judge, round string) (*Round, error) {
	if err := access.MayKeep(by, judge); err != nil {
		return nil, err
	}
	r, err := Rounds.Find(app, round)
	if err != nil {
		return nil, err
	}
	over, err := needs(app).Over(app, r.OwnerType(), r.Owner())
	if err != nil {
		return nil, err
	}
	return r, access.MaySee(by, []access.Role{access.Judge}, over...)
}

// Nudge reminds judges who still owe sheets to a round, each at most once a day. Nobody named: everybody who owes. It tells
// who was reminded and who has heard it today. Staff of the owner. Errors: record.not_found, round.not_open.
func Nudge(app core.App, by access.Actor, round string, judges []string, now time.Time) (nudged, heard []string, err error) {
	_, err = record.Change(app, Rounds, round, func(tx core.App, r *Round) error {
		if err := mayRun(tx, by, r); err != nil {
			return err
		}
		if !r.TakesAt(now, true) {
			return fault.Conflict("round.not_open")
		}
		owe, today, err := owingIn(tx, r.Id, now)
		if err != nil {
			return err
		}
		wanted := map[string]bool{}
		for _, j := range judges {
			wanted[j] = true
		}
		for _, j := range owe {
			switch {
			case len(judges) > 0 && !wanted[j]:
			case today[j]:
				heard = append(heard, j)
			default:
				nudged = append(nudged, j)
				if err := lifecycle.Note(tx, by, now, Rounds.Collection, r.Id, "nudge", lifecycle.With(map[string]any{"judge": j})); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	return nudged, heard, nil
}

// owingIn lists the judges who owe sheets to a round, and who of them was nudged on the local day of now.
func owingIn(app core.App, round string, now time.Time) (owe []string, today map[string]bool, err error) {
	all, err := askedIn(app, round)
	if err != nil {
		return nil, nil, err
	}
	seen := map[string]bool{}
	for _, a := range all {
		if a.Outstanding() && !seen[a.JudgeID()] {
			seen[a.JudgeID()] = true
			owe = append(owe, a.JudgeID())
		}
	}
	nudges, err := nudgesSince(app, round, now.Add(-day))
	today = map[string]bool{}
	for _, n := range nudges {
		if locale.Day(n.At.Time()) == locale.Day(now) {
			today[n.Judge] = true
		}
	}
	return owe, today, err
}

func itoa(n int) string { return strconv.Itoa(n) }
