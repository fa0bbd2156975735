package startups

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/notice"
)

// Notices are what the room has people told.
func Notices() []notice.Rule {
	return []notice.Rule{
		{Key: "report_opened", Class: notice.Transactional, Due: justOpened},
		{Key: "report_returned", Class: notice.Transactional, Due: justReturned},
		{Key: "report_due", Class: notice.Reminder, Due: remindBefore},
		{Key: "report_late", Class: notice.Reminder, Due: remindAfter},
		{Key: "report_missed", Class: notice.Reminder, Due: missed},
		{Key: "alert_raised", Class: notice.Reminder, Due: raised(Red)},
		{Key: "alert_noticed", Class: notice.Digest, Due: raised(Amber)},
		{Key: "alert_waiting", Class: notice.Reminder, Due: unattended},
		{Key: "alert_asked", Class: notice.Digest, Due: askedOnceMore},
		{Key: "member_joined", Class: notice.Transactional, Due: justJoined},
		{Key: "recognition_expiring", Class: notice.Reminder, Due: runningOut},
		{Key: "recognition_verified", Class: notice.Transactional, Due: justChecked("recognition.verify")},
		{Key: "recognition_revoked", Class: notice.Transactional, Due: justChecked("recognition.revoke")},
		{Key: "account_touched", Class: notice.Transactional, Due: accountTouched},
		{Key: "enrolment_paused", Class: notice.Transactional, Due: lifeMoved("pause")},
		{Key: "enrolment_resumed", Class: notice.Transactional, Due: lifeMoved("resume")},
		{Key: "enrolment_graduated", Class: notice.Transactional, Due: lifeMoved("graduate")},
		{Key: "enrolment_withdrawn", Class: notice.Transactional, Due: lifeMoved("withdraw")},
		{Key: "enrolment_terminated", Class: notice.Transactional, Due: lifeMoved("terminate")},
		{Key: "milestone_due", Class: notice.Reminder, Due: milestoneReminder(beforeMilestone)},
		{Key: "milestone_late", Class: notice.Reminder, Due: milestoneReminder(afterMilestone)},
		{Key: "milestone_returned", Class: notice.Transactional, Due: milestoneJudged("milestone.return")},
		{Key: "milestone_verified", Class: notice.Transactional, Due: milestoneJudged("milestone.verify")},
		{Key: "milestone_dropped", Class: notice.Transactional, Due: milestoneJudged("milestone.drop")},
		{Key: "alumni_asked", Class: notice.Reminder, Due: alumniYearly},
		{Key: "enrolment_left", Class: notice.Transactional, Due: leftByThemselves},
		{Key: "workshop_set", Class: notice.Transactional, Due: workshopsTold("workshop", false, "workshops.plan", "workshops.edit")},
		{Key: "workshop_off", Class: notice.Transactional, Due: workshopsTold("workshop-off", true, "workshop.cancel")},
		{Key: "workshop_soon", Class: notice.Reminder, Due: workshopSoon},
		{Key: "announcement_sent", Class: notice.Reminder, Due: justAnnounced},
		{Key: "pulse_opened", Class: notice.Reminder, Due: pulseOpened},
		{Key: "pulse_closing", Class: notice.Reminder, Due: pulseClosing},
		{Key: "support_handed", Class: notice.Reminder, Due: supportHanded},
	}
}

const (
	day    = 24 * time.Hour
	recent = 3 * day // how long after a move people are still told of it, should the house have been away
	week   = 7 * day // how long it is of use to hear that something is missing
)

// justJoined tells people that somebody has taken them into a startup.
func justJoined(tx core.App, now time.Time) ([]notice.Due, error) {
	all, err := joinedSince(tx, now.Add(-recent))
	due := make([]notice.Due, 0, len(all))
	for _, j := range all {
		due = append(due, notice.Due{
			Dedup: "member:" + j.ID, User: j.User, Args: map[string]string{"startup": j.Name}, Link: "/app/startups/" + j.Startup, Mail: true,
			Why: "joined startup " + j.Startup,
		})
	}
	return due, err
}
