package demo

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"time"

	"vuon/internal/vn"
)

//go:embed garden/startups.txt
var startupsText string

// plot is one invented startup.
type plot struct {
	n                        int // from 1, in the order of the file
	name, tax, sector, stage string
	area                     string
	cohort                   int
	clusters                 []string
	oneVI, oneEN             string
	storyVI, storyEN         string

	id, founder, enrolment string
	founderName            string
	invited                time.Time // when the offer was accepted
	place                  row       // its enrolment
	until                  int       // month of its last day in the cohort, counted from now's; -1 while it stays
	alwaysRefuses          bool      // to tell how much cash it has
	neverSells             bool      // too early for customers: not applicable, and no zero
}

// blocks reads a file of invented things: blocks of lines "name: words", parted by empty lines; || begins a paragraph.
func blocks(text string) ([]map[string]string, error) {
	var all []map[string]string
	for i, block := range strings.Split(strings.TrimSpace(text), "\n\n") {
		has := map[string]string{}
		for line := range strings.SplitSeq(block, "\n") {
			name, words, ok := strings.Cut(line, ": ")
			if !ok {
				return nil, fmt.Errorf("block %d: %q is no line such as `name: words`", i+1, line)
			}
			has[name] = strings.ReplaceAll(words, "||", "\n\n")
		}
		all = append(all, has)
	}
	return all, nil
}

// plots reads the invented startups.
func plots() ([]*plot, error) {
	texts, err := blocks(startupsText)
	if err != nil {
		return nil, err
	}
	var all []*plot
	for i, has := range texts {
		cohort, err := strconv.Atoi(has["cohort"])
		if err != nil {
			return nil, fmt.Errorf("startup %d: %w", i+1, err)
		}
		p := &plot{
			n: i + 1, name: has["name"], tax: has["tax"], sector: has["sector"], stage: has["stage"], area: has["area"], cohort: cohort,
			oneVI: has["one_vi"], oneEN: has["one_en"], storyVI: has["story_vi"], storyEN: has["story_en"],
		}
		for n := range strings.FieldsSeq(has["clusters"]) {
			number, err := strconv.Atoi(n)
			if err != nil {
				return nil, fmt.Errorf("startup %d: %w", i+1, err)
			}
			p.clusters = append(p.clusters, id("cluster", number))
		}
		p.neverSells = p.stage == "idea" || p.stage == "prototype"
		if p.tax == "" && p.stage != "idea" && p.stage != "prototype" {
			p.tax = taxCode(200 + i*3)
		}
		p.id, p.founder, p.enrolment = id("startup", p.n), id("founder", p.n), id("enrolment", p.n)
		if p.n == 1 {
			p.founder = idOf("founder")
		}
		all = append(all, p)
	}
	return all, nil
}

// taxCode is a valid code of a series that no authority has given out: 99, and the first number from n that has a check
// digit. Not every number has one.
func taxCode(n int) string {
	for ; ; n++ {
		for check := range 10 {
			if code := fmt.Sprintf("99%07d%d", n, check); vn.ValidTaxCode(code) {
				return code
			}
		}
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
