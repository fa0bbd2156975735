package intake

import "vuon/internal/lifecycle"

// Audits are what must be true of the room's rows at any time.
func Audits() []lifecycle.Audit { return nil }
