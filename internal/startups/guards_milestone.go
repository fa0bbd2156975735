package startups

import (
	"cmp"
	"net/url"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
)

// milestone keeps what a startup sets out to reach as it was agreed once it was handed in, what shows it to its verbs, and hands
// nothing in that nothing shows. Errors: startup.rooted, milestone.title, milestone.day, milestone.weight, milestone.owner,
// milestone.settled, milestone.rooted, milestone.no_evidence, milestone.address, document.not_here, document.not_for_centre.
func milestone(e *core.RecordEvent, was *core.Record) error {
	m := Milestones.From(e.Record)
	switch {
	case m.Title() == "":
		return fault.Field("title", "milestone.title")
	case endOf(m.DueOn()).IsZero():
		return fault.Field("due_on", "milestone.day")
	case m.Weight() < 1 || m.Weight() > heaviest:
		return fault.Field("weight", "milestone.weight", "most", itoa(heaviest))
	}
	old := m
	if was != nil {
		old = Milestones.From(was)
		still := m.Status() == old.Status()
		switch {
		case m.StartupID() != old.StartupID():
			return fault.Conflict("startup.rooted")
		case still && !m.sameProof(old):
			return fault.Conflict("milestone.rooted")
		case !m.sameTerms(old) && (still && old.Status() != MilestonePlanned && old.Status() != MilestoneInProgress || !still && old.Status() != MilestoneMissed):
			return fault.Conflict("milestone.settled")
		}
	}
	if m.Owner() != "" && (was == nil || m.Owner() != old.Owner()) {
		if there, err := Belongs(e.App, m.Owner(), m.StartupID()); err != nil || !there {
			return cmp.Or(err, fault.Field("owner", "milestone.owner"))
		}
	}
	if m.Status() != MilestoneSubmitted || was != nil && old.Status() == MilestoneSubmitted {
		return nil
	}
	switch {
	case m.DocumentID() == "" && m.Link() == "":
		return fault.Field("document", "milestone.no_evidence")
	case m.Link() != "" && !webAddress(m.Link()):
		return fault.Field("link", "milestone.address")
	}
	return paperOf(e.App, "document", m.DocumentID(), m.StartupID(), ForCentre)
}

// webAddress says whether a text is an address of the web with a host.
func webAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.User == nil
}
