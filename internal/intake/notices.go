package intake

import (
	"hash/fnv"
	"slices"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/notice"
)

// Notices are what the room has people told. None of them tells an outcome: whoever wants to know signs in.
func Notices() []notice.Rule {
	return append(append(outcomeNotices(), chaseNotices()...), []notice.Rule{
		{Key: "intake_opened", Class: notice.Digest, Due: opened},
		{Key: "application_draft", Class: notice.Reminder, Due: remindDrafts},
		{Key: "application_received", Class: notice.Transactional, Due: received},
		{Key: "interview_set", Class: notice.Transactional, Due: interviewsSet},
		{Key: "interview_off", Class: notice.Transactional, Due: interviewsOff},
		{Key: "interview_declined", Class: notice.Transactional, Due: interviewsAnswered},
		{Key: "interview_soon", Class: notice.Reminder, Due: remindInterviews},
		{Key: "application_link", Class: notice.Transactional, Due: linksToSend},
		{Key: "application_invited", Class: notice.Transactional, Due: askedAlong},
		{Key: "intake_extended", Class: notice.Transactional, Due: extended},
		{Key: "application_asked", Class: notice.Transactional, Due: askedNow},
		{Key: "application_waived", Class: notice.Transactional, Due: waivedNow},
		{Key: "application_answer_due", Class: notice.Reminder, Due: remindAnswers},
		{Key: "application_news", Class: notice.Transactional, Due: news},
		{Key: "sheets_short", Class: notice.Reminder, Due: uncovered},
		{Key: "decision_late", Class: notice.Reminder, Due: remindManagers},
		{Key: "decision_released", Class: notice.Transactional, Due: released},
		{Key: "offer_expiring", Class: notice.Transactional, Due: remindOffers},
		{Key: "offer_answered", Class: notice.Digest, Due: answeredOffers},
	}...)
}

const (
	day    = 24 * time.Hour
	recent = 3 * day // how long after a move people are still told of it, should the house have been away
)

// received tells whoever applied and wrote along, and the people of the startup that applies, each time that something was handed in.
func received(tx core.App, now time.Time) ([]notice.Due, error) {
	papers, err := mattersMoved(tx, now.Add(-recent), handings...)
	if err != nil || len(papers) == 0 {
		return nil, err
	}
	var startups []string
	for _, p := range papers {
		if p.Startup != "" {
			startups = append(startups, p.Startup)
		}
	}
	teams, err := needs(tx).Teams(tx, startups...)
	if err != nil {
		return nil, err
	}
	along, err := writersOfAll(tx, papers)
	if err != nil {
		return nil, err
	}
	var due []notice.Due
	for _, p := range papers {
		d := p.told("app-recv:" + p.ID + ":" + strconv.Itoa(p.Handed))
		d.Why = "handed in"
		due = append(due, d)
		due = append(due, alsoTo(d, along[p.ID])...)
		for _, who := range teams[p.Startup] {
			if who != p.Applicant && !slices.Contains(along[p.ID], who) {
				theirs := d
				theirs.Dedup, theirs.User, theirs.Link = d.Dedup+":"+who, who, "/app/startups/"+p.Startup // the application is the applicant's own
				due = append(due, theirs)
			}
		}
	}
	return due, nil
}

// askedNow tells applicants that staff want to know something, as long as they have not answered.
func askedNow(tx core.App, now time.Time) ([]notice.Due, error) {
	papers, err := mattersMoved(tx, now.Add(-recent), "application.ask")
	var due []notice.Due
	for _, p := range papers {
		if p.Status == string(ApplicationNeedsInfo) {
			d := p.until("answer."+p.ID, p.AnswerBy.Time(), p.Asked, p.told("app-ask:"+p.ID+":"+strconv.Itoa(p.Seq)))
			d.Why = "asked by staff"
			due = append(due, d)
		}
	}
	return due, err
}

// remindAnswers tells applicants the day before an answer is due that it has not come.
func remindAnswers(tx core.App, now time.Time) ([]notice.Due, error) {
	papers, err := mattersAsked(tx, now, now.Add(notice.Ahead+2*day))
	var due []notice.Due
	for _, p := range papers {
		for _, step := range notice.Steps(p.AnswerBy.Time(), now, -day) {
			if step.At.After(p.At.Time()) { // nobody is reminded of what they have just been asked
				due = append(due, step.On(p.until("answer."+p.ID, p.AnswerBy.Time(), p.Asked, p.told("app-ask:"+p.ID+":"+strconv.Itoa(p.Seq)))))
			}
		}
	}
	return due, err
}

// news tells applicants that something has become of their application.
func news(tx core.App, now time.Time) ([]notice.Due, error) {
	papers, err := mattersMoved(tx, now.Add(-recent), "application.rule_out", "application.restore", "application.close_waitlist")
	due := make([]notice.Due, 0, len(papers))
	for _, p := range papers {
		d := p.told("app-news:" + p.ID + ":" + strconv.Itoa(p.Seq))
		d.Why = "the application was moved"
		due = append(due, d)
	}
	return due, err
}

// spread is over how long the decisions of an intake are told, so that not everybody opens theirs in the same second.
const spread = 10 * time.Minute

// released tells applicants, and those who wrote with them, that their decision can be read.
func released(tx core.App, now time.Time) ([]notice.Due, error) {
	papers, err := mattersMoved(tx, now.Add(-recent), "application.admit", "application.reject", "application.waitlist")
	if err != nil || len(papers) == 0 {
		return nil, err
	}
	along, err := writersOfAll(tx, papers)
	due := make([]notice.Due, 0, len(papers))
	for _, p := range papers {
		d := p.told("decision:" + p.Decision)
		d.At, d.Why = p.At.Time().Add(lot(p.Decision, spread)), "decisions were released; told over ten minutes"
		due = append(append(due, d), alsoTo(d, along[p.ID])...)
	}
	return due, err
}

// lot draws a whole second within a span from a name, always the same.
func lot(name string, within time.Duration) time.Duration {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return time.Duration(h.Sum32()%uint32(within/time.Second)) * time.Second
}

// lastMoment is a deadline as people read it: a day ends at 23:59 and not at midnight.
func lastMoment(deadline time.Time) time.Time {
	if here := deadline.In(locale.Zone); here.Hour() == 0 && here.Minute() == 0 {
		return deadline.Add(-time.Minute)
	}
	return deadline
}
