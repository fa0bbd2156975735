package web

import "testing"

func TestNoCellIsAFormula(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		"Vườn rau":                    "Vườn rau",
		"":                            "",
		"-5,5":                        "-5,5",
		"-":                           "'-",
		`=HYPERLINK("http://x","ok")`: `'=HYPERLINK("http://x","ok")`,
		"+84 28 1022":                 "'+84 28 1022",
		"-2+3+cmd|' /C calc'!A0":      "'-2+3+cmd|' /C calc'!A0",
		"@SUM(A1)":                    "'@SUM(A1)",
		"  =1+1":                      "'  =1+1",
		"\t=1+1":                      "'\t=1+1",
		"\rhidden":                    "'\rhidden",
		"a=b":                         "a=b",
	} {
		if got := inert(cell); got != want {
			t.Errorf("inert(%q) = %q, want %q", cell, got, want)
		}
	}
}
