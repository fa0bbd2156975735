package judging

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/notice"
)

// justInvited tells judges that staff would have them on the panel of a round, and for how many sheets.
func justInvited(tx core.App, now time.Time) ([]notice.Due, error) {
	asked, err := invitedSince(tx, now.Add(-recent))
	var due []notice.Due
	for _, a := range asked {
		due = append(due, notice.Due{
			Dedup: "panel:" + a.ID + ":" + a.At.Time().UTC().Format("20060102T150405.000"), User: a.Judge, Link: queueAt, Mail: true,
			Args: map[string]string{"n": itoa(a.Asked), "title_vi": a.Title, "title_en": a.Other},
			Why:  "asked for " + itoa(a.Asked) + " sheets at " + a.At.Time().In(locale.Zone).Format("15:04"),
		})
	}
	return due, err
}

// justNudged tells judges that staff wait for their sheets: once a day and round, however often staff press the button.
func justNudged(tx core.App, now time.Time) ([]notice.Due, error) {
	nudges, err := nudgesSince(tx, "", now.Add(-recent))
	if err != nil || len(nudges) == 0 {
		return nil, err
	}
	owed, err := openDebts(tx)
	var due []notice.Due
	for _, x := range nudges {
		n := owed[x.Round+x.Judge]
		if n == 0 {
			continue
		}
		due = append(due, notice.Due{
			Dedup: "nudge:" + x.Round + ":" + x.Judge + ":" + locale.Day(x.At.Time()), User: x.Judge, Link: queueAt, Mail: true, At: x.At.Time(),
			Args: map[string]string{"n": itoa(n)}, Why: "staff asked at " + x.At.Time().In(locale.Zone).Format("15:04"), Until: x.At.Time().Add(recent),
		})
	}
	return due, err
}
