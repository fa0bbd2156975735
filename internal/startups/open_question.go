package startups

import (
	"encoding/json"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"vuon/internal/vn"
)

// What a report may ask in words, and how long an answer is, in letters.
const (
	mostQuestions = 10
	mostAnswer    = 2000
	mostLabel     = 300
	mostHint      = 500
)

// OpenQuestion is what a report asks in words, beside its figures. Its key is its place: q1, q2.
type OpenQuestion struct {
	Key      string `json:"key"`
	LabelVI  string `json:"label_vi"`
	LabelEN  string `json:"label_en"`
	HintVI   string `json:"hint_vi"`
	HintEN   string `json:"hint_en"`
	Required bool   `json:"required"`
}

// keyAt is what the question at a place is called.
func keyAt(i int) string { return "q" + strconv.Itoa(i+1) }

// inOrder are questions as they are kept: tidy, and called by their places.
func inOrder(asks []OpenQuestion) []OpenQuestion {
	kept := make([]OpenQuestion, 0, len(asks))
	for i, q := range asks {
		kept = append(kept, OpenQuestion{keyAt(i), vn.OneLine(q.LabelVI), vn.OneLine(q.LabelEN), vn.OneLine(q.HintVI), vn.OneLine(q.HintEN), q.Required})
	}
	return kept
}

func readJSON(raw string, into any) error {
	if raw == "" {
		return nil
	}
	return json.Unmarshal([]byte(raw), into)
}

func tidyText(s string) string {
	return norm.NFC.String(strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")))
}
