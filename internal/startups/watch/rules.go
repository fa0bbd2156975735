package watch

// The rules, by the names under which alerts are kept.
const (
	RevenueFell = "revenue_fell"
	RunwayShort = "runway_short"
	JobsFell    = "jobs_fell"
	ZeroAfter   = "zero_after_value"
	Contradict  = "figures_contradict"
)

// Rules are the names of all.
func Rules() []string { return []string{RevenueFell, RunwayShort, JobsFell, ZeroAfter, Contradict} }

// Fact is one figure on which a sign rests.
type Fact struct {
	KPI    string `json:"kpi"`
	Period string `json:"period"`
	Value  int64  `json:"value"` // đồng, or a count
}

// Sign is what a rule has seen: the figures, the earliest first, and the threshold that they met.
type Sign struct {
	Rule, Period string
	Red          bool
	Facts        []Fact
	Fell         int   // percent or more
	Times        int   // so often in a row
	Under        int   // months that the cash does not last
	Spent        int64 // đồng, more than came in
	Over         int   // months in which it was spent
}

// See looks at a startup as of a month, by one rule. ok is false when there is nothing to ask about, or too little was told.
func See(rule string, c *Course, month string) (s Sign, ok bool) {
	switch rule {
	case RevenueFell:
		s, ok = revenueFell(c, month)
	case RunwayShort:
		s, ok = runwayShort(c, month)
	case JobsFell:
		s, ok = jobsFell(c, month)
	case ZeroAfter:
		s, ok = zeroAfter(c, month)
	case Contradict:
		s, ok = contradict(c, month)
	}
	s.Rule, s.Period = rule, month
	return s, ok
}

// fell says whether a figure has gone down by so many percent or more.
func fell(was, now Fact, percent int64) bool {
	return was.Value > 0 && 100*now.Value <= (100-percent)*was.Value
}

// revenueFell: by half and more against the month before, or by three tenths and more twice in a row; both are red. A month
// that was not told is between two others: nothing is held against the one behind it.
func revenueFell(c *Course, month string) (Sign, bool) {
	now, okNow := c.fact(Revenue, month)
	was, okWas := c.fact(Revenue, Before(month))
	if !okNow || !okWas {
		return Sign{}, false
	}
	first, okFirst := c.fact(Revenue, Back(month, 2))
	half, twice := fell(was, now, 50), okFirst && fell(was, now, 30) && fell(first, was, 30)
	switch {
	case twice:
		return Sign{Red: half, Facts: []Fact{first, was, now}, Fell: 30, Times: 2}, true
	case half:
		return Sign{Facts: []Fact{was, now}, Fell: 50, Times: 1}, true
	}
	return Sign{}, false
}

// jobsFell: a quarter and more of the people are gone against what was told last.
func jobsFell(c *Course, month string) (Sign, bool) {
	now, okNow := c.fact(Jobs, month)
	was, okWas := c.earlier(Jobs, month)
	if !okNow || !okWas || !fell(was, now, 25) {
		return Sign{}, false
	}
	return Sign{Facts: []Fact{was, now}, Fell: 25, Times: 1}, true
}

// zeroAfter: a zero where something stood before. It may be true; it may also be a field that somebody hurried over.
func zeroAfter(c *Course, month string) (Sign, bool) {
	var s Sign
	for _, kpi := range []string{Revenue, Jobs, Customers, Cash} {
		now, okNow := c.fact(kpi, month)
		was, okWas := c.earlier(kpi, month)
		if okNow && okWas && now.Value == 0 && was.Value > 0 {
			s.Facts = append(s.Facts, was, now)
		}
	}
	return s, len(s.Facts) > 0
}

// The months that cash should last.
const (
	runwayAmber = 6
	runwayRed   = 3
)

// runwayShort: at the pace of the last months, three if so many were told, the cash lasts less than six months; less than three
// is red. Only where more goes out than comes in: what was spent is the cash that is gone and the funding that came meanwhile.
// Funding that nobody told could be anything, so that such months are not reckoned with.
func runwayShort(c *Course, month string) (Sign, bool) {
	cash, ok := c.fact(Cash, month)
	if !ok {
		return Sign{}, false
	}
	for over := back; over > 0; over-- {
		was, ok := c.fact(Cash, Back(month, over))
		came, known := c.funded(month, over)
		if !ok || !known {
			continue
		}
		s := Sign{Facts: []Fact{was}, Over: over, Under: runwayAmber, Spent: was.Value - cash.Value}
		for _, f := range came {
			s.Spent += f.Value
		}
		s.Facts = append(append(s.Facts, came...), cash)
		if s.Red = lasts(cash.Value, s.Spent, over, runwayRed); s.Red {
			s.Under = runwayRed
		}
		return s, s.Spent > 0 && lasts(cash.Value, s.Spent, over, runwayAmber)
	}
	return Sign{}, false
}

// lasts says whether the cash lasts less than so many months when spent goes in over months.
func lasts(cash, spent int64, over, months int) bool { return cash*int64(over) < spent*int64(months) }

// funded is the funding that came in the last months, without the months in which none did; not ok when one was not told.
func (c *Course) funded(month string, over int) (came []Fact, ok bool) {
	for i := over - 1; i >= 0; i-- {
		at := Back(month, i)
		f, told := c.fact(Funding, at)
		switch {
		case !told && !c.none[cell{Funding, at}]:
			return nil, false
		case f.Value != 0:
			came = append(came, f)
		}
	}
	return came, true
}

// contradict: funding came in, by the report or by a round on record, and yet there is no more cash than the month before.
func contradict(c *Course, month string) (Sign, bool) {
	came, okCame := c.fact(Funding, month)
	if round, known := c.fact(Rounds, month); known && (!okCame || round.Value > came.Value) {
		came, okCame = round, true
	}
	was, okWas := c.fact(Cash, Before(month))
	now, okNow := c.fact(Cash, month)
	if !okCame || !okWas || !okNow || came.Value <= 0 || now.Value > was.Value {
		return Sign{}, false
	}
	return Sign{Facts: []Fact{was, came, now}}, true
}
