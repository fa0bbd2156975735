package score_test

import (
	"encoding/json"
	"errors"
	"testing"

	"vuon/internal/judging/score"
)

// Whatever a person types is either refused, or read to the same points that are written back.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"4", "4,5", "4.25", "0", "-1", "1e3", " 4", "4,", ",5", "10000000", "4.5.6", "٤", "1_000"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		points, err := score.Parse(text)
		if err != nil {
			if !errors.Is(err, score.ErrNotAScore) {
				t.Errorf("Parse(%q) fails with %v", text, err)
			}
			return
		}
		raw, err := json.Marshal(points)
		if err != nil {
			t.Fatal(err)
		}
		var again score.Hundredths
		if err := json.Unmarshal(raw, &again); err != nil || again != points || points < 0 {
			t.Errorf("%q is %d, written %s, read %d (%v)", text, points, raw, again, err)
		}
	})
}
