package watch

import "time"

// The figures that rules look at, by their keys.
const (
	Revenue   = "revenue"
	Jobs      = "jobs"
	Customers = "customers"
	Funding   = "funding" // that came in during the month
	Cash      = "cash"    // that is left at its end
)

// Rounds is what came by rounds of funding that were closed in a month. No report tells it: it is on record.
const Rounds = "rounds"

// KPIs are all that reports tell.
func KPIs() []string { return []string{Revenue, Jobs, Customers, Funding, Cash} }

// back is how many months an earlier figure may lie back for a later one to be held against it.
const back = 3

// Reach is how many months before the one that is looked at a rule may need.
const Reach = back

// Course is what one startup has told of itself.
type Course struct {
	told map[cell]int64
	none map[cell]bool
}

// cell is one figure of one month.
type cell struct{ kpi, month string }

// Tell adds a value of a month, "2026-11". Values reach from −2^53 to 2^53.
func (c *Course) Tell(kpi, month string, value int64) {
	if c.told == nil {
		c.told = map[cell]int64{}
	}
	c.told[cell{kpi, month}] = value
}

// Never says that a figure does not apply to the startup in a month.
func (c *Course) Never(kpi, month string) {
	if c.none == nil {
		c.none = map[cell]bool{}
	}
	c.none[cell{kpi, month}] = true
}

// Of is the value of a month; not ok when none was told.
func (c *Course) Of(kpi, month string) (value int64, ok bool) {
	value, ok = c.told[cell{kpi, month}]
	return value, ok
}

// Latest is the last month from first to last of which a figure was told, or "". kpi "" is any of them.
func (c *Course) Latest(kpi, first, last string) string {
	for month := last; month >= first && month != ""; month = Before(month) {
		for _, one := range KPIs() {
			if _, ok := c.Of(one, month); ok && (kpi == "" || kpi == one) {
				return month
			}
		}
	}
	return ""
}

// fact is a figure that was told.
func (c *Course) fact(kpi, month string) (Fact, bool) {
	value, ok := c.Of(kpi, month)
	return Fact{kpi, month, value}, ok
}

// earlier is the last that was told of a figure before a month, not too far back.
func (c *Course) earlier(kpi, month string) (Fact, bool) {
	for range back {
		month = Before(month)
		if f, ok := c.fact(kpi, month); ok {
			return f, true
		}
	}
	return Fact{}, false
}

// Before is the month before another; "" before what is no month.
func Before(month string) string { return Back(month, 1) }

// Back is the month so many before another; "" before what is no month.
func Back(month string, n int) string {
	at, err := time.Parse("2006-01", month)
	if err != nil {
		return ""
	}
	return at.AddDate(0, -n, 0).Format("2006-01")
}
