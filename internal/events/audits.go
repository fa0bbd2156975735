package events

import "vuon/internal/lifecycle"

// Audits are what must be true of every database.
func Audits() []lifecycle.Audit { return []lifecycle.Audit{} }
