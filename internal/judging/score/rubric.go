package score

import (
	"errors"
	"fmt"
)

// whole is the sum of the weights of a rubric, in basis points.
const whole = 10000

// Criterion is one thing that a sheet gives points for. Min, Max and Step are points.
type Criterion struct {
	Key     string     `json:"key"`
	LabelVI string     `json:"label_vi"`
	LabelEN string     `json:"label_en"`
	Weight  int        `json:"weight"` // basis points
	Min     Hundredths `json:"min"`
	Max     Hundredths `json:"max"`
	Step    Hundredths `json:"step"`
	Anchors []Anchor   `json:"anchors,omitempty"`
}

// Anchor says in words what so many points mean.
type Anchor struct {
	At     Hundredths `json:"at"`
	TextVI string     `json:"text_vi"`
	TextEN string     `json:"text_en"`
}

// Rubric is what every sheet of a round gives points for.
type Rubric []Criterion

// Check refuses a rubric that cannot be scored by: without criteria, with two of one key, with weights that do not sum to
// the whole, with a span that its steps do not fill, with words for points that nobody can give.
func (r Rubric) Check() error {
	if len(r) == 0 {
		return errors.New("a rubric without criteria")
	}
	sum, seen := 0, map[string]bool{}
	for _, c := range r {
		switch {
		case c.Key == "" || c.LabelVI == "" || seen[c.Key]:
			return fmt.Errorf("criterion %q has no key or no label of its own", c.Key)
		case c.Weight <= 0:
			return fmt.Errorf("criterion %q weighs nothing", c.Key)
		case c.Min < 0 || c.Max <= c.Min || c.Max > most || c.Step <= 0 || (c.Max-c.Min)%c.Step != 0:
			return fmt.Errorf("criterion %q: its steps do not lead from %s to %s", c.Key, c.Min, c.Max)
		}
		for _, a := range c.Anchors {
			if !c.takes(a.At) || a.TextVI == "" {
				return fmt.Errorf("criterion %q explains %s points, which nobody can give, or with no words", c.Key, a.At)
			}
		}
		seen[c.Key] = true
		sum += c.Weight
	}
	if sum != whole {
		return fmt.Errorf("the weights sum to %d and not to %d", sum, whole)
	}
	return nil
}

// Scores are the points of one sheet by criterion.
type Scores map[string]Hundredths

// Unfit names the criteria whose points the rubric does not know, and those outside their span or between two steps.
func (r Rubric) Unfit(s Scores) []string {
	var wrong []string
	for key, n := range s {
		if c, known := r.find(key); !known || !c.takes(n) {
			wrong = append(wrong, key)
		}
	}
	return wrong
}

// takes says whether so many points can be given.
func (c Criterion) takes(n Hundredths) bool { return n >= c.Min && n <= c.Max && (n-c.Min)%c.Step == 0 }

// Missing names the criteria without points, in the rubric's order.
func (r Rubric) Missing(s Scores) []string {
	var missing []string
	for _, c := range r {
		if _, ok := s[c.Key]; !ok {
			missing = append(missing, c.Key)
		}
	}
	return missing
}

// Total is the sum of weight times score. A criterion without points adds nothing.
func (r Rubric) Total(s Scores) Total {
	var sum Total
	for _, c := range r {
		sum += Total(c.Weight) * Total(s[c.Key])
	}
	return sum
}

func (r Rubric) find(key string) (Criterion, bool) {
	for _, c := range r {
		if c.Key == key {
			return c, true
		}
	}
	return Criterion{}, false
}
