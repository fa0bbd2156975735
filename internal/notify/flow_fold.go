package notify

import (
	"errors"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/notice"
)

// many is how many reminders a day one person gets by themselves at most: with it they become one mail.
const many = 6

// digestKind is the kind of the mail that others are folded into.
const digestKind = "digest"

// pile is what waits at an instant for one person, and what they had that day.
type pile struct {
	User     string `db:"user"`
	Waiting  int    `db:"waiting"`
	Gathered int    `db:"gathered"`
	Had      int    `db:"had"`
	Folded   bool   `db:"folded"`
}

// foldAll makes one mail a day of what people wanted gathered, and of reminders where there are too many of them. What comes
// after the mail of the day waits for the next, unless its event does not.
func foldAll(app core.App, h hours, now time.Time) error {
	midnight, _ := dayOf(now)
	piles, err := pilesAt(app, now, midnight)
	if err != nil {
		return err
	}
	var failed error
	for _, pile := range piles {
		full := pile.Folded || pile.Had >= many
		if pile.Gathered == 0 && !full && (pile.Waiting == 1 || pile.Had+pile.Waiting < many) {
			continue
		}
		err := app.RunInTransaction(func(tx core.App) error {
			letters, err := pileOf(tx, pile.User, now)
			if err != nil || len(letters) == 0 {
				return err
			}
			if full {
				return putOff(tx, h, letters, now)
			}
			return fold(tx, pile.User, letters, now)
		})
		failed = errors.Join(failed, unlessTaken(err))
	}
	return failed
}

// fold makes one letter of several.
func fold(tx core.App, user string, letters []*Letter, now time.Time) error {
	midnight, _ := dayOf(now)
	due := notice.Due{
		Dedup: digestKey(user, midnight), User: user, Link: "/app/inbox", Mail: true,
		Args: map[string]string{"n": strconv.Itoa(len(letters))}, Why: "a day's notices in one mail",
	}
	if _, err := insertLetters(tx, []planned{{Due: due, rule: notice.Rule{Key: digestKind, Class: notice.Digest}, mail: now}}); err != nil {
		return err
	}
	digest, err := letterFor(tx, due.Dedup)
	if err != nil {
		return err
	}
	for _, l := range letters {
		l.setDigest(digest.Id)
		if err := OutboxLife.Fire(tx, l, "fold", deliverer, now); err != nil {
			return err
		}
	}
	return nil
}

// putOff lets letters wait for the next day's mail. What cannot wait that long goes by itself.
func putOff(tx core.App, h hours, letters []*Letter, now time.Time) error {
	midnight, _ := dayOf(now)
	tomorrow := midnight.AddDate(0, 0, 1).Add(morning)
	for _, l := range letters {
		next := h.next(tomorrow)
		if l.Gather() != "" {
			next = h.gathered(l.Gather(), tomorrow)
		}
		if until := l.Until(); !until.IsZero() && !next.Before(until) {
			continue
		}
		l.setNext(next)
		if err := tx.Save(l); err != nil {
			return err
		}
	}
	return nil
}

func digestKey(user string, day time.Time) string {
	return digestKind + ":" + user + ":" + day.Format(time.DateOnly)
}
