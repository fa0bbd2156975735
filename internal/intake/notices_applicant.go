package intake

import (
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/notice"
)

// alsoTo is the same notice for some more people. Each hears it once.
func alsoTo(d notice.Due, some []string) []notice.Due {
	more := make([]notice.Due, 0, len(some))
	for _, who := range some {
		theirs := d
		theirs.Dedup, theirs.User = d.Dedup+":"+who, who
		more = append(more, theirs)
	}
	return more
}

// askedAlong tells whoever was asked to write an application together, by mail where they have no account yet. The link opens
// the question for whoever signs in with the address that was asked, and for nobody else.
func askedAlong(tx core.App, now time.Time) ([]notice.Due, error) {
	places, err := placesAsked(tx, now.Add(-recent))
	due := make([]notice.Due, 0, len(places))
	for _, p := range places {
		d := p.told("app-member:" + p.Place)
		d.User, d.Link, d.Why = p.User, "/app/applications/places/"+p.Place, "asked to write along"
		if p.User == "" {
			d.Address, d.Locale = p.Email, p.Locale
		}
		due = append(due, d)
	}
	return due, err
}

// opened names the link that leads the applicant back into the application from any device. It is made when the mail is sent.
func (p matter) opened() notice.Secret { return notice.Secret{Kind: "application", ID: p.ID} }

// linksToSend sends applicants the link that they have asked for. An hour later nobody waits for it any more.
func linksToSend(tx core.App, now time.Time) ([]notice.Due, error) {
	papers, err := mattersMoved(tx, now.Add(-time.Hour), "applications.ask_link")
	due := make([]notice.Due, 0, len(papers))
	for _, p := range papers {
		d := p.told("app-link:" + p.ID + ":" + strconv.Itoa(p.Seq))
		d.Secret, d.Until, d.Why = p.opened(), p.At.Time().Add(time.Hour), "the applicant asked for a link"
		due = append(due, d)
	}
	return due, err
}
