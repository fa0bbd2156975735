package intake

import (
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/judging"
	"vuon/internal/record"
)

// reader is somebody who works for the centre, with what they must not read as such: the applications that they wrote, alone
// or with others, and those of the startups that they belong to.
type reader struct {
	id       string
	startups []string
	papers   []string // applications that they write together with somebody
}

func readerOf(app core.App, by access.Actor) (reader, error) {
	startups, err := needs(app).Startups(app, by.ID)
	if err != nil {
		return reader{}, err
	}
	papers, err := papersOf(app, by.ID)
	return reader{by.ID, startups, papers}, err
}

// near says whether an application is the reader's own.
func (r reader) near(a *Application) bool {
	return a.ApplicantID() == r.id || a.StartupID() != "" && slices.Contains(r.startups, a.StartupID()) || slices.Contains(r.papers, a.Id)
}

// far takes the reader's own out of some applications.
func (r reader) far(all []*Application) []*Application { return slices.DeleteFunc(all, r.near) }

// strange holds of the applications a of an outer query that are not the reader's own, and strangeCard of board cards a.
const (
	stranger    = `a.applicant != {:reader} AND (a.startup = '' OR a.startup NOT IN (SELECT value FROM json_each({:startups})))`
	strange     = stranger + ` AND a.id NOT IN (SELECT value FROM json_each({:papers}))`
	strangeCard = stranger + ` AND a.application NOT IN (SELECT value FROM json_each({:papers}))`
)

func (r reader) params(more dbx.Params) dbx.Params {
	more["reader"], more["startups"], more["papers"] = r.id, record.InJSON(append([]string{}, r.startups...)), record.InJSON(append([]string{}, r.papers...))
	return more
}

// Veiled are the rows behind the reader's own applications, by id, of which they must learn nothing wherever they work: cards,
// decisions, and what was judged.
func Veiled(app core.App, by access.Actor) (map[string]bool, error) {
	r, err := readerOf(app, by)
	if err != nil {
		return nil, err
	}
	own, veiled, err := ownRows(app, r)
	if err != nil {
		return nil, err
	}
	judged, err := judging.Behind(app, subjectType, own)
	if err != nil {
		return nil, err
	}
	hidden := map[string]bool{}
	for _, id := range slices.Concat(veiled, judged) {
		hidden[id] = true
	}
	return hidden, nil
}
