package intake

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
)

// InterviewView is an interview as those who apply see it. Who hears them is told to nobody but staff.
type InterviewView struct {
	ID       string          `json:"id"`
	Status   lifecycle.State `json:"status"`
	StartsAt time.Time       `json:"starts_at"`
	EndsAt   time.Time       `json:"ends_at"`
	Minutes  int             `json:"minutes"`
	Place    string          `json:"place"`
	Link     string          `json:"link"`
	Note     string          `json:"note"`
	Words    string          `json:"words"`
	Open     bool            `json:"open"` // whether its applicant can still say whether they come
	Rev      int             `json:"rev"`
}

// InterviewLine is one of an intake, as staff see it.
type InterviewLine struct {
	InterviewView
	Application Receipted `json:"application"`
	Panel       []Person  `json:"panel"`
}

// Receipted is an application by its receipt and title.
type Receipted struct {
	ID    string `json:"id"`
	Code  string `json:"code"`
	Title string `json:"title"`
}

func interviewView(v *Interview, now time.Time) InterviewView {
	return InterviewView{
		v.Id, v.Status(), v.StartsAt(), v.EndsAt(), v.Minutes(), v.Place(), v.Link(), v.Note(), v.Words(), !v.over() && now.Before(v.StartsAt()), v.Rev(),
	}
}

// ownInterviews are those of an application as its applicant sees them: not what was called off.
func ownInterviews(app core.App, application string, now time.Time) ([]InterviewView, error) {
	all, err := interviewsOf(app, application)
	if err != nil {
		return nil, err
	}
	views := []InterviewView{}
	for _, v := range all {
		if v.Status() != InterviewCancelled {
			views = append(views, interviewView(v, now))
		}
	}
	return views, nil
}

// InterviewsIn lists the interviews of an intake for its staff, the next first, without those about what is near to them.
// application "" lists all. Errors: access.sign_in, record.not_found.
func InterviewsIn(app core.App, by access.Actor, id, application string, now time.Time) ([]InterviewLine, error) {
	i, err := intakeCalled(app, id)
	if err != nil {
		return nil, err
	}
	if err := access.MaySee(by, []access.Role{access.Staff, access.Manager}, i.Path()...); err != nil {
		return nil, err
	}
	r, err := readerOf(app, by)
	if err != nil {
		return nil, err
	}
	all, err := interviewsIn(app, i.Id, application)
	if err != nil {
		return nil, err
	}
	lines := []InterviewLine{}
	for _, v := range all {
		a, err := Applications.Find(app, v.ApplicationID())
		if err != nil {
			return nil, err
		}
		if r.near(a) {
			continue
		}
		known, err := names(app, v.Panel())
		if err != nil {
			return nil, err
		}
		line := InterviewLine{InterviewView: interviewView(v, now), Application: Receipted{a.Id, a.Code(), a.Title()}, Panel: []Person{}}
		for _, who := range v.Panel() {
			line.Panel = append(line.Panel, Person{who, known[who]})
		}
		lines = append(lines, line)
	}
	return lines, nil
}
