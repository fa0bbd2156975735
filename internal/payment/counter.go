package payment

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Counters hold the last number of a receipt that was drawn in a year.
var Counters = record.Of[Counter]("receipt_counters")

// Counter is that of one year. A number is drawn in the transaction of its receipt (queries.go), so that none is lost.
type Counter struct{ core.BaseRecordProxy }

// Year is which.
func (c *Counter) Year() int { return c.GetInt("year") }

// Last is the last number drawn.
func (c *Counter) Last() int { return c.GetInt("last") }
