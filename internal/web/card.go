package web

import "vuon/internal/locale"

// Card is an organisation in a list, drawn by {{template "card" .}} in one look wherever it stands.
type Card struct {
	Name  string
	Path  string      // Vietnamese address of its page; "" while it has none
	Logo  string      // address of its picture; "" draws its initials
	Label string      // key of the words beside the dot, such as a sector
	Dot   int         // colour of the dot, 1 to 5
	Text  locale.Pair // what it does, in a sentence
	Facts []Fact      // the foot, from left to right
	Tag   string      // key of a word at the end of the foot, such as "hiring"
}

// Fact is a short word in the foot of a card: a key, counted when Count says so.
type Fact struct {
	Key   string
	Count bool // Key is a plural of N
	N     int64
}
