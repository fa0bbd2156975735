// Package form is what an intake asks and what people answer: questions, conditions, answers and the rules of who may apply.
// It is pure: it knows no database, no clock and no person, so that every rule here is tried by tables and by fuzzing.
//
//	Schema.Check      refuses questions that nobody could answer           (when a form version is published)
//	Schema.Tidy       brings answers into the one form they are stored in  (at every save; tidy twice is tidy once)
//	Schema.Shown      which questions stand on the page, given the answers so far
//	Schema.Complete   refuses what is missing or falls short               (when an application is handed in)
//	Schema.Kept       leaves out what was answered to questions that are hidden in the end
//	Rules.Weigh       tells for each rule whether it is met                (while people write, and again at the end)
package form
