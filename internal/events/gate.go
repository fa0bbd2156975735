package events

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Gates are the places at which people come in.
var Gates = record.Of[Gate]("gates")

// Gate is one of them.
type Gate struct{ core.BaseRecordProxy }

// EventID is whose gate it is.
func (g *Gate) EventID() string { return g.GetString("event") }

// Name is what people call it.
func (g *Gate) Name() string { return g.GetString("name") }

func (g *Gate) rename(name string, rev int) {
	record.At(g, rev)
	g.Set("name", strings.Join(strings.Fields(name), " "))
}

// built describes a gate that is not yet stored.
func built(app core.App, event, name string) (*Gate, error) {
	g, err := Gates.New(app)
	if err != nil {
		return nil, err
	}
	g.Set("event", event)
	g.rename(name, 0)
	return g, nil
}
