package events

import "vuon/internal/notice"

// Notices are the rules of what people are told.
func Notices() []notice.Rule { return append(buyerNotices(), staffNotices()...) }
