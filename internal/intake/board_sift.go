package intake

import (
	"net/url"
	"regexp"
	"strings"

	"vuon/internal/access"
	"vuon/internal/judging/score"
	"vuon/internal/lifecycle"
	"vuon/internal/vn"
)

// Sift is what somebody looks for among what was handed in, as an address says it. The zero Sift lets everything through.
type Sift struct {
	Search   string            // without marks, in the title, the receipt code and the applicant's name
	Column   lifecycle.State   // of the board
	Status   lifecycle.State   // of the application
	Owner    string            // id of a member of staff; nobody for cards that nobody looks after
	Proposal string            // one of the proposals; nobody for none
	Decision string            // an outcome; nobody for none
	Sector   string            // a value of the question "sector"
	Round    string            // id of a round that judges it, or will
	Answers  map[string]string // what was chosen, by key of a question
	Least    *score.Total      // the mean of its sheets is not less
	Most     *score.Total      // nor more
	Lacking  bool              // sheets that were asked for are missing, or nobody was asked
	Apart    bool              // its judges lie a point apart or more
	Order    string            // rank, mean, newest; "" is rank
}

// answerKey is what can be the key of a question, and so stands in a query without harm.
var answerKey = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// nobody stands in an address for what is not set.
const nobody = "none"

// apartFrom is how far judges lie apart when staff should look again: a point.
const apartFrom score.Total = pointsPer

// pointsPer is what one point counts in a total.
const pointsPer = 100 * 10_000

// SiftOf reads ?q= &column= &status= &owner=(an id, me, none) &proposal= &decision= &sector= &round= &min= &max= (points) &lacking=1
// &apart=1 &answer.<key>= &order=. What cannot be read is as if it were not said.
func SiftOf(query url.Values, by access.Actor) Sift {
	f := Sift{
		Search: vn.Fold(query.Get("q")), Column: lifecycle.State(query.Get("column")), Status: lifecycle.State(query.Get("status")),
		Owner: query.Get("owner"), Proposal: query.Get("proposal"), Decision: query.Get("decision"), Sector: query.Get("sector"), Round: query.Get("round"),
		Least: totalOf(query.Get("min")), Most: totalOf(query.Get("max")), Lacking: query.Get("lacking") == "1", Apart: query.Get("apart") == "1",
		Order: query.Get("order"),
	}
	if f.Owner == "me" {
		f.Owner = by.ID
	}
	for name := range query {
		if key, ok := strings.CutPrefix(name, "answer."); ok && answerKey.MatchString(key) && query.Get(name) != "" {
			if f.Answers == nil {
				f.Answers = map[string]string{}
			}
			f.Answers[key] = query.Get(name)
		}
	}
	return f
}

// sifts says whether anything is looked for at all.
func (f Sift) sifts() bool {
	return f.Search != "" || f.Status != "" || f.Owner != "" || f.Proposal != "" || f.Decision != "" || f.Sector != "" || f.Round != "" ||
		len(f.Answers) > 0 || f.Least != nil || f.Most != nil || f.Lacking || f.Apart
}

func totalOf(points string) *score.Total {
	h, err := score.Parse(points)
	if err != nil {
		return nil
	}
	t := score.Total(h) * (pointsPer / 100)
	return &t
}
