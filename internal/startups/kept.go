package startups

// KeptTotal is what startups reported for a KPI and a period, added up already. Triggers keep it, in the transaction of
// whatever changes a report or its answers; the doctor reckons it anew.
type KeptTotal struct {
	KPI         string `db:"kpi"`
	Period      string `db:"period_key"`
	Asked       int    `db:"asked"`
	Given       int    `db:"given"`
	NotReported int    `db:"not_reported"`
	NotOurs     int    `db:"na"`
	Declined    int    `db:"refused"`
	Missing     int    `db:"missing"`
	Self        int    `db:"self"`
	Documented  int    `db:"documented"`
	Verified    int    `db:"verified"`
	Total       int64  `db:"total"`    // of all values
	Last        int64  `db:"last"`     // of each startup's last value
	Startups    int    `db:"startups"` // that gave one
}

// figure is the total as it is read.
func (t KeptTotal) figure(k KPILine) Figure {
	f := Figure{
		KPI: k.ID, Key: k.Key, LabelVI: k.LabelVI, LabelEN: k.LabelEN, Unit: k.Unit, Direction: k.Direction, Agg: k.Agg,
		Reported: t.Given, Asked: t.Asked, startups: t.Startups, sensitivity: k.Sensitivity,
		ByState: some(map[string]int{
			string(Given): t.Given, string(NotReported): t.NotReported, string(NotOurs): t.NotOurs, string(Declined): t.Declined, stateMissing: t.Missing,
		}),
		Grade: some(map[string]int{grades[0]: t.Self, grades[1]: t.Documented, gradeVerified: t.Verified}),
	}
	switch {
	case t.Given == 0:
	case k.Agg == aggAvg:
		average := mean(t.Total, int64(t.Given))
		f.Total = &average
	case k.Unit == "percent": // percents do not add up
	case k.Agg == aggSum:
		f.Total = &t.Total
	default:
		f.Total = &t.Last
	}
	return f
}

// mean is the average of n values that come to total, to the nearest whole one; a half goes away from nought.
func mean(total, n int64) int64 {
	whole, rest := total/n, total%n
	switch {
	case rest >= n-rest:
		return whole + 1
	case -rest >= n+rest:
		return whole - 1
	}
	return whole
}

// some leaves out what there is none of.
func some(counts map[string]int) map[string]int {
	for key, n := range counts {
		if n == 0 {
			delete(counts, key)
		}
	}
	return counts
}
