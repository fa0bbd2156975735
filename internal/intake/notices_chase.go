package intake

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/notice"
)

// chaseNotices are what people hear when staff remind them by hand. Of sheets the room of judging tells.
func chaseNotices() []notice.Rule {
	return []notice.Rule{
		{Key: "chase_draft", Class: notice.Reminder, Due: chased(ChaseDraft)},
		{Key: "chase_answer", Class: notice.Reminder, Due: chased(ChaseAnswer)},
		{Key: "chase_offer", Class: notice.Reminder, Due: chased(ChaseOffer)},
		{Key: "chase_interview", Class: notice.Reminder, Due: chased(ChaseInterview)},
		{Key: "chase_undecided", Class: notice.Reminder, Due: chased(ChaseUndecided)},
	}
}

// chased tells people what staff reminded them of, once a local day for each person and thing, and nobody of what has been done
// meanwhile.
func chased(kind string) func(core.App, time.Time) ([]notice.Due, error) {
	return func(tx core.App, now time.Time) ([]notice.Due, error) {
		all, err := remindedSince(tx, kind, now.Add(-recent))
		var due []notice.Due
		said := map[string]bool{}
		for _, x := range all {
			if d := x.told(kind); !said[d.Dedup] {
				said[d.Dedup] = true
				due = append(due, d)
			}
		}
		return due, err
	}
}

func (x reminded) told(kind string) notice.Due {
	thing, link := x.Thing, paperAt(x.ID)
	if kind == ChaseUndecided { // one for all that is undecided
		thing, link = x.Intake, "/app/intakes/"+x.Intake+"/chase?kind="+kind
	}
	asked := x.At.Time()
	d := x.matter.told("chase:" + kind + ":" + thing + ":" + x.User + ":" + locale.Day(asked))
	d.User, d.Link, d.At, d.Until = x.User, link, asked, asked.Add(recent)
	d.Why = "staff asked at " + asked.In(locale.Zone).Format("15:04")
	if kind == ChaseUndecided {
		delete(d.Args, "receipt")
		return d
	}
	end := x.Ends.Time()
	d.Event = end
	if end.Before(d.Until) {
		d.Until = end
	}
	switch kind {
	case ChaseInterview:
		d.Args["at"] = end.UTC().Format(time.RFC3339)
	case ChaseDraft:
		d.Args["until"] = lastMoment(end).UTC().Format(time.RFC3339)
		if x.User == x.Applicant {
			d.Secret = x.opened()
		}
	default:
		d.Args["until"] = lastMoment(end).UTC().Format(time.RFC3339)
	}
	return d
}
