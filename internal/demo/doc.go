// Package demo is a whole centre with two years of history, for whoever wants to see the house before living in it.
//
// It stands beside the roof: it knows every room, and main alone starts it. `vuon demo` makes a folder of its own, plants
// the data (seed.go tells in which order), and serves it on this machine alone. What is different from a house in earnest:
//
//   - The clock may be moved on, by a day or a month; on the way every job runs for every time it would have run.
//   - Mails are kept in memory and shown at /demo/mail instead of being sent.
//   - Ten accounts have a password that anybody can read in these lines. A house that was not started by this command
//     refuses them, and so does this one when it is asked under any name but this machine's own.
//
// All data is invented, but for the names of places and public bodies. Every startup is marked as a sample.
package demo
