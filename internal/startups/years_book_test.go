package startups_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"vuon/internal/housetest"
	"vuon/internal/startups"
)

// periods are all months, quarters and years, and the beginning.
func (y *twoYears) periods() []string {
	all := []string{"baseline", "2027", "2028"}
	for year := 2027; year <= 2028; year++ {
		for q := 1; q <= 4; q++ {
			all = append(all, fmt.Sprintf("%d-Q%d", year, q))
		}
		for m := 1; m <= 12; m++ {
			all = append(all, fmt.Sprintf("%d-%02d", year, m))
		}
	}
	return all
}

// months are the months of a period that the book knows, in order.
func (y *twoYears) months(period string) []string {
	if known := y.spans[period]; known != nil {
		return known
	}
	known := map[string]bool{}
	for _, book := range y.book {
		for p := range book {
			quarter := p
			if len(p) == 7 {
				var month int
				_, _ = fmt.Sscanf(p[5:], "%d", &month)
				quarter = fmt.Sprintf("%s-Q%d", p[:4], (month+2)/3)
			}
			if p == period || quarter == period || p != "baseline" && p[:4] == period {
				known[p] = true
			}
		}
	}
	y.spans[period] = slices.Sorted(maps.Keys(known))
	return y.spans[period]
}

// compare reads the dashboard as the page does and holds every figure against the book.
func (y *twoYears) compare(period, cohort string) {
	y.Helper()
	got := housetest.Ask(y, y.server, y.keeper, http.MethodGet, "/api/vuon/portfolio?period="+period+"&cohort="+cohort, "")
	var p startups.Portfolio
	if err := json.Unmarshal(got.Body.Bytes(), &p); err != nil || got.Code != http.StatusOK {
		y.Fatalf("the dashboard answers %d %s", got.Code, got.Body)
	}
	for _, key := range []string{"revenue", "jobs", "customers", "funding", "cash"} {
		i := slices.IndexFunc(p.Figures, func(f startups.Figure) bool { return f.Key == key })
		if want, is := y.written(key, p.Figures[i].Agg, period), reads(p.Figures[i]); want != is {
			y.Errorf("%s of %s (cohort %q) reads %s; written down is %s", key, period, cohort, is, want)
		}
	}
	if jobs := y.gained(period); period != "baseline" && (p.Jobs.Change == nil || *p.Jobs.Change != jobs) {
		y.Errorf("jobs of %s are %+v; written down are %d more", period, p.Jobs, jobs)
	}
	if raw := y.raw(y.months(period)); raw != *p.Figures[0].Total {
		y.Errorf("the rows of %s come to %d", period, raw)
	}
}

// written is a figure as the book has it.
func (y *twoYears) written(key, agg, period string) string {
	f, sum := startups.Figure{ByState: map[string]int{}, Grade: map[string]int{}}, int64(0)
	for _, book := range y.book {
		last := int64(0)
		for _, month := range y.months(period) {
			r := book[month]
			if r == nil || r.waived {
				continue
			}
			f.Asked++
			a := r.said[key]
			if !r.handed {
				f.ByState["missing"]++
				continue
			}
			f.ByState[string(a.State)]++
			if a.State != startups.Given {
				continue
			}
			f.Reported++
			f.Grade[max(a.Grade, map[bool]string{true: "self"}[a.Grade == ""])]++
			if last = int64(*a.Value); agg == "sum" {
				sum += last
			}
		}
		if agg != "sum" {
			sum += last
		}
	}
	if f.Reported > 0 {
		f.Total = &sum
	}
	return reads(f)
}

// gained is how many people startups have more than they came with, of those that told both.
func (y *twoYears) gained(period string) (more int64) {
	for _, book := range y.book {
		months := y.months(period)
		for n := range months {
			month := months[len(months)-1-n]
			if r := book[month]; r != nil && r.handed && r.said["jobs"].State == startups.Given {
				more += int64(*r.said["jobs"].Value) - int64(*book["baseline"].said["jobs"].Value)
				break
			}
		}
	}
	return more
}

// raw adds up the revenue of some months from the rows themselves.
func (y *twoYears) raw(months []string) (sum int64) {
	for month, n := range y.rows {
		if slices.Contains(months, month) {
			sum += n
		}
	}
	return sum
}

// survived holds the bounds: nine of the twelve whose fate is known, and eight who may be dead or alive.
func (y *twoYears) survived() {
	y.Helper()
	p, err := startups.Whole(y.house, y.manager, "2028-12", y.cohort, y.now)
	housetest.Refused(y, err, "")
	all := p.Survival[0]
	if all.Graduates != 20 || all.Alive != 9 || all.Ended != 3 || all.Unknown != 8 || *all.Rate != 7500 || *all.Low != 4500 || *all.High != 8500 {
		y.Errorf("of twenty graduates %d live, %d ended, %d are unknown: %d between %d and %d", all.Alive, all.Ended, all.Unknown, *all.Rate, *all.Low, *all.High)
	}
	steps := map[string]int{}
	for _, s := range p.Funnel {
		steps[s.Key] = s.N
	}
	if steps["enrolled"] != 40 || steps["active"] != 40 || steps["graduated"] != 20 {
		y.Errorf("the funnel is %v", steps)
	}
	if y.late == 0 {
		y.Error("nothing came late: the story tells too little")
	}
}
