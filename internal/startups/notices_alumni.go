package startups

import (
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/locale"
	"vuon/internal/notice"
)

// alumniSteps are when alumni hear that they are asked, counted from the day before: on the day, and two and four weeks later.
var alumniSteps = []time.Duration{1 * day, 15 * day, 29 * day}

// alumniYearly asks the admins of startups that graduated how they are. The one whom the centre writes to first gets a secret link
// by mail, the others find it in the workspace.
func alumniYearly(tx core.App, now time.Time) ([]notice.Due, error) {
	all, err := alumniAsked(tx)
	if err != nil {
		return nil, err
	}
	var due []notice.Due
	for _, a := range all {
		asked, err := types.ParseDateTime(a.Asked)
		if err != nil || !now.Before(endOf(a.DueOn)) {
			continue
		}
		for _, step := range notice.Steps(endOf(daysAfter(locale.Day(asked.Time()), -1)), now, alumniSteps...) {
			d := step.On(notice.Due{
				Dedup: "alum:" + a.Startup + ":" + strconv.Itoa(a.Year), User: a.User, Mail: true, Link: "/app/startups/" + a.Startup + "?tab=life",
				Args: map[string]string{"startup": a.Name, "due": a.DueOn},
			})
			d.Dedup += ":" + a.User
			if a.Primary {
				d.Secret = notice.Secret{Kind: "alumni", ID: a.ID}
			}
			due = append(due, d)
		}
	}
	return due, nil
}
