package clusters

import "github.com/pocketbase/pocketbase/core"

// Needs are the facts that this room asks of others. The roof fills them in.
type Needs struct{}

// Bind puts the room's laws in place.
func Bind(app core.App, needs Needs) {
	app.Store().Set(needsKey, needs)
}

const needsKey = "clusters.needs"
