package startups

// KeptGain is what people at full time startups have in a period beside what they came with, of those that told both, added up
// already: the latest value of the period and the first baseline of each. Triggers keep it, in the transaction of whatever changes a
// report or its answers, for the figure that holds the key at the time; the doctor reckons it anew.
type KeptGain struct {
	Startups, Papers int // how many gave both; of their latest values, how many rest on more than somebody's word
	Now, Base        int64
}
