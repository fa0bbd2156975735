package startups

import (
	"fmt"
	"reflect"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/record"
)

// Difference is a property of a card that somebody has said otherwise elsewhere.
type Difference struct {
	Property string
	Old, New any // text, or a whole number
}

// Known is what a card says, by property: what is asked of people elsewhere and need not be asked twice. Nothing private.
// Error: record.not_found.
func Known(app core.App, id string) (map[string]any, error) {
	s, err := Startups.Find(app, id)
	if err != nil {
		return nil, err
	}
	return s.known(), nil
}

func (s *Startup) known() map[string]any {
	return map[string]any{
		"name": s.Name(), "one_liner": s.OneLiner().VI, "sector": s.Sector(), "stage": s.Stage(), "founded_on": s.FoundedOn(),
		"area": s.Area(), "website": s.Website(), "headcount": s.Headcount(),
	}
}

// Compare tells in which properties a card differs from what was said elsewhere, where the card can take what was said, and
// the card's revision. It tells admins of the startup alone: to others nothing differs.
func Compare(app core.App, by access.Actor, id string, said map[string]any) ([]Difference, int, error) {
	m, err := seat(app, by, id)
	if err != nil || m == nil || !m.Admin() {
		return nil, 0, err
	}
	s, err := Startups.Find(app, id)
	if err != nil {
		return nil, 0, err
	}
	var differ []Difference
	for property, old := range s.known() {
		value, there := said[property]
		if value = whole64(value); !there || reflect.DeepEqual(value, old) || value == "" || value == 0 {
			continue
		}
		trial, err := Startups.Find(app, id)
		if err != nil {
			return nil, 0, err
		}
		if err := trial.learn(property, value, 0); err == nil && app.Validate(trial) == nil {
			differ = append(differ, Difference{property, old, value})
		}
	}
	return differ, record.Rev(s), nil
}

// Learn writes one property of a card. Admins of the startup and staff. Errors: as Edit, and request.unreadable for what is
// no property or not of its kind.
func Learn(app core.App, by access.Actor, id, property string, value any, rev int, now time.Time) error {
	_, err := record.Change(app, Startups, id, func(tx core.App, s *Startup) error {
		if err := mayEdit(tx, by, id); err != nil {
			return err
		}
		if err := s.learn(property, value, rev); err != nil {
			return err
		}
		return edited(tx, by, Startups.Collection, s, now)
	})
	return err
}

// learn puts one property into the card.
func (s *Startup) learn(property string, value any, rev int) error {
	c := Card{Rev: rev}
	text, isText := value.(string)
	n, isNumber := whole64(value).(int)
	places := map[string]**string{
		"name": &c.Name, "one_liner": &c.OneLinerVI, "sector": &c.Sector, "stage": &c.Stage, "founded_on": &c.FoundedOn,
		"area": &c.Area, "website": &c.Website,
	}
	switch place, there := places[property]; {
	case there && isText:
		*place = &text
	case property == "headcount" && isNumber:
		c.Headcount = &n
	default:
		return fmt.Errorf("learn %s of startup %s: %w", property, s.Id, fault.Field("property", "request.unreadable"))
	}
	s.write(c)
	return nil
}

// whole64 is a whole number as Go counts, whatever it was read from; what is none stays as it is.
func whole64(value any) any {
	switch n := value.(type) {
	case float64:
		if n == float64(int(n)) {
			return int(n)
		}
	case int64:
		return int(n)
	}
	return value
}
