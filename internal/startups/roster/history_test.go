package roster_test

import (
	"fmt"
	"testing"

	"vuon/internal/fault"
	"vuon/internal/startups/roster"
)

var house = roster.House{
	Today: today,
	Startup: func(word string) (string, bool) {
		return map[string]string{"gom-lai": "gom", "Gốm Lái": "gom", "9900000016": "gom"}[word], word == "Trùng"
	},
	KPI: func(word string) (string, string) {
		return map[string]string{"jobs": "j", "Doanh thu": "r"}[word], map[string]string{"jobs": "count", "Doanh thu": "vnd"}[word]
	},
	Told: func(_, _, period string) bool { return period == "2026-01" },
}

func TestFiguresOfATable(t *testing.T) {
	t.Parallel()
	for row, want := range map[string]string{
		"gom-lai;2025;Doanh thu;1,25 tỷ":  "gom r 2025 1250000000",
		"9900000016;10/2026;jobs;0":       "gom j 2026-10 0",
		"Gốm Lái;tháng 3/2025;jobs;1.250": "gom j 2025-03 1250",
		"Gốm Lái;2025-3;jobs;12":          "gom j 2025-03 12",
		"Gốm Lái;2025-03-01;jobs;12":      "gom j 2025-03 12",
		"Gốm Lái;Quý 3/2026;jobs;12":      "gom j 2026-Q3 12",
		"Gốm Lái;2025-Q4;jobs;12":         "gom j 2025-Q4 12",
		";2025;jobs;1":                    "startup startup.missing",
		"Sông;2025;jobs;1":                "startup startup.unknown",
		"Trùng;2025;jobs;1":               "startup startup.ambiguous",
		"gom-lai;;jobs;1":                 "period period.invalid",
		"gom-lai;13/2025;jobs;1":          "period period.invalid",
		"gom-lai;0/2025;jobs;1":           "period period.invalid",
		"gom-lai;2025-03-02;jobs;1":       "period period.invalid",
		"gom-lai;hôm qua;jobs;1":          "period period.invalid",
		"gom-lai;2026;jobs;1":             "period period.open",
		"gom-lai;11/2026;jobs;1":          "period period.open",
		"gom-lai;Q4/2026;jobs;1":          "period period.open",
		"gom-lai;2025;vui;1":              "kpi kpi.unknown",
		"gom-lai;2025;jobs;":              "value value.missing",
		"gom-lai;2025;jobs;12,5":          "value number.invalid",
		"gom-lai;2025;Doanh thu;nhiều":    "value money.invalid",
		"gom-lai;2025;Doanh thu;-5":       "value money.negative",
		"gom-lai;2026-01;jobs;5":          "value value.told",
		"gom-lai;2025;jobs;5;6":           " row.cells",
	} {
		lines, err := roster.Read([]byte("Doanh nghiệp;Kỳ;Chỉ số;Giá trị\n" + row + "\n"))
		if err != nil {
			t.Fatal(err)
		}
		good, wrong, err := roster.History(lines, house)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, r := range good {
			got += fmt.Sprintf("%s %s %s %d", r.Startup, r.KPI, r.Period, r.Value)
		}
		for _, f := range wrong {
			got += f.Field + " " + f.Code
		}
		if got != want {
			t.Errorf("%q is %s, want %s", row, got, want)
		}
	}
}

func TestAFigureStandsOnceInATable(t *testing.T) {
	t.Parallel()
	lines, err := roster.Read([]byte("startup,period,kpi,value\ngom-lai,2025,jobs,5\nGốm Lái,2025,jobs,6\n"))
	if err != nil {
		t.Fatal(err)
	}
	good, wrong, err := roster.History(lines, house)
	if err != nil || len(good) != 1 || len(wrong) != 1 || wrong[0] != (roster.Fault{Row: 3, Field: "value", Code: "value.twice"}) {
		t.Errorf("%v, %v, %v", good, wrong, err)
	}
	lines, err = roster.Read([]byte("startup,period,value\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := roster.History(lines, house); fault.Code(err) != "import.no_column" {
		t.Error(err)
	}
}
