package intake

import (
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/notice"
)

// waivedNow tells applicants that staff have made an exception from a rule for them: what they could not hand in they now can.
func waivedNow(tx core.App, now time.Time) ([]notice.Due, error) {
	papers, err := mattersMoved(tx, now.Add(-recent), "applications.waive")
	var due []notice.Due
	for _, p := range papers {
		d := p.told("app-waive:" + p.ID + ":" + strconv.Itoa(p.Seq))
		d.Why = "an exception was made"
		due = append(due, d)
	}
	return due, err
}
