package startups_test

import "vuon/internal/fault"

func codeOf(err error) string { return fault.Code(err) }
