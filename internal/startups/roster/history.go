package roster

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"vuon/internal/vn"
)

// The columns of a table of figures, as they are called in answers.
const (
	Whose  = "startup"
	Period = "period"
	Figure = "kpi"
	Value  = "value"
)

// historyForm is a table of what startups measured: one figure of one startup for one period in each row.
var historyForm = form{
	columns: []string{Whose, Period, Figure, Value},
	words: map[string][]string{
		Whose: {
			"startup", "ma startup", "ten startup", "doanh nghiep", "ten doanh nghiep", "ten cong ty", "cong ty", "ma so thue", "mst", "tax code", "slug", "name", "ten",
		},
		Period: {"period", "ky", "ky bao cao", "thoi gian", "thang", "nam", "quy", "month", "year", "period key"},
		Figure: {"kpi", "chi so", "ten chi so", "figure", "key"},
		Value:  {"value", "gia tri", "so lieu", "so"},
	},
	needs: []string{Whose, Period, Figure, Value},
}

// Reading is a row of figures without a fault.
type Reading struct {
	Row     int
	Startup string // id
	KPI     string // id
	Period  string // 2025, 2025-03 or 2025-Q4
	Value   int64
}

// House is what a table of figures is judged against.
type House struct {
	Today   vn.Day
	Startup func(word string) (id string, several bool)       // by address, tax code or name
	KPI     func(word string) (id, unit string)               // by key or label
	Told    func(startup, kpi, period string) (handedIn bool) // whether a report tells it that was handed in
}

// History judges a table of figures that Read has read, the head first. Codes of a row, by column: startup.missing,
// startup.unknown, startup.ambiguous; period.invalid, period.open for one that is not over; kpi.unknown; value.missing,
// money.invalid, money.negative, number.invalid, and value.told for what a report that was handed in tells already, value.twice
// for what an earlier row of the file tells; row.cells. Errors: those of a head.
func History(all []Line, house House) ([]Reading, []Fault, error) {
	if len(all) == 0 {
		return nil, nil, nil
	}
	columns, err := historyForm.head(all[0])
	if err != nil {
		return nil, nil, err
	}
	seen := map[Reading]bool{}
	good, faults := make([]Reading, 0, len(all)), []Fault{}
	for _, line := range all[1:] {
		r, wrong := house.row(columns, line)
		of := Reading{Startup: r.Startup, KPI: r.KPI, Period: r.Period}
		switch {
		case len(wrong) > 0:
		case seen[of]:
			wrong = map[string]string{Value: "value.twice"}
		case house.Told(r.Startup, r.KPI, r.Period):
			wrong = map[string]string{Value: "value.told"}
		case columns.spills(line):
			faults = append(faults, Fault{line.Row, "", "row.cells"})
			continue
		}
		if seen[of] = true; len(wrong) == 0 {
			good = append(good, r)
			continue
		}
		for _, column := range columns {
			if code := wrong[column]; code != "" {
				faults = append(faults, Fault{line.Row, column, code})
				break
			}
		}
	}
	return good, faults, nil
}

// row reads one row and says what is wrong under which column.
func (h House) row(columns heading, line Line) (Reading, map[string]string) {
	r, wrong, unit, value := Reading{Row: line.Row}, map[string]string{}, "", ""
	for i, column := range columns {
		cell, code := columns.cell(line, i), ""
		switch column {
		case Whose:
			r.Startup, code = h.startup(cell)
		case Period:
			r.Period, code = h.period(cell)
		case Figure:
			if r.KPI, unit = h.KPI(cell); r.KPI == "" {
				code = "kpi.unknown"
			}
		case Value:
			value = cell
		}
		if code != "" {
			wrong[column] = code
		}
	}
	n, code := measured(value, unit)
	if code != "" {
		wrong[Value] = code
	}
	r.Value = n
	return r, wrong
}

func (h House) startup(cell string) (id, code string) {
	if cell == "" {
		return "", "startup.missing"
	}
	id, several := h.Startup(cell)
	switch {
	case several:
		return "", "startup.ambiguous"
	case id == "":
		return "", "startup.unknown"
	}
	return id, ""
}

func measured(cell, unit string) (n int64, code string) {
	if cell == "" {
		return 0, "value.missing"
	}
	if unit != "vnd" {
		if n, err := vn.ParseWhole(cell); err == nil {
			return n, ""
		}
		return 0, "number.invalid"
	}
	switch n, err := vn.ParseDong(cell); {
	case errors.Is(err, vn.ErrNegative):
		return 0, "money.negative"
	case err != nil:
		return 0, "money.invalid"
	default:
		return n, ""
	}
}

var (
	aYear    = regexp.MustCompile(`^(?:nam |year )?([0-9]{4})$`)
	aMonth   = regexp.MustCompile(`^([0-9]{4})-([0-9]{1,2})(?:-01)?$`)
	aMonthVN = regexp.MustCompile(`^(?:thang |t)?([0-9]{1,2})[/-]([0-9]{4})$`)
	aQuarter = regexp.MustCompile(`^(?:quy |q)([1-4])[/ -]+([0-9]{4})$`)
	quarterY = regexp.MustCompile(`^([0-9]{4})[ -]+q([1-4])$`)
)

// period reads 2025, 2025-03, 03/2025, tháng 3/2025, 2025-Q4, quý 4/2025. A spreadsheet makes the first day of a month of some.
func (h House) period(cell string) (key, code string) {
	text := vn.Fold(cell)
	year, month, quarter := 0, 0, 0
	switch {
	case aYear.MatchString(text):
		year = digitsOf(aYear.FindStringSubmatch(text)[1])
	case aMonth.MatchString(text):
		m := aMonth.FindStringSubmatch(text)
		year, month = digitsOf(m[1]), digitsOf(m[2])
	case aMonthVN.MatchString(text):
		m := aMonthVN.FindStringSubmatch(text)
		year, month = digitsOf(m[2]), digitsOf(m[1])
	case aQuarter.MatchString(text):
		m := aQuarter.FindStringSubmatch(text)
		year, quarter = digitsOf(m[2]), digitsOf(m[1])
	case quarterY.MatchString(text):
		m := quarterY.FindStringSubmatch(text)
		year, quarter = digitsOf(m[1]), digitsOf(m[2])
	}
	last := 12
	key = pad(year, 4)
	switch {
	case year < 1900, month > 12, strings.Contains(text, "-") && month+quarter == 0, aMonth.MatchString(text) && month == 0, aMonthVN.MatchString(text) && month == 0:
		return "", "period.invalid"
	case month > 0:
		key, last = key+"-"+pad(month, 2), month
	case quarter > 0:
		key, last = key+"-Q"+strconv.Itoa(quarter), 3*quarter
	}
	if h.Today < vn.On(year, time.Month(last)+1, 1) {
		return "", "period.open"
	}
	return key, ""
}

func digitsOf(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}

func pad(n, width int) string {
	text := strconv.Itoa(n)
	return strings.Repeat("0", max(0, width-len(text))) + text
}
