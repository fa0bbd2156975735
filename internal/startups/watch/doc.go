// Package watch says what in the figures of one startup is worth a question. It knows no database and no clock: a Course is
// what was told, month by month, and a rule looks at it as of one month.
//
// What was not told is not there. No rule takes it for zero, and none says anything that rests on it. All reckoning is in
// whole numbers; a threshold is reached when it is met exactly, but for those that say "less than".
package watch
