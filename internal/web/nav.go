package web

// heads are the entries of the head, in order. An entry whose page the house does not serve is not shown.
var heads = []Link{
	{Key: "nav.startups", Path: "/startups"},
	{Key: "nav.intakes", Path: "/intakes"},
	{Key: "nav.events", Path: "/events"},
	{Key: "nav.contests", Path: "/contests"},
	{Key: "nav.projects", Path: "/projects"},
	{Key: "nav.impact", Path: "/impact"},
}

// feet are the entries of the foot by column.
var feet = []Link{
	{Key: "nav.intakes", Path: "/intakes", Group: "foot.founders"},
	{Key: "nav.mentors", Path: "/mentors", Group: "foot.founders"},
	{Key: "nav.events", Path: "/events", Group: "foot.founders"},
	{Key: "nav.startups", Path: "/startups", Group: "foot.partners"},
	{Key: "nav.projects", Path: "/projects", Group: "foot.partners"},
	{Key: "nav.contests", Path: "/contests", Group: "foot.partners"},
	{Key: "nav.impact", Path: "/impact", Group: "foot.open"},
	{Key: "nav.accessibility", Path: "/accessibility", Group: "foot.open"},
	{Key: "nav.privacy", Path: "/privacy", Group: "foot.open"},
}

func (s *Site) shown(links []Link) []Link {
	var some []Link
	for _, l := range links {
		if s.deps.Serves(l.Path) {
			some = append(some, l)
		}
	}
	return some
}

// Groups cuts the foot into its columns.
func (v *View) Groups() [][]Link {
	var columns [][]Link
	for _, l := range v.Foot {
		if n := len(columns); n > 0 && columns[n-1][0].Group == l.Group {
			columns[n-1] = append(columns[n-1], l)
			continue
		}
		columns = append(columns, []Link{l})
	}
	return columns
}
