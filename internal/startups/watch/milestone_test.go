package watch_test

import (
	"strings"
	"testing"

	"vuon/internal/startups/watch"
)

func TestWhichMilestonesAreLate(t *testing.T) {
	t.Parallel()
	for name, c := range map[string][2]string{ // days on which something is due, and what is said on 30 November
		"nothing":                    {"", ""},
		"fourteen days":              {"2026-11-16", ""},
		"fifteen days":               {"2026-11-15", "2026-11 amber 2026-11-15"},
		"thirty days":                {"2026-10-31", "2026-10 amber 2026-10-31"},
		"thirty-one days":            {"2026-10-30", "2026-10 red 2026-10-30"},
		"still to come":              {"2026-12-24", ""},
		"today":                      {"2026-11-30", ""},
		"two of a month, one of two": {"2026-11-10 2026-11-02 2026-11-20", "2026-11 amber 2026-11-02 2026-11-10"},
		"the worse of a month":       {"2026-10-31 2026-10-01", "2026-10 red 2026-10-01 2026-10-31"},
		"two months":                 {"2026-11-01 2025-11-01", "2025-11 red 2025-11-01, 2026-11 amber 2026-11-01"},
		"no day":                     {"2026-02-30 soon", ""},
	} {
		var all []watch.Milestone
		for _, due := range strings.Fields(c[0]) {
			all = append(all, watch.Milestone{ID: due, Title: "x", DueOn: due})
		}
		var said []string
		for _, o := range watch.Late(all, "2026-11-30") {
			colour := "amber"
			if o.Red {
				colour = "red"
			}
			line := o.Period + " " + colour
			for _, m := range o.Milestones {
				line += " " + m.DueOn
			}
			said = append(said, line)
		}
		if got := strings.Join(said, ", "); got != c[1] {
			t.Errorf("%s: %q, want %q", name, got, c[1])
		}
	}
	if watch.Late([]watch.Milestone{{DueOn: "2020-01-01"}}, "today") != nil {
		t.Error("something is late on a day that is none")
	}
}
