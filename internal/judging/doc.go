// Package judging lets people judge what others handed in: rounds, assignments, score sheets, conflicts of interest.
package judging
