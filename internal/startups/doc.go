// Package startups follows a startup from its first day in a cohort: its card, its people, its reports, and what they warn of.
package startups
