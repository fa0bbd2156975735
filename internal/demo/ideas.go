package demo

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
)

//go:embed garden/applications.txt
var applicationsText string

// idea is what somebody applies with.
type idea struct {
	title   string
	answers map[string]any // to the five questions of the first form
}

// ideas reads the invented applications.
func ideas() ([]idea, error) {
	texts, err := blocks(applicationsText)
	if err != nil {
		return nil, err
	}
	var all []idea
	for i, has := range texts {
		people, err := strconv.Atoi(has["headcount"])
		if err != nil {
			return nil, fmt.Errorf("application %d: %w", i+1, err)
		}
		all = append(all, idea{has["title"], map[string]any{
			"team": has["team"], "problem": has["problem"], "solution": has["solution"], "sector": has["sector"], "headcount": people,
		}})
	}
	return all, nil
}

// digest is what a snapshot of the idea carries, as intakes reckon it.
func (i idea) digest() (answers, sum string, err error) {
	text, err := json.Marshal(i.answers)
	if err != nil {
		return "", "", err
	}
	whole, err := json.Marshal([]any{i.title, i.answers})
	if err != nil {
		return "", "", err
	}
	hash := sha256.Sum256(whole)
	return string(text), hex.EncodeToString(hash[:]), nil
}

// ofPlot is what a startup had applied with.
func (p *plot) idea() idea {
	team := "Nhóm " + p.name
	if p.founderName != "" {
		team = p.founderName + " và những người cùng làm " + p.name + "."
	}
	return idea{p.name, map[string]any{"team": team, "problem": p.storyVI, "solution": p.oneVI, "sector": p.sector, "headcount": 2 + p.n%4}}
}
