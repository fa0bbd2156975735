package judging

import (
	"strconv"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
)

// Attachment is a file that was handed in.
type Attachment struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Kind string `json:"kind"`
	Size int64  `json:"size"`
	Path string `json:"path"` // where it is fetched from, below /api/vuon
	Ext  string `json:"-"`    // the ending of its name
}

// Place is a judge before a subject.
type Place struct {
	Assignment           string
	SubjectType, Subject string
	Alias                string
	Blind                bool // whether the judge is not to know who wrote it
}

// Seated finds where an assignment places its judge, while it is still theirs. Error: record.not_found.
func Seated(app core.App, by access.Actor, id string) (Place, error) {
	a, err := Assignments.Find(app, id)
	if err != nil {
		return Place{}, err
	}
	if err := mine(app, by, a); err != nil {
		return Place{}, err
	}
	if !a.Live() {
		return Place{}, fault.NotFound("record.not_found")
	}
	r, err := Rounds.Find(app, a.RoundID())
	if err != nil {
		return Place{}, err
	}
	return placed(a, r), nil
}

func placed(a *Assignment, r *Round) Place {
	return Place{a.Id, a.SubjectType(), a.Subject(), a.Alias(), r.Blind()}
}

// For is a brief as the judge of a place reads it: in a blind round under its alias, with no answer that is not marked as safe
// there, and with files whose names tell nothing.
func (b Brief) For(p Place) Brief {
	if p.Blind {
		b.Title = p.Alias
	}
	answers := make([]Answer, 0, len(b.Answers))
	n := 0
	for _, x := range b.Answers {
		if p.Blind && !x.Safe {
			continue
		}
		var some []Attachment
		for _, f := range x.Files {
			n++
			f.Path = "/assignments/" + p.Assignment + "/files/" + f.ID
			if p.Blind {
				f.Name = "tep-" + strconv.Itoa(n) + f.Ext
			}
			some = append(some, f)
		}
		x.Files = some
		answers = append(answers, x)
	}
	b.Answers = answers
	return b
}
