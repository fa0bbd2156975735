package app

import (
	"fmt"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/locale"
	"vuon/internal/notice"
	"vuon/internal/notify"
	"vuon/internal/vn"
)

// incident is something that is broken: managers hear of it once.
type incident struct {
	key  string // after "ops:": what is broken, and since which day
	args map[string]string
	link string
	why  string
}

// toManagers tells the managers of the whole house what is broken.
func toManagers(look func(core.App, time.Time) ([]incident, error)) func(core.App, time.Time) ([]notice.Due, error) {
	return func(tx core.App, now time.Time) ([]notice.Due, error) {
		broken, err := look(tx, now)
		if err != nil || len(broken) == 0 {
			return nil, err
		}
		managers, err := access.Standing(tx, access.Manager, now)
		var due []notice.Due
		for _, b := range broken {
			for _, who := range managers.Over() {
				due = append(due, notice.Due{Dedup: "ops:" + b.key + ":" + who, User: who, Args: b.args, Link: b.link, Mail: true, Why: b.why})
			}
		}
		return due, err
	}
}

// From when on the post is broken, and not merely slow.
const (
	slow = time.Hour // a letter that should have gone so long ago
	many = 5         // letters on one day that nobody took
)

// outboxWaits finds letters that wait although they might go.
func outboxWaits(tx core.App, now time.Time) ([]incident, error) {
	n, err := notify.Overdue(tx, now.Add(-slow))
	if err != nil || n == 0 {
		return nil, err
	}
	return []incident{{
		key: "outbox:" + locale.Day(now), args: map[string]string{"n": strconv.Itoa(n)}, link: "/app/outbox",
		why: fmt.Sprintf("%d letters should have gone before %s", n, now.Add(-slow).In(locale.Zone).Format("15:04")),
	}}, nil
}

// lettersFail finds a day on which many letters were given up.
func lettersFail(tx core.App, now time.Time) ([]incident, error) {
	n, err := notify.FailedSince(tx, vn.DayOf(now).Starts())
	if err != nil || n < many {
		return nil, err
	}
	return []incident{{
		key: "letters:" + locale.Day(now), args: map[string]string{"n": strconv.Itoa(n)}, link: "/app/outbox", why: fmt.Sprintf("%d letters failed", n),
	}}, nil
}

// jobsFail finds jobs that have failed for good since yesterday: at the last attempt, each once a day.
func jobsFail(tx core.App, now time.Time) ([]incident, error) {
	failed, err := jobsGivenUp(tx, now.Add(-24*time.Hour), now)
	all := make([]incident, 0, len(failed))
	for _, f := range failed {
		all = append(all, incident{
			key: "job." + f.Job + ":" + locale.Day(f.Ended.Time()), args: map[string]string{"job": f.Job, "at": f.Ended.Time().UTC().Format(time.RFC3339)},
			link: "/app/jobs", why: "job " + f.Job + " failed at its last attempt",
		})
	}
	return all, err
}

// journalBroken finds a journal in which the newest entry that was anchored is not there any more, or is another. The doctor
// walks all of it; this looks at one row, and can be done every minute.
func journalBroken(tx core.App, now time.Time) ([]incident, error) {
	last, err := newestAnchor(tx.DataDir())
	if err != nil || last.Seq == 0 {
		return nil, err
	}
	there, err := entryStands(tx, last.Seq, last.Hash)
	if err != nil || there {
		return nil, err
	}
	return []incident{{
		key: "journal:" + strconv.Itoa(last.Seq), args: map[string]string{"seq": strconv.Itoa(last.Seq), "at": now.UTC().Format(time.RFC3339)},
		link: "/app/journal", why: fmt.Sprintf("entry %d of the journal is not the one that was anchored", last.Seq),
	}}, nil
}
